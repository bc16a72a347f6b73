#pragma once

#include "archive/archive_check.h"
#include "archive/gunzip.h"
#include "archive/tar_walker.h"

#include <QFile>

#include <optional>
#include <vector>

namespace tidemark {

/// Reads an archive from its first byte to its last and hands out the tar stream in it; whoever takes all of it knows
/// at the end whether it was whole: gzip's checksums and lengths, the tar headers, the tar end, and that nothing
/// follows. libarchive compares none of these, so everything that reads an archive reads it through here. Blocks:
/// worker threads only.
class TarSource
{
public:
    /// `progress`: ArchiveProgress, asked before each piece.
    TarSource(const QString &path, ArchiveProgress progress);

    /// The next piece of the tar stream, at most 256 KiB, good until the next call; empty at the end, or where the
    /// archive is damaged: verdict() says which. Errors: Disk; Cancelled when `progress` said so.
    Result<QByteArrayView> next();
    /// What was found. About the whole archive once next() has given an empty piece.
    ArchiveCheck verdict() const;

    const QString &path() const { return m_path; }
    qint64 size() const { return m_file.size(); } ///< of the file
    /// Bytes of the file read so far.
    qint64 position() const { return m_position; }

private:
    Result<bool> readBlock();
    QByteArrayView walked(QByteArrayView piece);
    bool isStopped() const { return m_progress && !m_progress(m_position); }

    QString m_path;
    ArchiveProgress m_progress;
    QFile m_file;
    std::vector<char> m_block;
    std::optional<Gunzip> m_gunzip;
    TarWalker m_tar;
    qint64 m_position = 0;
    qint64 m_unpacked = 0;
    bool m_ended = false;
};

} // namespace tidemark
