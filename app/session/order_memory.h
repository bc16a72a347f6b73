#pragma once

#include "jobs/job_monitor.h"
#include "orders/order_conflicts.h"
#include "restore/audit_log.h"

#include <QHash>
#include <QObject>

/// Between orders and jobs, which know nothing of each other: what is remembered of an order once it is settled, and
/// what the memory says of restores that run.
namespace tidemark {

RememberedSubmission submissionOf(const PendingOrder &order, const std::vector<RestoreJob> &jobs);

/// What was ordered on this machine, from the memory as it is on the disk now; fails where that cannot be read. One
/// whose jobs no list shows runs, as far as is known, until its agents' last word is, or nobody wants to follow it:
/// jobs appear late, and a clock that was set on is no end.
Result<std::vector<KnownRestore>> knownRestores(JobMonitor &jobs, const QDateTime &serverNow);

/// Writes later changes of state of what was ordered here into the audit log, each once.
class OrderAudit : public QObject
{
    Q_OBJECT

public:
    OrderAudit(const JobMonitor &jobs, AuditLog &audit, const CloudClient &client, QObject *parent = nullptr);

private:
    void write(const QStringList &changedKeys);

    const JobMonitor &m_jobs;
    AuditLog &m_audit;
    const CloudClient &m_client;
    QHash<QString, QString> m_written; ///< key of a group → its last written state
};

} // namespace tidemark
