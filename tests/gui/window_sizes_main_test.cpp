#include "support/demo_cloud.h"
#include "support/window_bench.h"
#include "ui/about_dialog.h"
#include "ui/look/metrics.h"
#include "ui/widgets/action_row.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/pane_splitter.h"
#include "window_faults.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>
#include <QTreeView>
#include <QVBoxLayout>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

/// The main window on small screens with large fonts, with restores and downloads in it and something said: each button
/// is inside the screen and whole, or found under **More**.
class WindowSizesMainTest : public QObject
{
    Q_OBJECT

private:
    static void useFont(int points)
    {
        QFont font = QApplication::font();
        font.setPointSize(points);
        QApplication::setFont(font);
    }

    std::unique_ptr<DemoCloud> m_cloud;
    std::unique_ptr<WindowBench> m_bench;
    const QFont m_font = QApplication::font();

private Q_SLOTS:
    void initTestCase()
    {
        m_cloud = std::make_unique<DemoCloud>(QStringList{QStringLiteral("--exit-with-parent")});
        QVERIFY2(m_cloud->isRunning(), qPrintable(m_cloud->problem()));
        m_bench = std::make_unique<WindowBench>(JobMonitor::Intervals{200ms, 1000ms});
        QVERIFY(m_bench->makeWindow());
        Connection connection;
        connection.id = ConnectionId(QStringLiteral("demo"));
        connection.name = QStringLiteral("a connection with a name that is longer than any name has a need to be");
        connection.service = Service::OpsManager;
        connection.baseUrl = m_cloud->baseUrl();
        connection.userName = m_cloud->publicKey();
        Credentials credentials;
        credentials.secret = Secret(m_cloud->privateKey());
        m_bench->profiles.addTransient(connection, credentials);
        m_bench->window->openConnection(connection.id);
        auto *jobs = m_bench->window->findChild<QTreeView *>(QStringLiteral("jobs"));
        QTRY_VERIFY_WITH_TIMEOUT(jobs->model()->rowCount() > 0, 30000);
        jobs->setCurrentIndex(jobs->model()->index(0, 0));
        // Downloads, and the question with the longest answers below them.
        const auto readyKey = [this] {
            for (const JobGroup &group : m_bench->session()->jobs().groups()) {
                if (group.jobs.front().delivery.hasLink())
                    return group.key;
            }
            return QString();
        };
        QTRY_VERIFY_WITH_TIMEOUT(!readyKey().isEmpty(), 20000);
        m_bench->workspace->download(readyKey(), m_bench->dir.path());
        QTRY_VERIFY_WITH_TIMEOUT(!m_bench->downloads.downloads().empty(), 20000);
        m_bench->downloads.pauseAll();
        auto *downloads = m_bench->window->findChild<QTreeView *>(QStringLiteral("downloads"));
        downloads->setCurrentIndex(downloads->model()->index(0, 0));
        m_bench->window->findChild<QAction *>(QStringLiteral("cancelDownload"))->trigger();
        m_bench->workspace->notices().say(
            Notice::Kind::Warning, QStringLiteral("Something was said that takes more than one line on a screen like "
                                                  "this one, and stays until it is put away."));
    }
    void cleanupTestCase() { m_bench.reset(); }
    void cleanup() { QApplication::setFont(m_font); }

