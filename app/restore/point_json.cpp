#include "restore/point_json.h"

#include <algorithm>
#include <array>

namespace tidemark {

namespace {

constexpr std::array modeWords{
    std::pair{RestoreMode::DownloadSnapshot, QLatin1String("download")},
    std::pair{RestoreMode::AutomatedSnapshot, QLatin1String("snapshot")},
    std::pair{RestoreMode::OplogTimestamp, QLatin1String("oplog")},
    std::pair{RestoreMode::PointInTime, QLatin1String("time")},
    std::pair{RestoreMode::Checkpoint, QLatin1String("checkpoint")},
};

} // namespace

QString modeWord(RestoreMode mode)
{
    const auto *const found =
        std::find_if(modeWords.begin(), modeWords.end(), [mode](const auto &entry) { return entry.first == mode; });
    return found->second;
}

std::optional<RestoreMode> modeFromWord(const QString &word)
{
    const auto *const found =
        std::find_if(modeWords.begin(), modeWords.end(), [&word](const auto &entry) { return entry.second == word; });
    return found == modeWords.end() ? std::nullopt : std::optional(found->first);
}

QJsonObject momentJson(const OplogTimestamp &moment)
{
    return {{QLatin1String("seconds"), moment.seconds},
            {QLatin1String("increment"), static_cast<qint64>(moment.increment)}};
}

OplogTimestamp momentFromJson(const QJsonValue &json)
{
    return {json[QLatin1String("seconds")].toInteger(),
            static_cast<quint32>(json[QLatin1String("increment")].toInteger())};
}

QJsonObject pointJson(const RestorePoint &point)
{
    if (const auto *snapshot = std::get_if<SnapshotPoint>(&point))
        return {{QLatin1String("snapshot"), snapshot->snapshot.value}};
    if (const auto *oplog = std::get_if<OplogPoint>(&point))
        return {{QLatin1String("oplog"), momentJson(oplog->timestamp)}};
    if (const auto *time = std::get_if<TimePoint>(&point))
        return {{QLatin1String("utcMilliseconds"), time->utcMilliseconds}};
    return {{QLatin1String("checkpoint"), std::get<CheckpointPoint>(point).checkpoint.value}};
}

RestorePoint pointFromJson(const QJsonValue &json)
{
    const QJsonObject object = json.toObject();
    if (object.contains(QLatin1String("oplog")))
        return OplogPoint{momentFromJson(object[QLatin1String("oplog")])};
    if (object.contains(QLatin1String("utcMilliseconds")))
        return TimePoint{object[QLatin1String("utcMilliseconds")].toInteger()};
    if (object.contains(QLatin1String("checkpoint")))
        return CheckpointPoint{CheckpointId(object[QLatin1String("checkpoint")].toString())};
    return SnapshotPoint{SnapshotId(object[QLatin1String("snapshot")].toString())};
}

} // namespace tidemark
