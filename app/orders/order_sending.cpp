// What happens in the moment in which an order's POST would leave: the last look, and the note on the disk before it.

#include "orders/order.h"
#include "orders/pending_orders.h"
#include "restore/audit_log.h"

#include <QJsonArray>

namespace tidemark {

namespace {

Error notSent(const QString &sentence, const QString &hint = {})
{
    Error error;
    error.kind = ErrorKind::Disk;
    error.sentence = sentence;
    error.hint = hint;
    return error;
}

} // namespace

/// Called in the moment in which the POST would leave.
bool Order::mayLeave(int sending)
{
    if (m_hold == Hold::Cancelled || m_hold == Hold::Withdrawn || m_phase == Phase::Ended)
        return false;
    if (sending == 1)
        return mayLeaveFirst();
    PendingOrder &own = m_outcome.order;
    own.sendings.push_back({m_means.clock.now(), m_means.client.serverNow()});
    const auto written =
        m_means.pending.change(own.key, [&own](PendingOrder &order) { order.sendings = own.sendings; });
    const bool isWritten = written.has_value() && *written && audit(QStringLiteral("sending again after a challenge"));
    if (!isWritten)
        m_hold = Hold::Disk;
    Q_EMIT changed();
    return isWritten;
}

bool Order::isTooOld() const
{
    if (m_sendAnyway)
        return BootClock::now() - *m_sendAnyway >= m_means.limits.fresh;
    return m_reading->state() != OrderReading::State::Fresh;
}

bool Order::mayLeaveFirst()
{
    if (isTooOld()) {
        m_hold = Hold::Stale; // making the POST ready took too long
        return false;
    }
    m_hold = write();
    if (m_hold != Hold::None)
        return false;
    m_phase = Phase::Sending;
    Q_EMIT changed();
    return true;
}

/// What people said beside it. A plan that cannot be kept holds nothing up: its hash is in the line all the same.
void Order::addRecord(QJsonObject &details) const
{
    const QJsonObject record = recordJson(m_outcome.order.record);
    for (auto member = record.begin(); member != record.end(); ++member)
        details.insert(member.key(), member.value());
    if (!m_intent.planFile.isEmpty() && !(m_means.keepPlan && m_means.keepPlan(m_intent.planFile)))
        details.insert(QStringLiteral("planNotKept"), true);
}

/// Comparing and writing are one step under the lock: another program may have written its own order meanwhile.
Order::Hold Order::write()
{
    PendingOrder &order = m_outcome.order;
    order.written = m_means.clock.now();
    order.writtenServer = m_means.client.serverNow();
    order.sendings = {{order.written, order.writtenServer}};
    Hold hold = Hold::None;
    const auto admitted = m_means.pending.admit(order, [this, &hold, &order](const std::vector<PendingOrder> &onDisk) {
        if (isTooOld()) { // the lock may have been waited for
            hold = Hold::Stale;
            return true;
        }
        const auto found = conflicts(order, onDisk);
        if (!found) {
            hold = Hold::Disk;
            m_outcome.error = notSent(
                tr("Nothing was sent: what was ordered before could not be read. %1").arg(found.error().sentence),
                found.error().hint);
            return true;
        }
        m_outcome.conflicts = *found;
        hold = stops(m_outcome.conflicts) ? Hold::Conflict : Hold::None;
        return hold != Hold::None;
    });
    if (!admitted) {
        hold = Hold::Disk;
        m_outcome.error = notSent(
            tr("Nothing was sent: the order could not be written down before. %1").arg(admitted.error().sentence),
            admitted.error().hint);
    }
    if (hold != Hold::None) {
        order.sendings.clear();
        return hold;
    }
    QJsonObject details{{QStringLiteral("leftOut"), QJsonArray::fromStringList(leftOut())}};
    if (m_sendAnyway) {
        details.insert(QStringLiteral("sentWithWhatWasReadAt"), readAt().toUTC().toString(Qt::ISODate));
        details.insert(QStringLiteral("notRead"), QJsonArray::fromStringList(unread()));
    }
    if (!m_intent.accepted.isEmpty())
        details.insert(QStringLiteral("secondRestoreDespite"), QJsonArray::fromStringList(m_intent.accepted.values()));
    addRecord(details);
    if (audit(QStringLiteral("sending"), details))
        return Hold::None;
    order.sendings.clear();
    m_means.pending.record(order.key, [](PendingOrder &) { return false; });
    m_outcome.error = notSent(tr("Nothing was sent: the audit log %1 could not be written.").arg(m_means.audit.path()),
                              tr("Make room on the disk, or make the file writable, and try again."));
    return Hold::Disk;
}

} // namespace tidemark
