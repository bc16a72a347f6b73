#pragma once

#include "history/restore_times.h"
#include "jobs/job_monitor.h"

#include <QObject>
#include <QSet>

#include <map>
#include <utility>

namespace tidemark {

/// When something was last known, and before that.
struct LookedAt
{
    QDateTime before;
    QDateTime last;

    /// The last good reading; the same again where none has come since.
    void note(const QDateTime &good)
    {
        if (good != last)
            before = std::exchange(last, good);
    }
};

/// Watches restores that were ordered here to their end and keeps how long they took, with the size that the source's
/// snapshots had then.
class Timekeeper : public QObject
{
    Q_OBJECT

public:
    /// All of it outlives this one. `clock` is the one by which orders are dated.
    Timekeeper(const JobMonitor &jobs, CloudClient &client, const Clock &clock, QString file,
               QObject *parent = nullptr);

    const std::vector<RestoreTime> &times() const { return m_times; }

private:
    void look();
    void keep(const JobGroup &group, std::chrono::seconds taken);

    const JobMonitor &m_jobs;
    CloudClient &m_client;
    const Clock &m_clock;
    const QString m_file;
    std::vector<RestoreTime> m_times;
    QSet<QString> m_underWay;               ///< keys of groups
    std::map<ProjectId, LookedAt> m_agents; ///< a restore may have ended at any moment while they could not be read
};

} // namespace tidemark
