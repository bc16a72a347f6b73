#include "focus_names.h"
#include "plan_bench.h"
#include "support/file_dialogs.h"
#include "ui/wizard/restore_wizard.h"

#include <QAction>
#include <QApplication>
#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QPushButton>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QString Continue = QStringLiteral("Continue…");
const QString AsItWas = QStringLiteral("Everything that it names is there, as it was.");

} // namespace

/// A plan's way back into the wizard, over the stand-in Cloud Manager and real files.
class PlanOpenTest : public PlanTest
{
    Q_OBJECT

private Q_SLOTS:
    void leadsIntoThePrefilledWizard();
    void withTheKeyboardAlone();
    void theMenuAsksForTheFile();
    void aFileIsDropped();
    void whatChangedIsSaid_data();
    void whatChangedIsSaid();
    void anotherServersPlanLeadsNowhere();
    void waitsForAConnection();
    void outlivesItsConnection();
    void refused_data();
    void refused();
    void whatFailedToBeReadIsNotAsItWas();
    void staysWhereAWizardIsInTheWay();
};

void PlanOpenTest::leadsIntoThePrefilledWizard()
{
    QVERIFY(connectDemo());
    const RestorePlan written = m_plans->plan();
    QVERIFY(m_plans->write(written));
    QVERIFY(m_plans->open());
    QTRY_VERIFY2(text().contains(AsItWas), qPrintable(text()));
    for (const QString &words :
         {QStringLiteral("Restore a snapshot to a cluster"), QStringLiteral("ledger"), QStringLiteral("drill"),
          QStringLiteral("By %1, at %2.").arg(written.author, written.server), QStringLiteral("Ticket 4711"),
          QStringLiteral("<b>as agreed</b>"), QStringLiteral("Preflight"),
          QStringLiteral("Nobody has signed this plan.")})
        QVERIFY2(text().contains(words), qPrintable(words + QLatin1Char('\n') + text()));
    // The same that the wizard would say of it.
    QTRY_VERIFY2(text().contains(QStringLiteral("Checks passed: kind of cluster")), qPrintable(text()));
    QVERIFY2(text().contains(QStringLiteral("The target has no running backup")), qPrintable(text()));
    QCOMPARE(driver::press(dialog(), Continue), QString());
    QTRY_VERIFY(driver::window(QStringLiteral("New restore")));
    const auto *wizard = qobject_cast<RestoreWizard *>(driver::window(QStringLiteral("New restore")));
    QVERIFY(wizard);
    const RestoreDraft &draft = wizard->draft();
    QCOMPARE(draft.mode, RestoreMode::AutomatedSnapshot);
    QCOMPARE(draft.snapshot, std::get<SnapshotPoint>(written.point).snapshot);
    QCOMPARE(draft.cluster->id, written.source.id);
    QCOMPARE(draft.targetCluster->id, written.target->id);
    QVERIFY(draft.cluster == *m_plans->bench->session()->catalogue().cluster(written.source.id)); // as it is today
    QVERIFY(draft.typedTargetName.isEmpty());
    QTRY_VERIFY(!dialog());
}

void PlanOpenTest::withTheKeyboardAlone()
{
    QVERIFY(connectDemo());
    QVERIFY(m_plans->write(m_plans->plan()));
    QVERIFY(m_plans->open());
    QTRY_VERIFY2(text().contains(AsItWas), qPrintable(text()));
    QCOMPARE(unnamedStops(dialog()), QStringList());
    QVERIFY(QTest::qWaitForWindowActive(dialog()));
    QStringList stops;
    for (int i = 0; i < 5; ++i) {
        stops << dialog()->focusWidget()->objectName();
        QTest::keyClick(dialog()->focusWidget(), Qt::Key_Tab);
    }
    QCOMPARE(stops, QStringList({QStringLiteral("planDecision"), QStringLiteral("approvePlan"),
                                 QStringLiteral("approvePlanWithOpenPgp"), QStringLiteral("continuePlan"),
                                 QStringLiteral("closePlan")}));
    QTRY_COMPARE(dialog()->focusWidget()->objectName(), QStringLiteral("planDecision"));
    QTest::keyClick(dialog()->focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(driver::window(QStringLiteral("New restore")));
    QTRY_VERIFY(!dialog());
}

void PlanOpenTest::theMenuAsksForTheFile()
{
    QVERIFY(connectDemo());
    QVERIFY(m_plans->write(m_plans->plan()));
    m_plans->window()->findChild<QAction *>(QStringLiteral("openPlanAction"))->trigger();
    QVERIFY(answerFileDialog(m_plans->window(), path(QStringLiteral("a.tidemark-plan"))));
    QTRY_VERIFY2(text().contains(AsItWas), qPrintable(text()));
}

void PlanOpenTest::aFileIsDropped()
{
    QVERIFY(connectDemo());
    QVERIFY(m_plans->write(m_plans->plan()));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path(QStringLiteral("a.tidemark-plan")))});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_plans->window(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_plans->window(), &drop);
    QTRY_VERIFY2(text().contains(AsItWas), qPrintable(text()));
}

