#pragma once

#include "archive/tar_source.h"

#include <QString>

#include <memory>
#include <optional>

struct archive;
struct archive_entry;

namespace tidemark {

/// The entries of an archive, as libarchive finds them in the tar stream that an TarSource hands out.
class ArchiveStream
{
public:
    ArchiveStream(const QString &path, const ArchiveProgress &progress);
    ~ArchiveStream();
    ArchiveStream(const ArchiveStream &) = delete;
    ArchiveStream &operator=(const ArchiveStream &) = delete;

    /// Null behind the last entry.
    Result<archive_entry *> nextEntry();

    struct Piece
    {
        const char *data = nullptr;
        qint64 length = 0;
        qint64 offset = 0; ///< in the entry's file; pieces of a sparse file leave holes
    };
    /// Of the entry's contents; nothing at their end, and then `offset` is the file's size if it ends in a hole.
    Result<Piece> nextPiece();
    /// Reads what is behind the last entry and judges the whole archive. Not intact is an error (kind Parse).
    Result<void> finish();

    const TarSource &reader() const { return m_reader; }

private:
    struct Deleter
    {
        void operator()(archive *stream) const;
    };
    Error error() const;

    TarSource m_reader;
    std::optional<Error> m_readError;
    std::unique_ptr<archive, Deleter> m_archive;
    bool m_isOpen = false;
};

/// The entry's path, in UTF-8 where it is that.
QString entryPath(archive_entry *entry);

} // namespace tidemark
