#pragma once

#include <QApplication>

#include <map>
#include <vector>

namespace tidemark::bench {

/// Processor time of the calling thread so far.
double threadSeconds();

/// Knows how long each event of the GUI thread took.
class TimedApplication : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override;

    void forget() { m_longest.clear(); }
    /// The longest of each kind, the six longest of these: seconds, and whose event it was.
    std::vector<std::pair<double, QByteArray>> slowest() const;

private:
    bool m_inside = false;
    std::map<QByteArray, double> m_longest;
};

} // namespace tidemark::bench
