#pragma once

#include "cloud/values.h"
#include "jobs/job_group.h"

namespace tidemark {

/// The one place that words the states of jobs, for all screens and reports.
QString statusText(const RestoreJob &job);
QString deliveryText(const RestoreJob &job, const QDateTime &now);
/// One line for the whole group ("2 of 3 ready", "Handed over; agents 3 of 6 at the goal"). FINISHED of an automated
/// restore is worded as a hand-over, never as restored data.
QString groupStatusText(const JobGroup &group, const QDateTime &now);
QString groupDeliveryText(const JobGroup &group, const QDateTime &now);
/// "unlimited" for 2147483647.
QString maxDownloadsText(qint64 maxDownloads);
/// "in 3 h 20 min", "expired"
QString expiryText(const QDateTime &expires, const QDateTime &now);
/// The link with its key masked, for showing.
QString maskedLink(const Delivery &delivery);

} // namespace tidemark
