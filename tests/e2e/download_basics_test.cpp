#include "support/download_fixture.h"

#include <QProcess>
#include <QSignalSpy>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QString FileName = DownloadFixture::fileName();

class DownloadBasics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void matchingHashIsVerified();
    void noHashIsIntactNotVerified();
    void otherHashIsCorruptAndSetAside();
    void lateHashIsWaitedFor();
    void pauseAndResume();
    void goesOnAfterRestart();
    void headerOnlyToV3Link();
    void concurrencyAndOrder();
    void secondAddIsRefused();
    void cancelDeletesThePart();

private:
    std::unique_ptr<DownloadFixture> m_fixture;
    const QByteArray m_archive = makeArchive(700000);
};

void DownloadBasics::init()
{
    m_fixture = std::make_unique<DownloadFixture>();
}

void DownloadBasics::cleanup()
{
    m_fixture.reset();
}

void DownloadBasics::matchingHashIsVerified()
{
    m_fixture->serve({Reply{.body = m_archive}});
    m_fixture->jobs.publish(FileName, sha1Of(m_archive).toUpper());
    m_fixture->makeQueue();
    QSignalSpy ended(m_fixture->queue.get(), &DownloadQueue::ended);
    const auto id = m_fixture->queue->add(m_fixture->source(), m_fixture->folder());
    QVERIFY(id);
    QVERIFY(m_fixture->waitForState(*id, DownloadState::Verified));
    QTRY_COMPARE(ended.size(), 1);
    const Download &download = *m_fixture->queue->download(*id);
    QCOMPARE(download.sha1, sha1Of(m_archive));
    QCOMPARE(download.publishedHash, sha1Of(m_archive));
    QCOMPARE(download.filePath, m_fixture->path());
    QCOMPARE(test::contents(m_fixture->path()), m_archive);
    QCOMPARE(test::contents(m_fixture->path(QStringLiteral(".sha1"))),
             (sha1Of(m_archive) + QStringLiteral("  ") + FileName).toLatin1() + '\n');
    QProcess judge; // coreutils agree
    judge.setWorkingDirectory(m_fixture->folder());
    judge.start(QStringLiteral("sha1sum"), {QStringLiteral("-c"), FileName + QStringLiteral(".sha1")});
    QVERIFY(judge.waitForFinished());
    QCOMPARE(judge.exitCode(), 0);
    QVERIFY(!QFile::exists(m_fixture->path(QStringLiteral(".part"))));
    QTRY_VERIFY(!QFile::exists(m_fixture->path(QStringLiteral(".part.json"))));
    QCOMPARE(m_fixture->server->requestCount(), 1);
    const RecordedRequest request = m_fixture->server->requests().front();
    QCOMPARE(request.header("accept-encoding"), QByteArray("identity"));
    QVERIFY(request.header("authorization").isEmpty());
    QVERIFY(request.header("range").isEmpty());
}

void DownloadBasics::noHashIsIntactNotVerified()
{
    m_fixture->serve({Reply{.body = m_archive}});
    m_fixture->makeQueue();
    const auto id = m_fixture->queue->add(m_fixture->source(), m_fixture->folder());
    QVERIFY(m_fixture->waitForState(*id, DownloadState::IntactNotVerified));
    QCOMPARE(test::contents(m_fixture->path()), m_archive);
    QVERIFY(!QFile::exists(m_fixture->path(QStringLiteral(".sha1"))));
}

void DownloadBasics::otherHashIsCorruptAndSetAside()
{
    m_fixture->serve({Reply{.body = m_archive, .flipAt = 1000}});
    m_fixture->jobs.publish(FileName, sha1Of(m_archive));
    m_fixture->makeQueue();
    const auto id = m_fixture->queue->add(m_fixture->source(), m_fixture->folder());
    QVERIFY(m_fixture->waitForState(*id, DownloadState::Corrupt));
    const Download &download = *m_fixture->queue->download(*id);
    QCOMPARE(download.publishedHash, sha1Of(m_archive));
    QVERIFY(download.sha1 != download.publishedHash);
    QCOMPARE(download.filePath, m_fixture->path(QStringLiteral(".corrupt")));
    QVERIFY(QFile::exists(m_fixture->path(QStringLiteral(".corrupt"))));
    QVERIFY(!QFile::exists(m_fixture->path()));
    QVERIFY(!QFile::exists(m_fixture->path(QStringLiteral(".part"))));

    // Again from the first byte, and right this time.
    m_fixture->serve({Reply{.body = m_archive}});
    m_fixture->queue->retry(*id);
    QVERIFY(m_fixture->waitForState(*id, DownloadState::Verified));
    QCOMPARE(test::contents(m_fixture->path()), m_archive);
    QVERIFY(m_fixture->server->requests().front().header("range").isEmpty());
}

