#include "plans/plan_disk.h"
#include "support/demo_window.h"
#include "support/file_dialogs.h"
#include "support/ui_driver.h"
#include "ui/wizard/restore_wizard.h"

#include <QAction>
#include <QApplication>
#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

const QString Continue = QStringLiteral("Continue…");
const QString AsItWas = QStringLiteral("Everything that it names is there, as it was.");

} // namespace

/// A plan's way back into the wizard, over the stand-in Cloud Manager and real files.
class PlanOpenTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void leadsIntoThePrefilledWizard();
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
    void aSecondPersonSigns();
    void aKeyThatCannotSign();

private:
    QString path(const QString &name) const { return m_dir->filePath(name); }
    bool connectDemo() { return openConnection(*m_bench, *m_cloud, QStringLiteral("one")); }
    /// Of the ledger's newest snapshot into the drill cluster, as of today.
    RestorePlan plan();
    bool write(const RestorePlan &plan, const QString &name = QStringLiteral("a.tidemark-plan"));
    /// Opens it and waits for its window.
    bool open(const QString &name = QStringLiteral("a.tidemark-plan"));
    QWidget *dialog() const { return m_bench->window->findChild<QWidget *>(QStringLiteral("planDialog")); }
    QString text() const { return dialog() ? driver::visibleText(dialog()) : QString(); }

    std::unique_ptr<DemoCloud> m_cloud;
    std::unique_ptr<WindowBench> m_bench;
    std::unique_ptr<QTemporaryDir> m_dir;
};

void PlanOpenTest::initTestCase()
{
    m_cloud = std::make_unique<DemoCloud>(QStringList{QStringLiteral("--exit-with-parent")});
    QVERIFY2(m_cloud->isRunning(), qPrintable(m_cloud->problem()));
}

void PlanOpenTest::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_bench = std::make_unique<WindowBench>(JobMonitor::Intervals{200ms, 1000ms});
    QVERIFY(m_bench->makeWindow());
}

void PlanOpenTest::cleanup()
{
    m_bench.reset();
}

RestorePlan PlanOpenTest::plan()
{
    auto [draft, facts] = ledgerDownload(*m_bench->session());
    draft.mode = RestoreMode::AutomatedSnapshot;
    for (const Project &project : m_bench->session()->catalogue().projects()) {
        for (const Cluster &cluster : *m_bench->session()->catalogue().clusters(project.id)) {
            if (cluster.name == QStringLiteral("drill")) {
                draft.targetProject = project;
                draft.targetCluster = cluster;
            }
        }
    }
    const auto planned =
        planOf(draft, facts, m_bench->session()->connection(), m_bench->session()->client().serverNow(),
               QStringLiteral("Ticket 4711\n<b>as agreed</b>"));
    if (!planned)
        qWarning().noquote() << planned.error().sentence;
    return planned ? *planned : RestorePlan();
}

bool PlanOpenTest::write(const RestorePlan &plan, const QString &name)
{
    return !plan.source.id.isEmpty() && writePlanTo(path(name), {plan, {}});
}

bool PlanOpenTest::open(const QString &name)
{
    m_bench->window->openPlan(path(name));
    return QTest::qWaitFor([this] { return dialog() && dialog()->isVisible(); });
}

void PlanOpenTest::leadsIntoThePrefilledWizard()
{
    QVERIFY(connectDemo());
    const RestorePlan written = plan();
    QVERIFY(write(written));
    QVERIFY(open());
    QTRY_VERIFY2_WITH_TIMEOUT(text().contains(AsItWas), qPrintable(text()), 20000);
    for (const QString &words :
         {QStringLiteral("Restore a snapshot to a cluster"), QStringLiteral("ledger"), QStringLiteral("drill"),
          QStringLiteral("By %1, at %2.").arg(written.author, written.server), QStringLiteral("Ticket 4711"),
          QStringLiteral("<b>as agreed</b>"), QStringLiteral("Nobody has signed this plan.")})
        QVERIFY2(text().contains(words), qPrintable(words + QLatin1Char('\n') + text()));
    QCOMPARE(driver::press(dialog(), Continue), QString());
    QTRY_VERIFY(driver::window(QStringLiteral("New restore")));
    const auto *wizard = qobject_cast<RestoreWizard *>(driver::window(QStringLiteral("New restore")));
    QVERIFY(wizard);
    const RestoreDraft &draft = wizard->draft();
    QCOMPARE(draft.mode, RestoreMode::AutomatedSnapshot);
    QCOMPARE(draft.snapshot, std::get<SnapshotPoint>(written.point).snapshot);
    QCOMPARE(draft.cluster->id, written.source.id);
    QCOMPARE(draft.targetCluster->id, written.target->id);
    QVERIFY(draft.cluster == *m_bench->session()->catalogue().cluster(written.source.id)); // as it is today
    QVERIFY(draft.typedTargetName.isEmpty());
    QTRY_VERIFY(!dialog());
}

