#include "restore/snapshot_keeping.h"

#include "restore/rules.h"

namespace tidemark {

bool mayGoBeforeItIsRead(const Snapshot &snapshot, const QDateTime &now)
{
    return snapshot.expires.isValid() && !snapshot.doNotDelete && snapshot.expires > now &&
           snapshot.expires <= now.addSecs(ExpectedRestoreHours * 3600);
}

QDateTime keptUntil(const QDateTime &now)
{
    constexpr qint64 hour = 3600;
    constexpr qint64 kept = 72 * hour;
    return QDateTime::fromSecsSinceEpoch((now.toSecsSinceEpoch() + kept + hour - 1) / hour * hour, Qt::UTC);
}

} // namespace tidemark
