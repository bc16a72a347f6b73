#pragma once

#include "archive/archive_check.h"
#include "base/result.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace tidemark {

struct Unpacked
{
    QString directory; ///< the archive's top directory
    qint64 entries = 0;
    qint64 bytes = 0;
    int leftoversRemoved = 0;    ///< hidden folders of earlier unpackings into this place that were cut short
    QStringList leftoversKept{}; ///< those whose owner may be alive, or that could not be removed

    bool operator==(const Unpacked &) const = default;
};

struct UnpackOptions
{
    qint64 reserveBytes = 64 * 1024 * 1024; ///< to be left free on the disk
    qint64 mostEntries = 5'000'000;         ///< a dbPath has two files for each collection and index at most
    /// The free bytes of the disk behind a descriptor.
    std::function<std::optional<qint64>(int)> freeSpace{};
};

/// Unpacks into `folder`, all or nothing: what bears the archive's names is whole, passed the same test as
/// checkArchive's (gzip checksums and lengths, tar end), and is on the disk. Until then it is in a hidden folder
/// (unpack_folder.h) that is removed after a failure, a stop or, by the next unpacking into the same place, a crash.
///
/// Refused (ErrorKind::Refused): paths that would leave the folder, links, anything that is neither file nor directory,
/// the same path twice, more entries or deeper folders than a dbPath has. Overwrites nothing. Free space is looked at
/// before the first byte, before each file and each 64 MiB (ErrorKind::Disk). An archive that is not intact is of kind
/// Parse. Blocking: call on a thread of archive_threads.h.
Result<Unpacked> unpackArchive(const QString &archivePath, const QString &folder, const ArchiveProgress &progress = {},
                               const UnpackOptions &options = {});

} // namespace tidemark
