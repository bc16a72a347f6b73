#pragma once

#include "safety/safety_snapshot.h"

/// A safety snapshot that was asked for at 14:20:00, and snapshots around it.
namespace tidemark::test {

constexpr qint64 Asked = 1'795'789'200; // 2026-11-27 14:20:00 UTC

inline QDateTime at(qint64 secondsAfter)
{
    return QDateTime::fromSecsSinceEpoch(Asked + secondsAfter, Qt::UTC);
}

inline SafetySnapshot asked(int parts = 1)
{
    SafetySnapshot kept;
    kept.key = QStringLiteral("one");
    kept.server = QStringLiteral("https://ops.example.net");
    kept.project = {ProjectId(QStringLiteral("60bb00000000000000000001")), QStringLiteral("Shop"), {}};
    kept.cluster = ClusterId(QStringLiteral("60aa00000000000000000001"));
    kept.clusterName = QStringLiteral("ledger");
    kept.expectedParts = parts;
    kept.retentionDays = 7;
    kept.asked = at(0);
    return kept;
}

/// Its answer named this moment.
inline SafetySnapshot answered(qint64 secondsAfter, int parts = 1)
{
    SafetySnapshot kept = asked(parts);
    kept.isAnswered = true;
    kept.answered = OplogTimestamp{Asked + secondsAfter, 1};
    return kept;
}

inline Snapshot snapshot(const char *id, qint64 secondsAfter, bool complete = true, int parts = 1)
{
    Snapshot one;
    one.id = SnapshotId(QString::fromLatin1(id));
    one.created = {Asked + secondsAfter, 1};
    one.complete = complete;
    one.expires = at(secondsAfter + 7 * 86400);
    one.parts.resize(static_cast<size_t>(parts));
    return one;
}

inline SafetyLook seen(std::vector<Snapshot> list)
{
    SafetyLook look;
    look.list = std::move(list);
    return look;
}

} // namespace tidemark::test
