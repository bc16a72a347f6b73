#pragma once

#include <atomic>
#include <chrono>

namespace tidemark {

/// Ends what a worker is at, from any thread and at once: everything that may take long waits on this descriptor too.
class StopSignal
{
public:
    StopSignal();
    ~StopSignal();
    StopSignal(const StopSignal &) = delete;
    StopSignal &operator=(const StopSignal &) = delete;

    void set();
    bool isSet() const { return m_set; }
    /// Readable once it is set; for poll().
    int descriptor() const { return m_descriptor; }
    /// Waits; true when it was set meanwhile.
    bool wait(std::chrono::milliseconds time) const;

private:
    std::atomic<bool> m_set{false};
    int m_descriptor;
};

} // namespace tidemark
