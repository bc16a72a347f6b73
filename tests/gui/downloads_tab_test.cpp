#include "downloads/order_check.h"
#include "session/download_texts.h"
#include "support/archive_builder.h"
#include "support/archive_server.h"
#include "support/fake_jobs.h"
#include "support/file_dialogs.h"
#include "support/fixed_clock.h"
#include "support/ui_driver.h"
#include "ui/downloads/download_folder.h"
#include "ui/downloads/downloads_model.h"
#include "ui/downloads/downloads_tab.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QString Downloads = QStringLiteral("Downloads");

} // namespace

/// The tab over the real queue, fetching from a server on loopback.
class DownloadsTabTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void invitesWhileEmpty();
    void aVerifiedDownloadShowsBothHashes();
    void intactWithoutHash();
    void corruptIsSaidAndBothHashesDiffer();
    void aBatchHasOneHeadingWithASummary();
    void aMissingPartIsARowWithAWayOut();
    void corruptByTheLastDownloadOffersANewLink();
    void aContradictionIsSaidBesideTheVerdict();
    void pausesAndResumesByButton();
    void pauseAllStopsEverything();
    void asksInTheWindowBeforeADownloadIsUsedUp();
    void cancellingAsksAboutThePart();
    void anExpiredLinkLeadsToANewOne();
    void endedOnesCanBeTakenOffTheList();
    void movesToTheFront();
    void unpacksAndShowsTheNextSteps();
    void limitsAreTakenUpAndKept();
    void theFolderIsChosenOnce();

private:
    void makeTab(const DownloadOptions &options = quickOptions());
    DownloadSource sourceOf(const QString &job, const BatchId &batch = {}) const;
    /// Serves the archive under the job's link; an empty hash is not published.
    void serve(const QString &job, const Reply &reply, const QString &hash = {});
    DownloadId add(const DownloadSource &source);
    bool waitFor(const DownloadId &id, DownloadState state);
    QString detail(const char *name) const;
    QString press(const QString &name) { return driver::press(m_tab.get(), name); }

    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::map<QString, RestoreJob> m_jobs;
    std::map<QByteArray, Reply> m_replies; ///< by file name in the target
    std::unique_ptr<ArchiveServer> m_server;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<DownloadFolder> m_folder;
    std::unique_ptr<DownloadQueue> m_queue;
    std::unique_ptr<DownloadsTab> m_tab;
    const QByteArray m_archive = makeArchive(400000);
};

void DownloadsTabTest::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_jobs.clear();
    m_replies.clear();
    m_server = std::make_unique<ArchiveServer>([this](const SeenRequest &request, int) {
        const QByteArray name = request.target.mid(request.target.lastIndexOf('/') + 1);
        return m_replies.at(name);
    });
    m_settings = std::make_unique<QSettings>(m_dir->filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    m_folder = std::make_unique<DownloadFolder>(*m_settings);
    QDir(m_dir->path()).mkdir(QStringLiteral("files"));
    m_folder->setPath(m_dir->filePath(QStringLiteral("files")));
}

void DownloadsTabTest::cleanup()
{
    m_tab.reset();
    m_queue.reset();
    m_server.reset();
}

void DownloadsTabTest::makeTab(const DownloadOptions &options)
{
    const JobReader reader = [this](const DownloadSource &source) {
        return QtFuture::makeReadyFuture(Result<RestoreJob>(m_jobs.at(source.job.value)));
    };
    m_queue = std::make_unique<DownloadQueue>(reader, m_clock, m_dir->filePath(QStringLiteral("state")), options);
    m_tab = std::make_unique<DownloadsTab>(*m_queue, *m_folder, m_clock, *m_settings);
    new QAbstractItemModelTester(&m_tab->model(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_tab.get());
    m_tab->resize(1200, 700);
    m_tab->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_tab.get()));
}

DownloadSource DownloadsTabTest::sourceOf(const QString &job, const BatchId &batch) const
{
    DownloadSource source;
    source.connection = ConnectionId(QStringLiteral("c"));
    source.snapshot = SnapshotId(QStringLiteral("snap"));
    source.job = JobId(job);
    source.batch = batch;
    source.batchTitle = batch.isEmpty() ? QString() : QStringLiteral("ledger, 3 archives");
    source.fileName = job + QStringLiteral(".tar.gz");
    source.expectedFileSizeBytes = 500000;
    source.maxDownloads = 1;
    return source;
}

