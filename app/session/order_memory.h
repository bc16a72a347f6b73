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

/// What was ordered here, from the memory as it is on the disk now. One whose jobs no list shows is taken to run for a
/// day: jobs appear late.
std::vector<KnownRestore> knownRestores(JobMonitor &jobs, const QDateTime &serverNow, const QDateTime &now);

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
