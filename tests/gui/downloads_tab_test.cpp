#include "downloads/order_check.h"
#include "downloads_bench.h"
#include "support/file_dialogs.h"
#include "support/ui_driver.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QString Downloads = QStringLiteral("Downloads");

} // namespace

/// What the tab says of downloads that have come to an end.
class DownloadsTabTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<DownloadsBench>(); }
    void cleanup() { m_bench.reset(); }
    void invitesWhileEmpty();
    void aVerifiedDownloadShowsBothHashes();
    void intactWithoutHash();
    void corruptIsSaidAndBothHashesDiffer();
    void corruptByTheLastDownloadOffersANewLink();
    void aContradictionIsSaidBesideTheVerdict();
    void aBatchHasOneHeadingWithASummary();
    void aMissingPartIsARowWithAWayOut();
    void unpacksAndShowsTheNextSteps();

private:
    std::unique_ptr<DownloadsBench> m_bench;
};

void DownloadsTabTest::invitesWhileEmpty()
{
    QVERIFY(m_bench->show());
    QSignalSpy asked(m_bench->tab.get(), &DownloadsTab::jobsRequested);
    QVERIFY(driver::visibleText(m_bench->tab.get()).contains(QStringLiteral("Nothing is being downloaded")));
    QCOMPARE(m_bench->press(QStringLiteral("Go to the restore jobs")), QString());
    QTRY_COMPARE(asked.count(), 1);
}

void DownloadsTabTest::aVerifiedDownloadShowsBothHashes()
{
    m_bench->serve(QStringLiteral("a"), Reply{.body = m_bench->archive}, sha1Of(m_bench->archive));
    QVERIFY(m_bench->show());
    const DownloadId id = m_bench->add(DownloadsBench::source(QStringLiteral("a")));
    QVERIFY(m_bench->waitFor(id, DownloadState::Verified));
    QTRY_COMPARE(driver::countRows(m_bench->tab.get(), Downloads, QStringLiteral("Verified")), 1);
    QTRY_COMPARE(m_bench->detail("detailOwnHash"), sha1Of(m_bench->archive));
    QCOMPARE(m_bench->detail("detailPublishedHash"), sha1Of(m_bench->archive));
    QTRY_VERIFY(m_bench->detail("detailState").startsWith(QStringLiteral("Verified")));
    QCOMPARE(m_bench->detail("detailReason"), QString());
}

void DownloadsTabTest::intactWithoutHash()
{
    m_bench->serve(QStringLiteral("a"), Reply{.body = m_bench->archive});
    QVERIFY(m_bench->show());
    QVERIFY(
        m_bench->waitFor(m_bench->add(DownloadsBench::source(QStringLiteral("a"))), DownloadState::IntactNotVerified));
    QTRY_COMPARE(driver::countRows(m_bench->tab.get(), Downloads, QStringLiteral("Intact, not verified")), 1);
    QTRY_VERIFY(m_bench->detail("detailState").contains(QStringLiteral("no hash was published")));
    QCOMPARE(m_bench->detail("detailPublishedHash"), QString());
}

void DownloadsTabTest::corruptIsSaidAndBothHashesDiffer()
{
    m_bench->serve(QStringLiteral("a"), Reply{.body = m_bench->archive, .flipAt = 1000}, sha1Of(m_bench->archive));
    QVERIFY(m_bench->show());
    QVERIFY(m_bench->waitFor(m_bench->add(DownloadsBench::source(QStringLiteral("a"))), DownloadState::Corrupt));
    QTRY_COMPARE(driver::countRows(m_bench->tab.get(), Downloads, QStringLiteral("Corrupt")), 1);
    QTRY_COMPARE(m_bench->detail("detailPublishedHash"), sha1Of(m_bench->archive));
    QVERIFY(!m_bench->detail("detailOwnHash").isEmpty());
    QVERIFY(m_bench->detail("detailOwnHash") != m_bench->detail("detailPublishedHash"));
    QTRY_VERIFY(m_bench->detail("detailFile").endsWith(QStringLiteral(".corrupt")));
    QVERIFY(!driver::canPress(m_bench->tab.get(), QStringLiteral("Unpack…")));
    QTRY_VERIFY(driver::canPress(m_bench->tab.get(), QStringLiteral("Retry")));
}

