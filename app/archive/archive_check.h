#pragma once

#include "base/result.h"

#include <QString>

#include <functional>

namespace tidemark {

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

/// Reads the whole file (gzip'd or plain tar, by content). Blocking: call on a worker thread. `progress` gets the bytes
/// of the file read so far and returns false to stop (Error of kind Cancelled).
Result<ArchiveCheck> checkArchive(const QString &path, const std::function<bool(qint64)> &progress = {});

} // namespace tidemark
