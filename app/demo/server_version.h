#pragma once

#include "demo/options.h"

namespace tidemark::demo {

/// What only some servers offer; Cloud Manager offers all of it but snapshots on demand.
enum class Capability {
    TimeRanges,     ///< restoreJobs/restorableTimeRanges: Ops Manager 8.0.6
    NoSecrets,      ///< automationConfig/noSecrets: 8.0.12, and 7.0.18 on its line
    OnDemand,       ///< snapshots/onDemandSnapshot: 8.0.0, and not Cloud Manager
    ConcurrentJobs, ///< ids in CONCURRENT_RESTORES_JOB_IDS: 8.0.13, and 7.0.19 on its line
};

bool offers(const Options &options, Capability capability);

/// The value of X-MongoDB-Service-Version.
std::string serviceVersion(const Options &options);

} // namespace tidemark::demo
