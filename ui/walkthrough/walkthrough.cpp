#include "ui/walkthrough/walkthrough.h"

#include "ui/walkthrough/walkthrough_script.h"
#include "ui/walkthrough/window_driver.h"

#include <QApplication>
#include <QDir>
#include <QPixmap>
#include <QWidget>

#include <cstdio>

namespace tidemark {

namespace {

// Of 50 ms.
constexpr int StillTicks = 6;
constexpr int MostTicks = 60;

void print(const QString &line)
{
    std::fputs(qPrintable(line + QLatin1Char('\n')), stdout);
    std::fflush(stdout);
}

} // namespace

Walkthrough::Walkthrough(const WalkSetting &setting, QString directory, QObject *parent)
    : QObject(parent)
    , m_directory(std::move(directory))
    , m_steps(walkthroughScript(setting))
{
    m_timer.setInterval(50);
    connect(&m_timer, &QTimer::timeout, this, &Walkthrough::tick);
}

void Walkthrough::start()
{
    if (!QDir().mkpath(m_directory)) {
        print(QStringLiteral("FAILED: the folder %1 cannot be made").arg(m_directory));
        end(1);
        return;
    }
    QApplication::setCursorFlashTime(0);                     // a cursor is in each picture or in none
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs); // a desktop's own cannot be driven by object names
    m_elapsed.start();
    m_timer.start();
}

void Walkthrough::tick()
{
    const WalkthroughStep &step = m_steps[m_current];
    switch (m_phase) {
    case Phase::Acting:
        m_problem = step.act ? step.act() : QString();
        if (m_problem.isEmpty())
            m_phase = Phase::Watching;
        break;
    case Phase::Watching:
        m_problem = step.missing ? step.missing() : QString();
        if (m_problem.isEmpty())
            m_phase = Phase::Happened;
        break;
    case Phase::Happened: // every part of the window has heard of it by now, so that the picture shows one moment
        if (isStill(step))
            finishStep(step);
        return;
    }
    if (m_elapsed.elapsed() > std::chrono::milliseconds(step.limit).count())
        fail(step);
}

/// Nothing has changed for some ticks: what a page still reads comes into its picture. What never stands still, as a
/// moving bar, is not waited for long.
bool Walkthrough::isStill(const WalkthroughStep &step)
{
    QWidget *window = step.window();
    const QImage now = window ? window->grab().toImage() : QImage();
    m_stillTicks = now == m_seen ? m_stillTicks + 1 : 0;
    m_seen = now;
    return m_stillTicks >= StillTicks || ++m_waitedTicks >= MostTicks;
}

void Walkthrough::finishStep(const WalkthroughStep &step)
{
    if (!savePicture(step, {})) {
        m_problem = QStringLiteral("its picture could not be saved in %1").arg(m_directory);
        fail(step);
        return;
    }
    print(QStringLiteral("ok %1  %2 (%3 s)")
              .arg(m_current + 1, 2, 10, QLatin1Char('0'))
              .arg(step.title)
              .arg(static_cast<double>(m_elapsed.elapsed()) / 1000.0, 0, 'f', 1));
    m_phase = Phase::Acting;
    m_stillTicks = m_waitedTicks = 0;
    m_elapsed.restart();
    if (++m_current == m_steps.size())
        end(0);
}

void Walkthrough::fail(const WalkthroughStep &step)
{
    print(QStringLiteral("FAILED %1  %2: %3").arg(m_current + 1, 2, 10, QLatin1Char('0')).arg(step.title, m_problem));
    savePicture(step, QStringLiteral("-failed"));
    if (QWidget *window = step.window())
        print(QStringLiteral("What the window says:\n%1").arg(window_driver::visibleText(window)));
    end(1);
}

bool Walkthrough::savePicture(const WalkthroughStep &step, const QString &suffix) const
{
    QWidget *window = step.window();
    if (window == nullptr)
        return false;
    const QString name =
        QStringLiteral("%1-%2%3.png").arg(m_current + 1, 2, 10, QLatin1Char('0')).arg(step.picture, suffix);
    return window->grab().save(QDir(m_directory).filePath(name));
}

void Walkthrough::end(int exitCode)
{
    m_timer.stop();
    if (exitCode == 0)
        print(QStringLiteral("All %1 steps happened. Pictures: %2")
                  .arg(m_steps.size())
                  .arg(QDir(m_directory).absolutePath()));
    Q_EMIT finished(exitCode);
}

} // namespace tidemark
