#include "session/unlisted_restores.h"

#include <QTest>

using namespace tidemark;

class UnlistedRestoresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isUnlisted_data();
    void isUnlisted();
};

void UnlistedRestoresTest::isUnlisted_data()
{
    QTest::addColumn<RestoreMode>("mode");
    QTest::addColumn<bool>("stopped");
    QTest::addColumn<bool>("settled"); ///< its agents' last word was heard
    QTest::addColumn<bool>("listed");
    QTest::addColumn<SourceList>("list");
    QTest::addColumn<bool>("target");
    QTest::addColumn<bool>("unlisted");
    const auto row = [](const char *what, bool unlisted, SourceList list, bool target = true, bool listed = false,
                        bool stopped = false, bool settled = false, RestoreMode mode = RestoreMode::AutomatedSnapshot) {
        QTest::newRow(what) << mode << stopped << settled << listed << list << target << unlisted;
    };
    row("the list was read and does not show it", true, SourceList::Read);
    row("the list was read, the target is not of this connection", true, SourceList::Read, false);
    row("the list shows it", false, SourceList::Read, true, true);
    row("the list will be read", false, SourceList::NotRead);
    row("its source is not shown here, its target is", true, SourceList::NotWatched);
    row("of another connection", false, SourceList::NotWatched, false);
    row("nobody wants to follow it", false, SourceList::Read, true, false, true);
    row("its agents have said their last word", false, SourceList::Read, true, false, false, true);
    row("a download overwrites nothing", false, SourceList::Read, true, false, false, false,
        RestoreMode::DownloadSnapshot);
    row("to a moment", true, SourceList::Read, true, false, false, false, RestoreMode::PointInTime);
}

void UnlistedRestoresTest::isUnlisted()
{
    QFETCH(RestoreMode, mode);
    QFETCH(bool, stopped);
    QFETCH(bool, settled);
    QFETCH(bool, listed);
    QFETCH(SourceList, list);
    QFETCH(bool, target);
    RememberedSubmission restore;
    restore.mode = mode;
    restore.stoppedFollowing = stopped;
    if (settled)
        restore.agents.stage = AgentsStage::AtUnknownGoal;
    QCOMPARE(restore.agents.isLastWord(), settled);
    QTEST(tidemark::isUnlisted(restore, listed, list, target), "unlisted");
}

QTEST_GUILESS_MAIN(UnlistedRestoresTest)
#include "unlisted_restores_test.moc"
