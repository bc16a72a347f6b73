#include "archive/archive_stream.h"

#include <QCoreApplication>
#include <QFile>

#include <archive.h>
#include <archive_entry.h>

namespace tidemark {

void ArchiveDeleter::operator()(archive *reader) const
{
    archive_read_free(reader);
}

Error archiveError(archive *reader, const QString &path)
{
    Error error;
    error.kind = ErrorKind::Disk;
    const char *text = archive_error_string(reader);
    error.sentence = QCoreApplication::translate("tidemark::ArchiveStream", "%1 could not be read as an archive: %2.")
                         .arg(path, text ? QString::fromLocal8Bit(text) : QStringLiteral("?"));
    return error;
}

ArchiveStream openArchive(const QString &path, Error &error)
{
    constexpr size_t blockSize = 256 * 1024;
    ArchiveStream stream(archive_read_new());
    archive_read_support_filter_gzip(stream.get());
    archive_read_support_format_tar(stream.get());
    if (archive_read_open_filename(stream.get(), QFile::encodeName(path).constData(), blockSize) != ARCHIVE_OK) {
        error = archiveError(stream.get(), path);
        return nullptr;
    }
    return stream;
}

QString entryPath(archive_entry *entry)
{
    // The bytes as they stand in the archive: the other accessors depend on the process's locale.
    if (const char *raw = archive_entry_pathname(entry))
        return QString::fromUtf8(raw);
    if (const char *utf8 = archive_entry_pathname_utf8(entry))
        return QString::fromUtf8(utf8);
    return {};
}

} // namespace tidemark
