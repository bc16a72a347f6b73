#include "logs/tar_entries.h"

#include <QCoreApplication>

#include <archive.h>
#include <archive_entry.h>

#include <cerrno>
#include <numeric>

namespace tidemark {

namespace {

constexpr qsizetype BlockSize = 512;
constexpr qsizetype ChecksumAt = 148;
constexpr qsizetype ChecksumLength = 8;
constexpr qsizetype LongestPath = 500;
constexpr qsizetype MostLinks = 1000;

QString safePath(archive_entry *entry)
{
    const char *raw = archive_entry_pathname(entry);
    QStringList parts;
    for (const QString &part : QString::fromUtf8(raw ? raw : "").split(QLatin1Char('/'), Qt::SkipEmptyParts)) {
        QString plain;
        for (const QChar c : part)
            plain += c.isPrint() ? c : QChar(QChar::ReplacementCharacter);
        if (plain != QLatin1String(".") && plain != QLatin1String(".."))
            parts << plain;
    }
    const QString path = parts.join(QLatin1Char('/')).left(LongestPath);
    return path.isEmpty() ? QStringLiteral("?") : path;
}

} // namespace

bool isTarHeader(QByteArrayView block)
{
    if (block.size() < BlockSize)
        return false;
    // The checksum is the sum of all bytes, with blanks in its own place.
    const QByteArrayView told = block.sliced(ChecksumAt, ChecksumLength);
    long sum = std::accumulate(block.begin(), block.begin() + BlockSize, 0L,
                               [](long all, char c) { return all + static_cast<unsigned char>(c); });
    for (const char c : told)
        sum += ' ' - static_cast<unsigned char>(c);
    qsizetype at = 0;
    while (at < told.size() && told[at] == ' ')
        ++at;
    long expected = 0;
    qsizetype digits = 0;
    for (; at < told.size() && told[at] >= '0' && told[at] <= '7'; ++at, ++digits)
        expected = expected * 8 + (told[at] - '0');
    return digits > 0 && expected == sum;
}

class TarEntries::Contents final : public ByteSource
{
public:
    explicit Contents(TarEntries &entries)
        : m_entries(entries)
    {
    }
    Result<QByteArrayView> next() override
    {
        while (true) {
            const void *data = nullptr;
            size_t length = 0;
            la_int64_t offset = 0;
            const int result = archive_read_data_block(m_entries.m_archive.get(), &data, &length, &offset);
            if (result == ARCHIVE_EOF)
                return QByteArrayView();
            if (result < ARCHIVE_WARN)
                return m_entries.error();
            if (length > 0)
                return QByteArrayView(static_cast<const char *>(data), static_cast<qsizetype>(length));
        }
    }

private:
    TarEntries &m_entries;
};

void TarEntries::Deleter::operator()(archive *stream) const
{
    archive_read_free(stream);
}

TarEntries::TarEntries(ByteSource &packed)
    : m_packed(packed)
    , m_archive(archive_read_new())
    , m_contents(std::make_unique<Contents>(*this))
{
    archive_read_support_format_tar(m_archive.get());
}

TarEntries::~TarEntries() = default;

ByteSource &TarEntries::contents()
{
    return *m_contents;
}

long TarEntries::read(archive *stream, void *self, const void **buffer)
{
    auto *entries = static_cast<TarEntries *>(self);
    const Result<QByteArrayView> piece = entries->m_packed.next();
    if (!piece) {
        entries->m_readError = piece.error();
        archive_set_error(stream, EIO, "%s", "reading");
        return -1;
    }
    *buffer = piece->data();
    return piece->size();
}

tl::unexpected<Error> TarEntries::error() const
{
    if (m_readError)
        return failure(*m_readError);
    Error error;
    error.kind = ErrorKind::Parse;
    const char *words = archive_error_string(m_archive.get());
    error.sentence =
        QCoreApplication::translate("tidemark::LogSearch", "the tar archive is damaged or ends too early (%1)")
            .arg(QString::fromUtf8(words ? words : ""));
    return failure(error);
}

Result<QString> TarEntries::nextFile()
{
    const auto readCallback = [](archive *stream, void *self, const void **buffer) -> la_ssize_t {
        return read(stream, self, buffer);
    };
    if (!std::exchange(m_isOpen, true) &&
        archive_read_open(m_archive.get(), this, nullptr, readCallback, nullptr) != ARCHIVE_OK)
        return error();
    while (true) {
        archive_entry *entry = nullptr;
        const int result = archive_read_next_header(m_archive.get(), &entry);
        if (result == ARCHIVE_EOF)
            return QString();
        if (result < ARCHIVE_WARN)
            return error();
        const bool isHardLink = archive_entry_hardlink(entry) != nullptr;
        if (archive_entry_filetype(entry) == AE_IFREG && !isHardLink)
            return safePath(entry);
        if ((isHardLink || archive_entry_filetype(entry) == AE_IFLNK) && m_links.size() < MostLinks)
            m_links << safePath(entry);
    }
}

} // namespace tidemark
