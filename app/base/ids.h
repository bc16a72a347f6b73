#pragma once

#include <QHash>
#include <QString>

namespace tidemark {

/// An id that cannot be mistaken for another kind of id. The API's ids are 24 hex digits for most things and 32 for
/// hosts and standalone clusters; servers decide what is valid, so the text is kept as it came.
template<typename Tag>
struct Id
{
    QString value;

    Id() = default;
    explicit Id(QString text)
        : value(std::move(text))
    {
    }

    bool isEmpty() const { return value.isEmpty(); }
    bool operator==(const Id &) const = default;
    auto operator<=>(const Id &other) const { return value.compare(other.value) <=> 0; }
};

template<typename Tag>
size_t qHash(const Id<Tag> &id, size_t seed = 0)
{
    return qHash(id.value, seed);
}

using ProjectId = Id<struct ProjectTag>; ///< the API's group id
using ClusterId = Id<struct ClusterTag>;
using HostId = Id<struct HostTag>; ///< of a mongod or mongos; 32 hexadecimal digits
using SnapshotId = Id<struct SnapshotTag>;
using CheckpointId = Id<struct CheckpointTag>;
using JobId = Id<struct JobTag>;
using BatchId = Id<struct BatchTag>;
using ConnectionId = Id<struct ConnectionTag>; ///< of a connection in this program
using DownloadId = Id<struct DownloadTag>;     ///< of a download in this program

} // namespace tidemark
