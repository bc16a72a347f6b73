#include "orders/order_desk.h"

#include "restore/audit_log.h"

#include <QJsonArray>

#include <algorithm>

namespace tidemark {

OrderDesk::OrderDesk(Setup setup, QObject *parent)
    : QObject(parent)
    , m_setup(std::move(setup))
    , m_pending(m_setup.pendingFile)
    , m_follower(
          m_setup.client, m_pending, m_setup.clock, m_setup.rhythm,
          [this] { return m_current ? m_current->key() : QString(); }, m_setup.known)
{
    connect(&m_follower, &OrderFollower::changed, this, &OrderDesk::viewsChanged);
    connect(&m_pending, &PendingOrders::changed, this, &OrderDesk::viewsChanged); // others(), too
    connect(&m_follower, &OrderFollower::newJobsSeen, this, &OrderDesk::newJobsSeen);
    connect(&m_follower, &OrderFollower::found, this,
            [this](const PendingOrder &order, const std::vector<RestoreJob> &jobs) {
                settle(order, jobs, QStringLiteral("ordered, found in the job list"));
            });
    dropRemembered();
}

OrderDesk::~OrderDesk()
{
    delete std::exchange(m_current, nullptr); // while what it writes into is still there
}

/// A crash between the two files left it in both.
void OrderDesk::dropRemembered()
{
    for (const PendingOrder &order : std::vector(m_pending.all())) {
        if (m_setup.isRemembered(order))
            m_pending.record(order.key, [](PendingOrder &) { return false; });
    }
}

Result<Order *> OrderDesk::begin(OrderIntent intent)
{
    if (m_current) {
        Error error;
        error.kind = ErrorKind::Conflict;
        error.sentence = tr("Another restore is just being ordered. Nothing was sent.");
        error.hint = tr("Wait until it has been answered, then try again.");
        return failure(error);
    }
    auto *order = new Order({m_setup.client, m_pending, m_setup.audit, m_setup.clock, m_setup.limits, m_setup.known,
                             m_setup.unreadMemory, m_setup.keepPlan},
                            std::move(intent), this);
    m_current = order;
    connect(order, &Order::ended, this, [this, order] { finish(order); });
    QMetaObject::invokeMethod(order, &Order::start, Qt::QueuedConnection);
    Q_EMIT currentChanged();
    return order;
}

void OrderDesk::finish(Order *order)
{
    m_current = nullptr;
    order->deleteLater();
    const OrderOutcome outcome = order->outcome();
    if (outcome.kind == OrderOutcome::Kind::Ordered)
        settle(outcome.order, outcome.jobs, {});
    m_follower.refresh();
    Q_EMIT currentChanged();
}

/// First the memory, then the file of pending orders: after a crash between them it stands in both, and never in none.
/// While the memory cannot be written it comes here again with each look at the list, and is told once.
void OrderDesk::settle(const PendingOrder &order, const std::vector<RestoreJob> &jobs, const QString &how)
{
    const bool isTold = std::exchange(m_told, m_told | QSet{order.key}).contains(order.key);
    if (!how.isEmpty() && !isTold)
        audit(how, order, jobs);
    if (m_setup.remember(order, jobs))
        m_pending.record(order.key, [](PendingOrder &) { return false; });
    if (!isTold)
        Q_EMIT settled(order, jobs);
}

const OrderCandidate *OrderDesk::candidate(const QString &key, const QString &candidate) const
{
    const OrderView *view = m_follower.view(key);
    if (!view)
        return nullptr;
    const auto found = std::ranges::find_if(view->candidates,
                                            [&candidate](const OrderCandidate &one) { return one.key() == candidate; });
    return found == view->candidates.end() ? nullptr : &*found;
}

Result<bool> OrderDesk::itIsThisOne(const QString &key, const QString &candidateKey)
{
    const OrderCandidate *found = candidate(key, candidateKey);
    if (!found)
        return false;
    const std::vector<RestoreJob> jobs = found->jobs;
    const auto known = m_setup.known();
    if (!known)
        return failure(known.error());
    if (withoutOthers(jobs, key, *known).size() != jobs.size()) {
        Error error;
        error.kind = ErrorKind::Conflict;
        error.sentence = tr("This is what came of another order, as is known meanwhile.");
        error.hint = tr("Look again: it will not be among the jobs that fit any more.");
        return failure(error);
    }
    PendingOrder order = m_follower.view(key)->order;
    const Result<bool> written = m_pending.change(key, [&](PendingOrder &onDisk) {
        for (const RestoreJob &job : jobs)
            onDisk.named.push_back(job.id);
        onDisk.namedBatch = jobs.front().batch;
        order = onDisk;
    });
    if (written && *written)
        settle(order, jobs, QStringLiteral("ordered, as a person said"));
    return written;
}

Result<bool> OrderDesk::notMine(const QString &key, const QString &candidateKey)
{
    const OrderCandidate *found = candidate(key, candidateKey);
    if (!found)
        return false;
    const std::vector<RestoreJob> jobs = found->jobs;
    const PendingOrder order = m_follower.view(key)->order;
    const Result<bool> written = m_pending.change(key, [&](PendingOrder &onDisk) {
        for (const RestoreJob &job : jobs)
            onDisk.notMine.push_back(job.id);
    });
    if (written && *written)
        audit(QStringLiteral("not this order's job, as a person said"), order, jobs);
    return written;
}

Result<bool> OrderDesk::forget(const QString &key)
{
    const OrderView *view = m_follower.view(key);
    if (!view)
        return false;
    const PendingOrder order = view->order;
    if (!audit(OrderForgotten, order, {})) {
        Error error;
        error.kind = ErrorKind::Disk;
        error.sentence =
            tr("The order was not forgotten: the audit log %1 could not be written.").arg(m_setup.audit.path());
        error.hint = tr("Make room on the disk, or make the file writable, and try again.");
        return failure(error);
    }
    if (m_setup.forgotten)
        m_setup.forgotten(order);
    return m_pending.remove(key);
}

bool OrderDesk::audit(const QString &event, const PendingOrder &order, const std::vector<RestoreJob> &jobs)
{
    QJsonArray ids;
    for (const RestoreJob &job : jobs)
        ids.append(job.id.value);
    QJsonObject details{{QStringLiteral("order"), order.key},
                        {QStringLiteral("server"), order.server},
                        {QStringLiteral("cluster"), order.clusterName},
                        {QStringLiteral("targetCluster"), order.targetClusterName},
                        {QStringLiteral("jobs"), ids}};
    if (!order.record.plan.signedSha256.isEmpty())
        details.insert(QLatin1String("signedSha256"), order.record.plan.signedSha256);
    if (!jobs.empty() && !jobs.front().batch.isEmpty())
        details.insert(QStringLiteral("batchId"), jobs.front().batch.value); // what comes later is told of by it
    return m_setup.audit.append(event, details, m_setup.client.serverNow());
}

} // namespace tidemark
