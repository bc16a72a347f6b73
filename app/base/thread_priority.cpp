#include "base/thread_priority.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace tidemark {

void stepBehindTheWindow()
{
#ifdef Q_OS_LINUX
    constexpr int step = 5;
    const auto thread = static_cast<id_t>(::syscall(SYS_gettid));
    // A thread made by another one starts with that one's value: it must not step back twice.
    if (::getpriority(PRIO_PROCESS, thread) < ::getpriority(PRIO_PROCESS, static_cast<id_t>(::getpid())) + step)
        ::setpriority(PRIO_PROCESS, thread, ::getpriority(PRIO_PROCESS, static_cast<id_t>(::getpid())) + step);
#endif
}

} // namespace tidemark
