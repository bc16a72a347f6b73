#include "demo/validation.h"

#include <algorithm>
#include <cmath>

namespace tidemark::demo {

using namespace std::chrono;

namespace {

using MaybeError = std::optional<ApiError>;

/// Reads one order; each step may refuse it.
class OrderReader
{
public:
    OrderReader(const OrderContext &context, const Cluster &source, const std::string &clusterId)
        : m_world(context.world)
        , m_options(context.options)
        , m_now(context.now)
    {
        m_order.source = &source;
        if (source.sharded && source.id != clusterId)
            m_order.shard = m_world.replicaSet(clusterId);
    }

    MaybeError read(const std::string &body);
    [[nodiscard]] const RestoreOrder &order() const { return m_order; }

private:
    MaybeError checkNames();
    MaybeError readDelivery();
    MaybeError readLink();
    MaybeError readTarget();
    MaybeError readSnapshot();
    MaybeError readPoint();
    MaybeError readOplog();
    MaybeError readPointInTime();
    MaybeError readCheckpoint();
    MaybeError checkMoment(const std::string &field, std::int64_t seconds);
    MaybeError checkTarget();
    MaybeError checkLink();

    struct Number
    {
        std::int64_t value = 0;
        bool fractional = false;
    };
    std::variant<Number, ApiError> number(const Json &value, const std::string &name) const;
    std::variant<std::string, ApiError> requiredText(const Json &object, const std::string &key,
                                                     const std::string &name) const;

