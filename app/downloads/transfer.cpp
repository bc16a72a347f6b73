#include "downloads/transfer.h"

#include "base/log.h"
#include "base/secret.h"

#include <algorithm>

namespace tidemark {

namespace {

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
    if (m_reader) {
        // What Qt does to an object of another thread in deleteLater(), and in the end of a receiver, that thread reads
        // without a lock: so it happens there, and no connection is left.
        m_reader->disconnect(this);
        QMetaObject::invokeMethod(m_reader, &QObject::deleteLater);
    }
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
            pauseWith(PauseReason::DiskFull, *spaceObjectionNow());
        }
    } else if (m_download.state == DownloadState::Verifying && m_verifier) {
        m_download.bytesChecked = m_verifier->bytesTested();
        m_download.bytesToCheck = m_download.bytesChecked > 0 ? m_download.bytesReceived : 0;
    }
    return !(before == m_download);
}

} // namespace tidemark
