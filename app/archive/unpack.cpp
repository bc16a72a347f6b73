#include "archive/unpack.h"

#include "archive/archive_stream.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <vector>

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::Unpack", text);
}

class Descriptor
{
public:
    explicit Descriptor(int value = -1)
        : m_value(value)
    {
    }
    ~Descriptor() { reset(-1); }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    void reset(int value)
    {
        if (m_value >= 0)
            ::close(m_value);
        m_value = value;
    }
    int get() const { return m_value; }

private:
    int m_value;
};

/// Unpacks one archive. Every step down goes through a directory's descriptor and refuses links, so that nothing that
/// stands in the folder already can lead outside it either.
class Unpacker
{
public:
    Unpacker(const QString &archivePath, const QString &folder, const std::function<bool(qint64)> &progress)
        : m_path(archivePath)
        , m_folder(folder)
        , m_progress(progress)
    {
    }

    Result<Unpacked> run()
    {
        Error error;
        const ArchiveStream stream = openArchive(m_path, error);
        if (!stream)
            return failure(error);
        m_root.reset(::open(QFile::encodeName(m_folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (m_root.get() < 0)
            return failure(disk(tr("%1 could not be opened").arg(m_folder)));
        for (;;) {
            archive_entry *entry = nullptr;
            const int result = archive_read_next_header(stream.get(), &entry);
            if (result == ARCHIVE_EOF)
                return m_result;
            if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
                return failure(withPlace(archiveError(stream.get(), m_path)));
            if (auto problem = unpackEntry(stream.get(), entry))
                return failure(withPlace(*problem));
        }
    }

private:
    using Problem = std::optional<Error>;

    Error disk(const QString &what) const
    {
        Error error;
        error.kind = ErrorKind::Disk;
        error.sentence = tr("%1: %2.").arg(what, QString::fromLocal8Bit(std::strerror(errno)));
        if (errno == EEXIST)
            error.hint = tr("Nothing is overwritten. Unpack into an empty folder.");
        return error;
    }

    static Error refused(const QString &sentence)
    {
        Error error;
        error.kind = ErrorKind::Refused;
        error.sentence = sentence;
        return error;
    }

    Error withPlace(Error error) const
    {
        if (m_result.entries > 0)
            error.sentence += QLatin1Char(' ') + tr("What was unpacked until then is in %1.").arg(m_folder);
        return error;
    }

    Problem unpackEntry(archive *reader, archive_entry *entry)
    {
        const QString path = entryPath(entry);
        QStringList parts;
        const QStringList raw = path.split(QLatin1Char('/'));
        for (const QString &part : raw) {
            if (part == QLatin1String("..") || part.contains(QChar(u'\0')))
                return refused(tr("The archive holds a path that leads outside the folder: %1").arg(path));
            if (!part.isEmpty() && part != QLatin1String("."))
                parts << part;
        }
        if (path.startsWith(QLatin1Char('/')))
            return refused(tr("The archive holds a path that leads outside the folder: %1").arg(path));
        const auto type = archive_entry_filetype(entry);
        const bool isLink = archive_entry_hardlink(entry) || archive_entry_symlink(entry) || type == AE_IFLNK;
        if (isLink || (type != AE_IFREG && type != AE_IFDIR))
            return refused(tr("The archive holds something that is neither a file nor a folder: %1").arg(path));
        if (parts.isEmpty())
            return std::nullopt; // the folder itself
        if (m_result.entries == 0)
            m_result.directory = QDir(m_folder).filePath(parts.first());
        ++m_result.entries;
        const QString name = type == AE_IFDIR ? QString() : parts.takeLast();
        Descriptor folder;
        if (auto problem = enter(parts, folder))
            return problem;
        return type == AE_IFDIR ? std::nullopt : writeFile(reader, folder.get(), name, path);
    }

    /// Opens the folder below the root, making what is missing.
    Problem enter(const QStringList &parts, Descriptor &folder)
    {
        folder.reset(::fcntl(m_root.get(), F_DUPFD_CLOEXEC, 0));
        for (const QString &part : parts) {
            const QByteArray name = QFile::encodeName(part);
            if (::mkdirat(folder.get(), name.constData(), 0700) != 0 && errno != EEXIST)
                return disk(tr("The folder %1 could not be made").arg(part));
            const int next = ::openat(folder.get(), name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            if (next < 0)
                return disk(tr("The folder %1 could not be opened").arg(part));
            folder.reset(next);
        }
        return std::nullopt;
    }

    Problem writeFile(archive *reader, int folder, const QString &name, const QString &path)
    {
        const Descriptor file(::openat(folder, QFile::encodeName(name).constData(),
                                       O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (file.get() < 0)
            return disk(tr("%1 could not be made").arg(path));
        const void *data = nullptr;
        size_t length = 0;
        la_int64_t offset = 0;
        int result = ARCHIVE_OK;
        while ((result = archive_read_data_block(reader, &data, &length, &offset)) == ARCHIVE_OK) {
            size_t done = 0;
            while (done < length) {
                const ssize_t count = ::pwrite(file.get(), static_cast<const char *>(data) + done, length - done,
                                               offset + static_cast<la_int64_t>(done));
                if (count < 0 && errno == EINTR)
                    continue;
                if (count < 0)
                    return disk(tr("%1 could not be written").arg(path));
                done += static_cast<size_t>(count);
            }
            m_result.bytes += static_cast<qint64>(length);
            if (m_progress && !m_progress(archive_filter_bytes(reader, -1))) {
                Error error;
                error.kind = ErrorKind::Cancelled;
                error.sentence = tr("Unpacking was stopped.");
                return error;
            }
        }
        if (result != ARCHIVE_EOF)
            return archiveError(reader, m_path);
        // A sparse file may end in a hole.
        if (offset > 0 && ::lseek(file.get(), 0, SEEK_END) < offset && ::ftruncate(file.get(), offset) != 0)
            return disk(tr("%1 could not be written").arg(path));
        return std::nullopt;
    }

    QString m_path;
    QString m_folder;
    const std::function<bool(qint64)> &m_progress;
    Descriptor m_root;
    Unpacked m_result;
};

} // namespace

Result<Unpacked> unpackArchive(const QString &archivePath, const QString &folder,
                               const std::function<bool(qint64)> &progress)
{
    return Unpacker(archivePath, folder, progress).run();
}

} // namespace tidemark
