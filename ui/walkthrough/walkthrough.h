#pragma once

#include "ui/walkthrough/walk.h"

#include <QElapsedTimer>
#include <QImage>
#include <QObject>
#include <QString>
#include <QTimer>

#include <vector>

class QWidget;

namespace tidemark {

/// Drives the real windows, by their labels, through every restore mode against the stand-in Cloud Manager, from the
/// empty wizard to verified files and a mismatch that is caught. Prints one line and saves one picture for each step.
/// Ends at the first step that does not really happen. The steps themselves are in walkthrough_script.h.
class Walkthrough : public QObject
{
    Q_OBJECT

public:
    /// Pictures go to `directory` (made when missing) as NN-step.png.
    Walkthrough(const WalkSetting &setting, QString directory, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    /// 0 only if every step happened.
    void finished(int exitCode);

private:
    enum class Phase : quint8 { Acting, Watching, Happened };

    void tick();
    bool isStill(const WalkthroughStep &step);
    void finishStep(const WalkthroughStep &step);
    void fail(const WalkthroughStep &step);
    bool savePicture(const WalkthroughStep &step, const QString &suffix) const;
    void end(int exitCode);

    QString m_directory;
    std::vector<WalkthroughStep> m_steps;
    size_t m_current = 0;
    Phase m_phase = Phase::Acting;
    QString m_problem; ///< why the present step has not been done yet
    QImage m_seen;     ///< the step's window at the last tick
    int m_stillTicks = 0;
    int m_waitedTicks = 0;
    QTimer m_timer;
    QElapsedTimer m_elapsed;
};

} // namespace tidemark
