#pragma once

#include "cloud/log_collection.h"
#include "cloud/monitoring.h"
#include "cloud/snapshot_change.h"

#include <QJsonObject>

/// JSON of the calls about agents, measurements, logs and snapshots on demand → values, as tolerant as decode.h.
namespace tidemark::decode {

Agent agent(const QJsonObject &fields);
AgentVersions agentVersions(const QJsonObject &fields);
MonitoredHost monitoredHost(const QJsonObject &fields);
/// `databaseName` or `partitionName`; empty for an entry without one.
QString databaseName(const QJsonObject &fields);
QString partitionName(const QJsonObject &fields);
Measurements measurements(const QJsonObject &fields);

RequestedSnapshot requestedSnapshot(const QJsonObject &fields);

LogJob logJob(const QJsonObject &fields);

} // namespace tidemark::decode
