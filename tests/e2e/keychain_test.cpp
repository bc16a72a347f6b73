#include "connection/connection_store.h"
#include "connection/keychain_secret_store.h"
#include "session/profiles.h"
#include "support/waiting.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QString service = QStringLiteral("Tidemark test");
const QByteArray privateKey = "marked-private-key";
const QByteArray proxyPassword = "marked-proxy-password";

Credentials credentials()
{
    return {Secret(privateKey), Secret(proxyPassword)};
}

Connection connectionNamed(const QString &name)
{
    Connection connection;
    connection.name = name;
    connection.userName = QStringLiteral("pubkey01");
    return connection;
}

/// Files below `folder` that have one of the secrets in them.
QStringList filesWithSecrets(const QString &folder)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray bytes = file.readAll();
        if (bytes.contains(privateKey) || bytes.contains(proxyPassword) || bytes.contains(privateKey.toBase64()))
            found << file.fileName();
    }
    return found;
}

/// As the desktop does at login: with the password that with_keyring.sh gave the keyring.
bool unlockKeyring()
{
    const QString script = QStringLiteral(
        "from gi.repository import Gio, GLib\n"
        "bus = Gio.bus_get_sync(Gio.BusType.SESSION)\n"
        "def call(interface, method, arguments):\n"
        "    return bus.call_sync('org.freedesktop.secrets', '/org/freedesktop/secrets', interface, method,\n"
        "                         arguments, None, 0, 5000, None)\n"
        "session = call('org.freedesktop.Secret.Service', 'OpenSession',\n"
        "               GLib.Variant('(sv)', ('plain', GLib.Variant('s', ''))))[1]\n"
        "call('org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface', 'UnlockWithMasterPassword',\n"
        "     GLib.Variant('(o(oayays))', ('/org/freedesktop/secrets/collection/login',\n"
        "                                  (session, b'', b'a password', 'text/plain'))))\n");
    QProcess python;
    python.start(QStringLiteral("/usr/bin/python3"), {QStringLiteral("-c"), script});
    const bool done = python.waitForFinished(10000) && python.exitCode() == 0;
    if (!done)
        qWarning("%s", python.readAllStandardError().constData());
    return done;
}

} // namespace

#define REQUIRE(expression)                                                                                            \
    do {                                                                                                               \
        const auto required = (expression);                                                                            \
        QVERIFY2(required.has_value(), required ? "" : qPrintable(required.error().sentence));                         \
    } while (false)

