#include "session/catalogue.h"

#include "cloud/cloud_client.h"
#include "session/reading_texts.h"
#include "support/fixed_clock.h"
#include "support/restore_cases.h"
#include "support/scripted_server.h"

#include <QMutex>
#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

constexpr int projectCount = 60;

ScriptedAnswer refusal(int status)
{
    return ScriptedAnswer::json("{\"error\":" + QByteArray::number(status) + ",\"detail\":\"No.\"}", status);
}

} // namespace

/// Sixty projects of one cluster each, from a server that refuses as it is told.
class TestCatalogue : public QObject
{
    Q_OBJECT

private:
    using Refuses = std::function<int(const QByteArray &path, int number)>;

    static ScriptedAnswer content(const QByteArray &path)
    {
        QByteArrayList items;
        if (path == "/groups") {
            for (int i = 0; i < projectCount; ++i)
                items << "{\"id\":\"p" + QByteArray::number(i) + "\",\"name\":\"p" + QByteArray::number(i) + "\"}";
        } else if (path.startsWith("/groups/") && path.endsWith("/clusters")) {
            const QByteArray project = path.split('/').at(2);
            items << "{\"id\":\"c" + project + "\",\"groupId\":\"" + project +
                         "\",\"clusterName\":\"c\",\"typeName\":\"REPLICA_SET\"}";
        } else if (path.startsWith("/groups/") && path.endsWith("/backupConfigs")) {
            items << "{\"clusterId\":\"c" + path.split('/').at(2) + "\",\"statusName\":\"STARTED\"}";
        } else if (path.endsWith("/snapshots")) {
            items << R"({"id":"s","created":{"date":"2026-11-24T06:00:00Z","increment":1},"complete":true})";
        }
        return ScriptedAnswer::json("{\"links\":[],\"results\":[" + items.join(',') + "]}");
    }

    void start(Refuses refuses)
    {
        m_count = 0;
        m_server = std::make_unique<ScriptedServer>();
        m_server->setHandler([this, refuses = std::move(refuses)](const RecordedRequest &request) {
            const QByteArray path = request.path().mid(int(qstrlen("/api/public/v1.0")));
            const int status = refuses(path, m_count++);
            return status == 0 ? content(path) : refusal(status);
        });
        Connection connection;
        connection.service = Service::OpsManager;
        connection.baseUrl = m_server->url();
        connection.userName = QStringLiteral("abcdefgh");
        m_client = std::make_unique<CloudClient>(connection, Credentials(), m_clock, CloudClient::Retries::None);
        m_catalogue = std::make_unique<Catalogue>(*m_client);
        m_catalogue->read();
    }

    int knownProjects() const
    {
        int known = 0;
        for (const Project &project : m_catalogue->projects())
            known += m_catalogue->clusters(project.id) != nullptr ? 1 : 0;
        return known;
    }

    FixedClock m_clock{now()};
    std::atomic<int> m_count = 0;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<CloudClient> m_client;
    std::unique_ptr<Catalogue> m_catalogue;

private Q_SLOTS:
    void cleanup()
    {
        m_catalogue.reset();
        m_client.reset();
        m_server.reset();
    }

    void aPassing429LosesNothing()
    {
        start([](const QByteArray &path, int number) {
            return path.endsWith("/clusters") && number > 6 && number < 24 ? 429 : 0;
        });
        QTRY_VERIFY(m_catalogue->state().lastError.has_value());
        const CatalogueState state = m_catalogue->state();
        QVERIFY(state.unreadProjects > 0 && state.projects == projectCount);
        QVERIFY2(catalogueText(state).contains(
                     QStringLiteral("The clusters of %1 of 60 projects are not read yet.").arg(state.unreadProjects)),
                 qPrintable(catalogueText(state)));
        QTRY_VERIFY_WITH_TIMEOUT(m_catalogue->state().isComplete() && !m_catalogue->state().isReading, 60000);
        QCOMPARE(knownProjects(), projectCount);
        QCOMPARE(catalogueText(m_catalogue->state()), QString());
    }

    void a429OnEverythingAtTheStartIsTriedAgain()
    {
        start([](const QByteArray &, int number) { return number < 3 ? 429 : 0; });
        QTRY_VERIFY(m_catalogue->projectsError() != nullptr);
        QTRY_VERIFY(m_catalogue->state().isRepeated);
        QVERIFY2(catalogueText(m_catalogue->state()).startsWith(QStringLiteral("The projects are not read yet.")),
                 qPrintable(catalogueText(m_catalogue->state())));
        QVERIFY(catalogueText(m_catalogue->state()).endsWith(QStringLiteral("It is tried again by itself.")));
        QTRY_VERIFY_WITH_TIMEOUT(m_catalogue->state().isComplete(), 60000);
        QVERIFY(m_catalogue->projectsError() == nullptr);
        QCOMPARE(knownProjects(), projectCount);
    }

