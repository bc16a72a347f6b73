#pragma once

#include "cloud/values.h"

#include <variant>

namespace tidemark {

/// The five things a person can ask for. The first is a download, the others overwrite a target cluster.
enum class RestoreMode { DownloadSnapshot, AutomatedSnapshot, OplogTimestamp, PointInTime, Checkpoint };

inline bool isAutomated(RestoreMode mode)
{
    return mode != RestoreMode::DownloadSnapshot;
}

struct SnapshotPoint
{
    SnapshotId snapshot;
    bool operator==(const SnapshotPoint &) const = default;
};

/// Up to and including this oplog entry.
struct OplogPoint
{
    OplogTimestamp timestamp;
    bool operator==(const OplogPoint &) const = default;
};

/// Up to but not including this moment. UTC milliseconds since the epoch, whole seconds.
struct TimePoint
{
    qint64 utcMilliseconds = 0;
    bool operator==(const TimePoint &) const = default;
};

struct CheckpointPoint
{
    CheckpointId checkpoint;
    bool operator==(const CheckpointPoint &) const = default;
};

using RestorePoint = std::variant<SnapshotPoint, OplogPoint, TimePoint, CheckpointPoint>;

} // namespace tidemark
