#pragma once

#include "demo/digest.h"
#include "demo/oauth.h"

#include <variant>

namespace tidemark::demo {

/// Lets requests to the API in, by Digest or by Bearer token, or says why not.
class Gate
{
public:
    Gate(const Options &options, const Credentials &credentials, OAuthDesk &desk, Clock clock);

    struct Refusal
    {
        ApiError error;
        std::vector<std::string> challenges; ///< values of WWW-Authenticate
        std::string why;                     ///< for the log
    };
    /// @p target is the path with its query as it was sent; @p address the caller's.
    std::variant<Caller, Refusal> check(const std::string &method, const std::string &target,
                                        const std::string &authorization, const std::string &address);

private:
    std::variant<Caller, Refusal> identify(const std::string &method, const std::string &target,
                                           const std::string &authorization);
    std::optional<ApiError> accessList(const std::string &target, const std::string &address) const;
    std::optional<ApiError> rateLimit(const std::string &target);

    const Options &m_options;
    OAuthDesk &m_desk;
    DigestGate m_digest;
    Clock m_clock;
    std::mutex m_mutex;
    std::deque<Time> m_requests;
};

} // namespace tidemark::demo