void PlanOpenTest::theMenuAsksForTheFile()
{
    QVERIFY(connectDemo());
    QVERIFY(write(plan()));
    m_bench->window->findChild<QAction *>(QStringLiteral("openPlanAction"))->trigger();
    QVERIFY(answerFileDialog(m_bench->window.get(), path(QStringLiteral("a.tidemark-plan"))));
    QTRY_VERIFY2_WITH_TIMEOUT(text().contains(AsItWas), qPrintable(text()), 20000);
}

void PlanOpenTest::aFileIsDropped()
{
    QVERIFY(connectDemo());
    QVERIFY(write(plan()));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path(QStringLiteral("a.tidemark-plan")))});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_bench->window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_bench->window.get(), &drop);
    QTRY_VERIFY2_WITH_TIMEOUT(text().contains(AsItWas), qPrintable(text()), 20000);
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
    RestorePlan changed = plan();
    edit(changed);
    QVERIFY(write(changed));
    QVERIFY(open());
    QTRY_VERIFY2_WITH_TIMEOUT(text().contains(words), qPrintable(text()), 20000);
    QVERIFY(!text().contains(AsItWas));
    QVERIFY(driver::canPress(dialog(), Continue)); // the wizard judges it
}

void PlanOpenTest::anotherServersPlanLeadsNowhere()
{
    QVERIFY(connectDemo());
    RestorePlan other = plan();
    other.server = QStringLiteral("https://ops.example.net");
    QVERIFY(write(other));
    QVERIFY(open());
    QTRY_VERIFY2(text().contains(QStringLiteral("The plan was written at https://ops.example.net")),
                 qPrintable(text()));
    QVERIFY(!driver::canPress(dialog(), Continue));
    QVERIFY(!text().contains(AsItWas));
}

/// From the command line it may be open before the connection is.
void PlanOpenTest::waitsForAConnection()
{
    QVERIFY(connectDemo());
    QVERIFY(write(plan()));
    m_bench = std::make_unique<WindowBench>(JobMonitor::Intervals{200ms, 1000ms});
    QVERIFY(m_bench->makeWindow());
    QVERIFY(open());
    QTRY_VERIFY2(text().contains(QStringLiteral("No connection is open")), qPrintable(text()));
    QVERIFY(text().contains(QStringLiteral("Ticket 4711")));
    QVERIFY(!driver::canPress(dialog(), Continue));
    QVERIFY(connectDemo());
    QTRY_VERIFY2_WITH_TIMEOUT(text().contains(AsItWas), qPrintable(text()), 20000);
    QVERIFY(driver::canPress(dialog(), Continue));
}

void PlanOpenTest::outlivesItsConnection()
{
    QVERIFY(connectDemo());
    QVERIFY(write(plan()));
    QVERIFY(open());
    QTRY_VERIFY2_WITH_TIMEOUT(text().contains(AsItWas), qPrintable(text()), 20000);
    const auto before = m_bench->session();
    addConnection(*m_bench, *m_cloud, QStringLiteral("two"), m_cloud->privateKey());
    QVERIFY(openConnection(*m_bench, *m_cloud, QStringLiteral("two")));
    QVERIFY(m_bench->session() != before || m_bench->session()->connection().name == QStringLiteral("two"));
    QTRY_VERIFY2_WITH_TIMEOUT(text().contains(AsItWas), qPrintable(text()), 20000);
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
    QVERIFY(open(name));
    QTRY_VERIFY2(text().contains(words), qPrintable(text()));
    QVERIFY(text().contains(QStringLiteral("This plan cannot be opened")));
    QVERIFY(!driver::canPress(dialog(), Continue));
    QVERIFY(!driver::canPress(dialog(), QStringLiteral("Approve…")));
    // The one thing that is left to do can be done from here.
    QVERIFY(connectDemo());
    QVERIFY(write(plan()));
    QCOMPARE(driver::press(dialog(), QStringLiteral("Open another plan…")), QString());
    QVERIFY(answerFileDialog(m_bench->window.get(), path(QStringLiteral("a.tidemark-plan"))));
    QTRY_VERIFY2_WITH_TIMEOUT(text().contains(AsItWas), qPrintable(text()), 20000);
}

void PlanOpenTest::whatFailedToBeReadIsNotAsItWas()
{
    DemoCloud cloud({QStringLiteral("--exit-with-parent"), QStringLiteral("--fault"),
                     QStringLiteral("GET /clusters/[0-9a-f]+/snapshots=403 always code=USER_UNAUTHORIZED")});
    QVERIFY2(cloud.isRunning(), qPrintable(cloud.problem()));
    QVERIFY(connectDemo());
    RestorePlan elsewhere = plan();
    addConnection(*m_bench, cloud, QStringLiteral("two"), cloud.privateKey());
    QVERIFY(openConnection(*m_bench, cloud, QStringLiteral("two")));
    elsewhere.server = planServer(m_bench->session()->connection());
    QVERIFY(write(elsewhere));
    QVERIFY(open());
    QTRY_VERIFY2_WITH_TIMEOUT(
        text().contains(QStringLiteral("Whether its snapshot is still there could not be checked.")),
        qPrintable(text()), 20000);
    QVERIFY(!text().contains(AsItWas));
}

