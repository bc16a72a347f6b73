#include "base/clock.h"
#include "connection/memory_secret_store.h"
#include "session/profiles.h"
#include "support/file_dialogs.h"
#include "support/ui_driver.h"
#include "ui/connections/connections_dialog.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/last_tests.h"

#include <QElapsedTimer>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <sys/stat.h>

#include <thread>

using namespace tidemark;

namespace {

/// A keychain that refuses or takes its time.
class AwkwardSecretStore final : public SecretStore
{
public:
    Async<Credentials> read(const ConnectionId &id) override
    {
        if (!m_failsReads)
            return m_kept.read(id);
        Error error;
        error.kind = ErrorKind::Credentials;
        error.sentence = QStringLiteral("The keychain refuses.");
        return resolved<Credentials>(failure(error));
    }
    Async<bool> write(const ConnectionId &id, const Credentials &credentials) override
    {
        if (!m_holdsWrites)
            return m_kept.write(id, credentials);
        m_held.push_back({id, credentials, {}});
        return m_held.back().done.future();
    }
    Async<bool> remove(const ConnectionId &id) override { return m_kept.remove(id); }
    bool isPersistent() const override { return true; }
    bool isForThisRunOnly(const ConnectionId &) const override { return false; }

    void failReads() { m_failsReads = true; }
    void holdWrites() { m_holdsWrites = true; }
    void releaseWrites()
    {
        m_holdsWrites = false;
        for (const Held &one : std::exchange(m_held, {})) {
            m_kept.write(one.id, one.credentials);
            one.done.resolve(true);
        }
    }
    bool contains(const ConnectionId &id) const { return m_kept.contains(id); }

private:
    struct Held
    {
        ConnectionId id;
        Credentials credentials;
        Deferred<bool> done;
    };

    MemorySecretStore m_kept;
    std::vector<Held> m_held;
    bool m_failsReads = false;
    bool m_holdsWrites = false;
};

} // namespace

/// What the window Connections asks and says: each button does what it says, whatever comes meanwhile.
class ConnectionsQuestionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void noMessageAnswersAQuestion();
    void aQuestionEndsWithItsConnection();
    void aSecondImportAnswersNothingOfTheFirst();
    void aFileThatHangsDoesNotHoldTheWindow();
    void enterTwiceSavesOnce();
    void nothingToSaveIsSaid();
    void aTestEndsWithItsSettings();
    void anOpenConnectionGoesOnWithItsSettings();

private:
    Connection saved(const QString &name, const QByteArray &secret);
    QWidget *editor() const { return driver::window(QStringLiteral("Add connection")); }

    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<ConnectionStore> m_store;
    std::unique_ptr<AwkwardSecretStore> m_secrets;
    std::unique_ptr<Profiles> m_profiles;
    std::unique_ptr<ConnectionsDialog> m_dialog;
};

void ConnectionsQuestionsTest::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_dir->filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    m_store = std::make_unique<ConnectionStore>(m_dir->filePath(QStringLiteral("connections.json")));
    QVERIFY(m_store->load());
    m_secrets = std::make_unique<AwkwardSecretStore>();
    m_profiles = std::make_unique<Profiles>(*m_store, *m_secrets);
    m_dialog = std::make_unique<ConnectionsDialog>(*m_profiles, m_clock, *m_settings);
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
}

void ConnectionsQuestionsTest::cleanup()
{
    m_dialog.reset();
    m_profiles.reset();
}

Connection ConnectionsQuestionsTest::saved(const QString &name, const QByteArray &secret)
{
    Connection connection;
    connection.name = name;
    connection.service = Service::OpsManager;
    connection.baseUrl = QUrl(QStringLiteral("https://om.example.com"));
    connection.userName = QStringLiteral("abcdefgh");
    Credentials credentials;
    credentials.secret = Secret(secret);
    auto future = m_profiles->save(connection, credentials);
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }))
        return {};
    return *future.result();
}

/// Remove… asks; then the keychain refuses something else and says so. Closing that message removes nothing.
void ConnectionsQuestionsTest::noMessageAnswersAQuestion()
{
    const Connection before = saved(QStringLiteral("Ops"), "kept-secret");
    QCOMPARE(driver::selectRow(m_dialog.get(), QStringLiteral("Connections"), QStringLiteral("Ops")), QString());
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Remove…")), QString());
    QTRY_VERIFY(driver::canPress(m_dialog.get(), QStringLiteral("Keep it")));
    m_secrets->failReads();
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Test…")), QString());
    auto *message = m_dialog->findChild<QWidget *>(QStringLiteral("connectionsMessage"));
    QTRY_VERIFY(message->isVisible());
    message->findChild<QPushButton *>(QStringLiteral("messageButton0"))->click();
    QVERIFY(!message->isVisible());
    QTest::qWait(50);
    QCOMPARE(m_profiles->all().size(), 1U);
    QVERIFY(m_secrets->contains(before.id));
    // The question is still there, and still means what it says.
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Remove it")), QString());
    QTRY_VERIFY(m_profiles->all().empty());
}

