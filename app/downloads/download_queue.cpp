#include "downloads/download_queue.h"

#include "downloads/download_queue_private.h"
#include "downloads/part_file.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QUuid>

#include <csignal>

namespace tidemark {

DownloadQueue::DownloadQueue(JobReader reader, const Clock &clock, QString stateDir, DownloadOptions options,
                             QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(reader), clock, stateDir, std::move(options)))
{
    // A file that may grow no further must be an error of the write, not the end of the program.
    std::signal(SIGXFSZ, SIG_IGN);
}

DownloadQueue::~DownloadQueue()
{
    // The list goes to the disk and the workers bring theirs there, all at the same time. What takes longer than this
    // is left to the system: nothing of it is needed to find everything again.
    constexpr std::chrono::milliseconds longest{2000};
    std::vector<std::shared_ptr<Worker>> saving;
    for (Download &download : d->list) {
        Transfer *each = d->transfer(download.id);
        each->disconnect(this);
        if (!isEnd(download.state) && download.state != DownloadState::Paused)
            each->take(event::Pause{PauseReason::ProgramStopped});
        download = each->download();
        if (const auto worker = each->lastWorker())
            saving.push_back(worker);
    }
    d->save();
    d->transfers.clear();
    QElapsedTimer waited;
    waited.start();
    for (const auto &worker : saving)
        worker->waitUntilGone(std::max(longest - std::chrono::milliseconds(waited.elapsed()), longest / 100));
}

void DownloadQueue::restore()
{
    for (Download &download : d->store.load()) {
        if (d->transfer(download.id))
            continue; // the same one twice
        const bool wasRunning = !isEnd(download.state) && (download.state != DownloadState::Paused ||
                                                           download.pauseReason == PauseReason::ProgramStopped);
        if (wasRunning) {
            download.state = DownloadState::Queued;
            download.pauseReason = PauseReason::None;
            download.error.reset();
        }
        if (isEnd(download.state))
            d->announced.insert(download.id);
        // The program may have been ended before it could tidy up. A journal of another download stays.
        if (isFinished(download.state) && !download.fetchAgain)
            d->store.post([download] { forgetJournal(ownerOf(download)); });
        d->insert(std::move(download));
    }
    d->flushTimer.start();
    d->lookForLateHashes();
}

Result<DownloadId> DownloadQueue::add(const DownloadSource &source, const QString &folder)
{
    const QString place = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    for (const Download &known : d->list) {
        if (known.source.job != source.job || known.source.fileName != source.fileName || known.folder != place ||
            isFinished(known.state))
            continue;
        if (isEnd(known.state)) {
            const DownloadId id = known.id; // its part file is still there: go on with it
            retry(id);
            return id;
        }
        return failure({.kind = ErrorKind::Conflict,
                        .sentence = tr("%1 is already being fetched into %2.").arg(known.localName, place)});
    }
    if (source.job.isEmpty() || source.fileName.isEmpty())
        return failure({.kind = ErrorKind::Internal,
                        .sentence = tr("This restore job names no archive yet."),
                        .hint = tr("Wait until its delivery is ready.")});
    Download download;
    download.id = DownloadId(QUuid::createUuid().toString(QUuid::WithoutBraces));
    download.source = source;
    download.folder = place;
    download.localName = d->freeLocalName(place, safeFileName(source.fileName));
    download.added = d->context.clock->now();
    const DownloadId id = download.id;
    d->insert(std::move(download));
    d->dirty.insert(id);
    d->flushTimer.start();
    return id;
}

