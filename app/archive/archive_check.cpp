#include "archive/archive_check.h"

#include "archive/tar_source.h"

namespace tidemark {

Result<ArchiveCheck> checkArchive(const QString &path, const ArchiveProgress &progress)
{
    TarSource reader(path, progress);
    for (;;) {
        const Result<QByteArrayView> piece = reader.next();
        if (!piece)
            return failure(piece.error());
        if (piece->isEmpty())
            return reader.verdict();
    }
}

} // namespace tidemark
