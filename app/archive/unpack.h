#pragma once

#include "base/result.h"

#include <QString>

#include <functional>

namespace tidemark {

struct Unpacked
{
    QString directory; ///< the archive's top directory
    qint64 entries = 0;
    qint64 bytes = 0;

    bool operator==(const Unpacked &) const = default;
};

/// Unpacks into `folder`. Refuses entries that would leave it (absolute, .., links), anything that is neither file nor
/// directory, and overwrites nothing. Blocking: call on a worker thread. `progress` gets bytes of the archive read so
/// far and returns false to stop; what was unpacked until then stays and is named in the error.
Result<Unpacked> unpackArchive(const QString &archivePath, const QString &folder,
                               const std::function<bool(qint64)> &progress = {});

} // namespace tidemark
