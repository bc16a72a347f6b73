#include "ui/walkthrough/walkthrough_script.h"

#include "ui/walkthrough/walkthrough_approval.h"
#include "ui/walkthrough/walkthrough_moment.h"
#include "ui/walkthrough/walkthrough_undo.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QWidget>

#include <memory>

namespace tidemark {

namespace driver = window_driver;

namespace {

constexpr qint64 RoundMoment = 600; // seconds

/// The files on disk, apart from what any window says.
QString checkVerifiedFiles(const QString &folder, const QString &pattern, int count)
{
    const QFileInfoList files = QDir(folder).entryInfoList({pattern}, QDir::Files);
    if (files.size() != count)
        return QStringLiteral("%1 holds %2 files of %3").arg(folder).arg(files.size()).arg(count);
    for (const QFileInfo &info : files) {
        QFile file(info.filePath());
        QFile noted(info.filePath() + QStringLiteral(".sha1"));
        QCryptographicHash hash(QCryptographicHash::Sha1);
        if (!file.open(QIODevice::ReadOnly) || !noted.open(QIODevice::ReadOnly) || !hash.addData(&file))
            return QStringLiteral("%1 or its .sha1 cannot be read").arg(info.fileName());
        if (!noted.readAll().startsWith(hash.result().toHex()))
            return QStringLiteral("%1 is not what its .sha1 says").arg(info.fileName());
        if (QFile::exists(info.filePath() + QStringLiteral(".part")))
            return QStringLiteral("%1 still has its .part").arg(info.fileName());
    }
    return {};
}

} // namespace

QStringList walkthroughDemoArguments()
{
    return {QStringLiteral("--product"),        QStringLiteral("ops-manager"),     QStringLiteral("--fault"),
            QStringLiteral("/ledger-=flip@1M"), QStringLiteral("--no-monitoring"), unwatchedProject()};
}

std::vector<WalkthroughStep> walkthroughScript(const WalkSetting &setting)
{
    auto script = std::make_shared<WalkScript>(setting.mainWindow);
    WalkScript &s = *script;
    const QString shop = QStringLiteral("Shop");
    const QString drills = QStringLiteral("Restore drills");
    // In whole ten minutes, so that the pictures of two walks show the same moment.
    const auto secondsAgo = [](qint64 seconds) {
        return (QDateTime::currentSecsSinceEpoch() - seconds) / RoundMoment * RoundMoment;
    };

    s.inMain(QStringLiteral("Tidemark opens on the stand-in Ops Manager"), QStringLiteral("start"), {}, [script] {
        return needs(driver::canPress(script->mainWindow(), QStringLiteral("newRestoreButton")),
                     QStringLiteral("there is no connection yet"));
    });

    const Walk download{QStringLiteral("download"),
                        RestoreMode::DownloadSnapshot,
                        shop,
                        QStringLiteral("shop-prod"),
                        [] {
                            return firstProblem({chooseSnapshot, [] {
                                                     return driver::type(walkedWizard(), QStringLiteral("maxDownloads"),
                                                                         QStringLiteral("3"));
                                                 }});
                        },
                        {},
                        {},
                        3};
    s.wizardTo(download);
    s.order(download);
    s.downloads(QStringLiteral("verified"), QStringLiteral("shop-prod"), 3, ChipKind::Verified);
    s.inMain(QStringLiteral("The three files on disk have the hashes that were published"),
             QStringLiteral("verified-files"), {}, [folder = setting.downloadFolder] {
                 return checkVerifiedFiles(folder, QStringLiteral("*shop-prod*.tar.gz"), 3);
             });

    Walk mismatch = download;
    mismatch.shortName = QStringLiteral("mismatch");
    mismatch.cluster = QStringLiteral("ledger");
    mismatch.jobs = 1;
    s.wizardTo(mismatch);
    s.order(mismatch);
    s.downloads(QStringLiteral("corrupt"), QStringLiteral("ledger"), 1, ChipKind::Corrupt);
    s.inMain(QStringLiteral("The wrong file was set aside and has no final name"), QStringLiteral("corrupt-files"), {},
             [folder = setting.downloadFolder] {
                 const QDir dir(folder);
                 if (dir.entryList({QStringLiteral("ledger-*.corrupt")}).size() != 1)
                     return QStringLiteral("there is no .corrupt file");
                 return needs(dir.entryList({QStringLiteral("ledger-*.tar.gz")}).isEmpty(),
                              QStringLiteral("the file got its final name"));
             });

    const std::vector<Walk> automated{
        {QStringLiteral("snapshot"), RestoreMode::AutomatedSnapshot, shop, QStringLiteral("ledger"), chooseSnapshot,
         drills, QStringLiteral("drill")},
        {QStringLiteral("oplog"), RestoreMode::OplogTimestamp, shop, QStringLiteral("ledger"),
         [secondsAgo] {
             return firstProblem(
                 {[&] {
                      return driver::type(walkedWizard(), QStringLiteral("oplogSeconds"),
                                          QString::number(secondsAgo(900)));
                  },
                  [] { return driver::type(walkedWizard(), QStringLiteral("oplogIncrement"), QStringLiteral("1")); }});
         },
         drills, QStringLiteral("drill")},
        {QStringLiteral("pit"), RestoreMode::PointInTime, shop, QStringLiteral("shop-prod"),
         [secondsAgo] {
             return driver::type(walkedWizard(), QStringLiteral("pointInTime"),
                                 QDateTime::fromSecsSinceEpoch(secondsAgo(900), Qt::UTC)
                                     .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")));
         },
         drills, QStringLiteral("drill-sharded"), 3},
        {QStringLiteral("checkpoint"), RestoreMode::Checkpoint, shop, QStringLiteral("legacy-orders"),
         [] { return chooseNewest(QStringLiteral("checkpoints")); }, drills, QStringLiteral("legacy-drill"), 3},
    };
    int inPlace = 0;
    for (const Walk &walk : automated) {
        s.wizardTo(walk);
        s.order(walk);
        s.closeWizard(walk.shortName + QStringLiteral("-jobs"));
        s.inPlace(walk.shortName, ++inPlace);
    }

    undoARestore(script, inPlace);
    findTheMoment(script, inPlace + 2);
    findTheMomentWithoutRights(script);
    approveARestore(script, setting);

    // The steps hold the script: it lives as long as they do.
    std::vector<WalkthroughStep> steps = std::move(s.steps);
    for (WalkthroughStep &step : steps)
        step.window = [script, window = step.window] { return window(); };
    return steps;
}

} // namespace tidemark
