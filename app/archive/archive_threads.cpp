#include "archive/archive_threads.h"

#include <chrono>

namespace tidemark {

namespace {

class Threads
{
public:
    Threads()
    {
        // One unpacking runs at a time; the rest is for short looks beside it, and for those that hang on a dead disk.
        constexpr int most = 8;
        m_pool->setMaxThreadCount(most);
    }
    Threads(const Threads &) = delete;
    Threads &operator=(const Threads &) = delete;
    ~Threads()
    {
        using namespace std::chrono_literals;
        // A pool's destructor waits without an end; one with a thread that hangs is left to the end of the process.
        if (m_pool->waitForDone(std::chrono::milliseconds(2s).count()))
            delete m_pool;
    }

    QThreadPool &pool() { return *m_pool; }

private:
    QThreadPool *m_pool = new QThreadPool;
};

} // namespace

QThreadPool &archiveThreads()
{
    static Threads threads;
    return threads.pool();
}

} // namespace tidemark
