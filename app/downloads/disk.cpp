#include "downloads/disk.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tidemark::disk {

namespace {

std::atomic<StepHook> s_stepHook{nullptr};

/// False, with errno set, when a test wants the call to fail.
bool mayGoOn(const char *call)
{
    const int error = stepError(call);
    errno = error;
    return error == 0;
}

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::disk", text);
}

QByteArray native(const QString &path)
{
    return QFile::encodeName(path);
}

tl::unexpected<Trouble> failed(int errnoValue, const QString &what)
{
    return tl::unexpected<Trouble>(trouble(errnoValue, what));
}

QString couldNot(const char *sentence, const QString &path)
{
    return tr(sentence).arg(path);
}

} // namespace

void setStepHook(StepHook hook)
{
    s_stepHook.store(hook);
}

int stepError(const char *call)
{
    const StepHook hook = s_stepHook.load(std::memory_order_relaxed);
    return hook ? hook(call) : 0;
}

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
        result.pause = PauseReason::DiskFull;
        why = tr("the file system or a limit of this session allows no larger file");
        result.error.hint = tr("Choose a folder on another file system, or raise the limit, then resume.");
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

DiskResult<File> openOwned(const QString &path)
{
    const QString what = couldNot(QT_TRANSLATE_NOOP("tidemark::disk", "%1 could not be opened"), path);
    const QByteArray name = native(path);
    // Another owner may rename its finished file between our open and our lock; then the lock is on the wrong file.
    for (int round = 0; round < 5; ++round) {
        if (!mayGoOn("open"))
            return failed(errno, what);
        File file(::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!file.isOpen())
            return failed(errno, what);
        struct stat status = {};
        if (::fstat(file.descriptor(), &status) != 0)
            return failed(errno, what);
        if (!S_ISREG(status.st_mode))
            return failed(EEXIST, what);
        if (::flock(file.descriptor(), LOCK_EX | LOCK_NB) != 0) {
            if (errno == EWOULDBLOCK)
                return failed(EWOULDBLOCK, what);
            if (errno != ENOLCK && errno != EOPNOTSUPP && errno != ENOSYS && errno != EINVAL)
                return failed(errno, what);
        }
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

DiskResult<qint64> size(const File &file)
{
    struct stat status = {};
    if (::fstat(file.descriptor(), &status) != 0)
        return failed(errno, tr("The size of the part file could not be read"));
    return static_cast<qint64>(status.st_size);
}

DiskResult<void> truncate(const File &file, qint64 size)
{
    if (!mayGoOn("ftruncate") || ::ftruncate(file.descriptor(), size) != 0)
        return failed(errno, tr("The part file could not be shortened"));
    return {};
}

namespace {

/// Bytes written; where that is fewer than `length`, errno says why.
qint64 writeAll(int descriptor, const char *data, qint64 length, qint64 offset)
{
    qint64 done = 0;
    while (done < length) {
        const ssize_t count = mayGoOn("pwrite")
                                  ? ::pwrite(descriptor, data + done, static_cast<size_t>(length - done), offset + done)
                                  : -1;
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
    if (system.f_type != EXT4_SUPER_MAGIC && system.f_type != XFS_SUPER_MAGIC)
        return;
    // By its descriptor: the name may lead to another file by now.
    const QByteArray name = "/proc/self/fd/" + QByteArray::number(file.descriptor());
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

DiskResult<void> syncData(const File &file)
{
    if (!mayGoOn("fdatasync") || ::fdatasync(file.descriptor()) != 0)
        return failed(errno, tr("The part file could not be brought to the disk"));
    return {};
}

DiskResult<void> syncFolder(const QString &folder)
{
    File directory(::open(native(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.isOpen())
        return failed(errno, couldNot(QT_TRANSLATE_NOOP("tidemark::disk", "%1 could not be opened"), folder));
    // Some network file systems cannot sync a folder and say EINVAL; they make names durable by themselves.
    if (!mayGoOn("fsync folder") || (::fsync(directory.descriptor()) != 0 && errno != EINVAL))
        return failed(errno,
                      couldNot(QT_TRANSLATE_NOOP("tidemark::disk", "%1 could not be brought to the disk"), folder));
    return {};
}

void startWriteback(const File &file, qint64 offset, qint64 length)
{
    ::sync_file_range(file.descriptor(), offset, length, SYNC_FILE_RANGE_WRITE);
}

DiskResult<void> renameWithoutReplacing(const QString &from, const QString &to)
{
    const QByteArray source = native(from);
    const QByteArray target = native(to);
    const QString what = tr("%1 could not get its final name %2").arg(from, to);
    if (!mayGoOn("rename"))
        return failed(errno, what);
    if (::renameat2(AT_FDCWD, source.constData(), AT_FDCWD, target.constData(), RENAME_NOREPLACE) == 0)
        return {};
    if (errno != EINVAL && errno != ENOSYS)
        return failed(errno, what);
    // The file system cannot do it in one step. A second name fails where one exists already.
    if (::link(source.constData(), target.constData()) == 0) {
        if (!mayGoOn("unlink") || ::unlink(source.constData()) != 0)
            return failed(errno, what);
        return {};
    }
    if (errno == EEXIST)
        return failed(errno, what);
    // No hard links either (FAT): take the name with an empty file of our own and replace that one.
    File placeholder(::open(target.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!placeholder.isOpen())
        return failed(errno, what);
    if (!mayGoOn("rename") || ::rename(source.constData(), target.constData()) != 0) {
        const int reason = errno;
        ::unlink(target.constData());
        return failed(reason, what);
    }
    return {};
}

DiskResult<void> writeNewFile(const QString &path, const QByteArray &contents)
{
    const QString what = couldNot(QT_TRANSLATE_NOOP("tidemark::disk", "%1 could not be written"), path);
    if (!mayGoOn("open"))
        return failed(errno, what);
    File file(::open(native(path).constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644));
    if (!file.isOpen())
        return failed(errno, what);
    const auto written = writeAt(file, contents.constData(), contents.size(), 0);
    if (!written)
        return tl::unexpected<Trouble>(written.error());
    return syncData(file);
}

bool exists(const QString &path)
{
    struct stat status = {};
    return ::lstat(native(path).constData(), &status) == 0;
}

bool remove(const QString &path)
{
    return mayGoOn("unlink") && (::unlink(native(path).constData()) == 0 || errno == ENOENT);
}

DiskResult<void> checkFolder(const QString &folder)
{
    const QString what = couldNot(QT_TRANSLATE_NOOP("tidemark::disk", "Nothing can be saved in %1"), folder);
    const QByteArray name = native(folder);
    struct stat status = {};
    if (::stat(name.constData(), &status) != 0)
        return failed(errno, what);
    if (!S_ISDIR(status.st_mode))
        return failed(ENOTDIR, what);
    if (::access(name.constData(), W_OK | X_OK) != 0)
        return failed(errno, what);
    return {};
}

DiskResult<Space> space(const QString &folder)
{
    const QString what =
        couldNot(QT_TRANSLATE_NOOP("tidemark::disk", "The free space of %1 could not be read"), folder);
    const QByteArray name = native(folder);
    struct statvfs volume = {};
    struct stat status = {};
    if (::statvfs(name.constData(), &volume) != 0 || ::stat(name.constData(), &status) != 0)
        return failed(errno, what);
    Space result;
    result.free = static_cast<qint64>(volume.f_bavail) * static_cast<qint64>(volume.f_frsize);
    result.device = status.st_dev;
    result.inode = status.st_ino;
    return result;
}

QString bootId()
{
    QFile file(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromLatin1(file.readAll().trimmed());
}

} // namespace tidemark::disk
