#pragma once

#include "cloud/values.h"

#include <QJsonObject>

#include <optional>
#include <vector>

/// What the list of clusters does not say itself and other resources do: versions, FCV, backup state. Pure functions.
namespace tidemark {

/// GET groups/{id}/backupConfigs.
struct BackupConfigFact
{
    ClusterId cluster;
    QString statusName;

    bool operator==(const BackupConfigFact &) const = default;
};

/// GET clusters, over all projects.
struct OverviewFact
{
    ClusterId cluster;
    QStringList versions;
    std::optional<bool> backupEnabled;

    bool operator==(const OverviewFact &) const = default;
};

/// A process of the automation configuration. Nothing else of that document is kept: it holds secrets.
struct ProcessFact
{
    QString replicaSetName; ///< of a mongod
    QString clusterName;    ///< the sharded cluster of a mongos, or of the replica set as `sharding` tells
    QString version;
    QString featureCompatibilityVersion; ///< of a mongod

    bool operator==(const ProcessFact &) const = default;
};

/// GET groups/{id}/hosts.
struct HostFact
{
    ClusterId cluster;
    QString replicaSetName;
    QString version;

    bool operator==(const HostFact &) const = default;
};

/// Whatever of it could be read.
struct ClusterFacts
{
    std::optional<std::vector<BackupConfigFact>> backupConfigs;
    std::vector<OverviewFact> overview;
    std::vector<ProcessFact> processes;
    std::vector<HostFact> hosts;
};

BackupConfigFact backupConfigFact(const QJsonObject &fields);
std::vector<OverviewFact> overviewFacts(const QJsonObject &projectEntry);
std::vector<ProcessFact> processFacts(const QJsonObject &automationConfig);
HostFact hostFact(const QJsonObject &fields);

/// Fills versions, FCV (lowest and highest), backupRunning and backupState of the clusters and their shards.
void mergeFacts(std::vector<Cluster> &clusters, const ClusterFacts &facts);

/// Is there a cluster of which no version is known?
bool lacksVersions(const std::vector<Cluster> &clusters);

} // namespace tidemark