    /// Sixty projects are not read one after the other while somebody waits for the last one.
    void whatAPersonLooksAtIsReadFirst()
    {
        QMutex mutex;
        QByteArrayList asked;
        start([&](const QByteArray &path, int) {
            const QMutexLocker locked(&mutex);
            asked << path;
            return 0;
        });
        m_catalogue->prefer({QStringLiteral("p50")});
        QTRY_VERIFY_WITH_TIMEOUT(m_catalogue->state().isComplete() && !m_catalogue->state().isReading, 60000);
        const QMutexLocker locked(&mutex);
        const auto at = [&asked](const char *path) { return asked.indexOf(QByteArray("/groups/") + path); };
        QVERIFY(at("p50/clusters") >= 0 && at("p50/clusters/cp50/snapshots") >= 0);
        QVERIFY2(at("p50/clusters") < at("p6/clusters"), asked.join('\n').constData());
        QVERIFY2(at("p50/clusters/cp50/snapshots") < at("p20/clusters"), asked.join('\n').constData());
    }

    void whatIsForbiddenWaitsForAPerson()
    {
        std::atomic<bool> isForbidden = true;
        start([&isForbidden](const QByteArray &path, int) {
            return isForbidden && path == "/groups/p7/clusters" ? 403 : 0;
        });
        QTRY_VERIFY_WITH_TIMEOUT(knownProjects() == projectCount - 1 && !m_catalogue->state().isReading, 30000);
        const CatalogueState state = m_catalogue->state();
        QCOMPARE(state.unreadProjects, 1);
        QVERIFY(!state.isRepeated && !state.isComplete());
        QVERIFY2(catalogueText(state).startsWith(QStringLiteral("The clusters of 1 of 60 projects are not read yet.")),
                 qPrintable(catalogueText(state)));
        QVERIFY(!catalogueText(state).contains(QStringLiteral("by itself")));
        QVERIFY(m_catalogue->clustersError(ProjectId(QStringLiteral("p7"))) != nullptr);
        isForbidden = false;
        m_catalogue->read();
        QTRY_VERIFY_WITH_TIMEOUT(m_catalogue->state().isComplete(), 30000);
    }

    void whatIsOldIsSaid()
    {
        std::atomic<bool> isForbidden = false;
        start([&isForbidden](const QByteArray &path, int) {
            return isForbidden && path == "/groups/p7/clusters" ? 403 : 0;
        });
        QTRY_VERIFY_WITH_TIMEOUT(m_catalogue->state().isComplete() && !m_catalogue->state().isReading, 30000);
        isForbidden = true;
        m_catalogue->read();
        QTRY_VERIFY_WITH_TIMEOUT(m_catalogue->state().lastError && !m_catalogue->state().isReading, 30000);
        QVERIFY(m_catalogue->state().isComplete()); // what was known stays
        QVERIFY2(catalogueText(m_catalogue->state())
                     .startsWith(QStringLiteral("What is known of projects and clusters "
                                                "is old")),
                 qPrintable(catalogueText(m_catalogue->state())));
        isForbidden = false;
        m_catalogue->read();
        QTRY_VERIFY_WITH_TIMEOUT(!m_catalogue->state().lastError && !m_catalogue->state().isReading, 30000);
        QCOMPARE(catalogueText(m_catalogue->state()), QString());
    }

    void aSnapshotListThatFailedIsReadLater()
    {
        std::atomic<int> failures = 0;
        start([&failures](const QByteArray &path, int) {
            return path == "/groups/p3/clusters/cp3/snapshots" && failures++ < 2 ? 503 : 0;
        });
        const ClusterId cluster(QStringLiteral("cp3"));
        QTRY_VERIFY_WITH_TIMEOUT(m_catalogue->latestSnapshot(cluster) != nullptr, 30000);
        QCOMPARE(failures.load(), 3);
    }

    void retryPauses_data()
    {
        QTest::addColumn<int>("failures");
        QTest::addColumn<bool>("retryable");
        QTest::addColumn<qint64>("retryAfter");
        QTest::addColumn<qint64>("pause"); // -1: none
        QTest::newRow("first") << 1 << true << qint64{0} << qint64{1000};
        QTest::newRow("second") << 2 << true << qint64{0} << qint64{2000};
        QTest::newRow("seventh") << 7 << true << qint64{0} << qint64{60000};
        QTest::newRow("after days") << 10000 << true << qint64{0} << qint64{60000};
        QTest::newRow("as the server asks") << 1 << true << qint64{90000} << qint64{90000};
        QTest::newRow("not sooner than by itself") << 3 << true << qint64{1000} << qint64{4000};
        QTest::newRow("forbidden") << 1 << false << qint64{0} << qint64{-1};
    }
    void retryPauses()
    {
        QFETCH(int, failures);
        QFETCH(bool, retryable);
        QFETCH(qint64, retryAfter);
        Error error;
        error.retryable = retryable;
        error.retryAfter = std::chrono::milliseconds(retryAfter);
        const auto pause = retryPause(error, failures);
        QTEST(pause ? static_cast<qint64>(pause->count()) : qint64{-1}, "pause");
    }
};

QTEST_GUILESS_MAIN(TestCatalogue)
#include "catalogue_test.moc"
