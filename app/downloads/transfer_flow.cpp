#include "downloads/transfer.h"

#include "base/text.h"
#include "cloud/network_setup.h"
#include "connection/connection.h"
#include "downloads/space_rule.h"

#include <QRandomGenerator>

#include <algorithm>

/// What leads from one state of a download to the next until its bytes are there. What they are worth is found out in
/// transfer_verify.cpp; what is done to it from outside is in transfer.cpp.
namespace tidemark {

namespace {

/// After so many refusals of one and the same link, the job says it is good and the server says it is not.
constexpr int MostRefusals = 3;

Error failed(ErrorKind kind, const QString &sentence, const QString &hint = {}, bool retryable = false)
{
    Error error;
    error.kind = kind;
    error.sentence = sentence;
    error.hint = hint;
    error.retryable = retryable;
    return error;
}

} // namespace

// Checking -----------------------------------------------------------------------------------------------------------

void Transfer::onOpened(const PartState &part)
{
    m_part = part;
    m_device = part.space.device;
    m_bestSize = std::max(m_bestSize, part.journal.mostBytes);
    m_download.bytesReceived = part.size;
    m_download.bytesTotal = part.journal.totalBytes;
    if (!part.journal.publishedHash.isEmpty())
        m_download.publishedHash = part.journal.publishedHash;
    if (!part.setAsidePath.isEmpty()) {
        m_download.sha1 = part.journal.sha1;
        m_journalToForget = true;
        end(DownloadState::Corrupt, failed(ErrorKind::Hash, tr("The file was found corrupt before.")),
            part.setAsidePath);
        return;
    }
    if (part.published || part.journal.complete) {
        verify(part.journal.endCertain);
        return;
    }
    if (const auto objection = spaceObjectionNow()) {
        pauseWith(PauseReason::DiskFull, *objection);
        return;
    }
    connectToServer();
}

std::optional<Error> Transfer::spaceObjectionNow() const
{
    SpaceNeed need;
    need.here = m_download.bytesReceived;
    need.total = m_download.bytesTotal;
    need.estimate = m_estimateIgnored ? 0 : m_download.source.expectedFileSizeBytes;
    need.free = m_part.space.free;
    need.others = m_context.reservedByOthers ? m_context.reservedByOthers(m_download.id, m_device) : 0;
    need.reserve = m_context.options->spaceReserve;
    return spaceObjection(need);
}

// Connecting ---------------------------------------------------------------------------------------------------------

void Transfer::connectToServer()
{
    setState(DownloadState::Connecting);
    if (m_link.isEmpty())
        askForJob();
    else
        sendRequest();
}

void Transfer::askForJob()
{
    m_lookup.ask(m_download.source, [this](const Result<RestoreJob> &job) { onJob(job); });
}

void Transfer::onJob(const Result<RestoreJob> &job)
{
    if (!job) {
        if (job.error().retryable)
            waitAndRetry(job.error());
        else
            end(DownloadState::Failed, job.error());
        return;
    }
    const QString hash = publishedSha1(*job, m_download.source.fileName);
    if (!hash.isEmpty() && hash != m_download.publishedHash) {
        m_download.publishedHash = hash;
        m_writer->notePublishedHash(hash);
    }
    if (job->delivery.maxDownloads > 0)
        m_download.source.maxDownloads = job->delivery.maxDownloads;
    const LinkJudgement judgement = judgeJob(*job);
    if (judgement.kind != LinkJudgement::Kind::Usable) {
        onNoLink(judgement);
        return;
    }
    const bool refusedBefore = m_refusal && judgement.link == m_link;
    m_link = judgement.link;
    if (!refusedBefore) {
        m_refusals = 0;
        m_refusal.reset();
        sendRequest();
    } else if (m_refusal->retryable && ++m_refusals < MostRefusals) {
        waitAndRetry(*m_refusal);
    } else {
        onNoLink(judgeRefusal(*m_refusal, job->delivery, m_part.journal.requests, m_context.clock->now()));
    }
}

void Transfer::onNoLink(const LinkJudgement &judgement)
{
    switch (judgement.kind) {
    case LinkJudgement::Kind::Preparing:
        waitAndRetry(judgement.error, Counting::No);
        break;
    case LinkJudgement::Kind::Expired:
        end(DownloadState::LinkExpired, judgement.error);
        break;
    case LinkJudgement::Kind::UsedUp:
        end(DownloadState::UsedUp, judgement.error);
        break;
    case LinkJudgement::Kind::Usable:
    case LinkJudgement::Kind::Failed:
        end(DownloadState::Failed, judgement.error);
        break;
    }
}

bool Transfer::nextRequestIsPrecious() const
{
    if (m_part.size == 0 || m_part.journal.resumable || m_restartAgreed)
        return false;
    const qint64 allowed = m_download.source.maxDownloads;
    return allowed <= 0 || allowed - m_part.journal.requests <= 1;
}

void Transfer::askBeforeRestart(const Error &why)
{
    Error error = why;
    error.hint = tr("The server cannot send the rest alone. A new start from the first byte may use up another "
                    "download, and the link may allow no more.");
    pauseWith(PauseReason::Question, error, Question::RestartUsesADownload);
}

void Transfer::sendRequest()
{
    const bool plain = m_link.url.scheme() == QLatin1String("http") && !isLoopback(m_link.url);
    if (plain &&
        !(m_context.options->plainHttpAllowed && m_context.options->plainHttpAllowed(m_download.source.connection))) {
        end(DownloadState::Failed,
            failed(ErrorKind::Tls, tr("The download link is of plain http, which anybody on the way can read."),
                   tr("Have the server use https, or allow plain http in the connection.")));
        return;
    }
    if (nextRequestIsPrecious()) {
        askBeforeRestart(failed(ErrorKind::Network, tr("The download was interrupted."), {}, true));
        return;
    }
    m_writer->noteRequest(
        1, guarded<PartState>([this](const PartState &part) {
            m_part = part;
            ReadRequest request;
            request.stream = ++m_stream;
            request.link = m_link;
            request.asked = {part.size, part.journal.totalBytes, part.journal.etag};
            request.stallTimeout = m_context.options->stallTimeout;
            request.sizeLimit = m_sizeAgreed ? -1 : largestExpectedSize(m_download.source.expectedFileSizeBytes);
            request.proxies = m_context.options->proxiesFor
                                  ? m_context.options->proxiesFor(m_download.source.connection)
                                  : proxyFactory({}, {});
            ensureReader();
            QMetaObject::invokeMethod(m_reader, [reader = m_reader.data(), request] { reader->start(request); });
        }));
}

void Transfer::ensureReader()
{
    if (m_reader)
        return;
    m_reader = new ArchiveReader(m_writer->queue(), m_context.network->bucket(), m_context.network->ssl());
    m_reader->moveToThread(m_context.network->thread());
    connect(m_reader, &ArchiveReader::answered, this, &Transfer::onAnswered);
    connect(m_reader, &ArchiveReader::ended, this, &Transfer::onEnded);
    connect(m_reader, &ArchiveReader::sizeLimitReached, this, [this](quint64 stream) {
        if (stream == m_stream)
            askAboutSize();
    });
}

// Receiving ----------------------------------------------------------------------------------------------------------

void Transfer::askAboutSize()
{
    pauseWith(PauseReason::Question,
              failed(ErrorKind::Server,
                     tr("The server sends more than the %1 that the snapshot's size suggests.")
                         .arg(bytesText(m_download.source.expectedFileSizeBytes)),
                     tr("Go on only if the disk has room and the server is the right one."), true),
              Question::LargerThanExpected);
}

void Transfer::onAnswered(quint64 stream, const AnswerPlan &plan)
{
    if (stream != m_stream)
        return;
    m_plan = plan;
    m_refusal.reset();
    m_refusals = 0;
    m_restartAgreed = false;
    if (plan.action == AnswerPlan::Action::FromStart) {
        m_download.bytesReceived = 0;
        m_download.bytesTotal = plan.totalBytes;
    } else if (plan.totalBytes >= 0) {
        m_download.bytesTotal = plan.totalBytes;
    }
    m_download.error.reset();
    if (const auto objection = spaceObjectionNow(); objection && m_download.bytesTotal >= 0) {
        halt();
        pauseWith(PauseReason::DiskFull, *objection);
        return;
    }
    setState(DownloadState::Receiving);
}

void Transfer::onEnded(quint64 stream, const ReadEnd &end)
{
    if (stream != m_stream)
        return;
    const auto next = guarded<PartState>([this, end](const PartState &part) { afterEnd(end, part); });
    const bool refused = end.kind == ReadEnd::Kind::NoBody || end.kind == ReadEnd::Kind::Refused;
    if (refused)
        m_writer->noteRequest(-1, next);
    else if (end.kind == ReadEnd::Kind::Complete)
        m_writer->settle(next);
    else
        m_writer->sync(next);
}

void Transfer::afterEnd(const ReadEnd &end, const PartState &part)
{
    m_part = part;
    m_download.bytesReceived = part.size;
    if (part.size > m_bestSize) {
        m_bestSize = part.size;
        m_retry.reset();
    }
    switch (end.kind) {
    case ReadEnd::Kind::Complete:
        afterBody(end);
        return;
    case ReadEnd::Kind::Broken:
        waitAndRetry(end.error);
        return;
    case ReadEnd::Kind::Refused:
        if (end.error.kind == ErrorKind::Refused && end.error.httpStatus > 0) {
            m_refusal = end.error;
            askForJob();
            return;
        }
        this->end(DownloadState::Failed, end.error);
        return;
    case ReadEnd::Kind::NoBody:
        break;
    }
    switch (end.plan.action) {
    case AnswerPlan::Action::AlreadyComplete:
        verify(true);
        break;
    case AnswerPlan::Action::MaybeComplete:
        m_maybeComplete = true;
        verify(false);
        break;
    case AnswerPlan::Action::RestartWithoutRange:
        startOver(end.error);
        break;
    case AnswerPlan::Action::RereadJob:
        m_refusal = end.error;
        askForJob();
        break;
    default:
        waitAndRetry(end.error);
        break;
    }
}

void Transfer::afterBody(const ReadEnd &end)
{
    const qint64 total = m_part.journal.totalBytes;
    if (total >= 0 && m_part.size < total) {
        // A shorter range than was asked for: the rest comes with the next request.
        waitAndRetry(failed(ErrorKind::Network, tr("The server sent only a part of the archive."), {}, true));
        return;
    }
    if (total >= 0 && m_part.size > total) {
        startOver(failed(ErrorKind::Server, tr("The server sent more than it announced."), {}, true));
        return;
    }
    m_maybeComplete = false;
    const bool whole = end.plan.action == AnswerPlan::Action::FromStart;
    verify(total >= 0 || (whole && end.plan.framing == Framing::Chunked));
}

void Transfer::startOver(const Error &why)
{
    m_part.journal.resumable = false;
    if (nextRequestIsPrecious()) {
        askBeforeRestart(why);
        return;
    }
    m_writer->truncate(guarded<PartState>([this, why](const PartState &part) {
        m_part = part;
        m_download.bytesReceived = 0;
        m_download.bytesTotal = -1;
        waitAndRetry(why);
    }));
}

void Transfer::waitAndRetry(const Error &why, Counting counting)
{
    const bool countIt = counting == Counting::Yes;
    if (countIt && !m_retry.countFailure()) {
        Error last = why;
        last.retryable = true;
        last.hint = tr("%1 attempts brought no new byte. Retry when the cause is gone.").arg(m_retry.attempt());
        end(DownloadState::Failed, last);
        return;
    }
    if (nextRequestIsPrecious() && !m_link.isEmpty()) {
        askBeforeRestart(why);
        return;
    }
    const auto pause = countIt ? m_retry.pause(why.retryAfter, QRandomGenerator::global()->generateDouble())
                               : m_context.options->hashPoll;
    m_download.attempt = m_retry.attempt();
    m_download.error = why;
    if (m_part.size > 0 && !m_part.journal.resumable)
        m_download.error->hint = tr("The server may not be able to send the rest alone; then the download starts again "
                                    "from the first byte and may use up another of its downloads.");
    setState(DownloadState::WaitingToRetry);
    m_download.nextAttempt = m_context.clock->now().addMSecs(pause.count());
    Q_EMIT stateChanged();
    m_retryTimer.start(pause);
}

} // namespace tidemark