void DownloadsTabTest::corruptByTheLastDownloadOffersANewLink()
{
    m_bench->serve(QStringLiteral("a"), Reply{.body = m_bench->archive, .flipAt = 5},
                   sha1Of(m_bench->archive)); // one download is allowed
    QVERIFY(m_bench->show());
    const DownloadId id = m_bench->add(DownloadsBench::source(QStringLiteral("a")));
    QVERIFY(m_bench->waitFor(id, DownloadState::Corrupt));
    QTRY_VERIFY(driver::canPress(m_bench->tab.get(), QStringLiteral("Request a new link…")));
    QVERIFY(m_bench->detail("detailAdvice").contains(QStringLiteral("new link")));
    const QString file = m_bench->queue->download(id)->filePath;
    const QString hash = m_bench->queue->download(id)->sha1;
    // Tried all the same.
    m_bench->jobs[QStringLiteral("a")].delivery.status = DeliveryStatus::MaxDownloadsExceeded;
    QCOMPARE(m_bench->press(QStringLiteral("Retry")), QString());
    QTRY_VERIFY(m_bench->detail("detailReason").contains(QStringLiteral("No other bytes came")));
    QCOMPARE(m_bench->queue->download(id)->state, DownloadState::Corrupt);
    QCOMPARE(m_bench->queue->download(id)->filePath, file);
    QCOMPARE(m_bench->detail("detailOwnHash"), hash);
    QCOMPARE(m_bench->detail("detailPublishedHash"), sha1Of(m_bench->archive));
    QVERIFY(QFile::exists(file));
}

void DownloadsTabTest::aContradictionIsSaidBesideTheVerdict()
{
    m_bench->serve(QStringLiteral("a"), Reply{.body = m_bench->archive}, sha1Of(m_bench->archive));
    m_bench->serve(QStringLiteral("b"), Reply{.body = m_bench->archive}, sha1Of(m_bench->archive));
    QVERIFY(m_bench->show());
    const OrderCheck check(*m_bench->queue);
    DownloadSource wrong = DownloadsBench::source(QStringLiteral("a"));
    wrong.ordered.mongodbVersion = QStringLiteral("5.0.1");
    const DownloadId id = m_bench->add(wrong);
    const DownloadId right = m_bench->add(DownloadsBench::source(QStringLiteral("b")));
    QVERIFY(m_bench->waitFor(id, DownloadState::Verified));
    m_bench->tab->select(id);
    QTRY_VERIFY(m_bench->detail("detailFindings").contains(QStringLiteral("of MongoDB 5.0.1")));
    QVERIFY(m_bench->detail("detailState").startsWith(QStringLiteral("Verified")));
    QTRY_VERIFY(m_bench->queue->download(right)->orderChecked);
    QVERIFY(m_bench->queue->download(right)->findings.isEmpty());
}

void DownloadsTabTest::aBatchHasOneHeadingWithASummary()
{
    const BatchId batch(QStringLiteral("batch"));
    m_bench->serve(QStringLiteral("a"), Reply{.body = m_bench->archive}, sha1Of(m_bench->archive));
    m_bench->serve(QStringLiteral("b"), Reply{.body = m_bench->archive}, sha1Of(m_bench->archive));
    m_bench->serve(QStringLiteral("c"), Reply{.body = m_bench->archive, .flipAt = 5}, sha1Of(m_bench->archive));
    m_bench->serve(QStringLiteral("other"), Reply{.body = m_bench->archive}, sha1Of(m_bench->archive));
    QVERIFY(m_bench->show());
    m_bench->add(DownloadsBench::source(QStringLiteral("a"), batch, 3));
    m_bench->add(DownloadsBench::source(QStringLiteral("other")));
    m_bench->add(DownloadsBench::source(QStringLiteral("b"), batch, 3));
    const DownloadId last = m_bench->add(DownloadsBench::source(QStringLiteral("c"), batch, 3));
    const DownloadsModel &model = m_bench->tab->model();
    QCOMPARE(model.rowCount(), 2);
    const QModelIndex heading = model.index(0, 0);
    QCOMPARE(heading.data().toString(), QStringLiteral("ledger, 3 archives"));
    QCOMPARE(model.rowCount(heading), 3);
    QVERIFY(m_bench->waitFor(last, DownloadState::Corrupt));
    QTRY_COMPARE(heading.siblingAtColumn(DownloadsModel::StateColumn).data().toString(),
                 QStringLiteral("2 of 3 verified, 1 corrupt"));
    const auto *view = m_bench->tab->findChild<QTreeView *>(QStringLiteral("downloads"));
    QVERIFY(view->isExpanded(view->model()->index(0, 0)));
}

