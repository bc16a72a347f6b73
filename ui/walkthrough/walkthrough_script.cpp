#include "ui/walkthrough/walkthrough_script.h"

#include "ui/walkthrough/ui_driver.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QPointer>
#include <QWidget>

#include <memory>

namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::walkthrough", text);
}

/// What a mode's own pages need, in the words of the screen.
struct Walk
{
    QString shortName; ///< for the pictures
    QString mode;
    QString project;
    QString cluster;
    std::function<QString()> choosePoint;
    QString targetProject; ///< empty for a download
    QString targetCluster;
    QString commitButton;
    int jobs = 1;
};

QWidget *wizard()
{
    return driver::window(QStringLiteral("New restore"));
}

/// The first of several actions that reports a problem.
QString firstProblem(std::initializer_list<std::function<QString()>> actions)
{
    for (const auto &action : actions) {
        if (QString problem = action(); !problem.isEmpty())
            return problem;
    }
    return {};
}

QString needs(bool holds, const QString &otherwise)
{
    return holds ? QString() : otherwise;
}

class Script
{
public:
    Script(QWidget &mainWindow, QString downloadFolder)
        : m_main(&mainWindow)
        , m_folder(std::move(downloadFolder))
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
        steps.push_back({title, picture, std::move(act), std::move(missing), [] { return wizard(); }, limit});
    }

    void wizardTo(const Walk &walk);
    void order(const Walk &walk);
    void closeWizard(const QString &picture);
    void downloads(const QString &picture, const QString &fileStart, int archives, const QString &word);

    QPointer<QWidget> m_main;
    QString m_folder;
};

/// From the main window to the Review page.
void Script::wizardTo(const Walk &walk)
{
    inWizard(
        tr("%1: the wizard opens on an empty Source page").arg(walk.mode),
        walk.shortName + QStringLiteral("-source-empty"),
        [this] { return driver::press(m_main, QStringLiteral("New restore…")); },
        [] {
            return firstProblem({[] { return needs(wizard() != nullptr, tr("the wizard did not open")); },
                                 [] {
                                     return needs(!driver::canPress(wizard(), QStringLiteral("Next")),
                                                  tr("Next is enabled on an empty page"));
                                 }});
        });
    inWizard(
        tr("%1: project and cluster are chosen").arg(walk.mode), walk.shortName + QStringLiteral("-source"),
        [walk] {
            return firstProblem({[&] { return driver::choose(wizard(), QStringLiteral("Project"), walk.project); },
                                 [&] { return driver::selectRow(wizard(), QStringLiteral("Cluster"), walk.cluster); }});
        },
        [] { return needs(driver::canPress(wizard(), QStringLiteral("Next")), tr("Next stays disabled")); });
    inWizard(
        tr("%1: the mode is chosen").arg(walk.mode), walk.shortName + QStringLiteral("-mode"),
        [walk] {
            if (driver::find(wizard(), walk.mode) == nullptr) {
                if (QString problem = driver::press(wizard(), QStringLiteral("Next")); !problem.isEmpty())
                    return problem;
                return tr("the choice \"%1\" is not there yet").arg(walk.mode);
            }
            return driver::press(wizard(), walk.mode);
        },
        [] { return needs(driver::canPress(wizard(), QStringLiteral("Next")), tr("Next stays disabled")); });
    inWizard(
        tr("%1: the page for the restore point opens").arg(walk.mode), walk.shortName + QStringLiteral("-point-empty"),
        [] { return driver::press(wizard(), QStringLiteral("Next")); },
        [walk] { return needs(driver::find(wizard(), walk.mode) == nullptr, tr("the page did not turn")); });
    inWizard(tr("%1: the restore point is chosen").arg(walk.mode), walk.shortName + QStringLiteral("-point"),
             walk.choosePoint,
             [] { return needs(driver::canPress(wizard(), QStringLiteral("Next")), tr("Next stays disabled")); });
    if (!walk.targetCluster.isEmpty()) {
        inWizard(
            tr("%1: the Target page opens").arg(walk.mode), walk.shortName + QStringLiteral("-target-empty"),
            [] { return driver::press(wizard(), QStringLiteral("Next")); },
            [] {
                return needs(driver::find(wizard(), QStringLiteral("Target project")) != nullptr,
                             tr("the page did not turn"));
            });
        inWizard(
            tr("%1: the target is chosen").arg(walk.mode), walk.shortName + QStringLiteral("-target"),
            [walk] {
                return firstProblem(
                    {[&] { return driver::choose(wizard(), QStringLiteral("Target project"), walk.targetProject); },
                     [&] {
                         return driver::selectRow(wizard(), QStringLiteral("Target cluster"), walk.targetCluster);
                     }});
            },
            [] { return needs(driver::canPress(wizard(), QStringLiteral("Next")), tr("Next stays disabled")); });
    }
}

