#pragma once

#include "base/result.h"
#include "downloads/disk_seam.h"
#include "downloads/download.h"

#include <QByteArray>
#include <QString>

/// The system calls of downloads, each once and with its failure as a value. All of them block: worker threads only.
namespace tidemark::disk {

/// A failure of the disk: what the person reads, and whether the download waits for them (`pause`) or has failed
/// (PauseReason::None).
struct Trouble
{
    PauseReason pause = PauseReason::None;
    Error error;
};

template<typename T>
using DiskResult = tl::expected<T, Trouble>;

/// `what` is the sentence's beginning: "FILE could not be written".
Trouble trouble(int errnoValue, const QString &what);

/// Owns a file descriptor.
class File
{
public:
    File() = default;
    explicit File(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    File(const File &) = delete;
    File &operator=(const File &) = delete;
    File(File &&other) noexcept;
    File &operator=(File &&other) noexcept;
    ~File();

    bool isOpen() const { return m_descriptor >= 0; }
    int descriptor() const { return m_descriptor; }
    void close();

private:
    int m_descriptor = -1;
};

/// Opens for reading and writing, creates when missing (mode 0600: a snapshot holds everything the database held),
/// follows no symbolic link, and takes the advisory lock that makes this process its one owner. Where the file system
/// has no locks, or only such as other machines do not see, `isLocked` says so.
DiskResult<File> openOwned(const QString &path, bool *isLocked = nullptr);
DiskResult<File> openForReading(const QString &path);

DiskResult<Stamp> stamp(const File &file);
DiskResult<Stamp> stampOf(const QString &path);

/// True while `path` still names the file behind the descriptor (it was not removed, renamed or replaced).
bool isStillAt(const File &file, const QString &path);
DiskResult<qint64> size(const File &file);
DiskResult<void> truncate(const File &file, qint64 size);
/// Bytes written at `offset`; fewer than asked only together with a later failure.
DiskResult<qint64> writeAt(const File &file, const char *data, qint64 length, qint64 offset);
/// A second way to an open file, past the page cache, for long runs of bytes. Only on file systems where that was seen
/// to gain (ext4, XFS); elsewhere, and where the system refuses it, the page cache is used.
class DirectFile
{
public:
    DirectFile() = default;
    explicit DirectFile(const File &file);

    bool isOpen() const { return m_file.isOpen(); }
    /// As writeAt. Whole pages that lie in memory as they will in the file go past the cache, the rest through `file`.
    DiskResult<qint64> writeAt(const File &file, const char *data, qint64 length, qint64 offset);

private:
    File m_file;
};

/// 0 at the end of the file.
DiskResult<qint64> readAt(const File &file, char *data, qint64 length, qint64 offset);
/// The bytes, and what is needed to read them back, are on the disk.
DiskResult<void> syncData(const File &file, Sync sync);
DiskResult<void> syncFolder(const QString &folder, Sync sync);
/// Forgets what the page cache holds of these bytes, so that reading them shows what is on the disk. Pages that a
/// failed write-back left behind are clean for the kernel and would be read as if they had been written.
void dropCache(const File &file, qint64 offset, qint64 length);
/// Starts writing dirty pages to the disk without waiting for it, so that a later sync has less to do.
void startWriteback(const File &file, qint64 offset, qint64 length);

/// Renames without ever replacing a file: NameTaken when `to` exists.
DiskResult<void> renameWithoutReplacing(const QString &from, const QString &to);
/// Puts a small file (mode 0600, or 0644 with `forAll`) in the place of `path`: the old contents or the new after a
/// crash, never a part of either. The name survives a loss of power once the folder was synced.
DiskResult<void> replaceFile(const QString &path, const QByteArray &contents, Sync sync, bool forAll = false);
/// Removes what a program that was killed inside replaceFile has left.
void removeUnfinished(const QString &path);
/// Whether anything (also a dangling link) has this name.
bool exists(const QString &path);
bool remove(const QString &path);
/// A folder that is there and can be written to.
DiskResult<void> checkFolder(const QString &folder);

struct Space
{
    qint64 free = -1;        ///< bytes this user may still write; -1: the file system does not say
    qint64 largestFile = -1; ///< that place and process allow; -1: no limit known
    quint64 device = 0;      ///< equal for folders on the same file system
    quint64 inode = 0;
};
DiskResult<Space> space(const QString &folder);

/// Changes with each start of the machine: tells whether what the kernel held unwritten may have been lost.
QString bootId();

} // namespace tidemark::disk