void DownloadQueue::addMissing(const DownloadSource &source, const QString &folder, const QString &name,
                               DownloadState state, const Error &why)
{
    const auto isKnown = [&source](const Download &known) { return known.source.job == source.job; };
    if (std::ranges::any_of(d->list, isKnown))
        return;
    Download download;
    download.id = DownloadId(QUuid::createUuid().toString(QUuid::WithoutBraces));
    download.source = source;
    download.folder = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    download.localName = d->freeLocalName(download.folder, safeFileName(name));
    download.state = state;
    download.error = why;
    download.added = download.ended = d->context.clock->now();
    d->announced.insert(download.id); // it was never under way
    d->dirty.insert(download.id);
    d->insert(std::move(download));
    d->flushTimer.start();
}

const std::vector<Download> &DownloadQueue::downloads() const
{
    return d->list;
}

const Download *DownloadQueue::download(const DownloadId &id) const
{
    const size_t index = d->indexOf(id);
    return index < d->list.size() ? &d->list[index] : nullptr;
}

const DownloadOptions &DownloadQueue::options() const
{
    return d->options;
}

void DownloadQueue::setConcurrent(int concurrent)
{
    d->options.concurrent = std::max(1, concurrent);
    d->flushTimer.start();
}

void DownloadQueue::setBytesPerSecondLimit(qint64 limit)
{
    d->options.bytesPerSecondLimit = std::max<qint64>(0, limit);
    d->context.bucket->setLimit(d->options.bytesPerSecondLimit);
}

void DownloadQueue::pause(const DownloadId &id)
{
    d->tell(id, event::Pause{PauseReason::ByPerson});
}

void DownloadQueue::resume(const DownloadId &id)
{
    d->tell(id, event::Resume{});
}

void DownloadQueue::pauseAll()
{
    for (const auto &[id, transfer] : d->transfers)
        transfer->take(event::Pause{PauseReason::ByPerson});
}

void DownloadQueue::resumeAll()
{
    for (const auto &[id, transfer] : d->transfers) {
        if (transfer->download().state == DownloadState::Paused &&
            transfer->download().pauseReason != PauseReason::Question)
            transfer->take(event::Resume{});
    }
}

void DownloadQueue::retry(const DownloadId &id)
{
    d->tell(id, event::Retry{});
}

void DownloadQueue::answer(const DownloadId &id, bool yes)
{
    d->tell(id, event::Answer{yes});
}

void DownloadQueue::noteOrderCheck(const DownloadId &id, const QStringList &findings)
{
    d->tell(id, event::OrderChecked{findings});
}

void DownloadQueue::moveToFolder(const DownloadId &id, const QString &folder)
{
    const QString place = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    if (const Download *known = download(id))
        d->tell(id, event::MoveTo{place, d->freeLocalName(place, safeFileName(known->source.fileName))});
}

void DownloadQueue::cancel(const DownloadId &id, bool deletePart)
{
    Transfer *transfer = d->transfer(id);
    if (!transfer || isFinished(transfer->download().state))
        return;
    transfer->take(event::Cancel{});
    if (deletePart)
        transfer->discard();
}

void DownloadQueue::remove(const DownloadId &id)
{
    const Download *known = download(id);
    if (!known || !isEnd(known->state))
        return;
    d->list.erase(d->list.begin() + static_cast<std::ptrdiff_t>(d->indexOf(id)));
    d->transfers.erase(id.value);
    d->dirty.remove(id);
    d->announced.remove(id);
    d->flushTimer.start();
    Q_EMIT removed(id);
}

void DownloadQueue::move(const DownloadId &id, int newPosition)
{
    const size_t from = d->indexOf(id);
    if (from == d->list.size())
        return;
    const auto to = static_cast<size_t>(std::clamp(newPosition, 0, static_cast<int>(d->list.size()) - 1));
    if (from == to)
        return;
    const auto begin = d->list.begin();
    const auto at = [begin](size_t index) { return begin + static_cast<std::ptrdiff_t>(index); };
    if (from < to)
        std::rotate(at(from), at(from + 1), at(to + 1));
    else
        std::rotate(at(to), at(from), at(from + 1));
    d->flushTimer.start();
    Q_EMIT moved(id, static_cast<int>(to));
}

} // namespace tidemark
