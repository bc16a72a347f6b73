/// What becomes of a download that has ended: over restarts, when its hash comes late, and held against its order.
#include "downloads/journal.h"
#include "downloads/order_check.h"
#include "support/download_fixture.h"

#include <QSignalSpy>

using namespace tidemark;
using namespace tidemark::test;

Q_DECLARE_METATYPE(tidemark::test::Reply)

namespace {

const QByteArray Archive = makeArchive(2000000, 31);

Reply ranged()
{
    return Reply{.body = Archive, .framing = Reply::Framing::Length, .ranges = true, .etag = "\"a\""};
}

Reply slow()
{
    Reply reply = ranged();
    reply.chunkPauseMs = 40;
    return reply;
}

bool overwriteMiddle(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadWrite) && file.seek(1000) && file.write("somebody else was here") > 0;
}

bool write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

class DownloadLater : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<DownloadFixture>(); }
    void cleanup() { m_fixture.reset(); }
    void endedStaysEnded_data();
    void endedStaysEnded();
    void theEndIsSaidOnce();
    void whatFailedGoesOnSomeDay_data();
    void whatFailedGoesOnSomeDay();
    void finishedEntryLeavesARunningJournal();
    void staleChecksumIsReplaced();
    void lateHashIsLookedFor();
    void lateHashAfterARestart_data();
    void lateHashAfterARestart();
    void isHeldAgainstTheOrder_data();
    void isHeldAgainstTheOrder();
    void whatCannotBeReadIsHeldAgainstItLater();

private:
    DownloadId start(const QList<Reply> &script, const QByteArray &published = Archive);
    std::unique_ptr<DownloadFixture> m_fixture;
};

DownloadId DownloadLater::start(const QList<Reply> &script, const QByteArray &published)
{
    m_fixture->serve(script);
    if (!published.isEmpty())
        m_fixture->jobs.publish(DownloadFixture::fileName(), sha1Of(published));
    m_fixture->makeQueue();
    return m_fixture->add();
}

void DownloadLater::endedStaysEnded_data()
{
    QTest::addColumn<Reply>("reply");
    QTest::addColumn<DeliveryStatus>("delivery");
    QTest::addColumn<DownloadState>("state");
    QTest::newRow("verified") << ranged() << DeliveryStatus::Ready << DownloadState::Verified;
    QTest::newRow("failed") << Reply{.status = 451} << DeliveryStatus::Ready << DownloadState::Failed;
    QTest::newRow("expired") << ranged() << DeliveryStatus::Expired << DownloadState::LinkExpired;
    QTest::newRow("cancelled") << slow() << DeliveryStatus::Ready << DownloadState::Cancelled;
}

void DownloadLater::endedStaysEnded()
{
    QFETCH(Reply, reply);
    QFETCH(DeliveryStatus, delivery);
    QFETCH(DownloadState, state);
    m_fixture->jobs.job.delivery.status = delivery;
    const DownloadId id = start({reply});
    if (state == DownloadState::Cancelled)
        m_fixture->queue->cancel(id, true);
    QVERIFY(m_fixture->waitForState(id, state));
    const Download before = m_fixture->download(id);
    const int requests = m_fixture->server->requestCount();
    m_fixture->jobs.job.delivery.status = DeliveryStatus::Ready;
    m_fixture->makeQueue();
    QTest::qWait(300);
    const Download &after = m_fixture->download(id);
    QCOMPARE(after.state, state);
    QCOMPARE(after.sha1, before.sha1);
    QCOMPARE(after.filePath, before.filePath);
    QCOMPARE(after.error, before.error);
    QCOMPARE(m_fixture->server->requestCount(), requests);
}

void DownloadLater::theEndIsSaidOnce()
{
    const DownloadId id = start({ranged()});
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    m_fixture->makeQueue();
    const QSignalSpy ended(m_fixture->queue.get(), &DownloadQueue::ended);
    QSignalSpy changed(m_fixture->queue.get(), &DownloadQueue::changed);
    m_fixture->queue->noteOrderCheck(id, {QStringLiteral("It is of another moment.")});
    QVERIFY(changed.wait(30000));
    QCOMPARE(ended.size(), 0);
}

void DownloadLater::whatFailedGoesOnSomeDay_data()
{
    QTest::addColumn<bool>("wasCorrupt");
    QTest::newRow("failed") << false;
    QTest::newRow("failed to replace a corrupt file") << true;
}

/// Its journal stays when the list has noted the end.
void DownloadLater::whatFailedGoesOnSomeDay()
{
    QFETCH(bool, wasCorrupt);
    Reply wrong = ranged();
    wrong.flipAt = 1000;
    Reply cut = ranged();
    cut.cutAfter = 900000;
    const Reply refusal{.status = 451};
    const DownloadId id =
        start(wasCorrupt ? QList<Reply>{wrong, cut, refusal, ranged()} : QList<Reply>{cut, refusal, ranged()});
    if (wasCorrupt) {
        QVERIFY(m_fixture->waitForState(id, DownloadState::Corrupt));
        m_fixture->queue->retry(id);
    }
    const int requests = wasCorrupt ? 3 : 2;
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->server->requestCount() == requests, 20000);
    QVERIFY(m_fixture->waitForRest(id));
    QCOMPARE(m_fixture->download(id).state, wasCorrupt ? DownloadState::Corrupt : DownloadState::Failed);
    QTRY_VERIFY_WITH_TIMEOUT(readJournal(m_fixture->path(QStringLiteral(".part.json"))), 20000);
    const auto journal = readJournal(m_fixture->path(QStringLiteral(".part.json")));
    QCOMPARE(journal->totalBytes, Archive.size());
    m_fixture->queue->retry(id);
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QCOMPARE(m_fixture->server->requests().back().header("range"), QByteArray("bytes=900000-"));
    QCOMPARE(m_fixture->server->requests().back().header("if-range"), QByteArray("\"a\""));
}

