#pragma once

#include "demo/archives.h"
#include "demo/faults.h"
#include "demo/pause.h"
#include "demo/request_log.h"

#include <httplib.h>

#include <atomic>

namespace tidemark::demo {

/// The other origin: hands out archives to whoever has the link (v2) or the link and its authorization (v3).
class DownloadServer
{
public:
    DownloadServer(httplib::Server &server, const Options &options, JobStore &jobs, Archives &archives, Faults &faults,
                   RequestLog &log, Clock clock);

    /// Lets transfers end.
    void stop()
    {
        m_stopping = true;
        m_pause.end();
    }

private:
    void handle(const httplib::Request &request, httplib::Response &response);
    /// The job this request may download, or nothing after the refusal was written.
    std::optional<Job> admit(const httplib::Request &request, httplib::Response &response) const;
    /// False when the link is dead; counts the download otherwise.
    bool useLink(const Job &job, std::uint64_t from, bool head, httplib::Response &response);
    bool failInstead(const Fault &fault, const httplib::Request &request, httplib::Response &response);
    void refuse(httplib::Response &response, int status, const std::string &why) const;
    void send(const Job &job, const httplib::Request &request, httplib::Response &response, const Fault *fault);

    const Options &m_options;
    JobStore &m_jobs;
    Archives &m_archives;
    Faults &m_faults;
    RequestLog &m_log;
    Clock m_clock;
    std::atomic<bool> m_stopping = false;
    Pause m_pause;
};

} // namespace tidemark::demo
