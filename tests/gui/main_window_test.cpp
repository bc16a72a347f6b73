#include "restore/rules.h"
#include "support/demo_window.h"
#include "support/file_dialogs.h"
#include "support/ui_driver.h"
#include "ui/downloads/download_folder.h"
#include "ui/jobs/jobs_model.h"
#include "ui/status_line.h"
#include "ui/wizard/restore_wizard.h"

#include <QLabel>
#include <QSortFilterProxyModel>
#include <QTabWidget>
#include <QTest>
#include <QToolBar>
#include <QToolButton>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

/// The whole window on the stand-in Cloud Manager.
class MainWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void labelsAreTheNames();
    void invitesWithoutAConnection();
    void statusSaysWhereItIs();
    void plainHttpIsMarked_data();
    void plainHttpIsMarked();
    void aWrongKeyIsTheLastError();
    void aMissingSecretIsAskedForInPlace();
    void tabsByKeyboard();
    void nothingFlashesAtTheStart();
    void geometryIsRemembered();

private:
    void addConnection(const QString &name, const QString &secret)
    {
        test::addConnection(*m_bench, *m_cloud, name, secret);
    }
    bool open(const QString &name) { return openConnection(*m_bench, *m_cloud, name); }
    QString statusText(const char *name) const;

    std::unique_ptr<DemoCloud> m_cloud;
    std::unique_ptr<WindowBench> m_bench;
};

void MainWindowTest::initTestCase()
{
    m_cloud = std::make_unique<DemoCloud>(
        QStringList{QStringLiteral("--exit-with-parent"), QStringLiteral("--job-seconds"), QStringLiteral("0.3")});
    QVERIFY2(m_cloud->isRunning(), qPrintable(m_cloud->problem()));
}

void MainWindowTest::init()
{
    m_bench = std::make_unique<WindowBench>(JobMonitor::Intervals{200ms, 1000ms});
    QVERIFY(m_bench->makeWindow());
}

void MainWindowTest::cleanup()
{
    m_bench.reset();
}

QString MainWindowTest::statusText(const char *name) const
{
    const auto *label = m_bench->window->findChild<QLabel *>(QString::fromLatin1(name));
    return label->isVisible() ? label->text() : QString();
}

void MainWindowTest::labelsAreTheNames()
{
    m_bench->window->resize(1366, 768); // on a smaller one some are under More
    const auto *tabs = m_bench->window->findChild<QTabWidget *>();
    QStringList titles;
    for (int i = 0; i < tabs->count(); ++i)
        titles << tabs->tabText(i);
    QCOMPARE(titles,
             (QStringList{QStringLiteral("Restore jobs"), QStringLiteral("Downloads"), QStringLiteral("Snapshots")}));
    for (const auto *name : {"New restore…", "Connections…", "Download", "Copy link", "Repeat as a new restore…",
                             "Show JSON", "Save report…"})
        QVERIFY2(driver::find(m_bench->window.get(), QString::fromUtf8(name)), name);
    QCOMPARE(driver::selectTab(m_bench->window.get(), QStringLiteral("Downloads")), QString());
    for (const auto *name : {"Pause", "Resume", "Retry", "Open folder", "Unpack…", "Next steps…", "Pause all"})
        QVERIFY2(driver::find(m_bench->window.get(), QString::fromUtf8(name)), name);
    QCOMPARE(driver::selectTab(m_bench->window.get(), QStringLiteral("Snapshots")), QString());
    for (const auto *name : {"Project", "Cluster", "Download this snapshot…"})
        QVERIFY2(driver::find(m_bench->window.get(), QString::fromUtf8(name)), name);
}

void MainWindowTest::invitesWithoutAConnection()
{
    QVERIFY(!driver::canPress(m_bench->window.get(), QStringLiteral("New restore…")));
    QCOMPARE(statusText("statusConnection"), QStringLiteral("No connection"));
    QCOMPARE(statusText("connectionBlockName"), QString());
    QCOMPARE(driver::press(m_bench->window.get(), QStringLiteral("Add a connection…")), QString());
    QTRY_VERIFY(driver::window(QStringLiteral("Connections")));
}

void MainWindowTest::statusSaysWhereItIs()
{
    QVERIFY(open(QStringLiteral("one")));
    QVERIFY(driver::canPress(m_bench->window.get(), QStringLiteral("New restore…")));
    QVERIFY(statusText("statusConnection").startsWith(QStringLiteral("one")));
    QCOMPARE(statusText("connectionBlockName"), QStringLiteral("one"));
    QCOMPARE(statusText("connectionBlockAddress"), m_cloud->baseUrl().toDisplayString());
    QTRY_VERIFY(statusText("statusServerVersion").startsWith(QStringLiteral("Server ")));
    QCOMPARE(statusText("statusClock"), QStringLiteral("Clock: as on this machine"));
    QVERIFY(m_bench->window->windowTitle().contains(QStringLiteral("one")));
    ServerInfo info;
    info.dateHeader = m_bench->clock.now();
    info.clockOffset = std::chrono::minutes(-3);
    QCOMPARE(clockText(info), QStringLiteral("Clock: server 3 min 00 s behind"));
}

void MainWindowTest::plainHttpIsMarked_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("mark");
    QTest::newRow("https") << QStringLiteral("https://om.example.com") << QString();
    QTest::newRow("http") << QStringLiteral("http://om.example.com") << QStringLiteral("Plain HTTP: not encrypted");
    QTest::newRow("loopback") << QStringLiteral("http://127.0.0.1:1")
                              << QStringLiteral("Plain HTTP, within this machine");
}

