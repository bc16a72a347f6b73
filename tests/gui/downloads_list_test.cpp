#include "support/archive_builder.h"
#include "support/archive_server.h"
#include "support/fake_jobs.h"
#include "support/file_dialogs.h"
#include "support/fixed_clock.h"
#include "support/ui_driver.h"
#include "ui/downloads/download_folder.h"
#include "ui/downloads/downloads_model.h"
#include "ui/downloads/downloads_tab.h"
#include "ui/widgets/filter_edit.h"

#include <QAction>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;

/// What the list of downloads does as a list, and that its questions stay what they are.
class DownloadsListTest : public QObject
{
    Q_OBJECT

private:
    DownloadSource sourceOf(const QString &job, const BatchId &batch = {}) const
    {
        DownloadSource source;
        source.connection = ConnectionId(QStringLiteral("c"));
        source.job = JobId(job);
        source.batch = batch;
        source.batchTitle = batch.isEmpty() ? QString() : QStringLiteral("ledger, 2 archives");
        source.batchArchives = batch.isEmpty() ? 0 : 2;
        source.fileName = job + QStringLiteral(".tar.gz");
        source.maxDownloads = 1;
        return source;
    }
    void serve(const QString &job, const Reply &reply)
    {
        const QString fileName = job + QStringLiteral(".tar.gz");
        m_replies[fileName.toLatin1()] = reply;
        FakeJobs fake;
        fake.job.id = JobId(job);
        fake.job.delivery.maxDownloads = 1;
        fake.job.delivery.url =
            m_server->url("/backup/restore/v2/pull/job/KEY=/" + fileName.toLatin1()).toString(QUrl::FullyEncoded);
        fake.publish(fileName, sha1Of(m_archive));
        m_jobs[job] = fake.job;
    }
    DownloadId add(const DownloadSource &source)
    {
        const auto id = m_queue->add(source, m_folder->path());
        return id ? *id : DownloadId();
    }
    void addMissing(const DownloadSource &source)
    {
        Error error;
        error.sentence = QStringLiteral("Its link has expired.");
        m_queue->addMissing(source, m_folder->path(), source.fileName, DownloadState::LinkExpired, error);
    }
    QTreeView *view() const { return m_tab->findChild<QTreeView *>(QStringLiteral("downloads")); }
    QString detail(const char *name) const
    {
        const auto *label = m_tab->findChild<QLabel *>(QString::fromLatin1(name));
        return label && label->isVisible() ? label->text() : QString();
    }

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

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<ArchiveServer>([this](const SeenRequest &request, int) {
            return m_replies.at(request.target.mid(request.target.lastIndexOf('/') + 1));
        });
        m_settings = std::make_unique<QSettings>(m_dir->filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        m_folder = std::make_unique<DownloadFolder>(*m_settings);
        QDir(m_dir->path()).mkdir(QStringLiteral("files"));
        m_folder->setPath(m_dir->filePath(QStringLiteral("files")));
        const JobReader reader = [this](const DownloadSource &source) {
            return QtFuture::makeReadyFuture(Result<RestoreJob>(m_jobs.at(source.job.value)));
        };
        m_queue =
            std::make_unique<DownloadQueue>(reader, m_clock, m_dir->filePath(QStringLiteral("state")), quickOptions());
        m_tab = std::make_unique<DownloadsTab>(*m_queue, *m_folder, m_clock, *m_settings);
        m_tab->resize(1200, 700);
        m_tab->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_tab.get()));
    }
    void cleanup()
    {
        m_tab.reset();
        m_queue.reset();
        m_server.reset();
    }

    /// A filter from earlier does not hide what was just begun elsewhere.
    void noOldFilterHidesWhatIsAdded()
    {
        auto *filter = m_tab->findChild<FilterEdit *>();
        filter->setText(QStringLiteral("ledger"));
        m_tab->hide();
        DownloadSource source;
        source.job = JobId(QStringLiteral("60ff00000000000000000001"));
        source.fileName = QStringLiteral("orders.tar.gz");
        addMissing(source);
        m_tab->show();
        QCOMPARE(filter->text(), QString());
        QTRY_VERIFY(view()->currentIndex().isValid());
        QVERIFY(view()->selectionModel()->hasSelection());
    }

    /// What was given up at the folder question does not begin where the folder is changed later.
    void changingTheFolderBeginsNothing()
    {
        int begun = 0;
        m_folder->choose(m_tab.get(), [&begun] { ++begun; });
        QTRY_VERIFY(m_tab->findChild<QFileDialog *>());
        m_tab->findChild<QFileDialog *>()->reject();
        QTRY_VERIFY(!m_tab->findChild<QFileDialog *>());
        const QString other = m_dir->filePath(QStringLiteral("other"));
        QDir().mkdir(other);
        m_tab->findChild<QPushButton *>(QStringLiteral("changeFolder"))->click();
        QVERIFY(answerFileDialog(m_tab.get(), other));
        QCOMPARE(m_folder->path(), other);
        QCOMPARE(begun, 0);
    }

    /// Another download that is further up begins to ask. The question that stands there stays.
    void aQuestionIsNotExchanged()
    {
        serve(QStringLiteral("up"), Reply{.body = m_archive, .chunkPauseMs = 30, .pieceSize = 8192});
        serve(QStringLiteral("down"), Reply{.body = m_archive, .cutAfter = 100000, .reset = true});
        const DownloadId up = add(sourceOf(QStringLiteral("up")));
        const DownloadId down = add(sourceOf(QStringLiteral("down")));
        QTRY_COMPARE_WITH_TIMEOUT(m_queue->download(down)->question, Question::RestartUsesADownload, 20000);
        const auto said = [this] {
            return driver::visibleText(m_tab->findChild<QWidget *>(QStringLiteral("questionBar")));
        };
        QTRY_VERIFY(said().contains(QStringLiteral("down.tar.gz")));
        m_replies["up.tar.gz"] = Reply{.body = m_archive, .cutAfter = 1000, .reset = true};
        m_server->dropAll();
        QTRY_COMPARE_WITH_TIMEOUT(m_queue->download(up)->question, Question::RestartUsesADownload, 20000);
        QTest::qWait(50);
        QVERIFY2(said().contains(QStringLiteral("down.tar.gz")), qPrintable(said()));
        QCOMPARE(driver::press(m_tab.get(), QStringLiteral("Leave it paused")), QString());
        QTRY_COMPARE(m_queue->download(down)->question, Question::None);
        QTRY_VERIFY(said().contains(QStringLiteral("up.tar.gz")));
    }

    void theCancelQuestionEndsWithItsDownload()
    {
        serve(QStringLiteral("a"), Reply{.body = m_archive, .chunkPauseMs = 10, .pieceSize = 16384});
        const DownloadId id = add(sourceOf(QStringLiteral("a")));
        QTRY_VERIFY(m_queue->download(id)->bytesReceived > 0);
        m_tab->findChild<QAction *>(QStringLiteral("cancelDownload"))->trigger();
        QTRY_VERIFY(driver::canPress(m_tab.get(), QStringLiteral("Do not cancel")));
        QTRY_COMPARE_WITH_TIMEOUT(m_queue->download(id)->state, DownloadState::Verified, 20000);
        QTRY_VERIFY(!driver::canPress(m_tab.get(), QStringLiteral("Do not cancel")));
    }

    /// Nothing that is asked or said moves the rows under the pointer.
    void theRowsStayWhereTheyAre()
    {
        addMissing(sourceOf(QStringLiteral("first")));
        serve(QStringLiteral("a"), Reply{.body = m_archive, .chunkPauseMs = 30, .pieceSize = 8192});
        const DownloadId id = add(sourceOf(QStringLiteral("a")));
        m_tab->select(id);
        const auto place = [this] {
            return view()->viewport()->mapTo(m_tab.get(), view()->visualRect(view()->currentIndex()).center());
        };
        QTRY_VERIFY(m_queue->download(id)->bytesReceived > 0);
        const QPoint before = place();
        m_tab->findChild<QAction *>(QStringLiteral("cancelDownload"))->trigger();
        QTRY_VERIFY(driver::canPress(m_tab.get(), QStringLiteral("Do not cancel")));
        QTest::qWait(50);
        QCOMPARE(place(), before);
    }

    void aBatchTellsItsMomentAndHasDetails()
    {
        DownloadSource source = sourceOf(QStringLiteral("a"), BatchId(QStringLiteral("batch")));
        source.ordered.momentSeconds = 1764244800; // 2025-11-27 12:00:00 UTC
        addMissing(source);
        source.job = JobId(QStringLiteral("b"));
        source.fileName = QStringLiteral("b.tar.gz");
        addMissing(source);
        const QModelIndex heading = m_tab->model().index(0, 0);
        QCOMPARE(heading.data().toString(), QStringLiteral("ledger, 2 archives, data of 2025-11-27 12:00:00 UTC"));
        view()->setCurrentIndex(view()->model()->index(0, 0));
        QVERIFY2(detail("detailState").contains(QStringLiteral("2 not downloaded")), qPrintable(detail("detailState")));
        QCOMPARE(detail("detailJob"), QStringLiteral("batch"));
        QVERIFY(detail("detailReason").contains(QStringLiteral("b.tar.gz: Its link has expired.")));
    }

    void hashesGrowWithTheFont()
    {
        QFont large = m_tab->font();
        large.setPointSize(23);
        m_tab->setFont(large);
        for (const char *name : {"detailOwnHash", "detailPublishedHash"})
            QCOMPARE(m_tab->findChild<QLabel *>(QString::fromLatin1(name))->font().pointSize(), 23);
    }

    /// Among the archives of a batch nothing can be put, and nothing is shown as if it could.
    void amongABatchNothingIsDropped()
    {
        for (const char *job : {"a", "b"})
            addMissing(sourceOf(QString::fromLatin1(job), BatchId(QStringLiteral("batch"))));
        for (const char *job : {"c", "d"})
            addMissing(sourceOf(QString::fromLatin1(job)));
        const QAbstractItemModel *rows = view()->model();
        const std::unique_ptr<QMimeData> dragged(rows->mimeData({rows->index(2, 0)}));
        QVERIFY(rows->canDropMimeData(dragged.get(), Qt::MoveAction, 0, 0, {}));
        QVERIFY(!rows->canDropMimeData(dragged.get(), Qt::MoveAction, 2, 0, rows->index(0, 0)));
    }

    /// What was begun in another tab is chosen and in view here; whoever works in this list keeps what is chosen.
    void whatIsNewIsChosenUnlessSomebodyWorksHere()
    {
        for (int i = 0; i < 60; ++i)
            addMissing(sourceOf(QStringLiteral("old%1").arg(i)));
        view()->setCurrentIndex(view()->model()->index(0, 0));
        addMissing(sourceOf(QStringLiteral("here")));
        QCOMPARE(view()->currentIndex().row(), 0);
        m_tab->hide();
        addMissing(sourceOf(QStringLiteral("elsewhere")));
        m_tab->show();
        QCOMPARE(view()->currentIndex().data().toString(), QStringLiteral("elsewhere.tar.gz"));
        QTRY_VERIFY(view()->viewport()->rect().contains(view()->visualRect(view()->currentIndex()).center()));
    }
};

QTEST_MAIN(DownloadsListTest)
#include "downloads_list_test.moc"
