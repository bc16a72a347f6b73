#include "downloads/signal_flag.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace tidemark {

SignalFlag::SignalFlag()
    : m_descriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
}

SignalFlag::~SignalFlag()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void SignalFlag::set()
{
    m_set = true;
    (void)::eventfd_write(m_descriptor, 1);
}

void SignalFlag::reset()
{
    eventfd_t value = 0;
    m_set = false;
    (void)::eventfd_read(m_descriptor, &value);
}

void SignalFlag::waitFor() const
{
    while (!m_set) {
        pollfd entry{m_descriptor, POLLIN, 0};
        (void)::poll(&entry, 1, -1);
    }
}

bool SignalFlag::waitUnless(const SignalFlag &other) const
{
    while (!m_set && !other.isSet()) {
        pollfd entries[2] = {{m_descriptor, POLLIN, 0}, {other.m_descriptor, POLLIN, 0}};
        (void)::poll(entries, 2, -1);
    }
    return !other.isSet();
}

bool SignalFlag::wait(std::chrono::milliseconds time) const
{
    pollfd entry{m_descriptor, POLLIN, 0};
    (void)::poll(&entry, 1, static_cast<int>(time.count()));
    return m_set;
}

} // namespace tidemark
