#include "downloads/transfer.h"

#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "cloud/network_setup.h"
#include "connection/connection.h"

#include <QRandomGenerator>

#include <algorithm>

namespace tidemark {

namespace {

/// After so many refusals of one and the same link, the job says it is good and the server says it is not.
constexpr int MostRefusals = 3;
/// How far a file may pass the size that the snapshot's parts suggest before a person is asked.
constexpr qint64 SizeSlack = qint64(64) * 1024 * 1024;

Error failed(ErrorKind kind, const QString &sentence, const QString &hint = {}, bool retryable = false)
{
    Error error;
    error.kind = kind;
    error.sentence = sentence;
    error.hint = hint;
    error.retryable = retryable;
    return error;
}

void ignore(const disk::DiskResult<void> &) {}

} // namespace

Transfer::Transfer(Download download, const TransferContext &context, QObject *parent)
    : QObject(parent)
    , m_download(std::move(download))
    , m_context(context)
    , m_lookup(context.reader)
    , m_retry(context.options->firstBackoff, context.options->longestBackoff, context.options->attempts)
{
    m_retryTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &Transfer::connectToServer);
}

Transfer::~Transfer()
{
    halt();
    if (m_reader)
        m_reader->deleteLater();
    wipeBytes(m_link.headerValue);
}

void Transfer::setState(DownloadState state)
{
    m_download.state = state;
    if (state != DownloadState::Paused) {
        m_download.pauseReason = PauseReason::None;
        m_download.question = Question::None;
    }
    if (state != DownloadState::WaitingToRetry)
        m_download.nextAttempt = {};
    if (state != DownloadState::Receiving) {
        m_meter.reset();
        m_download.bytesPerSecond = 0;
        m_download.bottleneck = Bottleneck::None;
    }
    if (state != DownloadState::Checking && state != DownloadState::Verifying)
        m_download.bytesChecked = m_download.bytesToCheck = 0;
    Q_EMIT stateChanged();
}

template<typename T>
std::function<void(const disk::DiskResult<T> &)> Transfer::guarded(std::function<void(const T &)> next)
{
    return [this, epoch = m_epoch, next = std::move(next)](const disk::DiskResult<T> &result) {
        if (epoch != m_epoch)
            return;
        if (result)
            next(*result);
        else
            onTrouble(result.error());
    };
}

bool Transfer::holdsSlot() const
{
    return m_download.state == DownloadState::Checking || m_download.state == DownloadState::Connecting ||
           m_download.state == DownloadState::Receiving || m_download.state == DownloadState::WaitingToRetry;
}

qint64 Transfer::bytesStillNeeded() const
{
    if (!holdsSlot())
        return 0;
    const qint64 total = m_download.bytesTotal >= 0 ? m_download.bytesTotal : m_download.source.expectedFileSizeBytes;
    return std::max<qint64>(0, total - m_download.bytesReceived);
}

// Checking -----------------------------------------------------------------------------------------------------------

void Transfer::enqueue()
{
    halt();
    if (m_download.pauseReason == PauseReason::DiskFull && m_download.bytesTotal < 0)
        m_estimateIgnored = true; // the person has seen the estimate and goes on
    if (m_journalToForget) {
        m_journalToForget = false;
        m_writer->forgetJournal(ignore);
    }
    if (isEnd(m_download.state)) {
        m_retry.reset();
        m_refusals = 0;
        m_link = {};
        m_download.attempt = 0;
        m_download.sha1.clear();
        m_download.filePath.clear();
        m_download.ended = {};
    }
    m_refusal.reset();
    m_download.error.reset();
    setState(DownloadState::Queued);
}

void Transfer::start()
{
    halt();
    m_retry.reset();
    if (!m_writer) {
        m_writer = std::make_unique<ArchiveWriter>(m_download.folder, m_download.localName, m_download.source.job,
                                                   m_download.source.fileName);
        connect(m_writer.get(), &ArchiveWriter::troubled, this, [this](quint64 stream, const disk::Trouble &trouble) {
            if (stream == m_stream)
                onTrouble(trouble);
        });
    }
    setState(DownloadState::Checking);
    m_writer->open(guarded<PartState>([this](const PartState &part) { onOpened(part); }));
}

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
    if (const auto objection = spaceObjection()) {
        pauseWith(PauseReason::DiskFull, *objection);
        return;
    }
    connectToServer();
}

