#pragma once

#include "cloud/request_pace.h"
#include "jobs/job_monitor.h"
#include "session/catalogue.h"

namespace tidemark {

/// What is not known of the catalogue and why, or how far its first reading is; empty when nothing is missing.
QString catalogueText(const CatalogueState &state);

/// Whose restore jobs or agents could not be read last, why, and since when what is shown of them is old; empty when
/// all were read.
QString jobsText(const std::vector<JobsReading> &readings);

/// That the server lets requests go slowly, or has not answered for a while; empty when neither is so. `now` is the
/// time that the person's clock shows.
QString paceText(const RequestPace &pace, const QDateTime &now);

} // namespace tidemark