void DownloadsTabTest::serve(const QString &job, const Reply &reply, const QString &hash)
{
    const QString fileName = job + QStringLiteral(".tar.gz");
    m_replies[fileName.toLatin1()] = reply;
    FakeJobs fake;
    fake.job.id = JobId(job);
    fake.job.delivery.maxDownloads = 1;
    fake.job.delivery.url =
        m_server->url("/backup/restore/v2/pull/job/KEY=/" + fileName.toLatin1()).toString(QUrl::FullyEncoded);
    if (!hash.isEmpty())
        fake.publish(fileName, hash);
    m_jobs[job] = fake.job;
}

DownloadId DownloadsTabTest::add(const DownloadSource &source)
{
    const auto id = m_queue->add(source, m_folder->path());
    return id ? *id : DownloadId();
}

bool DownloadsTabTest::waitFor(const DownloadId &id, DownloadState state)
{
    return QTest::qWaitFor([&] { return m_queue->download(id)->state == state; }, 20000);
}

QString DownloadsTabTest::detail(const char *name) const
{
    const auto *label = m_tab->findChild<QLabel *>(QString::fromLatin1(name));
    return label && label->isVisible() ? label->text() : QString();
}

void DownloadsTabTest::invitesWhileEmpty()
{
    makeTab();
    QSignalSpy asked(m_tab.get(), &DownloadsTab::jobsRequested);
    QVERIFY(driver::visibleText(m_tab.get()).contains(QStringLiteral("Nothing is being downloaded")));
    QCOMPARE(press(QStringLiteral("Go to the restore jobs")), QString());
    QTRY_COMPARE(asked.count(), 1);
}

void DownloadsTabTest::aVerifiedDownloadShowsBothHashes()
{
    serve(QStringLiteral("a"), Reply{.body = m_archive}, sha1Of(m_archive));
    makeTab();
    const DownloadId id = add(sourceOf(QStringLiteral("a")));
    QVERIFY(waitFor(id, DownloadState::Verified));
    QTRY_COMPARE(driver::countRows(m_tab.get(), Downloads, QStringLiteral("Verified")), 1);
    QTRY_COMPARE(detail("detailOwnHash"), sha1Of(m_archive));
    QCOMPARE(detail("detailPublishedHash"), sha1Of(m_archive));
    QTRY_VERIFY(detail("detailState").startsWith(QStringLiteral("Verified")));
    QCOMPARE(detail("detailReason"), QString());
}

void DownloadsTabTest::intactWithoutHash()
{
    serve(QStringLiteral("a"), Reply{.body = m_archive});
    makeTab();
    QVERIFY(waitFor(add(sourceOf(QStringLiteral("a"))), DownloadState::IntactNotVerified));
    QTRY_COMPARE(driver::countRows(m_tab.get(), Downloads, QStringLiteral("Intact, not verified")), 1);
    QTRY_VERIFY(detail("detailState").contains(QStringLiteral("no hash was published")));
    QCOMPARE(detail("detailPublishedHash"), QString());
}

void DownloadsTabTest::corruptIsSaidAndBothHashesDiffer()
{
    serve(QStringLiteral("a"), Reply{.body = m_archive, .flipAt = 1000}, sha1Of(m_archive));
    makeTab();
    QVERIFY(waitFor(add(sourceOf(QStringLiteral("a"))), DownloadState::Corrupt));
    QTRY_COMPARE(driver::countRows(m_tab.get(), Downloads, QStringLiteral("Corrupt")), 1);
    QTRY_COMPARE(detail("detailPublishedHash"), sha1Of(m_archive));
    QVERIFY(!detail("detailOwnHash").isEmpty());
    QVERIFY(detail("detailOwnHash") != detail("detailPublishedHash"));
    QTRY_VERIFY(detail("detailFile").endsWith(QStringLiteral(".corrupt")));
    QVERIFY(!driver::canPress(m_tab.get(), QStringLiteral("Unpack…")));
    QTRY_VERIFY(driver::canPress(m_tab.get(), QStringLiteral("Retry")));
}

