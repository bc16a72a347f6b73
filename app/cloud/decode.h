#pragma once

#include "base/result.h"
#include "cloud/json_read.h"
#include "cloud/values.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>

#include <optional>
#include <vector>

/// JSON of the Public API → values. Tolerant: unknown fields are ignored, missing ones read as empty, types may be
/// mixed up (see json_read.h), ids are taken as they come. Only what has no id, and so could not be asked about, is
/// left out of lists. Fields after the API documentation's response tables, Cloud Manager and Ops Manager.
namespace tidemark::decode {

/// One page of a list as documented under "Pagination": {links, results, totalCount}. A bare array and a single object
/// are read as a page as well.
struct Page
{
    std::vector<QJsonObject> items;
    std::optional<qint64> totalCount;
    bool isList = false;   ///< results, a bare array or a single entity; false for anything else
    bool hasLinks = false; ///< there is any link, so that the absence of "next" means something
    bool hasNext = false;  ///< a link with rel "next"

    bool operator==(const Page &) const = default;
};

Page page(const QJsonValue &content, size_t most = json::MostValues);

Project project(const QJsonObject &fields);
Cluster cluster(const QJsonObject &fields);
/// Shards and config servers go below the sharded cluster of the same clusterName; shards by name, config servers last.
/// A shard whose cluster is not in the list stays where it is and keeps its shardName.
std::vector<Cluster> nestClusters(const std::vector<Cluster> &flat);

Snapshot snapshot(const QJsonObject &fields);
Checkpoint checkpoint(const QJsonObject &fields);
RestorableRange restorableRange(const QJsonObject &fields);
SnapshotSchedule snapshotSchedule(const QJsonObject &fields);
RestoreJob restoreJob(const QJsonObject &fields);
/// One status, or a list of them as Ops Manager's automationStatus/full may be: the highest goal counts. Of a process
/// that is there several times the entry that got furthest counts, and of several of these the one with an error.
AutomationStatus automationStatus(const QJsonValue &content);
ProjectEvent projectEvent(const QJsonObject &fields);

/// The sharded cluster of each replica set in an automation configuration, shards and config servers.
QHash<QString, QString> shardedClusterOfSets(const QJsonObject &automationConfig);
/// Values that were replaced by "<redacted>" read as missing.
RedactedAutomationConfig redactedAutomationConfig(const QJsonObject &fields);

/// versionString of `X-MongoDB-Service-Version: gitHash=…; versionString=…`; empty when there is none.
QString serviceVersion(const QByteArray &header);

/// Reads a list of values and leaves out those without an id.
template<typename T>
std::vector<T> list(const std::vector<QJsonObject> &items, T (*decodeOne)(const QJsonObject &))
{
    std::vector<T> result;
    result.reserve(items.size());
    for (const QJsonObject &item : items) {
        if (T value = decodeOne(item); !value.id.isEmpty())
            result.push_back(std::move(value));
    }
    return result;
}

} // namespace tidemark::decode
