#include "demo/lifetime.h"

#include <csignal>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace tidemark::demo {

namespace {

sigset_t endSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    return set;
}

} // namespace

void holdSignals()
{
    const sigset_t set = endSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    // A client that goes away is noticed by the failed write.
    std::signal(SIGPIPE, SIG_IGN);
}

void endWithParent()
{
    // Watched rather than asked of the kernel (PR_SET_PDEATHSIG), which would take the end of the thread that started
    // this process for the end of its process.
    const pid_t parent = getppid();
    std::thread([parent] {
        while (getppid() == parent)
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        kill(getpid(), SIGTERM);
    }).detach();
}

void waitForEnd()
{
    const sigset_t set = endSignals();
    int signal = 0;
    sigwait(&set, &signal);
}

} // namespace tidemark::demo