void DownloadsTabTest::aBatchHasOneHeadingWithASummary()
{
    const BatchId batch(QStringLiteral("batch"));
    serve(QStringLiteral("a"), Reply{.body = m_archive}, sha1Of(m_archive));
    serve(QStringLiteral("b"), Reply{.body = m_archive}, sha1Of(m_archive));
    serve(QStringLiteral("c"), Reply{.body = m_archive, .flipAt = 5}, sha1Of(m_archive));
    serve(QStringLiteral("other"), Reply{.body = m_archive}, sha1Of(m_archive));
    makeTab();
    add(sourceOf(QStringLiteral("a"), batch));
    add(sourceOf(QStringLiteral("other")));
    add(sourceOf(QStringLiteral("b"), batch));
    const DownloadId last = add(sourceOf(QStringLiteral("c"), batch));
    const DownloadsModel &model = m_tab->model();
    QCOMPARE(model.rowCount(), 2);
    const QModelIndex heading = model.index(0, 0);
    QCOMPARE(heading.data().toString(), QStringLiteral("ledger, 3 archives"));
    QCOMPARE(model.rowCount(heading), 3);
    QVERIFY(waitFor(last, DownloadState::Corrupt));
    QTRY_COMPARE(heading.siblingAtColumn(DownloadsModel::StateColumn).data().toString(),
                 QStringLiteral("2 of 3 verified, 1 corrupt"));
    const auto *view = m_tab->findChild<QTreeView *>(QStringLiteral("downloads"));
    QVERIFY(view->isExpanded(view->model()->index(0, 0)));
}

void DownloadsTabTest::aMissingPartIsARowWithAWayOut()
{
    serve(QStringLiteral("a"), Reply{.body = m_archive}, sha1Of(m_archive));
    makeTab();
    DownloadSource present = sourceOf(QStringLiteral("a"), BatchId(QStringLiteral("batch")));
    present.batchArchives = 2;
    DownloadSource missing = sourceOf(QStringLiteral("b"), present.batch);
    missing.batchArchives = 2;
    missing.fileName.clear(); // a job without a link names no file
    Error why;
    why.kind = ErrorKind::LinkUsedUp;
    why.sentence = QStringLiteral("The link was used as often as it may be.");
    m_queue->addMissing(missing, m_folder->path(), QStringLiteral("shard1"), DownloadState::UsedUp, why);
    m_queue->addMissing(missing, m_folder->path(), QStringLiteral("shard1"), DownloadState::UsedUp, why); // once
    QVERIFY(waitFor(add(present), DownloadState::Verified));
    const DownloadsModel &model = m_tab->model();
    QCOMPARE(model.rowCount(), 1);
    const QModelIndex heading = model.index(0, 0);
    QCOMPARE(model.rowCount(heading), 2);
    const QModelIndex state = heading.siblingAtColumn(DownloadsModel::StateColumn);
    QTRY_COMPARE(state.data().toString(), QStringLiteral("1 of 2 verified, 1 not downloaded"));
    const QModelIndex row = model.index(0, 0, heading);
    QCOMPARE(row.data().toString(), QStringLiteral("shard1"));
    QCOMPARE(row.siblingAtColumn(DownloadsModel::StateColumn).data().toString(),
             QStringLiteral("Not downloaded: link used up"));
    const DownloadId id = m_queue->downloads().front().id;
    m_tab->select(id);
    QTRY_VERIFY(driver::canPress(m_tab.get(), QStringLiteral("Request a new link…")));
    QVERIFY(!driver::canPress(m_tab.get(), QStringLiteral("Retry")));
    m_queue->remove(id);
    QTRY_COMPARE(model.index(0, DownloadsModel::StateColumn).data().toString(),
                 QStringLiteral("1 of 2 verified, 1 not on this list"));
}

