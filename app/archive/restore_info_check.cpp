#include "archive/restore_info.h"

#include "base/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>

namespace tidemark {

namespace {

constexpr qint64 MomentTolerance = 15 * 60; ///< seconds

using Field = RestoreInfoContradiction::Field;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::RestoreInfo", text);
}

/// "4.2.11" of "v4.2.11-ent"; the text itself where there are no numbers in it.
QString versionNumbers(const QString &version)
{
    static const QRegularExpression pattern(QStringLiteral(R"(\d+(?:\.\d+)+)"));
    const auto match = pattern.match(version);
    return match.hasMatch() ? match.captured() : version.trimmed();
}

QString utc(qint64 seconds)
{
    return utcText(QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC));
}

} // namespace

std::vector<RestoreInfoContradiction> restoreInfoContradictions(const RestoreInfo &info,
                                                                const RestoreInfoExpected &expected)
{
    std::vector<RestoreInfoContradiction> found;
    const auto differ = [](const QString &here, const QString &ordered) {
        return !here.isEmpty() && !ordered.isEmpty() && here != ordered;
    };
    if (differ(info.replicaSetName, expected.replicaSetName))
        found.push_back({Field::ReplicaSet, tr("This archive is of the replica set %1, but one of %2 was ordered.")
                                                .arg(info.replicaSetName, expected.replicaSetName)});
    if (differ(versionNumbers(info.mongodbVersion), versionNumbers(expected.mongodbVersion)))
        found.push_back(
            {Field::Version, tr("This archive is of MongoDB %1, but the snapshot that was ordered is of MongoDB %2.")
                                 .arg(info.mongodbVersion, expected.mongodbVersion)});
    const qint64 times[] = {info.restoreTimestampSeconds, info.snapshotSeconds, info.lastOplogSeconds};
    const auto isNear = [&expected](qint64 seconds) {
        // Without a difference that a hostile number could overflow.
        return seconds >= expected.momentSeconds - MomentTolerance &&
               seconds <= expected.momentSeconds + MomentTolerance;
    };
    const auto known = std::ranges::find_if(times, [](qint64 seconds) { return seconds > 0; });
    if (expected.momentSeconds > 0 && known != std::end(times) && std::ranges::none_of(times, isNear))
        found.push_back({Field::Moment, tr("This archive is of %1, but the snapshot that was ordered is of %2.")
                                            .arg(utc(*known), utc(expected.momentSeconds))});
    return found;
}

RestoreInfoExpected expectedByFileName(const QString &fileName, const QString &jobId)
{
    static const QRegularExpression pattern(QStringLiteral(R"(^(.+)-(\d{9,11})-([0-9a-f]+)\.tar(?:\.gz)?$)"));
    static const QRegularExpression configServer(QStringLiteral(R"(^config-(.+)-[0-9a-f]{24}$)"));
    const auto match = pattern.match(fileName);
    if (!match.hasMatch() || match.captured(3) != jobId)
        return {};
    RestoreInfoExpected expected;
    expected.momentSeconds = match.captured(2).toLongLong();
    const auto config = configServer.match(match.captured(1));
    expected.isConfigServer = config.hasMatch();
    expected.replicaSetName = config.hasMatch() ? config.captured(1) : match.captured(1);
    return expected;
}

} // namespace tidemark
