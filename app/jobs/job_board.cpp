#include "jobs/job_board.h"

#include "jobs/job_grouping.h"

#include <QSet>

#include <algorithm>
#include <iterator>

namespace tidemark {

namespace {

QString keyWithCluster(const QString &key, const ClusterId &cluster)
{
    return key + QLatin1Char('@') + cluster.value;
}

} // namespace

const JobGroup *JobBoard::find(const QString &key) const
{
    const auto place = m_places.constFind(key);
    return place == m_places.cend() ? nullptr : &m_groups[*place];
}

std::vector<const JobGroup *> JobBoard::of(const ClusterId &cluster) const
{
    std::vector<const JobGroup *> found;
    for (const JobGroup &group : m_groups) {
        if (group.cluster == cluster)
            found.push_back(&group);
    }
    return found;
}

std::vector<RestoreJob> JobBoard::withSiblings(const ClusterId &cluster, const std::vector<RestoreJob> &list,
                                               const QSet<JobId> &touched) const
{
    QSet<JobId> wanted;
    for (const JobGroup *group : of(cluster)) {
        const bool isTouched = std::any_of(group->jobs.begin(), group->jobs.end(),
                                           [&touched](const RestoreJob &job) { return touched.contains(job.id); });
        if (!isTouched)
            continue;
        for (const RestoreJob &job : group->jobs)
            wanted.insert(job.id);
    }
    std::vector<RestoreJob> jobs;
    std::copy_if(list.begin(), list.end(), std::back_inserter(jobs),
                 [&wanted](const RestoreJob &job) { return wanted.contains(job.id); });
    return jobs;
}

QStringList JobBoard::put(const ClusterId &cluster, std::vector<JobGroup> fresh)
{
    QStringList changed;
    settleKeys(cluster, fresh, changed);
    bool isRearranged = !changed.isEmpty();
    QSet<QString> present;
    for (JobGroup &group : fresh) {
        keepAgents(group);
        present.insert(group.key);
        const JobGroup *known = find(group.key);
        isRearranged = isRearranged || known == nullptr;
        if (known == nullptr || *known != group)
            changed.append(group.key);
    }
    for (const JobGroup &group : m_groups) {
        if (group.cluster == cluster && !present.contains(group.key)) {
            isRearranged = true;
            changed.append(group.key);
        }
    }
    if (!isRearranged) {
        for (JobGroup &group : fresh)
            m_groups[m_places.value(group.key)] = std::move(group);
        return changed;
    }
    std::erase_if(m_groups, [&cluster](const JobGroup &group) { return group.cluster == cluster; });
    m_groups.insert(m_groups.end(), std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
    sort();
    return changed;
}

QStringList JobBoard::change(const ClusterId &cluster, std::vector<JobGroup> fresh)
{
    QStringList changed;
    settleKeys(cluster, fresh, changed);
    for (JobGroup &group : fresh) {
        keepAgents(group);
        const auto place = m_places.constFind(group.key);
        if (place == m_places.cend() || m_groups[*place] == group)
            continue;
        changed.append(group.key);
        m_groups[*place] = std::move(group);
    }
    return changed;
}

QStringList JobBoard::editAgents(const std::function<void(const JobGroup &, AgentsProgress &)> &edit)
{
    QStringList changed;
    for (JobGroup &group : m_groups) {
        AgentsProgress agents = group.agents;
        edit(group, agents);
        if (agents == group.agents)
            continue;
        group.agents = std::move(agents);
        changed.append(group.key);
    }
    return changed;
}

void JobBoard::settleKeys(const ClusterId &cluster, std::vector<JobGroup> &fresh, QStringList &changed)
{
    for (JobGroup &group : fresh) {
        const auto place = m_places.constFind(group.key);
        if (place == m_places.cend() || m_groups[*place].cluster == cluster)
            continue;
        JobGroup &other = m_groups[*place];
        if (!group.isOrderedHere() || other.isOrderedHere()) {
            group.key = keyWithCluster(group.key, cluster);
            continue;
        }
        changed << other.key << keyWithCluster(other.key, other.cluster);
        other.key = keyWithCluster(other.key, other.cluster);
        m_places.insert(other.key, *place);
        m_places.remove(group.key);
    }
}

/// Of what was ordered elsewhere nothing is remembered but here.
void JobBoard::keepAgents(JobGroup &fresh) const
{
    const JobGroup *known = fresh.isOrderedHere() ? nullptr : find(fresh.key);
    if (known != nullptr)
        fresh.agents = known->agents;
}

void JobBoard::sort()
{
    sortByAge(m_groups);
    m_places.clear();
    m_places.reserve(static_cast<qsizetype>(m_groups.size()));
    for (size_t place = 0; place < m_groups.size(); ++place)
        m_places.insert(m_groups[place].key, place);
}

} // namespace tidemark
