#include "downloads_bench.h"
#include "support/file_dialogs.h"
#include "support/ui_driver.h"

#include <QAction>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QString Downloads = QStringLiteral("Downloads");

} // namespace

/// What a person does with downloads in the tab, and what they are asked.
class DownloadsDeedsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<DownloadsBench>(); }
    void cleanup() { m_bench.reset(); }
    void pausesAndResumesByButton();
    void pauseAllStopsEverything();
    void asksInTheWindowBeforeADownloadIsUsedUp();
    void cancellingAsksAboutThePart();
    void anExpiredLinkLeadsToANewOne();
    void endedOnesCanBeTakenOffTheList();
    void movesToTheFront();
    void limitsAreTakenUpAndKept();
    void theFolderIsChosenOnce();

private:
    std::unique_ptr<DownloadsBench> m_bench;
};

void DownloadsDeedsTest::pausesAndResumesByButton()
{
    m_bench->serve(QStringLiteral("a"),
                   Reply{.body = m_bench->archive,
                         .framing = Reply::Framing::Length,
                         .ranges = true,
                         .etag = "\"1\"",
                         .chunkPauseMs = 30,
                         .pieceSize = 8192},
                   sha1Of(m_bench->archive));
    QVERIFY(m_bench->show());
    const DownloadId id = m_bench->add(DownloadsBench::source(QStringLiteral("a")));
    QTRY_VERIFY(m_bench->queue->download(id)->bytesReceived > 0);
    QCOMPARE(m_bench->press(QStringLiteral("Pause")), QString());
    QVERIFY(m_bench->waitFor(id, DownloadState::Paused));
    QTRY_COMPARE(driver::countRows(m_bench->tab.get(), Downloads, QStringLiteral("Paused by you")), 1);
    QTRY_VERIFY(!driver::canPress(m_bench->tab.get(), QStringLiteral("Pause")));
    QCOMPARE(m_bench->press(QStringLiteral("Resume")), QString());
    QVERIFY(m_bench->waitFor(id, DownloadState::Verified));
}

void DownloadsDeedsTest::pauseAllStopsEverything()
{
    const Reply slow{.body = m_bench->archive,
                     .framing = Reply::Framing::Length,
                     .ranges = true,
                     .etag = "\"1\"",
                     .chunkPauseMs = 30,
                     .pieceSize = 8192};
    for (const auto *job : {"a", "b", "c"})
        m_bench->serve(QString::fromLatin1(job), slow, sha1Of(m_bench->archive));
    QVERIFY(m_bench->show());
    for (const auto *job : {"a", "b", "c"})
        m_bench->add(DownloadsBench::source(QString::fromLatin1(job)));
    QCOMPARE(m_bench->press(QStringLiteral("Pause all")), QString());
    const auto all = [this](DownloadState state) {
        return std::ranges::all_of(m_bench->queue->downloads(),
                                   [state](const Download &download) { return download.state == state; });
    };
    QTRY_VERIFY(all(DownloadState::Paused));
    QCOMPARE(m_bench->press(QStringLiteral("Resume all")), QString());
    QTRY_VERIFY_WITH_TIMEOUT(all(DownloadState::Verified), 20000);
}

void DownloadsDeedsTest::asksInTheWindowBeforeADownloadIsUsedUp()
{
    // No length, no ranges and one allowed download: the second request would be the one too many.
    m_bench->serve(QStringLiteral("a"), Reply{.body = m_bench->archive, .cutAfter = 100000, .reset = true},
                   sha1Of(m_bench->archive));
    QVERIFY(m_bench->show());
    const DownloadId id = m_bench->add(DownloadsBench::source(QStringLiteral("a")));
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->queue->download(id)->question, Question::RestartUsesADownload, 20000);
    QTRY_VERIFY(driver::visibleText(m_bench->tab.get()).contains(QStringLiteral("may use up one more download")));
    m_bench->serve(QStringLiteral("a"), Reply{.body = m_bench->archive}, sha1Of(m_bench->archive));
    QCOMPARE(m_bench->press(QStringLiteral("Start again")), QString());
    QVERIFY(m_bench->waitFor(id, DownloadState::Verified));
    QTRY_VERIFY(!driver::canPress(m_bench->tab.get(), QStringLiteral("Start again")));
}

void DownloadsDeedsTest::cancellingAsksAboutThePart()
{
    m_bench->serve(QStringLiteral("a"), Reply{.body = m_bench->archive, .chunkPauseMs = 30, .pieceSize = 8192});
    QVERIFY(m_bench->show());
    const DownloadId id = m_bench->add(DownloadsBench::source(QStringLiteral("a")));
    QTRY_VERIFY(m_bench->queue->download(id)->bytesReceived > 0);
    auto *cancel = m_bench->tab->findChild<QAction *>(QStringLiteral("cancelDownload"));
    cancel->trigger();
    QTRY_VERIFY(driver::canPress(m_bench->tab.get(), QStringLiteral("Do not cancel")));
    QCOMPARE(m_bench->press(QStringLiteral("Do not cancel")), QString());
    QTRY_VERIFY(!driver::canPress(m_bench->tab.get(), QStringLiteral("Do not cancel")));
    QVERIFY(!isEnd(m_bench->queue->download(id)->state));
    cancel->trigger();
    QTRY_VERIFY(driver::canPress(m_bench->tab.get(), QStringLiteral("Cancel, delete the part files")));
    QCOMPARE(m_bench->press(QStringLiteral("Cancel, delete the part files")), QString());
    QVERIFY(m_bench->waitFor(id, DownloadState::Cancelled));
    QTRY_VERIFY(QDir(m_bench->folder.path()).entryList(QDir::Files).filter(QStringLiteral(".part")).isEmpty());
}