void DownloadLater::finishedEntryLeavesARunningJournal()
{
    const DownloadId first = start({ranged(), slow()});
    QVERIFY(m_fixture->waitForState(first, DownloadState::Verified));
    QTRY_VERIFY(!QFile::exists(m_fixture->path(QStringLiteral(".part.json"))));
    QVERIFY(QFile::rename(m_fixture->path(), m_fixture->path(QStringLiteral(".elsewhere"))));
    const DownloadId second = m_fixture->add();
    QTRY_VERIFY2_WITH_TIMEOUT(m_fixture->download(second).bytesReceived > 200000,
                              qPrintable(m_fixture->describe(second)), 20000);
    m_fixture->queue->pause(second);
    m_fixture->makeQueue();
    QTest::qWait(300);
    QVERIFY(QFile::exists(m_fixture->path(QStringLiteral(".part.json"))));
    m_fixture->queue->resume(second);
    QVERIFY(m_fixture->waitForState(second, DownloadState::Verified));
    QVERIFY(m_fixture->server->requests().back().header("range").startsWith("bytes="));
}

/// While the program runs on.
void DownloadLater::lateHashIsLookedFor()
{
    m_fixture->options.lateHashPoll = std::chrono::milliseconds(100);
    const DownloadId id = start({ranged()}, {});
    QVERIFY(m_fixture->waitForState(id, DownloadState::IntactNotVerified));
    const int reads = m_fixture->jobs.reads;
    QTRY_VERIFY(m_fixture->jobs.reads > reads + 1); // again and again
    QCOMPARE(m_fixture->download(id).state, DownloadState::IntactNotVerified);
    m_fixture->jobs.publish(DownloadFixture::fileName(), sha1Of(Archive));
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QCOMPARE(m_fixture->server->requestCount(), 1);
}

void DownloadLater::lateHashAfterARestart_data()
{
    QTest::addColumn<bool>("changed");
    QTest::newRow("the file is as it was") << false;
    QTest::newRow("the file was changed meanwhile") << true;
}

void DownloadLater::lateHashAfterARestart()
{
    QFETCH(bool, changed);
    const DownloadId id = start({ranged()}, {});
    QVERIFY(m_fixture->waitForState(id, DownloadState::IntactNotVerified));
    m_fixture->queue.reset();
    if (changed)
        QVERIFY(overwriteMiddle(m_fixture->path()));
    m_fixture->jobs.publish(DownloadFixture::fileName(), sha1Of(Archive));
    m_fixture->makeQueue();
    QVERIFY(m_fixture->waitForState(id, changed ? DownloadState::Corrupt : DownloadState::Verified));
    QCOMPARE(QFile::exists(m_fixture->path()), !changed);
    QCOMPARE(QFile::exists(m_fixture->path(QStringLiteral(".sha1"))), !changed);
}

void DownloadLater::staleChecksumIsReplaced()
{
    QVERIFY(write(m_fixture->path(QStringLiteral(".sha1")), "half a li"));
    const DownloadId id = start({ranged()});
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QVERIFY(test::contents(m_fixture->path(QStringLiteral(".sha1"))).startsWith(sha1Of(Archive).toLatin1()));
}

void DownloadLater::isHeldAgainstTheOrder_data()
{
    QTest::addColumn<QString>("ordered");
    QTest::addColumn<int>("findings");
    QTest::newRow("as it was ordered") << QString() << 0;
    QTest::newRow("of another version") << QStringLiteral("5.0.1") << 1;
}

/// The right bytes of the wrong snapshot: the verdict stands, with a finding beside it that survives.
void DownloadLater::isHeldAgainstTheOrder()
{
    QFETCH(QString, ordered);
    QFETCH(int, findings);
    m_fixture->serve({ranged()});
    m_fixture->jobs.publish(DownloadFixture::fileName(), sha1Of(Archive));
    m_fixture->makeQueue();
    const OrderCheck check(*m_fixture->queue);
    DownloadSource source = m_fixture->source();
    source.ordered.mongodbVersion = ordered;
    const DownloadId id = *m_fixture->queue->add(source, m_fixture->folder());
    QTRY_VERIFY(m_fixture->download(id).orderChecked);
    QCOMPARE(m_fixture->download(id).state, DownloadState::Verified);
    QCOMPARE(m_fixture->download(id).findings.size(), findings);
    const QStringList said = m_fixture->download(id).findings;
    m_fixture->makeQueue();
    QCOMPARE(m_fixture->download(id).findings, said);
}

void DownloadLater::whatCannotBeReadIsHeldAgainstItLater()
{
    const DownloadId id = start({ranged()});
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    const QString away = m_fixture->path(QStringLiteral(".away"));
    QVERIFY(QFile::rename(m_fixture->path(), away));
    const OrderCheck check(*m_fixture->queue);
    QTest::qWait(300);
    QVERIFY(QFile::rename(away, m_fixture->path()));
    QTest::qWait(300);
    QVERIFY(!m_fixture->download(id).orderChecked); // it is not read again and again
    const OrderCheck next(*m_fixture->queue);       // as at the next start
    QTRY_VERIFY(m_fixture->download(id).orderChecked);
}

} // namespace

QTEST_GUILESS_MAIN(DownloadLater)
#include "download_later_test.moc"
