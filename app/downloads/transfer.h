#pragma once

#include "downloads/download_queue.h"
#include "downloads/job_lookup.h"
#include "downloads/life.h"
#include "downloads/speed_meter.h"
#include "downloads/worker.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace tidemark {

/// What every transfer of a queue shares.
struct TransferContext
{
    JobReader reader;
    const Clock *clock = nullptr;
    const DownloadOptions *options = nullptr;
    std::shared_ptr<TokenBucket> bucket;
    std::function<bool()> slotIsFree; ///< empty: always
    /// Bytes that other downloads still need on the same disk.
    std::function<qint64(const DownloadId &id, quint64 device)> reservedByOthers;
};

/// Does what next() decides about one download: hands orders to its worker, reads its job, waits. Lives on the GUI
/// thread and knows no rule of its own. Worker and timer are there only while something goes on.
class Transfer : public QObject
{
    Q_OBJECT

public:
    Transfer(Download download, const TransferContext &context, QObject *parent = nullptr);
    ~Transfer() override; ///< lets go of the worker, which saves what came

    const Download &download() const { return m_life.view; }
    bool holdsSlot() const { return m_life.holdsSlot(); }
    bool isUnderWay() const { return m_life.isUnderWay(); }
    bool isLookingAgain() const { return m_lookup.isAsking() || m_worker != nullptr; }
    /// Bytes still to be written, as far as known, and the disk they go to; for other downloads' space.
    qint64 bytesStillNeeded() const;
    quint64 device() const { return m_life.part.space.device; }

    void take(const Event &event);
    /// Deletes part and journal; after the download was cancelled.
    void discard();
    /// Takes the worker's numbers into download(); true when something a person sees has changed.
    bool refresh();
    /// The list with download() as it is now is on the disk: what was kept to find it again may go.
    void listSaved();
    bool waitsForList() const { return m_left.has_value(); }
    /// The worker that is still saving what came, if any.
    std::shared_ptr<Worker> lastWorker() const { return m_worker ? m_worker : m_predecessor.lock(); }

Q_SIGNALS:
    /// Any transition: to be saved and shown at once.
    void stateChanged();

private:
    void perform(const action::Nothing &) {}
    void perform(const action::Halt &);
    void perform(const action::ReadJob &);
    void perform(const action::Fetch &);
    void perform(const action::Wait &action);
    void perform(const action::GoOn &);
    template<typename Order>
    void perform(const Order &order)
    {
        worker().order(order);
    }
    Worker &worker();

    Life m_life;
    TransferContext m_context;
    std::shared_ptr<Worker> m_worker;
    std::weak_ptr<Worker> m_predecessor; ///< of the next worker, while it is still saving what came
    std::optional<PartOwner> m_left;     ///< a part that was copied to another folder, until the list knows
    JobLookup m_lookup;
    QTimer m_timer;
    SpeedMeter m_meter;
};

} // namespace tidemark
