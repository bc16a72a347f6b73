#include "base/clock.h"
#include "connection/environment_connection.h"
#include "connection/memory_secret_store.h"
#include "session/profiles.h"
#include "support/file_dialogs.h"
#include "support/ui_driver.h"
#include "ui/connections/connection_editor.h"
#include "ui/connections/connections_dialog.h"
#include "ui/connections/connections_model.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace tidemark;

class ConnectionsDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void invitesWhileThereIsNone();
    void addsByKeyboardAlone();
    void labelsAreTheNames();
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void anEmptySecretKeepsTheOldOne();
    void duplicatesWithTheSecret();
    void removesOnlyAfterTheAnswer();
    void connectionsOfThisRunCannotBeEdited();
    void theEnvironmentCanBeSaved();
    void importsFromMongocli();
    void asksWhatAProfileIsFor();
    void saysWhereAnImportFails();
    void secretsAreInNoFile();

private:
    Connection saved(const QString &name, const QByteArray &secret);
    Credentials credentialsOf(const ConnectionId &id);
    QByteArray filesOf(const QString &folder) const;
    QWidget *editor() const { return driver::window(QStringLiteral("Add connection")); }

    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<ConnectionStore> m_store;
    std::unique_ptr<MemorySecretStore> m_secrets;
    std::unique_ptr<Profiles> m_profiles;
    std::unique_ptr<ConnectionsDialog> m_dialog;
};

void ConnectionsDialogTest::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_dir->filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    m_store = std::make_unique<ConnectionStore>(m_dir->filePath(QStringLiteral("connections.json")));
    QVERIFY(m_store->load());
    m_secrets = std::make_unique<MemorySecretStore>();
    m_profiles = std::make_unique<Profiles>(*m_store, *m_secrets);
    m_dialog = std::make_unique<ConnectionsDialog>(*m_profiles, m_clock, *m_settings);
    new QAbstractItemModelTester(m_dialog->findChild<QTreeView *>(QStringLiteral("connections"))->model(),
                                 QAbstractItemModelTester::FailureReportingMode::QtTest, m_dialog.get());
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
}

void ConnectionsDialogTest::cleanup()
{
    m_dialog.reset();
    m_profiles.reset();
}

Connection ConnectionsDialogTest::saved(const QString &name, const QByteArray &secret)
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

Credentials ConnectionsDialogTest::credentialsOf(const ConnectionId &id)
{
    auto future = m_profiles->credentials(id);
    return QTest::qWaitFor([&future] { return future.isFinished(); }) ? *future.result() : Credentials();
}

QByteArray ConnectionsDialogTest::filesOf(const QString &folder) const
{
    QByteArray bytes;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            bytes += file.readAll();
    }
    return bytes;
}

void ConnectionsDialogTest::invitesWhileThereIsNone()
{
    QVERIFY(driver::visibleText(m_dialog.get()).contains(QStringLiteral("No connections yet")));
    QVERIFY(driver::canPress(m_dialog.get(), QStringLiteral("Add a connection…")));
    QVERIFY(!driver::canPress(m_dialog.get(), QStringLiteral("Edit…")));
}

