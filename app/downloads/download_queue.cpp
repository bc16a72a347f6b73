#include "downloads/download_queue.h"

#include "base/log.h"
#include "downloads/part_file.h"
#include "downloads/queue_store.h"
#include "downloads/safe_name.h"
#include "downloads/sleep_inhibitor.h"
#include "downloads/transfer.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSet>
#include <QTimer>
#include <QUuid>

#include <algorithm>
#include <csignal>
#include <unordered_map>

namespace tidemark {

namespace {

constexpr std::chrono::milliseconds RefreshInterval{100};

PartOwner ownerOf(const Download &download)
{
    return {download.id, download.source.job, download.source.fileName, download.folder, download.localName};
}

} // namespace

class DownloadQueue::Private
{
public:
    Private(DownloadQueue *queue, JobReader jobReader, const Clock &clock, const QString &stateDir,
            DownloadOptions downloadOptions)
        : q(queue)
        , options(std::move(downloadOptions))
        , store(stateDir)
    {
        context.reader = std::move(jobReader);
        context.clock = &clock;
        context.options = &options;
        context.bucket = std::make_shared<TokenBucket>();
        context.reservedByOthers = [this](const DownloadId &id, quint64 device) { return reserved(id, device); };
        context.bucket->setLimit(options.bytesPerSecondLimit);
        refreshTimer.setInterval(RefreshInterval);
        flushTimer.setSingleShot(true);
        flushTimer.setInterval(0);
        QObject::connect(&refreshTimer, &QTimer::timeout, q, [this] { refresh(); });
        QObject::connect(&flushTimer, &QTimer::timeout, q, [this] { flush(); });
        lateHashTimer.setInterval(options.lateHashPoll);
        lateHashTimer.start();
        QObject::connect(&lateHashTimer, &QTimer::timeout, q, [this] { lookForLateHashes(); });
        QObject::connect(&store, &QueueStore::saveFailed, q, &DownloadQueue::saveFailed);
        QObject::connect(&store, &QueueStore::saved, q, [this](quint64 number) { onSaved(number); });
    }

    size_t indexOf(const DownloadId &id) const
    {
        return static_cast<size_t>(std::ranges::find(list, id, &Download::id) - list.begin());
    }

    Transfer *transfer(const DownloadId &id)
    {
        const auto found = transfers.find(id.value);
        return found == transfers.end() ? nullptr : found->second.get();
    }

    void insert(Download download)
    {
        const DownloadId id = download.id;
        auto made = std::make_unique<Transfer>(download, context);
        QObject::connect(made.get(), &Transfer::stateChanged, q, [this, id] { onStateChanged(id); });
        transfers.emplace(id.value, std::move(made));
        list.push_back(std::move(download));
        Q_EMIT q->added(id, static_cast<int>(list.size()) - 1);
    }

    /// The copy is taken at once; telling others and saving wait until the transfer's own step is done, so that nobody
    /// can reach into the middle of it.
    void onStateChanged(const DownloadId &id)
    {
        const size_t index = indexOf(id);
        if (index == list.size())
            return;
        list[index] = transfer(id)->download();
        dirty.insert(id);
        flushTimer.start();
        if (!refreshTimer.isActive())
            refreshTimer.start();
    }

    void flush()
    {
        startNext();
        const auto ids = std::exchange(dirty, {});
        save();
        for (const DownloadId &id : ids) {
            const Download *download = q->download(id);
            if (!download)
                continue;
            if (isEnd(download->state) && !announced.contains(id)) {
                announced.insert(id);
                toConfirm.emplace_back(saveNumber, id);
                Q_EMIT q->changed(id);
                Q_EMIT q->ended(id);
                continue;
            }
            if (!isEnd(download->state))
                announced.remove(id);
            Q_EMIT q->changed(id);
        }
    }

    void save()
    {
        store.save(list);
        ++saveNumber;
    }

    void onSaved(quint64 number)
    {
        std::erase_if(toConfirm, [this, number](const auto &entry) {
            if (entry.first > number)
                return false;
            if (Transfer *ended = transfer(entry.second))
                ended->endSaved();
            return true;
        });
    }

    /// Cloud Manager may publish a hash long after the download.
    void lookForLateHashes()
    {
        for (const Download &download : list) {
            Transfer *each = transfer(download.id);
            if (download.state == DownloadState::IntactNotVerified && !each->isLookingAgain())
                each->take(event::LookAgain{});
        }
    }

    void startNext()
    {
        int running = 0;
        for (const Download &download : list)
            running += transfer(download.id)->holdsSlot() ? 1 : 0;
        std::vector<DownloadId> waiting;
        for (const Download &download : list) {
            if (download.state == DownloadState::Queued)
                waiting.push_back(download.id);
        }
        for (const DownloadId &id : waiting) {
            if (running >= std::max(1, options.concurrent))
                return;
            ++running;
            transfer(id)->take(event::TurnCame{});
        }
    }

    void refresh()
    {
        bool active = false;
        std::vector<DownloadId> changedIds;
        for (Download &download : list) {
            Transfer *each = transfer(download.id);
            const bool moving = each->holdsSlot() || download.state == DownloadState::Verifying;
            active = active || moving;
            if (moving && each->refresh()) {
                download = each->download();
                changedIds.push_back(download.id);
            }
        }
        if (!active)
            refreshTimer.stop();
        inhibitor.setActive(active, DownloadQueue::tr("Archives are being downloaded"));
        for (const DownloadId &id : changedIds)
            Q_EMIT q->changed(id);
    }

    qint64 reserved(const DownloadId &id, quint64 device)
    {
        qint64 bytes = 0;
        for (const auto &[key, other] : transfers) {
            if (key != id.value && other->device() == device)
                bytes += other->bytesStillNeeded();
        }
        return bytes;
    }

    /// A name that no other download of this list writes to in the same folder.
    QString freeLocalName(const QString &folder, const QString &safeName) const
    {
        QString name = safeName;
        const auto isTaken = [this, &folder](const QString &candidate) {
            return std::any_of(list.begin(), list.end(), [&](const Download &download) {
                return download.folder == folder && download.localName == candidate && !isFinished(download.state);
            });
        };
        for (int number = 2; isTaken(name); ++number)
            name = numberedName(safeName, number);
        return name;
    }

    DownloadQueue *q;
    DownloadOptions options;
    QueueStore store;
    SleepInhibitor inhibitor;
    TransferContext context;
    std::vector<Download> list;
    std::unordered_map<QString, std::unique_ptr<Transfer>> transfers;
    QSet<DownloadId> dirty;
    QSet<DownloadId> announced; ///< ends that were signalled
    std::vector<std::pair<quint64, DownloadId>> toConfirm;
    quint64 saveNumber = 0;
    QTimer refreshTimer;
    QTimer flushTimer;
    QTimer lateHashTimer;
};

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
    // The list goes to the disk and the workers bring theirs there, all at the same time. What takes longer than this is
    // left to the system: nothing of it is needed to find everything again.
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
        if (isFinished(download.state))
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
    if (Transfer *transfer = d->transfer(id))
        transfer->take(event::Pause{PauseReason::ByPerson});
}

void DownloadQueue::resume(const DownloadId &id)
{
    if (Transfer *transfer = d->transfer(id))
        transfer->take(event::Resume{});
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
    if (Transfer *transfer = d->transfer(id))
        transfer->take(event::Retry{});
}

void DownloadQueue::answer(const DownloadId &id, bool yes)
{
    if (Transfer *transfer = d->transfer(id))
        transfer->take(event::Answer{yes});
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
