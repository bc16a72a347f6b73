#include "base/thread_priority.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#endif

namespace tidemark {

#ifdef Q_OS_LINUX
namespace {

/// The kernel's struct sched_attr, first version. Only newer C libraries declare it.
struct Scheduling
{
    uint32_t size = 48;
    uint32_t policy = SCHED_OTHER;
    uint64_t flags = 0;
    int32_t nice = 0;
    uint32_t priority = 0;
    uint64_t sliceNanoseconds = 0; ///< `sched_runtime`; 0 for the usual
    uint64_t deadline = 0;
    uint64_t period = 0;
};
static_assert(sizeof(Scheduling) == 48);

constexpr uint64_t ResetOnFork = 1; // SCHED_FLAG_RESET_ON_FORK

void setScheduling(Scheduling scheduling)
{
    ::syscall(SYS_sched_setattr, 0, &scheduling, 0U);
}

int niceOfProcess()
{
    return ::getpriority(PRIO_PROCESS, static_cast<id_t>(::getpid()));
}

} // namespace
#endif

void answerAtOnce()
{
#ifdef Q_OS_LINUX
    // Whoever started the program with another policy has a reason.
    if (::sched_getscheduler(0) != SCHED_OTHER)
        return;
    constexpr uint64_t shortest = 100'000;
    setScheduling({.flags = ResetOnFork, .nice = niceOfProcess(), .sliceNanoseconds = shortest});
#endif
}

void stepBehindTheWindow()
{
#ifdef Q_OS_LINUX
    // From the process's value, which no thread changes: a thread made by one that has stepped back steps back once.
    constexpr int step = 5;
    if (::sched_getscheduler(0) == SCHED_OTHER)
        setScheduling({.policy = SCHED_BATCH, .nice = std::min(niceOfProcess() + step, 19)});
#endif
}

} // namespace tidemark
