/// Connections that drop, stall or trickle, and what a fresh start may cost.
#include "e2e/download_rows.h"

using namespace tidemark;
using namespace tidemark::test;

namespace {

std::vector<Row> rows()
{
    using enum DownloadState;
    using Framing = Reply::Framing;
    const qint64 size = RowArchive.size();
    std::vector<Row> all;

    // The connection drops
    for (const qint64 at : {qint64(512), qint64(513), Middle, size - 1}) {
        all.push_back(
            {"drops, length", {cut(ranged(), at), ranged()}, Verified, Files::Final, {"-", from(at)}, published});
        all.push_back({"drops, chunked",
                       {cut(ranged(Framing::Chunked), at), ranged(Framing::Chunked)},
                       Verified,
                       Files::Final,
                       {"-", from(at)},
                       published});
        all.push_back({"drops, server cannot resume",
                       {cut(whole(), at), whole()},
                       Verified,
                       Files::Final,
                       {"-", from(at)},
                       published});
        all.push_back(
            {"drops with RST", {cut(ranged(), at, true), ranged()}, Verified, Files::Final, {"-", "*"}, published});
    }
    for (const qint64 at : {qint64(0), qint64(1), qint64(511)})
        all.push_back({"drops before the first look",
                       {cut(ranged(), at), ranged()},
                       Verified,
                       Files::Final,
                       {"-", at == 0 ? QByteArray("-") : from(at)},
                       published});
    all.push_back({"drops three times",
                   {cut(ranged(), 1000), cut(ranged(), 1000), cut(ranged(), 1000), ranged()},
                   Verified,
                   Files::Final,
                   {"-", from(1000), from(2000), from(3000)},
                   published});
    all.push_back({"drops, all bytes here, chunked",
                   {cut(ranged(Framing::Chunked), size), ranged()},
                   Verified,
                   Files::Final,
                   {"-", from(size)},
                   published});
    all.push_back({"drops for ever, resumable: a byte more each time counts as progress",
                   {cut(ranged(), 40000)},
                   Verified,
                   Files::Final,
                   {},
                   published});
    all.push_back({"drops for ever at the same byte",
                   {cut(whole(), Middle)},
                   Failed,
                   Files::PartKept,
                   {},
                   published,
                   [](DownloadFixture &f, const DownloadId &id) {
                       return hasError(f, id, ErrorKind::Network, true) && f.server->requestCount() == 5;
                   }});
    all.push_back({"limit 1, cannot resume: asks",
                   {cut(whole(), Middle), whole()},
                   Paused,
                   Files::PartKept,
                   {"-"},
                   limit(1),
                   asksAboutRestart});
    all.push_back({"limit 2, cannot resume: the next is the last, asks",
                   {cut(whole(), Middle), whole()},
                   Paused,
                   Files::PartKept,
                   {"-"},
                   limit(2),
                   asksAboutRestart});
    all.push_back({"limit 3, cannot resume: goes on",
                   {cut(whole(), Middle), whole()},
                   Verified,
                   Files::Final,
                   {"-", from(Middle)},
                   limit(3)});
    all.push_back({"limit not named, cannot resume: asks",
                   {cut(whole(), Middle), whole()},
                   Paused,
                   Files::PartKept,
                   {"-"},
                   limit(0),
                   asksAboutRestart});
    all.push_back({"limit 1, can resume: goes on",
                   {cut(ranged(), Middle), ranged()},
                   Verified,
                   Files::Final,
                   {"-", from(Middle)},
                   limit(1)});
    all.push_back({"no answer at all: each try is one request",
                   {Reply{.dropBeforeAnswer = true}},
                   Failed,
                   Files::NoArchive,
                   {"-", "-", "-", "-", "-"},
                   published});
    all.push_back(
        {"no answer once", {Reply{.dropBeforeAnswer = true}, whole()}, Verified, Files::Final, {"-", "-"}, published});

    // Stalls
    {
        Reply stalls = ranged();
        stalls.stallAfter = Middle;
        all.push_back(
            {"stalls in the middle", {stalls, ranged()}, Verified, Files::Final, {"-", from(Middle)}, published});
        stalls.stallAfter = 0;
        all.push_back({"stalls after the head", {stalls, ranged()}, Verified, Files::Final, {"-", "-"}, published});
        Reply trickles = ranged();
        trickles.pieceSize = 1;
        trickles.chunkPauseMs = 250;
        all.push_back({"a few bytes a second", {trickles, ranged()}, Verified, Files::Final, {"-", "*"}, published});
    }
    return all;
}

class DownloadConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsAsItShould_data() { addRows(m_rows); }
    void endsAsItShould();
    void answersToTheRestartQuestion();
    void silentServerIsGivenUp_data();
    void silentServerIsGivenUp();

private:
    const std::vector<Row> m_rows = rows();
};

void DownloadConnection::endsAsItShould()
{
    runRow(thisRow(m_rows));
}

void DownloadConnection::answersToTheRestartQuestion()
{
    DownloadFixture fixture;
    fixture.serve({cut(whole(), Middle), whole()});
    limit(1)(fixture);
    fixture.makeQueue();
    const DownloadId id = fixture.add();
    QVERIFY(fixture.waitForRest(id));
    QCOMPARE(fixture.download(id).question, Question::RestartUsesADownload);

    fixture.queue->answer(id, false);
    QCOMPARE(fixture.download(id).state, DownloadState::Paused);
    QCOMPARE(fixture.download(id).question, Question::None);
    QCOMPARE(QFileInfo(fixture.path(QStringLiteral(".part"))).size(), Middle);
    fixture.queue->resume(id); // asks again, and still sends nothing
    QVERIFY(QTest::qWaitFor([&] { return fixture.download(id).question != Question::None; }, 20000));
    QCOMPARE(fixture.server->requestCount(), 1);

    fixture.makeQueue(); // the question is still there after a restart
    QCOMPARE(fixture.download(id).question, Question::RestartUsesADownload);
    fixture.queue->answer(id, true);
    QVERIFY(fixture.waitForState(id, DownloadState::Verified));
    QCOMPARE(fixture.server->requestCount(), 2);
    QCOMPARE(test::contents(fixture.path()), RowArchive);
}

void DownloadConnection::silentServerIsGivenUp_data()
{
    QTest::addColumn<qint64>("limit");
    QTest::newRow("no limit of the speed") << qint64(0);
    QTest::newRow("a limit") << qint64(1024 * 1024); // with which a trickle is no fault of the server
}

void DownloadConnection::silentServerIsGivenUp()
{
    QFETCH(qint64, limit);
    DownloadFixture fixture;
    fixture.options.bytesPerSecondLimit = limit;
    fixture.options.attempts = 2;
    fixture.serve({Reply{.dropBeforeAnswer = true, .delay = std::chrono::seconds(3)}});
    fixture.makeQueue();
    const DownloadId id = fixture.add();
    QVERIFY(fixture.waitForState(id, DownloadState::Failed));
    QCOMPARE(fixture.download(id).error->kind, ErrorKind::Network);
    QVERIFY(fixture.download(id).error->sentence.contains(QLatin1String("did not answer in time")));
    QCOMPARE(fixture.server->requestCount(), 2);
}

} // namespace

QTEST_GUILESS_MAIN(DownloadConnection)
#include "download_connection_test.moc"
