#include "jobs/job_monitor.h"
#include "session/catalogue.h"
#include "session/unlisted_restores.h"

#include <QTest>

using namespace tidemark;

class UnlistedRestoresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sourceList_data();
    void sourceList();
    void isListed_data();
    void isListed();
    void isUnlisted_data();
    void isUnlisted();
};

void UnlistedRestoresTest::sourceList_data()
{
    QTest::addColumn<std::optional<int>>("lastGood"); ///< seconds after the order; nothing: the list is not watched
    QTest::addColumn<bool>("everRead");
    QTest::addColumn<bool>("projectsRead");
    QTest::addColumn<int>("unreadProjects");
    QTest::addColumn<SourceList>("list");
    using Seconds = std::optional<int>;
    QTest::newRow("read before it, and the clock was set back behind the order")
        << Seconds(-3600) << true << true << 0 << SourceList::Read;
    QTest::newRow("read after the order") << Seconds(1) << true << true << 0 << SourceList::Read;
    QTest::newRow("read in the same moment") << Seconds(0) << true << true << 0 << SourceList::NotRead;
    QTest::newRow("read before it") << Seconds(-1) << true << true << 0 << SourceList::NotRead;
    QTest::newRow("never read") << Seconds(1) << false << true << 0 << SourceList::NotRead;
    QTest::newRow("not watched") << Seconds() << false << true << 0 << SourceList::NotWatched;
    QTest::newRow("the projects are not read yet") << Seconds() << false << false << 0 << SourceList::NotRead;
    QTest::newRow("a project's clusters are not read yet") << Seconds() << false << true << 1 << SourceList::NotRead;
}

void UnlistedRestoresTest::sourceList()
{
    QFETCH(std::optional<int>, lastGood);
    QFETCH(bool, everRead);
    QFETCH(bool, projectsRead);
    QFETCH(int, unreadProjects);
    RememberedSubmission restore;
    restore.ordered = QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
    CatalogueState catalogue;
    catalogue.projectsRead = projectsRead;
    catalogue.unreadProjects = unreadProjects;
    JobsReading reading;
    if (lastGood && everRead)
        reading.lastGood = restore.ordered.addSecs(*lastGood);
    // A list is not read in the future: a moment after the reading, or after the order where that is later.
    const bool isSetBack = lastGood && *lastGood == -3600;
    const QDateTime now = restore.ordered.addSecs(isSetBack ? -3599 : 2);
    QTEST(tidemark::sourceList(restore, lastGood ? &reading : nullptr, catalogue, now), "list");
}

/// An order's answer may tell a job and the list its batch, or the other way round.
void UnlistedRestoresTest::isListed_data()
{
    QTest::addColumn<QString>("batch");
    QTest::addColumn<QString>("job");
    QTest::addColumn<bool>("listed");
    QTest::newRow("its batch") << QStringLiteral("b") << QString() << true;
    QTest::newRow("its job, of a batch that its answer did not tell") << QString() << QStringLiteral("2") << true;
    QTest::newRow("its job and another batch") << QStringLiteral("c") << QStringLiteral("1") << true;
    QTest::newRow("others") << QStringLiteral("c") << QStringLiteral("3") << false;
    QTest::newRow("no batch, and jobs without one") << QString() << QStringLiteral("3") << false;
}

void UnlistedRestoresTest::isListed()
{
    QFETCH(QString, batch);
    QFETCH(QString, job);
    std::vector<JobGroup> groups(2);
    groups[0].key = QStringLiteral("b");
    for (const char *id : {"1", "2"}) {
        RestoreJob one;
        one.id = JobId(QString::fromLatin1(id));
        one.batch = BatchId(QStringLiteral("b"));
        groups[0].jobs.push_back(one);
    }
    groups[1].jobs.resize(1);
    groups[1].jobs.front().id = JobId(QStringLiteral("9"));
    RememberedSubmission restore;
    restore.batch = BatchId(batch);
    if (!job.isEmpty())
        restore.jobs = {JobId(job)};
    QTEST(tidemark::isListed(restore, groups), "listed");
}

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
