#pragma once

#include "cloud/values.h"
#include "jobs/job_group.h"

namespace tidemark {

/// The one place that words the states of jobs, for all screens and reports.

/// What the job is for, where no mode is known: "To a cluster, which one is not told", "Kind not told".
QString kindText(const JobKind &kind);
/// The mode, or as much as is known of it.
QString modeText(const JobGroup &group);
/// Where the data go: "Staging / orders-staging", "Download", "Not told".
QString targetText(const JobGroup &group);
/// Only a download is ever "Finished": for what goes to a cluster FINISHED is a hand-over, and for what is not known
/// the end of the server's part.
QString statusText(const RestoreJob &job, const JobKind &kind);
QString deliveryText(const RestoreJob &job, const JobKind &kind, const QDateTime &now);
/// One line for the whole group ("2 of 3 ready"). FINISHED of an automated restore is worded as a hand-over, never as
/// restored data; from then on the line is agentsText().
QString groupStatusText(const JobGroup &group, const QDateTime &now);
QString groupDeliveryText(const JobGroup &group, const QDateTime &now);
/// How far the agents are: "Data in place. All 6 processes reached version 38 (it was 37 before the order)", with all
/// that limits what can be said, and errors in the agents' words.
QString agentsText(const JobGroup &group);
/// "unlimited" for 2147483647.
QString maxDownloadsText(qint64 maxDownloads);
/// "up to 3 downloads"; empty where it is not told.
QString allowedDownloadsText(qint64 maxDownloads);
/// "in 3 h 20 min", "expired"
QString expiryText(const QDateTime &expires, const QDateTime &now);
/// Which cluster, shard or config server the job is of, by the best name that is known.
QString partName(const RestoreJob &job);
/// Whether the data are encrypted, with the master key's UUID; empty where the server did not tell.
QString encryptionText(const RestoreJob &job);
/// The link with its key masked, for showing.
QString maskedLink(const Delivery &delivery);

} // namespace tidemark