void PlanOpenTest::staysWhereAWizardIsInTheWay()
{
    QVERIFY(connectDemo());
    QVERIFY(write(plan()));
    m_bench->window->newRestore();
    QVERIFY(open());
    QTRY_VERIFY2_WITH_TIMEOUT(text().contains(AsItWas), qPrintable(text()), 20000);
    QCOMPARE(driver::press(dialog(), Continue), QString());
    const auto *wizard = qobject_cast<RestoreWizard *>(driver::window(QStringLiteral("New restore")));
    QVERIFY(wizard && !wizard->draft().cluster);
    QVERIFY(dialog() && dialog()->isVisible());
}

void PlanOpenTest::aSecondPersonSigns()
{
    for (const QString &name : {QStringLiteral("ada"), QStringLiteral("bob")})
        QCOMPARE(QProcess::execute(QStringLiteral("ssh-keygen"),
                                   {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                                    QStringLiteral("-N"), QString(), QStringLiteral("-f"), path(name)}),
                 0);
    QFile list(path(QStringLiteral("allowed")));
    QVERIFY(list.open(QIODevice::WriteOnly));
    for (const char *name : {"ada", "bob"}) {
        QFile key(path(QLatin1String(name) + QStringLiteral(".pub")));
        QVERIFY(key.open(QIODevice::ReadOnly));
        list.write(QByteArray(name) + ' ' + key.readAll());
    }
    list.close();
    addConnection(*m_bench, *m_cloud, QStringLiteral("one"), m_cloud->privateKey());
    QVERIFY(connectDemo());
    QVERIFY(write(plan()));
    QVERIFY(open());
    const auto sign = [this](const QString &key) {
        return driver::press(dialog(), QStringLiteral("Approve…")).isEmpty() && answerFileDialog(dialog(), path(key)) &&
               QTest::qWaitFor([this] { return text().contains(QStringLiteral("Your signature is in ")); }, 20000);
    };
    QTRY_VERIFY_WITH_TIMEOUT(driver::canPress(dialog(), QStringLiteral("Approve…")), 20000);
    QVERIFY2(sign(QStringLiteral("ada")), qPrintable(text()));
    QTRY_VERIFY2(text().contains(QStringLiteral("This connection has no list of allowed signers.")),
                 qPrintable(text()));
    // Where the connection says whose signatures count.
    Connection connection = *m_bench->profiles.findByName(QStringLiteral("one"));
    connection.id = ConnectionId(QStringLiteral("three"));
    connection.name = QStringLiteral("three");
    connection.allowedSigners = path(QStringLiteral("allowed"));
    Credentials credentials;
    credentials.secret = Secret(m_cloud->privateKey());
    m_bench->profiles.addTransient(connection, credentials);
    QVERIFY(openConnection(*m_bench, *m_cloud, QStringLiteral("three")));
    QTRY_VERIFY2_WITH_TIMEOUT(text().contains(QStringLiteral("Signed by ada alone")), qPrintable(text()), 20000);
    QVERIFY2(sign(QStringLiteral("bob")), qPrintable(text()));
    QTRY_VERIFY2_WITH_TIMEOUT(text().contains(QStringLiteral("Signed by ada and bob.")), qPrintable(text()), 20000);
    QVERIFY(text().contains(QStringLiteral("Approved by a second person")));
    const auto file = readPlanFrom(path(QStringLiteral("a.tidemark-plan")));
    QVERIFY(file && file->signatures.size() == 2);
}

void PlanOpenTest::aKeyThatCannotSign()
{
    QVERIFY(connectDemo());
    QVERIFY(write(plan()));
    QVERIFY(open());
    QTRY_VERIFY_WITH_TIMEOUT(driver::canPress(dialog(), QStringLiteral("Approve…")), 20000);
    QCOMPARE(driver::press(dialog(), QStringLiteral("Approve…")), QString());
    QVERIFY(answerFileDialog(dialog(), path(QStringLiteral("a.tidemark-plan"))));
    QTRY_VERIFY2(text().contains(QStringLiteral("ssh-keygen says: ")), qPrintable(text()));
    QVERIFY(driver::canPress(dialog(), QStringLiteral("Approve…")));
    // Somebody has put another plan in its place.
    RestorePlan other = plan();
    other.note = QStringLiteral("Another.");
    QVERIFY(write(other));
    QCOMPARE(QProcess::execute(QStringLiteral("ssh-keygen"),
                               {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                                QStringLiteral("-N"), QString(), QStringLiteral("-f"), path(QStringLiteral("eve"))}),
             0);
    QCOMPARE(driver::press(dialog(), QStringLiteral("Approve…")), QString());
    QVERIFY(answerFileDialog(dialog(), path(QStringLiteral("eve"))));
    QTRY_VERIFY2(text().contains(QStringLiteral("has become another plan in the meantime")), qPrintable(text()));
    QVERIFY(readPlanFrom(path(QStringLiteral("a.tidemark-plan")))->signatures.empty());
}

QTEST_MAIN(PlanOpenTest)
#include "plan_open_test.moc"
