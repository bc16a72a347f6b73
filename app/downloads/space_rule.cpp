#include "downloads/space_rule.h"

#include "base/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

constexpr qint64 SizeSlack = qint64(64) * 1024 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::SpaceRule", text);
}

} // namespace

std::optional<Error> spaceObjection(const SpaceNeed &need)
{
    const bool known = need.total >= 0;
    const qint64 needed = std::max<qint64>(0, (known ? need.total : need.estimate) - need.here);
    const qint64 available = need.free - need.reserve - need.others;
    if (needed <= available && available > 0)
        return std::nullopt;
    QString what = tr("The disk has no room left.");
    if (needed > 0)
        what =
            known
                ? tr("This download still needs %1.").arg(bytesText(needed))
                : tr("This download may need up to %1 (an estimate from the snapshot's size).").arg(bytesText(needed));
    Error error;
    error.kind = ErrorKind::Disk;
    error.retryable = true;
    error.sentence = tr("%1 Of %2 free, other downloads need %3, and %4 are kept free.")
                         .arg(what, bytesText(need.free), bytesText(need.others), bytesText(need.reserve));
    error.hint = known || needed == 0
                     ? tr("Make room on that disk, then resume.")
                     : tr("Make room on that disk, or resume to try all the same: archives are usually smaller.");
    return error;
}

qint64 largestExpectedSize(qint64 estimate)
{
    return estimate <= 0 ? -1 : estimate + estimate / 10 + SizeSlack;
}

} // namespace tidemark
