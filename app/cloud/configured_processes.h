#pragma once

#include "cloud/values.h"

#include <QSet>

#include <functional>

namespace tidemark {

/// A replica set's own, a sharded cluster's shards' and config servers'. Empty where none is told.
QSet<QString> replicaSetsOf(const Cluster &cluster);

/// The processes of a cluster: those of its replica sets or for which `isTold`, with the other replica sets and the
/// mongos of the same sharded cluster, whose name in the configuration may be another than the API's. A process that is
/// disabled takes no part.
std::vector<ConfiguredProcess> processesOf(QSet<QString> replicaSets, const RedactedAutomationConfig &config,
                                           const std::function<bool(const ConfiguredProcess &)> &isTold = {});

} // namespace tidemark
