#include "base/clock.h"
#include "connection/memory_secret_store.h"
#include "session/profiles.h"
#include "support/demo_cloud.h"
#include "support/peers.h"
#include "support/scripted_server.h"
#include "support/ui_driver.h"
#include "ui/connections/connections_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QString Passed = QStringLiteral("5 of 5 steps passed");

QPalette darkPalette()
{
    QPalette dark(QColor(0x2d, 0x2d, 0x30));
    dark.setColor(QPalette::Base, QColor(0x1e, 0x1e, 0x20));
    dark.setColor(QPalette::AlternateBase, QColor(0x28, 0x28, 0x2b));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        dark.setColor(QPalette::Disabled, role, QColor(0x80, 0x80, 0x80));
    return dark;
}

/// With TIDEMARK_PICTURES set to a folder, a picture of the window is kept there for people to look at.
void picture(QWidget *window, const QString &name)
{
    const QString folder = qEnvironmentVariable("TIDEMARK_PICTURES");
    if (folder.isEmpty())
        return;
    QTest::qWait(50); // layouts settle
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(window->grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
}

QString focusName()
{
    return QApplication::focusWidget() ? QApplication::focusWidget()->objectName() : QString();
}

void tab()
{
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
}

void typeHere(const QString &text)
{
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), text);
    tab();
}

} // namespace

/// The test of a connection as a person meets it, against the stand-in.
class ConnectionTestUiTest : public QObject
{
    Q_OBJECT

private:
    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<ConnectionStore> m_store;
    std::unique_ptr<MemorySecretStore> m_secrets;
    std::unique_ptr<Profiles> m_profiles;
    std::unique_ptr<ConnectionsDialog> m_dialog;

    static QWidget *editor() { return driver::window(QStringLiteral("Add connection")); }
    static QPushButton *testButton(QWidget *window)
    {
        return window->findChild<QPushButton *>(QStringLiteral("testConnection"));
    }
    static QString summary(QWidget *window)
    {
        return window->findChild<QLabel *>(QStringLiteral("testSummary"))->text();
    }
    static QString state(QWidget *window, int step)
    {
        auto *row = window->findChild<QWidget *>(QStringLiteral("testStep%1").arg(step));
        return row->findChild<QLabel *>(QStringLiteral("stepState"))->text();
    }

    /// The editor for a new connection, filled in.
    void fill(const QUrl &url, const QString &user, const QString &secret)
    {
        m_dialog->add();
        QTRY_VERIFY(editor());
        editor()->activateWindow();
        QTRY_COMPARE(QApplication::activeWindow(), editor());
        QCOMPARE(driver::choose(editor(), QStringLiteral("Service"), QStringLiteral("Ops Manager")), QString());
        QCOMPARE(driver::type(editor(), QStringLiteral("URL"), url.toString()), QString());
        QCOMPARE(driver::type(editor(), QStringLiteral("Public key"), user), QString());
        QCOMPARE(driver::type(editor(), QStringLiteral("Private key"), secret), QString());
    }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<QSettings>(m_dir->filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        m_store = std::make_unique<ConnectionStore>(m_dir->filePath(QStringLiteral("connections.json")));
        QVERIFY(m_store->load());
        m_secrets = std::make_unique<MemorySecretStore>();
        m_profiles = std::make_unique<Profiles>(*m_store, *m_secrets);
        m_dialog = std::make_unique<ConnectionsDialog>(*m_profiles, m_clock, *m_settings);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    }

    void cleanup()
    {
        m_dialog.reset();
        m_profiles.reset();
        QApplication::setPalette(QPalette());
    }

