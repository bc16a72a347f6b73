#pragma once

#include "downloads/download_queue.h"
#include "jobs/job_monitor.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace tidemark {

class Session;

/// The sources of a restore's archives: one for each job whose link can be used. `snapshots` are those of the jobs, for
/// the expected sizes; without them the sizes are not known.
std::vector<DownloadSource> downloadSources(const JobGroup &group, const ConnectionId &connection,
                                            const std::vector<Snapshot> &snapshots);

/// True when the job's archive can be asked for now.
bool hasUsableLink(const RestoreJob &job, const QDateTime &now);

/// Puts the archives of a restore into the queue, all jobs of a batch together: those that are ready at once, the
/// others as soon as their links appear.
class DownloadStarter : public QObject
{
    Q_OBJECT

public:
    DownloadStarter(Session &session, DownloadQueue &queue, QObject *parent = nullptr);

    /// Of a restore whose other links are still waited for: what is ready and on the list no more is put there again.
    void start(const QString &groupKey, const QString &folder);
    /// Still waits for links of this restore.
    bool isWaiting(const QString &groupKey) const { return m_waiting.contains(groupKey); }

Q_SIGNALS:
    /// `isFirst`: of this start(); the others follow when their links appear, whatever the person does by then.
    void started(const QString &groupKey, int archives, bool isFirst);
    void failed(const tidemark::Error &error);

private:
    struct Order
    {
        QString folder;
        std::vector<Snapshot> snapshots;
        QSet<JobId> done;
        bool hasStarted = false; ///< since the last start()
    };

    void readSnapshots(const QString &groupKey, const QString &folder, std::vector<Snapshot> known,
                       std::vector<std::pair<ClusterId, SnapshotId>> wanted);
    void startAgain(const JobGroup &group, const QString &folder);
    int addReady(const QString &groupKey); ///< how many were put into the queue or said to be missing

    Session &m_session;
    DownloadQueue &m_queue;
    QHash<QString, Order> m_waiting;
    QSet<QString> m_reading; ///< groups whose snapshots are being read
};

} // namespace tidemark
