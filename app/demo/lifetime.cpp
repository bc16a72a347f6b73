#include "demo/lifetime.h"

#include <csignal>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

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
    const pid_t parent = getppid();
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    // It may have ended before the request was made.
    if (getppid() != parent || parent == 1)
        kill(getpid(), SIGTERM);
    struct stat input
    {
    };
    const bool pipe = fstat(STDIN_FILENO, &input) == 0 && (S_ISFIFO(input.st_mode) || S_ISSOCK(input.st_mode));
    if (!pipe)
        return;
    std::thread([] {
        char byte = 0;
        while (read(STDIN_FILENO, &byte, 1) > 0) {
        }
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
