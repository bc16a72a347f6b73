#include "bench/timed_process.h"

#include <QElapsedTimer>
#include <QProcess>

#include <algorithm>

#include <sys/resource.h>

namespace tidemark::bench {

namespace {

/// Of all children that were waited for.
double childrensProcessor()
{
    rusage usage{};
    ::getrusage(RUSAGE_CHILDREN, &usage);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

} // namespace

Cost costOf(const QString &program, const QStringList &arguments)
{
    const double before = childrensProcessor();
    QElapsedTimer clock;
    clock.start();
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    process.waitForFinished(-1);
    Cost cost;
    cost.seconds = static_cast<double>(clock.nsecsElapsed()) / 1e9;
    cost.processor = childrensProcessor() - before;
    cost.isDone = process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    cost.output = QString::fromLocal8Bit(process.readAllStandardOutput()).trimmed();
    return cost;
}

Cost costOf(const QString &command)
{
    return costOf(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), command});
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

} // namespace tidemark::bench
