#pragma once

#include "cloud/values.h"

namespace tidemark {

struct RememberedSubmission;

/// What a restore job is for, as far as that is told. The API answers methodName HTTP for downloads and for restores to
/// a cluster alike, and none of its sample answers names a target, so most jobs that were ordered elsewhere do not
/// tell.
struct JobKind
{
    enum class Is {
        Download,  ///< an archive for a person
        ToCluster, ///< erases a cluster and fills it anew
        Queryable, ///< methodName QUERY
        NotTold,
        Other ///< a methodName that the API's documentation of today does not have (SCP)
    };

    Is is = Is::NotTold;
    bool targetTold = false; ///< only for ToCluster: which cluster is known
    QString word;            ///< only for Other: methodName verbatim

    bool operator==(const JobKind &) const = default;
};

/// `remembered`: what is known of an order from here, else nullptr. Of an answer only a target, methodName or
/// pointInTime true (restores to a moment cannot be downloaded) are evidence. A link, maxDownloads and expirationHours
/// are none: they stand in sample answers of restores to clusters too.
JobKind kindOf(const RestoreJob &job, const RememberedSubmission *remembered);

} // namespace tidemark
