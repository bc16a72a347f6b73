#include "downloads/job_lookup.h"

#include "base/later.h"

namespace tidemark {

namespace {

/// CloudClient repeats reads with backoff for some time; after this nothing more is to be expected.
constexpr std::chrono::minutes TimeLimit{3};

} // namespace

JobLookup::JobLookup(JobReader reader, QObject *parent)
    : QObject(parent)
    , m_reader(std::move(reader))
{
    m_limit.setSingleShot(true);
    m_limit.setInterval(TimeLimit);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        Error error;
        error.kind = ErrorKind::Network;
        error.sentence = tr("The restore job could not be read: no answer came.");
        error.retryable = true;
        deliver(m_number, failure(error));
    });
}

void JobLookup::ask(const DownloadSource &source, const Answer &answer)
{
    const quint64 number = ++m_number;
    m_answer = answer;
    m_limit.start();
    // A window that is closed takes its downloads along while the job is still being read; and never from inside ask():
    // a future that is ready already would answer before its asker is done. whenDone() sees to both.
    whenDone(this, m_reader(source), [this, number](const Result<RestoreJob> &job) { deliver(number, job); });
}

void JobLookup::cancel()
{
    ++m_number;
    m_answer = nullptr;
    m_limit.stop();
}

void JobLookup::deliver(quint64 number, const Result<RestoreJob> &job)
{
    if (number != m_number || !m_answer)
        return;
    m_limit.stop();
    const Answer answer = std::exchange(m_answer, nullptr);
    answer(job);
}

} // namespace tidemark
