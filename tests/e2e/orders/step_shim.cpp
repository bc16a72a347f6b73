// A library for LD_PRELOAD that counts what a program does to certain files, and lets the k-th step go wrong. It knows
// nothing of the program. A step is one call of
//
//   open      (open, openat, creat, where O_CREAT, O_TRUNC or O_TMPFILE is set)
//   write     (write, pwrite, writev)          truncate  (ftruncate)
//   sync      (fsync, fdatasync)               rename    (rename, renameat, renameat2)
//   link      (link, linkat)                   unlink    (unlink, unlinkat)
//   lock      (flock, and fcntl with F_SETLK, F_SETLKW and their OFD forms)
//
// on a path that fits. The variables:
//
//   STEP_SHIM_PATHS  patterns as of the shell (* also matches /), separated by colons, against whole paths. Of a
//                    descriptor it is what /proc/self/fd says, of a rename or link either path may fit. QSaveFile
//                    writes a file without a name, FOLDER/#unnamed here, and links it into its place, or beside it and
//                    renames: patterns of folders see all of that. Without the variable nothing counts
//   STEP_SHIM_CALLS  only these kinds count, separated by commas: "sync,rename"
//   STEP_SHIM_LOG    a file to which each step appends "k kind path" before it happens
//   STEP_SHIM_AT     k: the step at which something happens, counted from 1 in each process
//   STEP_SHIM_DO     kill-before, kill-after   SIGKILL
//                    kill-half                 half of the bytes of a write, then SIGKILL; else as kill-before
//                    short                     half of the bytes are written, and said so
//                    EIO, ENOSPC, EACCES       the call is not made and fails
//                    wait-before, wait-after   until STEP_SHIM_GO exists
//   STEP_SHIM_TIMES  how many steps from k on do so (default 1; 0: all)
//   STEP_SHIM_REACHED, STEP_SHIM_GO   files: the first is made when a wait begins, the second ends it
//
// Calls that the C library makes inside itself (stdio's fopen, fwrite) are not seen; Qt, libstdc++ and Python are.
// The system calls are made directly: no symbol has to be looked up, and other libraries may be preloaded beside it.

#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <fnmatch.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define EXPORTED extern "C" __attribute__((visibility("default")))

namespace {

constexpr char Unnamed[] = "/#unnamed";

struct Path
{
    char text[PATH_MAX] = "";
};

const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value != nullptr ? value : "";
}

/// Whether one of the parts of a list satisfies `fits`.
template<typename Fits>
bool anyOf(const char *list, char separator, Fits fits)
{
    char part[PATH_MAX];
    while (*list != '\0') {
        const char *end = strchrnul(list, separator);
        const auto size = static_cast<size_t>(end - list);
        if (size > 0 && size < sizeof part) {
            memcpy(part, list, size);
            part[size] = '\0';
            if (fits(static_cast<const char *>(part)))
                return true;
        }
        list = *end == '\0' ? end : end + 1;
    }
    return false;
}

Path pathOf(int descriptor)
{
    Path path;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    const long size = syscall(SYS_readlinkat, AT_FDCWD, link, path.text, sizeof path.text - 1);
    path.text[size > 0 ? size : 0] = '\0';
    // A file that has no name yet: "FOLDER/#1234 (deleted)".
    char *name = strrchr(path.text, '/');
    if (name != nullptr && name[1] == '#' && strstr(name, " (deleted)") != nullptr)
        strcpy(name, Unnamed);
    return path;
}

Path pathOf(int folder, const char *name)
{
    Path path;
    if (name == nullptr)
        return path;
    if (*name != '/') {
        if (folder == AT_FDCWD)
            syscall(SYS_getcwd, path.text, sizeof path.text);
        else
            path = pathOf(folder);
        strncat(path.text, "/", sizeof path.text - strlen(path.text) - 1);
    }
    strncat(path.text, name, sizeof path.text - strlen(path.text) - 1);
    return path;
}

bool exists(const char *path)
{
    return syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
}

void append(const char *file, const char *text, size_t size)
{
    const long descriptor = syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return;
    syscall(SYS_write, descriptor, text, size);
    syscall(SYS_close, descriptor);
}

[[noreturn]] void die()
{
    syscall(SYS_kill, getpid(), SIGKILL);
    while (true)
        pause();
}

void waitForGo()
{
    append(variable("STEP_SHIM_REACHED"), "", 0);
    const timespec moment{0, 2'000'000};
    while (!exists(variable("STEP_SHIM_GO")))
        nanosleep(&moment, nullptr);
}

/// What is to happen at one step. `kind` is nullptr where the call is none.
class Step
{
public:
    Step(const char *kind, const Path &path)
        : Step(kind, path, path)
    {
    }