void ConnectionsDialogTest::addsByKeyboardAlone()
{
    // Alt+A opens the editor, Tab goes from field to field.
    QTest::keyClick(m_dialog.get(), Qt::Key_A, Qt::AltModifier);
    QTRY_VERIFY(editor());
    const auto typeHere = [](const QString &text) {
        QWidget *focus = QApplication::focusWidget();
        QTest::keyClick(focus, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(focus, text);
        QTest::keyClick(focus, Qt::Key_Tab);
    };
    const auto focusName = [] {
        return QApplication::focusWidget() ? QApplication::focusWidget()->objectName() : QString();
    };
    editor()->activateWindow();
    QTRY_COMPARE(focusName(), QStringLiteral("connectionName"));
    typeHere(QStringLiteral("Production"));
    QCOMPARE(focusName(), QStringLiteral("service"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(focusName(), QStringLiteral("baseUrl"));
    typeHere(QStringLiteral("https://om.example.com:8443"));
    QCOMPARE(focusName(), QStringLiteral("allowPlainHttp")); // its download links may be of plain http
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(focusName(), QStringLiteral("authentication"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(focusName(), QStringLiteral("userName"));
    typeHere(QStringLiteral("pubkey12"));
    QCOMPARE(focusName(), QStringLiteral("secret"));
    typeHere(QStringLiteral("typed-by-keyboard"));
    QTest::keyClick(editor(), Qt::Key_Return);

    QTRY_COMPARE(m_profiles->all().size(), 1U);
    const Connection made = m_profiles->all().front();
    QCOMPARE(made.name, QStringLiteral("Production"));
    QCOMPARE(made.service, Service::OpsManager);
    QCOMPARE(made.baseUrl, QUrl(QStringLiteral("https://om.example.com:8443")));
    QCOMPARE(made.userName, QStringLiteral("pubkey12"));
    QCOMPARE(credentialsOf(made.id).secret.reveal(), QByteArray("typed-by-keyboard"));
    QTRY_VERIFY(!editor());
    QCOMPARE(driver::countRows(m_dialog.get(), QStringLiteral("Connections"), QStringLiteral("Production")), 1);
}

void ConnectionsDialogTest::labelsAreTheNames()
{
    m_dialog->add();
    QTRY_VERIFY(editor());
    for (const auto *name : {"Name", "Service", "Sign in with", "Public key", "Private key", "Default project",
                             "CA certificate file", "Time limit", "Proxy"})
        QVERIFY2(driver::find(editor(), QString::fromLatin1(name)), name);
    QCOMPARE(driver::choose(editor(), QStringLiteral("Sign in with"), QStringLiteral("Service account")), QString());
    QVERIFY(driver::find(editor(), QStringLiteral("Client id")));
    QVERIFY(driver::find(editor(), QStringLiteral("Client secret")));
    QCOMPARE(driver::choose(editor(), QStringLiteral("Proxy"), QStringLiteral("SOCKS5")), QString());
    for (const auto *name : {"Proxy host", "Proxy port", "Proxy user", "Proxy password"})
        QVERIFY2(driver::find(editor(), QString::fromLatin1(name)), name);
}

void ConnectionsDialogTest::saysWhatIsMissing_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("no name") << "connectionName"
                             << ""
                             << "Give the connection a name.";
    QTest::newRow("no key") << "userName"
                            << ""
                            << "Enter the API key's public part.";
    QTest::newRow("no secret") << "secret"
                               << ""
                               << "Enter the API key's private part.";
    QTest::newRow("no such certificate") << "caCertificateFile"
                                         << "/nowhere/ca.pem"
                                         << "This file cannot be read.";
}

void ConnectionsDialogTest::saysWhatIsMissing()
{
    QFETCH(QString, field);
    QFETCH(QString, text);
    QFETCH(QString, sentence);
    m_dialog->add();
    QTRY_VERIFY(editor());
    const auto fill = [this](const QString &name, const QString &value) {
        editor()->findChild<QLineEdit *>(name)->setText(value);
    };
    fill(QStringLiteral("connectionName"), QStringLiteral("a"));
    fill(QStringLiteral("userName"), QStringLiteral("b"));
    fill(QStringLiteral("secret"), QStringLiteral("c"));
    QVERIFY(driver::canPress(editor(), QStringLiteral("Save")));
    QVERIFY(!driver::visibleText(editor()).contains(sentence));
    fill(field, text);
    QVERIFY(!driver::canPress(editor(), QStringLiteral("Save")));
    QTRY_VERIFY2(driver::visibleText(editor()).contains(sentence), qPrintable(driver::visibleText(editor())));
    const QString described = editor()->findChild<QLineEdit *>(field)->accessibleDescription();
    QVERIFY2(described.contains(sentence), qPrintable(described));
}

void ConnectionsDialogTest::anEmptySecretKeepsTheOldOne()
{
    const Connection before = saved(QStringLiteral("Ops"), "old-secret");
    QCOMPARE(driver::selectRow(m_dialog.get(), QStringLiteral("Connections"), QStringLiteral("Ops")), QString());
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Edit…")), QString());
    QTRY_VERIFY(driver::window(QStringLiteral("Edit connection")));
    QWidget *edit = driver::window(QStringLiteral("Edit connection"));
    QCOMPARE(edit->findChild<QLineEdit *>(QStringLiteral("secret"))->text(), QString());
    QCOMPARE(driver::type(edit, QStringLiteral("Name"), QStringLiteral("Renamed")), QString());
    QCOMPARE(driver::press(edit, QStringLiteral("Save")), QString());
    QTRY_COMPARE(m_profiles->all().front().name, QStringLiteral("Renamed"));
    QCOMPARE(m_profiles->all().size(), 1U);
    QCOMPARE(credentialsOf(before.id).secret.reveal(), QByteArray("old-secret"));
}

void ConnectionsDialogTest::duplicatesWithTheSecret()
{
    const Connection before = saved(QStringLiteral("Ops"), "shared-secret");
    QCOMPARE(driver::selectRow(m_dialog.get(), QStringLiteral("Connections"), QStringLiteral("Ops")), QString());
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Duplicate…")), QString());
    QTRY_VERIFY(editor());
    QCOMPARE(driver::press(editor(), QStringLiteral("Save")), QString());
    QTRY_COMPARE(m_profiles->all().size(), 2U);
    const Connection copy = m_profiles->all().back();
    QVERIFY(copy.id != before.id);
    QVERIFY(copy.name != before.name);
    QCOMPARE(credentialsOf(copy.id).secret.reveal(), QByteArray("shared-secret"));
}

void ConnectionsDialogTest::removesOnlyAfterTheAnswer()
{
    const Connection before = saved(QStringLiteral("Ops"), "gone-secret");
    QCOMPARE(driver::selectRow(m_dialog.get(), QStringLiteral("Connections"), QStringLiteral("Ops")), QString());
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Remove…")), QString());
    QTRY_VERIFY(driver::canPress(m_dialog.get(), QStringLiteral("Keep it")));
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Keep it")), QString());
    QTRY_VERIFY(!driver::canPress(m_dialog.get(), QStringLiteral("Keep it")));
    QCOMPARE(m_profiles->all().size(), 1U);

    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Remove…")), QString());
    QTRY_VERIFY(driver::canPress(m_dialog.get(), QStringLiteral("Remove it")));
    const QString asked = driver::visibleText(m_dialog.get());
    for (const char *said : {"secrets in the keychain go", "audit log", "downloaded files stay"})
        QVERIFY2(asked.contains(QLatin1String(said)), qPrintable(asked));
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Remove it")), QString());
    QTRY_VERIFY(m_profiles->all().empty());
    QTRY_VERIFY(!m_secrets->contains(before.id));
    QTRY_VERIFY(driver::visibleText(m_dialog.get()).contains(QStringLiteral("No connections yet")));
}

void ConnectionsDialogTest::connectionsOfThisRunCannotBeEdited()
{
    Connection transient;
    transient.id = ConnectionId(QStringLiteral("environment"));
    transient.name = QStringLiteral("Environment");
    m_profiles->addTransient(transient, {});
    QCOMPARE(driver::selectRow(m_dialog.get(), QStringLiteral("Connections"), QStringLiteral("Environment")),
             QString());
    QVERIFY(driver::canPress(m_dialog.get(), QStringLiteral("Open")));
    for (const auto *name : {"Edit…", "Duplicate…", "Remove…"})
        QVERIFY2(!driver::canPress(m_dialog.get(), QString::fromUtf8(name)), name);
}

void ConnectionsDialogTest::theEnvironmentCanBeSaved()
{
    QProcessEnvironment variables;
    variables.insert(QStringLiteral("MCLI_PUBLIC_API_KEY"), QStringLiteral("pub"));
    variables.insert(QStringLiteral("MCLI_PRIVATE_API_KEY"), QStringLiteral("of-the-environment"));
    variables.insert(QStringLiteral("MCLI_OPS_MANAGER_URL"), QStringLiteral("http://om.example.com:8080"));
    const auto found = environmentConnection(variables);
    QVERIFY(found);
    m_profiles->addTransient(found->connection, found->credentials);
    QCOMPARE(driver::selectRow(m_dialog.get(), QStringLiteral("Connections"), QStringLiteral("Environment")),
             QString());
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Save as a connection…")), QString());
    QTRY_VERIFY(editor());
    QVERIFY(!driver::canPress(editor(), QStringLiteral("Save"))); // what was to be edited: plain HTTP
    editor()->findChild<QCheckBox *>(QStringLiteral("allowPlainHttp"))->click();
    QCOMPARE(driver::press(editor(), QStringLiteral("Save")), QString());
    QTRY_COMPARE(m_store->connections().size(), 1U);
    const Connection made = m_store->connections().front();
    QVERIFY(!isFromEnvironment(made));
    QCOMPARE(made.name, QStringLiteral("om.example.com"));
    QVERIFY(made.allowPlainHttp);
    QCOMPARE(credentialsOf(made.id).secret.reveal(), QByteArray("of-the-environment"));

    // The new one is the chosen one.
    QTRY_VERIFY(!driver::canPress(m_dialog.get(), QStringLiteral("Save as a connection…")));
}

void ConnectionsDialogTest::asksWhatAProfileIsFor()
{
    const QString path = m_dir->filePath(QStringLiteral("config.toml"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (const auto *name : {"one", "two", "three"})
        file.write(QByteArray("[") + name + "]\npublic_api_key = \"pub\"\nprivate_api_key = \"s-" + name + "\"\n");
    file.write("[sure]\nservice = \"cloud-manager\"\npublic_api_key = \"pub\"\nprivate_api_key = \"s\"\n");
    file.close();
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Import from mongocli…")), QString());
    QVERIFY(test::answerFileDialog(m_dialog.get(), path));
    QTRY_COMPARE(m_profiles->all().size(), 1U);
    QCOMPARE(m_profiles->all().front().name, QStringLiteral("sure"));
    const auto asks = [this](const char *name) {
        const QString question = QStringLiteral("The profile %1 names neither a service nor an address");
        return driver::visibleText(m_dialog.get()).contains(question.arg(QLatin1String(name)));
    };
    QTRY_VERIFY(asks("one"));
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Cloud Manager")), QString());
    QTRY_VERIFY(asks("two"));
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Leave it out")), QString());
    QTRY_VERIFY(asks("three"));
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Ops Manager…")), QString());
    QTRY_VERIFY(editor());
    QCOMPARE(driver::type(editor(), QStringLiteral("URL"), QStringLiteral("https://om.example.com")), QString());
    QCOMPARE(driver::press(editor(), QStringLiteral("Save")), QString());
    QTRY_COMPARE(m_profiles->all().size(), 3U);
    const Connection *cloud = m_profiles->findByName(QStringLiteral("one"));
    const Connection *ops = m_profiles->findByName(QStringLiteral("three"));
    QVERIFY(cloud && ops && !m_profiles->findByName(QStringLiteral("two")));
    QCOMPARE(cloud->service, Service::CloudManager);
    QCOMPARE(ops->service, Service::OpsManager);
    QCOMPARE(credentialsOf(ops->id).secret.reveal(), QByteArray("s-three"));
    QVERIFY(driver::visibleText(m_dialog.get()).contains(QStringLiteral("2 connections were imported")));
}

void ConnectionsDialogTest::importsFromMongocli()
{
    const QString path = m_dir->filePath(QStringLiteral("config.toml"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[default]\nservice = \"ops-manager\"\nops_manager_url = \"https://om.example.com/\"\n"
               "public_api_key = \"pub\"\nprivate_api_key = \"imported-secret\"\n");
    file.close();
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Import from mongocli…")), QString());
    QVERIFY(test::answerFileDialog(m_dialog.get(), path));
    QTRY_COMPARE(m_profiles->all().size(), 1U);
    QCOMPARE(credentialsOf(m_profiles->all().front().id).secret.reveal(), QByteArray("imported-secret"));
    QTRY_VERIFY(driver::visibleText(m_dialog.get()).contains(QStringLiteral("imported")));
}

void ConnectionsDialogTest::saysWhereAnImportFails()
{
    const QString path = m_dir->filePath(QStringLiteral("broken.toml"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[default]\npublic_api_key = \n");
    file.close();
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Import from mongocli…")), QString());
    QVERIFY(test::answerFileDialog(m_dialog.get(), path));
    QTRY_VERIFY2(driver::visibleText(m_dialog.get()).contains(QStringLiteral("Line 2")),
                 qPrintable(driver::visibleText(m_dialog.get())));
    QVERIFY(m_profiles->all().empty());
}

void ConnectionsDialogTest::secretsAreInNoFile()
{
    saved(QStringLiteral("Ops"), "marked-secret");
    const QByteArray bytes = filesOf(m_dir->path());
    QVERIFY(bytes.contains("abcdefgh"));
    QVERIFY(!bytes.contains("marked-secret"));
}

QTEST_MAIN(ConnectionsDialogTest)
#include "connections_dialog_test.moc"
