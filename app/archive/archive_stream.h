#pragma once

#include "base/error.h"

#include <QString>

#include <memory>

struct archive;
struct archive_entry;

namespace tidemark {

struct ArchiveDeleter
{
    void operator()(archive *reader) const;
};

/// A libarchive reader of a tar archive, compressed or not, open at its first entry; null when it cannot be opened, and
/// then `error` says why.
using ArchiveStream = std::unique_ptr<archive, ArchiveDeleter>;
ArchiveStream openArchive(const QString &path, Error &error);

/// The entry's path, in UTF-8 where it is that.
QString entryPath(archive_entry *entry);

/// libarchive's last failure as an error.
Error archiveError(archive *reader, const QString &path);

} // namespace tidemark
