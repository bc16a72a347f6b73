#include "logs/log_collector.h"

#include "base/byte_pipe.h"
#include "base/later.h"
#include "base/text.h"
#include "cloud/cloud_client.h"
#include "logs/log_search.h"

#include <algorithm>

namespace tidemark {

namespace {

Error expired()
{
    Error error;
    error.kind = ErrorKind::LinkExpired;
    error.sentence = LogCollector::tr("The collected logs expired on the server before they were read.");
    error.hint = LogCollector::tr("Collect the logs again.");
    return error;
}

bool isOver(LogJobStatus status)
{
    return status == LogJobStatus::Success || status == LogJobStatus::Failed || status == LogJobStatus::Expired;
}

/// A status that is not known may be one on the way: then the parts say whether there is more to wait for.
bool hasEnded(const LogJob &job)
{
    return isOver(job.status) || (job.status == LogJobStatus::Unknown && !job.parts.empty() &&
                                  std::all_of(job.parts.begin(), job.parts.end(),
                                              [](const LogJobPart &part) { return isOver(part.status); }));
}

/// What a server says, as much as a line has room for.
QString shortened(const QString &text)
{
    constexpr qsizetype longest = 200;
    return text.size() > longest ? text.left(longest) + QChar(0x2026) : text;
}

QString reasonOf(const LogJobPart &part)
{
    if (!part.errorMessage.isEmpty())
        return shortened(part.errorMessage);
    if (part.status == LogJobStatus::Failed || part.statusName.isEmpty())
        return LogCollector::tr("the server does not say why");
    return LogCollector::tr("the job ended, and of this part the server says %1", "a status")
        .arg(shortened(part.statusName));
}

QString nameOf(const LogJobPart &part)
{
    for (const QString &name : {part.hostName, part.path}) {
        if (!name.isEmpty())
            return shortened(name);
    }
    return LogCollector::tr("a host");
}

} // namespace

LogCollector::LogCollector(const CloudClient &client, LogSearch &search, std::chrono::milliseconds interval,
                           QObject *parent)
    : QObject(parent)
    , m_parent(client)
    , m_search(search)
{
    m_next.setSingleShot(true);
    m_next.setInterval(interval);
    connect(&m_next, &QTimer::timeout, this, &LogCollector::look);
    connect(&m_search, &LogSearch::finished, this, [this] {
        if (m_state == State::Reading)
            enter(State::Idle);
    });
}

LogCollector::~LogCollector()
{
    if (m_pipe)
        m_pipe->close();
}

void LogCollector::start(const ProjectId &project, const LogRequest &request, const LogReading &reading)
{
    forget();
    m_project = project;
    m_reading = reading;
    m_client = m_parent.sibling(CloudClient::Retries::Usual);
    enter(State::Asking);
    const quint64 run = ++m_run;
    whenDone(m_client.get(), m_client->collectLogs(project, request), [this, run](const Result<LogJobId> &job) {
        if (run != m_run)
            return;
        if (!job) {
            fail(job.error());
            return;
        }
        m_job = *job;
        enter(State::Collecting);
        look();
    });
}

void LogCollector::stop()
{
    m_next.stop();
    if (m_pipe)
        m_pipe->close();
    m_pipe.reset();
    letGo();
    if (m_state == State::Idle)
        return;
    if (m_state == State::Reading)
        m_search.stop();
    enter(State::Idle);
}

void LogCollector::forget()
{
    stop();
    m_job = LogJobId();
    m_error.reset();
    m_partFailures.clear();
    m_partsDone = 0;
    m_parts = 0;
    Q_EMIT changed();
}

void LogCollector::readAgain(const LogReading &reading)
{
    m_reading = reading;
    m_error.reset();
    ++m_run; // an answer of the reading before may still be under way
    read();
}

/// Nothing that its client still brings counts. It may be the one that calls.
void LogCollector::letGo()
{
    ++m_run;
    if (m_client)
        m_client.release()->deleteLater();
}

void LogCollector::enter(State state)
{
    m_state = state;
    Q_EMIT changed();
}

void LogCollector::look()
{
    whenDone(m_client.get(), m_client->logJob(m_project, m_job), [this, run = m_run](const Result<LogJob> &job) {
        if (run != m_run)
            return;
        if (job)
            takeJob(*job);
        else
            fail(job.error());
    });
}

void LogCollector::takeJob(const LogJob &job)
{
    const bool isAtEnd = hasEnded(job);
    noteParts(job, isAtEnd);
    const bool haveAllFailed =
        m_parts > 0 && std::none_of(job.parts.begin(), job.parts.end(),
                                    [](const LogJobPart &part) { return part.status == LogJobStatus::Success; });
    if (job.status == LogJobStatus::Expired) {
        fail(expired());
    } else if (isAtEnd && job.status != LogJobStatus::Success && haveAllFailed) {
        Error error;
        error.kind = ErrorKind::Server;
        error.sentence = tr("No host brought its logs.");
        fail(error);
    } else if (isAtEnd) {
        read();
    } else {
        m_next.start();
        Q_EMIT changed();
    }
}

void LogCollector::noteParts(const LogJob &job, bool hasEnded)
{
    m_parts = static_cast<qsizetype>(job.parts.size());
    m_partsDone =
        std::count_if(job.parts.begin(), job.parts.end(), [](const LogJobPart &part) { return isOver(part.status); });
    m_partFailures.clear();
    for (const LogJobPart &part : job.parts) {
        // At the end whatever did not come is missing, whatever it is called.
        const bool isMissing = hasEnded ? part.status != LogJobStatus::Success : part.status == LogJobStatus::Failed;
        if (isMissing || !part.errorMessage.isEmpty())
            m_partFailures << tr("%1: %2", "a host, what went wrong").arg(nameOf(part), reasonOf(part));
    }
}

void LogCollector::read()
{
    m_pipe = std::make_shared<BytePipe>();
    m_search.searchStream(tr("the collected logs"), m_pipe, m_reading);
    enter(State::Reading);
    whenDone(m_client.get(), m_client->logArchive(m_project, m_job, m_pipe),
             [this, run = m_run, pipe = m_pipe](const Result<bool> &outcome) {
                 if (run != m_run || outcome || outcome.error().kind == ErrorKind::Cancelled)
                     return;
                 m_error = outcome.error();
                 if (m_error->apiCode == QLatin1String("CANNOT_DOWNLOAD_EXPIRED_JOB"))
                     m_error = expired();
                 else if (m_error->kind == ErrorKind::Network && pipe->written() > 0)
                     m_error->sentence = tr("The logs broke off after %1: %2", "bytes, a sentence")
                                             .arg(bytesText(pipe->written()), m_error->sentence);
                 Q_EMIT changed();
             });
}

void LogCollector::fail(const Error &error)
{
    if (error.kind != ErrorKind::Cancelled)
        m_error = error;
    letGo();
    enter(State::Idle);
}

} // namespace tidemark
