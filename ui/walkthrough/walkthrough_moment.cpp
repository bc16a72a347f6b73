#include "ui/walkthrough/walkthrough_moment.h"

#include "ui/look/row_delegate.h"

#include <QDateTime>
#include <QTemporaryDir>

namespace tidemark {

namespace driver = window_driver;

namespace {

/// What one step finds and a later one compares.
struct Found
{
    QString line;   ///< of the log
    QString moment; ///< as the page shows it
    QTemporaryDir folder;
};

QString pointField()
{
    return QStringLiteral("pointInTime");
}

QWidget *finder()
{
    return driver::window(QStringLiteral("logFinder"));
}

/// "= 2026-11-27 14:03:07 UTC", without what follows it and changes with the clock.
QString shownMoment()
{
    constexpr qsizetype length = 25;
    return driver::textOf(walkedWizard(), QStringLiteral("pointInTimeReadout")).left(length);
}

QString canGoOn()
{
    return needs(driver::canPress(walkedWizard(), QStringLiteral("nextButton")), QStringLiteral("Next stays disabled"));
}

bool isDropOf(const QModelIndex &row, const QString &nameSpace)
{
    for (int column = 0; column < row.model()->columnCount(); ++column) {
        if (row.siblingAtColumn(column).data(LookRole::SecondLine).toString() == nameSpace)
            return true;
    }
    return false;
}

void openFinder(WalkScript &s, const QString &name)
{
    s.inWindow(
        QStringLiteral("logFinder"), QStringLiteral("%1: the logs can be searched").arg(name),
        name + QStringLiteral("-logs"), [] { return driver::press(walkedWizard(), QStringLiteral("findInLogs")); },
        [] { return needs(finder() != nullptr, QStringLiteral("the window did not open")); });
    s.inWindow(
        QStringLiteral("logFinder"), QStringLiteral("%1: collecting them is asked about").arg(name),
        name + QStringLiteral("-logs-asked"), [] { return driver::press(finder(), QStringLiteral("collectLogs")); },
        [] {
            return needs(driver::canPress(finder(), QStringLiteral("messageButton0")),
                         QStringLiteral("nothing was asked"));
        });
}

/// The newest of what was found there.
void takeFromLog(WalkScript &s, const QString &name, const std::shared_ptr<Found> &found)
{
    s.inWindow(
        QStringLiteral("logFinder"), QStringLiteral("%1: the drop is read in its line").arg(name),
        name + QStringLiteral("-logs-line"),
        [] {
            return driver::selectRow(finder(), QStringLiteral("losses"),
                                     [](const QModelIndex &row) { return row.row() == 0; });
        },
        [found] {
            found->line = driver::textOf(finder(), QStringLiteral("lossLine"));
            return needs(!found->line.isEmpty() && driver::canPress(finder(), QStringLiteral("useMoment")),
                         QStringLiteral("the moment cannot be taken"));
        });
    s.inWizard(
        QStringLiteral("%1: its moment stands on the page").arg(name), name + QStringLiteral("-by-log"),
        [] { return driver::press(finder(), QStringLiteral("useMoment")); },
        [found] {
            found->moment = shownMoment();
            return firstProblem({[] { return needs(finder() == nullptr, QStringLiteral("the window is open still")); },
                                 [&] { return needs(!found->moment.isEmpty(), QStringLiteral("no moment is shown")); },
                                 canGoOn});
        });
}

void paste(WalkScript &s, const QString &name, const std::shared_ptr<Found> &found)
{
    s.inWizard(
        QStringLiteral("%1: the line, pasted, is the same moment").arg(name), name + QStringLiteral("-by-paste"),
        [found] {
            if (QString problem = driver::type(walkedWizard(), pointField(), found->line); !problem.isEmpty())
                return problem;
            // A part of a second is asked about: the whole one that it is in.
            if (driver::find(walkedWizard(), QStringLiteral("momentChoice0")) != nullptr)
                return driver::press(walkedWizard(), QStringLiteral("momentChoice0"));
            return QString();
        },
        [found] {
            return firstProblem({[&] {
                                     return needs(shownMoment() == found->moment,
                                                  QStringLiteral("it is read as \"%1\", and the log says \"%2\"")
                                                      .arg(shownMoment(), found->moment));
                                 },
                                 canGoOn});
        });
}

} // namespace

void findTheMoment(const std::shared_ptr<WalkScript> &script, int inPlace)
{
    WalkScript &s = *script;
    const Walk walk{
        QStringLiteral("moment"), RestoreMode::PointInTime, QStringLiteral("Shop"), QStringLiteral("ledger"), {},
        unwatchedProject(),       QStringLiteral("drill")};
    const auto found = std::make_shared<Found>();
    s.toPoint(walk);
    s.inWizard(
        QStringLiteral("%1: found where the curve rises").arg(walk.shortName),
        walk.shortName + QStringLiteral("-by-curve"),
        [] {
            if (driver::find(walkedWizard(), QStringLiteral("timelineCurve")) == nullptr)
                return QStringLiteral("there is no curve yet");
            return driver::pressKey(walkedWizard(), QStringLiteral("timeline"), Qt::Key_E);
        },
        [] {
            return firstProblem({[] {
                                     return needs(
                                         !driver::textOf(walkedWizard(), QStringLiteral("curveEdge")).isEmpty(),
                                         QStringLiteral("no edge was chosen"));
                                 },
                                 canGoOn});
        });
    openFinder(s, walk.shortName);
    s.inWindow(
        QStringLiteral("logFinder"), QStringLiteral("%1: the collected logs tell of the drop").arg(walk.shortName),
        walk.shortName + QStringLiteral("-logs-found"),
        [] { return driver::press(finder(), QStringLiteral("messageButton0")); },
        [] {
            const int drops = driver::countRows(finder(), QStringLiteral("losses"), [](const QModelIndex &row) {
                return row.row() == 0 && isDropOf(row, QStringLiteral("shop.orders"));
            });
            return needs(drops == 1 && driver::canPress(finder(), QStringLiteral("collectLogs")),
                         QStringLiteral("the newest of what was found is not the drop of shop.orders"));
        },
        std::chrono::seconds(60));
    takeFromLog(s, walk.shortName, found);
    paste(s, walk.shortName, found);
    s.toTarget(walk);
    s.order(walk);
    s.closeWizard(walk.shortName + QStringLiteral("-jobs"));
    s.inPlace(walk.shortName, inPlace + 1);
}

void findTheMomentWithoutRights(const std::shared_ptr<WalkScript> &script)
{
    WalkScript &s = *script;
    const Walk walk{QStringLiteral("rights"),
                    RestoreMode::PointInTime,
                    unwatchedProject(),
                    QStringLiteral("drill-sharded"),
                    {},
                    {},
                    {}};
    const auto found = std::make_shared<Found>();
    s.toPoint(walk);
    s.inWizard(QStringLiteral("%1: that no curve may be read is said").arg(walk.shortName),
               walk.shortName + QStringLiteral("-no-curve"), {}, [] {
                   if (driver::find(walkedWizard(), QStringLiteral("timelineCurve")) != nullptr)
                       return QStringLiteral("a curve is offered");
                   return needs(!driver::textOf(walkedWizard(), QStringLiteral("curveNote")).isEmpty(),
                                QStringLiteral("nothing is said"));
               });
    openFinder(s, walk.shortName);
    s.inWindow(
        QStringLiteral("logFinder"), QStringLiteral("%1: so is that the logs may not be collected").arg(walk.shortName),
        walk.shortName + QStringLiteral("-logs-refused"),
        [] { return driver::press(finder(), QStringLiteral("messageButton0")); },
        [] {
            return needs(driver::canPress(finder(), QStringLiteral("collectLogs")) &&
                             !driver::textOf(finder(), QStringLiteral("messageText")).isEmpty() &&
                             driver::find(finder(), QStringLiteral("messageButton1")) == nullptr,
                         QStringLiteral("nothing is said"));
        });
    s.inWindow(
        QStringLiteral("logFinder"), QStringLiteral("%1: a file that is dropped is searched").arg(walk.shortName),
        walk.shortName + QStringLiteral("-logs-found"),
        [found] {
            const QString path = found->folder.filePath(QStringLiteral("mongodb.log"));
            const QString time = QDateTime::currentDateTimeUtc().addSecs(-1200).toString(
                QStringLiteral("yyyy-MM-ddTHH:mm:ss.000+00:00"));
            QFile file(path);
            if (!file.open(QIODevice::WriteOnly))
                return QStringLiteral("%1 cannot be written").arg(path);
            file.write(
                QStringLiteral("{\"t\":{\"$date\":\"%1\"},\"s\":\"I\",  \"c\":\"COMMAND\",  \"id\":20337,   "
                               "\"ctx\":\"conn41\",\"msg\":\"CMD: drop\",\"attr\":{\"namespace\":\"shop.orders\"}}\n")
                    .arg(time)
                    .toUtf8());
            file.close();
            return driver::drop(finder(), {path});
        },
        [] {
            return needs(driver::countRows(finder(), QStringLiteral("losses"), everyRow) == 1,
                         QStringLiteral("the drop was not found"));
        });
    takeFromLog(s, walk.shortName, found);
    paste(s, walk.shortName, found);
    s.inMain(
        QStringLiteral("%1: the wizard is put away").arg(walk.shortName), walk.shortName + QStringLiteral("-kept"),
        [] { return driver::press(walkedWizard(), QStringLiteral("cancelButton")); },
        [] { return needs(walkedWizard() == nullptr, QStringLiteral("the wizard is open still")); });
}

} // namespace tidemark
