#include "base/ending_signals.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>

#include <sys/eventfd.h>
#include <unistd.h>

namespace tidemark {

namespace {

constexpr std::array Signals{SIGTERM, SIGINT};

int counter()
{
    static const int descriptor = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return descriptor;
}

void setHandler(void (*handler)(int), int flags)
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = flags;
    for (const int signal : Signals)
        ::sigaction(signal, &action, nullptr);
}

/// Nothing but what may be called in a handler.
void note(int)
{
    const int before = errno;
    const std::uint64_t one = 1;
    (void)!::write(counter(), &one, sizeof(one));
    errno = before;
}

} // namespace

EndingSignals::EndingSignals(QObject *parent)
    : QObject(parent)
    , m_notifier(counter(), QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, [this] {
        std::uint64_t count = 0;
        (void)!::read(counter(), &count, sizeof(count));
        Q_EMIT asked();
    });
    // The handler is gone with its first call: whoever does not want to wait for the order can insist.
    setHandler(note, static_cast<int>(SA_RESETHAND | SA_RESTART));
}

EndingSignals::~EndingSignals()
{
    setHandler(SIG_DFL, 0);
}

} // namespace tidemark