void PlanOpenTest::whatChangedIsSaid_data()
{
    using Edit = std::function<void(RestorePlan &)>;
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<QString>("words");
    QTest::newRow("the target's name") << Edit([](RestorePlan &p) { p.target->name = QStringLiteral("drill-old"); })
                                       << QStringLiteral("The cluster was called “drill-old” and is called “drill”.");
    QTest::newRow("the source is gone") << Edit([](RestorePlan &p) {
        p.source.id = ClusterId(QStringLiteral("5f0000000000000000000001"));
    }) << QStringLiteral("The cluster “ledger” is not there any more.");
    QTest::newRow("the project is gone") << Edit([](RestorePlan &p) {
        p.target->project.id = ProjectId(QStringLiteral("5f0000000000000000000002"));
    }) << QStringLiteral("The project “Restore drills” is not there, or this key does not see it.");
    QTest::newRow("the snapshot is gone")
        << Edit([](RestorePlan &p) { p.point = SnapshotPoint{SnapshotId(QStringLiteral("5f0000000000000000000003"))}; })
        << QStringLiteral("is not there any more.");
}

void PlanOpenTest::whatChangedIsSaid()
{
    using Edit = std::function<void(RestorePlan &)>;
    QFETCH(Edit, edit);
    QFETCH(QString, words);
    QVERIFY(connectDemo());
    RestorePlan changed = m_plans->plan();
    edit(changed);
    QVERIFY(m_plans->write(changed));
    QVERIFY(m_plans->open());
    QTRY_VERIFY2(text().contains(words), qPrintable(text()));
    QVERIFY(!text().contains(AsItWas));
    QVERIFY(driver::canPress(dialog(), Continue)); // the wizard judges it
}

void PlanOpenTest::anotherServersPlanLeadsNowhere()
{
    QVERIFY(connectDemo());
    RestorePlan other = m_plans->plan();
    other.server = QStringLiteral("https://ops.example.net");
    QVERIFY(m_plans->write(other));
    QVERIFY(m_plans->open());
    QTRY_VERIFY2(text().contains(QStringLiteral("The plan was written at https://ops.example.net")),
                 qPrintable(text()));
    QVERIFY(!driver::canPress(dialog(), Continue));
    QVERIFY(!text().contains(AsItWas) && !text().contains(QStringLiteral("Checks passed")));
}

/// From the command line it may be open before the connection is.
void PlanOpenTest::waitsForAConnection()
{
    QVERIFY(connectDemo());
    QVERIFY(m_plans->write(m_plans->plan()));
    m_plans->restart();
    QVERIFY(m_plans->open());
    QTRY_VERIFY2(text().contains(QStringLiteral("No connection is open")), qPrintable(text()));
    QVERIFY(text().contains(QStringLiteral("Ticket 4711")));
    QVERIFY(!driver::canPress(dialog(), Continue));
    QVERIFY(connectDemo());
    QTRY_VERIFY2(text().contains(AsItWas), qPrintable(text()));
    QVERIFY(driver::canPress(dialog(), Continue));
}