void DownloadBasics::lateHashIsWaitedFor()
{
    m_fixture->serve({Reply{.body = m_archive}});
    m_fixture->jobs.beforeRead = [this](FakeJobs &jobs) {
        if (jobs.reads >= 5)
            jobs.publish(FileName, sha1Of(m_archive));
    };
    auto options = quickOptions();
    options.hashWait = std::chrono::seconds(20);
    m_fixture->options = options;
    m_fixture->makeQueue();
    const auto id = m_fixture->queue->add(m_fixture->source(), m_fixture->folder());
    QVERIFY(m_fixture->waitForState(*id, DownloadState::Verified));
    QVERIFY(m_fixture->jobs.reads >= 5);
}

void DownloadBasics::pauseAndResume()
{
    const Reply slow{.body = m_archive,
                     .framing = Reply::Framing::Length,
                     .ranges = true,
                     .etag = "\"a\"",
                     .chunkPauseMs = 20,
                     .pieceSize = 8192};
    m_fixture->serve({slow});
    m_fixture->jobs.publish(FileName, sha1Of(m_archive));
    m_fixture->makeQueue();
    const auto id = m_fixture->queue->add(m_fixture->source(), m_fixture->folder());
    QVERIFY(m_fixture->waitForState(*id, DownloadState::Receiving));
    QTRY_VERIFY(m_fixture->queue->download(*id)->bytesReceived > 50000);
    m_fixture->queue->pause(*id);
    QCOMPARE(m_fixture->queue->download(*id)->state, DownloadState::Paused);
    QCOMPARE(m_fixture->queue->download(*id)->pauseReason, PauseReason::ByPerson);
    QTest::qWait(200);
    const qint64 here = QFileInfo(m_fixture->path(QStringLiteral(".part"))).size();
    QVERIFY(here > 0 && here < m_archive.size());
    QTest::qWait(200);
    QCOMPARE(QFileInfo(m_fixture->path(QStringLiteral(".part"))).size(), here);
    m_fixture->queue->resume(*id);
    QVERIFY(m_fixture->waitForState(*id, DownloadState::Verified));
    QCOMPARE(test::contents(m_fixture->path()), m_archive);
    QCOMPARE(m_fixture->server->requestCount(), 2);
    QCOMPARE(m_fixture->server->requests().back().header("range"), "bytes=" + QByteArray::number(here) + '-');
    QCOMPARE(m_fixture->server->requests().back().header("if-range"), QByteArray("\"a\""));
}

void DownloadBasics::goesOnAfterRestart()
{
    const Reply slow{.body = m_archive,
                     .framing = Reply::Framing::Length,
                     .ranges = true,
                     .etag = "\"a\"",
                     .chunkPauseMs = 20,
                     .pieceSize = 8192};
    m_fixture->serve({slow});
    m_fixture->jobs.publish(FileName, sha1Of(m_archive));
    m_fixture->makeQueue();
    const auto id = m_fixture->queue->add(m_fixture->source(), m_fixture->folder());
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->queue->download(*id)->bytesReceived > 50000, 20000);
    m_fixture->queue.reset();
    QVERIFY(QFile::exists(m_fixture->path(QStringLiteral(".part"))));
    const QByteArray journal = test::contents(m_fixture->path(QStringLiteral(".part.json")));
    QVERIFY(!journal.contains("KEY"));
    QVERIFY(!test::contents(m_fixture->stateDir() + QStringLiteral("/downloads.json")).contains("KEY"));

    m_fixture->makeQueue();
    QCOMPARE(m_fixture->queue->downloads().size(), size_t(1));
    QVERIFY(m_fixture->waitForState(*id, DownloadState::Verified));
    QCOMPARE(test::contents(m_fixture->path()), m_archive);
    QVERIFY(m_fixture->server->requests().back().header("range").startsWith("bytes="));
}

