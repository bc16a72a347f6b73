/// What a person does to a whole queue: pause all and resume all, the bandwidth limit, downloads at once, groups.
#include "support/download_fixture.h"

#include <QElapsedTimer>
#include <QSignalSpy>

#include <numeric>

using namespace tidemark;
using namespace tidemark::test;

namespace {

class DownloadControl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void pauseAllAndResumeAll();
    void resumeAllLeavesQuestionsOpen();
    void moreAtOnceWhenAllowed();
    void bandwidthLimitHoldsOverAll();
    void limitCanBeLifted();
    void serverGoneForAWhile();
    void aDeadServerKeepsNobodyWaiting();
    void batchIsRememberedAsAGroup();
    void partThatIsNotDeliveredStaysToBeSeen();

private:
    std::vector<DownloadId> addMany(int count);
    int inState(DownloadState state) const;
    qint64 received() const;
    Reply slow() const;

    std::unique_ptr<DownloadFixture> m_fixture;
    const QByteArray m_archive = makeArchive(500000, 3);
};

void DownloadControl::init()
{
    m_fixture = std::make_unique<DownloadFixture>();
}

void DownloadControl::cleanup()
{
    m_fixture.reset();
}

Reply DownloadControl::slow() const
{
    return Reply{.body = m_archive,
                 .framing = Reply::Framing::Length,
                 .ranges = true,
                 .etag = "\"a\"",
                 .chunkPauseMs = 40,
                 .pieceSize = 8192};
}

std::vector<DownloadId> DownloadControl::addMany(int count)
{
    std::vector<DownloadId> ids;
    for (int i = 0; i < count; ++i) {
        DownloadSource each = m_fixture->source();
        each.job = JobId(QString::number(i));
        each.batch = BatchId(QStringLiteral("batch"));
        each.batchTitle = QStringLiteral("ledger, %1 archives").arg(count);
        each.fileName = QStringLiteral("shard%1.tar.gz").arg(i);
        ids.push_back(*m_fixture->queue->add(each, m_fixture->folder()));
    }
    return ids;
}

int DownloadControl::inState(DownloadState state) const
{
    return static_cast<int>(std::ranges::count(m_fixture->queue->downloads(), state, &Download::state));
}

qint64 DownloadControl::received() const
{
    const auto &all = m_fixture->queue->downloads();
    return std::accumulate(all.begin(), all.end(), qint64(0),
                           [](qint64 sum, const Download &download) { return sum + download.bytesReceived; });
}

void DownloadControl::pauseAllAndResumeAll()
{
    m_fixture->serve({slow()});
    m_fixture->makeQueue();
    addMany(4);
    QTRY_COMPARE_WITH_TIMEOUT(inState(DownloadState::Receiving), 2, 20000);
    m_fixture->queue->pauseAll();
    QCOMPARE(inState(DownloadState::Paused), 4); // those that waited for their turn too
    for (const Download &download : m_fixture->queue->downloads())
        QCOMPARE(download.pauseReason, PauseReason::ByPerson);
    QTest::qWait(300);
    const qint64 here = received();
    const int requests = m_fixture->server->requestCount();
    QTest::qWait(400);
    QCOMPARE(received(), here);
    QCOMPARE(m_fixture->server->requestCount(), requests);

    m_fixture->makeQueue(); // what a person paused stays paused over a restart
    QTest::qWait(200);
    QCOMPARE(inState(DownloadState::Paused), 4);
    m_fixture->queue->resumeAll();
    QTRY_COMPARE_WITH_TIMEOUT(inState(DownloadState::IntactNotVerified), 4, 60000);
    for (const Download &download : m_fixture->queue->downloads())
        QCOMPARE(test::contents(download.filePath), m_archive);
}

