#include "connection/connection_store.h"
#include "connection/memory_secret_store.h"

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
        connection.allowedSigners = QStringLiteral("/etc/ssh/plan_signers");
        connection.openPgpSigners = QStringLiteral("/etc/plan_keys");
        connection.approvalProjects = {QStringLiteral("Production"), QStringLiteral("60bb00000000000000000002")};
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
