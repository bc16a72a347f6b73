#pragma once

#include "demo/credentials.h"
#include "demo/options.h"
#include "demo/text.h"

#include <map>
#include <mutex>
#include <optional>
#include <set>

namespace tidemark::demo {

/// name=value pairs of an Authorization or WWW-Authenticate header, names in lower case, quotes taken off.
std::map<std::string, std::string> parseAuthParameters(std::string_view text);

/// HTTP Digest as the API wants it (RFC 7616, RFC 2617 and the older RFC 2069 form). Thread safe.
class DigestGate
{
public:
    DigestGate(const Options &options, const Credentials &credentials, Clock clock);

    /// Values for WWW-Authenticate headers with fresh nonces.
    std::vector<std::string> challenges(bool stale);

    struct Outcome
    {
        std::optional<Caller> caller;
        bool stale = false;
        std::string why; ///< for the log when refused
    };
    Outcome check(const std::string &method, const std::string &target, const std::string &authorization);

private:
    struct Nonce
    {
        Time made;
        std::set<std::int64_t> used;
    };

    std::string newNonce();
    struct NonceUse
    {
        bool allowed = false;
        bool stale = false;
        std::string why;
    };
    NonceUse useNonce(const std::string &nonce, const std::string &nc);

    const Options &m_options;
    const Credentials &m_credentials;
    Clock m_clock;
    std::mutex m_mutex;
    std::map<std::string, Nonce> m_nonces;
};

} // namespace tidemark::demo
