#pragma once

// One step of a program at a file, as step_shim.cpp describes it at its head: whether it counts, and what happens at
// it.

#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <fnmatch.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace step_shim {

constexpr char Unnamed[] = "/#unnamed";

struct Path
{
    char text[PATH_MAX] = "";
};

inline const char *variable(const char *name)
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

inline Path pathOf(int descriptor)
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

inline Path pathOf(int folder, const char *name)
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

inline bool exists(const char *path)
{
    return syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
}

inline void append(const char *file, const char *text, size_t size)
{
    const long descriptor = syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return;
    syscall(SYS_write, descriptor, text, size);
    syscall(SYS_close, descriptor);
}

[[noreturn]] inline void die()
{
    syscall(SYS_kill, getpid(), SIGKILL);
    while (true)
        pause();
}

inline void waitForGo()
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

} // namespace step_shim
