#include "demo/order_reader.h"

#include <algorithm>

// What a restore goes back to: a snapshot, a moment or a checkpoint; and whether the target can hold it.
namespace tidemark::demo {

namespace {

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

} // namespace

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
    if (millis.fractional || (millis.value % 1000 != 0 && m_options.fractionalPoints == "refuse"))
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
    // Documented for this one; oplog timestamps reach as far back as the ranges do.
    if (field == "pointInTimeUTCMillis" && seconds < now - pointInTimeWindowHours * 3600)
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

} // namespace tidemark::demo
