#pragma once

#include "downloads/download_queue.h"
#include "downloads/queue_store.h"
#include "downloads/safe_name.h"
#include "downloads/sleep_inhibitor.h"
#include "downloads/transfer.h"

#include <QSet>
#include <QTimer>

#include <algorithm>
#include <unordered_map>

namespace tidemark {

/// The list, its transfers, and when which of them has its turn; only download_queue.cpp includes this.
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
        context.slotIsFree = [this] { return freeSlots() > 0; };
        context.bucket->setLimit(options.bytesPerSecondLimit);
        refreshTimer.setInterval(std::chrono::milliseconds(100));
        flushTimer.setSingleShot(true);
        flushTimer.setInterval(0);
        QObject::connect(&refreshTimer, &QTimer::timeout, q, [this] { refresh(); });
        QObject::connect(&flushTimer, &QTimer::timeout, q, [this] { flush(); });
        lateHashTimer.setInterval(options.lateHashPoll);
        lateHashTimer.start();
        QObject::connect(&lateHashTimer, &QTimer::timeout, q, [this] { lookForLateHashes(); });
        QObject::connect(&store, &QueueStore::trouble, q, &DownloadQueue::fileTrouble);
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

    void tell(const DownloadId &id, const Event &event)
    {
        if (Transfer *each = transfer(id))
            each->take(event);
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
            const bool justEnded = isEnd(download->state) && !announced.contains(id);
            if (justEnded || transfer(id)->waitsForList())
                toConfirm.emplace_back(saveNumber, id);
            if (justEnded)
                announced.insert(id);
            else if (!isEnd(download->state))
                announced.remove(id);
            Q_EMIT q->changed(id);
            if (justEnded)
                Q_EMIT q->ended(id);
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
                ended->listSaved();
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

    int freeSlots() const
    {
        const auto running =
            std::ranges::count_if(transfers, [](const auto &each) { return each.second->holdsSlot(); });
        return std::max(1, options.concurrent) - static_cast<int>(running);
    }

    void startNext()
    {
        std::vector<DownloadId> waiting;
        for (const Download &download : list) {
            if (download.state == DownloadState::Queued)
                waiting.push_back(download.id);
        }
        for (const DownloadId &id : waiting) {
            if (freeSlots() <= 0)
                return;
            transfer(id)->take(event::TurnCame{});
        }
    }

    void refresh()
    {
        bool active = false;
        std::vector<DownloadId> changedIds;
        for (Download &download : list) {
            Transfer *each = transfer(download.id);
            const bool moving = each->isUnderWay();
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

} // namespace tidemark