void DownloadsTabTest::corruptByTheLastDownloadOffersANewLink()
{
    serve(QStringLiteral("a"), Reply{.body = m_archive, .flipAt = 5}, sha1Of(m_archive)); // one download is allowed
    makeTab();
    const DownloadId id = add(sourceOf(QStringLiteral("a")));
    QVERIFY(waitFor(id, DownloadState::Corrupt));
    QTRY_VERIFY(driver::canPress(m_tab.get(), QStringLiteral("Request a new link…")));
    QVERIFY(detail("detailAdvice").contains(QStringLiteral("new link")));
    const QString file = m_queue->download(id)->filePath;
    const QString hash = m_queue->download(id)->sha1;
    // Tried all the same.
    m_jobs[QStringLiteral("a")].delivery.status = DeliveryStatus::MaxDownloadsExceeded;
    QCOMPARE(press(QStringLiteral("Retry")), QString());
    QTRY_VERIFY(detail("detailReason").contains(QStringLiteral("No other bytes came")));
    QCOMPARE(m_queue->download(id)->state, DownloadState::Corrupt);
    QCOMPARE(m_queue->download(id)->filePath, file);
    QCOMPARE(detail("detailOwnHash"), hash);
    QCOMPARE(detail("detailPublishedHash"), sha1Of(m_archive));
    QVERIFY(QFile::exists(file));
}

void DownloadsTabTest::aContradictionIsSaidBesideTheVerdict()
{
    serve(QStringLiteral("a"), Reply{.body = m_archive}, sha1Of(m_archive));
    serve(QStringLiteral("b"), Reply{.body = m_archive}, sha1Of(m_archive));
    makeTab();
    const OrderCheck check(*m_queue);
    DownloadSource wrong = sourceOf(QStringLiteral("a"));
    wrong.ordered.mongodbVersion = QStringLiteral("5.0.1");
    const DownloadId id = add(wrong);
    const DownloadId right = add(sourceOf(QStringLiteral("b")));
    QVERIFY(waitFor(id, DownloadState::Verified));
    m_tab->select(id);
    QTRY_VERIFY(detail("detailFindings").contains(QStringLiteral("of MongoDB 5.0.1")));
    QVERIFY(detail("detailState").startsWith(QStringLiteral("Verified")));
    QTRY_VERIFY(m_queue->download(right)->orderChecked);
    QVERIFY(m_queue->download(right)->findings.isEmpty());
}

void DownloadsTabTest::pausesAndResumesByButton()
{
    serve(QStringLiteral("a"),
          Reply{.body = m_archive,
                .framing = Reply::Framing::Length,
                .ranges = true,
                .etag = "\"1\"",
                .chunkPauseMs = 30,
                .pieceSize = 8192},
          sha1Of(m_archive));
    makeTab();
    const DownloadId id = add(sourceOf(QStringLiteral("a")));
    QTRY_VERIFY(m_queue->download(id)->bytesReceived > 0);
    QCOMPARE(press(QStringLiteral("Pause")), QString());
    QVERIFY(waitFor(id, DownloadState::Paused));
    QTRY_COMPARE(driver::countRows(m_tab.get(), Downloads, QStringLiteral("Paused by you")), 1);
    QTRY_VERIFY(!driver::canPress(m_tab.get(), QStringLiteral("Pause")));
    QCOMPARE(press(QStringLiteral("Resume")), QString());
    QVERIFY(waitFor(id, DownloadState::Verified));
}

void DownloadsTabTest::pauseAllStopsEverything()
{
    const Reply slow{.body = m_archive,
                     .framing = Reply::Framing::Length,
                     .ranges = true,
                     .etag = "\"1\"",
                     .chunkPauseMs = 30,
                     .pieceSize = 8192};
    for (const auto *job : {"a", "b", "c"})
        serve(QString::fromLatin1(job), slow, sha1Of(m_archive));
    makeTab();
    for (const auto *job : {"a", "b", "c"})
        add(sourceOf(QString::fromLatin1(job)));
    QCOMPARE(press(QStringLiteral("Pause all")), QString());
    const auto all = [this](DownloadState state) {
        return std::ranges::all_of(m_queue->downloads(),
                                   [state](const Download &download) { return download.state == state; });
    };
    QTRY_VERIFY(all(DownloadState::Paused));
    QCOMPARE(press(QStringLiteral("Resume all")), QString());
    QTRY_VERIFY_WITH_TIMEOUT(all(DownloadState::Verified), 20000);
}

