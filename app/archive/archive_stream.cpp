#include "archive/archive_stream.h"

#include <QCoreApplication>

#include <archive.h>
#include <archive_entry.h>

#include <utility>

namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::ArchiveStream", text);
}

Error unreadable(const QString &path, const QString &why)
{
    Error error;
    error.kind = ErrorKind::Parse;
    error.sentence = tr("%1 could not be read as an archive: %2").arg(path, why);
    return error;
}

} // namespace

void ArchiveStream::Deleter::operator()(archive *stream) const
{
    archive_read_free(stream);
}

ArchiveStream::ArchiveStream(const QString &path, const ArchiveProgress &progress)
    : m_reader(path, progress)
    , m_archive(archive_read_new())
{
    archive_read_support_format_tar(m_archive.get());
    archive_read_set_callback_data(m_archive.get(), this);
    archive_read_set_read_callback(m_archive.get(), [](archive *, void *self, const void **data) -> la_ssize_t {
        auto *stream = static_cast<ArchiveStream *>(self);
        const Result<QByteArrayView> piece = stream->m_reader.next();
        if (!piece) {
            stream->m_readError = piece.error();
            return ARCHIVE_FATAL;
        }
        *data = piece->data();
        return static_cast<la_ssize_t>(piece->size());
    });
}

ArchiveStream::~ArchiveStream() = default;

Error ArchiveStream::error() const
{
    if (m_readError)
        return *m_readError;
    // What the archive's own checks found says more than where libarchive stumbled over it.
    const ArchiveCheck check = m_reader.verdict();
    if (check.outcome == ArchiveCheck::Outcome::Damaged || check.outcome == ArchiveCheck::Outcome::NotAnArchive)
        return unreadable(m_reader.path(), check.sentence);
    const char *text = archive_error_string(m_archive.get());
    return unreadable(m_reader.path(), text ? QString::fromLocal8Bit(text) + QLatin1Char('.') : check.sentence);
}

Result<archive_entry *> ArchiveStream::nextEntry()
{
    if (!std::exchange(m_isOpen, true) && archive_read_open1(m_archive.get()) != ARCHIVE_OK)
        return failure(error());
    archive_entry *entry = nullptr;
    const int result = archive_read_next_header(m_archive.get(), &entry);
    if (result == ARCHIVE_EOF)
        return nullptr;
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
        return failure(error());
    return entry;
}

Result<ArchiveStream::Piece> ArchiveStream::nextPiece()
{
    const void *data = nullptr;
    size_t length = 0;
    la_int64_t offset = 0;
    // A piece may be empty before the end: of a sparse file's first hole.
    for (;;) {
        const int result = archive_read_data_block(m_archive.get(), &data, &length, &offset);
        if (result == ARCHIVE_EOF)
            return Piece{nullptr, 0, offset};
        if (result != ARCHIVE_OK)
            return failure(error());
        if (length > 0)
            return Piece{static_cast<const char *>(data), static_cast<qint64>(length), offset};
    }
}

Result<void> ArchiveStream::finish()
{
    for (;;) {
        const Result<QByteArrayView> piece = m_reader.next();
        if (!piece)
            return failure(piece.error());
        if (piece->isEmpty())
            break;
    }
    const ArchiveCheck check = m_reader.verdict();
    if (check.outcome != ArchiveCheck::Outcome::Intact)
        return failure(unreadable(m_reader.path(), check.sentence));
    return {};
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
