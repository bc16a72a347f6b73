#include "logs/log_wish.h"

#include <algorithm>

namespace tidemark {

namespace {

/// Of each file at most, its end. It is read as it comes and held nowhere.
constexpr qint64 BytesPerFile = 256 * 1024 * 1024;

QDateTime wholeSecond(const QDateTime &time)
{
    return QDateTime::fromSecsSinceEpoch(time.toSecsSinceEpoch(), Qt::UTC);
}

} // namespace

LogWindow windowAround(const std::optional<QDateTime> &moment, std::chrono::seconds around, const QDateTime &now)
{
    const QDateTime present = wholeSecond(now);
    if (!moment || *moment >= present)
        return {present.addSecs(-around.count()), present};
    return {wholeSecond(*moment).addSecs(-around.count()),
            std::min(wholeSecond(*moment).addSecs(around.count()), present)};
}

LogRequest logRequestFor(const Cluster &cluster, const LogWindow &window)
{
    LogRequest request;
    const bool isSet = !cluster.isSharded() && !cluster.replicaSetName.isEmpty();
    request.source = isSet ? LogSource::ReplicaSet : LogSource::Cluster;
    request.name = isSet ? cluster.replicaSetName : cluster.name;
    request.bytesPerFile = BytesPerFile;
    request.redacted = false;
    request.from = window.from;
    request.to = window.to;
    return request;
}

} // namespace tidemark
