#include "support/fake_api.h"
#include "support/ui_driver.h"
#include "support/window_bench.h"
#include "ui/downloads/download_folder.h"

#include <QAction>
#include <QLineEdit>
#include <QTabWidget>
#include <QTest>
#include <QTreeView>

#include <atomic>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

const QByteArray ProjectKey = "60bb00000000000000000001";
const QByteArray Shard = "60cc000000000000000000c1";

QByteArray archiveJob(const QByteArray &id, bool isReady)
{
    const QByteArray delivery =
        isReady ? "READY\",\"url\":\"http://127.0.0.1:1/pull/KEY/" + id + ".tar.gz\",\"expires\":\"2999-11-28T17:00:00Z"
                : QByteArray("IN_PROGRESS");
    return R"({"id":")" + id + R"(","batchId":"60ee0000000000000000000b","groupId":")" + ProjectKey +
           R"(","clusterId":")" + Shard + R"(","created":"2026-11-27T17:00:00Z","statusName":")" +
           (isReady ? "FINISHED" : "IN_PROGRESS") + R"(","delivery":{"methodName":"HTTP","statusName":")" + delivery +
           R"("}})";
}

} // namespace

/// Download on a batch of two, of which one archive is ready and the other is being prepared.
class BatchPressTest : public QObject
{
    Q_OBJECT

private:
    QTabWidget *tabs() const { return m_bench->window->findChild<QTabWidget *>(QStringLiteral("tabs")); }

    std::atomic<bool> m_both = false;
    std::unique_ptr<FakeApi> m_api;
    std::unique_ptr<WindowBench> m_bench;
    QString m_key;

private Q_SLOTS:
    void init()
    {
        m_both = false;
        m_api = std::make_unique<FakeApi>();
        m_api->server().setHandler([this](const RecordedRequest &request) {
            const QByteArray path = request.path();
            if (path.endsWith("/groups"))
                return listAnswer(R"({"id":")" + ProjectKey + R"(","name":"Shop"})");
            if (path.endsWith("/clusters"))
                return listAnswer(R"({"id":")" + Shard + R"(","groupId":")" + ProjectKey +
                                  R"(","typeName":"SHARDED_REPLICA_SET","clusterName":"ledger"})");
            if (path.endsWith("/backupConfigs"))
                return listAnswer(R"({"clusterId":")" + Shard + R"(","statusName":"STARTED"})");
            if (path.endsWith("/restoreJobs"))
                return listAnswer(archiveJob("60ff000000000000000000f1", true) + "," +
                                  archiveJob("60ff000000000000000000f2", m_both));
            return listAnswer({});
        });
        m_bench = std::make_unique<WindowBench>(JobMonitor::Intervals{200ms, 400ms});
        QVERIFY(m_bench->makeWindow());
        m_bench->window->downloadFolder().setPath(m_bench->dir.path());
        Connection connection = m_api->connection();
        connection.id = ConnectionId(QStringLiteral("one"));
        connection.name = QStringLiteral("one");
        m_bench->profiles.addTransient(connection, {Secret(QByteArray("k")), {}});
        m_bench->window->openConnection(connection.id);
        QTRY_VERIFY(m_bench->session());
        QTRY_VERIFY_WITH_TIMEOUT(!m_bench->session()->jobs().groups().empty(), 10000);
        m_key = m_bench->session()->jobs().groups().front().key;
        m_bench->window->download(m_key);
        QTRY_COMPARE(tabs()->currentIndex(), 1);
        QCOMPARE(m_bench->downloads.downloads().size(), 1U);
        tabs()->setCurrentIndex(0);
    }
    void cleanup()
    {
        m_bench.reset();
        m_api.reset();
    }

    /// What was taken off the list is fetched again, though the other archive is still waited for.
    void aSecondPressFetchesWhatIsOnTheListNoMore()
    {
        QTRY_VERIFY_WITH_TIMEOUT(isEnd(m_bench->downloads.downloads().front().state), 20000);
        m_bench->downloads.remove(m_bench->downloads.downloads().front().id);
        auto *view = m_bench->window->findChild<QTreeView *>(QStringLiteral("jobs"));
        view->setCurrentIndex(view->model()->index(0, 0));
        auto *download = m_bench->window->findChild<QAction *>(QStringLiteral("download"));
        QVERIFY(download->isEnabled());
        download->trigger();
        QTRY_COMPARE(m_bench->downloads.downloads().size(), 1U);
        QTRY_COMPARE(tabs()->currentIndex(), 1);
    }

    void aSecondPressThatAddsNothingSaysWhatIsAwaited()
    {
        m_bench->window->download(m_key);
        QTRY_VERIFY2(driver::visibleText(m_bench->window.get())
                         .contains(QStringLiteral("Nothing more of ledger can be downloaded yet.")),
                     qPrintable(driver::visibleText(m_bench->window.get())));
        QCOMPARE(m_bench->downloads.downloads().size(), 1U);
    }

    /// The second link comes when it likes: by then the person may be typing elsewhere.
    void aLaterLinkLeavesThePersonWhereHeIs()
    {
        auto *filter = m_bench->window->findChild<QLineEdit *>(QStringLiteral("jobsFilter"));
        filter->setFocus();
        m_both = true;
        m_bench->session()->jobs().refreshNow();
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->downloads.downloads().size(), 2U, 10000);
        QTest::qWait(100);
        QCOMPARE(tabs()->currentIndex(), 0);
    }
};

QTEST_MAIN(BatchPressTest)
#include "batch_press_test.moc"