void PlanOpenTest::outlivesItsConnection()
{
    QVERIFY(connectDemo());
    QVERIFY(m_plans->write(m_plans->plan()));
    QVERIFY(m_plans->open());
    QTRY_VERIFY2(text().contains(AsItWas), qPrintable(text()));
    const auto before = m_plans->bench->session();
    addConnection(*m_plans->bench, *m_cloud, QStringLiteral("two"), m_cloud->privateKey());
    QVERIFY(openConnection(*m_plans->bench, *m_cloud, QStringLiteral("two")));
    QVERIFY(m_plans->bench->session() != before ||
            m_plans->bench->session()->connection().name == QStringLiteral("two"));
    QTRY_VERIFY2(text().contains(AsItWas), qPrintable(text()));
    QCOMPARE(driver::press(dialog(), Continue), QString());
    QTRY_VERIFY(driver::window(QStringLiteral("New restore")));
}

void PlanOpenTest::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    QTest::newRow("another file") << QByteArray("hello") << QStringLiteral("This file is no plan of Tidemark's.");
    QTest::newRow("a newer plan") << QByteArray("{\"format\":\"tidemark-plan\",\"version\":2}")
                                  << QStringLiteral("written by a newer Tidemark");
    QTest::newRow("too large") << QByteArray(LargestPlanFile + 1, ' ') << QStringLiteral("too large for a plan");
    QTest::newRow("nowhere") << QByteArray() << QStringLiteral("cannot be read:");
    QTest::newRow("a folder") << QByteArray("/") << QStringLiteral("is no file that a plan could be in.");
}

void PlanOpenTest::refused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    const QString name = QStringLiteral("bad.tidemark-plan");
    if (bytes == "/") {
        QVERIFY(QDir().mkdir(path(name)));
    } else if (!bytes.isEmpty()) {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    QVERIFY(m_plans->open(name));
    QTRY_VERIFY2(text().contains(words), qPrintable(text()));
    QVERIFY(text().contains(QStringLiteral("This plan cannot be opened")));
    QVERIFY(!driver::canPress(dialog(), Continue));
    QVERIFY(!driver::canPress(dialog(), QStringLiteral("Approve…")));
    // The one thing that is left to do can be done from here.
    QVERIFY(connectDemo());
    QVERIFY(m_plans->write(m_plans->plan()));
    QCOMPARE(driver::press(dialog(), QStringLiteral("Open another plan…")), QString());
    QVERIFY(answerFileDialog(m_plans->window(), path(QStringLiteral("a.tidemark-plan"))));
    QTRY_VERIFY2(text().contains(AsItWas), qPrintable(text()));
}

void PlanOpenTest::whatFailedToBeReadIsNotAsItWas()
{
    DemoCloud cloud({QStringLiteral("--exit-with-parent"), QStringLiteral("--fault"),
                     QStringLiteral("GET /snapshots=403 always code=USER_UNAUTHORIZED")});
    QVERIFY2(cloud.isRunning(), qPrintable(cloud.problem()));
    QVERIFY(connectDemo());
    RestorePlan elsewhere = m_plans->plan();
    addConnection(*m_plans->bench, cloud, QStringLiteral("two"), cloud.privateKey());
    QVERIFY(openConnection(*m_plans->bench, cloud, QStringLiteral("two")));
    elsewhere.server = planServer(m_plans->bench->session()->connection());
    QVERIFY(m_plans->write(elsewhere));
    QVERIFY(m_plans->open());
    QTRY_VERIFY2(text().contains(QStringLiteral("Whether its snapshot is still there could not be checked.")),
                 qPrintable(text()));
    QVERIFY(!text().contains(AsItWas));
}

void PlanOpenTest::staysWhereAWizardIsInTheWay()
{
    QVERIFY(connectDemo());
    QVERIFY(m_plans->write(m_plans->plan()));
    m_plans->window()->newRestore();
    QVERIFY(m_plans->open());
    QTRY_VERIFY2(text().contains(AsItWas), qPrintable(text()));
    QCOMPARE(driver::press(dialog(), Continue), QString());
    const auto *wizard = qobject_cast<RestoreWizard *>(driver::window(QStringLiteral("New restore")));
    QVERIFY(wizard && !wizard->draft().cluster);
    QTRY_VERIFY(driver::visibleText(m_plans->window())
                    .contains(QStringLiteral("A new restore is being prepared already: finish or close it first.")));
    QVERIFY(dialog() && dialog()->isVisible());
}

QTEST_MAIN(PlanOpenTest)
#include "plan_open_test.moc"
