#include "support/archive_builder.h"
#include "support/archive_server.h"
#include "support/fake_jobs.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QString FileName = QStringLiteral("rs0-1609947369-5ff5e4a1e4b0a1c2d3e4f5a6.tar.gz");

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

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
    void endedStaysEndedAfterRestart();
    void headerOnlyToV3Link();
    void concurrencyAndOrder();
    void secondAddIsRefused();
    void cancelDeletesThePart();

private:
    void makeQueue(const DownloadOptions &options = quickOptions());
    DownloadSource source() const;
    QString path(const QString &suffix = {}) const
    {
        return m_dir->filePath(QStringLiteral("files/") + FileName + suffix);
    }
    QString folder() const { return m_dir->filePath(QStringLiteral("files")); }
    bool waitForState(const DownloadId &id, DownloadState state, int ms = 20000);
    void serve(const QList<Reply> &script);

    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FakeJobs> m_jobs;
    std::unique_ptr<ArchiveServer> m_server;
    std::unique_ptr<DownloadQueue> m_queue;
    QByteArray m_archive = makeArchive(700000);
};

void DownloadBasics::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QDir(m_dir->path()).mkdir(QStringLiteral("files"));
    m_jobs = std::make_unique<FakeJobs>();
}

void DownloadBasics::cleanup()
{
    m_queue.reset();
    m_server.reset();
}

void DownloadBasics::makeQueue(const DownloadOptions &options)
{
    m_queue.reset();
    m_queue =
        std::make_unique<DownloadQueue>(m_jobs->reader(), m_clock, m_dir->filePath(QStringLiteral("state")), options);
    m_queue->restore();
}

DownloadSource DownloadBasics::source() const
{
    DownloadSource source;
    source.job = m_jobs->job.id;
    source.fileName = FileName;
    source.maxDownloads = 100;
    return source;
}

void DownloadBasics::serve(const QList<Reply> &script)
{
    m_server = std::make_unique<ArchiveServer>(script);
    m_jobs->job.delivery.url =
        m_server->url("/backup/restore/v2/pull/job/KEY=/" + FileName.toLatin1()).toString(QUrl::FullyEncoded);
}

bool DownloadBasics::waitForState(const DownloadId &id, DownloadState state, int ms)
{
    const bool reached = QTest::qWaitFor([&] { return m_queue->download(id)->state == state; }, ms);
    if (!reached) {
        const Download &download = *m_queue->download(id);
        qWarning() << "is" << stateText(download.state) << (download.error ? download.error->sentence : QString());
    }
    return reached;
}

void DownloadBasics::matchingHashIsVerified()
{
    serve({Reply{.body = m_archive}});
    m_jobs->publish(FileName, sha1Of(m_archive).toUpper());
    makeQueue();
    QSignalSpy ended(m_queue.get(), &DownloadQueue::ended);
    const auto id = m_queue->add(source(), folder());
    QVERIFY(id);
    QVERIFY(waitForState(*id, DownloadState::Verified));
    QTRY_COMPARE(ended.size(), 1);
    const Download &download = *m_queue->download(*id);
    QCOMPARE(download.sha1, sha1Of(m_archive));
    QCOMPARE(download.publishedHash, sha1Of(m_archive));
    QCOMPARE(download.filePath, path());
    QCOMPARE(contents(path()), m_archive);
    QCOMPARE(contents(path(QStringLiteral(".sha1"))),
             (sha1Of(m_archive) + QStringLiteral("  ") + FileName).toLatin1() + '\n');
    QVERIFY(!QFile::exists(path(QStringLiteral(".part"))));
    QTRY_VERIFY(!QFile::exists(path(QStringLiteral(".part.json"))));
    QCOMPARE(m_server->requestCount(), 1);
    const SeenRequest request = m_server->requests().front();
    QCOMPARE(request.header("accept-encoding"), QByteArray("identity"));
    QVERIFY(request.header("authorization").isEmpty());
    QVERIFY(request.header("range").isEmpty());
}

void DownloadBasics::noHashIsIntactNotVerified()
{
    serve({Reply{.body = m_archive}});
    makeQueue();
    const auto id = m_queue->add(source(), folder());
    QVERIFY(waitForState(*id, DownloadState::IntactNotVerified));
    QCOMPARE(contents(path()), m_archive);
    QVERIFY(!QFile::exists(path(QStringLiteral(".sha1"))));
}

