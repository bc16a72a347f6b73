#pragma once

#include "jobs/stages.h"

namespace tidemark {

/// How far one job of a download is: Ordered, Preparing, Ready, or an end of its job or its link.
RestoreState linkState(const RestoreJob &job, const QDateTime &now);

/// A download's state, word and note, with the stages from Accepted on.
StageLine linkLine(const JobGroup &group, const QDateTime &now);

} // namespace tidemark
