#pragma once

#include "bench/standstill.h"

#include <QObject>
#include <QTimer>

#include <optional>
#include <vector>

class QTextStream;

namespace tidemark::bench {

/// A timer of 4 ms on the GUI thread, by which every standstill of it is seen.
class Ticks : public QObject
{
    Q_OBJECT

public:
    explicit Ticks(QObject *parent = nullptr);

    void start();
    void stop();
    bool isEmpty() const { return m_gaps.empty(); }
    /// The percentiles of the time between two ticks, the same without the time in which the thread's processor ran
    /// nobody, and of the processor time that the thread itself used in between.
    void report(QTextStream &out);

private:
    void tick();

    QTimer m_timer;
    std::optional<StandstillProbe> m_probe;
    int64_t m_last = 0; ///< nanoseconds
    double m_cpuAtLast = 0;
    std::vector<StandstillProbe::Span> m_gaps; ///< from tick to tick
    std::vector<int> m_processors;             ///< on which each of them ended
    std::vector<double> m_work;                ///< of the GUI thread in between, milliseconds of processor time
};

} // namespace tidemark::bench
