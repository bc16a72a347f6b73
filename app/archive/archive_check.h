#pragma once

#include "base/result.h"

#include <QString>

#include <functional>

namespace tidemark {

/// Gets the bytes of the archive's file that were read so far and returns false to stop the work, which then ends with
/// an Error of kind Cancelled. Asked at least once for each 256 KiB read or unpacked, on the working thread.
using ArchiveProgress = std::function<bool(qint64)>;

/// What reading an archive to its end showed.
struct ArchiveCheck
{
    enum class Outcome {
        Intact,      ///< gzip trailer (CRC and length) and the tar end are right
        Truncated,   ///< the data ends too early
        Damaged,     ///< CRC, headers or compressed data are wrong, or bytes follow the end
        NotAnArchive ///< neither gzip (1f 8b) nor tar: an HTML page, JSON, nothing
    };
    Outcome outcome = Outcome::NotAnArchive;
    QString sentence; ///< what was found, in words
    qint64 entries = 0;
    qint64 unpackedBytes = 0;
    QString topDirectory;

    bool operator==(const ArchiveCheck &) const = default;
};

/// Reads the whole file (gzip'd or plain tar, by content). Blocking: call on a worker thread.
Result<ArchiveCheck> checkArchive(const QString &path, const ArchiveProgress &progress = {});

} // namespace tidemark
