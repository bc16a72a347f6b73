#include "preparation/target_loader.h"

#include "base/later.h"
#include "cloud/cloud_client.h"
#include "preparation/target_use_reading.h"
#include "restore/rules.h"

#include <chrono>
#include <utility>

namespace tidemark {

static constexpr qint64 FreshMilliseconds = 60000;
static const QString ConfigKey = QStringLiteral("config");
static const QString SourceConfigKey = QStringLiteral("config of the source");
static constexpr std::chrono::milliseconds Settling{150}; ///< longer than between two repeats of a key

TargetLoader::TargetLoader(CloudClient &client, QObject *parent)
    : QObject(parent)
    , m_client(client.sibling(CloudClient::Retries::Usual))
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(Settling);
    connect(&m_settle, &QTimer::timeout, this, [this] { ask(Ask::Unknown); });
}

TargetLoader::~TargetLoader() = default;

void TargetLoader::setTarget(std::optional<Target> target)
{
    if (target == m_target)
        return;
    const bool isSame = target && m_target && target->project == m_target->project &&
                        target->cluster.id == m_target->cluster.id &&
                        target->sourceProject == m_target->sourceProject && target->source.id == m_target->source.id;
    m_target = std::move(target);
    if (!isSame) {
        ++m_generation;
        m_entries.clear();
        m_useReading.reset();
        m_fullConfigs.clear();
        m_facts.reset();
        if (m_target)
            m_facts = TargetFacts{m_target->cluster.id, {}, {}, {}, {}, {}, {}, {}, {}, {}};
    }
    if (isSame) {
        if (!m_settle.isActive())
            ask(Ask::Unknown);
        return;
    }
    m_settle.start();
    Q_EMIT changed();
}

void TargetLoader::need()
{
    ask(Ask::Old);
}

void TargetLoader::refresh()
{
    ask(Ask::All);
}

void TargetLoader::readFullConfigs()
{
    for (const auto &[key, config] :
         {std::pair(ConfigKey, &TargetFacts::config), {SourceConfigKey, &TargetFacts::sourceConfig}}) {
        if (!m_facts || !lacksRedactedConfig((*m_facts).*config))
            continue;
        m_fullConfigs.insert(key);
        m_entries[key].isLoading = false; // once more the other one, which the server does not have
    }
    ask(Ask::Old); // what failed counts as old
}

template<typename T, typename Read, typename Take>
void TargetLoader::read(const QString &key, const std::optional<Result<T>> &known, Ask which, Read read, Take take)
{
    Entry &entry = m_entries[key];
    const bool isOld = known && (!*known || entry.age.hasExpired(FreshMilliseconds));
    if (entry.isLoading || (known && which == Ask::Unknown) || (known && which == Ask::Old && !isOld))
        return;
    entry.isLoading = true;
    entry.age.start();
    const int asked = ++entry.asked;
    whenDone(this, read(), [this, key, take, asked, generation = m_generation](const Result<T> &result) {
        if (generation != m_generation || m_entries[key].asked != asked)
            return;
        m_entries[key].isLoading = false;
        take(result);
        Q_EMIT changed();
    });
}

void TargetLoader::readConfig(const QString &key, const ProjectId &project,
                              std::optional<Result<RedactedAutomationConfig>> TargetFacts::*config, Ask which)
{
    const bool isFull = m_fullConfigs.contains(key);
    const auto &known = (*m_facts).*config;
    if (isFull && known && *known)
        return; // a person agreed to one look
    read<RedactedAutomationConfig>(
        key, known, which,
        [&] { return isFull ? m_client->fullAutomationConfig(project) : m_client->redactedAutomationConfig(project); },
        [this, config, key, isFull](const Result<RedactedAutomationConfig> &told) {
            (*m_facts).*config = told;
            if (isFull && !told)
                m_fullConfigs.erase(key); // agreed to was one look
        });
}

void TargetLoader::ask(Ask which)
{
    m_settle.stop();
    if (!m_target)
        return;
    const ProjectId project = m_target->project;
    read<AutomationStatus>(
        QStringLiteral("status"), m_facts->status, which, [&] { return m_client->automationStatus(project); },
        [this](const Result<AutomationStatus> &status) { m_facts->status = status; });
    readConfig(ConfigKey, project, &TargetFacts::config, which);
    if (m_target->sourceProject != project)
        readConfig(SourceConfigKey, m_target->sourceProject, &TargetFacts::sourceConfig, which);
    if (const Cluster &target = m_target->cluster; target.backupRunning != false) {
        read<std::vector<Snapshot>>(
            QStringLiteral("snapshots"), m_facts->snapshots, which,
            [&] { return m_client->snapshots(project, target.id); },
            [this](const Result<std::vector<Snapshot>> &snapshots) { m_facts->snapshots = snapshots; });
        using Ranges = std::optional<std::vector<RestorableRange>>;
        read<Ranges>(
            QStringLiteral("ranges"), m_facts->ranges, which,
            [&] { return m_client->restorableRanges(project, target.id); },
            [this](const Result<Ranges> &ranges) { m_facts->ranges = ranges; });
    }
    read<std::vector<Agent>>(
        QStringLiteral("agents"), m_facts->agents, which,
        [&] { return m_client->agents(project, AgentType::Automation); },
        [this](const Result<std::vector<Agent>> &agents) {
            m_facts->agents = agents;
            m_facts->agentsRead = m_client->serverNow();
        });
    read<TargetUse>(
        QStringLiteral("use"), m_facts->use, which,
        [this] {
            m_useReading = std::make_unique<TargetUseReading>(*m_client, m_target->project, m_target->cluster);
            return m_useReading->result();
        },
        [this](const Result<TargetUse> &use) { m_facts->use = use; });
    askLists(which);
}

/// Those that an order reads anew, see OrderReading.
void TargetLoader::askLists(Ask which)
{
    std::vector<std::pair<ProjectId, Cluster>> lists{{m_target->sourceProject, m_target->source}};
    std::vector<Cluster> others = othersToList(m_target->others, m_target->source.id, m_target->cluster.id);
    const bool isNamed = !others.empty() && others.front().id == m_target->cluster.id;
    if (!isNamed && m_target->cluster.id != m_target->source.id)
        others.insert(others.begin(), m_target->cluster); // the catalogue has not read its project yet
    for (const Cluster &one : others) {
        if (lists.size() > MostClustersListed)
            break;
        lists.emplace_back(m_target->project, one);
    }
    for (const auto &[project, cluster] : lists) {
        TargetFacts::JobList &list = m_facts->jobs[cluster.id];
        list.name = confirmationName(cluster);
        read<std::vector<RestoreJob>>(
            QStringLiteral("jobs ") + cluster.id.value, list.restores, which,
            [&, this] { return m_client->restoreJobs(project, cluster.id); },
            [this, id = cluster.id](const Result<std::vector<RestoreJob>> &jobs) {
                m_facts->jobs[id].restores =
                    jobs ? Result<std::vector<RestoreJob>>(restoresInto(m_facts->target, *jobs)) : jobs;
            });
    }
}

} // namespace tidemark
