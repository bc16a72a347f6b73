#pragma once

#include "demo/archives.h"

#include <atomic>
#include <thread>

namespace tidemark::demo {

/// For as long as it lives: publishes the hash of each download as soon as its link is there, before anybody has
/// downloaded anything.
class EarlyHashes
{
public:
    EarlyHashes(JobStore &jobs, Archives &archives, Clock clock);
    ~EarlyHashes();
    EarlyHashes(const EarlyHashes &) = delete;
    EarlyHashes &operator=(const EarlyHashes &) = delete;

private:
    void work();

    JobStore &m_jobs;
    Archives &m_archives;
    Clock m_clock;
    std::atomic<bool> m_stopping = false;
    std::thread m_thread;
};

} // namespace tidemark::demo
