#include "base/text.h"
#include "jobs_bench.h"
#include "session/download_starter.h"
#include "support/file_contents.h"
#include "support/file_dialogs.h"
#include "support/ui_driver.h"

#include <QClipboard>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;

/// Links: who is given one, and what is fetched with them.
class JobsLinksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void onlyCopyLinkGivesALinkAway();
    void jsonMasksLinks();
    void reportsHaveNoLinks_data();
    void reportsHaveNoLinks();
    void aBatchIsFetchedAsAGroup();
    void aUsedUpPartOfABatchIsARow();
    void anExpiredLinkCannotBeUsed();

private:
    std::unique_ptr<JobsBench> m_bench;
    QString m_batch;  ///< a download of the sharded cluster, ready
    QString m_single; ///< a download of the replica set, ready
};

void JobsLinksTest::initTestCase()
{
    m_bench = std::make_unique<JobsBench>();
    QVERIFY2(m_bench->problem().isEmpty(), qPrintable(m_bench->problem()));
    m_batch = m_bench->order(RestoreMode::DownloadSnapshot, JobsBench::Sharded);
    m_single = m_bench->order(RestoreMode::DownloadSnapshot, JobsBench::ReplicaSet);
    QVERIFY(m_bench->waitUntilReady(m_batch));
    QVERIFY(m_bench->waitUntilReady(m_single));
}

void JobsLinksTest::init()
{
    QGuiApplication::clipboard()->clear();
    m_bench->settings.clear();
    QVERIFY(m_bench->show());
}

void JobsLinksTest::onlyCopyLinkGivesALinkAway()
{
    m_bench->tab->select(m_batch);
    QVERIFY(!driver::canPress(m_bench->tab.get(), QStringLiteral("Copy link")));
    const QModelIndex shard = m_bench->view()->model()->index(1, 0, m_bench->view()->currentIndex());
    m_bench->view()->setCurrentIndex(shard);
    QVERIFY(driver::canPress(m_bench->tab.get(), QStringLiteral("Copy link")));
    QCOMPARE(QGuiApplication::clipboard()->text(), QString());
    for (const QString &link : m_bench->links(m_batch))
        QVERIFY(!driver::visibleText(m_bench->tab.get()).contains(link));
    QCOMPARE(driver::press(m_bench->tab.get(), QStringLiteral("Copy link")), QString());
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), m_bench->links(m_batch).at(1));
    QTRY_VERIFY(driver::visibleText(m_bench->tab.get()).contains(QStringLiteral("The link is on the clipboard")));
    QVERIFY(!driver::visibleText(m_bench->tab.get()).contains(m_bench->links(m_batch).at(1)));
}

void JobsLinksTest::jsonMasksLinks()
{
    m_bench->tab->select(m_batch);
    QCOMPARE(driver::press(m_bench->tab.get(), QStringLiteral("Show JSON")), QString());
    QTRY_VERIFY(driver::window(QStringLiteral("Restore job of ") + JobsBench::Sharded));
    QWidget *dialog = driver::window(QStringLiteral("Restore job of ") + JobsBench::Sharded);
    const QString json = dialog->findChild<QPlainTextEdit *>()->toPlainText();
    const QJsonArray jobs = QJsonDocument::fromJson(json.toUtf8()).array();
    QCOMPARE(jobs.size(), 3);
    QVERIFY(json.contains(QStringLiteral("\"batchId\"")));
    QVERIFY(json.contains(QStringLiteral("***")));
    QCOMPARE(m_bench->links(m_batch).size(), 3);
    for (const QString &link : m_bench->links(m_batch)) {
        QVERIFY(!json.contains(link));
        QVERIFY(!json.contains(link.section(QLatin1Char('/'), -2, -2))); // the key
    }
    dialog->close();
}

void JobsLinksTest::reportsHaveNoLinks_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("PDF") << QStringLiteral("r.pdf") << QByteArray("%PDF-");
    QTest::newRow("Markdown") << QStringLiteral("r.md") << QByteArray("# Restore of");
    QTest::newRow("plain text") << QStringLiteral("r.txt") << QByteArray("Restore of");
}

