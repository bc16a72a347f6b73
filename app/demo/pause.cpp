#include "demo/pause.h"

#include <chrono>

namespace tidemark::demo {

void Pause::wait(double seconds)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return m_ended; });
}

void Pause::end()
{
    const std::lock_guard lock(m_mutex);
    m_ended = true;
    m_changed.notify_all();
}

} // namespace tidemark::demo
