#include "archive/unpack.h"

#include "archive/archive_stream.h"
#include "archive/unpack_folder.h"
#include "archive/unpack_space.h"
#include "archive/unpacked_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <vector>

#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>

namespace tidemark {

namespace {

constexpr qsizetype Deepest = 64; ///< folders in each other; a dbPath has three

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::Unpack", text);
}

tl::unexpected<Error> refused(const QString &sentence)
{
    Error error;
    error.kind = ErrorKind::Refused;
    error.sentence = sentence;
    return failure(error);
}

/// The path's components; none for the top itself.
Result<QStringList> safePath(const QString &path)
{
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
    if (parts.size() > Deepest)
        return refused(tr("The archive holds more folders in each other than a database has."));
    if (!parts.isEmpty() && UnpackFolder::isReserved(QFile::encodeName(parts.first())))
        return refused(tr("The archive holds a name that is kept for unpacking: %1").arg(path));
    return parts;
}

/// Unpacks one archive. Every step down goes through a directory's descriptor and refuses links, so that nothing that
/// stands in the folder already can lead outside it either.
class Unpacker
{
public:
    Unpacker(const QString &archivePath, const QString &folder, const ArchiveProgress &progress,
             const UnpackOptions &options)
        : m_folder(folder)
        , m_options(options)
        , m_stream(archivePath, progress)
        , m_goOn([this, &progress] { return !progress || progress(m_stream.reader().position()); })
    {
        if (!m_options.freeSpace)
            m_options.freeSpace = freeSpace;
    }

    Result<Unpacked> run()
    {
        auto folder = UnpackFolder::make(m_folder, m_goOn);
        if (!folder)
            return failure(folder.error());
        m_unpackFolder = &*folder;
        m_result.leftoversRemoved = folder->leftoversRemoved();
        m_result.leftoversKept = folder->leftoversKept();
        // Hardly anything is smaller than its compressed form.
        return checkSpace(QFileInfo(m_stream.reader().path()).size())
            .and_then([this] { return unpackEntries(); })
            .and_then([this] { return m_stream.finish(); })
            .and_then([this] { return syncFolders(); })
            .and_then([this] { return m_unpackFolder->publish(m_topNames); })
            .map([this] { return m_result; });
    }

private:
    Result<void> checkSpace(qint64 needed) const
    {
        const auto free = m_options.freeSpace(m_unpackFolder->files());
        if (const auto objection = unpackSpaceObjection({free, needed, m_options.reserveBytes}))
            return failure(*objection);
        return {};
    }

    Result<void> unpackEntries()
    {
        for (;;) {
            const Result<archive_entry *> entry = m_stream.nextEntry();
            if (!entry)
                return failure(entry.error());
            if (!*entry)
                return {};
            if (const Result<void> done = unpackEntry(*entry); !done)
                return done;
        }
    }

    Result<void> unpackEntry(archive_entry *entry)
    {
        const QString path = entryPath(entry);
        Result<QStringList> parts = safePath(path);
        if (!parts)
            return failure(parts.error());
        const auto type = archive_entry_filetype(entry);
        const bool isLink = archive_entry_hardlink(entry) || archive_entry_symlink(entry) || type == AE_IFLNK;
        if (isLink || (type != AE_IFREG && type != AE_IFDIR))
            return refused(tr("The archive holds something that is neither a file nor a folder: %1").arg(path));
        if (++m_seen > m_options.mostEntries)
            return refused(tr("The archive holds more files than a database has."));
        if (parts->isEmpty())
            return {}; // the folder itself
        if (const Result<void> top = noteTop(parts->first()); !top)
            return top;
        ++m_result.entries;
        const QString name = type == AE_IFDIR ? QString() : parts->takeLast();
        const Result<FileHandle> folder = enter(*parts);
        if (!folder)
            return failure(folder.error());
        if (type == AE_IFDIR)
            return {};
        const bool isSparse = archive_entry_sparse_count(entry) > 0;
        return checkSpace(isSparse ? 0 : archive_entry_size(entry)).and_then([&] {
            return writeFile(folder->get(), name, path);
        });
    }