    const World &m_world;
    const Options &m_options;
    Time m_now;
    Json m_body;
    Json m_delivery;
    RestoreOrder m_order;
};

const char *const pointNames[] = {"oplogTs", "oplogInc", "pointInTimeUTCMillis", "checkpointId"};

MaybeError OrderReader::read(const std::string &body)
{
    m_body = Json::parse(body, nullptr, false);
    if (m_body.is_discarded())
        return ApiError{400, "INVALID_JSON", "Received JSON is malformed.", {}};
    if (!m_body.is_object())
        return ApiError{400, "INVALID_JSON", "Received JSON is not an object.", {}};
    if (auto error = checkNames())
        return error;
    if (auto error = readDelivery())
        return error;
    if (m_order.automated) {
        if (m_order.shard)
            return ApiError{403,
                            "UNSUPPORTED_FOR_CURRENT_CONFIG",
                            "A single shard cannot be restored automatically; restore the sharded cluster.",
                            {m_order.shard->id}};
        if (auto error = readTarget())
            return error;
        if (auto error = readPoint())
            return error;
        return checkTarget();
    }
    for (const char *name : pointNames) {
        if (m_body.contains(name))
            return ApiError{400,
                            "UNSUPPORTED_DELIVERY_METHOD",
                            "The delivery method HTTP is not supported with " + std::string(name) + ".",
                            {"HTTP"}};
    }
    if (auto error = readSnapshot())
        return error;
    if (auto error = readLink())
        return error;
    return checkLink();
}

MaybeError OrderReader::checkNames()
{
    const std::vector<std::string> top{"delivery", "snapshotId",           "oplogTs",
                                       "oplogInc", "pointInTimeUTCMillis", "checkpointId"};
    const std::vector<std::string> inner{"methodName",   "expires",       "expirationHours",
                                         "maxDownloads", "targetGroupId", "targetClusterId"};
    const auto known = [](const std::vector<std::string> &names, const std::string &name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (m_options.acceptCheckPointId && m_body.contains("checkPointId")) {
        m_body["checkpointId"] = m_body["checkPointId"];
        m_body.erase("checkPointId");
    }
    for (const auto &[name, value] : m_body.items()) {
        if (!known(top, name) || value.is_null())
            return invalidAttribute(name);
    }
    if (!m_body.contains("delivery")) {
        if (!m_options.lenientDelivery)
            return missingAttribute("delivery");
        m_delivery = Json{{"methodName", "HTTP"}};
        return std::nullopt;
    }
    m_delivery = m_body["delivery"];
    if (!m_delivery.is_object())
        return ApiError{
            400, "INVALID_JSON_ATTRIBUTE", "Received JSON for the delivery attribute is not an object.", {"delivery"}};
    for (const auto &[name, value] : m_delivery.items()) {
        if (!known(inner, name) || value.is_null())
            return invalidAttribute("delivery." + name);
    }
    return std::nullopt;
}

std::variant<OrderReader::Number, ApiError> OrderReader::number(const Json &value, const std::string &name) const
{
    if (value.is_number_integer())
        return Number{value.get<std::int64_t>(), false};
    if (value.is_number_float()) {
        const double read = value.get<double>();
        if (!(std::abs(read) < 9e15))
            return invalidAttribute(name);
        return Number{static_cast<std::int64_t>(std::floor(read)), std::floor(read) != read};
    }
    if (value.is_string() && !m_options.strictNumbers) {
        const auto text = value.get<std::string>();
        if (const auto whole = parseInteger(text))
            return Number{*whole, false};
        const auto point = text.find('.');
        const auto before = parseInteger(std::string_view(text).substr(0, point));
        const auto after =
            point == std::string::npos ? std::nullopt : parseInteger(std::string_view(text).substr(point + 1));
        if (before && after && *after >= 0)
            return Number{*before, *after != 0};
    }
    return invalidAttribute(name);
}

std::variant<std::string, ApiError> OrderReader::requiredText(const Json &object, const std::string &key,
                                                              const std::string &name) const
{
    if (!object.contains(key))
        return missingAttribute(name);
    if (!object[key].is_string())
        return invalidAttribute(name);
    return object[key].get<std::string>();
}

MaybeError OrderReader::readDelivery()
{
    const auto method = requiredText(m_delivery, "methodName", "delivery.methodName");
    if (const auto *error = std::get_if<ApiError>(&method))
        return *error;
    const auto &name = std::get<std::string>(method);
    if (name != "HTTP" && name != "AUTOMATED_RESTORE")
        return ApiError{400,
                        "INVALID_ENUM_VALUE",
                        "An invalid enumeration value " + name + " was specified for delivery.methodName.",
                        {name, "delivery.methodName"}};
    m_order.automated = name == "AUTOMATED_RESTORE";
    const std::vector<std::string> others = m_order.automated
                                                ? std::vector<std::string>{"expires", "expirationHours", "maxDownloads"}
                                                : std::vector<std::string>{"targetGroupId", "targetClusterId"};
    for (const auto &other : others) {
        if (m_delivery.contains(other))
            return invalidAttribute("delivery." + other);
    }
    return std::nullopt;
}

MaybeError OrderReader::readLink()
{
    if (m_delivery.contains("expires") && m_delivery.contains("expirationHours"))
        return ApiError{400,
                        "INVALID_ATTRIBUTE",
                        "If you set delivery.expires, you can't set delivery.expirationHours.",
                        {"delivery.expires"}};
    if (m_delivery.contains("maxDownloads")) {
        const auto read = number(m_delivery["maxDownloads"], "delivery.maxDownloads");
        if (const auto *error = std::get_if<ApiError>(&read))
            return *error;
        const auto &value = std::get<Number>(read);
        if (value.fractional || value.value > INT32_MAX)
            return invalidAttribute("delivery.maxDownloads");
        if (value.value < 1)
            return ApiError{400,
                            "ATTRIBUTE_NEGATIVE_OR_ZERO",
                            "The attribute delivery.maxDownloads cannot be negative or zero.",
                            {"delivery.maxDownloads"}};
        m_order.maxDownloads = value.value;
    } else if (m_options.lenientDelivery) {
        m_order.maxDownloads = 1;
    } else {
        return missingAttribute("delivery.maxDownloads");
    }
    if (m_delivery.contains("expirationHours")) {
        const auto read = number(m_delivery["expirationHours"], "delivery.expirationHours");
        if (const auto *error = std::get_if<ApiError>(&read))
            return *error;
        const auto &value = std::get<Number>(read);
        if (value.fractional || value.value > INT32_MAX)
            return invalidAttribute("delivery.expirationHours");
        if (value.value < 1)
            return ApiError{400,
                            "ATTRIBUTE_NEGATIVE_OR_ZERO",
                            "The attribute delivery.expirationHours cannot be negative or zero.",
                            {"delivery.expirationHours"}};
        m_order.expirationHours = value.value;
    } else if (m_delivery.contains("expires")) {
        const auto &value = m_delivery["expires"];
        const auto time = value.is_string() ? parseIsoTime(value.get<std::string>()) : std::nullopt;
        if (!time)
            return invalidAttribute("delivery.expires");
        if (time->fractional)
            return ApiError{
                400, "FRACTIONAL_TIMESTAMP", "Timestamp must be whole number of seconds.", {"delivery.expires"}};
        if (time->time <= m_now)
            return invalidAttribute("delivery.expires");
        m_order.expires = time->time;
    } else if (m_options.lenientDelivery) {
        m_order.expirationHours = 1;
    } else {
        return ApiError{400,
                        "MISSING_ONE_OF_ATTRIBUTES",
                        "Either the delivery.expires attribute or the delivery.expirationHours attribute must be "
                        "specified.",
                        {"delivery.expires", "delivery.expirationHours"}};
    }
    return std::nullopt;
}

MaybeError OrderReader::checkLink()
{
    const Time end = m_order.expires.value_or(m_now + hours(m_order.expirationHours));
    if (!m_order.snapshot->doNotDelete && end > m_order.snapshot->expires)
        return ApiError{409,
                        "LINK_EXPIRATION_AFTER_SNAPSHOT_DELETION",
                        "Cannot set link expiration time after the snapshot's deletion time.",
                        {m_order.snapshot->id}};
    return std::nullopt;
}

MaybeError OrderReader::readTarget()
{
    const auto group = requiredText(m_delivery, "targetGroupId", "delivery.targetGroupId");
    if (const auto *error = std::get_if<ApiError>(&group))
        return *error;
    const auto cluster = requiredText(m_delivery, "targetClusterId", "delivery.targetClusterId");
    if (const auto *error = std::get_if<ApiError>(&cluster))
        return *error;
    const auto &groupId = std::get<std::string>(group);
    const auto &clusterId = std::get<std::string>(cluster);
    if (!isHex(groupId, 24))
        return ApiError{404, "INVALID_GROUP_ID", "An invalid group ID " + groupId + " was specified.", {groupId}};
    if (!isHex(clusterId, 24) && !isHex(clusterId, 32))
        return ApiError{
            404, "INVALID_CLUSTER_ID", "An invalid cluster ID " + clusterId + " was specified.", {clusterId}};
    if (!m_world.project(groupId))
        return ApiError{404, "GROUP_NOT_FOUND", "No group with ID " + groupId + " exists.", {groupId}};
    m_order.target = m_world.cluster(clusterId);
    if (!m_order.target)
        return ApiError{404,
                        "CLUSTER_NOT_FOUND",
                        "No cluster with ID " + clusterId + " exists in group " + groupId + ".",
                        {clusterId, groupId}};
    if (m_order.target->projectId != groupId)
        return ApiError{400,
                        "GROUP_MISMATCH",
                        "The cluster " + clusterId + " does not belong to the group " + groupId + ".",
                        {clusterId, groupId}};
    if (m_order.target->id != clusterId)
        return ApiError{400,
                        "INVALID_ATTRIBUTE",
                        "Invalid attribute delivery.targetClusterId specified: a shard alone is no target.",
                        {"delivery.targetClusterId"}};
    return std::nullopt;
}

MaybeError OrderReader::readSnapshot()
{
    const auto read = requiredText(m_body, "snapshotId", "snapshotId");
    if (const auto *error = std::get_if<ApiError>(&read))
        return *error;
    const auto &id = std::get<std::string>(read);
    if (!isHex(id, 24))
        return ApiError{404, "INVALID_SNAPSHOT_ID", "An invalid snapshot ID " + id + " was specified.", {id}};
    for (const auto &snapshot : m_world.snapshots) {
        if (snapshot.clusterId != m_order.source->id)
            continue;
        const bool part = std::any_of(snapshot.parts.begin(), snapshot.parts.end(), [&](const SnapshotPart &p) {
            return m_order.shard && p.snapshotId == id && p.setId == m_order.shard->id;
        });
        if (part || (!m_order.shard && snapshot.id == id))
            m_order.snapshot = &snapshot;
    }
    if (!m_order.snapshot)
        return ApiError{404,
                        "SNAPSHOT_NOT_FOUND",
                        "No snapshot with ID " + id + " exists for cluster " + m_order.source->id + ".",
                        {id, m_order.source->id}};
    if (m_order.snapshot->deleted)
        return ApiError{409,
                        m_order.source->sharded ? "CANNOT_START_RESTORE_JOB_FOR_DELETED_CLUSTER_SNAPSHOT"
                                                : "CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT",
                        "Cannot start a restore job for a deleted snapshot.",
                        {id}};
    if (!m_order.snapshot->complete)
        return ApiError{409,
                        "CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT",
                        "Cannot start a restore job for an incomplete cluster snapshot.",
                        {id}};
    return std::nullopt;
}

MaybeError OrderReader::readPoint()
{
    const bool snapshot = m_body.contains("snapshotId");
    const bool oplog = m_body.contains("oplogTs") || m_body.contains("oplogInc");
    const bool time = m_body.contains("pointInTimeUTCMillis");
    const bool checkpoint = m_body.contains("checkpointId");
    if (oplog && time)
        return ApiError{400,
                        "INVALID_ATTRIBUTE",
                        "If you set oplogTs, you can't set pointInTimeUTCMillis.",
                        {"pointInTimeUTCMillis"}};
    if (checkpoint && (oplog || time || snapshot))
        return ApiError{400,
                        "INVALID_ATTRIBUTE",
                        "If you set checkpointId, you can't set oplogTs, oplogInc, pointInTimeUTCMillis or snapshotId.",
                        {"checkpointId"}};
    if (snapshot && (oplog || time) && !m_options.snapshotWithPoint)
        return ApiError{400,
                        "INVALID_ATTRIBUTE",
                        "If you set snapshotId, you can't set oplogTs, oplogInc or pointInTimeUTCMillis.",
                        {"snapshotId"}};
    if (!m_order.source->backedUp())
        return ApiError{404,
                        "BACKUP_CONFIG_NOT_FOUND",
                        "No backup configuration exists for cluster " + m_order.source->id + ".",
                        {m_order.source->id}};
    if (oplog)
        return readOplog();
    if (time)
        return readPointInTime();
    if (checkpoint)
        return readCheckpoint();
    if (snapshot)
        return readSnapshot();
    return ApiError{
        400,
        "MISSING_ONE_OF_ATTRIBUTES",
        "One of the snapshotId, oplogTs, pointInTimeUTCMillis and checkpointId attributes must be specified.",
        {"snapshotId", "oplogTs", "pointInTimeUTCMillis", "checkpointId"}};
}

MaybeError OrderReader::readOplog()
{
    for (const char *name : {"oplogTs", "oplogInc"}) {
        if (!m_body.contains(name))
            return missingAttribute(name);
    }
    const auto ts = number(m_body["oplogTs"], "oplogTs");
    const auto inc = number(m_body["oplogInc"], "oplogInc");
    for (const auto *read : {&ts, &inc}) {
        if (const auto *error = std::get_if<ApiError>(read))
            return *error;
    }
    const auto seconds = std::get<Number>(ts);
    const auto increment = std::get<Number>(inc);
    if (seconds.fractional)
        return ApiError{400, "FRACTIONAL_TIMESTAMP", "Timestamp must be whole number of seconds.", {"oplogTs"}};
    if (increment.fractional || increment.value > INT64_C(0xffffffff))
        return invalidAttribute("oplogInc");
    if (increment.value < 1 || seconds.value < 1) {
        const std::string name = seconds.value < 1 ? "oplogTs" : "oplogInc";
        return ApiError{
            400, "ATTRIBUTE_NEGATIVE_OR_ZERO", "The attribute " + name + " cannot be negative or zero.", {name}};
    }
    m_order.oplog = Timestamp{seconds.value, increment.value};
    return checkMoment("oplogTs", seconds.value);
}

MaybeError OrderReader::readPointInTime()
{
    const auto read = number(m_body["pointInTimeUTCMillis"], "pointInTimeUTCMillis");
    if (const auto *error = std::get_if<ApiError>(&read))
        return *error;
    const auto millis = std::get<Number>(read);
    if (millis.value < 1)
        return ApiError{400,
                        "ATTRIBUTE_NEGATIVE_OR_ZERO",
                        "The attribute pointInTimeUTCMillis cannot be negative or zero.",
                        {"pointInTimeUTCMillis"}};
    if (millis.fractional || millis.value % 1000 != 0)
        return ApiError{
            400, "FRACTIONAL_TIMESTAMP", "Timestamp must be whole number of seconds.", {"pointInTimeUTCMillis"}};
    m_order.pointInTimeMillis = millis.value;
    return checkMoment("pointInTimeUTCMillis", millis.value / 1000);
}

MaybeError OrderReader::checkMoment(const std::string &field, std::int64_t seconds)
{
    if (m_order.source->sharded && compareVersions(m_order.source->fcv, "4.2") < 0)
        return ApiError{403,
                        "UNSUPPORTED_FOR_CURRENT_CONFIG",
                        "Restores to a moment need featureCompatibilityVersion 4.2 or later on sharded clusters.",
                        {field}};
    const std::int64_t now = epochSeconds(m_now);
    if (seconds > now)
        return ApiError{400,
                        "INVALID_ATTRIBUTE",
                        "Invalid attribute " + field + " specified: the moment is in the future.",
                        {field}};
    if (seconds < now - pointInTimeWindowHours * 3600)
        return ApiError{400,
                        "INVALID_ATTRIBUTE",
                        "Invalid attribute " + field + " specified: the moment is not within the last 24 hours.",
                        {field}};
    const auto ranges = restorableRanges(m_world, *m_order.source, m_now);
    const bool inside = std::any_of(ranges.begin(), ranges.end(), [&](const TimeRange &range) {
        return seconds >= range.start.seconds && seconds <= range.end.seconds;
    });
    if (!inside && m_options.gap == "refuse")
        return ApiError{400,
                        "INVALID_ATTRIBUTE",
                        "Invalid attribute " + field + " specified: no oplog was kept for that moment.",
                        {field}};
    m_order.insideGap = !inside;
    return std::nullopt;
}

MaybeError OrderReader::readCheckpoint()
{
    const auto read = requiredText(m_body, "checkpointId", "checkpointId");
    if (const auto *error = std::get_if<ApiError>(&read))
        return *error;
    const auto &id = std::get<std::string>(read);
    if (!m_order.source->sharded)
        return ApiError{
            400, "NOT_SHARDED", "Cluster " + m_order.source->id + " is not a sharded cluster.", {m_order.source->id}};
    if (compareVersions(m_order.source->fcv, "4.0") > 0)
        return ApiError{403,
                        "UNSUPPORTED_FOR_CURRENT_CONFIG",
                        "Checkpoints can be restored with featureCompatibilityVersion 4.0 or earlier only.",
                        {"checkpointId"}};
    if (!isHex(id, 24))
        return ApiError{404, "INVALID_CHECKPOINT_ID", "An invalid checkpoint ID " + id + " was specified.", {id}};
    m_order.checkpoint = m_world.checkpoint(id);
    if (!m_order.checkpoint || m_order.checkpoint->clusterId != m_order.source->id)
        return ApiError{404,
                        "CHECKPOINT_NOT_FOUND",
                        "No checkpoint with ID " + id + " exists for cluster " + m_order.source->id + ".",
                        {id, m_order.source->id}};
    if (!m_order.checkpoint->restorable)
        return ApiError{409, "NO_CHECKPOINT_FOR_PIT_RESTORE", "The checkpoint " + id + " is not restorable.", {id}};
    return std::nullopt;
}

/// MongoDB versions which can hold data of a featureCompatibilityVersion, by the documentation's matrix.
bool versionHolds(const std::string &version, const std::string &fcv)
{
    const std::vector<std::pair<std::string, std::vector<std::string>>> matrix{{"4.0", {"4.0", "4.2"}},
                                                                               {"4.2", {"4.2", "4.4"}},
                                                                               {"4.4", {"4.4", "5.0"}},
                                                                               {"5.0", {"5.0", "6.0"}},
                                                                               {"6.0", {"6.0"}}};
    const std::string major = version.substr(0, version.rfind('.'));
    for (const auto &[from, into] : matrix) {
        if (from == fcv)
            return std::find(into.begin(), into.end(), major) != into.end();
    }
    return compareVersions(major, fcv) == 0;
}

MaybeError OrderReader::checkTarget()
{
    const Cluster &source = *m_order.source;
    const Cluster &target = *m_order.target;
    if (compareVersions(target.fcv, source.fcv) < 0)
        return ApiError{400,
                        "RESTORE_VALIDATION_FAILED",
                        "The target's featureCompatibilityVersion " + target.fcv +
                            " must be equal to or later than the source's, " + source.fcv + ".",
                        {target.fcv, source.fcv}};
    if (!versionHolds(target.version, source.fcv))
        return ApiError{400,
                        "RESTORE_VALIDATION_FAILED",
                        "MongoDB " + target.version + " on the target does not support featureCompatibilityVersion " +
                            source.fcv + ".",
                        {target.version, source.fcv}};
    if (m_options.strictTopology && (source.sharded != target.sharded || source.sets.size() > target.sets.size()))
        return ApiError{
            400, "RESTORE_VALIDATION_FAILED", "The target does not have the source's topology.", {target.id}};
    return std::nullopt;
}

} // namespace

std::variant<RestoreOrder, ApiError> readOrder(const OrderContext &context, const std::string &clusterId,
                                               const std::string &body)
{
    const Cluster *source = context.world.cluster(clusterId);
    if (!source)
        return ApiError{404, "CLUSTER_NOT_FOUND", "No cluster with ID " + clusterId + " exists.", {clusterId}};
    OrderReader reader(context, *source, clusterId);
    if (auto error = reader.read(body))
        return *error;
    return reader.order();
}

} // namespace tidemark::demo