void DownloadsTabTest::asksInTheWindowBeforeADownloadIsUsedUp()
{
    // No length, no ranges and one allowed download: the second request would be the one too many.
    serve(QStringLiteral("a"), Reply{.body = m_archive, .cutAfter = 100000, .reset = true}, sha1Of(m_archive));
    makeTab();
    const DownloadId id = add(sourceOf(QStringLiteral("a")));
    QTRY_COMPARE_WITH_TIMEOUT(m_queue->download(id)->question, Question::RestartUsesADownload, 20000);
    QTRY_VERIFY(driver::visibleText(m_tab.get()).contains(QStringLiteral("may use up one more download")));
    m_replies["a.tar.gz"] = Reply{.body = m_archive};
    QCOMPARE(press(QStringLiteral("Start again")), QString());
    QVERIFY(waitFor(id, DownloadState::Verified));
    QTRY_VERIFY(!driver::canPress(m_tab.get(), QStringLiteral("Start again")));
}

void DownloadsTabTest::cancellingAsksAboutThePart()
{
    serve(QStringLiteral("a"), Reply{.body = m_archive, .chunkPauseMs = 30, .pieceSize = 8192});
    makeTab();
    const DownloadId id = add(sourceOf(QStringLiteral("a")));
    QTRY_VERIFY(m_queue->download(id)->bytesReceived > 0);
    auto *cancel = m_tab->findChild<QAction *>(QStringLiteral("cancelDownload"));
    cancel->trigger();
    QTRY_VERIFY(driver::canPress(m_tab.get(), QStringLiteral("Do not cancel")));
    QCOMPARE(press(QStringLiteral("Do not cancel")), QString());
    QTRY_VERIFY(!driver::canPress(m_tab.get(), QStringLiteral("Do not cancel")));
    QVERIFY(!isEnd(m_queue->download(id)->state));
    cancel->trigger();
    QTRY_VERIFY(driver::canPress(m_tab.get(), QStringLiteral("Cancel, delete the part files")));
    QCOMPARE(press(QStringLiteral("Cancel, delete the part files")), QString());
    QVERIFY(waitFor(id, DownloadState::Cancelled));
    QTRY_VERIFY(QDir(m_folder->path()).entryList(QDir::Files).filter(QStringLiteral(".part")).isEmpty());
}

void DownloadsTabTest::anExpiredLinkLeadsToANewOne()
{
    serve(QStringLiteral("a"), Reply{.body = m_archive});
    m_jobs[QStringLiteral("a")].delivery.status = DeliveryStatus::Expired;
    m_jobs[QStringLiteral("a")].delivery.url.clear();
    makeTab();
    QVERIFY(waitFor(add(sourceOf(QStringLiteral("a"))), DownloadState::LinkExpired));
    QSignalSpy asked(m_tab.get(), &DownloadsTab::newLinkRequested);
    QTRY_VERIFY(driver::canPress(m_tab.get(), QStringLiteral("Request a new link…")));
    QCOMPARE(press(QStringLiteral("Request a new link…")), QString());
    QTRY_COMPARE(asked.count(), 1);
    QCOMPARE(asked.front().front().value<DownloadSource>().snapshot, SnapshotId(QStringLiteral("snap")));
}

void DownloadsTabTest::endedOnesCanBeTakenOffTheList()
{
    serve(QStringLiteral("a"), Reply{.body = m_archive}, sha1Of(m_archive));
    makeTab();
    QVERIFY(waitFor(add(sourceOf(QStringLiteral("a"))), DownloadState::Verified));
    auto *remove = m_tab->findChild<QAction *>(QStringLiteral("removeDownload"));
    QTRY_VERIFY(remove->isEnabled());
    QTest::keyClick(m_tab->findChild<QTreeView *>(QStringLiteral("downloads")), Qt::Key_Delete);
    QTRY_VERIFY(m_queue->downloads().empty());
    QCOMPARE(m_tab->model().rowCount(), 0);
    QVERIFY(driver::visibleText(m_tab.get()).contains(QStringLiteral("Nothing is being downloaded")));
    QVERIFY(QFile::exists(m_dir->filePath(QStringLiteral("files/a.tar.gz"))));
}

