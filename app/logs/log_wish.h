#pragma once

#include "cloud/log_collection.h"
#include "cloud/values.h"

#include <chrono>
#include <optional>

namespace tidemark {

/// From when to when logs are asked for.
struct LogWindow
{
    QDateTime from;
    QDateTime to;

    bool operator==(const LogWindow &) const = default;
};

/// As much before the moment as after it, whole seconds and never beyond now; without a moment the time before now.
LogWindow windowAround(const std::optional<QDateTime> &moment, std::chrono::seconds around, const QDateTime &now);

/// What asks for the logs of all mongod and mongos of the cluster, as they are: redacted ones have random text for
/// every name, so that nothing is found in them.
LogRequest logRequestFor(const Cluster &cluster, const LogWindow &window);

} // namespace tidemark
