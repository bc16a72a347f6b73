#include "base/clock.h"
#include "connection/memory_secret_store.h"
#include "session/job_reading.h"
#include "support/scripted_server.h"
#include "support/ui_driver.h"
#include "support/waiting.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/secret_bar.h"

#include <QLineEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// A keychain that answers when and what the test says.
class StagedStore final : public SecretStore
{
public:
    Async<Credentials> read(const ConnectionId &) override
    {
        m_reads.emplace_back();
        return m_reads.back().future();
    }
    Async<bool> write(const ConnectionId &id, const Credentials &credentials) override
    {
        return m_memory.write(id, credentials);
    }
    Async<bool> remove(const ConnectionId &id) override { return m_memory.remove(id); }
    bool isPersistent() const override { return m_problem.isEmpty(); }
    bool isForThisRunOnly(const ConnectionId &id) const override { return m_memory.contains(id); }
    QString problem() const override { return m_problem; }

    void setProblem(const QString &problem)
    {
        m_problem = problem;
        Q_EMIT changed();
    }
    std::vector<Deferred<Credentials>> m_reads;

private:
    MemorySecretStore m_memory;
    QString m_problem;
};

Error silence()
{
    Error error;
    error.kind = ErrorKind::Credentials;
    error.sentence = QStringLiteral("The keychain did not give the secret: it did not answer in 10 s.");
    error.hint = QStringLiteral("Try again, or enter the secret.");
    return error;
}

Credentials secret(const char *text)
{
    return {Secret(QByteArray(text)), {}};
}

} // namespace

/// Secrets that are not there, as the person and the requests meet it.
class SecretBarTest : public QObject
{
    Q_OBJECT

private:
    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ConnectionStore> m_store;
    std::unique_ptr<StagedStore> m_secrets;
    std::unique_ptr<Profiles> m_profiles;
    std::unique_ptr<QWidget> m_window;
    ConnectionId m_id;

    QString said() const { return driver::visibleText(m_window.get()); }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<ConnectionStore>(m_dir->filePath(QStringLiteral("connections.json")));
        QVERIFY(m_store->load());
        Connection connection;
        connection.name = QStringLiteral("Prod");
        connection.userName = QStringLiteral("pub");
        connection.proxy.mode = ProxyMode::None;
        m_id = m_store->put(connection)->id;
        m_secrets = std::make_unique<StagedStore>();
        m_profiles = std::make_unique<Profiles>(*m_store, *m_secrets);
        m_window = std::make_unique<QWidget>();
        (new QVBoxLayout(m_window.get()))->addWidget(new SecretBar(*m_profiles));
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    void cleanup()
    {
        m_window.reset();
        m_profiles.reset();
    }

    void aKeychainThatAnswersIsNotWorthAWord()
    {
        auto wanted = m_profiles->secretFor(m_id);
        m_secrets->m_reads.at(0).resolve(secret("kept"));
        QTRY_VERIFY(wanted.isFinished());
        QCOMPARE(wanted.result()->secret.reveal(), QByteArray("kept"));
        QVERIFY(m_profiles->secretWaits().empty());
        QCOMPARE(said(), QString());
    }

    void waitsForTheKeychainAndAsksAgain()
    {
        auto wanted = m_profiles->secretFor(m_id);
        auto second = m_profiles->secretFor(m_id);
        QTRY_VERIFY2(said().contains(QStringLiteral("Waiting for the keychain, which has the secret of Prod.")),
                     qPrintable(said()));
        QVERIFY(!driver::canPress(m_window.get(), QStringLiteral("Try again")));
        m_secrets->m_reads.at(0).resolve(failure(silence()));
        QTRY_VERIFY2(said().contains(QStringLiteral("did not answer in 10 s")), qPrintable(said()));
        QVERIFY(!wanted.isFinished());
        QCOMPARE(driver::press(m_window.get(), QStringLiteral("Try again")), QString());
        QTRY_COMPARE(m_secrets->m_reads.size(), 2U); // one question for both
        m_secrets->m_reads.at(1).resolve(secret("late"));
        QTRY_VERIFY(wanted.isFinished() && second.isFinished());
        QCOMPARE(wanted.result()->secret.reveal(), QByteArray("late"));
        QTRY_COMPARE(said(), QString());
    }

