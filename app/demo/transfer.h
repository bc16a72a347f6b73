#pragma once

#include "demo/archives.h"
#include "demo/faults.h"

#include <httplib.h>

#include <atomic>

namespace tidemark::demo {

/// A stretch of an archive: from a byte up to, not including, another. No end: to the end of the archive, wherever it
/// is.
struct Stretch
{
    std::uint64_t from = 0;
    std::optional<std::uint64_t> end;
};

/// One archive on its way to one client: throttled, broken on purpose, hashed while it is sent.
class Transfer
{
public:
    struct Setting
    {
        const Options &options;
        JobStore &jobs;
        Clock clock;
        const std::atomic<bool> &stopping;
    };
    Transfer(const Setting &setting, Job job, std::shared_ptr<Archive> archive, Stretch stretch,
             std::optional<Fault> fault);

    /// Sends the next bytes; false ends the connection.
    bool step(httplib::DataSink &sink);
    /// The transfer is over, completely or not.
    void over();

private:
    bool waitForTurn(const httplib::DataSink &sink, std::size_t bytes) const;
    bool stall(const httplib::DataSink &sink) const;
    void completed();

    Setting m_setting;
    Job m_job;
    std::shared_ptr<Archive> m_archive;
    ArchiveReader m_reader;
    std::uint64_t m_from;
    std::uint64_t m_position;
    std::optional<std::uint64_t> m_end;
    std::optional<Fault> m_fault;
    bool m_completed = false;
    std::optional<RunningHash> m_ownHash;
    std::chrono::steady_clock::time_point m_began = std::chrono::steady_clock::now();
};

} // namespace tidemark::demo
