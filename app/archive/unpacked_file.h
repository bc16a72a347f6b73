#pragma once

#include "archive/file_handle.h"
#include "base/result.h"

#include <QString>

namespace tidemark {

/// One file that is being unpacked: new, private (mode 0600: a snapshot holds everything the database held), and on the
/// disk when finish() has succeeded. What was written goes to the disk in steps of 16 MiB, so that neither stopping nor
/// the last sync waits for more than that. A failed step is reported by Linux once and its bytes are gone, so any
/// failure ends the file. Errors are of kind Disk, kind Refused where the archive holds the path twice.
class UnpackedFile
{
public:
    /// `path` is what sentences call it.
    static Result<UnpackedFile> make(int folder, const QString &name, const QString &path);

    Result<void> write(const char *data, qint64 length, qint64 offset);
    /// Gives the file its size, where it ends in a hole, and waits until it is on the disk.
    Result<void> finish(qint64 size);

private:
    UnpackedFile() = default;

    FileHandle m_file;
    QString m_path;
    qint64 m_end = 0;     ///< behind the last byte written
    qint64 m_started = 0; ///< up to here it is on its way to the disk
    qint64 m_flushed = 0; ///< up to here it has arrived
};

} // namespace tidemark
