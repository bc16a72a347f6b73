#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace tidemark {

/// SIGTERM and SIGINT as an event, so that the program ends in order: state saved, tokens given back, folders of a demo
/// removed. A second one ends it at once, as without this class. One object in a program.
class EndingSignals : public QObject
{
    Q_OBJECT

public:
    explicit EndingSignals(QObject *parent = nullptr);
    ~EndingSignals() override; ///< the signals mean again what they meant

Q_SIGNALS:
    void asked();

private:
    QSocketNotifier m_notifier;
};

} // namespace tidemark
