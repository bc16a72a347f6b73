#include "ui/walkthrough/walk.h"

#include "ui/wizard/findings_panel.h"

#include <QWidget>

#include <algorithm>

namespace tidemark {

namespace driver = window_driver;

namespace {

constexpr int JobsPage = 0;
constexpr int DownloadsPage = 1;

QString commitButton()
{
    return QStringLiteral("commitButton");
}

} // namespace

QString unwatchedProject()
{
    return QStringLiteral("Restore drills");
}

QWidget *walkedWizard()
{
    return driver::window(QStringLiteral("restoreWizard"));
}

QString firstProblem(std::initializer_list<std::function<QString()>> actions)
{
    for (const auto &action : actions) {
        if (QString problem = action(); !problem.isEmpty())
            return problem;
    }
    return {};
}

driver::Accept rowsWith(const QString &text)
{
    return [text](const QModelIndex &row) { return driver::rowContains(row, text); };
}

bool everyRow(const QModelIndex & /*row*/)
{
    return true;
}

QString chooseNewest(const QString &view)
{
    QString problem = QStringLiteral("\"%1\" is empty").arg(view);
    for (int row = 0; row < driver::countRows(walkedWizard(), view, everyRow); ++row) {
        problem = driver::selectRow(walkedWizard(), view, [row](const QModelIndex &index) {
            return !index.parent().isValid() && index.row() == row;
        });
        if (problem.isEmpty() && driver::canPress(walkedWizard(), QStringLiteral("nextButton")))
            return {};
        problem = QStringLiteral("no row of \"%1\" can be restored").arg(view);
    }
    return problem;
}

QString chooseSnapshot()
{
    return chooseNewest(QStringLiteral("snapshots"));
}

static bool hasTimeline(RestoreMode mode)
{
    return mode == RestoreMode::PointInTime || mode == RestoreMode::OplogTimestamp;
}

/// It is drawn, or it is said why not.
static bool isCurveTold()
{
    return driver::find(walkedWizard(), QStringLiteral("timelineCurve")) != nullptr ||
           !driver::textOf(walkedWizard(), QStringLiteral("curveNote")).isEmpty();
}

void WalkScript::wizardTo(const Walk &walk)
{
    toPoint(walk);
    inWizard(QStringLiteral("%1: the restore point is chosen").arg(walk.shortName),
             walk.shortName + QStringLiteral("-point"), walk.choosePoint, [mode = walk.mode] {
                 return firstProblem({[] {
                                          return needs(driver::canPress(walkedWizard(), QStringLiteral("nextButton")),
                                                       QStringLiteral("Next stays disabled"));
                                      },
                                      [mode] {
                                          return needs(!hasTimeline(mode) || isCurveTold(),
                                                       QStringLiteral("nothing is told of what was written"));
                                      }});
             });
    if (!walk.targetCluster.isEmpty())
        toTarget(walk);
}

void WalkScript::toPoint(const Walk &walk)
{
    inWizard(
        QStringLiteral("%1: the wizard opens on an empty Source page").arg(walk.shortName),
        walk.shortName + QStringLiteral("-source-empty"),
        [this] { return driver::press(m_main, QStringLiteral("newRestoreButton")); },
        [] {
            return firstProblem(
                {[] { return needs(walkedWizard() != nullptr, QStringLiteral("the wizard did not open")); },
                 [] {
                     return needs(!driver::canPress(walkedWizard(), QStringLiteral("nextButton")),
                                  QStringLiteral("Next is enabled on an empty page"));
                 }});
        });
    inWizard(
        QStringLiteral("%1: project and cluster are chosen").arg(walk.shortName),
        walk.shortName + QStringLiteral("-source"),
        [walk] {
            return firstProblem(
                {[&] { return driver::choose(walkedWizard(), QStringLiteral("sourceProject"), walk.project); },
                 [&] {
                     return driver::selectRow(walkedWizard(), QStringLiteral("sourceCluster"), rowsWith(walk.cluster));
                 }});
        },
        [] {
            return needs(driver::canPress(walkedWizard(), QStringLiteral("nextButton")),
                         QStringLiteral("Next stays disabled"));
        });
    inWizard(
        QStringLiteral("%1: the mode is chosen").arg(walk.shortName), walk.shortName + QStringLiteral("-mode"),
        [walk] {
            if (driver::find(walkedWizard(), walk.choice()) == nullptr) {
                if (QString problem = driver::press(walkedWizard(), QStringLiteral("nextButton")); !problem.isEmpty())
                    return problem;
                return QStringLiteral("the choice \"%1\" is not there yet").arg(walk.choice());
            }
            return driver::press(walkedWizard(), walk.choice());
        },
        [] {
            return needs(driver::canPress(walkedWizard(), QStringLiteral("nextButton")),
                         QStringLiteral("Next stays disabled"));
        });
    inWizard(
        QStringLiteral("%1: the page for the restore point opens").arg(walk.shortName),
        walk.shortName + QStringLiteral("-point-empty"),
        [] { return driver::press(walkedWizard(), QStringLiteral("nextButton")); },
        [walk] {
            return needs(driver::find(walkedWizard(), walk.choice()) == nullptr,
                         QStringLiteral("the page did not turn"));
        });
}

/// Of the target a note says what is still being read, and nothing else.
static bool isPreflightComplete()
{
    const auto *panel = walkedWizard()->findChild<FindingsPanel *>(QStringLiteral("preflight"));
    return panel != nullptr && std::ranges::none_of(panel->entries(), [](const FindingEntry &entry) {
               return entry.kind == FindingKind::Note;
           });
}

void WalkScript::toTarget(const Walk &walk)
{
    inWizard(
        QStringLiteral("%1: the Target page opens").arg(walk.shortName),
        walk.shortName + QStringLiteral("-target-empty"),
        [] { return driver::press(walkedWizard(), QStringLiteral("nextButton")); },
        [] {
            return needs(driver::find(walkedWizard(), QStringLiteral("targetProject")) != nullptr,
                         QStringLiteral("the page did not turn"));
        });
    inWizard(
        QStringLiteral("%1: the target is chosen").arg(walk.shortName), walk.shortName + QStringLiteral("-target"),
        [walk] {
            return firstProblem(
                {[&] { return driver::choose(walkedWizard(), QStringLiteral("targetProject"), walk.targetProject); },
                 [&] {
                     return driver::selectRow(walkedWizard(), QStringLiteral("targetCluster"),
                                              rowsWith(walk.targetCluster));
                 }});
        },
        [] {
            return firstProblem({[] {
                                     return needs(driver::canPress(walkedWizard(), QStringLiteral("nextButton")),
                                                  QStringLiteral("Next stays disabled"));
                                 },
                                 [] {
                                     return needs(isPreflightComplete(),
                                                  QStringLiteral("something of the target is still being read"));
                                 }});
        });
}

void WalkScript::order(const Walk &walk)
{
    review(walk);
    send(walk);
}

void WalkScript::review(const Walk &walk)
{
    const bool automated = !walk.targetCluster.isEmpty();
    inWizard(
        QStringLiteral("%1: the Review page shows plan, JSON and commands").arg(walk.shortName),
        walk.shortName + QStringLiteral("-review"),
        [] { return driver::press(walkedWizard(), QStringLiteral("nextButton")); },
        [automated] {
            if (driver::find(walkedWizard(), commitButton()) == nullptr)
                return QStringLiteral("the page did not turn");
            return needs(driver::canPress(walkedWizard(), commitButton()) != automated,
                         automated ? QStringLiteral("the restore can be started without the target's name")
                                   : QStringLiteral("it cannot be ordered"));
        });
}

/// From a page that is filled in already to Review.
static QString goOnToReview()
{
    if (driver::find(walkedWizard(), commitButton()) != nullptr)
        return {};
    if (QString problem = driver::press(walkedWizard(), QStringLiteral("nextButton")); !problem.isEmpty())
        return problem;
    return QStringLiteral("Review is not reached yet");
}

void WalkScript::reviewAgain(const QString &name)
{
    inWizard(QStringLiteral("%1: the Review page, on which the name is typed again").arg(name),
             name + QStringLiteral("-review"), goOnToReview, [] {
                 return needs(!driver::canPress(walkedWizard(), commitButton()),
                              QStringLiteral("it can be started without the target's name"));
             });
}

void WalkScript::send(const Walk &walk)
{
    if (!walk.targetCluster.isEmpty()) {
        inWizard(
            QStringLiteral("%1: the target's name is typed").arg(walk.shortName),
            walk.shortName + QStringLiteral("-confirmed"),
            [walk] { return driver::type(walkedWizard(), QStringLiteral("typedTargetName"), walk.targetCluster); },
            [] {
                // What is read meanwhile may add to what is to be seen.
                driver::tickAll(walkedWizard(), QStringLiteral("findingTick"));
                return needs(driver::canPress(walkedWizard(), commitButton()),
                             QStringLiteral("it still cannot be ordered"));
            });
    }
    inWizard(
        QStringLiteral("%1: ordered once, the job is followed").arg(walk.shortName),
        walk.shortName + QStringLiteral("-submitted"), [walk] { return driver::press(walkedWizard(), commitButton()); },
        [walk] {
            if (driver::find(walkedWizard(), commitButton()) != nullptr)
                return QStringLiteral("the answer has not come");
            const int rows = driver::countRows(walkedWizard(), QStringLiteral("submittedJobs"), everyRow);
            return needs(rows >= walk.jobs, QStringLiteral("%1 of %2 jobs are shown").arg(rows).arg(walk.jobs));
        });
}

void WalkScript::closeWizard(const QString &picture)
{
    inMain(
        QStringLiteral("The jobs appear in the main window"), picture,
        [this] {
            return firstProblem({[] { return driver::press(walkedWizard(), QStringLiteral("finishButton")); },
                                 [this] { return driver::selectTab(m_main, QStringLiteral("tabs"), JobsPage); }});
        },
        [] { return needs(walkedWizard() == nullptr, QStringLiteral("the wizard is still open")); });
}

void WalkScript::inPlace(const QString &name, int count)
{
    inMain(
        QStringLiteral("%1: called done only when the agents have reached the new goal").arg(name),
        name + QStringLiteral("-in-place"), {},
        [this, count] {
            const int rows = driver::countRows(m_main, QStringLiteral("jobs"), [](const QModelIndex &row) {
                return driver::rowHasChip(row, ChipKind::InPlace);
            });
            return needs(rows >= count, QStringLiteral("%1 of %2 restores are in place").arg(rows).arg(count));
        },
        std::chrono::seconds(60));
}

void WalkScript::downloads(const QString &picture, const QString &fileStart, int archives, ChipKind end)
{
    inWizard(
        QStringLiteral("The link is ready"), picture + QStringLiteral("-ready"), {},
        [] {
            return needs(driver::canPress(walkedWizard(), QStringLiteral("downloadNow")),
                         QStringLiteral("no link yet"));
        },
        std::chrono::seconds(60));
    inMain(
        QStringLiteral("Download now puts the archives into the queue"), picture + QStringLiteral("-downloading"),
        [this] {
            return firstProblem({[] { return driver::press(walkedWizard(), QStringLiteral("downloadNow")); },
                                 [this] { return driver::selectTab(m_main, QStringLiteral("tabs"), DownloadsPage); }});
        },
        [this, fileStart, archives] {
            const int rows = driver::countRows(m_main, QStringLiteral("downloads"), rowsWith(fileStart));
            return needs(rows >= archives,
                         QStringLiteral("%1 of %2 archives are in the queue").arg(rows).arg(archives));
        });
    inMain(
        QStringLiteral("%1 of %1 archives have ended as they should").arg(archives), picture,
        [this, fileStart] {
            if (walkedWizard() != nullptr) {
                driver::press(walkedWizard(), QStringLiteral("finishButton"));
                return QStringLiteral("the wizard is still open");
            }
            return driver::selectRow(m_main, QStringLiteral("downloads"), rowsWith(fileStart));
        },
        [this, fileStart, archives, end] {
            const int ended = driver::countRows(m_main, QStringLiteral("downloads"), [&](const QModelIndex &row) {
                return driver::rowContains(row, fileStart) && driver::rowHasChip(row, end);
            });
            return needs(ended >= archives, QStringLiteral("%1 of %2").arg(ended).arg(archives));
        },
        std::chrono::seconds(180));
}

} // namespace tidemark