    void aLateAnswerGoesOnByItself()
    {
        auto wanted = m_profiles->secretFor(m_id);
        m_secrets->m_reads.at(0).resolve(failure(silence()));
        QTRY_VERIFY(said().contains(QStringLiteral("did not answer")));
        Q_EMIT m_secrets->arrived(m_id);
        QTRY_COMPARE(m_secrets->m_reads.size(), 2U);
        m_secrets->m_reads.at(1).resolve(secret("late"));
        QTRY_VERIFY(wanted.isFinished());
        QTRY_COMPARE(said(), QString());
    }

    void isEnteredInPlace()
    {
        QSignalSpy others(m_profiles.get(), &Profiles::connectionChanged);
        auto wanted = m_profiles->secretFor(m_id);
        m_secrets->m_reads.at(0).resolve(Credentials{});
        QTRY_VERIFY2(said().contains(QStringLiteral("Waits for the secret of Prod.")), qPrintable(said()));
        QVERIFY(!driver::canPress(m_window.get(), QStringLiteral("Use it")));
        auto *field = m_window->findChild<QLineEdit *>(QStringLiteral("waitedSecret"));
        QCOMPARE(field->accessibleName(), QStringLiteral("Private key of Prod"));
        QCOMPARE(field->echoMode(), QLineEdit::Password);
        QVERIFY(!m_window->findChild<QLineEdit *>(QStringLiteral("waitedProxyPassword"))->isVisible());
        QTest::keyClicks(field, QStringLiteral("typed"));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(wanted.isFinished());
        QCOMPARE(wanted.result()->secret.reveal(), QByteArray("typed"));
        QCOMPARE(others.size(), 1);
        QTRY_COMPARE(said(), QString());
        QCOMPARE(field->text(), QString());
        // In the list too.
        QSettings settings(m_dir->filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        const LastTests tests(settings);
        const ConnectionsModel model(*m_profiles, tests);
        const QString shown = model.index(0, ConnectionsModel::SignInColumn).data().toString();
        QVERIFY2(shown.contains(QStringLiteral("kept until you quit")), qPrintable(shown));
    }

    /// Whichever of the two comes first in the list: another connection's wait takes nothing of what is being typed.
    void whatIsTypedStaysOfItsConnection_data()
    {
        QTest::addColumn<QString>("otherId");
        QTest::newRow("before it") << QStringLiteral("!");
        QTest::newRow("behind it") << QStringLiteral("~");
    }
    void whatIsTypedStaysOfItsConnection()
    {
        QFETCH(QString, otherId);
        Connection other;
        other.id = ConnectionId(otherId);
        other.name = QStringLiteral("Other");
        other.userName = QStringLiteral("pub2");
        QVERIFY(m_store->put(other));
        auto wanted = m_profiles->secretFor(m_id);
        m_secrets->m_reads.at(0).resolve(Credentials{});
        QTRY_VERIFY(said().contains(QStringLiteral("Waits for the secret of Prod.")));
        auto *field = m_window->findChild<QLineEdit *>(QStringLiteral("waitedSecret"));
        QTest::keyClicks(field, QStringLiteral("mine-"));
        auto otherWanted = m_profiles->secretFor(other.id);
        m_secrets->m_reads.at(1).resolve(Credentials{});
        QTRY_COMPARE(m_profiles->secretWaits().size(), 2U);
        QTest::qWait(50);
        QTest::keyClicks(field, QStringLiteral("secret"));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(wanted.isFinished());
        QCOMPARE(wanted.result()->secret.reveal(), QByteArray("mine-secret"));
        QVERIFY(!otherWanted.isFinished());
        QTRY_VERIFY2(said().contains(QStringLiteral("Waits for the secret of Other.")), qPrintable(said()));
        QCOMPARE(field->text(), QString());
        m_profiles->remove(other.id);
        QTRY_VERIFY(otherWanted.isFinished());
    }

    /// The connection that the person opens is asked for, whatever else was waited for and not given.
    void whatIsOpenedIsAskedFor()
    {
        Connection other;
        other.id = ConnectionId(QStringLiteral("~"));
        other.name = QStringLiteral("Other");
        other.userName = QStringLiteral("pub2");
        QVERIFY(m_store->put(other));
        auto *bar = m_window->findChild<SecretBar *>();
        bar->setOpening(m_id);
        auto wanted = m_profiles->secretFor(m_id);
        m_secrets->m_reads.at(0).resolve(Credentials{});
        QTRY_VERIFY(said().contains(QStringLiteral("Waits for the secret of Prod.")));
        bar->setOpening(other.id);
        auto otherWanted = m_profiles->secretFor(other.id);
        m_secrets->m_reads.at(1).resolve(Credentials{});
        QTRY_VERIFY2(said().contains(QStringLiteral("Waits for the secret of Other.")), qPrintable(said()));
        auto *field = m_window->findChild<QLineEdit *>(QStringLiteral("waitedSecret"));
        QTest::keyClicks(field, QStringLiteral("others"));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(otherWanted.isFinished());
        QCOMPARE(otherWanted.result()->secret.reveal(), QByteArray("others"));
        QVERIFY(!wanted.isFinished());
        m_profiles->remove(m_id);
        QTRY_VERIFY(wanted.isFinished());
    }

    void aRemovedConnectionIsNotWaitedFor()
    {
        auto wanted = m_profiles->secretFor(m_id);
        m_secrets->m_reads.at(0).resolve(Credentials{});
        QTRY_VERIFY(said().contains(QStringLiteral("Waits for the secret")));
        m_profiles->remove(m_id);
        QTRY_VERIFY(wanted.isFinished());
        QVERIFY(!wanted.result());
        QTRY_COMPARE(said(), QString());
    }

    void theNoticeLeavesWithItsCause()
    {
        m_secrets->setProblem(QStringLiteral("The keychain is locked."));
        QTRY_COMPARE(said().contains(QStringLiteral("The keychain is locked.")), true);
        m_secrets->setProblem({});
        QTRY_COMPARE(said(), QString());
        m_secrets->setProblem(QStringLiteral("The keychain is locked."));
        QTRY_VERIFY(driver::canPress(m_window.get(), QStringLiteral("Close")));
        QCOMPARE(driver::press(m_window.get(), QStringLiteral("Close")), QString());
        QTRY_COMPARE(said(), QString());
        m_secrets->setProblem(QStringLiteral("The keychain is gone.")); // another cause is another word
        QTRY_VERIFY(said().contains(QStringLiteral("The keychain is gone.")));
    }

    /// Downloads that go on after a restart read their job: not one request leaves before there is a secret.
    void noRequestWithoutASecret()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &) { return ScriptedAnswer::json("{\"id\":\"j1\"}"); });
        Connection connection = *m_profiles->find(m_id);
        connection.service = Service::OpsManager;
        connection.baseUrl = server.url();
        QVERIFY(m_store->put(connection));
        JobReading reading(*m_profiles, m_clock);
        DownloadSource source;
        source.connection = m_id;
        source.project = ProjectId(QStringLiteral("p1"));
        source.cluster = ClusterId(QStringLiteral("c1"));
        source.job = JobId(QStringLiteral("j1"));
        auto one = reading.read(source);
        auto two = reading.read(source);
        m_secrets->m_reads.at(0).resolve(Credentials{});
        QTRY_VERIFY(said().contains(QStringLiteral("Waits for the secret of Prod.")));
        QVERIFY(!one.isFinished() && !two.isFinished());
        QCOMPARE(server.requestCount(), 0);
        m_profiles->giveSecret(m_id, secret("given"));
        QVERIFY(waitFor(one) && waitFor(two));
        QCOMPARE(server.requestCount(), 2);
    }
};

QTEST_MAIN(SecretBarTest)
#include "secret_bar_test.moc"
