#pragma once

#include <QtGlobal>

namespace tidemark::disk {

/// What tells a file and its contents from another: a foreign write, a truncation or a file put in its place changes
/// it. ctime, since anybody may set mtime back.
struct Stamp
{
    quint64 device = 0;
    quint64 inode = 0;
    qint64 size = -1;
    qint64 changed = 0; ///< ctime, nanoseconds since the epoch

    bool operator==(const Stamp &) const = default;
};

} // namespace tidemark::disk