void DownloadsTabTest::aMissingPartIsARowWithAWayOut()
{
    m_bench->serve(QStringLiteral("a"), Reply{.body = m_bench->archive}, sha1Of(m_bench->archive));
    QVERIFY(m_bench->show());
    DownloadSource present = DownloadsBench::source(QStringLiteral("a"), BatchId(QStringLiteral("batch")));
    present.batchArchives = 2;
    DownloadSource missing = DownloadsBench::source(QStringLiteral("b"), present.batch);
    missing.batchArchives = 2;
    missing.fileName.clear(); // a job without a link names no file
    Error why;
    why.kind = ErrorKind::LinkUsedUp;
    why.sentence = QStringLiteral("The link was used as often as it may be.");
    m_bench->queue->addMissing(missing, m_bench->folder.path(), QStringLiteral("shard1"), DownloadState::UsedUp, why);
    m_bench->queue->addMissing(missing, m_bench->folder.path(), QStringLiteral("shard1"), DownloadState::UsedUp,
                               why); // once
    QVERIFY(m_bench->waitFor(m_bench->add(present), DownloadState::Verified));
    const DownloadsModel &model = m_bench->tab->model();
    QCOMPARE(model.rowCount(), 1);
    const QModelIndex heading = model.index(0, 0);
    QCOMPARE(model.rowCount(heading), 2);
    const QModelIndex state = heading.siblingAtColumn(DownloadsModel::StateColumn);
    QTRY_COMPARE(state.data().toString(), QStringLiteral("1 of 2 verified, 1 not downloaded"));
    const QModelIndex row = model.index(0, 0, heading);
    QCOMPARE(row.data().toString(), QStringLiteral("shard1"));
    QCOMPARE(row.siblingAtColumn(DownloadsModel::StateColumn).data().toString(),
             QStringLiteral("Not downloaded: link used up"));
    const DownloadId id = m_bench->queue->downloads().front().id;
    m_bench->tab->select(id);
    QTRY_VERIFY(driver::canPress(m_bench->tab.get(), QStringLiteral("Request a new link…")));
    QVERIFY(!driver::canPress(m_bench->tab.get(), QStringLiteral("Retry")));
    m_bench->queue->remove(id);
    QTRY_COMPARE(model.index(0, DownloadsModel::StateColumn).data().toString(),
                 QStringLiteral("1 of 2 verified, 1 not on this list"));
}

void DownloadsTabTest::unpacksAndShowsTheNextSteps()
{
    m_bench->serve(QStringLiteral("a"), Reply{.body = m_bench->archive}, sha1Of(m_bench->archive));
    QVERIFY(m_bench->show());
    QVERIFY(m_bench->waitFor(m_bench->add(DownloadsBench::source(QStringLiteral("a"))), DownloadState::Verified));
    QTRY_VERIFY(driver::canPress(m_bench->tab.get(), QStringLiteral("Unpack…")));
    QCOMPARE(m_bench->press(QStringLiteral("Unpack…")), QString());
    const QString folder = m_bench->path(QStringLiteral("unpacked"));
    QDir().mkpath(folder);
    QVERIFY(answerFileDialog(m_bench->tab.get(), folder));
    QTRY_VERIFY_WITH_TIMEOUT(driver::visibleText(m_bench->tab.get()).contains(QStringLiteral("Unpacked a.tar.gz")),
                             20000);
    QVERIFY(!QDir(folder).isEmpty());

    QCOMPARE(m_bench->press(QStringLiteral("Next steps…")), QString());
    QTRY_VERIFY(driver::window(QStringLiteral("Next steps")));
    QWidget *steps = driver::window(QStringLiteral("Next steps"));
    QTRY_VERIFY_WITH_TIMEOUT(driver::visibleText(steps).contains(QStringLiteral("into service")), 20000);
}

QTEST_MAIN(DownloadsTabTest)
#include "downloads_tab_test.moc"
