#include "base/file_steps.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tidemark::file_steps {

namespace {

using namespace std::chrono_literals;

std::atomic<Hook> s_hook{nullptr};

/// False, with errno set, when a test wants the call to fail.
bool mayGoOn(const char *call)
{
    const Hook hook = s_hook.load(std::memory_order_relaxed);
    errno = hook ? hook(call) : 0;
    return errno == 0;
}

QByteArray native(const QString &path)
{
    return QFile::encodeName(path);
}

tl::unexpected<int> failed()
{
    return tl::unexpected<int>(errno);
}

Step<void> renameWith(const QString &from, const QString &to, unsigned int flags)
{
    if (!mayGoOn("rename") ||
        ::renameat2(AT_FDCWD, native(from).constData(), AT_FDCWD, native(to).constData(), flags) != 0)
        return failed();
    return {};
}

/// True while `path` still names the file behind the descriptor: somebody may have tidied it away.
bool isStillAt(const Descriptor &file, const QString &path)
{
    struct stat opened = {};
    struct stat named = {};
    return ::fstat(file.get(), &opened) == 0 && ::lstat(native(path).constData(), &named) == 0 &&
           opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

} // namespace

void setHook(Hook hook)
{
    s_hook.store(hook);
}

Descriptor::Descriptor(Descriptor &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

Descriptor::~Descriptor()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Step<Descriptor> open(const QString &path, int flags)
{
    if (!mayGoOn("open"))
        return failed();
    for (;;) {
        const int descriptor = ::open(native(path).constData(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (descriptor >= 0)
            return Descriptor(descriptor);
        if (errno != EINTR)
            return failed();
    }
}

Step<QByteArray> readAll(const Descriptor &file)
{
    QByteArray all;
    QByteArray part(64 * 1024, Qt::Uninitialized);
    for (;;) {
        const ssize_t count = mayGoOn("read") ? ::read(file.get(), part.data(), static_cast<size_t>(part.size())) : -1;
        if (count == 0)
            return all;
        if (count > 0)
            all.append(part.constData(), count);
        else if (errno != EINTR)
            return failed();
    }
}

Step<void> writeAll(const Descriptor &file, const QByteArray &bytes)
{
    qsizetype written = 0;
    while (written < bytes.size()) {
        const ssize_t count = mayGoOn("write") ? ::write(file.get(), bytes.constData() + written,
                                                         static_cast<size_t>(bytes.size() - written))
                                               : -1;
        if (count >= 0)
            written += count;
        else if (errno != EINTR)
            return failed();
    }
    return {};
}

Step<void> sync(const Descriptor &file)
{
    if (!mayGoOn("fsync") || ::fsync(file.get()) != 0)
        return failed();
    return {};
}

Step<void> syncFolder(const QString &folder)
{
    const Step<Descriptor> directory = open(folder, O_RDONLY | O_DIRECTORY);
    if (!directory)
        return tl::unexpected(directory.error());
    // Some network file systems cannot sync a folder and say EINVAL.
    if (!mayGoOn("fsync folder") || (::fsync(directory->get()) != 0 && errno != EINVAL))
        return failed();
    return {};
}

Step<void> lockFile(const Descriptor &file, std::chrono::milliseconds wait)
{
    const auto end = std::chrono::steady_clock::now() + wait;
    for (std::chrono::milliseconds pause = 1ms;; pause = std::min(2 * pause, 16ms)) {
        if (mayGoOn("lock") && ::flock(file.get(), LOCK_EX | LOCK_NB) == 0)
            return {};
        if (errno != EWOULDBLOCK && errno != EINTR)
            return failed();
        if (std::chrono::steady_clock::now() >= end)
            return tl::unexpected(ETIMEDOUT);
        std::this_thread::sleep_for(pause); // flock itself knows no time limit
    }
}

Step<Descriptor> openLocked(const QString &path, int flags, std::chrono::milliseconds wait)
{
    const auto end = std::chrono::steady_clock::now() + wait;
    for (;;) {
        Step<Descriptor> file = open(path, flags | O_CREAT | O_NOFOLLOW);
        if (!file)
            return file;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (const Step<void> locked = lockFile(*file, std::max(0ms, left)); !locked)
            return tl::unexpected(locked.error());
        if (isStillAt(*file, path))
            return file;
        if (std::chrono::steady_clock::now() >= end)
            return tl::unexpected(ETIMEDOUT);
    }
}

Step<void> rename(const QString &from, const QString &to)
{
    return renameWith(from, to, 0);
}

Step<void> renameWithoutReplacing(const QString &from, const QString &to)
{
    const Step<void> renamed = renameWith(from, to, RENAME_NOREPLACE);
    if (renamed || (renamed.error() != EINVAL && renamed.error() != ENOSYS))
        return renamed;
    // The file system cannot do it in one step. A second name fails where one exists already.
    if (::link(native(from).constData(), native(to).constData()) != 0 || ::unlink(native(from).constData()) != 0)
        return failed();
    return {};
}

Step<void> exchange(const QString &one, const QString &other)
{
    return renameWith(one, other, RENAME_EXCHANGE);
}

void remove(const QString &path)
{
    ::unlink(native(path).constData());
}

QString reason(int errnoValue)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("tidemark::file_steps", text); };
    switch (errnoValue) {
    case ENOSPC:
        return tr("the disk is full");
    case EDQUOT:
        return tr("your disk quota is used up");
    case EFBIG:
        return tr("the file system or a limit of this session allows no larger file");
    case EROFS:
        return tr("the file system is mounted read-only");
    case EACCES:
    case EPERM:
        return tr("you have no permission to do that");
    case ENOENT:
    case ENOTDIR:
        return tr("the folder is not there");
    case ETIMEDOUT:
        return tr("another running copy of the program holds it and does not finish");
    case ENOLCK:
    case EOPNOTSUPP:
    case ENOSYS:
        return tr("its file system has no locks");
    case EIO:
        return tr("the disk reports an error");
    default:
        return QString::fromLocal8Bit(std::strerror(errnoValue));
    }
}

} // namespace tidemark::file_steps
