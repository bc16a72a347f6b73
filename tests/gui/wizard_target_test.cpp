#include "wizard_bench.h"

#include "support/patience.h"
#include "support/waiting.h"
#include "ui/widgets/message_bar.h"
#include "ui/wizard/erase_panel.h"
#include "ui/wizard/findings_panel.h"

#include <QAbstractItemView>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QPushButton>
#include <QTest>

using namespace tidemark;
using test::WizardBench;

namespace {

const QString Shop = QStringLiteral("Shop");
const QString Drills = QStringLiteral("Restore drills");
const QString Drill = QStringLiteral("drill");
const QString Next = QStringLiteral("Next");

/// The checks of the target that found nothing against it.
QString passed(WizardBench &bench)
{
    QStringList all;
    for (const FindingEntry &entry :
         bench.wizard().findChild<FindingsPanel *>(QStringLiteral("preflight"))->entries()) {
        if (entry.kind == FindingKind::Passed)
            all << entry.sentence;
    }
    return all.join(QLatin1Char('\n'));
}

QString erased(WizardBench &bench)
{
    return bench.wizard().findChild<ErasePanel *>(QStringLiteral("wouldBeErased"))->accessibleName();
}

/// What stands against the restore in the panel with this name, and what is noted there; not the checks that passed.
QString sentencesIn(WizardBench &bench, const char *name)
{
    const auto *panel = bench.wizard().findChild<FindingsPanel *>(QLatin1String(name));
    QStringList all;
    for (const FindingEntry &entry : panel->entries()) {
        if (panel->isVisible() && entry.kind != FindingKind::Passed)
            all << entry.sentence;
    }
    return all.join(QLatin1Char('\n'));
}

QString findings(WizardBench &bench)
{
    return sentencesIn(bench, "findings");
}

/// What stands against the target, on its page.
QString preflight(WizardBench &bench)
{
    return sentencesIn(bench, "preflight");
}

bool isSaid(WizardBench &bench, const QString &words)
{
    return QTest::qWaitFor([&] { return preflight(bench).contains(words); }, test::PatienceMs);
}

bool isAllRead(WizardBench &bench)
{
    return QTest::qWaitFor([&] { return !preflight(bench).contains(QStringLiteral("still being read")); },
                           test::PatienceMs);
}

bool toTarget(WizardBench &bench, const QString &project, const QString &cluster)
{
    return bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore a snapshot to a cluster")) &&
           bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")) &&
           QTest::qWaitFor([&] { return bench.canPress(Next); }, test::PatienceMs) && bench.press(Next) &&
           bench.isOn(TargetPageId) && bench.chooseEntry(QStringLiteral("Target project"), project) &&
           bench.chooseRow(QStringLiteral("Target cluster"), QAccessible::Tree, cluster);
}

/// A restore of the drill, ordered elsewhere: this program remembers nothing of it. It is waited for until the server
/// is in this state with it.
bool orderElsewhere(WizardBench &bench, JobStatus until)
{
    CloudClient &client = bench.session().client();
    const ProjectId project(bench.projectId(Shop));
    const ClusterId ledger(bench.clusterId(Shop, QStringLiteral("ledger")));
    const auto snapshots = test::resultOf(client.snapshots(project, ledger));
    if (!snapshots)
        return false;
    const auto good =
        std::find_if(snapshots->begin(), snapshots->end(), [](const Snapshot &one) { return one.complete; });
    const QJsonObject body{
        {QStringLiteral("snapshotId"), good->id.value},
        {QStringLiteral("delivery"), QJsonObject{{QStringLiteral("methodName"), QStringLiteral("AUTOMATED_RESTORE")},
                                                 {QStringLiteral("targetGroupId"), bench.projectId(Drills)},
                                                 {QStringLiteral("targetClusterId"), bench.clusterId(Drills, Drill)}}}};
    const auto created = test::resultOf(
        client.createRestoreJobs(project, ledger, QJsonDocument(body).toJson(), [](int) { return true; }));
    const auto isThere = [&] {
        const auto job = test::resultOf(client.restoreJob(project, ledger, created->jobs.front().id));
        return job && job->status == until;
    };
    return created && created->jobs.size() == 1 && QTest::qWaitFor(isThere, test::PatienceMs);
}

} // namespace