std::optional<Error> Transfer::spaceObjection() const
{
    const bool known = m_download.bytesTotal >= 0;
    const qint64 estimate = m_estimateIgnored ? 0 : m_download.source.expectedFileSizeBytes;
    const qint64 needed = std::max<qint64>(0, (known ? m_download.bytesTotal : estimate) - m_download.bytesReceived);
    const qint64 others = m_context.reservedByOthers ? m_context.reservedByOthers(m_download.id, m_device) : 0;
    const qint64 available = m_part.space.free - m_context.options->spaceReserve - others;
    if (available > 0 && needed <= available)
        return std::nullopt;
    const QString need =
        known ? tr("This download still needs %1.").arg(bytesText(needed))
              : tr("This download may need up to %1 (an estimate from the snapshot's size).").arg(bytesText(needed));
    return failed(
        ErrorKind::Disk,
        tr("%1 The disk has %2 free, of which other downloads need %3 and %4 are kept free.")
            .arg(need, bytesText(m_part.space.free), bytesText(others), bytesText(m_context.options->spaceReserve)),
        known ? tr("Make room on that disk, then resume.")
              : tr("Make room on that disk, or resume to try all the same: archives are usually smaller."),
        true);
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
    const ArchiveLink link = archiveLink(job->delivery);
    const DeliveryStatus status = job->delivery.status;
    const bool spent = status == DeliveryStatus::Expired || status == DeliveryStatus::MaxDownloadsExceeded ||
                       status == DeliveryStatus::Failed || status == DeliveryStatus::Interrupted;
    if (spent || link.isEmpty()) {
        onUnusableJob(*job);
        return;
    }
    const bool same = link == m_link;
    m_link = link;
    if (m_refusal && same) {
        onSameLinkRefused(job->delivery.expires);
        return;
    }
    m_refusals = 0;
    m_refusal.reset();
    sendRequest();
}

void Transfer::onUnusableJob(const RestoreJob &job)
{
    switch (job.delivery.status) {
    case DeliveryStatus::Expired:
        end(DownloadState::LinkExpired, failed(ErrorKind::LinkExpired, tr("The download link has expired."),
                                               tr("Request a new link: a new restore job for the same snapshot.")));
        return;
    case DeliveryStatus::MaxDownloadsExceeded:
        end(DownloadState::UsedUp, failed(ErrorKind::LinkUsedUp, tr("The link was used as often as it may be."),
                                          tr("Request a new link: a new restore job for the same snapshot.")));
        return;
    case DeliveryStatus::Failed:
    case DeliveryStatus::Interrupted:
        end(DownloadState::Failed,
            failed(ErrorKind::Server,
                   tr("Cloud Manager could not deliver this archive (%1).").arg(job.delivery.statusName),
                   tr("Start a new restore of the same snapshot.")));
        return;
    default:
        break;
    }
    if (job.status == JobStatus::Broken || job.status == JobStatus::Killed || job.status == JobStatus::Finished) {
        end(DownloadState::Failed,
            failed(ErrorKind::Server, tr("The restore job ended without a download link (%1).").arg(job.statusName),
                   tr("Start a new restore of the same snapshot.")));
        return;
    }
    waitAndRetry(failed(ErrorKind::Server, tr("Cloud Manager is still preparing the archive."), {}, true), false);
}

