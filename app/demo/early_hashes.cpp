#include "demo/early_hashes.h"

namespace tidemark::demo {

EarlyHashes::EarlyHashes(JobStore &jobs, Archives &archives, Clock clock)
    : m_jobs(jobs)
    , m_archives(archives)
    , m_clock(std::move(clock))
    , m_thread([this] { work(); })
{
}

EarlyHashes::~EarlyHashes()
{
    m_stopping = true;
    m_thread.join();
}

void EarlyHashes::work()
{
    while (!m_stopping) {
        for (const auto &job : m_jobs.all()) {
            const Time now = m_clock();
            if (job.fileName.empty() || !job.hash.empty() || deliveryStatus(job, now) != "READY")
                continue;
            if (const auto hash = m_archives.of(job)->hash(m_stopping))
                m_jobs.setHash(job.id, *hash, now);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

} // namespace tidemark::demo
