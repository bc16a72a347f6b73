#pragma once

#include "base/boot_clock.h"
#include "cloud/cloud_client.h"
#include "orders/order_conflicts.h"
#include "restore/restore_draft.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <map>

namespace tidemark {

/// How old facts may be when a POST leaves, and how many clusters of the target's project are asked for their jobs.
struct ReadingLimits
{
    std::chrono::milliseconds fresh{10000}; ///< from the moment a request left, not from its answer
    size_t targetClusters = MostClustersListed;
};

/// Reads everything anew that the rules of a restore rest on, in parallel, and says how fresh it is. One reading serves
/// one order. Ages are measured by a clock that never jumps and does not stand still in a suspend.
class OrderReading : public QObject
{
    Q_OBJECT

public:
    struct Wanted
    {
        RestoreDraft draft;
        RestoreFacts facts;                  ///< as known so far
        std::vector<Cluster> targetClusters; ///< of the target's project, as known so far; top level
        QDateTime eventsSince;               ///< of the oldest pending order; invalid: no events are read
    };

    /// `client` should not be the one that polling uses, so that nothing is queued behind it.
    OrderReading(CloudClient &client, const Clock &clock, Wanted wanted, ReadingLimits limits,
                 QObject *parent = nullptr);

    void start();

    enum class State {
        Reading, ///< not everything is there, and no limit has passed
        Fresh,   ///< everything is there and young enough to send
        Late     ///< the limit passed before everything was there, what is there is too old, or something failed
    };
    State state() const;
    /// The source's job list was read to its end: without it no POST leaves.
    bool canBeSent() const;
    /// The source's job list could not be read.
    const Error *blocked() const;
    /// In words, what was not read, or not within the limit, or failed.
    QStringList unread() const;
    /// In words, what was left out on purpose or could not be read, and what that means.
    QStringList leftOut() const;
    /// The oldest of what was read left at this moment (this machine's clock); invalid while nothing is there.
    QDateTime readAt() const;
    /// Reads again what is too old or failed. What is under way goes on.
    void keepWaiting();

    // What was read, on top of what was known.
    const RestoreDraft &draft() const { return m_draft; }
    const RestoreFacts &facts() const { return m_facts; }
    const std::vector<RestoreJob> &sourceJobs() const { return m_sourceJobs; }
    std::vector<RestoreJob> targetJobs() const;
    std::optional<qint64> goal() const { return m_goal; }
    const std::vector<ProjectEvent> &events() const { return m_events; }

Q_SIGNALS:
    void changed();

private:
    using Time = BootClock::time_point;

    /// What the rules rest on must be read; what many keys may not read is done without, and that is said. What is
    /// asked for warnings alone holds no order up by failing: what was known of it counts on.
    enum class Need { Must, May, Advice };

    struct Item
    {
        QString name; ///< for sentences: "the restore jobs of “orders”"
        Need need;
        std::function<void()> ask;
        Time left;
        QDateTime leftAt;
        bool isRead = false;
        bool isAsked = false;
        std::optional<Error> error;
    };

    template<typename T>
    void add(Need need, const QString &name, std::function<Async<T>()> read, std::function<void(const T &)> take);
    void ask(size_t place);
    void addSource();
    void addPoint();
    void addTarget();
    void addAutomation();
    void addOthersJobs();
    void addEvents();
    bool isOld(const Item &item) const;
    void takeRestores(const ClusterId &cluster, const QString &name, const std::vector<RestoreJob> &jobs);
    static bool hasFailed(const Item &item);
    void watchAge();

    CloudClient &m_client;
    const Clock &m_clock;
    const ReadingLimits m_limits;
    RestoreDraft m_draft;
    RestoreFacts m_facts;
    std::vector<Cluster> m_targetClusters;
    QDateTime m_eventsSince;
    std::vector<Item> m_items;
    size_t m_jobsItem = 0;
    QStringList m_leftOut;
    std::vector<RestoreJob> m_sourceJobs;
    std::map<ClusterId, std::vector<RestoreJob>> m_targetJobs;
    std::optional<qint64> m_goal;
    std::vector<ProjectEvent> m_events;
    QTimer m_age; ///< tells of the moment at which the limit passes
};

} // namespace tidemark