/// The desktop's keychain: GNOME Keyring in a session of its own, or none. with_keyring.sh makes the session, with a
/// home folder that is empty, and the names of the functions to run say which it is.
class KeychainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // A test must not touch a person's keyring.
        QVERIFY2(qEnvironmentVariableIsSet("TIDEMARK_TEST_HOME"), "run this through with_keyring.sh");
        QCOMPARE(QDir::homePath(), qEnvironmentVariable("TIDEMARK_TEST_HOME"));
    }

    void storesReadsAndRemoves()
    {
        const ConnectionId id(QStringLiteral("connection-1"));
        {
            KeychainSecretStore store(service);
            const auto empty = resultOf(store.read(id));
            REQUIRE(empty);
            QCOMPARE(*empty, Credentials());
            REQUIRE(resultOf(store.write(id, credentials())));
            QVERIFY2(store.isPersistent(), qPrintable(store.problem()));
            QVERIFY(!store.isForThisRunOnly(id));
        }
        KeychainSecretStore nextRun(service);
        const auto read = resultOf(nextRun.read(id));
        REQUIRE(read);
        QCOMPARE(*read, credentials());

        Credentials changed = credentials();
        changed.secret = Secret(QByteArray("another"));
        REQUIRE(resultOf(nextRun.write(id, changed)));
        KeychainSecretStore afterTheChange(service);
        QCOMPARE(*resultOf(afterTheChange.read(id)), changed);
        QCOMPARE(*resultOf(afterTheChange.read(ConnectionId(QStringLiteral("connection-2")))), Credentials());

        REQUIRE(resultOf(afterTheChange.remove(id)));
        KeychainSecretStore afterTheEnd(service);
        QCOMPARE(*resultOf(afterTheEnd.read(id)), Credentials());
        REQUIRE(resultOf(afterTheEnd.remove(id))); // nothing to remove is no failure
        QVERIFY(afterTheEnd.isPersistent());
    }

    void aRemovedConnectionLeavesNoSecret()
    {
        ConnectionStore connections(QDir::homePath() + QStringLiteral("/connections.json"));
        KeychainSecretStore secrets(service);
        Profiles profiles(connections, secrets);
        const auto kept = resultOf(profiles.save(connectionNamed(QStringLiteral("kept")), credentials()));
        REQUIRE(kept);
        const auto removed = resultOf(profiles.save(connectionNamed(QStringLiteral("removed")), credentials()));
        REQUIRE(removed);
        QVERIFY(profiles.keepsSecrets());
        REQUIRE(resultOf(profiles.remove(removed->id)));

        KeychainSecretStore nextRun(service);
        QCOMPARE(*resultOf(nextRun.read(removed->id)), Credentials());
        QCOMPARE(*resultOf(nextRun.read(kept->id)), credentials());
        // Encrypted in the keyring's file, and nowhere else.
        QCOMPARE(filesWithSecrets(QDir::homePath()), QStringList());
    }

    /// The judge: the command of GNOME's own library finds the entry in the keyring.
    void theKeyringItselfHasIt()
    {
        const ConnectionId id(QStringLiteral("connection-3"));
        KeychainSecretStore store(service);
        REQUIRE(resultOf(store.write(id, credentials())));
        const auto lookup = [&] {
            QProcess tool;
            tool.start(QStringLiteral("secret-tool"),
                       {QStringLiteral("lookup"), QStringLiteral("server"), service, QStringLiteral("user"), id.value});
            tool.waitForFinished(10000);
            return tool.readAllStandardOutput();
        };
        const QByteArray stored = lookup();
        QVERIFY2(stored.contains(privateKey) || QByteArray::fromBase64(stored).contains(privateKey),
                 stored.constData());
        REQUIRE(resultOf(store.remove(id)));
        QCOMPARE(lookup(), QByteArray());
    }

    /// GNOME Keyring asks for the password in a window of its own; here nobody can answer it.
    void aKeyringThatStaysLocked()
    {
        const ConnectionId id(QStringLiteral("connection-4"));
        {
            KeychainSecretStore store(service);
            REQUIRE(resultOf(store.write(id, credentials())));
            QVERIFY(store.isPersistent());
        }
        QProcess lock;
        lock.start(QStringLiteral("dbus-send"),
                   {QStringLiteral("--session"), QStringLiteral("--print-reply"),
                    QStringLiteral("--dest=org.freedesktop.secrets"), QStringLiteral("/org/freedesktop/secrets"),
                    QStringLiteral("org.freedesktop.Secret.Service.Lock"),
                    QStringLiteral("array:objpath:/org/freedesktop/secrets/collection/login")});
        QVERIFY(lock.waitForFinished(10000));
        QVERIFY2(lock.exitCode() == 0, lock.readAllStandardError().constData());

        KeychainSecretStore locked(service);
        // It looks empty, which proves nothing.
        const auto read = resultOf(locked.read(id));
        QVERIFY(!read);
        QVERIFY2(read.error().sentence.contains(QLatin1String("it is locked")), qPrintable(read.error().sentence));
        QVERIFY2(locked.problem().contains(QLatin1String("it is locked")), qPrintable(locked.problem()));
        // What is still in it is not said to be gone.
        const auto removed = resultOf(locked.remove(id));
        QVERIFY(!removed);
        QVERIFY2(removed.error().hint.contains(QLatin1String("Unlock the keychain")), qPrintable(removed.error().hint));
        // What is entered now serves this run.
        const ConnectionId other(QStringLiteral("connection-5"));
        REQUIRE(resultOf(locked.write(other, credentials())));
        QCOMPARE(*resultOf(locked.read(other)), credentials());
        QVERIFY(!locked.isPersistent());
        QVERIFY(locked.isForThisRunOnly(other));
        QCOMPARE(filesWithSecrets(QDir::homePath()), QStringList());

        // Once it is open it is handed what it did not take.
        QVERIFY(unlockKeyring());
        const auto opened = resultOf(locked.read(id));
        REQUIRE(opened);
        QCOMPARE(*opened, credentials());
        QVERIFY2(locked.isPersistent(), qPrintable(locked.problem()));
        QTRY_VERIFY(!locked.isForThisRunOnly(other));
        KeychainSecretStore nextRun(service);
        QCOMPARE(*resultOf(nextRun.read(other)), credentials());
    }

    /// Run where no keychain answers.
    void withoutAKeychainSecretsAreForThisRunOnly()
    {
        ConnectionStore connections(QDir::homePath() + QStringLiteral("/connections.json"));
        KeychainSecretStore secrets(service);
        Profiles profiles(connections, secrets);
        const auto first = resultOf(profiles.save(connectionNamed(QStringLiteral("first")), credentials()));
        REQUIRE(first);
        const auto second = resultOf(profiles.save(connectionNamed(QStringLiteral("second")), credentials()));
        REQUIRE(second);
        QVERIFY2(secrets.problem().contains(QLatin1String("kept until you quit")), qPrintable(secrets.problem()));
        QVERIFY(profiles.keepsUntilQuit(first->id));
        QVERIFY(!profiles.keepsSecrets());
        // The run goes on as if there were one.
        QCOMPARE(*resultOf(profiles.credentials(first->id)), credentials());
        REQUIRE(resultOf(profiles.remove(first->id)));
        QVERIFY(!resultOf(secrets.read(first->id)));
        QCOMPARE(*resultOf(secrets.read(second->id)), credentials());
        // The next one knows nothing.
        KeychainSecretStore nextRun(service);
        QVERIFY(!resultOf(nextRun.read(second->id)));
        QCOMPARE(filesWithSecrets(QDir::homePath()), QStringList());
    }

    /// A service that owns the keychain's name and says nothing.
    void aKeychainThatNeverAnswers()
    {
        class Silence final : public QDBusVirtualObject
        {
        public:
            QString introspect(const QString &) const override { return {}; }
            bool handleMessage(const QDBusMessage &message, const QDBusConnection &) override
            {
                message.setDelayedReply(true);
                return true;
            }
        };
        Silence silence;
        QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("silent"));
        QVERIFY(bus.isConnected());
        QVERIFY(bus.registerVirtualObject(QStringLiteral("/"), &silence, QDBusConnection::SubPath));
        QVERIFY(bus.registerService(QStringLiteral("org.freedesktop.secrets")));

        KeychainSecretStore store(service, std::chrono::milliseconds(300));
        const ConnectionId id(QStringLiteral("connection-6"));
        const auto first = store.read(id);
        const auto second = store.read(id);
        QVERIFY(!first.isFinished()); // nothing stood still until it gave up
        const auto read = resultOf(first);
        QVERIFY(!read);
        QVERIFY2(read.error().sentence.contains(QLatin1String("did not answer")), qPrintable(read.error().sentence));
        QVERIFY(read.error().hint.contains(QLatin1String("enter the secret")));
        QVERIFY(!resultOf(second));
        QVERIFY(!store.isPersistent());
        // What is entered serves this run.
        const auto written = store.write(id, credentials());
        QCOMPARE(*resultOf(store.read(id)), credentials());
        REQUIRE(resultOf(written));
        QVERIFY(store.isForThisRunOnly(id));
        QVERIFY(!resultOf(store.remove(id)));
        QDBusConnection::disconnectFromBus(QStringLiteral("silent"));
    }

    /// As after an unlocking that took longer than the limit.
    void aLateAnswerCounts()
    {
        const ConnectionId id(QStringLiteral("connection-7"));
        KeychainSecretStore before(service);
        REQUIRE(resultOf(before.write(id, credentials())));
        KeychainSecretStore store(service, std::chrono::milliseconds(0));
        QSignalSpy arrived(&store, &SecretStore::arrived);
        QVERIFY(!resultOf(store.read(id)));
        QVERIFY(!store.isPersistent());
        QTRY_COMPARE(arrived.size(), 1);
        QVERIFY2(store.isPersistent(), qPrintable(store.problem())); // the notice goes with its cause
        const auto late = store.read(id);
        QVERIFY(late.isFinished());
        QCOMPARE(*late.result(), credentials());
    }

    /// Taken after the limit is taken.
    void aLateWriteCounts()
    {
        const ConnectionId id(QStringLiteral("connection-8"));
        KeychainSecretStore store(service, std::chrono::milliseconds(0));
        REQUIRE(resultOf(store.write(id, credentials())));
        QVERIFY(store.isForThisRunOnly(id));
        QTRY_VERIFY(!store.isForThisRunOnly(id));
        QTRY_VERIFY2(store.isPersistent(), qPrintable(store.problem()));
        KeychainSecretStore nextRun(service);
        QCOMPARE(*resultOf(nextRun.read(id)), credentials());
    }

    /// Without this, the empty lists above would prove nothing.
    void theSearchFindsASecret()
    {
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("a/.b")));
        QFile planted(folder.filePath(QStringLiteral("a/.b/c")));
        QVERIFY(planted.open(QIODevice::WriteOnly));
        planted.write("x" + privateKey + "x");
        planted.close();
        QCOMPARE(filesWithSecrets(folder.path()), QStringList{planted.fileName()});
    }
};

QTEST_GUILESS_MAIN(KeychainTest)
#include "keychain_test.moc"