    Step(const char *kind, const Path &from, const Path &to)
    {
        const int before = errno;
        const char *patterns = variable("STEP_SHIM_PATHS");
        const auto matches = [&](const char *pattern) {
            return (*from.text != '\0' && fnmatch(pattern, from.text, 0) == 0) ||
                   (*to.text != '\0' && fnmatch(pattern, to.text, 0) == 0);
        };
        const char *kinds = variable("STEP_SHIM_CALLS");
        const bool counts =
            anyOf(patterns, ':', matches) &&
            (*kinds == '\0' || anyOf(kinds, ',', [&](const char *one) { return strcmp(one, kind) == 0; }));
        if (counts)
            begin(kind, to);
        errno = before;
    }

    /// Makes the call, or does not: `call` answers like a system call through syscall().
    template<typename Call>
    auto run(Call call) const -> decltype(call())
    {
        const int before = errno;
        if (is("kill-before") || is("kill-half"))
            die();
        if (is("wait-before"))
            waitForGo();
        if (const int error = is("EIO") ? EIO : is("ENOSPC") ? ENOSPC : is("EACCES") ? EACCES : 0; error != 0) {
            errno = error;
            return -1;
        }
        errno = before;
        const auto result = call();
        const int after = errno;
        if (is("kill-after"))
            die();
        if (is("wait-after"))
            waitForGo();
        errno = after;
        return result;
    }

    /// As run(), for a call that takes a number of bytes.
    template<typename Call>
    ssize_t write(size_t size, Call call) const
    {
        if (is("short") && size > 1)
            return call(size / 2);
        if (is("kill-half")) {
            call(size / 2);
            die();
        }
        return run([&] { return call(size); });
    }

private:
    bool is(const char *action) const { return strcmp(m_action, action) == 0; }

    void begin(const char *kind, const Path &path)
    {
        static std::atomic<long> count{0};
        const long step = ++count;
        if (const char *log = variable("STEP_SHIM_LOG"); *log != '\0') {
            char line[PATH_MAX + 64];
            const int size = snprintf(line, sizeof line, "%ld %s %s\n", step, kind, path.text);
            append(log, line, static_cast<size_t>(size));
        }
        const long first = atol(variable("STEP_SHIM_AT"));
        const char *timesText = variable("STEP_SHIM_TIMES");
        const long times = *timesText == '\0' ? 1 : atol(timesText);
        if (first > 0 && step >= first && (times == 0 || step < first + times))
            m_action = variable("STEP_SHIM_DO");
    }

    const char *m_action = "";
};

int openStep(int folder, const char *name, int flags, mode_t mode)
{
    const auto call = [=] { return static_cast<int>(syscall(SYS_openat, folder, name, flags, mode)); };
    const bool unnamed = (flags & O_TMPFILE) == O_TMPFILE;
    if ((flags & (O_CREAT | O_TRUNC)) == 0 && !unnamed)
        return call();
    Path path = pathOf(folder, name);
    if (unnamed)
        strncat(path.text, Unnamed, sizeof path.text - strlen(path.text) - 1);
    return Step("open", path).run(call);
}

/// The third argument of open() is there only where a file may be made.
#define MODE_OF(flags)                                                                                                 \
    mode_t mode = 0;                                                                                                   \
    if (((flags) & (O_CREAT | O_TMPFILE)) != 0) {                                                                      \
        va_list arguments;                                                                                             \
        va_start(arguments, flags);                                                                                    \
        mode = va_arg(arguments, mode_t);                                                                              \
        va_end(arguments);                                                                                             \
    }

ssize_t writeAt(int descriptor, const void *bytes, size_t size, off_t at)
{
    return Step("write", pathOf(descriptor)).write(size, [=](size_t part) -> ssize_t {
        return syscall(SYS_pwrite64, descriptor, bytes, part, at);
    });
}

int renameStep(int fromFolder, const char *from, int toFolder, const char *to, unsigned flags)
{
    return Step("rename", pathOf(fromFolder, from), pathOf(toFolder, to)).run([=] {
        return static_cast<int>(syscall(SYS_renameat2, fromFolder, from, toFolder, to, flags));
    });
}

int linkStep(int fromFolder, const char *from, int toFolder, const char *to, int flags)
{
    return Step("link", pathOf(fromFolder, from), pathOf(toFolder, to)).run([=] {
        return static_cast<int>(syscall(SYS_linkat, fromFolder, from, toFolder, to, flags));
    });
}

int unlinkStep(int folder, const char *name, int flags)
{
    return Step("unlink", pathOf(folder, name)).run([=] {
        return static_cast<int>(syscall(SYS_unlinkat, folder, name, flags));
    });
}

int syncStep(long number, int descriptor)
{
    return Step("sync", pathOf(descriptor)).run([=] { return static_cast<int>(syscall(number, descriptor)); });
}

int truncateStep(int descriptor, off_t size)
{
    return Step("truncate", pathOf(descriptor)).run([=] {
        return static_cast<int>(syscall(SYS_ftruncate, descriptor, size));
    });
}