void Transfer::onSameLinkRefused(const QDateTime &expires)
{
    const Error refusal = *m_refusal;
    ++m_refusals;
    if (refusal.retryable && m_refusals < MostRefusals) {
        waitAndRetry(refusal);
        return;
    }
    const QString newLink = tr("Request a new link: a new restore job for the same snapshot.");
    const qint64 allowed = m_download.source.maxDownloads;
    if (expires.isValid() && expires <= m_context.clock->now()) {
        end(DownloadState::LinkExpired, failed(ErrorKind::LinkExpired, tr("The download link has expired."), newLink));
    } else if (allowed > 0 && m_part.journal.requests >= allowed) {
        end(DownloadState::UsedUp,
            failed(
                ErrorKind::LinkUsedUp,
                tr("The server refuses the link, and all %1 downloads that it allows have been started.").arg(allowed),
                newLink));
    } else {
        end(DownloadState::Failed, refusal);
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
    m_writer->noteRequest(1, guarded<PartState>([this](const PartState &part) {
                              m_part = part;
                              ReadRequest request;
                              request.stream = ++m_stream;
                              request.link = m_link;
                              request.asked = {part.size, part.journal.totalBytes, part.journal.etag};
                              request.stallTimeout = m_context.options->stallTimeout;
                              request.sizeLimit = sizeLimit();
                              request.proxies = m_context.options->proxiesFor
                                                    ? m_context.options->proxiesFor(m_download.source.connection)
                                                    : proxyFactory({}, {});
                              ensureReader();
                              QMetaObject::invokeMethod(
                                  m_reader, [reader = m_reader.data(), request] { reader->start(request); });
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

qint64 Transfer::sizeLimit() const
{
    const qint64 expected = m_download.source.expectedFileSizeBytes;
    return expected <= 0 || m_sizeAgreed ? -1 : expected + expected / 10 + SizeSlack;
}

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
    if (const auto objection = spaceObjection(); objection && m_download.bytesTotal >= 0) {
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

void Transfer::waitAndRetry(const Error &why, bool countIt)
{
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

// Verifying and the ends ---------------------------------------------------------------------------------------------

void Transfer::verify(bool endIsCertain)
{
    m_download.sha1 = m_part.sha1;
    m_download.bytesTotal = m_part.size;
    m_download.error.reset();
    setState(DownloadState::Verifying);
    m_writer->markComplete(endIsCertain, guarded<PartState>([this, endIsCertain](const PartState &part) {
                               m_part = part;
                               const DownloadPaths paths(m_download.folder, m_download.localName);
                               VerifyRequest request{m_download.source, part.published ? paths.final : paths.part,
                                                     part.sha1, part.size, endIsCertain};
                               m_verifier = std::make_unique<Verifier>(m_context.reader, m_context.options->hashWait,
                                                                       m_context.options->hashPoll, std::move(request));
                               connect(m_verifier.get(), &Verifier::decided, this, &Transfer::onVerdict,
                                       Qt::QueuedConnection);
                               m_verifier->start();
                           }));
}

void Transfer::onVerdict(const Verdict &verdict)
{
    if (m_download.state != DownloadState::Verifying || sender() != m_verifier.get())
        return;
    m_verifier.reset();
    if (!verdict.publishedHash.isEmpty())
        m_download.publishedHash = verdict.publishedHash;
    const std::optional<Error> remark =
        verdict.sentence.isEmpty() ? std::nullopt : std::optional(failed(ErrorKind::Hash, verdict.sentence));
    switch (verdict.kind) {
    case Verdict::Kind::Verified:
    case Verdict::Kind::IntactNotVerified: {
        const bool verified = verdict.kind == Verdict::Kind::Verified;
        const auto state = verified ? DownloadState::Verified : DownloadState::IntactNotVerified;
        m_writer->publish(verified, guarded<QString>([this, state, remark](const QString &path) {
                              m_journalToForget = true;
                              end(state, remark, path);
                          }));
        break;
    }
    case Verdict::Kind::Corrupt:
        m_writer->setAside(guarded<QString>([this, remark](const QString &path) {
            m_journalToForget = true;
            end(DownloadState::Corrupt, remark, path);
        }));
        break;
    case Verdict::Kind::Incomplete:
        m_download.sha1.clear();
        m_download.bytesTotal = -1;
        m_writer->markIncomplete(guarded<PartState>([this, remark](const PartState &part) {
            m_part = part;
            Error why = *remark;
            why.kind = ErrorKind::Network;
            why.retryable = true;
            if (std::exchange(m_maybeComplete, false))
                startOver(why);
            else
                waitAndRetry(why);
        }));
        break;
    }
}

void Transfer::onTrouble(const disk::Trouble &trouble)
{
    if (trouble.pause != PauseReason::None) {
        halt();
        pauseWith(trouble.pause, trouble.error);
    } else if (trouble.error.kind != ErrorKind::Cancelled) {
        end(DownloadState::Failed, trouble.error);
    }
}

void Transfer::pauseWith(PauseReason reason, const Error &error, Question question)
{
    m_download.error = error;
    m_download.pauseReason = reason;
    m_download.question = question;
    setState(DownloadState::Paused);
}

void Transfer::pause(PauseReason reason)
{
    if (isEnd(m_download.state) || m_download.state == DownloadState::Paused)
        return;
    halt();
    if (m_writer)
        m_writer->sync([this](const disk::DiskResult<PartState> &part) {
            if (part)
                m_part = *part;
        });
    m_download.error.reset();
    m_download.pauseReason = reason;
    setState(DownloadState::Paused);
}

void Transfer::answer(bool yes)
{
    if (m_download.state != DownloadState::Paused || m_download.question == Question::None)
        return;
    const bool aboutSize = m_download.question == Question::LargerThanExpected;
    if (!yes) {
        halt();
        m_download.pauseReason = PauseReason::ByPerson;
        m_download.question = Question::None;
        setState(DownloadState::Paused);
        return;
    }
    (aboutSize ? m_sizeAgreed : m_restartAgreed) = true;
    if (aboutSize && m_reader) {
        // The connection was held open meanwhile.
        m_download.error.reset();
        setState(DownloadState::Receiving);
        QMetaObject::invokeMethod(m_reader, &ArchiveReader::release);
        return;
    }
    enqueue();
}

void Transfer::cancel(bool deletePart)
{
    if (!m_writer && deletePart)
        m_writer = std::make_unique<ArchiveWriter>(m_download.folder, m_download.localName, m_download.source.job,
                                                   m_download.source.fileName);
    end(DownloadState::Cancelled, std::nullopt);
    if (m_writer && deletePart)
        m_writer->discard(ignore);
    else if (m_writer)
        m_writer->close(ignore);
}

void Transfer::end(DownloadState state, std::optional<Error> error, const QString &path)
{
    halt();
    m_download.error = std::move(error);
    m_download.filePath = path;
    m_download.ended = m_context.clock->now();
    qCInfo(lcDownloads) << m_download.localName << "ended:" << stateText(state);
    setState(state);
}

void Transfer::endSaved()
{
    if (!m_journalToForget || !m_writer)
        return;
    m_journalToForget = false;
    m_writer->forgetJournal(ignore);
}

void Transfer::halt()
{
    ++m_epoch;
    ++m_stream;
    m_retryTimer.stop();
    m_lookup.cancel();
    m_verifier.reset();
    if (m_writer)
        m_writer->stopChecking();
    if (m_reader)
        QMetaObject::invokeMethod(m_reader, &ArchiveReader::stop);
}

bool Transfer::refresh()
{
    const Download before = m_download;
    if (m_download.state == DownloadState::Checking && m_writer) {
        m_download.bytesChecked = m_writer->bytesChecked();
        m_download.bytesToCheck = m_writer->bytesToCheck();
    } else if (m_download.state == DownloadState::Receiving && m_reader) {
        m_download.bytesReceived = m_writer->bytesOnDisk();
        m_meter.add({m_reader->received(), m_reader->blockedTime(), m_writer->hashTime(), m_writer->writeTime()});
        m_download.bytesPerSecond = m_meter.bytesPerSecond();
        m_download.bottleneck = m_meter.bottleneck();
        m_part.space.free = m_writer->freeBytes() >= 0 ? m_writer->freeBytes() : m_part.space.free;
        if (m_part.space.free < m_context.options->spaceReserve) {
            halt();
            pauseWith(PauseReason::DiskFull, *spaceObjection());
        }
    } else if (m_download.state == DownloadState::Verifying && m_verifier) {
        m_download.bytesChecked = m_verifier->bytesTested();
        m_download.bytesToCheck = m_download.bytesChecked > 0 ? m_download.bytesReceived : 0;
    }
    return !(before == m_download);
}

} // namespace tidemark
