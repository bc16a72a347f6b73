#include "archive/unpack_folder.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>

#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace tidemark {

namespace {

constexpr const char *Prefix = ".tidemark-unpacking-";
constexpr const char *Lock = "lock";
constexpr const char *Files = "files";
constexpr int Deepest = 256; ///< folders in each other; what was unpacked is never as deep (unpack.cpp)

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::Unpack", text);
}

int openFolder(int parent, const QByteArray &name)
{
    return ::openat(parent, name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

std::vector<QByteArray> namesIn(int folder)
{
    std::vector<QByteArray> names;
    const int copy = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, int (*)(DIR *)> reader(copy < 0 ? nullptr : ::fdopendir(copy), ::closedir);
    while (const dirent *entry = reader ? ::readdir(reader.get()) : nullptr) {
        const QByteArray name(entry->d_name);
        if (name != "." && name != "..")
            names.push_back(name);
    }
    return names;
}

/// Removes a file, or a folder with all in it. False when something stays.
bool removeAll(int parent, const QByteArray &name, const UnpackFolder::GoOn &goOn, int depth = 0)
{
    if (!goOn() || depth > Deepest)
        return false;
    if (::unlinkat(parent, name.constData(), 0) == 0 || errno == ENOENT)
        return true;
    {
        const FileHandle folder(openFolder(parent, name));
        if (!folder.isOpen())
            return false;
        for (const QByteArray &entry : namesIn(folder.get())) {
            if (!removeAll(folder.get(), entry, goOn, depth + 1))
                return false;
        }
    }
    return ::unlinkat(parent, name.constData(), AT_REMOVEDIR) == 0;
}

/// The lock goes last: as long as anything else is there, whoever comes finds a lock to judge by.
bool removeUnpackFolder(int place, const QByteArray &name, const UnpackFolder::GoOn &goOn)
{
    const FileHandle folder(openFolder(place, name));
    return folder.isOpen() && removeAll(folder.get(), Files, goOn) &&
           (::unlinkat(folder.get(), Lock, 0) == 0 || errno == ENOENT) &&
           ::unlinkat(place, name.constData(), AT_REMOVEDIR) == 0;
}

/// Never replaces; folders and files.
bool move(int from, int to, const QByteArray &name)
{
    if (::renameat2(from, name.constData(), to, name.constData(), RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
        return false;
    // File systems without such a rename: a hard link never replaces, and a folder replaces at most an empty one.
    struct stat status
    {
    };
    if (::fstatat(from, name.constData(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    if (S_ISDIR(status.st_mode))
        return ::renameat(from, name.constData(), to, name.constData()) == 0;
    return ::linkat(from, name.constData(), to, name.constData(), 0) == 0 && ::unlinkat(from, name.constData(), 0) == 0;
}

} // namespace

Error diskError(const QString &what)
{
    const int number = errno;
    Error error;
    error.kind = ErrorKind::Disk;
    error.sentence = tr("%1: %2.").arg(what, QString::fromLocal8Bit(std::strerror(number)));
    if (number == EEXIST || number == ENOTEMPTY)
        error.hint = tr("Nothing is overwritten. Unpack into an empty folder.");
    else if (number == ENOSPC || number == EDQUOT)
        error.hint = tr("Free some space, or unpack into another folder.");
    return error;
}

bool syncFolder(int descriptor)
{
    return ::fsync(descriptor) == 0 || errno == EINVAL;
}

Result<UnpackFolder> UnpackFolder::make(const QString &place, const GoOn &goOn)
{
    UnpackFolder folder;
    folder.m_place.reset(::open(QFile::encodeName(place).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.m_place.isOpen())
        return failure(diskError(tr("%1 could not be opened").arg(place)));
    folder.removeLeftovers(place, goOn);
    constexpr int tries = 16; // another process may take a folder without a lock in it for a leftover
    for (int i = 0; i < tries; ++i) {
        if (folder.create())
            return folder;
        if (errno != EEXIST && errno != ENOENT && errno != EWOULDBLOCK)
            break;
    }
    return failure(diskError(tr("In %1 no folder to unpack into could be made").arg(place)));
}

/// Makes the folder under a name of its own and locks it. False: errno says why.
bool UnpackFolder::create()
{
    const QByteArray name =
        Prefix + QByteArray::number(QRandomGenerator::global()->generate64() >> 32, 16).rightJustified(8, '0');
    if (::mkdirat(m_place.get(), name.constData(), 0700) != 0)
        return false;
    m_name = name;
    const FileHandle folder(openFolder(m_place.get(), name));
    if (!folder.isOpen())
        return false;
    m_lock.reset(::openat(folder.get(), Lock, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!m_lock.isOpen())
        return false;
    if (::flock(m_lock.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return false; // somebody is just removing it; where there are no locks, the folder is used without
    if (::mkdirat(folder.get(), Files, 0700) != 0)
        return false;
    m_files.reset(openFolder(folder.get(), Files));
    struct stat status
    {
    };
    if (!m_files.isOpen() || ::fstat(m_lock.get(), &status) != 0)
        return false;
    if (status.st_nlink > 0)
        return true;
    errno = ENOENT; // removed between its making and its locking
    return false;
}

void UnpackFolder::removeLeftovers(const QString &place, const GoOn &goOn)
{
    for (const QByteArray &name : namesIn(m_place.get())) {
        struct stat status
        {
        };
        if (!isReserved(name) || ::fstatat(m_place.get(), name.constData(), &status, AT_SYMLINK_NOFOLLOW) != 0 ||
            !S_ISDIR(status.st_mode) || status.st_uid != ::geteuid())
            continue;
        if (::unlinkat(m_place.get(), name.constData(), AT_REMOVEDIR) == 0)
            continue; // empty: its process died before it wrote anything
        const FileHandle folder(openFolder(m_place.get(), name));
        const FileHandle lock(::openat(folder.get(), Lock, O_RDWR | O_NOFOLLOW | O_CLOEXEC));
        if (lock.isOpen() && ::flock(lock.get(), LOCK_EX | LOCK_NB) == 0) {
            if (removeUnpackFolder(m_place.get(), name, goOn)) {
                ++m_leftoversRemoved;
                continue;
            }
        } else if (lock.isOpen() && errno == EWOULDBLOCK) {
            continue; // somebody is working in it
        }
        m_leftoversKept << QDir(place).filePath(QFile::decodeName(name));
    }
}

UnpackFolder::~UnpackFolder()
{
    if (!m_name.isEmpty())
        removeUnpackFolder(m_place.get(), m_name, [] { return true; });
}

bool UnpackFolder::isTaken(const QByteArray &name) const
{
    struct stat status
    {
    };
    return ::fstatat(m_place.get(), name.constData(), &status, AT_SYMLINK_NOFOLLOW) == 0;
}

bool UnpackFolder::isReserved(const QByteArray &name)
{
    return name.startsWith(Prefix);
}

Result<void> UnpackFolder::publish(const std::vector<QByteArray> &names)
{
    std::vector<QByteArray> moved;
    std::optional<Error> problem;
    for (const QByteArray &name : names) {
        if (!move(m_files.get(), m_place.get(), name)) {
            problem = diskError(tr("%1 could not get its final name").arg(QFile::decodeName(name)));
            break;
        }
        moved.push_back(name);
    }
    if (!problem && !syncFolder(m_place.get()))
        problem = diskError(tr("What was unpacked could not be brought to the disk"));
    if (!problem)
        return {};
    for (const QByteArray &name : moved)
        move(m_place.get(), m_files.get(), name);
    return failure(*problem);
}

} // namespace tidemark
