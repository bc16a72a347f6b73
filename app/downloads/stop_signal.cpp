#include "downloads/stop_signal.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace tidemark {

StopSignal::StopSignal()
    : m_descriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
}

StopSignal::~StopSignal()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void StopSignal::set()
{
    m_set = true;
    (void)::eventfd_write(m_descriptor, 1);
}

bool StopSignal::wait(std::chrono::milliseconds time) const
{
    pollfd entry{m_descriptor, POLLIN, 0};
    (void)::poll(&entry, 1, static_cast<int>(time.count()));
    return m_set;
}

} // namespace tidemark