void DownloadsTabTest::movesToTheFront()
{
    DownloadOptions options = quickOptions();
    options.concurrent = 1;
    m_settings->setValue(QStringLiteral("downloads/concurrent"), 1);
    const Reply slow{.body = m_archive, .chunkPauseMs = 30, .pieceSize = 8192};
    for (const auto *job : {"a", "b", "c"})
        serve(QString::fromLatin1(job), slow, sha1Of(m_archive));
    makeTab(options);
    add(sourceOf(QStringLiteral("a")));
    add(sourceOf(QStringLiteral("b"), BatchId(QStringLiteral("x"))));
    const DownloadId last = add(sourceOf(QStringLiteral("c")));
    m_tab->select(last);
    auto *front = m_tab->findChild<QAction *>(QStringLiteral("moveToFront"));
    QTRY_VERIFY(front->isEnabled());
    front->trigger();
    QTRY_COMPARE(m_tab->model().index(0, 0).data().toString(), QStringLiteral("c.tar.gz"));
    const auto *view = m_tab->findChild<QTreeView *>(QStringLiteral("downloads"));
    QCOMPARE(view->currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("c.tar.gz"));
    QCOMPARE(m_queue->downloads().front().id, last);
}

void DownloadsTabTest::unpacksAndShowsTheNextSteps()
{
    serve(QStringLiteral("a"), Reply{.body = m_archive}, sha1Of(m_archive));
    makeTab();
    QVERIFY(waitFor(add(sourceOf(QStringLiteral("a"))), DownloadState::Verified));
    QTRY_VERIFY(driver::canPress(m_tab.get(), QStringLiteral("Unpack…")));
    QCOMPARE(press(QStringLiteral("Unpack…")), QString());
    const QString folder = m_dir->filePath(QStringLiteral("unpacked"));
    QDir().mkpath(folder);
    QVERIFY(answerFileDialog(m_tab.get(), folder));
    QTRY_VERIFY_WITH_TIMEOUT(driver::visibleText(m_tab.get()).contains(QStringLiteral("Unpacked a.tar.gz")), 20000);
    QVERIFY(!QDir(folder).isEmpty());

    QCOMPARE(press(QStringLiteral("Next steps…")), QString());
    QTRY_VERIFY(driver::window(QStringLiteral("Next steps")));
    QWidget *steps = driver::window(QStringLiteral("Next steps"));
    QTRY_VERIFY_WITH_TIMEOUT(driver::visibleText(steps).contains(QStringLiteral("into service")), 20000);
}

void DownloadsTabTest::limitsAreTakenUpAndKept()
{
    makeTab();
    auto *atATime = qobject_cast<QSpinBox *>(driver::find(m_tab.get(), QStringLiteral("At a time")));
    QVERIFY(atATime);
    atATime->setValue(5);
    QCOMPARE(driver::type(m_tab.get(), QStringLiteral("Speed limit"), QStringLiteral("2.5")), QString());
    QTest::keyClick(driver::find(m_tab.get(), QStringLiteral("Speed limit")), Qt::Key_Return);
    QCOMPARE(m_queue->options().concurrent, 5);
    QCOMPARE(m_queue->options().bytesPerSecondLimit, 2500000);
    m_tab.reset();
    makeTab();
    QCOMPARE(m_queue->options().concurrent, 5);
    QCOMPARE(m_queue->options().bytesPerSecondLimit, 2500000);
}

void DownloadsTabTest::theFolderIsChosenOnce()
{
    m_settings->clear();
    DownloadFolder folder(*m_settings);
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
    QVERIFY(answerFileDialog(&window, m_dir->path()));
    QTRY_COMPARE(begun, 1);
    QVERIFY(folder.isChosen());
    QCOMPARE(folder.path(), m_dir->path());
}

QTEST_MAIN(DownloadsTabTest)
#include "downloads_tab_test.moc"
