#pragma once

#include <QString>

namespace tidemark {

/// The name under which a file of the server's is saved: always one path component inside the chosen folder, readable,
/// at most 255 bytes with every suffix that downloads add, the same for the same input. Harmless names stay as they
/// are. The server's own name is shown beside it where they differ.
QString safeFileName(const QString &serverName);

/// "NAME.tar.gz" → "NAME (2).tar.gz": a second name beside an existing one, still safe.
QString numberedName(const QString &safeName, int number);

/// The names that belong to one download, all in its folder.
struct DownloadPaths
{
    DownloadPaths(const QString &folder, const QString &localName);
    QString final;
    QString part;
    QString journal;
    QString corrupt;
    /// NAME.corrupt, NAME.corrupt-2, …
    QString corruptName(int number) const;
    QString checksum; ///< NAME.sha1
};

} // namespace tidemark