    void passesByKeyboardAlone()
    {
        const test::DemoCloud cloud;
        QVERIFY2(cloud.isRunning(), qPrintable(cloud.problem()));
        QElapsedTimer elapsed;
        elapsed.start();
        QTest::keyClick(m_dialog.get(), Qt::Key_A, Qt::AltModifier);
        QTRY_VERIFY(editor());
        editor()->activateWindow();
        QTRY_COMPARE(focusName(), QStringLiteral("connectionName"));
        QCOMPARE(summary(editor()), QStringLiteral("Not tested yet"));
        picture(editor(), QStringLiteral("before"));
        typeHere(QStringLiteral("Stand-in"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down); // Ops Manager
        tab();
        typeHere(cloud.baseUrl().toString());
        tab(); // sign in with an API key
        typeHere(cloud.publicKey());
        typeHere(cloud.privateKey());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_T, Qt::AltModifier);
        QTRY_COMPARE_WITH_TIMEOUT(summary(editor()), Passed, 30000);
        QVERIFY(elapsed.elapsed() < 60000);
        qInfo("from nothing to \"%s\" in %lld ms", qPrintable(Passed), elapsed.elapsed());
        QVERIFY2(driver::visibleText(editor()).contains(QStringLiteral("Not used: plain HTTP")),
                 qPrintable(driver::visibleText(editor())));
        picture(editor(), QStringLiteral("passed"));
        QVERIFY(m_profiles->all().empty()); // the test saves nothing
        QVERIFY(driver::canPress(editor(), QStringLiteral("Test connection")));

        // A default project to choose, by keyboard too, which does not outdate the test.
        auto *project = editor()->findChild<QComboBox *>(QStringLiteral("defaultProject"));
        QCOMPARE(project->count(), 2);
        project->setFocus();
        QTest::keyClick(project, Qt::Key_Down);
        QVERIFY(!project->currentText().isEmpty());
        const QString chosen = project->currentData().toString();
        QVERIFY(!driver::visibleText(editor()).contains(QStringLiteral("were changed after")));
        QTest::keyClick(editor(), Qt::Key_Return);
        QTRY_COMPARE(m_profiles->all().size(), 1U);
        QCOMPARE(m_profiles->all().front().defaultProject.value, chosen);
    }

    void tabReachesEverything()
    {
        m_dialog->add();
        QTRY_VERIFY(editor());
        editor()->activateWindow();
        QTRY_COMPARE(focusName(), QStringLiteral("connectionName"));
        QStringList seen;
        for (int i = 0; i < 40 && !seen.contains(focusName()); ++i) {
            seen << focusName();
            tab();
        }
        for (const auto *name : {"service", "authentication", "userName", "secret", "defaultProject",
                                 "caCertificateFile", "chooseCaFile", "timeout", "envelope", "proxyMode"})
            QVERIFY2(seen.contains(QLatin1String(name)), qPrintable(seen.join(QLatin1Char(' '))));
    }

