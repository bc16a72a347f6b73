// What a walkthrough whose pictures are compared sees of its machine. The clock is the machine's, moved so that each
// process begins at the second that PICTURE_CLOCK_BEGIN names: only what tells the date is moved, what measures is not.
// Every disk has the same room.
#include <cstdlib>
#include <ctime>

#include <dlfcn.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

/// What the machine's clock is ahead.
timespec ahead()
{
    static const timespec since = [] {
        timespec now{};
        ::syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
        const char *text = std::getenv("PICTURE_CLOCK_BEGIN");
        return text != nullptr ? timespec{now.tv_sec - std::strtol(text, nullptr, 10), now.tv_nsec} : timespec{0, 0};
    }();
    return since;
}

void move(timespec &time)
{
    const timespec by = ahead();
    time.tv_sec -= by.tv_sec;
    time.tv_nsec -= by.tv_nsec;
    if (time.tv_nsec < 0) {
        time.tv_nsec += 1'000'000'000;
        --time.tv_sec;
    }
}

constexpr unsigned long Block = 4096;
constexpr unsigned long Blocks = (1UL << 40) / Block;
constexpr unsigned long Free = 412'000'000'000 / Block;

/// The machine's answer of this name, with another room.
template<typename Figures, typename Which>
int room(const char *name, Which which, Figures *figures)
{
    using Call = int (*)(Which, Figures *);
    const auto call = reinterpret_cast<Call>(::dlsym(RTLD_NEXT, name));
    const int result = call(which, figures);
    if (result == 0) {
        figures->f_bsize = figures->f_frsize = Block;
        figures->f_blocks = Blocks;
        figures->f_bfree = figures->f_bavail = Free;
    }
    return result;
}

/// Before anybody asks.
[[maybe_unused]] const timespec begun = ahead();

} // namespace

extern "C" {

__attribute__((visibility("default"))) int clock_gettime(clockid_t which, struct timespec *time) noexcept
{
    const long result = ::syscall(SYS_clock_gettime, which, time);
    if (result == 0 && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE))
        move(*time);
    return static_cast<int>(result);
}

__attribute__((visibility("default"))) int gettimeofday(struct timeval *time, void *) noexcept
{
    timespec now{};
    const int result = clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return result;
}

__attribute__((visibility("default"))) time_t time(time_t *place) noexcept
{
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (place != nullptr)
        *place = now.tv_sec;
    return now.tv_sec;
}

__attribute__((visibility("default"))) int statvfs(const char *path, struct statvfs *figures) noexcept
{
    return room("statvfs", path, figures);
}

__attribute__((visibility("default"))) int fstatvfs(int file, struct statvfs *figures) noexcept
{
    return room("fstatvfs", file, figures);
}

__attribute__((visibility("default"))) int statvfs64(const char *path, struct statvfs64 *figures) noexcept
{
    return room("statvfs64", path, figures);
}
}