void DownloadControl::resumeAllLeavesQuestionsOpen()
{
    Reply cut{.body = m_archive};
    cut.cutAfter = 100000;
    m_fixture->serve({cut, Reply{.body = m_archive}});
    m_fixture->jobs.job.delivery.maxDownloads = 1;
    m_fixture->makeQueue();
    const DownloadId id = m_fixture->add();
    QVERIFY(m_fixture->waitForState(id, DownloadState::Paused));
    QCOMPARE(m_fixture->download(id).question, Question::RestartUsesADownload);
    m_fixture->queue->resumeAll();
    QTest::qWait(300);
    QCOMPARE(m_fixture->download(id).question, Question::RestartUsesADownload);
    QCOMPARE(m_fixture->server->requestCount(), 1);
}

void DownloadControl::moreAtOnceWhenAllowed()
{
    m_fixture->serve({slow()});
    m_fixture->options.concurrent = 1;
    m_fixture->makeQueue();
    addMany(4);
    QTRY_COMPARE_WITH_TIMEOUT(inState(DownloadState::Receiving), 1, 20000);
    QTest::qWait(200);
    QCOMPARE(inState(DownloadState::Queued), 3);
    m_fixture->queue->setConcurrent(3);
    QTRY_COMPARE_WITH_TIMEOUT(inState(DownloadState::Receiving), 3, 20000);
    QCOMPARE(inState(DownloadState::Queued), 1);
}

void DownloadControl::bandwidthLimitHoldsOverAll()
{
    constexpr double limit = 1500000;
    Reply fast{.body = makeArchive(8000000, 4), .framing = Reply::Framing::Length, .ranges = true};
    m_fixture->serve({fast});
    m_fixture->options.bytesPerSecondLimit = static_cast<qint64>(limit);
    m_fixture->options.concurrent = 3;
    m_fixture->makeQueue();
    addMany(3);
    QTRY_COMPARE_WITH_TIMEOUT(inState(DownloadState::Receiving), 3, 20000);
    QTest::qWait(500);
    double ratio = 0;
    // Faster is never right. Slower may be the machine's fault, so that is looked at more than once.
    for (int tries = 0; tries < 4 && ratio < 0.95; ++tries) {
        QElapsedTimer clock;
        const qint64 before = received();
        clock.start();
        QTest::qWait(2500);
        const double seconds = static_cast<double>(clock.nsecsElapsed()) / 1e9;
        // Numbers are shown ten times a second, so a tenth of a second may be missing or too much at each end.
        ratio = static_cast<double>(received() - before) / seconds / limit;
        QVERIFY2(ratio <= 1.05 + 0.1 / seconds, qPrintable(QString::number(ratio)));
    }
    QVERIFY2(ratio >= 0.95, qPrintable(QString::number(ratio)));
}

void DownloadControl::limitCanBeLifted()
{
    Reply fast{.body = makeArchive(3000000, 4), .framing = Reply::Framing::Length};
    m_fixture->serve({fast});
    m_fixture->options.bytesPerSecondLimit = 20000;
    m_fixture->makeQueue();
    const DownloadId id = m_fixture->add();
    QVERIFY(m_fixture->waitForState(id, DownloadState::Receiving));
    QTest::qWait(500);
    QVERIFY(m_fixture->download(id).bytesReceived < 100000);
    m_fixture->queue->setBytesPerSecondLimit(0);
    QVERIFY(m_fixture->waitForState(id, DownloadState::IntactNotVerified, 15000));
    QCOMPARE(m_fixture->server->requestCount(), 1); // the same connection, only faster
}

/// As when the network is changed or the cable is out: the connection dies, and nobody answers for a while.
void DownloadControl::serverGoneForAWhile()
{
    m_fixture->options.attempts = 100;
    m_fixture->serve({slow()});
    m_fixture->jobs.publish(DownloadFixture::fileName(), sha1Of(m_archive));
    m_fixture->makeQueue();
    const DownloadId id = m_fixture->add();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->download(id).bytesReceived > 50000, 20000);
    const quint16 port = m_fixture->server->port();
    m_fixture->server.reset(); // its port refuses connections now
    QVERIFY(m_fixture->waitForState(id, DownloadState::WaitingToRetry));
    QTest::qWait(500);
    QVERIFY(!isEnd(m_fixture->download(id).state));
    QVERIFY(m_fixture->download(id).error);
    m_fixture->server = std::make_unique<ScriptedServer>(playing({slow()}), port);
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QVERIFY(m_fixture->server->requests().front().header("range").startsWith("bytes="));
}

