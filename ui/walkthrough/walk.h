#pragma once

#include "connection/connection.h"
#include "restore/restore_point.h"
#include "ui/walkthrough/walkthrough_step.h"
#include "ui/walkthrough/window_driver.h"

#include <QPointer>

#include <vector>

namespace tidemark {

/// What the walk is taken with.
struct WalkSetting
{
    QWidget &mainWindow;
    QString downloadFolder; ///< where the windows put the archives
    Connection server;      ///< of the stand-in, for who adds it by hand
    Credentials credentials;
};

/// What a mode's own pages need: the data of the stand-in, by the objects' names.
struct Walk
{
    QString shortName; ///< for the pictures
    RestoreMode mode;
    QString project;
    QString cluster;
    std::function<QString()> choosePoint;
    QString targetProject; ///< empty for a download
    QString targetCluster;
    int jobs = 1;

    /// The choice on the page of modes.
    QString choice() const { return QStringLiteral("mode%1").arg(static_cast<int>(mode)); }
};

/// The project of the stand-in whose measurements and logs no key may read.
QString unwatchedProject();

/// The wizard, while it is open.
QWidget *walkedWizard();

/// Empty where it holds.
inline QString needs(bool holds, const QString &otherwise)
{
    return holds ? QString() : otherwise;
}

/// The problem of the first action that has one; what follows it is not done.
QString firstProblem(std::initializer_list<std::function<QString()>> actions);

/// Rows in which this text stands.
window_driver::Accept rowsWith(const QString &text);
bool everyRow(const QModelIndex &row);

/// The newest that can be restored: the first, as the lists are sorted, with which the page lets a person go on.
QString chooseNewest(const QString &view);
QString chooseSnapshot();

/// Puts the steps of restores and downloads together, one after the other.
class WalkScript
{
public:
    explicit WalkScript(QWidget &mainWindow)
        : m_main(&mainWindow)
    {
    }

    std::vector<WalkthroughStep> steps;

    void inMain(const QString &title, const QString &picture, std::function<QString()> act,
                std::function<QString()> missing, std::chrono::seconds limit = std::chrono::seconds(20))
    {
        steps.push_back(
            {title, picture, std::move(act), std::move(missing), [main = m_main] { return main.data(); }, limit});
    }

    void inWizard(const QString &title, const QString &picture, std::function<QString()> act,
                  std::function<QString()> missing, std::chrono::seconds limit = std::chrono::seconds(20))
    {
        steps.push_back({title, picture, std::move(act), std::move(missing), [] { return walkedWizard(); }, limit});
    }

    /// In the window of this object name, while it is open.
    void inWindow(const QString &objectName, const QString &title, const QString &picture, std::function<QString()> act,
                  std::function<QString()> missing, std::chrono::seconds limit = std::chrono::seconds(20))
    {
        steps.push_back({title, picture, std::move(act), std::move(missing),
                         [objectName] { return window_driver::window(objectName); }, limit});
    }

    /// From the main window to the last page before Review.
    void wizardTo(const Walk &walk);
    /// From the main window to the page of the restore point.
    void toPoint(const Walk &walk);
    /// From there to the chosen target.
    void toTarget(const Walk &walk);
    /// The Review page and the one POST.
    void order(const Walk &walk);
    /// The Review page, on which an automated restore cannot be started yet.
    void review(const Walk &walk);
    /// To the Review page of a wizard that opened filled in.
    void reviewAgain(const QString &name);
    /// From there to the one POST.
    void send(const Walk &walk);
    void closeWizard(const QString &picture);
    /// Waits until `count` restores of all so far are in place: one of the same target would rightly be stopped before.
    void inPlace(const QString &name, int count);
    /// Download now, until `archives` rows of the file names have come to this end.
    void downloads(const QString &picture, const QString &fileStart, int archives, ChipKind end);

    QWidget *mainWindow() const { return m_main; }

private:
    QPointer<QWidget> m_main;
};

} // namespace tidemark