    /// A name that is taken in the chosen folder is said before hours of unpacking, not after them.
    Result<void> noteTop(const QString &part)
    {
        const QByteArray name = QFile::encodeName(part);
        if (std::ranges::find(m_topNames, name) != m_topNames.end())
            return {};
        constexpr std::size_t most = 1000; // Cloud Manager's archives have one
        if (m_topNames.size() >= most)
            return refused(tr("The archive holds more names side by side than a snapshot has."));
        if (m_unpackFolder->isTaken(name)) {
            errno = EEXIST;
            return failure(diskError(tr("%1 could not be made").arg(QDir(m_folder).filePath(part))));
        }
        if (m_topNames.empty())
            m_result.directory = QDir(m_folder).filePath(part);
        m_topNames.push_back(name);
        return {};
    }

    /// Opens the folder below the root, making what is missing.
    Result<FileHandle> enter(const QStringList &parts)
    {
        FileHandle folder(::fcntl(m_unpackFolder->files(), F_DUPFD_CLOEXEC, 0));
        QStringList path;
        for (const QString &part : parts) {
            const QByteArray name = QFile::encodeName(part);
            path << part;
            if (::mkdirat(folder.get(), name.constData(), 0700) == 0)
                m_folders.push_back(path);
            else if (errno != EEXIST)
                return failure(diskError(tr("The folder %1 could not be made").arg(part)));
            folder.reset(::openat(folder.get(), name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
            if (!folder.isOpen())
                return failure(diskError(tr("The folder %1 could not be opened").arg(part)));
        }
        return folder;
    }

    Result<void> writeFile(int folder, const QString &name, const QString &path)
    {
        Result<UnpackedFile> file = UnpackedFile::make(folder, name, path);
        if (!file)
            return failure(file.error());
        for (;;) {
            const Result<ArchiveStream::Piece> piece = m_stream.nextPiece();
            if (!piece)
                return failure(piece.error());
            if (piece->length == 0)
                return file->finish(piece->offset);
            if (const Result<void> written = file->write(piece->data, piece->length, piece->offset); !written)
                return written;
            m_result.bytes += piece->length;
            m_sinceSpaceCheck += piece->length;
            constexpr qint64 spaceCheckEvery = 64 * 1024 * 1024;
            if (m_sinceSpaceCheck >= spaceCheckEvery) {
                m_sinceSpaceCheck = 0;
                if (const Result<void> space = checkSpace(spaceCheckEvery); !space)
                    return space;
            }
        }
    }

    Result<void> syncFolders()
    {
        m_folders.push_back({});
        for (const QStringList &path : m_folders) {
            if (!m_goOn())
                return stopped();
            const Result<FileHandle> folder = enter(path);
            if (!folder)
                return failure(folder.error());
            if (!syncFolder(folder->get()))
                return failure(diskError(tr("What was unpacked could not be brought to the disk")));
        }
        return {};
    }

    static Result<void> stopped()
    {
        Error error;
        error.kind = ErrorKind::Cancelled;
        error.sentence = tr("Unpacking was stopped.");
        return failure(error);
    }

    QString m_folder;
    UnpackOptions m_options;
    ArchiveStream m_stream;
    UnpackFolder::GoOn m_goOn;
    UnpackFolder *m_unpackFolder = nullptr;
    std::vector<QByteArray> m_topNames;
    std::vector<QStringList> m_folders; ///< made here, to be synced
    qint64 m_seen = 0;
    qint64 m_sinceSpaceCheck = 0;
    Unpacked m_result;
};

} // namespace

Result<Unpacked> unpackArchive(const QString &archivePath, const QString &folder, const ArchiveProgress &progress,
                               const UnpackOptions &options)
{
    return Unpacker(archivePath, folder, progress, options).run();
}

} // namespace tidemark
