#pragma once

#include "cloud/values.h"

#include <QByteArray>

#include <variant>

/// Snapshots that are made or kept on request: "Take an On-Demand Snapshot" (Ops Manager 8.0.0 on; Cloud Manager has no
/// such call) and "Change the Expiry of One Snapshot".
namespace tidemark {

/// `{"doNotDelete": …}`: true keeps the snapshot until it is said to be false again, and removes its expiry.
struct KeepSnapshot
{
    bool keep = true;

    bool operator==(const KeepSnapshot &) const = default;
};

/// `{"expires": …}`: it may be deleted from then on; at once when that is not in the future. Seconds count.
struct ExpireSnapshot
{
    QDateTime at;

    bool operator==(const ExpireSnapshot &) const = default;
};

/// One or the other: the API refuses both together. A snapshot whose expiry has passed cannot be changed.
using SnapshotChange = std::variant<KeepSnapshot, ExpireSnapshot>;

/// The body of the PATCH.
QByteArray snapshotChangeBody(const SnapshotChange &change);

/// The answer to a snapshot on demand. It does not name the snapshot: that is the one in the cluster's list (incomplete
/// ones with completed=all) that was created at `timestamp` or later.
struct RequestedSnapshot
{
    QString clusterName;
    QString description; ///< the server's words
    std::optional<OplogTimestamp> timestamp;

    bool operator==(const RequestedSnapshot &) const = default;
};

} // namespace tidemark