void DownloadBasics::otherHashIsCorruptAndSetAside()
{
    serve({Reply{.body = m_archive, .flipAt = 1000}});
    m_jobs->publish(FileName, sha1Of(m_archive));
    makeQueue();
    const auto id = m_queue->add(source(), folder());
    QVERIFY(waitForState(*id, DownloadState::Corrupt));
    const Download &download = *m_queue->download(*id);
    QCOMPARE(download.publishedHash, sha1Of(m_archive));
    QVERIFY(download.sha1 != download.publishedHash);
    QCOMPARE(download.filePath, path(QStringLiteral(".corrupt")));
    QVERIFY(QFile::exists(path(QStringLiteral(".corrupt"))));
    QVERIFY(!QFile::exists(path()));
    QVERIFY(!QFile::exists(path(QStringLiteral(".part"))));

    // Again from the first byte, and right this time.
    serve({Reply{.body = m_archive}});
    m_queue->retry(*id);
    QVERIFY(waitForState(*id, DownloadState::Verified));
    QCOMPARE(contents(path()), m_archive);
    QVERIFY(m_server->requests().front().header("range").isEmpty());
}

void DownloadBasics::lateHashIsWaitedFor()
{
    serve({Reply{.body = m_archive}});
    m_jobs->beforeRead = [this](FakeJobs &jobs) {
        if (jobs.reads >= 5)
            jobs.publish(FileName, sha1Of(m_archive));
    };
    auto options = quickOptions();
    options.hashWait = std::chrono::seconds(20);
    makeQueue(options);
    const auto id = m_queue->add(source(), folder());
    QVERIFY(waitForState(*id, DownloadState::Verified));
    QVERIFY(m_jobs->reads >= 5);
}

void DownloadBasics::pauseAndResume()
{
    const Reply slow{.body = m_archive,
                     .framing = Reply::Framing::Length,
                     .ranges = true,
                     .etag = "\"a\"",
                     .chunkPauseMs = 20,
                     .pieceSize = 8192};
    serve({slow});
    m_jobs->publish(FileName, sha1Of(m_archive));
    makeQueue();
    const auto id = m_queue->add(source(), folder());
    QVERIFY(waitForState(*id, DownloadState::Receiving));
    QTRY_VERIFY(m_queue->download(*id)->bytesReceived > 50000);
    m_queue->pause(*id);
    QCOMPARE(m_queue->download(*id)->state, DownloadState::Paused);
    QCOMPARE(m_queue->download(*id)->pauseReason, PauseReason::ByPerson);
    QTest::qWait(200);
    const qint64 here = QFileInfo(path(QStringLiteral(".part"))).size();
    QVERIFY(here > 0 && here < m_archive.size());
    QTest::qWait(200);
    QCOMPARE(QFileInfo(path(QStringLiteral(".part"))).size(), here);
    m_queue->resume(*id);
    QVERIFY(waitForState(*id, DownloadState::Verified));
    QCOMPARE(contents(path()), m_archive);
    QCOMPARE(m_server->requestCount(), 2);
    QCOMPARE(m_server->requests().back().header("range"), "bytes=" + QByteArray::number(here) + '-');
    QCOMPARE(m_server->requests().back().header("if-range"), QByteArray("\"a\""));
}

void DownloadBasics::goesOnAfterRestart()
{
    const Reply slow{.body = m_archive,
                     .framing = Reply::Framing::Length,
                     .ranges = true,
                     .etag = "\"a\"",
                     .chunkPauseMs = 20,
                     .pieceSize = 8192};
    serve({slow});
    m_jobs->publish(FileName, sha1Of(m_archive));
    makeQueue();
    const auto id = m_queue->add(source(), folder());
    QTRY_VERIFY_WITH_TIMEOUT(m_queue->download(*id)->bytesReceived > 50000, 20000);
    m_queue.reset();
    QVERIFY(QFile::exists(path(QStringLiteral(".part"))));
    const QByteArray journal = contents(path(QStringLiteral(".part.json")));
    QVERIFY(!journal.contains("KEY"));
    QVERIFY(!contents(m_dir->filePath(QStringLiteral("state/downloads.json"))).contains("KEY"));

    makeQueue();
    QCOMPARE(m_queue->downloads().size(), size_t(1));
    QVERIFY(waitForState(*id, DownloadState::Verified));
    QCOMPARE(contents(path()), m_archive);
    QVERIFY(m_server->requests().back().header("range").startsWith("bytes="));
}

