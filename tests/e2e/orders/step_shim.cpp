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

#include "step_shim.h"

#include <cstdarg>
#include <sys/file.h>
#include <sys/uio.h>

#define EXPORTED extern "C" __attribute__((visibility("default")))

using namespace step_shim;

namespace {

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