void MainWindowTest::plainHttpIsMarked()
{
    QFETCH(QString, url);
    QFETCH(QString, mark);
    Connection connection;
    connection.name = QStringLiteral("c");
    connection.baseUrl = QUrl(url);
    StatusLine line;
    line.show();
    line.showConnection(&connection);
    const auto *label = line.findChild<QLabel *>(QStringLiteral("statusPlainHttp"));
    QCOMPARE(label->isVisible() ? label->text() : QString(), mark);
}

void MainWindowTest::aWrongKeyIsTheLastError()
{
    addConnection(QStringLiteral("wrong"), QStringLiteral("not-the-key"));
    m_bench->window->openConnection(ConnectionId(QStringLiteral("wrong")));
    QTRY_VERIFY_WITH_TIMEOUT(!statusText("statusError").isEmpty(), 20000);
    QVERIFY(!statusText("statusError").contains(QStringLiteral("not-the-key")));
    // It can be read again when the status bar has long said something else.
    const auto &kept = m_bench->workspace->notices().all();
    QVERIFY(std::ranges::any_of(kept, [](const Notice &notice) {
        return !notice.isOpen && notice.request == QLatin1String("GET /api/public/v1.0/groups") &&
               !notice.sentence.isEmpty() && notice.first.isValid();
    }));
    QTest::keyClick(m_bench->window.get(), Qt::Key_M, Qt::ControlModifier);
    QTRY_VERIFY(driver::window(QStringLiteral("Messages")));
    QVERIFY(driver::countRows(driver::window(QStringLiteral("Messages")), QStringLiteral("Messages"),
                              QStringLiteral("GET /api/public/v1.0/groups")) > 0);
    QTRY_VERIFY(driver::visibleText(m_bench->window.get()).contains(QStringLiteral("The projects could not be read")));
}

void MainWindowTest::aMissingSecretIsAskedForInPlace()
{
    addConnection(QStringLiteral("bare"), QString());
    m_bench->window->openConnection(ConnectionId(QStringLiteral("bare")));
    QTRY_VERIFY(driver::visibleText(m_bench->window.get()).contains(QStringLiteral("Waits for the secret of bare.")));
    QVERIFY(!driver::window(QStringLiteral("Connections")));
    QVERIFY(!m_bench->session());
    const QString shown = driver::visibleText(m_bench->window.get());
    QVERIFY2(shown.contains(QStringLiteral("Opening bare…")) && !shown.contains(QStringLiteral("needs a connection")),
             qPrintable(shown));
    QCOMPARE(driver::type(m_bench->window.get(), QStringLiteral("Private key of bare"), QStringLiteral("entered")),
             QString());
    QCOMPARE(driver::press(m_bench->window.get(), QStringLiteral("Use it")), QString());
    QTRY_VERIFY(m_bench->session());
    QVERIFY(!driver::visibleText(m_bench->window.get()).contains(QStringLiteral("Waits for")));
}

void MainWindowTest::tabsByKeyboard()
{
    const auto *tabs = m_bench->window->findChild<QTabWidget *>();
    m_bench->window->activateWindow();
    for (const int number : {3, 2, 1}) {
        QTest::keyClick(m_bench->window.get(), static_cast<Qt::Key>(Qt::Key_0 + number), Qt::AltModifier);
        QTRY_COMPARE(tabs->currentIndex(), number - 1);
    }
    // Every button of the tool bar can be reached with the Tab key.
    const auto buttons = m_bench->window->findChild<QToolBar *>()->findChildren<QToolButton *>();
    int reachable = 0;
    for (const QToolButton *button : buttons)
        reachable += button->isVisible() && (button->focusPolicy() & Qt::TabFocus) ? 1 : 0;
    QCOMPARE(reachable, 4);
}

/// A part that shows itself before it stands in the window would be a window of its own for a moment.
void MainWindowTest::nothingFlashesAtTheStart()
{
    class Shown : public QObject
    {
    public:
        bool eventFilter(QObject *watched, QEvent *event) override
        {
            const auto *widget = event->type() == QEvent::Show ? qobject_cast<QWidget *>(watched) : nullptr;
            if (widget && widget->isWindow())
                names << QString::fromLatin1(widget->metaObject()->className());
            return false;
        }
        QStringList names;
    } shown;
    addConnection(QStringLiteral("waits"), QString());
    DownloadSource source;
    source.job = JobId(QStringLiteral("60ff00000000000000000001"));
    source.fileName = QStringLiteral("orders.tar.gz");
    m_bench->downloads.addMissing(source, m_bench->dir.path(), source.fileName, DownloadState::LinkExpired, {});
    const auto wanted = m_bench->profiles.secretFor(ConnectionId(QStringLiteral("waits")));
    m_bench->workspace->notices().say(Notice::Kind::Warning, QStringLiteral("Said before."), {});
    qApp->installEventFilter(&shown);
    QVERIFY(m_bench->makeWindow());
    qApp->removeEventFilter(&shown);
    QCOMPARE(shown.names, QStringList(QStringLiteral("tidemark::MainWindow")));
    m_bench->profiles.remove(ConnectionId(QStringLiteral("waits")));
}

void MainWindowTest::geometryIsRemembered()
{
    m_bench->window->resize(913, 547);
    m_bench->window->close();
    QVERIFY(m_bench->makeWindow());
    QCOMPARE(m_bench->window->size(), QSize(913, 547));
}

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
