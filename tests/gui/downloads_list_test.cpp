#include "downloads_bench.h"
#include "support/file_dialogs.h"
#include "support/ui_driver.h"
#include "ui/widgets/filter_edit.h"

#include <QAction>
#include <QFileDialog>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;

/// What the list of downloads does as a list, and that its questions stay what they are.
class DownloadsListTest : public QObject
{
    Q_OBJECT

private:
    void addMissing(const DownloadSource &source)
    {
        Error error;
        error.sentence = QStringLiteral("Its link has expired.");
        m_bench->queue->addMissing(source, m_bench->folder.path(), source.fileName, DownloadState::LinkExpired, error);
    }
    void serveVerifiable(const QString &job, Reply reply)
    {
        reply.body = m_bench->archive;
        m_bench->serve(job, reply, sha1Of(m_bench->archive));
    }

    std::unique_ptr<DownloadsBench> m_bench;

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<DownloadsBench>();
        QVERIFY(m_bench->show());
    }
    void cleanup() { m_bench.reset(); }

    /// A filter from earlier does not hide what was just begun elsewhere.
    void noOldFilterHidesWhatIsAdded()
    {
        auto *filter = m_bench->tab->findChild<FilterEdit *>();
        filter->setText(QStringLiteral("ledger"));
        m_bench->tab->hide();
        DownloadSource source;
        source.job = JobId(QStringLiteral("60ff00000000000000000001"));
        source.fileName = QStringLiteral("orders.tar.gz");
        addMissing(source);
        m_bench->tab->show();
        QCOMPARE(filter->text(), QString());
        QTRY_VERIFY(m_bench->view()->currentIndex().isValid());
        QVERIFY(m_bench->view()->selectionModel()->hasSelection());
    }

    /// What was given up at the folder question does not begin where the folder is changed later.
    void changingTheFolderBeginsNothing()
    {
        int begun = 0;
        m_bench->folder.choose(m_bench->tab.get(), [&begun] { ++begun; });
        QTRY_VERIFY(m_bench->tab->findChild<QFileDialog *>());
        m_bench->tab->findChild<QFileDialog *>()->reject();
        QTRY_VERIFY(!m_bench->tab->findChild<QFileDialog *>());
        const QString other = m_bench->path(QStringLiteral("other"));
        QDir().mkdir(other);
        m_bench->tab->findChild<QPushButton *>(QStringLiteral("changeFolder"))->click();
        QVERIFY(answerFileDialog(m_bench->tab.get(), other));
        QCOMPARE(m_bench->folder.path(), other);
        QCOMPARE(begun, 0);
    }

    /// Another download that is further up begins to ask. The question that stands there stays.
    void aQuestionIsNotExchanged()
    {
        serveVerifiable(QStringLiteral("up"), {.chunkPauseMs = 30, .pieceSize = 8192});
        serveVerifiable(QStringLiteral("down"), {.cutAfter = 100000, .reset = true});
        const DownloadId up = m_bench->add(DownloadsBench::source(QStringLiteral("up")));
        const DownloadId down = m_bench->add(DownloadsBench::source(QStringLiteral("down")));
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->queue->download(down)->question, Question::RestartUsesADownload, 20000);
        const auto said = [this] {
            return driver::visibleText(m_bench->tab->findChild<QWidget *>(QStringLiteral("questionBar")));
        };
        QTRY_VERIFY(said().contains(QStringLiteral("down.tar.gz")));
        serveVerifiable(QStringLiteral("up"), {.cutAfter = 1000, .reset = true});
        m_bench->server->dropAll();
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->queue->download(up)->question, Question::RestartUsesADownload, 20000);
        QTest::qWait(50);
        QVERIFY2(said().contains(QStringLiteral("down.tar.gz")), qPrintable(said()));
        QCOMPARE(driver::press(m_bench->tab.get(), QStringLiteral("Leave it paused")), QString());
        QTRY_COMPARE(m_bench->queue->download(down)->question, Question::None);
        QTRY_VERIFY(said().contains(QStringLiteral("up.tar.gz")));
    }

    void theCancelQuestionEndsWithItsDownload()
    {
        serveVerifiable(QStringLiteral("a"), {.chunkPauseMs = 10, .pieceSize = 16384});
        const DownloadId id = m_bench->add(DownloadsBench::source(QStringLiteral("a")));
        QTRY_VERIFY(m_bench->queue->download(id)->bytesReceived > 0);
        m_bench->tab->findChild<QAction *>(QStringLiteral("cancelDownload"))->trigger();
        QTRY_VERIFY(driver::canPress(m_bench->tab.get(), QStringLiteral("Do not cancel")));
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->queue->download(id)->state, DownloadState::Verified, 20000);
        QTRY_VERIFY(!driver::canPress(m_bench->tab.get(), QStringLiteral("Do not cancel")));
    }

    /// Nothing that is asked or said moves the rows under the pointer.
    void theRowsStayWhereTheyAre()
    {
        addMissing(DownloadsBench::source(QStringLiteral("first")));
        serveVerifiable(QStringLiteral("a"), {.chunkPauseMs = 30, .pieceSize = 8192});
        const DownloadId id = m_bench->add(DownloadsBench::source(QStringLiteral("a")));
        m_bench->tab->select(id);
        const auto place = [this] {
            return m_bench->view()->viewport()->mapTo(
                m_bench->tab.get(), m_bench->view()->visualRect(m_bench->view()->currentIndex()).center());
        };
        QTRY_VERIFY(m_bench->queue->download(id)->bytesReceived > 0);
        const QPoint before = place();
        m_bench->tab->findChild<QAction *>(QStringLiteral("cancelDownload"))->trigger();
        QTRY_VERIFY(driver::canPress(m_bench->tab.get(), QStringLiteral("Do not cancel")));
        QTest::qWait(50);
        QCOMPARE(place(), before);
    }

    void aBatchTellsItsMomentAndHasDetails()
    {
        DownloadSource source = DownloadsBench::source(QStringLiteral("a"), BatchId(QStringLiteral("batch")));
        source.ordered.momentSeconds = 1764244800; // 2025-11-27 12:00:00 UTC
        addMissing(source);
        source.job = JobId(QStringLiteral("b"));
        source.fileName = QStringLiteral("b.tar.gz");
        addMissing(source);
        const QModelIndex heading = m_bench->tab->model().index(0, 0);
        QCOMPARE(heading.data().toString(), QStringLiteral("ledger, 2 archives, data of 2025-11-27 12:00:00 UTC"));
        m_bench->view()->setCurrentIndex(m_bench->view()->model()->index(0, 0));
        QVERIFY2(m_bench->detail("detailState").contains(QStringLiteral("2 not downloaded")),
                 qPrintable(m_bench->detail("detailState")));
        QCOMPARE(m_bench->detail("detailJob"), QStringLiteral("batch"));
        QVERIFY(m_bench->detail("detailReason").contains(QStringLiteral("b.tar.gz: Its link has expired.")));
    }

    void hashesGrowWithTheFont()
    {
        QFont large = m_bench->tab->font();
        large.setPointSize(23);
        m_bench->tab->setFont(large);
        for (const char *name : {"detailOwnHash", "detailPublishedHash"})
            QCOMPARE(m_bench->tab->findChild<QLabel *>(QString::fromLatin1(name))->font().pointSize(), 23);
    }

    /// Among the archives of a batch nothing can be put, and nothing is shown as if it could.
    void amongABatchNothingIsDropped()
    {
        for (const char *job : {"a", "b"})
            addMissing(DownloadsBench::source(QString::fromLatin1(job), BatchId(QStringLiteral("batch"))));
        for (const char *job : {"c", "d"})
            addMissing(DownloadsBench::source(QString::fromLatin1(job)));
        const QAbstractItemModel *rows = m_bench->view()->model();
        const std::unique_ptr<QMimeData> dragged(rows->mimeData({rows->index(2, 0)}));
        QVERIFY(rows->canDropMimeData(dragged.get(), Qt::MoveAction, 0, 0, {}));
        QVERIFY(!rows->canDropMimeData(dragged.get(), Qt::MoveAction, 2, 0, rows->index(0, 0)));
    }

    /// What was begun in another tab is chosen and in view here; whoever works in this list keeps what is chosen.
    void whatIsNewIsChosenUnlessSomebodyWorksHere()
    {
        for (int i = 0; i < 60; ++i)
            addMissing(DownloadsBench::source(QStringLiteral("old%1").arg(i)));
        m_bench->view()->setCurrentIndex(m_bench->view()->model()->index(0, 0));
        addMissing(DownloadsBench::source(QStringLiteral("here")));
        QCOMPARE(m_bench->view()->currentIndex().row(), 0);
        m_bench->tab->hide();
        addMissing(DownloadsBench::source(QStringLiteral("elsewhere")));
        m_bench->tab->show();
        QCOMPARE(m_bench->view()->currentIndex().data().toString(), QStringLiteral("elsewhere.tar.gz"));
        QTRY_VERIFY(m_bench->view()->viewport()->rect().contains(
            m_bench->view()->visualRect(m_bench->view()->currentIndex()).center()));
    }
};

QTEST_MAIN(DownloadsListTest)
#include "downloads_list_test.moc"
