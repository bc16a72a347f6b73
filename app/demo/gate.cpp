#include "demo/gate.h"

namespace tidemark::demo {

Gate::Gate(const Options &options, const Credentials &credentials, OAuthDesk &desk, Clock clock)
    : m_options(options)
    , m_desk(desk)
    , m_digest(options, credentials, clock)
    , m_clock(std::move(clock))
{
}

std::variant<Caller, Gate::Refusal> Gate::identify(const std::string &method, const std::string &target,
                                                   const std::string &authorization)
{
    Refusal refusal{{401, "", "You are not authorized for this resource.", {}}, {}, "no credentials"};
    bool stale = false;
    if (startsWith(authorization, "Bearer ")) {
        if (const auto role = m_desk.check(trim(authorization.substr(7))))
            return Caller{*role, {}, {}};
        refusal.challenges = {"Bearer error=\"invalid_token\""};
        refusal.why = "unknown, expired or revoked token";
        return refusal;
    }
    if (startsWith(authorization, "Digest ")) {
        auto outcome = m_digest.check(method, target, authorization);
        if (outcome.caller)
            return *outcome.caller;
        stale = outcome.stale;
        refusal.why = outcome.why;
    } else if (startsWith(authorization, "Basic ")) {
        refusal.why = "Basic credentials were sent in clear";
    }
    refusal.challenges = m_digest.challenges(stale);
    return refusal;
}

std::optional<ApiError> Gate::accessList(const std::string &target, const std::string &address) const
{
    const bool backup =
        target.find("/restoreJobs") != std::string::npos || target.find("/snapshots") != std::string::npos ||
        target.find("/checkpoints") != std::string::npos || target.find("/backupConfigs") != std::string::npos;
    if (m_options.accessList == "ip")
        return ApiError{403,
                        "IP_ADDRESS_NOT_ON_ACCESS_LIST",
                        "IP address " + address + " is not allowed to access this resource.",
                        {address}};
    if (m_options.accessList == "org")
        return ApiError{403,
                        "ORG_REQUIRES_ACCESS_LIST",
                        "This organization requires access through an access list of ip ranges.",
                        {address}};
    if (m_options.accessList == "resource" && backup)
        return ApiError{403,
                        "RESOURCE_REQUIRES_ACCESS_LIST",
                        "This resource requires access through an access list of ip ranges.",
                        {address}};
    return std::nullopt;
}

std::optional<ApiError> Gate::rateLimit(const std::string &target)
{
    if (m_options.requestsPerMinute == 0)
        return std::nullopt;
    const Time now = m_clock();
    const std::lock_guard lock(m_mutex);
    while (!m_requests.empty() && m_requests.front() + std::chrono::minutes(1) <= now)
        m_requests.pop_front();
    if (static_cast<int>(m_requests.size()) < m_options.requestsPerMinute) {
        m_requests.push_back(now);
        return std::nullopt;
    }
    const std::string resource = target.substr(0, target.find('?'));
    const std::string limit = std::to_string(m_options.requestsPerMinute);
    return ApiError{429,
                    "RATE_LIMITED",
                    "Resource " + resource + " is limited to " + limit + " requests every 1 minutes.",
                    {resource, limit, "1"}};
}

std::variant<Caller, Gate::Refusal> Gate::check(const std::string &method, const std::string &target,
                                                const std::string &authorization, const std::string &address)
{
    auto identified = identify(method, target, authorization);
    if (std::holds_alternative<Refusal>(identified))
        return identified;
    if (const auto error = accessList(target, address))
        return Refusal{*error, {}, error->code};
    if (const auto error = rateLimit(target))
        return Refusal{*error, {}, error->code};
    std::get<Caller>(identified).address = address;
    return identified;
}

} // namespace tidemark::demo
