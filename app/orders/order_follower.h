#pragma once

#include "cloud/cloud_client.h"
#include "orders/order_conflicts.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <map>

namespace tidemark {

class PendingOrders;

/// What is known of an order that is not settled.
struct OrderView
{
    PendingOrder order;
    SendingState sending = SendingState::Ended;
    std::vector<OrderCandidate> candidates; ///< on the source's list, as last read
    std::vector<OrderEvent> events;         ///< of this key, since it was sent
    std::vector<RestoreJob> mentioned;      ///< jobs that a refusal named, looked up
    QDateTime lookedAt;                     ///< this machine's clock; invalid before the first look
    std::optional<Error> error;             ///< of the last look
    bool isLooking = false;

    bool operator==(const OrderView &) const = default;
};

/// Looks for the jobs of orders that are not settled, often at first and then with the monitor's rhythm, in this run
/// and after each restart. It finds candidates; only what the POST's own answer named is settled without a person.
class OrderFollower : public QObject
{
    Q_OBJECT

public:
    struct Rhythm
    {
        std::chrono::milliseconds first{2000};
        std::chrono::milliseconds longest{60000}; ///< the pause doubles up to this
    };

    using Known = std::function<Result<std::vector<KnownRestore>>()>;

    /// `current` is the key of the order that this program is just sending; empty for none. `known` tells what came of
    /// other orders, read anew.
    OrderFollower(CloudClient &client, PendingOrders &pending, const Clock &clock, Rhythm rhythm,
                  std::function<QString()> current, Known known, QObject *parent = nullptr);

    /// Oldest first; those of this connection or its server.
    const std::vector<OrderView> &views() const { return m_views; }
    const OrderView *view(const QString &key) const;
    void lookAgain(const QString &key);
    /// Takes over what the file holds now.
    void refresh();

Q_SIGNALS:
    void changed();
    /// The list shows jobs that the order's own answer named.
    void found(const tidemark::PendingOrder &order, const std::vector<tidemark::RestoreJob> &jobs);
    /// The source's list was read, and jobs stand on it that were not there when the order was written.
    void newJobsSeen(const tidemark::ClusterId &cluster);

private:
    struct Pace
    {
        QDateTime due;
        std::chrono::milliseconds pause;
        int looks = 0;
    };

    void look(const QString &key);
    void listRead(const QString &key, const Result<std::vector<RestoreJob>> &list);
    void readEvents(const PendingOrder &order);
    void readMentioned(const PendingOrder &order, const std::vector<RestoreJob> &list);
    void schedule();
    void lookAtDue();
    OrderView *viewOf(const QString &key);

    CloudClient &m_client;
    PendingOrders &m_pending;
    const Clock &m_clock;
    const Rhythm m_rhythm;
    const std::function<QString()> m_current;
    const Known m_known;
    std::vector<OrderView> m_views;
    std::map<QString, Pace> m_paces;
    QTimer m_timer;
};

} // namespace tidemark
