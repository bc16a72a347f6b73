#include "preparation/facts_loader.h"

#include "base/later.h"
#include "cloud/cloud_client.h"

namespace tidemark {

static constexpr qint64 FreshMilliseconds = 60000;

FactsLoader::FactsLoader(CloudClient &client, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_target(client)
{
    connect(this, &FactsLoader::changed, this, [this] { ++m_revision; }); // before anybody else hears of it
    connect(&client, &CloudClient::serverInfoChanged, this, [this] {
        if (m_facts.serverAhead != serverAhead()) {
            m_facts.serverAhead = serverAhead();
            Q_EMIT changed();
        }
    });
    m_facts.serverAhead = serverAhead();
    connect(&m_target, &TargetLoader::changed, this, [this] {
        m_facts.target = m_target.facts();
        Q_EMIT changed();
    });
}

void FactsLoader::setSource(const ProjectId &project, const ClusterId &cluster)
{
    if (project == m_project && cluster == m_cluster)
        return;
    m_project = project;
    m_cluster = cluster;
    ++m_generation;
    m_facts = {};
    m_facts.service = m_client.service();
    m_facts.serverAhead = serverAhead();
    m_facts.target = m_target.facts();
    m_entries = {};
    Q_EMIT changed();
}

/// Unknown until something was answered.
std::optional<std::chrono::milliseconds> FactsLoader::serverAhead() const
{
    const ServerInfo info = m_client.serverInfo();
    return info.dateHeader.isValid() ? std::optional(info.clockOffset) : std::nullopt;
}

bool FactsLoader::isKnown(Fact fact) const
{
    switch (fact) {
    case Fact::Snapshots:
        return m_facts.snapshots.has_value();
    case Fact::Checkpoints:
        return m_facts.checkpoints.has_value();
    case Fact::Ranges:
        return m_facts.ranges.has_value();
    case Fact::Schedule:
        return m_facts.schedule.has_value();
    }
    return false;
}

void FactsLoader::need(RestoreMode mode)
{
    askAll(mode, false);
}

void FactsLoader::needRanges()
{
    ask(Fact::Ranges, false);
}

void FactsLoader::refresh(RestoreMode mode)
{
    askAll(mode, true);
    m_target.refresh();
}

void FactsLoader::askAll(RestoreMode mode, bool evenIfFresh)
{
    switch (mode) {
    case RestoreMode::DownloadSnapshot:
    case RestoreMode::AutomatedSnapshot:
        ask(Fact::Snapshots, evenIfFresh);
        break;
    case RestoreMode::OplogTimestamp:
    case RestoreMode::PointInTime:
        ask(Fact::Ranges, evenIfFresh);
        ask(Fact::Snapshots, evenIfFresh); // the timeline's marks
        break;
    case RestoreMode::Checkpoint:
        ask(Fact::Checkpoints, evenIfFresh);
        break;
    }
}

template<typename T>
void FactsLoader::receive(Fact fact, Async<T> future, void (FactsLoader::*take)(T))
{
    whenDone(this, future, [this, fact, take, generation = m_generation](const Result<T> &result) {
        if (generation != m_generation)
            return;
        Entry &entry = this->entry(fact);
        if (result) {
            entry.state = State::Ready;
            entry.age.start();
            (this->*take)(*result);
        } else {
            entry.state = State::Failed;
            entry.error = result.error();
            if (fact == Fact::Ranges)
                rangesFailed(entry.error);
        }
        Q_EMIT changed();
    });
}

void FactsLoader::ask(Fact fact, bool evenIfFresh)
{
    Entry &entry = this->entry(fact);
    if (m_cluster.isEmpty() || entry.state == State::Loading)
        return;
    if (entry.state == State::Ready && !evenIfFresh && !entry.age.hasExpired(FreshMilliseconds))
        return;
    entry.state = State::Loading;
    switch (fact) {
    case Fact::Snapshots:
        receive(fact, m_client.snapshots(m_project, m_cluster), &FactsLoader::takeSnapshots);
        break;
    case Fact::Checkpoints:
        receive(fact, m_client.checkpoints(m_project, m_cluster), &FactsLoader::takeCheckpoints);
        break;
    case Fact::Ranges:
        receive(fact, m_client.restorableRanges(m_project, m_cluster), &FactsLoader::takeRanges);
        break;
    case Fact::Schedule:
        receive(fact, m_client.snapshotSchedule(m_project, m_cluster), &FactsLoader::takeSchedule);
        break;
    }
    Q_EMIT changed();
}

void FactsLoader::takeSnapshots(std::vector<Snapshot> snapshots)
{
    m_facts.snapshots = std::move(snapshots);
}

void FactsLoader::takeCheckpoints(std::vector<Checkpoint> checkpoints)
{
    m_facts.checkpoints = std::move(checkpoints);
}

void FactsLoader::takeRanges(std::optional<std::vector<RestorableRange>> ranges)
{
    const bool unknownToServer = !ranges.has_value();
    m_facts.rangesError.reset();
    m_facts.ranges = std::move(ranges);
    if (unknownToServer)
        ask(Fact::Schedule, false); // its pointInTimeWindowHours stands in for the ranges
}

/// The window of the schedule is better than nothing; ranges that were read before are better than that.
void FactsLoader::rangesFailed(const Error &error)
{
    if (m_facts.ranges && m_facts.ranges->has_value())
        return;
    m_facts.ranges = std::optional<std::vector<RestorableRange>>();
    m_facts.rangesError = error;
    ask(Fact::Schedule, false);
}

void FactsLoader::takeSchedule(SnapshotSchedule schedule)
{
    m_facts.schedule = schedule;
}

} // namespace tidemark
