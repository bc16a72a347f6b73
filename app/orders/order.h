#pragma once

#include "cloud/order_answer.h"
#include "orders/order_conflicts.h"
#include "orders/order_end.h"
#include "orders/order_reading.h"
#include "restore/rules.h"

#include <QObject>

#include <functional>

namespace tidemark {

class AuditLog;
class PendingOrders;

/// What a person decided on the Review page, with what the page showed.
struct OrderIntent
{
    RestoreDraft draft; ///< complete, the target's name typed
    RestoreFacts facts;
    std::vector<Cluster> targetClusters; ///< of the target's project, as known; may be empty for a download
    /// Keys of the conflicts that stood on the screen when the person decided for a second restore.
    QSet<QString> accepted;
    OrderRecord record{};  ///< what people said beside it
    QByteArray planFile{}; ///< the bytes of the file of record.plan; empty where there is none
};

/// How an order came out. Only the last three have sent anything.
struct OrderOutcome
{
    enum class Kind {
        Cancelled,   ///< by the person, before the POST left
        Changed,     ///< what was read anew no longer fits what was on the screen
        Conflicting, ///< it may be a second one; a person decides
        NotSent,     ///< something that is needed failed, see `error`
        Ordered,
        NotOrdered,
        NotKnownYet
    };

    Kind kind = Kind::Cancelled;
    Error error;                          ///< of NotSent and NotOrdered; of NotKnownYet what was seen
    QStringList changes;                  ///< of Changed, sentences
    std::vector<OrderConflict> conflicts; ///< of Conflicting
    PendingOrder order;                   ///< what was, or would have been, sent
    std::vector<RestoreJob> jobs;         ///< of Ordered; of a refusal that named jobs those jobs
};

/// One order from the click to its end: reads everything anew, judges it again, compares it with the orders that are
/// not settled, writes itself down, posts once, and says which of three ends it came to. Deleting it before the POST
/// has left cancels it; afterwards the order stays on disk.
class Order : public QObject
{
    Q_OBJECT

public:
    enum class Phase {
        Reading, ///< everything is read anew; nothing has been sent
        Late,    ///< the limit of the reading passed: wait on, or send with what was read
        Sending, ///< it has left, or is just leaving
        Ended
    };

    struct Means
    {
        CloudClient &client; ///< not the one that polling uses
        PendingOrders &pending;
        AuditLog &audit;
        const Clock &clock;
        ReadingLimits limits;
        /// What was ordered and settled, read anew with each call: other programs settle theirs meanwhile.
        std::function<Result<std::vector<KnownRestore>>()> known;
        /// Files of the same that had to be put aside and that nobody has dealt with.
        std::function<QStringList()> unreadMemory;
        /// Keeps a plan's file beside the audit log. False where it cannot be: the order goes on, and its line says so.
        std::function<bool(const QByteArray &)> keepPlan{};
    };

    Order(Means means, OrderIntent intent, QObject *parent = nullptr);
    ~Order() override;

    void start();

    Phase phase() const { return m_phase; }
    QString key() const { return m_outcome.order.key; } ///< empty before it is about to be sent
    /// In phase Late: whether it can be sent with what was read, and when that left (this machine's clock).
    bool canSendAnyway() const;
    /// What goes before the POST is being fetched; it has not left.
    bool isMakingReady() const { return m_isPosting && canBeCancelled(); }
    QDateTime readAt() const;
    QStringList unread() const;
    QStringList leftOut() const;
    QDateTime sentAt() const; ///< the server's clock; invalid before it left
    bool canBeCancelled() const { return m_phase == Phase::Reading || m_phase == Phase::Late; }

    /// Takes back sendWithWhatWasRead() while that is being made ready.
    void keepWaiting();
    /// A deliberate act, goes into the audit log. It holds as long as what is read may be old: if the POST cannot leave
    /// by then, it is asked again.
    void sendWithWhatWasRead();
    void cancel(); ///< without effect once it has left

    const OrderOutcome &outcome() const { return m_outcome; } ///< in phase Ended

Q_SIGNALS:
    void changed();
    /// Once. The order may be deleted from here on, not within.
    void ended();

private:
    /// Why the POST was held back in the moment in which it would have left.
    enum class Hold { None, Stale, Conflict, Disk, Withdrawn, Cancelled };

    void advance();
    void judge();
    void post();
    bool mayLeave(int sending);
    bool mayLeaveFirst();
    bool isTooOld() const;
    Hold write();
    void addRecord(QJsonObject &details) const;
    void answered(const OrderAnswer &answer);
    void heldBack(const OrderAnswer &answer);
    void settle(OrderAnswer answer);
    void end(OrderOutcome::Kind kind);
    Result<std::vector<OrderConflict>> conflicts(PendingOrder wanted, const std::vector<PendingOrder> &pending) const;
    void failUnsent(const QString &what, const Error &why);
    bool stops(const std::vector<OrderConflict> &conflicts) const;
    bool audit(const QString &event, QJsonObject details = {});

    Means m_means;
    const OrderIntent m_intent;
    OrderReading *m_reading = nullptr;
    Phase m_phase = Phase::Reading;
    Hold m_hold = Hold::None;
    QSet<QString> m_knownBefore;                       ///< orders that were settled when this one was begun
    std::optional<BootClock::time_point> m_sendAnyway; ///< since when
    bool m_isPosting = false;                          ///< the POST is being made ready or under way
    OrderOutcome m_outcome;
};

} // namespace tidemark