void DownloadBasics::endedStaysEndedAfterRestart()
{
    serve({Reply{.body = m_archive}});
    m_jobs->publish(FileName, sha1Of(m_archive));
    makeQueue();
    const auto id = m_queue->add(source(), folder());
    QVERIFY(waitForState(*id, DownloadState::Verified));
    const Download before = *m_queue->download(*id);
    makeQueue();
    const Download &after = *m_queue->download(*id);
    QCOMPARE(after.state, DownloadState::Verified);
    QCOMPARE(after.sha1, before.sha1);
    QCOMPARE(after.filePath, before.filePath);
    QTest::qWait(300);
    QCOMPARE(m_server->requestCount(), 1);
}

void DownloadBasics::headerOnlyToV3Link()
{
    serve({Reply{.body = m_archive}});
    m_jobs->job.delivery.urlV2 = m_server->url("/backup/restore/v3/pull/job/" + FileName.toLatin1()).toString();
    m_jobs->job.delivery.authHeader = QStringLiteral("Authorization");
    m_jobs->job.delivery.authValue = QStringLiteral("Bearer s3cret");
    m_jobs->publish(FileName, sha1Of(m_archive));
    makeQueue();
    const auto id = m_queue->add(source(), folder());
    QVERIFY(waitForState(*id, DownloadState::Verified));
    QCOMPARE(m_server->requests().front().header("authorization"), QByteArray("Bearer s3cret"));
    QVERIFY(m_server->requests().front().target.contains("/v3/"));
}

void DownloadBasics::concurrencyAndOrder()
{
    serve({Reply{.body = m_archive, .chunkPauseMs = 10, .pieceSize = 32768}});
    auto options = quickOptions();
    options.concurrent = 2;
    makeQueue(options);
    std::vector<DownloadId> ids;
    for (int i = 0; i < 4; ++i) {
        DownloadSource each = source();
        each.job = JobId(QString::number(i));
        each.fileName = QStringLiteral("file%1.tar.gz").arg(i);
        ids.push_back(*m_queue->add(each, folder()));
    }
    m_queue->move(ids[3], 0);
    QCOMPARE(m_queue->downloads().front().id, ids[3]);
    int most = 0;
    QStringList order;
    const auto look = [&] {
        int running = 0;
        for (const Download &download : m_queue->downloads()) {
            const bool runs = download.state == DownloadState::Receiving ||
                              download.state == DownloadState::Connecting || download.state == DownloadState::Checking;
            running += runs ? 1 : 0;
            if (runs && !order.contains(download.source.fileName))
                order << download.source.fileName;
        }
        most = std::max(most, running);
    };
    connect(m_queue.get(), &DownloadQueue::changed, this, look);
    for (const DownloadId &id : ids)
        QVERIFY(waitForState(id, DownloadState::IntactNotVerified));
    QCOMPARE(most, 2);
    QCOMPARE(order.first(), QStringLiteral("file3.tar.gz"));
}

void DownloadBasics::secondAddIsRefused()
{
    serve({Reply{.body = m_archive, .chunkPauseMs = 50}});
    makeQueue();
    const auto first = m_queue->add(source(), folder());
    QVERIFY(first);
    const auto second = m_queue->add(source(), folder());
    QVERIFY(!second);
    QCOMPARE(second.error().kind, ErrorKind::Conflict);
    QVERIFY(waitForState(*first, DownloadState::IntactNotVerified));
    QTRY_VERIFY(!QFile::exists(path(QStringLiteral(".part.json"))));
    // The file is there now: another download of it must not touch it.
    const auto third = m_queue->add(source(), folder());
    QVERIFY(third);
    QVERIFY(waitForState(*third, DownloadState::Paused));
    QCOMPARE(m_queue->download(*third)->pauseReason, PauseReason::NameTaken);
    QCOMPARE(contents(path()), m_archive);
}

void DownloadBasics::cancelDeletesThePart()
{
    serve({Reply{.body = m_archive, .chunkPauseMs = 30, .pieceSize = 8192}});
    makeQueue();
    const auto id = m_queue->add(source(), folder());
    QTRY_VERIFY_WITH_TIMEOUT(m_queue->download(*id)->bytesReceived > 10000, 20000);
    m_queue->cancel(*id, true);
    QCOMPARE(m_queue->download(*id)->state, DownloadState::Cancelled);
    QTRY_VERIFY(QDir(folder()).isEmpty());
    m_queue->remove(*id);
    QVERIFY(!m_queue->download(*id));
}

} // namespace

QTEST_GUILESS_MAIN(DownloadBasics)
#include "download_basics_test.moc"