    void fits_data()
    {
        QTest::addColumn<QSize>("screen");
        QTest::addColumn<int>("points");
        for (const QSize screen : {QSize(640, 480), QSize(1024, 600), QSize(1366, 768), QSize(1920 / 2, 1080 / 2)}) {
            for (const int points : {10, 13, 20})
                QTest::addRow("%d x %d, %d pt", screen.width(), screen.height(), points) << screen << points;
        }
    }
    void fits()
    {
        QFETCH(QSize, screen);
        QFETCH(int, points);
        useFont(points);
        auto *tabs = m_bench->window->findChild<QTabWidget *>(QStringLiteral("tabs"));
        QStringList found;
        for (int tab = 0; tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            for (const QString &fault : faultsOf(*m_bench->window, screen))
                found << QStringLiteral("%1: %2").arg(tabs->tabText(tab), fault);
        }
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QStringLiteral("; "))));
    }

    void aboutFits_data() { fits_data(); }
    void aboutFits()
    {
        QFETCH(QSize, screen);
        QFETCH(int, points);
        useFont(points);
        AboutDialog about;
        about.show();
        const QStringList found = faultsOf(about, screen);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QStringLiteral("; "))));
    }

    /// Below the list where the two would not have 200 units of width, and larger with the font.
    void thePaneGoesBelow_data()
    {
        QTest::addColumn<int>("units");
        QTest::addColumn<int>("points");
        QTest::addColumn<bool>("isBeside");
        QTest::newRow("wide") << 220 << 10 << true;
        QTest::newRow("narrow") << 190 << 10 << false;
        QTest::newRow("wide, large font") << 220 << 20 << true;
        QTest::newRow("narrow, large font") << 190 << 20 << false;
    }
    void thePaneGoesBelow()
    {
        QFETCH(int, units);
        QFETCH(int, points);
        useFont(points);
        auto *list = new QWidget;
        auto *pane = new QWidget;
        PaneSplitter splitter(list, pane);
        splitter.resize(u(units), u(150));
        splitter.show();
        QTest::qWait(20);
        QTEST(pane->x() > list->x(), "isBeside");
        QVERIFY(splitter.orientation() == Qt::Horizontal ? list->width() > pane->width()
                                                         : list->height() > pane->height());
    }

    /// However long its buttons are: they go below the text, and below each other.
    void aQuestionWrapsItsAnswers()
    {
        useFont(20);
        QWidget window;
        auto *layout = new QVBoxLayout(&window);
        auto *bar = new MessageBar;
        layout->addWidget(bar);
        bar->ask(MessageBar::Kind::Warning, QStringLiteral("Cancel the download? 14.7 GB are already here."),
                 {{QStringLiteral("Cancel, keep the part files"), {}},
                  {QStringLiteral("Cancel, delete the part files"), {}},
                  {QStringLiteral("Do not cancel"), {}}});
        window.show();
        const QStringList found = faultsOf(window, {640, 480});
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QStringLiteral("; "))));
        const auto buttons = bar->findChildren<QPushButton *>();
        QVERIFY(buttons.front()->mapTo(&window, QPoint()).y() < buttons.at(1)->mapTo(&window, QPoint()).y());
        window.resize(3000, 480);
        QTest::qWait(30);
        QCOMPARE(buttons.front()->mapTo(&window, QPoint()).y(), buttons.back()->mapTo(&window, QPoint()).y());
    }

    void asManyAsFit_data()
    {
        QTest::addColumn<std::vector<int>>("widths");
        QTest::addColumn<int>("room");
        QTest::addColumn<int>("shown");
        const std::vector<int> three{100, 50, 80};
        QTest::newRow("all, to the pixel") << three << 242 << 3;
        QTest::newRow("one pixel less") << three << 241 << 2; // 100 + 6 + 50 + 6 + 40
        QTest::newRow("no room behind the second") << three << 201 << 1;
        QTest::newRow("only More") << three << 145 << 0;
        QTest::newRow("not even that") << three << 10 << 0;
        QTest::newRow("a last one smaller than More") << std::vector<int>{100, 20} << 126 << 2;
        QTest::newRow("no buttons") << std::vector<int>() << 0 << 0;
    }
    void asManyAsFit()
    {
        QFETCH(std::vector<int>, widths);
        QFETCH(int, room);
        QTEST(int(buttonsThatFit(widths, 40, 6, room)), "shown");
    }

    /// What is folded keeps its order, its state and its key, and comes back.
    void whatDoesNotFitIsInTheMenu()
    {
        QWidget window;
        ActionRow row(&window);
        QList<QAction *> actions;
        for (const char *name : {"first", "second", "third", "fourth"}) {
            actions << new QAction(QString::fromLatin1(name), &window);
            actions.last()->setObjectName(QString::fromLatin1(name));
            row.addAction(actions.last());
        }
        row.addStretch();
        row.resize(row.sizeHint());
        window.show();
        auto *more = row.findChild<QToolButton *>(QStringLiteral("moreActions"));
        const auto button = [&row](const char *name) {
            return row.findChild<QToolButton *>(QString::fromLatin1(name) + QStringLiteral("Button"));
        };
        QVERIFY(more->isHidden());
        button("fourth")->setFocus();
        const int needed = button("first")->sizeHint().width() + more->sizeHint().width() + 2 * 20;
        row.resize(needed, row.height());
        QVERIFY(!more->isHidden());
        QVERIFY(!button("first")->isHidden());
        QVERIFY(button("fourth")->isHidden());
        QCOMPARE(more->menu()->actions().last(), actions.last());
        QVERIFY(std::ranges::is_sorted(more->menu()->actions(), {},
                                       [&](QAction *action) { return actions.indexOf(action); }));
        QVERIFY(row.minimumSizeHint().width() <= needed);
        row.resize(row.sizeHint());
        QVERIFY(more->isHidden());
        QVERIFY(!button("fourth")->isHidden());
    }
};

QTEST_MAIN(WindowSizesMainTest)
#include "window_sizes_main_test.moc"
