#pragma once

#include "bench/standstill.h"

#include <QFile>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <cstdint>
#include <stop_token>
#include <thread>
#include <vector>

namespace tidemark::test {

/// How long the window's thread ever kept a person waiting, and how far the process grew. A timer of 1 ms ticks in the
/// thread that makes this. What the machine did is not the window's: the time for which the kernel says that the thread
/// could have run and was given no processor, and that in which its processor ran nobody. What it computed, and what it
/// stood waiting for, is. A window that does not answer at all ends the process with a line that says so.
class TickWatch : public QObject
{
public:
    TickWatch();
    ~TickWatch() override;

    int elapsed() const; ///< milliseconds, while it is watching
    /// Ends the watching; only then the rest may be called.
    void finish();
    /// Milliseconds within which whatever comes at any moment is answered, for this part of all moments. Of moments,
    /// not of ticks: a second without an answer is one tick among thousands.
    double waitFor(double part) const { return waitIn(m_gaps, part); }
    /// The same with what the machine did.
    double waitWithMachine(double part) const { return waitIn(m_rawGaps, part); }
    double longest() const;
    double milliseconds() const;
    size_t ticks() const { return m_ticks.size(); }
    int64_t grownBytes() const { return m_mostBytes - m_firstBytes; }

private:
    struct Tick
    {
        int64_t at = 0;      ///< nanoseconds, as those below
        int64_t delayed = 0; ///< waited for a processor, in all
        int processor = 0;
    };

    static double waitIn(const std::vector<double> &gaps, double part);
    int64_t delayed();
    void tick();
    void watchMemoryAndEnd(const std::stop_token &stop);

    QFile m_schedule; ///< of this thread
    QTimer m_tick;
    std::vector<Tick> m_ticks;
    std::atomic<int64_t> m_lastTick = 0;
    std::vector<double> m_gaps;
    std::vector<double> m_rawGaps;
    bench::StandstillProbe m_probe;
    int64_t m_firstBytes = 0;
    int64_t m_mostBytes = 0;
    std::jthread m_memory; ///< last: uses the others
};

} // namespace tidemark::test
