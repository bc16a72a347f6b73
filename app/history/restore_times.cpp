#include "history/restore_times.h"

#include "base/text.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::RestoreTimes)
};

constexpr size_t FewestCompared = 3;
constexpr size_t MostCompared = 10;
/// The end of a longer file is read.
constexpr qint64 MostBytesRead = 1024 * 1024;
constexpr std::chrono::minutes LongestBetweenLooks{3};
constexpr std::chrono::hours Longest{30 * 24};

std::optional<RestoreTime> timeOf(const QByteArray &line)
{
    const QJsonObject json = QJsonDocument::fromJson(line).object();
    RestoreTime time;
    time.source = ClusterId(json.value(QLatin1String("cluster")).toString());
    time.bytes = json.value(QLatin1String("bytes")).toInteger();
    time.taken = std::chrono::seconds(json.value(QLatin1String("seconds")).toInteger());
    time.ended = QDateTime::fromString(json.value(QLatin1String("ended")).toString(), Qt::ISODate).toUTC();
    const bool isWhole = !time.source.isEmpty() && time.bytes > 0 && time.taken.count() > 0 && time.taken <= Longest &&
                         time.ended.isValid();
    return isWhole ? std::optional(time) : std::nullopt;
}

bool isLike(qint64 bytes, qint64 other)
{
    return bytes / 2 <= other && other / 2 <= bytes;
}

} // namespace

qint64 sourceBytes(const std::vector<Snapshot> &snapshots)
{
    const Snapshot *newest = nullptr;
    for (const Snapshot &one : snapshots) {
        if (one.complete && (!newest || newest->created < one.created))
            newest = &one;
    }
    return newest ? newest->fileSizeBytes() : 0;
}

std::optional<std::chrono::seconds> timeTaken(const QDateTime &ordered, bool wasUnderWay, const QDateTime &lookBefore,
                                              const QDateTime &now)
{
    if (!wasUnderWay || !ordered.isValid() || !lookBefore.isValid())
        return std::nullopt;
    const std::chrono::milliseconds unseen(lookBefore.msecsTo(now));
    const std::chrono::seconds taken(ordered.secsTo(now));
    const bool isKnown = unseen.count() >= 0 && unseen <= LongestBetweenLooks && taken.count() > 0 && taken <= Longest;
    return isKnown ? std::optional(taken) : std::nullopt;
}

std::optional<ExpectedTime> expectedTime(const std::vector<RestoreTime> &known, const ClusterId &source, qint64 bytes)
{
    std::vector<RestoreTime> like;
    std::ranges::copy_if(known, std::back_inserter(like), [&](const RestoreTime &one) {
        return one.source == source && bytes > 0 && isLike(one.bytes, bytes);
    });
    if (like.size() < FewestCompared)
        return std::nullopt;
    std::ranges::sort(like, std::greater(), &RestoreTime::ended);
    like.resize(std::min(like.size(), MostCompared));
    const auto [shortest, longest] = std::ranges::minmax(like, {}, &RestoreTime::taken);
    return ExpectedTime{static_cast<int>(like.size()), shortest.taken, longest.taken};
}

QString expectedTimeText(const ExpectedTime &expected)
{
    return Text::tr("The last %1 restores of this cluster at about this size took %2 to %3.", "a count, two spans")
        .arg(QString::number(expected.count), durationText(expected.shortest), durationText(expected.longest));
}

std::vector<RestoreTime> readRestoreTimes(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    if (file.size() > MostBytesRead && file.seek(file.size() - MostBytesRead))
        file.readLine(); // its beginning is missing
    std::vector<RestoreTime> times;
    for (const QByteArray &line : file.read(MostBytesRead).split('\n')) {
        if (const auto time = timeOf(line))
            times.push_back(*time);
    }
    return times;
}

bool addRestoreTime(const QString &path, const RestoreTime &time)
{
    QByteArray line = QJsonDocument(QJsonObject{{QStringLiteral("bytes"), time.bytes},
                                                {QStringLiteral("cluster"), time.source.value},
                                                {QStringLiteral("ended"), isoText(time.ended)},
                                                {QStringLiteral("seconds"), qint64(time.taken.count())}})
                          .toJson(QJsonDocument::Compact);
    QFile file(path);
    if (!file.open(QIODevice::Append | QIODevice::Unbuffered, QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return false;
    // Behind a line that was cut off, and in one piece: another program may add one at the same time.
    line = '\n' + line + '\n';
    return file.write(line) == line.size();
}

} // namespace tidemark