    void stopsAtTheFailure_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void stopsAtTheFailure()
    {
        QFETCH(bool, dark);
        if (dark)
            QApplication::setPalette(darkPalette());
        const test::DemoCloud cloud({QStringLiteral("--access-list"), QStringLiteral("resource")});
        fill(cloud.baseUrl(), cloud.publicKey(), cloud.privateKey());
        QCOMPARE(driver::press(editor(), QStringLiteral("Test connection")), QString());
        QTRY_VERIFY(summary(editor()).startsWith(QStringLiteral("Stopped at step 5 of 5: ")));
        QCOMPARE(state(editor(), 4), QStringLiteral("Passed"));
        QCOMPARE(state(editor(), 5), QStringLiteral("Failed"));
        const QString text = driver::visibleText(editor());
        QVERIFY2(text.contains(QStringLiteral("Add this address to the API access list")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("The server saw this computer as 127.0.0.1.")), qPrintable(text));
        picture(editor(), QStringLiteral("access-list-") + QLatin1String(QTest::currentDataTag()));
        QGuiApplication::clipboard()->clear();
        QCOMPARE(driver::press(editor(), QStringLiteral("Copy the address")), QString());
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("127.0.0.1"));
        QVERIFY(driver::visibleText(editor()).contains(QStringLiteral("127.0.0.1 was copied.")));
    }

    void showsTheCertificate_data() { stopsAtTheFailure_data(); }

    void showsTheCertificate()
    {
        QFETCH(bool, dark);
        if (dark)
            QApplication::setPalette(darkPalette());
        const test::DemoCloud cloud;
        peers::NginxTls nginx(cloud.baseUrl().toString());
        const QUrl url(nginx.add(QStringLiteral("good")));
        QVERIFY2(nginx.start(), nginx.peer().output().constData());
        fill(url, cloud.publicKey(), cloud.privateKey());
        QCOMPARE(driver::press(editor(), QStringLiteral("Test connection")), QString());
        QTRY_COMPARE(state(editor(), 2), QStringLiteral("Failed"));
        const QString text = driver::visibleText(editor());
        for (const auto *part : {"not known here (Test CA)", "CA certificate file", "Issued by: CN=Test CA",
                                 "Valid from 2020-01-01 00:00:00 UTC to 2049-01-01", "SHA-256:"})
            QVERIFY2(text.contains(QLatin1String(part)), qPrintable(text));
        QCOMPARE(state(editor(), 3), QStringLiteral("Not yet"));
        picture(editor(), QStringLiteral("certificate-") + QLatin1String(QTest::currentDataTag()));

        // As the hint says.
        QCOMPARE(driver::type(editor(), QStringLiteral("CA certificate file"), nginx.caFile()), QString());
        QCOMPARE(driver::press(editor(), QStringLiteral("Test connection")), QString());
        QTRY_COMPARE(summary(editor()), Passed);
    }

    void escapeStopsTheTestFirst()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        fill(QUrl(QStringLiteral("https://127.0.0.1:%1").arg(silent.serverPort())), QStringLiteral("key"),
             QStringLiteral("secret"));
        QTRY_VERIFY(testButton(editor())->isEnabled());
        QTest::keyClick(editor(), Qt::Key_T, Qt::AltModifier);
        QTRY_COMPARE(state(editor(), 2), QStringLiteral("Running"));
        QVERIFY(driver::canPress(editor(), QStringLiteral("Stop the test")));
        picture(editor(), QStringLiteral("running"));
        QTest::keyClick(editor(), Qt::Key_Escape);
        QCOMPARE(summary(editor()), QStringLiteral("Cancelled at step 2 of 5"));
        QVERIFY(driver::canPress(editor(), QStringLiteral("Test connection")));
        QVERIFY(editor()->isVisible());
        QTest::keyClick(editor(), Qt::Key_Escape);
        QTRY_VERIFY(!editor());
    }

    void changesOutdateATest()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        fill(QUrl(QStringLiteral("https://127.0.0.1:%1").arg(silent.serverPort())), QStringLiteral("key"),
             QStringLiteral("secret"));
        QCOMPARE(driver::press(editor(), QStringLiteral("Test connection")), QString());
        QTRY_COMPARE(state(editor(), 2), QStringLiteral("Running"));
        QCOMPARE(driver::type(editor(), QStringLiteral("Public key"), QStringLiteral("other")), QString());
        QCOMPARE(summary(editor()), QStringLiteral("Cancelled at step 2 of 5"));
        QVERIFY(driver::visibleText(editor()).contains(QStringLiteral("The entries were changed after this test.")));
        QCOMPARE(driver::type(editor(), QStringLiteral("Private key"), QString()), QString());
        QVERIFY(!driver::canPress(editor(), QStringLiteral("Test connection"))); // nothing to test with
    }

    void closingEndsATest()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        fill(QUrl(QStringLiteral("https://127.0.0.1:%1").arg(silent.serverPort())), QStringLiteral("key"),
             QStringLiteral("secret"));
        QCOMPARE(driver::press(editor(), QStringLiteral("Test connection")), QString());
        QTRY_COMPARE(state(editor(), 2), QStringLiteral("Running"));
        QCOMPARE(driver::press(editor(), QStringLiteral("Cancel")), QString());
        QTRY_VERIFY(!editor());
        QTest::qWait(50);
    }

    void testsAKeptConnection()
    {
        const test::DemoCloud cloud;
        Connection connection;
        connection.id = ConnectionId(QStringLiteral("environment"));
        connection.name = QStringLiteral("Environment");
        connection.service = Service::OpsManager;
        connection.baseUrl = cloud.baseUrl();
        connection.userName = cloud.publicKey();
        m_profiles->addTransient(connection, {Secret(cloud.privateKey()), {}});
        QCOMPARE(driver::selectRow(m_dialog.get(), QStringLiteral("Connections"), connection.name), QString());
        QTest::keyClick(m_dialog.get(), Qt::Key_T, Qt::AltModifier);
        QTRY_VERIFY(driver::window(QStringLiteral("Test of Environment")));
        QWidget *window = driver::window(QStringLiteral("Test of Environment"));
        QTRY_COMPARE(summary(window), Passed);
        picture(window, QStringLiteral("kept"));
        QVERIFY(driver::canPress(window, QStringLiteral("Test again")));
        QTest::keyClick(window, Qt::Key_Escape);
        QTRY_VERIFY(!driver::window(QStringLiteral("Test of Environment")));
    }

    void theAddressThatAnswersIsOffered()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &request) {
            return request.path().startsWith("/api/public")
                       ? ScriptedAnswer::json("{\"results\":[{\"id\":\"5f0c\",\"name\":\"One\"}],\"totalCount\":1}")
                       : ScriptedAnswer::text("<html>No</html>", 404, "text/html");
        });
        fill(server.url(QStringLiteral("/portal")), QStringLiteral("key"), QStringLiteral("secret"));
        testButton(editor())->click();
        const QString offer = QStringLiteral("Use %1").arg(server.url().toString());
        QTRY_VERIFY_WITH_TIMEOUT(driver::canPress(editor(), offer), 20000);
        QCOMPARE(driver::press(editor(), offer), QString());
        QTRY_COMPARE(editor()->findChild<QLineEdit *>(QStringLiteral("baseUrl"))->text(), server.url().toString());
        QVERIFY(!driver::canPress(editor(), offer)); // the entries are others now
    }
};

QTEST_MAIN(ConnectionTestUiTest)
#include "connection_test_ui_test.moc"
