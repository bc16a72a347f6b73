#include "archive/unpack_space.h"

#include "base/text.h"

#include <QCoreApplication>

#include <limits>

#include <sys/statvfs.h>

namespace tidemark {

std::optional<Error> unpackSpaceObjection(const UnpackSpace &space)
{
    const qint64 usable = space.free ? std::max<qint64>(*space.free - space.reserve, 0) : 0;
    if (!space.free || space.needed <= usable)
        return std::nullopt;
    Error error;
    error.kind = ErrorKind::Disk;
    error.sentence =
        QCoreApplication::translate("tidemark::Unpack", "The disk has too little room: %1 more are needed at least, "
                                                        "%2 are free, and %3 of them stay free for other programs.")
            .arg(bytesText(space.needed), bytesText(*space.free), bytesText(space.reserve));
    error.hint = QCoreApplication::translate("tidemark::Unpack", "Free some space, or unpack into another folder.");
    return error;
}

std::optional<qint64> freeSpace(int descriptor)
{
    struct statvfs figures
    {
    };
    if (::fstatvfs(descriptor, &figures) != 0 || figures.f_blocks == 0)
        return std::nullopt;
    const quint64 unit = figures.f_frsize;
    const auto largest = static_cast<quint64>(std::numeric_limits<qint64>::max());
    if (unit > 0 && figures.f_bavail > largest / unit)
        return std::numeric_limits<qint64>::max();
    return static_cast<qint64>(figures.f_bavail * unit);
}

} // namespace tidemark
