#include "downloads/disk.h"
#include "downloads/disk_call.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

namespace tidemark::disk {

Trouble trouble(int errnoValue, const QString &what)
{
    Trouble result;
    result.error.kind = ErrorKind::Disk;
    result.error.retryable = true;
    QString why = QString::fromLocal8Bit(std::strerror(errnoValue));
    switch (errnoValue) {
    case ENOSPC:
        result.pause = PauseReason::DiskFull;
        why = tr("the disk is full");
        result.error.hint = tr("Make room on that disk, then resume.");
        break;
    case EDQUOT:
        result.pause = PauseReason::DiskFull;
        why = tr("your disk quota is used up");
        result.error.hint = tr("Make room or have the quota raised, then resume.");
        break;
    case EFBIG:
        result.pause = PauseReason::FileTooLarge;
        why = tr("the file system or a limit of this session allows no larger file");
        result.error.hint =
            tr("Move the download to a folder on another file system, or raise the limit, then resume.");
        break;
    case ENOENT:
    case ENOTDIR:
    case ENODEV:
    case ENXIO:
    case ESTALE:
        result.pause = PauseReason::FolderMissing;
        why = tr("the folder is not there");
        result.error.hint = tr("Bring the folder back (is the disk mounted?), then resume.");
        break;
    case EROFS:
    case EACCES:
    case EPERM:
        result.pause = PauseReason::FolderReadOnly;
        why = errnoValue == EROFS ? tr("the file system is mounted read-only")
                                  : tr("you have no permission to write there");
        result.error.hint = tr("Make the folder writable, then resume.");
        break;
    case EEXIST:
    case EISDIR:
    case ELOOP:
        result.pause = PauseReason::NameTaken;
        why = tr("something of this name is already there, and nothing is overwritten");
        result.error.hint = tr("Move or rename what is there, then resume.");
        break;
    case EWOULDBLOCK:
        result.pause = PauseReason::InUseElsewhere;
        why = tr("another copy of Tidemark is working on it");
        result.error.hint = tr("Let the other copy finish or end it, then resume.");
        break;
    default:
        break;
    }
    result.error.sentence = tr("%1: %2.").arg(what, why);
    return result;
}

File::File(File &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

File &File::operator=(File &&other) noexcept
{
    if (this != &other) {
        close();
        m_descriptor = std::exchange(other.m_descriptor, -1);
    }
    return *this;
}

File::~File()
{
    close();
}

void File::close()
{
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
}

namespace {

/// Of these a lock is often this machine's own business: SMB mounted without byte range locks, most of what FUSE shows,
/// folders of a virtual machine's host.
bool locksReachOthers(const File &file)
{
    constexpr long cifs = 0xff534d42;
    constexpr long smb2 = 0xfe534d42;
    constexpr long fuse = 0x65735546;
    struct statfs system = {};
    if (::fstatfs(file.descriptor(), &system) != 0)
        return true;
    const QByteArray name = "/proc/self/fd/" + QByteArray::number(file.descriptor());
    const long type = typeThroughSeam(name.constData(), static_cast<long>(system.f_type));
    return type != cifs && type != smb2 && type != fuse && type != V9FS_MAGIC;
}

} // namespace

DiskResult<File> openOwned(const QString &path, bool *isLocked)
{
    const QString what = couldNot(QT_TRANSLATE_NOOP("tidemark::disk", "%1 could not be opened"), path);
    const QByteArray name = native(path);
    // Another owner may rename its finished file between our open and our lock; then the lock is on the wrong file.
    for (int round = 0; round < 5; ++round) {
        File file(through({.call = "open", .path = name.constData()}, [&name] {
            return ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        }));
        if (!file.isOpen())
            return failed(errno, what);
        struct stat status = {};
        if (::fstat(file.descriptor(), &status) != 0)
            return failed(errno, what);
        if (!S_ISREG(status.st_mode))
            return failed(EEXIST, what);
        const bool locked = ::flock(file.descriptor(), LOCK_EX | LOCK_NB) == 0;
        if (!locked && errno != ENOLCK && errno != EOPNOTSUPP && errno != ENOSYS && errno != EINVAL)
            return failed(errno, what);
        if (isLocked)
            *isLocked = locked && locksReachOthers(file);
        if (isStillAt(file, path))
            return file;
    }
    return failed(EWOULDBLOCK, what);
}

DiskResult<File> openForReading(const QString &path)
{
    File file(::open(native(path).constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file.isOpen())
        return failed(errno, couldNot(QT_TRANSLATE_NOOP("tidemark::disk", "%1 could not be read"), path));
    return file;
}

bool isStillAt(const File &file, const QString &path)
{
    struct stat open = {};
    struct stat named = {};
    return ::fstat(file.descriptor(), &open) == 0 && ::lstat(native(path).constData(), &named) == 0 &&
           open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

namespace {

Stamp stampFrom(const struct stat &status)
{
    return {status.st_dev, status.st_ino, static_cast<qint64>(status.st_size),
            static_cast<qint64>(status.st_ctim.tv_sec) * 1000000000 + status.st_ctim.tv_nsec};
}

} // namespace

DiskResult<Stamp> stamp(const File &file)
{
    struct stat status = {};
    if (::fstat(file.descriptor(), &status) != 0)
        return failed(errno, tr("The size of the part file could not be read"));
    return stampFrom(status);
}

DiskResult<Stamp> stampOf(const QString &path)
{
    struct stat status = {};
    if (::lstat(native(path).constData(), &status) != 0)
        return failed(errno, couldNot(QT_TRANSLATE_NOOP("tidemark::disk", "%1 could not be read"), path));
    return stampFrom(status);
}

DiskResult<qint64> size(const File &file)
{
    struct stat status = {};
    if (::fstat(file.descriptor(), &status) != 0)
        return failed(errno, tr("The size of the part file could not be read"));
    return static_cast<qint64>(status.st_size);
}

DiskResult<void> truncate(const File &file, qint64 size)
{
    if (through({.call = "ftruncate", .descriptor = file.descriptor(), .length = size},
                [&] { return ::ftruncate(file.descriptor(), size); }) != 0)
        return failed(errno, tr("The part file could not be shortened"));
    return {};
}

namespace {

/// Bytes written; where that is fewer than `length`, errno says why.
qint64 writeAll(int descriptor, const char *data, qint64 length, qint64 offset)
{
    qint64 done = 0;
    while (done < length) {
        const ssize_t count = through(
            {.call = "pwrite",
             .descriptor = descriptor,
             .offset = offset + done,
             .length = length - done,
             .data = data + done},
            [&] { return ::pwrite(descriptor, data + done, static_cast<size_t>(length - done), offset + done); });
        if (count >= 0)
            done += count;
        else if (errno != EINTR)
            break;
    }
    return done;
}

} // namespace

DiskResult<qint64> writeAt(const File &file, const char *data, qint64 length, qint64 offset)
{
    const qint64 done = writeAll(file.descriptor(), data, length, offset);
    if (done == 0 && length > 0)
        return failed(errno, tr("The part file could not be written"));
    return done; // where some was written, the next call meets the reason again
}

DirectFile::DirectFile(const File &file)
{
    struct statfs system = {};
    if (::fstatfs(file.descriptor(), &system) != 0)
        return;
    // By its descriptor: the name may lead to another file by now.
    const QByteArray name = "/proc/self/fd/" + QByteArray::number(file.descriptor());
    const long type = typeThroughSeam(name.constData(), static_cast<long>(system.f_type));
    if (type != EXT4_SUPER_MAGIC && type != XFS_SUPER_MAGIC)
        return;
    m_file = File(::open(name.constData(), O_WRONLY | O_DIRECT | O_CLOEXEC));
}

DiskResult<qint64> DirectFile::writeAt(const File &file, const char *data, qint64 length, qint64 offset)
{
    constexpr qint64 page = 4096;
    const auto address = reinterpret_cast<quintptr>(data);
    if (!isOpen() || address % page != static_cast<quintptr>(offset % page))
        return disk::writeAt(file, data, length, offset);
    const qint64 head = (page - offset % page) % page;
    if (head > 0 || length < page)
        return disk::writeAt(file, data, std::min(length, head > 0 ? head : length), offset);
    const qint64 done = writeAll(m_file.descriptor(), data, length / page * page, offset);
    if (done > 0)
        return done;
    if (errno == EINVAL)
        m_file.close(); // this disk wants another alignment, or this file system no such writes at all
    return disk::writeAt(file, data, length, offset);
}

DiskResult<qint64> readAt(const File &file, char *data, qint64 length, qint64 offset)
{
    for (;;) {
        const ssize_t count = ::pread(file.descriptor(), data, static_cast<size_t>(length), offset);
        if (count >= 0)
            return static_cast<qint64>(count);
        if (errno != EINTR)
            return failed(errno, tr("The part file could not be read"));
    }
}

DiskResult<void> syncData(const File &file, Sync sync)
{
    if (through({.call = "fdatasync", .sync = sync, .descriptor = file.descriptor()},
                [&file] { return ::fdatasync(file.descriptor()); }) != 0)
        return failed(errno, tr("The part file could not be brought to the disk"));
    return {};
}

void dropCache(const File &file, qint64 offset, qint64 length)
{
    through({.call = "drop cache", .descriptor = file.descriptor(), .offset = offset, .length = length},
            [&] { return ::posix_fadvise(file.descriptor(), offset, length, POSIX_FADV_DONTNEED); });
}

void startWriteback(const File &file, qint64 offset, qint64 length)
{
    ::sync_file_range(file.descriptor(), offset, length, SYNC_FILE_RANGE_WRITE);
}

} // namespace tidemark::disk
