#include "small_cloud.h"
#include "support/ui_driver.h"
#include "wizard_bench.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTest>

#include <functional>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QString Shop = QStringLiteral("Shop");
const QString Orders = QStringLiteral("orders");
const QString Next = QStringLiteral("Next");

struct Scene
{
    SmallCloud cloud;
    std::unique_ptr<WizardBench> bench;

    QString said() { return driver::visibleText(&bench->wizard()); }
    void open() { bench = std::make_unique<WizardBench>(cloud.connection()); }
    void toPoint(const char *mode)
    {
        open();
        QVERIFY(bench->toPoint(Shop, Orders, QString::fromUtf8(mode)));
    }
};

struct Advice
{
    const char *row;
    const char *said; ///< part of what the page says
    std::function<void(Scene &)> bringAbout;
    std::function<bool(Scene &)> isFollowed; ///< with what it names, up to what it promised
};

bool back(Scene &scene, PageId page)
{
    return scene.bench->press(QStringLiteral("Back")) && scene.bench->isOn(page);
}

QByteArray snapshotThatEndsIn(int minutes)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto iso = [](const QDateTime &time) { return time.toString(Qt::ISODate).toLatin1(); };
    return "{\"id\":\"60dd00000000000000000001\",\"groupId\":\"" + SmallCloud::project + "\",\"clusterId\":\"" +
           SmallCloud::cluster + "\",\"complete\":true,\"created\":{\"date\":\"" + iso(now.addSecs(-3600)) +
           "\",\"increment\":1},\"expires\":\"" + iso(now.addSecs(minutes * 60)) + "\",\"parts\":[{\"clusterId\":\"" +
           SmallCloud::cluster +
           "\",\"replicaSetName\":\"orders\",\"mongodVersion\":\"6.0.14\",\"fileSizeBytes\":1000000}]}";
}

std::vector<Advice> emptyLists()
{
    const auto toAnotherMode = [](Scene &scene) {
        return back(scene, ModePageId) && scene.bench->press(QStringLiteral("Restore a snapshot to a cluster")) &&
               scene.bench->press(Next) && scene.bench->isOn(PointPageId) &&
               scene.bench->chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes"));
    };
    return {
        {"no snapshots", "Choose another cluster, or come back when the first snapshot is complete",
         [](Scene &scene) { scene.toPoint("Download a snapshot"); },
         [](Scene &scene) {
             return back(scene, ModePageId) && back(scene, SourcePageId) &&
                    scene.bench->control(QStringLiteral("Project"), QAccessible::ComboBox)->isEnabled();
         }},
        {"no checkpoints", "Go back and restore a snapshot in their place",
         [](Scene &scene) {
             scene.cloud.type = "SHARDED_REPLICA_SET";
             scene.cloud.snapshots = snapshotThatEndsIn(3000);
             scene.toPoint("Restore to a checkpoint");
         },
         toAnotherMode},
        {"no moments", "Go back and restore a snapshot in its place",
         [](Scene &scene) {
             scene.cloud.snapshots = snapshotThatEndsIn(3000);
             scene.toPoint("Restore to a point in time");
         },
         toAnotherMode},
        {"no clusters", "Choose another project",
         [](Scene &scene) {
             scene.open();
             QVERIFY(scene.bench->open());
             QVERIFY(scene.bench->chooseEntry(QStringLiteral("Project"), QStringLiteral("Empty")));
         },
         [](Scene &scene) {
             return scene.bench->chooseEntry(QStringLiteral("Project"), Shop) &&
                    scene.bench->chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, Orders);
         }},
    };
}

std::vector<Advice> links()
{
    return {
        {"a snapshot that ends within the hour", "Give the link an end time instead",
         [](Scene &scene) {
             scene.cloud.snapshots = snapshotThatEndsIn(30);
             scene.toPoint("Download a snapshot");
             QVERIFY(scene.bench->chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
         },
         [](Scene &scene) {
             const QString end =
                 QDateTime::currentDateTimeUtc().addSecs(1200).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
             if (!scene.bench->press(QStringLiteral("Link expires at (UTC)")))
                 return false;
             auto *field = scene.bench->wizard().findChild<QLineEdit *>(QStringLiteral("expiresAt"));
             if (!QTest::qWaitFor([field] { return field->hasFocus(); }))
                 return false;
             QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
             QTest::keyClicks(field, end);
             return QTest::qWaitFor([&] { return scene.bench->canPress(Next); });
         }},
    };
}

} // namespace

/// What the wizard advises can be done on the page that says it.
class AdviceWizardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void canBeFollowed_data()
    {
        QTest::addColumn<Advice>("advice");
        for (const auto &part : {emptyLists(), links()}) {
            for (const Advice &advice : part)
                QTest::newRow(advice.row) << advice;
        }
    }

    void canBeFollowed()
    {
        QFETCH(const Advice, advice);
        Scene scene;
        advice.bringAbout(scene);
        QTRY_VERIFY2_WITH_TIMEOUT(scene.said().contains(QString::fromUtf8(advice.said)), qPrintable(scene.said()),
                                  15000);
        QVERIFY2(advice.isFollowed(scene), qPrintable(scene.said()));
    }

    /// "Use the curl command instead", where mongocli cannot.
    void theCurlCommandIsBesideIt()
    {
        WizardBench bench;
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.toPoint(Shop, QStringLiteral("legacy-orders"), QStringLiteral("Restore to a checkpoint")));
        QVERIFY(bench.chooseRow(QStringLiteral("Checkpoints"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(bench.toReview(QStringLiteral("Restore drills"), QStringLiteral("legacy-drill")));
        const auto text = [&bench](const QString &name) {
            const auto views = bench.wizard().findChildren<QPlainTextEdit *>();
            for (const QPlainTextEdit *view : views) {
                if (view->accessibleName() == name)
                    return view->toPlainText();
            }
            return QString();
        };
        QVERIFY2(text(QStringLiteral("mongocli")).contains(QStringLiteral("Use the curl command instead")),
                 qPrintable(text(QStringLiteral("mongocli"))));
        QVERIFY2(text(QStringLiteral("curl")).contains(QStringLiteral("checkpointId")),
                 qPrintable(text(QStringLiteral("curl"))));
        const auto *tabs = bench.wizard().findChild<QTabBar *>();
        QVERIFY(tabs);
        QVERIFY(tabs->isTabEnabled(1));
        QCOMPARE(tabs->tabText(1), QStringLiteral("curl"));
    }
};

QTEST_MAIN(AdviceWizardTest)
#include "advice_wizard_test.moc"
