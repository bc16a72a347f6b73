#pragma once

#include "jobs/job_group.h"

#include <QHash>
#include <QSet>

#include <functional>

namespace tidemark {

/// The restores of all watched clusters in one place, newest first, each found by its key. Keys are unique over the
/// clusters: where a second cluster's list names a job that another one's does too, its group's key has the cluster's
/// id behind it, and what was ordered here keeps the plain key.
class JobBoard
{
public:
    const std::vector<JobGroup> &groups() const { return m_groups; }
    const JobGroup *find(const QString &key) const;
    std::vector<const JobGroup *> of(const ClusterId &cluster) const;

    /// Of `list`, the cluster's jobs, those of the restores that have a job in `touched`.
    std::vector<RestoreJob> withSiblings(const ClusterId &cluster, const std::vector<RestoreJob> &list,
                                         const QSet<JobId> &touched) const;

    /// A cluster's restores in place of those that it had. Returns the keys of new, changed and vanished ones.
    QStringList put(const ClusterId &cluster, std::vector<JobGroup> fresh);
    /// The same where `fresh` are some of the cluster's restores and the others stay as they are.
    QStringList change(const ClusterId &cluster, std::vector<JobGroup> fresh);
    /// Lets `edit` alter each restore's agents; returns the keys of those that it did alter.
    QStringList editAgents(const std::function<void(const JobGroup &group, AgentsProgress &agents)> &edit);

private:
    void settleKeys(const ClusterId &cluster, std::vector<JobGroup> &fresh, QStringList &changed);
    void keepAgents(JobGroup &fresh) const;
    void sort();

    std::vector<JobGroup> m_groups;
    QHash<QString, size_t> m_places; ///< key → place in m_groups
};

} // namespace tidemark
