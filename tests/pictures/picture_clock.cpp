// The clock of a walkthrough whose pictures are compared: the machine's, moved so that the walk begins at the moment
// that PICTURE_CLOCK_BEHIND names by its distance in seconds. Only what tells the date is moved; what measures is not.
#include <cstdlib>
#include <ctime>

#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

time_t behind()
{
    static const time_t seconds = [] {
        const char *text = std::getenv("PICTURE_CLOCK_BEHIND");
        return text != nullptr ? static_cast<time_t>(std::strtoll(text, nullptr, 10)) : 0;
    }();
    return seconds;
}

} // namespace

extern "C" {

__attribute__((visibility("default"))) int clock_gettime(clockid_t which, struct timespec *time) noexcept
{
    const long result = ::syscall(SYS_clock_gettime, which, time);
    if (result == 0 && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE))
        time->tv_sec -= behind();
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
