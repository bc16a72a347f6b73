#include "session/session.h"
#include "support/fixed_clock.h"
#include "support/restore_cases.h"
#include "support/scripted_server.h"

#include <QMutex>
#include <QSignalSpy>
#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

QByteArray list(const QByteArrayList &results)
{
    return "{\"links\":[],\"results\":[" + results.join(',') + "]}";
}

QByteArray named(const QByteArray &id)
{
    return "{\"id\":\"" + id + "\",\"name\":\"" + id + "\"}";
}

QByteArray cluster(const QByteArray &project, const QByteArray &id)
{
    return "{\"id\":\"" + id + "\",\"groupId\":\"" + project + "\",\"clusterName\":\"" + id +
           "\",\"typeName\":\"REPLICA_SET\",\"replicaSetName\":\"" + id + "\"}";
}

QByteArray backupConfig(const QByteArray &id, const QByteArray &status)
{
    return "{\"clusterId\":\"" + id + "\",\"statusName\":\"" + status + "\"}";
}

QByteArray snapshot(const QByteArray &id, const QByteArray &date, bool complete = true)
{
    return "{\"id\":\"" + id + "\",\"created\":{\"date\":\"" + date +
           "\",\"increment\":1},\"complete\":" + (complete ? "true" : "false") + "}";
}

} // namespace

/// Two projects; `one` has a cluster with backups, one whose backup was stopped and one without; `two` answers as it is
/// told.
class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void catalogueIsRead();
    void brokenProjectDoesNotHideTheOthers();
    void projectsThatCannotBeRead();
    void refreshKeepsWhatIsKnown();
    void filesArePrivate();

private:
    ScriptedAnswer answer(const RecordedRequest &request);
    size_t requests(const QByteArray &part) const;
    bool isLoaded() const;

    const ProjectId m_one{QStringLiteral("one")};
    const ProjectId m_two{QStringLiteral("two")};
    FixedClock m_clock{now()};
    QMutex m_mutex;
    int m_statusOfProjects = 200;
    int m_statusOfTwo = 200;
    QByteArray m_newSnapshot;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<Session> m_session;
};

void TestSession::init()
{
    m_statusOfProjects = m_statusOfTwo = 200;
    m_newSnapshot.clear();
    m_dir = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<ScriptedServer>();
    m_server->setHandler([this](const RecordedRequest &request) { return answer(request); });
    Connection connection;
    connection.service = Service::OpsManager;
    connection.baseUrl = m_server->url();
    connection.userName = QStringLiteral("abcdefgh");
    const JobMonitor::Intervals slow{60s, 60s};
    m_session = std::make_unique<Session>(connection, Credentials(), m_clock,
                                          m_dir->filePath(QStringLiteral("a/b/connection")), slow);
}

void TestSession::cleanup()
{
    m_session.reset();
    m_server.reset();
}

ScriptedAnswer TestSession::answer(const RecordedRequest &request)
{
    const QMutexLocker lock(&m_mutex);
    const QByteArray path = request.path().mid(int(qstrlen("/api/public/v1.0")));
    const QByteArray refused("{\"error\":403,\"errorCode\":\"FEATURE_UNSUPPORTED\",\"detail\":\"No.\"}");
    if (path == "/groups")
        return m_statusOfProjects == 200 ? ScriptedAnswer::json(list({named("one"), named("two")}))
                                         : ScriptedAnswer::json(refused, m_statusOfProjects);
    if (path == "/groups/one/clusters")
        return ScriptedAnswer::json(list({cluster("one", "saved"), cluster("one", "stopped"), cluster("one", "bare")}));
    if (path == "/groups/one/backupConfigs")
        return ScriptedAnswer::json(list({backupConfig("saved", "STARTED"), backupConfig("stopped", "STOPPED")}));
    if (path == "/groups/two/clusters")
        return m_statusOfTwo == 200 ? ScriptedAnswer::json(list({cluster("two", "other")}))
                                    : ScriptedAnswer::json(refused, m_statusOfTwo);
    if (path.endsWith("/saved/snapshots")) {
        QByteArrayList snapshots{snapshot("running", "2026-11-24T14:00:00Z", false),
                                 snapshot("older", "2026-11-23T06:00:00Z"), snapshot("newest", "2026-11-24T06:00:00Z")};
        if (!m_newSnapshot.isEmpty())
            snapshots.append(m_newSnapshot);
        return ScriptedAnswer::json(list(snapshots));
    }
    return ScriptedAnswer::json(list({}));
}

size_t TestSession::requests(const QByteArray &part) const
{
    const auto all = m_server->requests();
    return static_cast<size_t>(std::count_if(
        all.begin(), all.end(), [&part](const RecordedRequest &request) { return request.path().endsWith(part); }));
}

