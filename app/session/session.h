#pragma once

#include "cloud/cloud_client.h"
#include "jobs/job_monitor.h"
#include "orders/order_desk.h"
#include "restore/audit_log.h"
#include "session/catalogue.h"

#include <QObject>

#include <memory>
#include <vector>

namespace tidemark {

class Checklists;
class SafetyTaker;
class Timekeeper;

/// One open connection with everything that works on it: the client, the desk where restores are ordered, the job
/// monitor, and the catalogue of projects and clusters that the windows choose from, whose clusters with backups it
/// watches. Opening another connection makes another session.
class Session : public QObject
{
    Q_OBJECT

public:
    struct Timing
    {
        JobMonitor::Intervals intervals{};
        ReadingLimits reading{};
        OrderFollower::Rhythm following{};
    };

    /// `dataDir` belongs to this connection alone and gets its audit log (audit.jsonl), the plans of what was sent
    /// (plans) and its projects' checklists (checklists.json); created 0700 when missing.
    /// `sharedDir` has what all connections and running programs must know of each other's orders: those that are not
    /// known yet (orders.json), what is remembered of the others (restores.json), and the safety snapshots before them
    /// (safety-snapshots.json). Empty: dataDir.
    Session(Connection connection, Credentials credentials, const Clock &clock, const QString &dataDir, Timing timing,
            QString sharedDir = {}, QObject *parent = nullptr);
    Session(Connection connection, Credentials credentials, const Clock &clock, const QString &dataDir,
            JobMonitor::Intervals intervals, QObject *parent = nullptr);
    ~Session() override;

    const Connection &connection() const;
    CloudClient &client();
    OrderDesk &orders();
    JobMonitor &jobs();
    const Clock &clock() const;

    Catalogue &catalogue();
    const Catalogue &catalogue() const;

    /// The snapshots of targets that are taken before they are erased.
    SafetyTaker &safety();
    const SafetyTaker &safety() const;

    /// How long restores took that were seen to their end.
    const Timekeeper &times() const;

    /// Where the audit log is, which readHistory() reads.
    QString auditFile() const;
    /// The folder beside it with the plans of what was sent, which KeptPlans reads.
    QString plansFolder() const;
    /// What people see to before a cluster of a project is erased.
    Checklists &checklists();

    /// What other programs have ordered and taken meanwhile; before something is decided by it.
    void readDisk();

    /// A person does not want to know more of this restore's agents, nor be asked about it by the next order of its
    /// target. False where it is not known here; fails where that cannot be written into the audit log.
    Result<bool> stopFollowing(const QString &key);

    /// Looks through the files that remember, in the background, and says with fileTrouble what is wrong with them:
    /// once, when somebody listens.
    void checkFiles();

Q_SIGNALS:
    void fileTrouble(const tidemark::Error &error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace tidemark