void ConnectionsQuestionsTest::aQuestionEndsWithItsConnection()
{
    const Connection first = saved(QStringLiteral("First"), "a");
    saved(QStringLiteral("Second"), "b");
    QCOMPARE(driver::selectRow(m_dialog.get(), QStringLiteral("Connections"), QStringLiteral("First")), QString());
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Remove…")), QString());
    QTRY_VERIFY(driver::canPress(m_dialog.get(), QStringLiteral("Remove it")));
    m_profiles->remove(first.id);
    QTRY_VERIFY(!driver::canPress(m_dialog.get(), QStringLiteral("Remove it")));
    QCOMPARE(m_profiles->all().size(), 1U);
}

/// The first file asks about a profile; the second cannot be read. Closing that message takes nothing over.
void ConnectionsQuestionsTest::aSecondImportAnswersNothingOfTheFirst()
{
    const QString path = m_dir->filePath(QStringLiteral("config.toml"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[one]\npublic_api_key = \"pub\"\nprivate_api_key = \"s\"\n");
    file.close();
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Import from mongocli…")), QString());
    QVERIFY(test::answerFileDialog(m_dialog.get(), path));
    QTRY_VERIFY(driver::canPress(m_dialog.get(), QStringLiteral("Leave it out")));
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Import from mongocli…")), QString());
    QVERIFY(test::answerFileDialog(m_dialog.get(), m_dir->filePath(QStringLiteral("missing.toml"))));
    auto *bar = m_dialog->findChild<QWidget *>(QStringLiteral("importMessage"));
    QTRY_VERIFY(driver::visibleText(bar).contains(QStringLiteral("could not be read")));
    bar->findChild<QPushButton *>(QStringLiteral("messageButton0"))->click();
    QTest::qWait(50);
    QVERIFY(m_profiles->all().empty());
}

/// A folder of the network that does not answer: here a pipe into which nobody writes for a while.
void ConnectionsQuestionsTest::aFileThatHangsDoesNotHoldTheWindow()
{
    const QString path = m_dir->filePath(QStringLiteral("config.toml"));
    QCOMPARE(mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    std::jthread late([path] {
        std::this_thread::sleep_for(std::chrono::seconds(2));
        QFile end(path);
        if (end.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            end.write("nothing = 1\n");
    });
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Import from mongocli…")), QString());
    QElapsedTimer held;
    held.start();
    QVERIFY(test::answerFileDialog(m_dialog.get(), path));
    QVERIFY2(held.elapsed() < 1500, qPrintable(QString::number(held.elapsed())));
    auto *bar = m_dialog->findChild<QWidget *>(QStringLiteral("importMessage"));
    QTRY_VERIFY(bar->isVisible()); // what came of it
}

/// The keychain takes its time. Neither another Enter nor a change meanwhile makes a second connection, and the focus
/// does not walk to Cancel.
void ConnectionsQuestionsTest::enterTwiceSavesOnce()
{
    m_dialog->add();
    QTRY_VERIFY(editor());
    auto *name = editor()->findChild<QLineEdit *>(QStringLiteral("connectionName"));
    name->setText(QStringLiteral("Once"));
    editor()->findChild<QLineEdit *>(QStringLiteral("userName"))->setText(QStringLiteral("u"));
    editor()->findChild<QLineEdit *>(QStringLiteral("secret"))->setText(QStringLiteral("s"));
    m_secrets->holdWrites();
    name->setFocus();
    QTest::keyClick(name, Qt::Key_Return);
    QVERIFY(!name->isEnabled()); // what is typed now would be lost
    QWidget *focus = editor()->focusWidget();
    QVERIFY2(focus, "nothing has the focus");
    QCOMPARE(focus->property("text").toString().remove(QLatin1Char('&')), QStringLiteral("Save"));
    QTest::keyClick(focus, Qt::Key_Return);
    QTest::keyClick(focus, Qt::Key_Space);
    QVERIFY(editor()->isVisible());
    m_secrets->releaseWrites();
    QTRY_VERIFY(!editor());
    QTest::qWait(50);
    QCOMPARE(m_profiles->all().size(), 1U);
}

void ConnectionsQuestionsTest::nothingToSaveIsSaid()
{
    saved(QStringLiteral("Ops"), "s");
    QCOMPARE(driver::selectRow(m_dialog.get(), QStringLiteral("Connections"), QStringLiteral("Ops")), QString());
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Edit…")), QString());
    QTRY_VERIFY(driver::window(QStringLiteral("Edit connection")));
    QWidget *edit = driver::window(QStringLiteral("Edit connection"));
    const auto *save = qobject_cast<QPushButton *>(driver::find(edit, QStringLiteral("Save")));
    QVERIFY(save && !save->isEnabled());
    QCOMPARE(save->toolTip(), QStringLiteral("Nothing has been changed."));
    QCOMPARE(driver::type(edit, QStringLiteral("Name"), QStringLiteral("Renamed")), QString());
    QVERIFY(save->isEnabled() && save->toolTip().isEmpty());
    QCOMPARE(driver::type(edit, QStringLiteral("Name"), QStringLiteral("Ops")), QString());
    QVERIFY(!save->isEnabled());
    QCOMPARE(driver::type(edit, QStringLiteral("Private key"), QStringLiteral("another")), QString());
    QVERIFY(save->isEnabled());
    edit->close();
}

void ConnectionsQuestionsTest::aTestEndsWithItsSettings()
{
    const Connection before = saved(QStringLiteral("Ops"), "old-secret");
    LastTests(*m_settings).keep(before.id, {LastTests::Outcome::Passed, m_clock.now()});
    const auto *view = m_dialog->findChild<QTreeView *>(QStringLiteral("connections"));
    const auto told = [view] { return view->model()->index(0, ConnectionsModel::TestColumn).data().toString(); };
    const auto change = [this](const QString &field, const QString &value) {
        QString problem = driver::press(m_dialog.get(), QStringLiteral("Edit…"));
        const bool isOpen =
            QTest::qWaitFor([] { return driver::window(QStringLiteral("Edit connection")) != nullptr; });
        QWidget *edit = driver::window(QStringLiteral("Edit connection"));
        if (!problem.isEmpty() || !isOpen)
            return problem + QStringLiteral("no editor");
        problem = driver::type(edit, field, value);
        problem += driver::press(edit, QStringLiteral("Save"));
        return QTest::qWaitFor([] { return driver::window(QStringLiteral("Edit connection")) == nullptr; })
                   ? problem
                   : problem + QStringLiteral("not saved");
    };
    QCOMPARE(driver::selectRow(m_dialog.get(), QStringLiteral("Connections"), QStringLiteral("Ops")), QString());
    const QString passed = told();
    QVERIFY2(passed.startsWith(QStringLiteral("Passed")), qPrintable(passed));
    QCOMPARE(change(QStringLiteral("Name"), QStringLiteral("Renamed")), QString());
    QCOMPARE(told(), passed); // it goes to the same place with the same key
    QCOMPARE(change(QStringLiteral("Public key"), QStringLiteral("another")), QString());
    QVERIFY2(!told().startsWith(QStringLiteral("Passed")), qPrintable(told()));
    QVERIFY(!LastTests(*m_settings).of(before.id));

    LastTests(*m_settings).keep(before.id, {LastTests::Outcome::Passed, m_clock.now()});
    QCOMPARE(change(QStringLiteral("Private key"), QStringLiteral("new-secret")), QString());
    QVERIFY(!LastTests(*m_settings).of(before.id));
}

void ConnectionsQuestionsTest::anOpenConnectionGoesOnWithItsSettings()
{
    const Connection open = saved(QStringLiteral("Ops"), "s");
    m_dialog->setOpen(open.id);
    QSignalSpy requested(m_dialog.get(), &ConnectionsDialog::openRequested);
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Edit…")), QString());
    QTRY_VERIFY(driver::window(QStringLiteral("Edit connection")));
    QWidget *edit = driver::window(QStringLiteral("Edit connection"));
    QCOMPARE(driver::type(edit, QStringLiteral("URL"), QStringLiteral("https://other.example.com")), QString());
    QCOMPARE(driver::press(edit, QStringLiteral("Save")), QString());
    QTRY_VERIFY2(driver::visibleText(m_dialog.get()).contains(QStringLiteral("open with the settings from before")),
                 qPrintable(driver::visibleText(m_dialog.get())));
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Open it again")), QString());
    QTRY_COMPARE(requested.count(), 1);
    QCOMPARE(requested.front().front().value<ConnectionId>(), open.id);
}

QTEST_MAIN(ConnectionsQuestionsTest)
#include "connections_questions_test.moc"
