#include "bench/timed_application.h"

#include <QMetaEnum>
#include <QThread>

#include <algorithm>
#include <ctime>

namespace tidemark::bench {

double threadSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

bool TimedApplication::notify(QObject *receiver, QEvent *event)
{
    if (m_inside || QThread::currentThread() != thread())
        return QApplication::notify(receiver, event);
    m_inside = true;
    const QByteArray name = QByteArray(receiver->metaObject()->className()) + ' ' + receiver->objectName().toLatin1() +
                            ' ' + QByteArray(QMetaEnum::fromType<QEvent::Type>().valueToKey(event->type()));
    const double before = threadSeconds();
    const bool result = QApplication::notify(receiver, event);
    const double took = threadSeconds() - before;
    double &longest = m_longest[name];
    longest = std::max(longest, took);
    m_inside = false;
    return result;
}

std::vector<std::pair<double, QByteArray>> TimedApplication::slowest() const
{
    std::vector<std::pair<double, QByteArray>> all;
    for (const auto &[name, took] : m_longest)
        all.emplace_back(took, name);
    std::sort(all.rbegin(), all.rend());
    all.resize(std::min<size_t>(all.size(), 6));
    return all;
}

} // namespace tidemark::bench
