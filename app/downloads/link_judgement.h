#pragma once

#include "base/error.h"
#include "cloud/values.h"
#include "downloads/archive_link.h"

#include <QDateTime>

namespace tidemark {

/// What a restore job says about fetching its archive now.
struct LinkJudgement
{
    enum class Kind {
        Usable,
        Preparing, ///< no link yet: ask again
        NoLink,    ///< ready, and yet no link that can be used: ask again for some time
        Expired,
        UsedUp,
        Failed ///< the server will never deliver it
    };
    Kind kind = Kind::Failed;
    ArchiveLink link; ///< for Usable
    Error error;      ///< for the others
};

LinkJudgement judgeJob(const RestoreJob &job);

/// The same link was refused again and again (`refusal`) although the job says it is good: why, as well as it can be
/// told from the link's own limits. `started` counts the downloads begun with it.
LinkJudgement judgeRefusal(const Error &refusal, const Delivery &delivery, qint64 started, const QDateTime &now);

} // namespace tidemark