/// What stands against the chosen target is said on its page and on the Review page, and holds neither up.
class WizardTargetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void warnings_data()
    {
        QTest::addColumn<QStringList>("switches");
        QTest::addColumn<QByteArray>("fault");
        QTest::addColumn<QString>("words"); ///< empty: nothing is said
        const auto add = [](const char *name, const QStringList &switches, const char *fault, const char *words) {
            QTest::newRow(name) << switches << QByteArray(fault) << QString::fromUtf8(words);
        };
        add("all is well", {}, "", "");
        add("not managed", {QStringLiteral("--unmanaged"), Drill}, "",
            "No process of “drill” is in the automation configuration of its project");
        add("silent agents", {QStringLiteral("--silent-agents"), Drill}, "",
            "agents on these hosts of “drill” have been silent for more than 10 minutes: drill-0.db.example.net "
            "(since");
        add("no agents", {QStringLiteral("--no-agents"), Drill}, "",
            "These hosts of “drill” have no automation agent and can take no part in a restore: "
            "drill-0.db.example.net");
        add("agents that may not be read", {}, "GET /agents/AUTOMATION=403 always code=USER_UNAUTHORIZED",
            "Whether the automation agents of “drill” are alive could not be checked. ");
        add("status that may not be read", {}, "GET /automationStatus=403 always code=USER_UNAUTHORIZED",
            "agents of “drill” are still carrying out another restore could not be checked. ");
        add("a list that may not be read", {}, "GET /restoreJobs=403 always code=USER_UNAUTHORIZED",
            "Whether another restore of “drill” is running could not be checked everywhere: the restore jobs of ");
        add("hosts that may not be read", {}, "GET /hosts=403 always code=USER_UNAUTHORIZED",
            "Whether the data fit on the disks of “drill”, and whether clients write to it now, could not be "
            "checked. ");
        add("disks that may not be read", {}, "GET /disks=403 always code=USER_UNAUTHORIZED",
            "Whether the data fit on the disks of “drill” could not be checked. ");
        add("measurements that may not be read", {QStringLiteral("--no-monitoring"), QStringLiteral("Restore drills")},
            "", "Whether clients write to “drill” now could not be checked. ");
        add("data that no disk can hold", {QStringLiteral("--archive-size"), QStringLiteral("200G")}, "",
            "GB that the restore brings to each process, even when their disks are empty: "
            "drill-0.db.example.net:27017, ");
        add("a configuration that an old server cannot show",
            {QStringLiteral("--product"), QStringLiteral("ops-manager"), QStringLiteral("--server-version"),
             QStringLiteral("7.0.10")},
            "",
            "manages “drill”, and with which storage settings, could not be checked. Ops Manager 7.0.10 cannot show "
            "its automation configuration");
    }

    void warnings()
    {
        QFETCH(QStringList, switches);
        QFETCH(QByteArray, fault);
        QFETCH(QString, words);
        WizardBench bench(switches);
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(fault.isEmpty() || bench.addFault(fault));
        QVERIFY(toTarget(bench, Drills, Drill));
        QVERIFY(isAllRead(bench));
        QVERIFY2(preflight(bench).contains(words), qPrintable(preflight(bench)));
        for (const char *each :
             {"agent", "automation", "Another restore", "could not be checked", "the restore brings", "lients write"})
            QVERIFY2(!words.isEmpty() || !preflight(bench).contains(QLatin1String(each)), qPrintable(preflight(bench)));
        QVERIFY(bench.press(Next));
        QVERIFY(bench.isOn(ReviewPageId));
        QVERIFY2(findings(bench).contains(words), qPrintable(findings(bench)));
    }

    /// The stand-in's shop is in use, and its drills are not.
    void clientsThatWrite()
    {
        WizardBench bench;
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(toTarget(bench, Drills, Drill));
        QVERIFY(isAllRead(bench));
        QVERIFY2(passed(bench).contains(QStringLiteral("hardly any writes")), qPrintable(passed(bench)));
        QVERIFY2(passed(bench).contains(QStringLiteral("room on a partition of each host")), qPrintable(passed(bench)));
        QVERIFY2(erased(bench).contains(QStringLiteral("Data: 3.20 GB; by size: orders 2.11 GB, stock/2026 1.09 GB")),
                 qPrintable(erased(bench)));
        QVERIFY2(erased(bench).contains(QStringLiteral("Last write: not above 3 a minute in the last 24 hours")),
                 qPrintable(erased(bench)));
        QVERIFY(bench.chooseEntry(QStringLiteral("Target project"), Shop));
        QVERIFY(bench.chooseRow(QStringLiteral("Target cluster"), QAccessible::Tree, QStringLiteral("catalog")));
        QVERIFY(isAllRead(bench));
        QVERIFY2(preflight(bench).contains(
                     QStringLiteral("Clients write to “catalog” now (seen on catalog-0.db.example.net:27017).")),
                 qPrintable(preflight(bench)));
        QVERIFY2(!passed(bench).contains(QStringLiteral("hardly any writes")), qPrintable(passed(bench)));
        QVERIFY2(erased(bench).contains(QStringLiteral("Last write: written to until ")), qPrintable(erased(bench)));
    }

    /// Each read fails: every finding says so, none is said to have passed, and it can be ticked.
    void nothingCanBeRead()
    {
        WizardBench bench;
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        for (const char *read : {"/hosts", "/disks", "/databases", "/measurements", "/automationStatus", "/noSecrets",
                                 "/agents/AUTOMATION", "/restoreJobs"})
            QVERIFY(bench.addFault("GET " + QByteArray(read) + "=403 always code=USER_UNAUTHORIZED"));
        QVERIFY(toTarget(bench, Drills, Drill));
        QVERIFY(isAllRead(bench));
        const QString said = preflight(bench);
        for (const char *each :
             {"manages “drill”", "agents of “drill” are alive", "agents of “drill” are still carrying out",
              "another restore of “drill” is running", "the data fit on the disks", "clients write to it now"})
            QVERIFY2(said.contains(QString::fromUtf8(each), Qt::CaseInsensitive), qPrintable(said));
        for (const char *each : {"automation agents", "room on a partition of each host", "hardly any writes",
                                 "no other restore", "rights in the target", "storage settings"})
            QVERIFY2(!passed(bench).contains(QLatin1String(each)), qPrintable(passed(bench)));
        QVERIFY(bench.canPress(Next));
    }

    /// A server that cannot leave the secrets out is asked for them only after a question.
    void theFullConfigurationAfterAQuestion()
    {
        WizardBench bench({QStringLiteral("--product"), QStringLiteral("ops-manager"),
                           QStringLiteral("--server-version"), QStringLiteral("7.0.10")});
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(toTarget(bench, Drills, Drill));
        QVERIFY(isAllRead(bench));
        const auto asked = [&bench] {
            return bench.requestedPaths().filter(QStringLiteral("/automationConfig")).size();
        };
        auto *button = bench.wizard().findChild<QPushButton *>(QStringLiteral("readFullConfiguration"));
        auto *question = bench.wizard().findChild<MessageBar *>(QStringLiteral("fullConfigurationQuestion"));
        QVERIFY(button->isVisible() && !question->isVisible());
        const auto before = asked();
        button->click();
        QVERIFY(question->isVisible());
        QVERIFY(bench.press(QStringLiteral("Not now")));
        QTest::qWait(200);
        QCOMPARE(asked(), before);
        QVERIFY(button->isVisible() && !question->isVisible());
        button->click();
        QVERIFY(bench.press(QStringLiteral("Read it")));
        QTRY_VERIFY(passed(bench).contains(QStringLiteral("storage settings")));
        QCOMPARE(asked(), before + 2); // of the target's project and of the source's
        QVERIFY(!button->isVisible());
        QVERIFY2(!preflight(bench).contains(QStringLiteral("storage settings")), qPrintable(preflight(bench)));
        // Another target is another question.
        QVERIFY(bench.chooseRow(QStringLiteral("Target cluster"), QAccessible::Tree, QStringLiteral("drill-sharded")));
        QVERIFY(isAllRead(bench));
        QTRY_VERIFY(button->isVisible());
    }

    void aRestoreThatRuns_data()
    {
        QTest::addColumn<QStringList>("switches");
        QTest::addColumn<JobStatus>("until");
        QTest::addColumn<QString>("words");
        QTest::newRow("its job is listed with its target")
            << QStringList{QStringLiteral("--targets-in-answers"), QStringLiteral("--job-seconds"),
                           QStringLiteral("60")}
            << JobStatus::InProgress << QStringLiteral("Another restore of “drill” is running: it was created at ");
        QTest::newRow("the agents are at it")
            << QStringList{QStringLiteral("--job-seconds"), QStringLiteral("0.2"), QStringLiteral("--restore-seconds"),
                           QStringLiteral("60")}
            << JobStatus::Finished << QStringLiteral("were told to carry out another restore");
    }

    void aRestoreThatRuns()
    {
        QFETCH(QStringList, switches);
        QFETCH(JobStatus, until);
        QFETCH(QString, words);
        WizardBench bench(switches);
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.open());
        QVERIFY(orderElsewhere(bench, until));
        QVERIFY(toTarget(bench, Drills, Drill));
        QVERIFY2(isSaid(bench, words), qPrintable(preflight(bench)));
        QVERIFY(bench.press(Next));
        QVERIFY(bench.isOn(ReviewPageId));
        QVERIFY2(findings(bench).contains(words), qPrintable(findings(bench)));
    }

    /// One answer that is long in coming holds neither the page nor the others.
    void whatIsSlowHoldsNothing()
    {
        WizardBench bench({QStringLiteral("--no-agents"), Drill});
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.addFault("GET /automationStatus=delay:20 always"));
        QVERIFY(toTarget(bench, Drills, Drill));
        QElapsedTimer timer;
        timer.start();
        QVERIFY(isSaid(bench, QStringLiteral("have no automation agent")));
        QVERIFY(preflight(bench).contains(QStringLiteral("still being read")));
        QVERIFY(bench.canPress(Next));
        QVERIFY(bench.press(Next));
        QVERIFY(bench.isOn(ReviewPageId));
        QVERIFY2(findings(bench).contains(QStringLiteral("still being read")), qPrintable(findings(bench)));
        QVERIFY2(timer.elapsed() < 10000, qPrintable(QString::number(timer.elapsed())));
    }

    void answersAboutAnEarlierTargetAreDropped()
    {
        WizardBench bench({QStringLiteral("--no-agents"), Drill});
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.addFault("GET /agents/AUTOMATION=delay:2 once"));
        QVERIFY(toTarget(bench, Drills, Drill));
        QVERIFY(bench.chooseEntry(QStringLiteral("Target project"), Shop));
        QVERIFY(bench.chooseRow(QStringLiteral("Target cluster"), QAccessible::Tree, QStringLiteral("catalog")));
        QVERIFY(isAllRead(bench));
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 3500) {
            QVERIFY2(!preflight(bench).contains(QStringLiteral("no automation agent")), qPrintable(preflight(bench)));
            QTest::qWait(50);
        }
    }

    /// What was known a minute ago is read again by the page that shows it, and by nothing that merely passes.
    void eachIsAskedOnce()
    {
        WizardBench bench;
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(toTarget(bench, Drills, Drill));
        QVERIFY(isAllRead(bench));
        const auto asked = [&bench] {
            const QStringList paths = bench.requestedPaths();
            return paths.filter(QStringLiteral("/agents/AUTOMATION")).size();
        };
        const auto before = asked();
        QVERIFY(bench.press(Next));
        QVERIFY(bench.isOn(ReviewPageId));
        QTest::qWait(500);
        QCOMPARE(asked(), before);
    }

    /// An arrow key that is held down passes many clusters: only where it rests is anything asked.
    void whatIsPassedIsNotAsked()
    {
        WizardBench bench;
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(toTarget(bench, Shop, QStringLiteral("catalog")));
        QVERIFY(isAllRead(bench));
        const auto asked = [&bench] {
            const QStringList paths = bench.requestedPaths();
            return paths.filter(QStringLiteral("/agents/AUTOMATION")).size();
        };
        const auto before = asked();
        auto *view = bench.table(QStringLiteral("Target cluster"), QAccessible::Tree);
        QVERIFY(view && view->model()->rowCount() > 1);
        view->setFocus();
        for (int n = 0; n < 10; ++n)
            QTest::keyClick(view, n % 2 == 0 ? Qt::Key_Down : Qt::Key_Up);
        QTest::keyClick(view, Qt::Key_Down);
        QTRY_COMPARE(asked(), before + 1);
        QVERIFY(isAllRead(bench));
        QTest::qWait(500);
        QCOMPARE(asked(), before + 1);
    }
};

QTEST_MAIN(WizardTargetTest)
#include "wizard_target_test.moc"
