#include "downloads/download_queue.h"
#include "support/demo_session.h"
#include "support/ui_driver.h"
#include "ui/downloads/download_folder.h"
#include "ui/downloads/downloads_tab.h"
#include "ui/jobs/jobs_tab.h"
#include "ui/snapshots/snapshots_tab.h"

#include <QPushButton>
#include <QSettings>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;

/// A list that could not be read is never called empty.
class EmptyPagesTest : public QObject
{
    Q_OBJECT

private:
    SystemClock m_clock;
    QTemporaryDir m_dir;
    QSettings m_settings{m_dir.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};

    /// The text of the one button in the list's place, which Enter presses; empty where there is none.
    static QString actionOf(const QWidget &tab)
    {
        const auto *button = tab.findChild<QPushButton *>(QStringLiteral("emptyButton"));
        return button && button->isDefault() && !button->isHidden() ? button->text() : QString();
    }

private Q_SLOTS:
    void snapshots()
    {
        DemoSession demo;
        QVERIFY2(demo.open(), qPrintable(demo.problem()));
        QVERIFY(demo.addFault("GET /snapshots=403 always code=USER_UNAUTHORIZED"));
        SnapshotsTab tab(m_clock, m_settings);
        tab.setSession(&demo.session());
        tab.show();
        QVERIFY(QTest::qWaitForWindowExposed(&tab));
        const auto said = [&tab] { return driver::visibleText(&tab); };
        QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QStringLiteral("The snapshots could not be read")),
                                  qPrintable(said()), 15000);
        QVERIFY(!said().contains(QStringLiteral("No snapshots of this cluster")));
        QVERIFY(driver::canPress(&tab, QStringLiteral("Try again")));
        QCOMPARE(actionOf(tab), QStringLiteral("Try again"));
        QVERIFY2(said().contains(QStringLiteral("it may not do this")), qPrintable(said())); // and why, in its place
        tab.setSession(nullptr);
    }

    void jobs()
    {
        DemoSession demo;
        QVERIFY(demo.addFault("GET /restoreJobs=403 always code=USER_UNAUTHORIZED"));
        DownloadQueue queue(
            [&demo](const DownloadSource &source) {
                return demo.session().client().restoreJob(source.project, source.cluster, source.job);
            },
            m_clock, m_dir.filePath(QStringLiteral("state")), DownloadOptions());
        JobsTab tab(queue, m_clock, m_settings);
        tab.setSession(&demo.session());
        tab.resize(1200, 600);
        tab.show();
        QVERIFY2(demo.open(), qPrintable(demo.problem()));
        const auto said = [&tab] { return driver::visibleText(&tab); };
        demo.session().jobs().refreshNow();
        QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QStringLiteral("The restore jobs could not be read")),
                                  qPrintable(said()), 20000);
        QVERIFY(!said().contains(QStringLiteral("No restore jobs yet")));
        QCOMPARE(actionOf(tab), QStringLiteral("Try again"));
        tab.setSession(nullptr);
        QCOMPARE(actionOf(tab), QStringLiteral("Add a connection…"));
    }

    /// One title, one sentence, one thing to do.
    void withoutAnything()
    {
        DownloadQueue queue([](const DownloadSource &) { return Async<RestoreJob>(); }, m_clock,
                            m_dir.filePath(QStringLiteral("empty")), DownloadOptions());
        DownloadFolder folder(m_settings);
        DownloadsTab downloads(queue, folder, m_clock, m_settings);
        QCOMPARE(actionOf(downloads), QStringLiteral("Go to the restore jobs"));
        SnapshotsTab snapshots(m_clock, m_settings);
        QCOMPARE(actionOf(snapshots), QStringLiteral("Add a connection…"));
        snapshots.setOpening(QStringLiteral("Production"));
        QCOMPARE(actionOf(snapshots), QString()); // there is only to wait
    }
};

QTEST_MAIN(EmptyPagesTest)
#include "empty_pages_test.moc"
