#include "support/fake_api.h"
#include "support/ui_driver.h"
#include "support/window_bench.h"
#include "ui/wizard/restore_wizard.h"

#include <QAction>
#include <QTabWidget>
#include <QTest>
#include <QTreeView>

#include <atomic>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

const QByteArray ProjectKey = "60bb00000000000000000001";
const QByteArray Production = "60cc000000000000000000c1";
const QByteArray Staging = "60cc000000000000000000c2";

QByteArray clusterOf(const QByteArray &id, const QByteArray &name)
{
    return R"({"id":")" + id + R"(","groupId":")" + ProjectKey + R"(","typeName":"REPLICA_SET","clusterName":")" +
           name + R"(","replicaSetName":")" + name + R"("})";
}

QByteArray backupOf(const QByteArray &id)
{
    return R"({"clusterId":")" + id + R"(","statusName":"STARTED"})";
}

QByteArray snapshotOfStaging()
{
    return R"({"id":"60dd000000000000000000d2","clusterId":")" + Staging + R"(","groupId":")" + ProjectKey +
           R"(","complete":true,"created":{"date":"2026-11-27T12:00:00Z","increment":1},"parts":[{"typeName":)" +
           R"("REPLICA_SET","replicaSetName":"staging","clusterId":")" + Staging +
           R"(","fileSizeBytes":1,"dataSizeBytes":1}]})";
}

} // namespace

/// The menu bar has the actions of all tabs, and two of the three are not seen.
class HiddenTabsTest : public QObject
{
    Q_OBJECT

private:
    QTabWidget *tabs() const { return m_bench->window->findChild<QTabWidget *>(QStringLiteral("tabs")); }
    QAction *action(const char *name) const { return m_bench->window->findChild<QAction *>(QLatin1String(name)); }

    std::atomic<bool> m_isGone = false;
    std::unique_ptr<FakeApi> m_api;
    std::unique_ptr<WindowBench> m_bench;

    /// With the snapshot of staging chosen, on Restore jobs.
    void chooseAndLeave()
    {
        Connection connection = m_api->connection();
        connection.id = ConnectionId(QStringLiteral("one"));
        connection.name = QStringLiteral("one");
        m_bench->profiles.addTransient(connection, {Secret(QByteArray("k")), {}});
        m_bench->window->openConnection(connection.id);
        QTRY_VERIFY(m_bench->session());
        tabs()->setCurrentIndex(2);
        auto *view = m_bench->window->findChild<QTreeView *>(QStringLiteral("snapshots"));
        QTRY_COMPARE(driver::choose(m_bench->window.get(), QStringLiteral("Cluster"), QStringLiteral("staging")),
                     QString());
        QTRY_COMPARE_WITH_TIMEOUT(view->model()->rowCount(), 1, 10000);
        view->setCurrentIndex(view->model()->index(0, 0));
        QVERIFY(action("restoreSnapshot")->isEnabled());
        tabs()->setCurrentIndex(0);
    }

private Q_SLOTS:
    void init()
    {
        m_isGone = false;
        m_api = std::make_unique<FakeApi>();
        m_api->server().setHandler([this](const RecordedRequest &request) {
            const QByteArray path = request.path();
            const bool isGone = m_isGone;
            if (path.endsWith("/groups"))
                return listAnswer(R"({"id":")" + ProjectKey + R"(","name":"Shop"})");
            if (path.endsWith("/clusters"))
                return listAnswer(clusterOf(Production, "production") +
                                  (isGone ? QByteArray() : "," + clusterOf(Staging, "staging")));
            if (path.endsWith("/backupConfigs"))
                return listAnswer(backupOf(Production) + (isGone ? QByteArray() : "," + backupOf(Staging)));
            if (path.endsWith(Staging + "/snapshots"))
                return listAnswer(snapshotOfStaging());
            return listAnswer({});
        });
        m_bench = std::make_unique<WindowBench>(JobMonitor::Intervals{200ms, 1000ms});
        QVERIFY(m_bench->makeWindow());
    }
    void cleanup()
    {
        m_bench.reset();
        m_api.reset();
    }

    /// A snapshot of a cluster that is no longer listed is not restored as one of the cluster that took its place.
    void aSnapshotGoesWithItsCluster()
    {
        chooseAndLeave();
        QVERIFY(!QTest::currentTestFailed());
        m_isGone = true;
        m_bench->session()->catalogue().read();
        QTRY_VERIFY_WITH_TIMEOUT(!action("restoreSnapshot")->isEnabled(), 10000);
        action("restoreSnapshot")->trigger();
        QVERIFY(!m_bench->window->findChild<RestoreWizard *>());
    }

    /// Reading anew what is still listed costs no selection; the menu shows it first, and then restores.
    void theFirstPressShowsTheSnapshot()
    {
        chooseAndLeave();
        QVERIFY(!QTest::currentTestFailed());
        QTest::keyClick(m_bench->window.get(), Qt::Key_F5);
        QTRY_VERIFY(m_bench->session()->catalogue().state().isReading);
        QTRY_VERIFY_WITH_TIMEOUT(!m_bench->session()->catalogue().state().isReading, 10000);
        QVERIFY(action("restoreSnapshot")->isEnabled());
        action("restoreSnapshot")->trigger();
        QCOMPARE(tabs()->currentIndex(), 2);
        QVERIFY(!m_bench->window->findChild<RestoreWizard *>());
        action("restoreSnapshot")->trigger();
        QTRY_VERIFY(m_bench->window->findChild<RestoreWizard *>());
        QCOMPARE(m_bench->window->findChild<RestoreWizard *>()->draft().cluster->name, QStringLiteral("staging"));
    }

    void theFirstPressRemovesNothing()
    {
        for (const char *name : {"a", "b", "c"}) {
            DownloadSource source;
            source.connection = ConnectionId(QStringLiteral("one"));
            source.job = JobId(QLatin1String(name));
            source.fileName = QLatin1String(name) + QStringLiteral(".tar.gz");
            Error error;
            error.sentence = QStringLiteral("Its link has expired.");
            m_bench->downloads.addMissing(source, m_bench->dir.path(), source.fileName, DownloadState::LinkExpired,
                                          error);
        }
        auto *view = m_bench->window->findChild<QTreeView *>(QStringLiteral("downloads"));
        view->setCurrentIndex(view->model()->index(0, 0));
        QCOMPARE(tabs()->currentIndex(), 0);
        QVERIFY(action("removeDownload")->isEnabled());
        action("removeDownload")->trigger();
        QCOMPARE(m_bench->downloads.downloads().size(), 3U);
        QCOMPARE(tabs()->currentIndex(), 1);
        action("removeDownload")->trigger();
        QCOMPARE(m_bench->downloads.downloads().size(), 2U);
    }

    /// Nor does what is said move what is pressed.
    void aNoticePushesNothing()
    {
        const auto place = [this] { return tabs()->mapTo(m_bench->window.get(), QPoint()).y(); };
        const int before = place();
        m_bench->workspace->notices().say(Notice::Kind::Error, QStringLiteral("Nothing of ledger can be downloaded."),
                                          QStringLiteral("Its links have expired."));
        QTRY_VERIFY(driver::visibleText(m_bench->window.get()).contains(QStringLiteral("Its links have expired.")));
        QTest::qWait(50);
        QCOMPARE(place(), before);
    }
};

QTEST_MAIN(HiddenTabsTest)
#include "hidden_tabs_test.moc"
