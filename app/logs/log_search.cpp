#include "logs/log_search.h"

#include "base/background.h"
#include "logs/log_walk.h"

#include <QElapsedTimer>
#include <QSignalBlocker>

#include <mutex>
#include <utility>

namespace tidemark {

namespace {

constexpr std::chrono::milliseconds LookInterval(150);

} // namespace

/// Of one search; its thread and the window have it together.
struct LogSearch::Run
{
    std::shared_ptr<LogSearchSignals> signs = std::make_shared<LogSearchSignals>();
    std::shared_ptr<BytePipe> pipe;
    std::mutex mutex;
    LogFindings found; ///< as of the last publish()
    quint64 published = 0;

    void publish(LogFindings now)
    {
        const std::lock_guard lock(mutex);
        found = std::move(now);
        ++published;
    }
    /// More was read, and nothing more found.
    void publishRead(LogFindings now)
    {
        const std::lock_guard lock(mutex);
        std::swap(now.list, found.list);
        found = std::move(now);
        ++published;
    }
};

LogSearch::LogSearch(QObject *parent)
    : QObject(parent)
{
    m_look.setInterval(LookInterval);
    connect(&m_look, &QTimer::timeout, this, &LogSearch::look);
}

LogSearch::~LogSearch()
{
    const QSignalBlocker nobodyListens(this);
    stop();
}

template<typename Read>
void LogSearch::start(const LogReading &reading, std::shared_ptr<BytePipe> pipe, Read read)
{
    stop();
    m_findings = {};
    m_seen = 0;
    m_run = std::make_shared<Run>();
    m_run->pipe = std::move(pipe);
    auto work = [run = m_run, reading, read = std::move(read)] {
        LogWalk walk(reading, run->signs);
        QElapsedTimer since;
        since.start();
        quint64 version = 0;
        walk.setBetween([&] {
            if (!since.hasExpired(LookInterval.count()))
                return;
            if (std::exchange(version, walk.version()) != walk.version())
                run->publish(walk.findings());
            else
                run->publishRead(walk.readSoFar());
            since.restart();
        });
        read(walk, *run);
        run->publish(walk.findings());
        return run;
    };
    inOwnThread(this, std::move(work), [this](const std::shared_ptr<Run> &run) {
        if (run != m_run)
            return; // stopped, or another one began
        look();
        m_look.stop();
        m_run = nullptr;
        Q_EMIT finished();
    });
    m_look.start();
}

void LogSearch::searchPaths(const QStringList &paths, const LogReading &reading)
{
    start(reading, nullptr, [paths](LogWalk &walk, Run &) { walk.readPaths(paths); });
}

void LogSearch::searchStream(const QString &name, std::shared_ptr<BytePipe> pipe, const LogReading &reading)
{
    start(reading, std::move(pipe), [name](LogWalk &walk, Run &run) {
        PipeSource source(run.pipe, run.signs);
        walk.readStream(name, source);
        run.pipe->close();
    });
}

void LogSearch::stop()
{
    if (!m_run)
        return;
    m_run->signs->isStopped = true;
    if (m_run->pipe)
        m_run->pipe->close();
    look();
    m_look.stop();
    m_run = nullptr;
}

void LogSearch::clear()
{
    stop();
    m_findings = {};
    Q_EMIT moved();
}

void LogSearch::look()
{
    {
        const std::lock_guard lock(m_run->mutex);
        if (m_run->published != m_seen) {
            m_findings = m_run->found;
            m_seen = m_run->published;
        }
    }
    Q_EMIT moved();
}

qint64 LogSearch::readBytes() const
{
    return m_run ? m_run->signs->readBytes.load() : 0;
}

qint64 LogSearch::totalBytes() const
{
    return m_run ? m_run->signs->totalBytes.load() : 0;
}

} // namespace tidemark
