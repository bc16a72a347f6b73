#pragma once

#include "downloads/disk.h"

#include <QtGlobal>

#include <optional>

namespace tidemark {

/// What decides whether a download may be begun or go on, in bytes.
struct SpaceNeed
{
    qint64 here = 0;     ///< of this download, on the disk already
    qint64 total = -1;   ///< by the server; -1: unknown
    qint64 estimate = 0; ///< from the snapshot's size, usually too high; 0: none, or the person goes on in spite of it
    qint64 free = 0;     ///< -1: the file system does not say, which is no reason to wait
    qint64 others = 0;   ///< still needed by other downloads on the same disk
    qint64 reserve = 0;  ///< to be left free
    qint64 largestFile = -1; ///< that place and process allow; -1: no limit known
};

/// Why the place cannot take the file, with the numbers; nullopt when it can.
std::optional<disk::Trouble> spaceObjection(const SpaceNeed &need);

/// How large a file may become before a person is asked: what the snapshot's size suggests, and some slack. -1 when
/// nothing suggests a size; then the disk's room is the limit.
qint64 largestExpectedSize(qint64 estimate);

} // namespace tidemark