/// The Review page and the one POST.
void Script::order(const Walk &walk)
{
    const bool automated = !walk.targetCluster.isEmpty();
    inWizard(
        tr("%1: the Review page shows plan, JSON and commands").arg(walk.mode),
        walk.shortName + QStringLiteral("-review"), [] { return driver::press(wizard(), QStringLiteral("Next")); },
        [walk, automated] {
            if (driver::find(wizard(), walk.commitButton) == nullptr)
                return tr("the page did not turn");
            return needs(driver::canPress(wizard(), walk.commitButton) != automated,
                         automated ? tr("the restore can be started without the target's name")
                                   : tr("\"%1\" is disabled").arg(walk.commitButton));
        });
    if (automated) {
        inWizard(
            tr("%1: the target's name is typed").arg(walk.mode), walk.shortName + QStringLiteral("-confirmed"),
            [walk] {
                return driver::type(wizard(), QStringLiteral("Type the target cluster's name to confirm"),
                                    walk.targetCluster);
            },
            [walk] {
                return needs(driver::canPress(wizard(), walk.commitButton),
                             tr("\"%1\" stays disabled").arg(walk.commitButton));
            });
    }
    inWizard(
        tr("%1: ordered once, the job is followed").arg(walk.mode), walk.shortName + QStringLiteral("-submitted"),
        [walk] { return driver::press(wizard(), walk.commitButton); },
        [walk] {
            if (driver::find(wizard(), walk.commitButton) != nullptr)
                return tr("the answer has not come");
            const int rows = driver::countRows(wizard(), QStringLiteral("Restore jobs"), QString());
            return needs(rows >= walk.jobs, tr("%1 of %2 jobs are shown").arg(rows).arg(walk.jobs));
        });
}

void Script::closeWizard(const QString &picture)
{
    inMain(
        tr("The jobs appear in the main window"), picture,
        [this] {
            return firstProblem({[] { return driver::press(wizard(), QStringLiteral("Close")); },
                                 [this] { return driver::selectTab(m_main, QStringLiteral("Restore jobs")); }});
        },
        [] { return needs(wizard() == nullptr, tr("the wizard is still open")); });
}

/// Download now, until `archives` rows of the file names end in `word`.
void Script::downloads(const QString &picture, const QString &fileStart, int archives, const QString &word)
{
    inWizard(
        tr("The link is ready"), picture + QStringLiteral("-ready"), {},
        [] { return needs(driver::canPress(wizard(), QStringLiteral("Download now")), tr("no link yet")); },
        std::chrono::seconds(60));
    inMain(
        tr("Download now puts the archives into the queue"), picture + QStringLiteral("-downloading"),
        [this] {
            return firstProblem({[] { return driver::press(wizard(), QStringLiteral("Download now")); },
                                 [this] { return driver::selectTab(m_main, QStringLiteral("Downloads")); }});
        },
        [this, fileStart, archives] {
            const int rows = driver::countRows(m_main, QStringLiteral("Downloads"), fileStart);
            return needs(rows >= archives, tr("%1 of %2 archives are in the queue").arg(rows).arg(archives));
        });
    inMain(
        tr("%1 of %1 archives: %2").arg(archives).arg(word), picture,
        [this, fileStart] {
            if (wizard() != nullptr) {
                driver::press(wizard(), QStringLiteral("Close"));
                return tr("the wizard is still open");
            }
            return driver::selectRow(m_main, QStringLiteral("Downloads"), fileStart);
        },
        [this, fileStart, archives, word] {
            int ended = 0;
            driver::forEachRow(m_main, QStringLiteral("Downloads"), [&](const QStringList &cells) {
                const bool here = !cells.filter(fileStart).isEmpty();
                ended += here && cells.contains(word) ? 1 : 0;
            });
            return needs(ended >= archives, tr("%1 of %2").arg(ended).arg(archives));
        },
        std::chrono::seconds(180));
}

/// The files on disk, apart from what any window says.
QString checkVerifiedFiles(const QString &folder, const QString &pattern, int count)
{
    const QFileInfoList files = QDir(folder).entryInfoList({pattern}, QDir::Files);
    if (files.size() != count)
        return tr("%1 holds %2 files of %3").arg(folder).arg(files.size()).arg(count);
    for (const QFileInfo &info : files) {
        QFile file(info.filePath());
        QFile noted(info.filePath() + QStringLiteral(".sha1"));
        QCryptographicHash hash(QCryptographicHash::Sha1);
        if (!file.open(QIODevice::ReadOnly) || !noted.open(QIODevice::ReadOnly) || !hash.addData(&file))
            return tr("%1 or its .sha1 cannot be read").arg(info.fileName());
        if (!noted.readAll().startsWith(hash.result().toHex()))
            return tr("%1 is not what its .sha1 says").arg(info.fileName());
        if (QFile::exists(info.filePath() + QStringLiteral(".part")))
            return tr("%1 still has its .part").arg(info.fileName());
    }
    return {};
}

QString chooseSnapshot()
{
    // The first row that can be chosen is the newest complete one.
    return driver::selectRow(wizard(), QStringLiteral("Snapshots"), QString(), [](const QModelIndex &index) {
        return index.flags().testFlag(Qt::ItemIsSelectable) && index.flags().testFlag(Qt::ItemIsEnabled);
    });
}

} // namespace

QStringList walkthroughDemoArguments()
{
    return {QStringLiteral("--fault"), QStringLiteral("/ledger-=flip@1M")};
}