bool TestSession::isLoaded() const
{
    return m_session->catalogue().latestSnapshot(ClusterId(QStringLiteral("saved"))) != nullptr &&
           (m_session->catalogue().clusters(m_two) != nullptr ||
            m_session->catalogue().clustersError(m_two) != nullptr);
}

void TestSession::catalogueIsRead()
{
    QSignalSpy projects(&m_session->catalogue(), &Catalogue::projectsChanged);
    QVERIFY(m_session->catalogue().projects().empty());
    QVERIFY(m_session->catalogue().clusters(m_one) == nullptr);
    m_session->catalogue().read();
    m_session->catalogue().read(); // does nothing while it is loading
    QTRY_VERIFY(isLoaded());
    QCOMPARE(projects.size(), 1);
    QCOMPARE(requests("/groups"), size_t{1});
    QCOMPARE(m_session->catalogue().projects().size(), size_t{2});
    QCOMPARE(m_session->catalogue().clusters(m_one)->size(), size_t{3});
    QCOMPARE(m_session->catalogue().project(m_two)->name, QStringLiteral("two"));
    QCOMPARE(m_session->catalogue().cluster(ClusterId(QStringLiteral("other")))->name, QStringLiteral("other"));
    QCOMPARE(m_session->catalogue().latestSnapshot(ClusterId(QStringLiteral("saved")))->id,
             SnapshotId(QStringLiteral("newest")));
    // Jobs are watched where backups are or were, and nowhere else.
    QTRY_VERIFY(requests("/saved/restoreJobs") == 1 && requests("/stopped/restoreJobs") == 1);
    QCOMPARE(requests("/bare/restoreJobs"), size_t{0});
    QCOMPARE(requests("/bare/snapshots"), size_t{0});
}

void TestSession::brokenProjectDoesNotHideTheOthers()
{
    m_statusOfTwo = 403;
    m_session->catalogue().read();
    QTRY_VERIFY(isLoaded());
    QVERIFY(m_session->catalogue().clusters(m_two) == nullptr);
    QCOMPARE(m_session->catalogue().clustersError(m_two)->apiCode, QStringLiteral("FEATURE_UNSUPPORTED"));
    QVERIFY(m_session->catalogue().clusters(m_one) != nullptr);
    QVERIFY(m_session->catalogue().clustersError(m_one) == nullptr);
}

void TestSession::projectsThatCannotBeRead()
{
    m_statusOfProjects = 403;
    QSignalSpy projects(&m_session->catalogue(), &Catalogue::projectsChanged);
    m_session->catalogue().read();
    QTRY_COMPARE(projects.size(), 1);
    QCOMPARE(m_session->catalogue().projectsError()->apiCode, QStringLiteral("FEATURE_UNSUPPORTED"));
    {
        const QMutexLocker lock(&m_mutex);
        m_statusOfProjects = 200;
    }
    m_session->catalogue().read();
    QTRY_VERIFY(isLoaded());
    QVERIFY(m_session->catalogue().projectsError() == nullptr);
}

void TestSession::refreshKeepsWhatIsKnown()
{
    m_session->catalogue().read();
    QTRY_VERIFY(isLoaded());
    QTRY_VERIFY(m_session->catalogue().state().isComplete());
    QSignalSpy clusters(&m_session->catalogue(), &Catalogue::clustersChanged);
    QSignalSpy latest(&m_session->catalogue(), &Catalogue::latestSnapshotChanged);
    {
        const QMutexLocker lock(&m_mutex);
        m_statusOfTwo = 403;
        m_newSnapshot = snapshot("brand new", "2026-11-24T12:00:00Z");
    }
    m_session->catalogue().read();
    QVERIFY(m_session->catalogue().clusters(m_one) != nullptr);
    QTRY_COMPARE(clusters.size(), 2);
    QVERIFY(m_session->catalogue().clustersError(m_two) != nullptr);
    QCOMPARE(m_session->catalogue().clusters(m_two)->size(), size_t{1});
    QTRY_COMPARE(latest.size(), 1);
    QCOMPARE(m_session->catalogue().latestSnapshot(ClusterId(QStringLiteral("saved")))->id,
             SnapshotId(QStringLiteral("brand new")));
}

void TestSession::filesArePrivate()
{
    const QString folder = m_dir->filePath(QStringLiteral("a/b/connection"));
    QCOMPARE(QFile::permissions(folder) & ~(QFileDevice::ReadUser | QFileDevice::WriteUser | QFileDevice::ExeUser),
             QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
}

QTEST_GUILESS_MAIN(TestSession)
#include "session_test.moc"
