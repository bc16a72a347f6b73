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

std::optional<disk::Trouble> spaceObjection(const SpaceNeed &need)
{
    const bool known = need.total >= 0;
    disk::Trouble trouble;
    Error &error = trouble.error;
    error.kind = ErrorKind::Disk;
    error.retryable = true;
    const qint64 whole = known ? need.total : need.estimate;
    if (need.largestFile >= 0 && whole > need.largestFile) {
        trouble.pause = PauseReason::FileTooLarge;
        error.sentence = tr("The folder's file system, or a limit of this session, allows no file larger than %1.")
                             .arg(bytesText(need.largestFile));
        error.hint = known ? tr("Move the download to a folder on another file system.")
                           : tr("Move the download to a folder on another file system, or resume to try all the same: "
                                "archives are usually smaller than the estimate.");
        return trouble;
    }
    const qint64 needed = std::max<qint64>(0, whole - need.here);
    const qint64 available = need.free - need.reserve - need.others;
    if (need.free < 0 || (needed <= available && available > 0))
        return std::nullopt;
    QString what = tr("The disk has no room left.");
    if (needed > 0)
        what =
            known
                ? tr("This download still needs %1.").arg(bytesText(needed))
                : tr("This download may need up to %1 (an estimate from the snapshot's size).").arg(bytesText(needed));
    trouble.pause = PauseReason::DiskFull;
    error.sentence = tr("%1 Of %2 free, other downloads need %3, and %4 are kept free.")
                         .arg(what, bytesText(need.free), bytesText(need.others), bytesText(need.reserve));
    error.hint = known || needed == 0
                     ? tr("Make room on that disk, then resume.")
                     : tr("Make room on that disk, or resume to try all the same: archives are usually smaller.");
    return trouble;
}

qint64 largestExpectedSize(qint64 estimate)
{
    return estimate <= 0 ? -1 : estimate + estimate / 10 + SizeSlack;
}

} // namespace tidemark