void JobsLinksTest::reportsHaveNoLinks()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, start);
    m_bench->tab->select(m_batch);
    QCOMPARE(driver::press(m_bench->tab.get(), QStringLiteral("Save report…")), QString());
    const QString path = m_bench->path(name);
    QVERIFY(answerFileDialog(m_bench->tab.get(), path));
    QTRY_VERIFY(QFile::exists(path));
    QTRY_VERIFY(driver::visibleText(m_bench->tab.get()).contains(QStringLiteral("The report is in")));
    const QByteArray report = contents(path);
    QVERIFY(report.startsWith(start));
    QVERIFY(!report.contains("/pull/"));
    if (!name.endsWith(QStringLiteral(".pdf"))) {
        for (const RestoreJob &job : m_bench->group(m_batch).jobs)
            QVERIFY(report.contains(job.id.value.toUtf8()));
        QVERIFY(report.contains("3 of 3 ready"));
        QVERIFY(report.contains(isoText(m_bench->clock.now()).left(10).toUtf8()));
    }
}

void JobsLinksTest::aBatchIsFetchedAsAGroup()
{
    m_bench->tab->select(m_batch);
    DownloadStarter starter(m_bench->demo->session(), *m_bench->queue);
    QSignalSpy started(&starter, &DownloadStarter::started);
    connect(m_bench->tab.get(), &JobsTab::downloadRequested, &starter,
            [&](const QString &key) { starter.start(key, m_bench->path(QStringLiteral("files"))); });
    QDir().mkpath(m_bench->path(QStringLiteral("files")));
    QCOMPARE(driver::press(m_bench->tab.get(), QStringLiteral("Download")), QString());
    QTRY_COMPARE(started.count(), 1);
    QCOMPARE(started.front().at(1).toInt(), 3);
    QVERIFY(!starter.isWaiting(m_batch));
    std::vector<Download> ours;
    for (const Download &download : m_bench->queue->downloads()) {
        if (download.source.batch.value == m_batch)
            ours.push_back(download);
    }
    QCOMPARE(ours.size(), 3U);
    for (const Download &download : ours) {
        QVERIFY2(download.source.expectedFileSizeBytes > 0,
                 qPrintable(download.source.fileName + QLatin1Char(' ') + download.source.snapshot.value));
        QVERIFY(download.source.batchTitle.contains(QStringLiteral("3 archives")));
    }
    m_bench->queue->pauseAll();
}

void JobsLinksTest::aUsedUpPartOfABatchIsARow()
{
    const QString batch = m_bench->order(RestoreMode::DownloadSnapshot, JobsBench::Sharded);
    QVERIFY(m_bench->waitUntilReady(batch));
    const RestoreJob spent = m_bench->group(batch).jobs.front();
    QNetworkAccessManager network;
    for (qint64 i = 0; i < spent.delivery.maxDownloads; ++i) {
        const std::unique_ptr<QNetworkReply> reply(network.get(QNetworkRequest(QUrl(spent.delivery.url))));
        QVERIFY(QTest::qWaitFor([&] { return reply->isFinished(); }, 60000));
        QVERIFY2(reply->error() == QNetworkReply::NoError, qPrintable(reply->errorString()));
    }
    const auto isSpent = [&] {
        return std::ranges::any_of(m_bench->group(batch).jobs, [&spent](const RestoreJob &job) {
            return job.id == spent.id && job.delivery.status == DeliveryStatus::MaxDownloadsExceeded;
        });
    };
    QVERIFY(QTest::qWaitFor(
        [&] {
            m_bench->demo->session().jobs().refreshNow();
            return isSpent();
        },
        60000));
    DownloadStarter starter(m_bench->demo->session(), *m_bench->queue);
    QSignalSpy started(&starter, &DownloadStarter::started);
    starter.start(batch, m_bench->path(QStringLiteral("files")));
    QTRY_COMPARE(started.count(), 1);
    QCOMPARE(started.front().at(1).toInt(), 2);
    QVERIFY(!starter.isWaiting(batch));
    int rows = 0;
    for (const Download &download : m_bench->queue->downloads()) {
        if (download.source.batch.value != batch)
            continue;
        ++rows;
        QCOMPARE(download.source.batchArchives, 3);
        QCOMPARE(download.state == DownloadState::UsedUp, download.source.job == spent.id);
        QVERIFY(!download.source.ordered.mongodbVersion.isEmpty());
    }
    QCOMPARE(rows, 3);
    m_bench->queue->pauseAll();
}

void JobsLinksTest::anExpiredLinkCannotBeUsed()
{
    RestoreJob job = m_bench->group(m_single).jobs.front();
    QVERIFY(hasUsableLink(job, m_bench->clock.now()));
    QVERIFY(!hasUsableLink(job, job.delivery.expires.addSecs(1)));
    job.delivery.status = DeliveryStatus::MaxDownloadsExceeded;
    QVERIFY(!hasUsableLink(job, m_bench->clock.now()));
}

QTEST_MAIN(JobsLinksTest)
#include "jobs_links_test.moc"
