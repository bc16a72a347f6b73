#pragma once

#include <condition_variable>
#include <mutex>

namespace tidemark::demo {

/// Holds an answer back; ends at once when the stand-in ends. Thread safe.
class Pause
{
public:
    void wait(double seconds);
    /// No wait lasts any longer, those to come neither.
    void end();

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_ended = false;
};

} // namespace tidemark::demo