void DownloadControl::aDeadServerKeepsNobodyWaiting()
{
    std::atomic<bool> isBack = false;
    const ScriptedServer dead(
        playing([&](const RecordedRequest &, int) { return isBack ? slow() : Reply{.dropBeforeAnswer = true}; }));
    m_fixture->options.concurrent = 1;
    m_fixture->options.attempts = 2;
    m_fixture->options.patience = std::chrono::hours(1);
    m_fixture->serve({slow()});
    const QString good = m_fixture->jobs.job.delivery.url;
    m_fixture->jobs.job.delivery.url = dead.url(QStringLiteral("/pull/x")).toString();
    m_fixture->jobs.publish(DownloadFixture::fileName(), sha1Of(m_archive));
    m_fixture->makeQueue();
    const DownloadId first = m_fixture->add();
    QTRY_VERIFY(dead.requestCount() > 0);
    m_fixture->jobs.job.delivery.url = good;
    DownloadSource other = m_fixture->source();
    other.job = JobId(QStringLiteral("other"));
    const DownloadId second = *m_fixture->queue->add(other, m_fixture->folder());
    QVERIFY(m_fixture->waitForState(second, DownloadState::Verified));
    QVERIFY(!isEnd(m_fixture->download(first).state));
    isBack = true;
    QVERIFY(m_fixture->waitForState(first, DownloadState::Verified));
}

void DownloadControl::batchIsRememberedAsAGroup()
{
    m_fixture->serve({slow()});
    m_fixture->makeQueue();
    const auto ids = addMany(3);
    m_fixture->queue->pauseAll();
    m_fixture->makeQueue();
    for (const DownloadId &id : ids) {
        QCOMPARE(m_fixture->download(id).source.batch, BatchId(QStringLiteral("batch")));
        QCOMPARE(m_fixture->download(id).source.batchTitle, QStringLiteral("ledger, 3 archives"));
    }
}

/// A batch is what was ordered, not what came of it.
void DownloadControl::partThatIsNotDeliveredStaysToBeSeen()
{
    m_fixture->serve({slow()});
    m_fixture->makeQueue();
    const auto ids = addMany(2);
    DownloadSource missing = m_fixture->download(ids.front()).source;
    missing.job = JobId(QStringLiteral("never"));
    missing.fileName.clear();
    const Error why{.kind = ErrorKind::Server, .sentence = QStringLiteral("The archive could not be delivered.")};
    const QSignalSpy ended(m_fixture->queue.get(), &DownloadQueue::ended);
    for (int again = 0; again < 2; ++again)
        m_fixture->queue->addMissing(missing, m_fixture->folder(), QStringLiteral("shard2"), DownloadState::Failed,
                                     why);
    m_fixture->queue->addMissing(m_fixture->download(ids.front()).source, m_fixture->folder(), QStringLiteral("shard0"),
                                 DownloadState::Failed, why); // it is on its way
    QCOMPARE(m_fixture->queue->downloads().size(), size_t(3));
    m_fixture->queue->pauseAll();
    QTest::qWait(300);
    QCOMPARE(ended.size(), 0); // it was never under way
    m_fixture->makeQueue();
    QTest::qWait(300);
    QCOMPARE(m_fixture->queue->downloads().size(), size_t(3));
    const Download &kept = m_fixture->queue->downloads().back();
    QCOMPARE(kept.state, DownloadState::Failed);
    QCOMPARE(kept.error->sentence, why.sentence);
    QCOMPARE(kept.source.batch, BatchId(QStringLiteral("batch")));
}

} // namespace

QTEST_GUILESS_MAIN(DownloadControl)
#include "download_control_test.moc"
