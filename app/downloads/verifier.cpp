#include "downloads/verifier.h"

#include "base/thread_priority.h"
#include "downloads/archive_link.h"

namespace tidemark {

Verifier::Verifier(JobReader reader, std::chrono::milliseconds hashWait, std::chrono::milliseconds hashPoll,
                   VerifyRequest request, QObject *parent)
    : QObject(parent)
    , m_lookup(std::move(reader))
    , m_hashWait(hashWait)
    , m_request(std::move(request))
{
    m_poll.setSingleShot(true);
    m_poll.setInterval(hashPoll);
    connect(&m_poll, &QTimer::timeout, this, &Verifier::readJob);
}

Verifier::~Verifier()
{
    m_stop = true;
    if (m_thread.joinable())
        m_thread.join();
}

void Verifier::start()
{
    m_waited.start();
    readJob();
}

void Verifier::readJob()
{
    m_lookup.ask(m_request.source, [this](const Result<RestoreJob> &job) { onJob(job); });
}

void Verifier::onJob(const Result<RestoreJob> &job)
{
    // A job that cannot be read now is read again: only time ends the waiting for a hash.
    if (job) {
        m_publishedHash = publishedSha1(*job, m_request.source.fileName);
        if (!m_publishedHash.isEmpty() && m_publishedHash == m_request.sha1) {
            decide(Verdict::Kind::Verified, {});
            return;
        }
    }
    const bool mismatch = !m_publishedHash.isEmpty();
    if (mismatch && m_request.endIsCertain) {
        decide(Verdict::Kind::Corrupt, tr("The bytes here are not those that Cloud Manager published the hash of."));
        return;
    }
    // With an uncertain end, a wrong hash or none may only mean that bytes are missing: the archive says.
    const bool timeIsOver = m_waited.hasExpired(m_hashWait.count());
    if (m_check && (mismatch || m_lastLook)) {
        decideByTest();
        return;
    }
    const bool testNow = mismatch || timeIsOver || !m_request.endIsCertain;
    if (testNow && !m_check && !m_thread.joinable()) {
        startTest();
        return;
    }
    m_lastLook = timeIsOver && m_check.has_value();
    m_poll.start();
}

void Verifier::startTest()
{
    m_thread = std::thread([this, path = m_request.path] {
        stepBehindTheWindow();
        const auto check = checkArchive(path, [this](qint64 done) {
            m_bytesTested = done;
            return !m_stop;
        });
        QMetaObject::invokeMethod(
            this, [this, check] { onTested(check); }, Qt::QueuedConnection);
    });
}

void Verifier::onTested(const Result<ArchiveCheck> &check)
{
    m_thread.join();
    m_check = check;
    m_bytesTested = 0;
    if (!m_request.endIsCertain && check && check->outcome == ArchiveCheck::Outcome::Truncated) {
        decide(Verdict::Kind::Incomplete, check->sentence);
        return;
    }
    // The hash may have been published during the test, which can take long.
    m_lastLook = m_waited.hasExpired(m_hashWait.count());
    readJob();
}

void Verifier::decideByTest()
{
    if (!m_publishedHash.isEmpty()) {
        decide(Verdict::Kind::Corrupt, tr("The bytes here are not those that Cloud Manager published the hash of."));
        return;
    }
    const Result<ArchiveCheck> &check = *m_check;
    if (check && check->outcome == ArchiveCheck::Outcome::Intact)
        decide(Verdict::Kind::IntactNotVerified,
               tr("Cloud Manager published no hash for this file. Its gzip and tar ends are right."));
    else
        decide(Verdict::Kind::Corrupt, check ? check->sentence : check.error().sentence);
}

void Verifier::decide(Verdict::Kind kind, const QString &sentence)
{
    if (m_decided)
        return;
    m_decided = true;
    m_poll.stop();
    m_lookup.cancel();
    Q_EMIT decided(Verdict{kind, m_publishedHash, sentence});
}

} // namespace tidemark
