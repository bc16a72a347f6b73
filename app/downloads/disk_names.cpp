#include "downloads/disk.h"
#include "downloads/disk_call.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <limits>

#include <fcntl.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

/// Names and places: renames, folders, free space. Contents are in disk.cpp.
namespace tidemark::disk {

namespace {

constexpr const char *NewSuffix = ".new"; ///< of what is about to replace a file

int unlink(const QByteArray &name)
{
    return through({.call = "unlink", .path = name.constData()}, [&name] { return ::unlink(name.constData()); });
}

} // namespace

DiskResult<void> syncFolder(const QString &folder, Sync sync)
{
    const QByteArray name = native(folder);
    const File directory(::open(name.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.isOpen())
        return failed(errno, couldNot(QT_TRANSLATE_NOOP("tidemark::disk", "%1 could not be opened"), folder));
    const Step step{
        .call = "fsync folder", .sync = sync, .descriptor = directory.descriptor(), .path = name.constData()};
    // Some network file systems cannot sync a folder and say EINVAL; they make names durable by themselves.
    if (through(step, [&] { return ::fsync(directory.descriptor()); }) != 0 && errno != EINVAL)
        return failed(errno,
                      couldNot(QT_TRANSLATE_NOOP("tidemark::disk", "%1 could not be brought to the disk"), folder));
    return {};
}

DiskResult<void> renameWithoutReplacing(const QString &from, const QString &to)
{
    const QByteArray source = native(from);
    const QByteArray target = native(to);
    const QString what = tr("%1 could not get its final name %2").arg(from, to);
    const Step rename{.call = "rename", .path = source.constData(), .target = target.constData()};
    if (through(rename, [&] {
            return ::renameat2(AT_FDCWD, source.constData(), AT_FDCWD, target.constData(), RENAME_NOREPLACE);
        }) == 0)
        return {};
    if (errno != EINVAL && errno != ENOSYS)
        return failed(errno, what);
    // The file system cannot do it in one step. A second name fails where one exists already.
    if (through({.call = "link", .path = source.constData(), .target = target.constData()},
                [&] { return ::link(source.constData(), target.constData()); }) == 0)
        return remove(from) ? DiskResult<void>() : failed(errno, what);
    if (errno == EEXIST)
        return failed(errno, what);
    // No hard links either: take the name with an empty file of our own and replace that one. Where the program ends in
    // between, that empty file stays and is taken for a person's: it is never replaced.
    const File placeholder(through({.call = "open", .path = target.constData()}, [&target] {
        return ::open(target.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    }));
    if (!placeholder.isOpen())
        return failed(errno, what);
    if (through(rename, [&] { return ::rename(source.constData(), target.constData()); }) != 0) {
        const int reason = errno;
        unlink(target);
        return failed(reason, what);
    }
    return {};
}

DiskResult<void> replaceFile(const QString &path, const QByteArray &contents, Sync sync, bool forAll)
{
    const QString what = couldNot(QT_TRANSLATE_NOOP("tidemark::disk", "%1 could not be written"), path);
    const QByteArray target = native(path);
    const QByteArray name = target + NewSuffix;
    unlink(name); // what a program that was killed while it wrote has left
    File file(through({.call = "open", .path = name.constData()}, [&] {
        return ::open(name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, forAll ? 0644 : 0600);
    }));
    const auto giveUp = [&](int reason) {
        unlink(name);
        return failed(reason, what);
    };
    if (!file.isOpen())
        return failed(errno, what);
    for (qint64 done = 0; done < contents.size();) {
        const auto left = static_cast<size_t>(contents.size() - done);
        const ssize_t written =
            through({.call = "write",
                     .descriptor = file.descriptor(),
                     .offset = done,
                     .length = contents.size() - done,
                     .data = contents.constData() + done},
                    [&] { return ::pwrite(file.descriptor(), contents.constData() + done, left, done); });
        if (written < 0)
            return giveUp(errno);
        done += written;
    }
    if (const auto synced = syncData(file, sync); !synced)
        return giveUp(errno);
    if (through({.call = "rename", .path = name.constData(), .target = target.constData()},
                [&] { return ::rename(name.constData(), target.constData()); }) != 0)
        return giveUp(errno);
    return {};
}

void removeUnfinished(const QString &path)
{
    unlink(native(path) + NewSuffix);
}

bool exists(const QString &path)
{
    struct stat status = {};
    return ::lstat(native(path).constData(), &status) == 0;
}

bool remove(const QString &path)
{
    return unlink(native(path)) == 0 || errno == ENOENT;
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

namespace {

/// FAT keeps a file's size in 32 bits; a process may be limited too (ulimit -f).
qint64 largestFile(const QByteArray &folder)
{
    qint64 largest = -1;
    rlimit limit{};
    if (::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        largest = static_cast<qint64>(std::min<rlim_t>(limit.rlim_cur, std::numeric_limits<qint64>::max()));
    struct statfs system = {};
    if (::statfs(folder.constData(), &system) == 0) {
        constexpr qint64 fat = (qint64(1) << 32) - 1;
        if (typeThroughSeam(folder.constData(), static_cast<long>(system.f_type)) == MSDOS_SUPER_MAGIC)
            largest = largest < 0 ? fat : std::min(largest, fat);
    }
    return largest;
}

} // namespace

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
    // Some mounts report no blocks at all; that is no statement about what is free.
    if (volume.f_blocks > 0)
        result.free = static_cast<qint64>(volume.f_bavail) * static_cast<qint64>(volume.f_frsize);
    result.largestFile = largestFile(name);
    result.device = status.st_dev;
    result.inode = status.st_ino;
    return result;
}

QString bootId()
{
    if (const char *told = bootIdThroughSeam())
        return QString::fromLatin1(told);
    QFile file(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromLatin1(file.readAll().trimmed());
}

} // namespace tidemark::disk