void DownloadBasics::headerOnlyToV3Link()
{
    m_fixture->serve({Reply{.body = m_archive}});
    m_fixture->jobs.job.delivery.urlV2 =
        m_fixture->server->url(QStringLiteral("/backup/restore/v3/pull/job/") + FileName).toString();
    m_fixture->jobs.job.delivery.authHeader = QStringLiteral("Authorization");
    m_fixture->jobs.job.delivery.authValue = QStringLiteral("Bearer s3cret");
    m_fixture->jobs.publish(FileName, sha1Of(m_archive));
    m_fixture->makeQueue();
    const auto id = m_fixture->queue->add(m_fixture->source(), m_fixture->folder());
    QVERIFY(m_fixture->waitForState(*id, DownloadState::Verified));
    QCOMPARE(m_fixture->server->requests().front().header("authorization"), QByteArray("Bearer s3cret"));
    QVERIFY(m_fixture->server->requests().front().target.contains("/v3/"));
}

void DownloadBasics::concurrencyAndOrder()
{
    m_fixture->serve({Reply{.body = m_archive, .chunkPauseMs = 10, .pieceSize = 32768}});
    auto options = quickOptions();
    options.concurrent = 2;
    m_fixture->options = options;
    m_fixture->makeQueue();
    std::vector<DownloadId> ids;
    for (int i = 0; i < 4; ++i) {
        DownloadSource each = m_fixture->source();
        each.job = JobId(QString::number(i));
        each.fileName = QStringLiteral("file%1.tar.gz").arg(i);
        ids.push_back(*m_fixture->queue->add(each, m_fixture->folder()));
    }
    m_fixture->queue->move(ids[3], 0);
    QCOMPARE(m_fixture->queue->downloads().front().id, ids[3]);
    int most = 0;
    QStringList order;
    const auto look = [&] {
        int running = 0;
        for (const Download &download : m_fixture->queue->downloads()) {
            const bool runs = download.state == DownloadState::Receiving ||
                              download.state == DownloadState::Connecting || download.state == DownloadState::Checking;
            running += runs ? 1 : 0;
            if (runs && !order.contains(download.source.fileName))
                order << download.source.fileName;
        }
        most = std::max(most, running);
    };
    connect(m_fixture->queue.get(), &DownloadQueue::changed, this, look);
    for (const DownloadId &id : ids)
        QVERIFY(m_fixture->waitForState(id, DownloadState::IntactNotVerified));
    QCOMPARE(most, 2);
    QCOMPARE(order.first(), QStringLiteral("file3.tar.gz"));
}

void DownloadBasics::secondAddIsRefused()
{
    m_fixture->serve({Reply{.body = m_archive, .chunkPauseMs = 50}});
    m_fixture->makeQueue();
    const auto first = m_fixture->queue->add(m_fixture->source(), m_fixture->folder());
    QVERIFY(first);
    const auto second = m_fixture->queue->add(m_fixture->source(), m_fixture->folder());
    QVERIFY(!second);
    QCOMPARE(second.error().kind, ErrorKind::Conflict);
    QVERIFY(m_fixture->waitForState(*first, DownloadState::IntactNotVerified));
    QTRY_VERIFY(!QFile::exists(m_fixture->path(QStringLiteral(".part.json"))));
    // The file is there now: another download of it must not touch it.
    const auto third = m_fixture->queue->add(m_fixture->source(), m_fixture->folder());
    QVERIFY(third);
    QVERIFY(m_fixture->waitForState(*third, DownloadState::Paused));
    QCOMPARE(m_fixture->queue->download(*third)->pauseReason, PauseReason::NameTaken);
    QCOMPARE(test::contents(m_fixture->path()), m_archive);
}

void DownloadBasics::cancelDeletesThePart()
{
    m_fixture->serve({Reply{.body = m_archive, .chunkPauseMs = 30, .pieceSize = 8192}});
    m_fixture->makeQueue();
    const auto id = m_fixture->queue->add(m_fixture->source(), m_fixture->folder());
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->queue->download(*id)->bytesReceived > 10000, 20000);
    m_fixture->queue->cancel(*id, true);
    QCOMPARE(m_fixture->queue->download(*id)->state, DownloadState::Cancelled);
    QTRY_VERIFY(QDir(m_fixture->folder()).isEmpty());
    m_fixture->queue->remove(*id);
    QVERIFY(!m_fixture->queue->download(*id));
}

} // namespace

QTEST_GUILESS_MAIN(DownloadBasics)
#include "download_basics_test.moc"