void DownloadsDeedsTest::anExpiredLinkLeadsToANewOne()
{
    m_bench->serve(QStringLiteral("a"), Reply{.body = m_bench->archive});
    m_bench->jobs[QStringLiteral("a")].delivery.status = DeliveryStatus::Expired;
    m_bench->jobs[QStringLiteral("a")].delivery.url.clear();
    QVERIFY(m_bench->show());
    QVERIFY(m_bench->waitFor(m_bench->add(DownloadsBench::source(QStringLiteral("a"))), DownloadState::LinkExpired));
    QSignalSpy asked(m_bench->tab.get(), &DownloadsTab::newLinkRequested);
    QTRY_VERIFY(driver::canPress(m_bench->tab.get(), QStringLiteral("Request a new link…")));
    QCOMPARE(m_bench->press(QStringLiteral("Request a new link…")), QString());
    QTRY_COMPARE(asked.count(), 1);
    QCOMPARE(asked.front().front().value<DownloadSource>().snapshot, SnapshotId(QStringLiteral("snap")));
}

void DownloadsDeedsTest::endedOnesCanBeTakenOffTheList()
{
    m_bench->serve(QStringLiteral("a"), Reply{.body = m_bench->archive}, sha1Of(m_bench->archive));
    QVERIFY(m_bench->show());
    QVERIFY(m_bench->waitFor(m_bench->add(DownloadsBench::source(QStringLiteral("a"))), DownloadState::Verified));
    auto *remove = m_bench->tab->findChild<QAction *>(QStringLiteral("removeDownload"));
    QTRY_VERIFY(remove->isEnabled());
    QTest::keyClick(m_bench->tab->findChild<QTreeView *>(QStringLiteral("downloads")), Qt::Key_Delete);
    QTRY_VERIFY(m_bench->queue->downloads().empty());
    QCOMPARE(m_bench->tab->model().rowCount(), 0);
    QVERIFY(driver::visibleText(m_bench->tab.get()).contains(QStringLiteral("Nothing is being downloaded")));
    QVERIFY(QFile::exists(m_bench->path(QStringLiteral("files/a.tar.gz"))));
}

void DownloadsDeedsTest::movesToTheFront()
{
    DownloadOptions options = quickOptions();
    options.concurrent = 1;
    m_bench->settings.setValue(QStringLiteral("downloads/concurrent"), 1);
    const Reply slow{.body = m_bench->archive, .chunkPauseMs = 30, .pieceSize = 8192};
    for (const auto *job : {"a", "b", "c"})
        m_bench->serve(QString::fromLatin1(job), slow, sha1Of(m_bench->archive));
    QVERIFY(m_bench->show(options));
    m_bench->add(DownloadsBench::source(QStringLiteral("a")));
    m_bench->add(DownloadsBench::source(QStringLiteral("b"), BatchId(QStringLiteral("x"))));
    const DownloadId last = m_bench->add(DownloadsBench::source(QStringLiteral("c")));
    m_bench->tab->select(last);
    auto *front = m_bench->tab->findChild<QAction *>(QStringLiteral("moveToFront"));
    QTRY_VERIFY(front->isEnabled());
    front->trigger();
    QTRY_COMPARE(m_bench->tab->model().index(0, 0).data().toString(), QStringLiteral("c.tar.gz"));
    const auto *view = m_bench->tab->findChild<QTreeView *>(QStringLiteral("downloads"));
    QCOMPARE(view->currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("c.tar.gz"));
    QCOMPARE(m_bench->queue->downloads().front().id, last);
}

void DownloadsDeedsTest::limitsAreTakenUpAndKept()
{
    QVERIFY(m_bench->show());
    auto *atATime = qobject_cast<QSpinBox *>(driver::find(m_bench->tab.get(), QStringLiteral("At a time")));
    QVERIFY(atATime);
    atATime->setValue(5);
    QCOMPARE(driver::type(m_bench->tab.get(), QStringLiteral("Speed limit"), QStringLiteral("2.5")), QString());
    QTest::keyClick(driver::find(m_bench->tab.get(), QStringLiteral("Speed limit")), Qt::Key_Return);
    QCOMPARE(m_bench->queue->options().concurrent, 5);
    QCOMPARE(m_bench->queue->options().bytesPerSecondLimit, 2500000);
    m_bench->tab.reset();
    QVERIFY(m_bench->show());
    QCOMPARE(m_bench->queue->options().concurrent, 5);
    QCOMPARE(m_bench->queue->options().bytesPerSecondLimit, 2500000);
}

void DownloadsDeedsTest::theFolderIsChosenOnce()
{
    m_bench->settings.clear();
    DownloadFolder folder(m_bench->settings);
    QVERIFY(!folder.isChosen());
    QWidget window;
    window.show();
    int begun = 0;
    // Who gives the question up does not begin what it was for when a folder is chosen later.
    folder.choose(&window, [&begun] { begun += 10; });
    auto *dialog = window.findChild<QDialog *>(QStringLiteral("folderDialog"));
    QVERIFY(dialog);
    dialog->reject();
    QTRY_VERIFY(!window.findChild<QDialog *>(QStringLiteral("folderDialog")));
    QVERIFY(!folder.isChosen());
    folder.choose(&window, [&begun] { ++begun; });
    QVERIFY(answerFileDialog(&window, m_bench->path(QStringLiteral("files"))));
    QTRY_COMPARE(begun, 1);
    QVERIFY(folder.isChosen());
    QCOMPARE(folder.path(), m_bench->path(QStringLiteral("files")));
}

QTEST_MAIN(DownloadsDeedsTest)
#include "downloads_deeds_test.moc"
