#include "connection/base_url.h"
#include "connection/connection_store.h"
#include "connection/environment_connection.h"
#include "connection/memory_secret_store.h"
#include "connection/mongocli_import.h"

#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;

class ConnectionStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEveryField()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("new/connections.json"));
        Connection connection;
        connection.name = QStringLiteral("Ops, Frankfurt");
        connection.service = Service::OpsManager;
        connection.baseUrl = QUrl(QStringLiteral("https://ops.example.net:8443/mms"));
        connection.authentication = Authentication::ServiceAccount;
        connection.userName = QStringLiteral("mdb_sa_id_1");
        connection.defaultProject = ProjectId(QStringLiteral("60bb00000000000000000001"));
        connection.caCertificateFile = QStringLiteral("/etc/ssl/ops.pem");
        connection.proxy = {ProxyMode::Socks5, QStringLiteral("proxy.example.net"), 1080, QStringLiteral("dba")};
        connection.envelope = true;
        connection.allowPlainHttp = true;
        connection.timeout = std::chrono::seconds(77);
        ConnectionStore store(path);
        QVERIFY(store.load());
        const auto saved = store.put(connection);
        QVERIFY(saved);
        connection.id = saved->id;

        ConnectionStore again(path);
        QVERIFY(again.load());
        QCOMPARE(again.connections().size(), size_t(1));
        QVERIFY(again.connections().front() == connection);
        QCOMPARE(QFile::permissions(path) &
                     (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
                 QFile::Permissions());
    }

    void keepsWhatItCannotRead()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("connections.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"connections\": tru");
        file.close();
        ConnectionStore store(path);
        const auto loaded = store.load();
        QVERIFY(!loaded);
        QVERIFY(loaded.error().hint.contains(QLatin1String(".unreadable-")));
        QVERIFY(store.put(Connection{}));
        const QStringList kept = QDir(dir.path()).entryList({QStringLiteral("*.unreadable-*")});
        QCOMPARE(kept.size(), 1);
        QFile aside(dir.filePath(kept.first()));
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), QByteArray("{\"connections\": tru"));
    }

    void namesStayUnique()
    {
        QTemporaryDir dir;
        ConnectionStore store(dir.filePath(QStringLiteral("c.json")));
        Connection first;
        first.name = QStringLiteral("Production");
        QVERIFY(store.put(first));
        QCOMPARE(store.put(first)->name, QStringLiteral("Production 2"));
        const Connection kept = store.connections().front();
        QCOMPARE(store.put(kept)->name, QStringLiteral("Production"));
        QCOMPARE(store.connections().size(), size_t(2));
        QVERIFY(*store.remove(kept.id));
        QCOMPARE(store.connections().size(), size_t(1));
    }

    void aFailedSaveChangesNothing()
    {
        ConnectionStore store(QStringLiteral("/dev/null/nowhere/connections.json"));
        QVERIFY(!store.put(Connection{}));
        QVERIFY(store.connections().empty());
    }

    void baseUrls_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("url");
        QTest::newRow("plain host") << "ops.example.net"
                                    << "https://ops.example.net";
        QTest::newRow("port") << "http://ops.example.net:8080/"
                              << "http://ops.example.net:8080";
        QTest::newRow("the API's path pasted along") << "https://cloud.mongodb.com/api/public/v1.0/"
                                                     << "https://cloud.mongodb.com";
        QTest::newRow("leading path") << "https://gate.example.net/mms/api/public/v1.0"
                                      << "https://gate.example.net/mms";
        QTest::newRow("user info dropped") << "https://a:b@ops.example.net/?x=1#y"
                                           << "https://ops.example.net";
        QTest::newRow("not the web") << "ftp://ops.example.net"
                                     << "";
        QTest::newRow("no host") << "https://"
                                 << "";
        QTest::newRow("nothing") << "  "
                                 << "";
    }
    void baseUrls()
    {
        QFETCH(QString, text);
        QFETCH(QString, url);
        QCOMPARE(baseUrlFromText(text).toString(), url);
    }

    void environment()
    {
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("MCLI_PUBLIC_API_KEY"), QStringLiteral("abcdefgh"));
        QVERIFY(!environmentConnection(environment));
        environment.insert(QStringLiteral("MCLI_PRIVATE_API_KEY"), QStringLiteral("key"));
        auto found = environmentConnection(environment);
        QVERIFY(found);
        QCOMPARE(found->connection.name, QStringLiteral("Environment"));
        QCOMPARE(found->connection.baseUrl, QUrl(QStringLiteral("https://cloud.mongodb.com")));
        environment.insert(QStringLiteral("MCLI_OPS_MANAGER_URL"), QStringLiteral("http://127.0.0.1:8080/"));
        environment.insert(QStringLiteral("MCLI_PROJECT_ID"), QStringLiteral("60bb00000000000000000001"));
        found = environmentConnection(environment);
        QCOMPARE(found->connection.service, Service::OpsManager);
        QCOMPARE(found->connection.baseUrl, QUrl(QStringLiteral("http://127.0.0.1:8080")));
        QCOMPARE(found->connection.defaultProject.value, QStringLiteral("60bb00000000000000000001"));
        QCOMPARE(found->credentials.secret.reveal(), QByteArray("key"));
    }

    void mongocliProfiles()
    {
        const auto profiles = importMongocli("telemetry_enabled = true # own setting\n"
                                             "[default]\n"
                                             "  org_id = \"60aa00000000000000000001\"\n"
                                             "  public_api_key = \"abcdefgh\"\n"
                                             "  private_api_key = 'with # and \\ kept'\n"
                                             "  service = \"cloud-manager\"\n"
                                             "\n"
                                             "[\"ops prod\"]\n"
                                             "ops_manager_url = \"http://ops.example.net:8080/\" # site\n"
                                             "ops_manager_ca_certificate = \"/etc/ca.pem\"\n"
                                             "ops_manager_skip_verify = \"yes\"\n"
                                             "project_id = \"60bb00000000000000000001\"\n"
                                             "public_api_key = \"dba\"\n"
                                             "private_api_key = \"quote\\\"d\"\n"
                                             "service = \"ops-manager\"\n"
                                             "[atlas]\n"
                                             "public_api_key = \"x\"\n"
                                             "service = \"cloud\"\n"
                                             "[empty]\n"
                                             "output = [1, 2]\n");
        QVERIFY(profiles);
        QCOMPARE(profiles->size(), size_t(2));
        const ImportedProfile &first = profiles->at(0);
        QCOMPARE(first.connection.name, QStringLiteral("default"));
        QCOMPARE(first.credentials.secret.reveal(), QByteArray("with # and \\ kept"));
        QVERIFY(first.note.isEmpty());
        const ImportedProfile &second = profiles->at(1);
        QCOMPARE(second.connection.name, QStringLiteral("ops prod"));
        QCOMPARE(second.connection.service, Service::OpsManager);
        QCOMPARE(second.connection.baseUrl, QUrl(QStringLiteral("http://ops.example.net:8080")));
        QCOMPARE(second.connection.caCertificateFile, QStringLiteral("/etc/ca.pem"));
        QVERIFY(second.note.contains(QLatin1String("certificate")));
        QVERIFY(!second.connection.allowPlainHttp);
        QCOMPARE(second.credentials.secret.reveal(), QByteArray("quote\"d"));
    }

    void mongocliNonsense()
    {
        const auto profiles = importMongocli("[default]\npublic_api_key = \"a\"\n<html>\n");
        QVERIFY(!profiles);
        QVERIFY(profiles.error().sentence.contains(QLatin1Char('3')));
    }

    void memorySecretsGoWithTheConnection()
    {
        MemorySecretStore store;
        const ConnectionId id(QStringLiteral("c1"));
        QVERIFY(store.write(id, {Secret(QByteArray("s")), {}}).result());
        QCOMPARE(store.read(id).result()->secret.reveal(), QByteArray("s"));
        QVERIFY(store.remove(id).result());
        QVERIFY(store.read(id).result()->secret.isEmpty());
        QVERIFY(!store.isPersistent());
    }
};

QTEST_GUILESS_MAIN(ConnectionStoreTest)
#include "connection_store_test.moc"
