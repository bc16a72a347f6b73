#include "demo/oauth.h"

#include "demo/crypto.h"
#include "demo/query.h"

#include <algorithm>

namespace tidemark::demo {

using namespace std::chrono;

namespace {

OAuthDesk::Answer refused(int status, const char *error, const std::string &description)
{
    return {status, Json{{"error", error}, {"error_description", description}}.dump()};
}

/// Base64 with the alphabet of JSON web tokens.
std::string base64Url(const std::string &bytes)
{
    std::string text = base64(bytes);
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    text.erase(std::find(text.begin(), text.end(), '='), text.end());
    return text;
}

} // namespace

OAuthDesk::OAuthDesk(const Options &options, const Credentials &credentials, Clock clock)
    : m_options(options)
    , m_credentials(credentials)
    , m_clock(std::move(clock))
{
}

bool OAuthDesk::knownClient(const std::string &authorization) const
{
    if (!startsWith(authorization, "Basic "))
        return false;
    const auto pair = fromBase64(trim(authorization.substr(6)));
    return pair && *pair == m_credentials.account.id + ":" + m_credentials.account.secret;
}

OAuthDesk::Answer OAuthDesk::token(const std::string &authorization, const std::string &contentType,
                                   const std::string &body, const std::string &url)
{
    const Time now = m_clock();
    const std::lock_guard lock(m_mutex);
    while (!m_requests.empty() && m_requests.front() + minutes(1) <= now)
        m_requests.pop_front();
    if (static_cast<int>(m_requests.size()) >= m_options.tokensPerMinute)
        return refused(429, "rate_limited",
                       "Resource " + url + " is limited to " + std::to_string(m_options.tokensPerMinute) +
                           " requests every 1 minutes.");
    m_requests.push_back(now);
    if (!knownClient(authorization))
        return refused(401, "invalid_client", "Client authentication failed.");
    if (!startsWith(lower(contentType), "application/x-www-form-urlencoded"))
        return refused(400, "invalid_request", "The body must be application/x-www-form-urlencoded.");
    const Query form("?" + body);
    if (!form.has("grant_type"))
        return refused(400, "invalid_request", "The grant_type parameter is missing.");
    if (form.get("grant_type") != "client_credentials")
        return refused(400, "unsupported_grant_type", "Only client_credentials is supported.");
    const Json claims{{"iss", "stand-in"},
                      {"sub", m_credentials.account.id},
                      {"iat", epochSeconds(now)},
                      {"exp", epochSeconds(now) + m_options.tokenLifeSeconds},
                      {"jti", hex(randomBytes(12))}};
    const std::string signedPart = base64Url(R"({"alg":"HS256","typ":"JWT"})") + "." + base64Url(claims.dump());
    const std::string token = signedPart + "." + base64Url(hmacSha256(m_credentials.account.secret, signedPart));
    m_tokens[token] = now + seconds(m_options.tokenLifeSeconds);
    return {200,
            Json{{"access_token", token}, {"expires_in", m_options.tokenLifeSeconds}, {"token_type", "Bearer"}}.dump()};
}

OAuthDesk::Answer OAuthDesk::revoke(const std::string &authorization, const std::string &body)
{
    if (!knownClient(authorization))
        return refused(401, "invalid_client", "Client authentication failed.");
    const Query form("?" + body);
    if (!form.has("token"))
        return refused(400, "invalid_request", "The token parameter is missing.");
    const std::lock_guard lock(m_mutex);
    m_tokens.erase(form.get("token"));
    return {};
}

std::optional<Role> OAuthDesk::check(const std::string &token)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_tokens.find(token);
    if (found == m_tokens.end() || m_clock() >= found->second)
        return std::nullopt;
    return m_credentials.account.role;
}

} // namespace tidemark::demo
