#pragma once

#include "demo/api_error.h"
#include "demo/text.h"

#include <httplib.h>

#include <deque>
#include <mutex>

namespace tidemark::demo {

/// What was asked of the stand-in, for tests that look at what a client really sent. Thread safe.
class RequestLog
{
public:
    /// @p verbose: one line on standard error for each request.
    RequestLog(bool verbose, Clock clock);
    void add(const httplib::Request &request, int status);
    /// Why a request was refused; on standard error only.
    void note(const httplib::Request &request, const std::string &why) const;
    Json json();

private:
    bool m_verbose;
    Clock m_clock;
    std::mutex m_mutex;
    std::deque<Json> m_requests;
};

} // namespace tidemark::demo
