#include "session/timekeeper.h"

#include "base/later.h"
#include "base/log.h"
#include "jobs/stages.h"

namespace tidemark {

Timekeeper::Timekeeper(const JobMonitor &jobs, CloudClient &client, const Clock &clock, QString file, QObject *parent)
    : QObject(parent)
    , m_jobs(jobs)
    , m_client(client)
    , m_clock(clock)
    , m_file(std::move(file))
    , m_times(readRestoreTimes(m_file))
{
    connect(&jobs, &JobMonitor::refreshed, this, &Timekeeper::look);
}

void Timekeeper::look()
{
    for (const JobsReading &reading : m_jobs.readings()) {
        if (reading.cluster.isEmpty()) // of agents
            m_agents[reading.project].note(reading.lastGood);
    }
    const QDateTime now = m_clock.now();
    for (const JobGroup &group : m_jobs.groups()) {
        if (!group.isOrderedHere() || !group.isAutomatedRestore())
            continue;
        const RestoreState state = stages(group, m_client.serverNow()).state;
        if (state != RestoreState::InPlace) {
            m_underWay.insert(group.key);
            continue;
        }
        const bool wasUnderWay = m_underWay.remove(group.key);
        if (const auto taken = timeTaken(group.ordered, wasUnderWay, m_agents[group.targetProject].before, now))
            keep(group, *taken);
    }
}

void Timekeeper::keep(const JobGroup &group, std::chrono::seconds taken)
{
    const RestoreTime time{group.cluster, 0, taken, m_clock.now()};
    whenDone(this, m_client.snapshots(group.project.id, group.cluster),
             [this, time](const Result<std::vector<Snapshot>> &snapshots) {
                 RestoreTime kept = time;
                 kept.bytes = snapshots ? sourceBytes(*snapshots) : 0;
                 if (kept.bytes <= 0)
                     return; // with nothing to compare it by
                 m_times.push_back(kept);
                 if (!addRestoreTime(m_file, kept))
                     qCWarning(lcRestore, "How long a restore took could not be kept in %s", qUtf8Printable(m_file));
             });
}

} // namespace tidemark
