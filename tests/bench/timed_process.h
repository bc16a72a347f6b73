#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace tidemark::bench {

/// What a process and those that it started cost, from its start to its end.
struct Cost
{
    double seconds = 0;   ///< by the clock on the wall
    double processor = 0; ///< seconds of processors, of the program and of the kernel for it
    bool isDone = false;  ///< it ended with status 0
    QString output;       ///< trimmed
};

Cost costOf(const QString &program, const QStringList &arguments);
/// Of /bin/sh.
Cost costOf(const QString &command);

double median(std::vector<double> values);

} // namespace tidemark::bench
