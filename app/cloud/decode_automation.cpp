#include "cloud/decode.h"
#include "cloud/json_read.h"

#include <algorithm>

namespace tidemark::decode {

namespace {

const QLatin1String redacted("<redacted>");

/// Empty also for what was taken out.
QString text(const QJsonObject &fields, const char *key)
{
    const QString value = json::text(fields.value(QLatin1String(key)));
    return value == redacted ? QString() : value;
}

std::optional<QString> toldText(const QJsonObject &fields, const char *key)
{
    const QJsonValue value = fields.value(QLatin1String(key));
    return value.isUndefined() || value.isNull() ? std::nullopt : std::optional(json::text(value));
}

AutomationProcess automationProcess(const QJsonObject &fields)
{
    return {text(fields, "name"),
            text(fields, "hostname"),
            json::integerOr(fields.value(QLatin1String("lastGoalVersionAchieved")), 0),
            json::texts(fields.value(QLatin1String("plan"))),
            json::integer(fields.value(QLatin1String("errorCode"))),
            toldText(fields, "errorCodeHumanReadable"),
            toldText(fields, "errorCodeDescription"),
            toldText(fields, "errorString")};
}

/// Of two entries for one process: is this the one that counts?
bool countsMore(const AutomationProcess &one, const AutomationProcess &other)
{
    if (one.lastGoalVersionAchieved != other.lastGoalVersionAchieved)
        return one.lastGoalVersionAchieved > other.lastGoalVersionAchieved;
    return one.hasError().value_or(false) && !other.hasError().value_or(false);
}

void add(AutomationStatus &status, AutomationProcess process)
{
    const auto same = std::find_if(status.processes.begin(), status.processes.end(), [&](const auto &known) {
        return !process.name.isEmpty() && known.name == process.name && known.hostname == process.hostname;
    });
    if (same == status.processes.end())
        status.processes.push_back(std::move(process));
    else if (countsMore(process, *same))
        *same = std::move(process);
}

} // namespace

AutomationStatus automationStatus(const QJsonValue &content)
{
    AutomationStatus status;
    for (const QJsonObject &fields : json::objects(content)) {
        status.goalVersion =
            std::max(status.goalVersion, json::integerOr(fields.value(QLatin1String("goalVersion")), 0));
        for (const QJsonObject &process : json::objects(fields.value(QLatin1String("processes"))))
            add(status, automationProcess(process));
    }
    return status;
}

QHash<QString, QString> shardedClusterOfSets(const QJsonObject &automationConfig)
{
    QHash<QString, QString> clusterOfSet;
    for (const QJsonObject &sharded : json::objects(automationConfig.value(QLatin1String("sharding")))) {
        const QString name = text(sharded, "name");
        if (const QString set = text(sharded, "configServerReplica"); !set.isEmpty())
            clusterOfSet.insert(set, name);
        for (const QJsonObject &shard : json::objects(sharded.value(QLatin1String("shards"))))
            clusterOfSet.insert(text(shard, "rs"), name);
    }
    return clusterOfSet;
}

namespace {

QJsonObject object(const QJsonObject &fields, const char *key)
{
    return fields.value(QLatin1String(key)).toObject();
}

/// A value that was taken out may stand where an object or a flag stood: then nothing is told.
bool isTold(const QJsonObject &fields, const char *key)
{
    return fields.value(QLatin1String(key)).toString() != redacted;
}

std::optional<StorageSettings> storageSettings(const QJsonObject &arguments)
{
    const QJsonObject storage = object(arguments, "storage");
    if (storage.isEmpty())
        return std::nullopt; // a mongos, or told otherwise
    const QJsonObject engine = object(object(storage, "wiredTiger"), "engineConfig");
    const QJsonObject collections = object(object(storage, "wiredTiger"), "collectionConfig");
    const QJsonObject security = object(arguments, "security");
    if (!isTold(storage, "engine") || !isTold(storage, "directoryPerDB") || !isTold(storage, "wiredTiger") ||
        !isTold(engine, "directoryForIndexes") || !isTold(collections, "blockCompressor"))
        return std::nullopt;
    StorageSettings settings;
    if (const QString name = text(storage, "engine"); !name.isEmpty())
        settings.engine = name;
    if (const QString name = text(collections, "blockCompressor"); !name.isEmpty())
        settings.blockCompressor = name;
    settings.directoryPerDb = json::flag(storage.value(QLatin1String("directoryPerDB"))).value_or(false);
    settings.directoryForIndexes = json::flag(engine.value(QLatin1String("directoryForIndexes"))).value_or(false);
    if (isTold(arguments, "security") && isTold(security, "enableEncryption"))
        settings.isEncrypted = json::flag(security.value(QLatin1String("enableEncryption"))).value_or(false);
    else
        settings.isEncrypted = std::nullopt;
    return settings;
}

/// net.tls, and net.ssl of before MongoDB 4.2, whose words are those with SSL in them.
QString tlsMode(const QJsonObject &arguments)
{
    const QJsonObject net = object(arguments, "net");
    if (!isTold(arguments, "net") || !isTold(net, "tls") || !isTold(net, "ssl"))
        return {};
    for (const char *key : {"tls", "ssl"}) {
        if (!isTold(object(net, key), "mode"))
            return {};
        if (const QString mode = text(object(net, key), "mode"); !mode.isEmpty())
            return QString(mode).replace(QLatin1String("SSL"), QLatin1String("TLS"));
    }
    return QStringLiteral("disabled");
}

/// The names of processes that vote and keep no data: how they would keep it matters to nobody.
QSet<QString> arbiters(const QJsonObject &automationConfig)
{
    QSet<QString> names;
    for (const QJsonObject &set : json::objects(automationConfig.value(QLatin1String("replicaSets")))) {
        for (const QJsonObject &member : json::objects(set.value(QLatin1String("members")))) {
            if (json::flag(member.value(QLatin1String("arbiterOnly"))).value_or(false))
                names.insert(text(member, "host"));
        }
    }
    return names;
}

} // namespace

RedactedAutomationConfig redactedAutomationConfig(const QJsonObject &fields)
{
    const QHash<QString, QString> clusterOfSet = shardedClusterOfSets(fields);
    const QSet<QString> withoutData = arbiters(fields);
    RedactedAutomationConfig config;
    config.version = json::integer(fields.value(QLatin1String("version")));
    if (const auto isOff = json::flag(object(fields, "auth").value(QLatin1String("disabled"))))
        config.authentication = !*isOff;
    for (const QJsonObject &process : json::objects(fields.value(QLatin1String("processes")))) {
        ConfiguredProcess one;
        one.name = text(process, "name");
        one.hostname = text(process, "hostname");
        const QJsonObject arguments = process.value(QLatin1String("args2_6")).toObject();
        one.replicaSetName = text(arguments.value(QLatin1String("replication")).toObject(), "replSetName");
        one.clusterName = text(process, "cluster"); // of a mongos
        if (one.clusterName.isEmpty())
            one.clusterName = clusterOfSet.value(one.replicaSetName);
        one.backupRestoreJobId = JobId(text(process, "backupRestoreJobId"));
        one.disabled = json::flag(process.value(QLatin1String("disabled")));
        one.keepsData = text(process, "processType") != QLatin1String("mongos") && !withoutData.contains(one.name);
        if (isTold(process, "args2_6")) {
            one.storage = one.keepsData ? storageSettings(arguments) : std::nullopt;
            one.tlsMode = tlsMode(arguments);
        }
        config.processes.push_back(std::move(one));
    }
    return config;
}

ProjectEvent projectEvent(const QJsonObject &fields)
{
    ProjectEvent event;
    event.id = text(fields, "id");
    event.created = json::time(fields.value(QLatin1String("created")));
    event.typeName = text(fields, "eventTypeName");
    event.project = ProjectId(text(fields, "groupId"));
    event.publicKey = text(fields, "publicKey");
    event.userName = text(fields, "username");
    event.remoteAddress = text(fields, "remoteAddress");
    event.clusterId = ClusterId(text(fields, "clusterId"));
    event.clusterName = text(fields, "clusterName");
    return event;
}

} // namespace tidemark::decode
