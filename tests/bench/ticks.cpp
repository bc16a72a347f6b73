#include "bench/ticks.h"

#include "bench/timed_application.h"

#include <QTextStream>
#include <QThread>

#include <algorithm>
#include <sched.h>

namespace tidemark::bench {

static QString percentiles(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const auto at = [&values](double share) {
        return values[std::min(values.size() - 1, static_cast<size_t>(share * static_cast<double>(values.size())))];
    };
    const auto within = std::ranges::count_if(values, [](double value) { return value <= 16; });
    const auto above = std::ranges::count_if(values, [](double value) { return value > 50; });
    return QStringLiteral("50 %% %1 ms, 99 %% %2 ms, 99.9 %% %3 ms, longest %4 ms; within 16 ms %5 %%, above 50 ms %6")
        .replace(QStringLiteral("%%"), QStringLiteral("percent"))
        .arg(at(0.5), 0, 'f', 1)
        .arg(at(0.99), 0, 'f', 1)
        .arg(at(0.999), 0, 'f', 1)
        .arg(values.back(), 0, 'f', 1)
        .arg(100.0 * static_cast<double>(within) / static_cast<double>(values.size()), 0, 'f', 3)
        .arg(above);
}

Ticks::Ticks(QObject *parent)
    : QObject(parent)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(4);
    m_timer.setObjectName(QStringLiteral("tick"));
    connect(&m_timer, &QTimer::timeout, this, &Ticks::tick);
}

void Ticks::start()
{
    m_probe.emplace();
    m_last = StandstillProbe::now();
    m_cpuAtLast = threadSeconds();
    m_timer.start();
}

void Ticks::stop()
{
    m_timer.stop();
}

void Ticks::tick()
{
    const double cpu = threadSeconds();
    const int64_t now = StandstillProbe::now();
    m_gaps.push_back({m_last, now});
    m_processors.push_back(::sched_getcpu());
    m_work.push_back((cpu - m_cpuAtLast) * 1e3);
    m_last = now;
    m_cpuAtLast = cpu;
}

void Ticks::report(QTextStream &out)
{
    out << m_gaps.size() << " ticks of 4 ms (goal: 99.9 percent within 16 ms, none above 50 ms)\n";
    m_probe->finish();
    std::vector<double> gaps;
    std::vector<double> ours; // without the time in which the processor ran nobody
    for (size_t i = 0; i < m_gaps.size(); ++i) {
        gaps.push_back(static_cast<double>(m_gaps[i].end - m_gaps[i].begin) / 1e6);
        ours.push_back(gaps.back() - static_cast<double>(m_probe->standstillIn(m_gaps[i], m_processors[i])) / 1e6);
    }
    out << "from tick to tick: " << percentiles(gaps) << '\n';
    if (m_probe->isWatching()) {
        const int processors = QThread::idealThreadCount();
        for (int processor = 0; processor < processors; ++processor) {
            double sum = 0;
            double longest = 0;
            for (const auto &span : m_probe->standstills(processor)) {
                const double length = static_cast<double>(span.end - span.begin) / 1e6;
                sum += length;
                longest = std::max(longest, length);
            }
            out << "processor " << processor
                << " ran nobody, not even a real-time thread: " << m_probe->standstills(processor).size() << " times, "
                << sum << " ms in all, at most " << longest << " ms\n";
        }
        out << "from tick to tick, without that: " << percentiles(ours) << '\n';
    } else {
        out << "when the machine itself stood still is not known: no right to real-time priority\n";
    }
    out << "the GUI thread's own work: " << percentiles(m_work) << '\n';
}

} // namespace tidemark::bench
