#pragma once

#include "jobs/job_group.h"

namespace tidemark {

/// What a list says of a restore at a glance: whether something is going on, and whether a person has to look at it.
/// An agent's error is both. Cheap: it is asked for each restore of a long list.
struct JobActivity
{
    bool isRunning = false;
    bool hasFailed = false;

    bool operator==(const JobActivity &) const = default;
};

/// `now` is the server's clock.
JobActivity activityOf(const JobGroup &group, const QDateTime &now);

/// Of a list. `base` is what the list is called: "Restore jobs (2 running, 1 failed)".
QString countedTitle(const QString &base, int running, int failed);

} // namespace tidemark