std::vector<WalkthroughStep> walkthroughScript(QWidget &mainWindow, const QString &downloadFolder)
{
    auto script = std::make_shared<Script>(mainWindow, downloadFolder);
    Script &s = *script;
    const QString shop = QStringLiteral("Shop");
    const QString drills = QStringLiteral("Restore drills");
    const auto secondsAgo = [](qint64 seconds) { return QDateTime::currentSecsSinceEpoch() - seconds; };

    s.inMain(tr("Tidemark opens on the stand-in Cloud Manager"), QStringLiteral("start"), {}, [script] {
        return needs(driver::canPress(script->m_main, QStringLiteral("New restore…")),
                     tr("there is no connection yet"));
    });

    const Walk download{QStringLiteral("download"),
                        QStringLiteral("Download a snapshot"),
                        shop,
                        QStringLiteral("shop-prod"),
                        [] {
                            return firstProblem({chooseSnapshot, [] {
                                                     return driver::type(wizard(), QStringLiteral("Maximum downloads"),
                                                                         QStringLiteral("3"));
                                                 }});
                        },
                        {},
                        {},
                        QStringLiteral("Create download link"),
                        3};
    s.wizardTo(download);
    s.order(download);
    s.downloads(QStringLiteral("verified"), QStringLiteral("shop-prod"), 3, QStringLiteral("Verified"));
    s.inMain(tr("The three files on disk have the hashes that were published"), QStringLiteral("verified-files"), {},
             [folder = downloadFolder] { return checkVerifiedFiles(folder, QStringLiteral("*shop-prod*.tar.gz"), 3); });

    Walk mismatch = download;
    mismatch.shortName = QStringLiteral("mismatch");
    mismatch.cluster = QStringLiteral("ledger");
    mismatch.jobs = 1;
    s.wizardTo(mismatch);
    s.order(mismatch);
    s.downloads(QStringLiteral("corrupt"), QStringLiteral("ledger"), 1, QStringLiteral("Corrupt"));
    s.inMain(tr("The wrong file was set aside and has no final name"), QStringLiteral("corrupt-files"), {},
             [folder = downloadFolder] {
                 const QDir dir(folder);
                 if (dir.entryList({QStringLiteral("ledger-*.corrupt")}).size() != 1)
                     return tr("there is no .corrupt file");
                 return needs(dir.entryList({QStringLiteral("ledger-*.tar.gz")}).isEmpty(),
                              tr("the file got its final name"));
             });

    const std::vector<Walk> automated{
        {QStringLiteral("snapshot"), QStringLiteral("Restore a snapshot to a cluster"), shop, QStringLiteral("ledger"),
         chooseSnapshot, drills, QStringLiteral("drill"), QStringLiteral("Restore")},
        {QStringLiteral("oplog"), QStringLiteral("Restore to an oplog timestamp"), shop, QStringLiteral("ledger"),
         [secondsAgo] {
             return firstProblem(
                 {[&] {
                      return driver::type(wizard(), QStringLiteral("Oplog timestamp (seconds)"),
                                          QString::number(secondsAgo(900)));
                  },
                  [] { return driver::type(wizard(), QStringLiteral("Oplog increment"), QStringLiteral("1")); }});
         },
         drills, QStringLiteral("drill"), QStringLiteral("Restore")},
        {QStringLiteral("pit"), QStringLiteral("Restore to a point in time"), shop, QStringLiteral("shop-prod"),
         [secondsAgo] {
             return driver::type(wizard(), QStringLiteral("Point in time"),
                                 QDateTime::fromSecsSinceEpoch(secondsAgo(900), Qt::UTC)
                                     .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")));
         },
         drills, QStringLiteral("drill-sharded"), QStringLiteral("Restore"), 3},
        {QStringLiteral("checkpoint"), QStringLiteral("Restore to a checkpoint"), shop, QStringLiteral("legacy-orders"),
         [] { return driver::selectRow(wizard(), QStringLiteral("Checkpoints"), QStringLiteral("Yes")); }, drills,
         QStringLiteral("legacy-drill"), QStringLiteral("Restore"), 3},
    };
    int inPlace = 0;
    for (const Walk &walk : automated) {
        s.wizardTo(walk);
        s.order(walk);
        s.closeWizard(walk.shortName + QStringLiteral("-jobs"));
        ++inPlace;
        // A restore of the same target would rightly be stopped before.
        s.inMain(
            tr("%1: called done only when the agents have reached the new goal").arg(walk.mode),
            walk.shortName + QStringLiteral("-in-place"), {},
            [script, inPlace] {
                const int rows =
                    driver::countRows(script->m_main, QStringLiteral("Restore jobs"), QStringLiteral("Data in place"));
                return needs(rows >= inPlace, tr("%1 of %2 restores are in place").arg(rows).arg(inPlace));
            },
            std::chrono::seconds(60));
    }

    // The steps hold the script: it lives as long as they do.
    std::vector<WalkthroughStep> steps = std::move(s.steps);
    for (WalkthroughStep &step : steps)
        step.window = [script, window = step.window] { return window(); };
    return steps;
}

} // namespace tidemark
