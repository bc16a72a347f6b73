#pragma once

#include "jobs/submission_memory.h"

#include <QJsonObject>

namespace tidemark {

/// One entry of the file of remembered submissions.
QJsonObject submissionJson(const RememberedSubmission &submission);

/// nullopt for what this version cannot make sense of. An entry of version 1 knew no goal before the order; agents that
/// it has were at their goal, whosever that was.
std::optional<RememberedSubmission> submissionOf(const QJsonObject &json);

/// The part of an entry that changes while a restore is followed.
QJsonObject agentsJson(const AgentsProgress &agents);

} // namespace tidemark
