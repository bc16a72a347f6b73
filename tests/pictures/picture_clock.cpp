// The clock of a walkthrough whose pictures are compared: the machine's, moved so that each process begins at the
// second that PICTURE_CLOCK_BEGIN names. Only what tells the date is moved; what measures is not.
#include <cstdlib>
#include <ctime>

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
}