int controlStep(int descriptor, int command, void *argument)
{
    const auto call = [=] { return static_cast<int>(syscall(SYS_fcntl, descriptor, command, argument)); };
    const bool locks = command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK || command == F_OFD_SETLKW;
    return locks ? Step("lock", pathOf(descriptor)).run(call) : call();
}

} // namespace

EXPORTED int open(const char *name, int flags, ...)
{
    MODE_OF(flags)
    return openStep(AT_FDCWD, name, flags, mode);
}

EXPORTED int open64(const char *name, int flags, ...)
{
    MODE_OF(flags)
    return openStep(AT_FDCWD, name, flags, mode);
}

EXPORTED int openat(int folder, const char *name, int flags, ...)
{
    MODE_OF(flags)
    return openStep(folder, name, flags, mode);
}

EXPORTED int openat64(int folder, const char *name, int flags, ...)
{
    MODE_OF(flags)
    return openStep(folder, name, flags, mode);
}

EXPORTED int creat(const char *name, mode_t mode)
{
    return openStep(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

EXPORTED int creat64(const char *name, mode_t mode)
{
    return creat(name, mode);
}

// What a fortified program calls where the compiler sees two arguments.
EXPORTED int __open_2(const char *name, int flags)
{
    return openStep(AT_FDCWD, name, flags, 0);
}

EXPORTED int __open64_2(const char *name, int flags)
{
    return openStep(AT_FDCWD, name, flags, 0);
}

EXPORTED int __openat_2(int folder, const char *name, int flags)
{
    return openStep(folder, name, flags, 0);
}

EXPORTED int __openat64_2(int folder, const char *name, int flags)
{
    return openStep(folder, name, flags, 0);
}

EXPORTED ssize_t write(int descriptor, const void *bytes, size_t size)
{
    return Step("write", pathOf(descriptor)).write(size, [=](size_t part) -> ssize_t {
        return syscall(SYS_write, descriptor, bytes, part);
    });
}

EXPORTED ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t at)
{
    return writeAt(descriptor, bytes, size, at);
}

EXPORTED ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t at)
{
    return writeAt(descriptor, bytes, size, at);
}

EXPORTED ssize_t writev(int descriptor, const iovec *pieces, int count)
{
    // A half of it are half of the pieces.
    return Step("write", pathOf(descriptor)).write(static_cast<size_t>(count), [=](size_t part) -> ssize_t {
        return syscall(SYS_writev, descriptor, pieces, part);
    });
}

EXPORTED int ftruncate(int descriptor, off_t size) noexcept
{
    return truncateStep(descriptor, size);
}

EXPORTED int ftruncate64(int descriptor, off64_t size) noexcept
{
    return truncateStep(descriptor, size);
}

EXPORTED int fsync(int descriptor)
{
    return syncStep(SYS_fsync, descriptor);
}

EXPORTED int fdatasync(int descriptor)
{
    return syncStep(SYS_fdatasync, descriptor);
}

EXPORTED int rename(const char *from, const char *to) noexcept
{
    return renameStep(AT_FDCWD, from, AT_FDCWD, to, 0);
}

EXPORTED int renameat(int fromFolder, const char *from, int toFolder, const char *to) noexcept
{
    return renameStep(fromFolder, from, toFolder, to, 0);
}

EXPORTED int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned flags) noexcept
{
    return renameStep(fromFolder, from, toFolder, to, flags);
}

EXPORTED int link(const char *from, const char *to) noexcept
{
    return linkStep(AT_FDCWD, from, AT_FDCWD, to, 0);
}

EXPORTED int linkat(int fromFolder, const char *from, int toFolder, const char *to, int flags) noexcept
{
    return linkStep(fromFolder, from, toFolder, to, flags);
}

EXPORTED int unlink(const char *name) noexcept
{
    return unlinkStep(AT_FDCWD, name, 0);
}

EXPORTED int unlinkat(int folder, const char *name, int flags) noexcept
{
    return unlinkStep(folder, name, flags);
}

EXPORTED int remove(const char *name) noexcept
{
    const int result = unlinkStep(AT_FDCWD, name, 0);
    return result != 0 && errno == EISDIR ? unlinkStep(AT_FDCWD, name, AT_REMOVEDIR) : result;
}

EXPORTED int flock(int descriptor, int operation) noexcept
{
    return Step("lock", pathOf(descriptor)).run([=] {
        return static_cast<int>(syscall(SYS_flock, descriptor, operation));
    });
}

EXPORTED int fcntl(int descriptor, int command, ...)
{
    va_list arguments;
    va_start(arguments, command);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    return controlStep(descriptor, command, argument);
}

EXPORTED int fcntl64(int descriptor, int command, ...)
{
    va_list arguments;
    va_start(arguments, command);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    return controlStep(descriptor, command, argument);
}
