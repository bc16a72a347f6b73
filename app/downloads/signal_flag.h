#pragma once

#include <atomic>
#include <chrono>

namespace tidemark {

/// Says something to a worker from any thread and at once: whatever may take long there waits on its descriptor too.
class SignalFlag
{
public:
    SignalFlag();
    ~SignalFlag();
    SignalFlag(const SignalFlag &) = delete;
    SignalFlag &operator=(const SignalFlag &) = delete;

    void set();
    void reset();
    bool isSet() const { return m_set; }
    /// Readable once it is set; for poll().
    int descriptor() const { return m_descriptor; }
    /// Waits; true when it was set meanwhile.
    bool wait(std::chrono::milliseconds time) const;
    void waitFor() const;
    /// Waits for this one or the other; true when this one is set and the other is not.
    bool waitUnless(const SignalFlag &other) const;

private:
    std::atomic<bool> m_set{false};
    int m_descriptor;
};

} // namespace tidemark
