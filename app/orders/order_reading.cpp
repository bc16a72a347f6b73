#include "orders/order_reading.h"

#include "base/later.h"
#include "restore/rules.h"

#include <algorithm>

namespace tidemark {

namespace {

const Cluster *findIn(const std::vector<Cluster> &clusters, const ClusterId &id)
{
    const auto found = std::ranges::find(clusters, id, &Cluster::id);
    return found == clusters.end() ? nullptr : &*found;
}

/// The chosen cluster as it is now; one that is gone takes the choice with it, and the rules say so.
void takeCluster(std::optional<Cluster> &chosen, const std::vector<Cluster> &clusters)
{
    if (!chosen)
        return;
    if (const Cluster *found = findIn(clusters, chosen->id))
        chosen = *found;
    else
        chosen.reset();
}

} // namespace

OrderReading::OrderReading(CloudClient &client, const Clock &clock, Wanted wanted, ReadingLimits limits,
                           QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_clock(clock)
    , m_limits(limits)
    , m_draft(std::move(wanted.draft))
    , m_facts(std::move(wanted.facts))
    , m_targetClusters(std::move(wanted.targetClusters))
    , m_eventsSince(std::move(wanted.eventsSince))
{
    m_age.setSingleShot(true);
    m_age.setTimerType(Qt::PreciseTimer);
    connect(&m_age, &QTimer::timeout, this, [this] {
        watchAge(); // a timer may come a little early, or be for one of several
        Q_EMIT changed();
    });
    if (!m_draft.mode || !isAutomated(*m_draft.mode) || !m_draft.targetCluster)
        m_facts.target.reset();
    else if (!m_facts.target || m_facts.target->target != m_draft.targetCluster->id)
        m_facts.target = TargetFacts{m_draft.targetCluster->id, {}, {}, {}, {}, {}, {}, {}, {}};
    addSource();
    addPoint();
    addTarget();
    addEvents();
}

template<typename T>
void OrderReading::add(Need need, const QString &name, std::function<Async<T>()> read,
                       std::function<void(const T &)> take)
{
    const size_t place = m_items.size();
    Item item;
    item.name = name;
    item.need = need;
    item.ask = [this, place, read = std::move(read), take = std::move(take)] {
        whenDone(this, read(), [this, place, take](const Result<T> &result) {
            Item &one = m_items[place];
            one.isAsked = false;
            one.isRead = result.has_value();
            one.error = result ? std::nullopt : std::optional(result.error());
            if (result)
                take(*result);
            watchAge();
            Q_EMIT changed();
        });
    };
    m_items.push_back(std::move(item));
}

void OrderReading::addSource()
{
    const ProjectId project = m_draft.project.id;
    const ClusterId cluster = m_draft.cluster->id;
    const QString name = confirmationName(*m_draft.cluster);
    m_jobsItem = m_items.size();
    add<std::vector<RestoreJob>>(
        Need::Must, tr("the restore jobs of “%1”").arg(name),
        [=, this] { return m_client.restoreJobs(project, cluster); },
        [=, this](const auto &jobs) {
            m_sourceJobs = jobs;
            takeRestores(cluster, name, jobs);
        });
    add<std::vector<Cluster>>(
        Need::Must, tr("the clusters of “%1”").arg(m_draft.project.name),
        [=, this] { return m_client.clusters(project); },
        [=, this](const auto &clusters) {
            takeCluster(m_draft.cluster, clusters);
            if (m_draft.targetProject.id == project)
                takeCluster(m_draft.targetCluster, clusters);
        });
}

void OrderReading::addPoint()
{
    const ProjectId project = m_draft.project.id;
    const ClusterId cluster = m_draft.cluster->id;
    switch (*m_draft.mode) {
    case RestoreMode::DownloadSnapshot:
    case RestoreMode::AutomatedSnapshot:
        add<std::vector<Snapshot>>(
            Need::Must, tr("the snapshots"), [=, this] { return m_client.snapshots(project, cluster); },
            [this](const auto &snapshots) { m_facts.snapshots = snapshots; });
        break;
    case RestoreMode::OplogTimestamp:
    case RestoreMode::PointInTime:
        add<std::optional<std::vector<RestorableRange>>>(
            Need::Must, tr("the restorable ranges of time"),
            [=, this] { return m_client.restorableRanges(project, cluster); },
            [this](const auto &ranges) { m_facts.ranges = ranges; });
        add<SnapshotSchedule>(
            Need::May, tr("the snapshot schedule"), [=, this] { return m_client.snapshotSchedule(project, cluster); },
            [this](const auto &schedule) {
                if (m_facts.schedule || (m_facts.ranges && !*m_facts.ranges))
                    m_facts.schedule = schedule;
            });
        break;
    case RestoreMode::Checkpoint:
        add<std::vector<Checkpoint>>(
            Need::Must, tr("the checkpoints"), [=, this] { return m_client.checkpoints(project, cluster); },
            [this](const auto &checkpoints) { m_facts.checkpoints = checkpoints; });
        break;
    }
}

void OrderReading::addTarget()
{
    if (!isAutomated(*m_draft.mode))
        return;
    const ProjectId target = m_draft.targetProject.id;
    const QString name = m_draft.targetProject.name;
    if (target != m_draft.project.id)
        add<std::vector<Cluster>>(
            Need::Must, tr("the clusters of “%1”").arg(name), [=, this] { return m_client.clusters(target); },
            [this](const auto &clusters) { takeCluster(m_draft.targetCluster, clusters); });
    addAutomation();
    addOthersJobs();
    m_leftOut.append(tr("Jobs are listed by the cluster they restore from: a restore of this target from a cluster of "
                        "another project cannot be seen here."));
}

/// What the agents of the target's project do, are told to do, and whether they are there at all.
void OrderReading::addAutomation()
{
    const ProjectId target = m_draft.targetProject.id;
    const QString name = m_draft.targetProject.name;
    add<AutomationStatus>(
        Need::May, tr("the agents of “%1”").arg(name), [=, this] { return m_client.automationStatus(target); },
        [this](const AutomationStatus &status) {
            m_goal = status.goalVersion;
            if (m_facts.target)
                m_facts.target->status = status;
        });
    if (!m_facts.target)
        return;
    add<RedactedAutomationConfig>(
        Need::Advice, tr("the automation configuration of “%1”").arg(name),
        [=, this] { return m_client.redactedAutomationConfig(target); },
        [this](const RedactedAutomationConfig &config) { m_facts.target->config = config; });
    if (const ProjectId source = m_draft.project.id; source != target)
        add<RedactedAutomationConfig>(
            Need::Advice, tr("the automation configuration of “%1”").arg(m_draft.project.name),
            [=, this] { return m_client.redactedAutomationConfig(source); },
            [this](const RedactedAutomationConfig &config) { m_facts.target->sourceConfig = config; });
    add<std::vector<Agent>>(
        Need::Advice, tr("the list of agents of “%1”").arg(name),
        [=, this] { return m_client.agents(target, AgentType::Automation); },
        [this](const std::vector<Agent> &agents) {
            m_facts.target->agents = agents;
            m_facts.target->agentsRead = m_client.serverNow();
        });
}

/// The source's own list is read in any case.
void OrderReading::addOthersJobs()
{
    const ProjectId target = m_draft.targetProject.id;
    const std::vector<Cluster> others = othersToList(m_targetClusters, m_draft.cluster->id,
                                                     m_draft.targetCluster ? m_draft.targetCluster->id : ClusterId());
    const size_t asked = std::min(others.size(), m_limits.targetClusters);
    for (size_t place = 0; place < asked; ++place) {
        const ClusterId id = others[place].id;
        const QString cluster = confirmationName(others[place]);
        add<std::vector<RestoreJob>>(
            Need::May, tr("the restore jobs of “%1”").arg(cluster),
            [=, this] { return m_client.restoreJobs(target, id); },
            [=, this](const auto &jobs) {
                m_targetJobs[id] = jobs;
                takeRestores(id, cluster, jobs);
            });
    }
    if (others.size() > asked)
        m_leftOut.append(tr("Only %1 of the %2 clusters of “%3” were asked for their restore jobs.")
                             .arg(QString::number(asked), QString::number(others.size()), m_draft.targetProject.name));
}

void OrderReading::takeRestores(const ClusterId &cluster, const QString &name, const std::vector<RestoreJob> &jobs)
{
    if (m_facts.target)
        m_facts.target->jobs[cluster] = {name, restoresInto(m_facts.target->target, jobs)};
}

void OrderReading::addEvents()
{
    if (!m_eventsSince.isValid())
        return;
    const QStringList types{QStringLiteral("RESTORE_REQUESTED_AUDIT")};
    std::vector<Project> projects{m_draft.project};
    if (isAutomated(*m_draft.mode) && m_draft.targetProject.id != m_draft.project.id)
        projects.push_back(m_draft.targetProject);
    for (const Project &project : projects)
        add<std::vector<ProjectEvent>>(
            Need::May, tr("the events of “%1”").arg(project.name),
            [this, id = project.id, types] { return m_client.events(id, types, m_eventsSince); },
            [this](const std::vector<ProjectEvent> &events) {
                for (const ProjectEvent &event : events) {
                    if (std::ranges::find(m_events, event.id, &ProjectEvent::id) == m_events.end())
                        m_events.push_back(event);
                }
            });
}

void OrderReading::start()
{
    for (size_t place = 0; place < m_items.size(); ++place)
        ask(place);
    watchAge();
}

void OrderReading::ask(size_t place)
{
    Item &item = m_items[place];
    item.left = Time::clock::now();
    item.leftAt = m_clock.now();
    item.isAsked = true;
    item.isRead = false;
    item.error.reset();
    item.ask();
}

void OrderReading::keepWaiting()
{
    for (size_t place = 0; place < m_items.size(); ++place) {
        const Item &item = m_items[place];
        if (!item.isAsked && (isOld(item) || hasFailed(item)))
            ask(place);
    }
    watchAge();
    Q_EMIT changed();
}

bool OrderReading::isOld(const Item &item) const
{
    return Time::clock::now() - item.left >= m_limits.fresh;
}

void OrderReading::watchAge()
{
    Time earliest = Time::max();
    for (const Item &item : m_items) {
        if (!isOld(item))
            earliest = std::min(earliest, item.left + m_limits.fresh);
    }
    if (earliest != Time::max())
        m_age.start(std::chrono::ceil<std::chrono::milliseconds>(earliest - Time::clock::now()));
}

bool OrderReading::hasFailed(const Item &item)
{
    if (!item.error || item.need == Need::Advice)
        return false;
    const bool isRefused = item.error->kind == ErrorKind::Permission || item.error->kind == ErrorKind::NotFound;
    return item.need == Need::Must || !isRefused;
}

OrderReading::State OrderReading::state() const
{
    if (std::ranges::any_of(m_items, [this](const Item &item) { return isOld(item) || hasFailed(item); }))
        return State::Late;
    return std::ranges::any_of(m_items, &Item::isAsked) ? State::Reading : State::Fresh;
}

bool OrderReading::canBeSent() const
{
    return m_items[m_jobsItem].isRead;
}

const Error *OrderReading::blocked() const
{
    const Item &item = m_items[m_jobsItem];
    return item.error ? &*item.error : nullptr;
}

QStringList OrderReading::unread() const
{
    QStringList names;
    for (const Item &item : m_items) {
        if (item.isAsked)
            names.append(item.name);
        else if (hasFailed(item))
            names.append(tr("%1 (%2)").arg(item.name, item.error->sentence));
        else if (isOld(item))
            names.append(
                tr("%1 (read %2 s ago)")
                    .arg(item.name)
                    .arg(std::chrono::duration_cast<std::chrono::seconds>(Time::clock::now() - item.left).count()));
    }
    return names;
}

QStringList OrderReading::leftOut() const
{
    QStringList sentences;
    for (const Item &item : m_items) {
        if (item.error)
            sentences.append(tr("Not read: %1. %2").arg(item.name, item.error->sentence));
    }
    return sentences + m_leftOut;
}

QDateTime OrderReading::readAt() const
{
    QDateTime oldest;
    for (const Item &item : m_items) {
        if (item.isRead && (!oldest.isValid() || item.leftAt < oldest))
            oldest = item.leftAt;
    }
    return oldest;
}

std::vector<RestoreJob> OrderReading::targetJobs() const
{
    std::vector<RestoreJob> all;
    for (const auto &[id, jobs] : m_targetJobs)
        all.insert(all.end(), jobs.begin(), jobs.end());
    return all;
}

} // namespace tidemark
