#include "demo/request_log.h"

#include <iostream>

namespace tidemark::demo {

RequestLog::RequestLog(bool verbose, Clock clock)
    : m_verbose(verbose)
    , m_clock(std::move(clock))
{
}

void RequestLog::add(const httplib::Request &request, int status)
{
    const std::string authorization = request.get_header_value("Authorization");
    Json headers = Json::object();
    for (const auto &[name, value] : request.headers) {
        if (lower(name) != "authorization")
            headers[name] = value;
    }
    const Json entry{{"authorization", authorization.substr(0, authorization.find(' '))},
                     {"body", request.body},
                     {"headers", headers},
                     {"method", request.method},
                     {"status", status},
                     {"target", request.target},
                     {"time", isoTime(m_clock())}};
    const std::lock_guard lock(m_mutex);
    m_requests.push_back(entry);
    constexpr std::size_t kept = 5000;
    if (m_requests.size() > kept)
        m_requests.pop_front();
    if (m_verbose)
        std::cerr << request.method << ' ' << request.target << " -> " << status << '\n';
}

void RequestLog::note(const httplib::Request &request, const std::string &why) const
{
    if (m_verbose)
        std::cerr << request.method << ' ' << request.target << ": " << why << '\n';
}

Json RequestLog::json()
{
    const std::lock_guard lock(m_mutex);
    return Json{{"requests", Json(m_requests)}};
}

} // namespace tidemark::demo
