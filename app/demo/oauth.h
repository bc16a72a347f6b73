#pragma once

#include "demo/api_error.h"
#include "demo/credentials.h"
#include "demo/options.h"
#include "demo/text.h"

#include <deque>
#include <map>
#include <mutex>
#include <optional>

namespace tidemark::demo {

/// OAuth 2.0 for service accounts: client credentials, revocation, ten token requests a minute. Thread safe.
class OAuthDesk
{
public:
    OAuthDesk(const Options &options, const Credentials &credentials, Clock clock);

    struct Answer
    {
        int status = 200;
        std::string body; ///< JSON; empty after a revocation
    };
    /// POST /api/oauth/token. @p url is named in the refusal of too many requests.
    Answer token(const std::string &authorization, const std::string &contentType, const std::string &body,
                 const std::string &url);
    /// POST /api/oauth/revoke.
    Answer revoke(const std::string &authorization, const std::string &body);

    /// Who this Bearer token belongs to; empty when it is unknown, expired or revoked.
    std::optional<Role> check(const std::string &token);

private:
    bool knownClient(const std::string &authorization) const;

    const Options &m_options;
    const Credentials &m_credentials;
    Clock m_clock;
    std::mutex m_mutex;
    std::deque<Time> m_requests;
    std::map<std::string, Time> m_tokens; ///< and when they end
};

} // namespace tidemark::demo
