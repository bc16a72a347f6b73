#pragma once

#include "orders/order.h"
#include "orders/order_follower.h"
#include "orders/pending_orders.h"

#include <QObject>

#include <functional>

namespace tidemark {

/// The event under which the audit log tells of an order that was forgotten.
inline const QString OrderForgotten = QStringLiteral("forgotten without being known");

/// Where restores are ordered, one at a time, and where orders that are not settled are followed and settled. Belongs
/// to one open connection; the file of pending orders to all.
class OrderDesk : public QObject
{
    Q_OBJECT

public:
    struct Setup
    {
        CloudClient &client; ///< not the one that polling uses
        AuditLog &audit;
        const Clock &clock;
        QString pendingFile;
        ReadingLimits limits;
        OrderFollower::Rhythm rhythm;
        /// Keeps what the API forgets of a restore that was ordered here. Called again for the same order after a crash
        /// between the two files: it must not make two of it. False when it could not be kept.
        std::function<bool(const PendingOrder &, const std::vector<RestoreJob> &)> remember;
        /// Whether all of that was kept already, by remember() of an earlier run.
        std::function<bool(const PendingOrder &)> isRemembered;
        /// What was ordered and settled, read anew.
        std::function<Result<std::vector<KnownRestore>>()> known;
        /// Files of the same that had to be put aside and that nobody has dealt with.
        std::function<QStringList()> unreadMemory;
        /// Keeps a plan's file beside the audit log; see Order::Means.
        std::function<bool(const QByteArray &)> keepPlan{};
        /// It is taken off the list although nothing is proven: what belongs to it is kept for it.
        std::function<void(const PendingOrder &)> forgotten{};
    };

    explicit OrderDesk(Setup setup, QObject *parent = nullptr);
    ~OrderDesk() override;

    /// Nothing is sent before the event loop runs. Fails with ErrorKind::Conflict while another order is under way. The
    /// order belongs to the desk and goes when its end has been heard.
    Result<Order *> begin(OrderIntent intent);
    Order *current() const { return m_current; }

    // Orders that are not settled.
    const std::vector<OrderView> &views() const { return m_follower.views(); }
    const OrderView *view(const QString &key) const { return m_follower.view(key); }
    /// Orders that are not settled and that this connection cannot follow.
    int others() const { return int(m_pending.all().size() - m_follower.views().size()); }
    void lookAgain(const QString &key) { m_follower.lookAgain(key); }
    /// A person says which jobs came of it: settles it as ordered.
    Result<bool> itIsThisOne(const QString &key, const QString &candidate);
    /// A person says that these jobs did not come of it.
    Result<bool> notMine(const QString &key, const QString &candidate);
    /// A person takes it off the list although nothing is proven. Fails where that cannot be written into the audit
    /// log.
    Result<bool> forget(const QString &key);

    PendingOrders &pending() { return m_pending; }

Q_SIGNALS:
    void viewsChanged();
    /// It is known by id now: by its answer, by the list, or by a person.
    void settled(const tidemark::PendingOrder &order, const std::vector<tidemark::RestoreJob> &jobs);
    void newJobsSeen(const tidemark::ClusterId &cluster);
    void currentChanged();

private:
    void finish(Order *order);
    void settle(const PendingOrder &order, const std::vector<RestoreJob> &jobs, const QString &how);
    void dropRemembered();
    const OrderCandidate *candidate(const QString &key, const QString &candidate) const;
    bool audit(const QString &event, const PendingOrder &order, const std::vector<RestoreJob> &jobs);

    Setup m_setup;
    PendingOrders m_pending;
    Order *m_current = nullptr;
    OrderFollower m_follower;
    QSet<QString> m_told; ///< keys of orders that were settled in this run
};

} // namespace tidemark
