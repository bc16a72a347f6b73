/// Flipped bits, hashes in every form, and bodies that are no archive or more than one.
#include "e2e/download_rows.h"

using namespace tidemark;
using namespace tidemark::test;

namespace {

std::vector<Row> rows()
{
    using enum DownloadState;
    using Framing = Reply::Framing;
    const QString name = DownloadFixture::fileName();
    const qint64 size = RowArchive.size();
    std::vector<Row> all;

    // Flipped bits and hashes
    for (const qint64 at : {qint64(0), qint64(3), qint64(20), Middle, size - 6, size - 1}) {
        Reply flipped = whole();
        flipped.flipAt = at;
        all.push_back({"flipped bit, hash", {flipped}, Corrupt, Files::CorruptAside, {"-"}, published});
        if (at != 3) // the flags of the gzip header: may be harmless to the contents
            all.push_back({"flipped bit, no hash", {flipped}, Corrupt, Files::CorruptAside, {"-"}});
    }
    all.push_back({"hash in capitals", {whole()}, Verified, Files::Final, {"-"}, publish(name, RowHash.toUpper())});
    all.push_back({"type in small letters",
                   {whole()},
                   Verified,
                   Files::Final,
                   {"-"},
                   publish(name, RowHash, QStringLiteral("sha1"))});
    all.push_back({"hash for another file",
                   {whole()},
                   IntactNotVerified,
                   Files::Final,
                   {"-"},
                   publish(QStringLiteral("other.tar.gz"), RowHash)});
    all.push_back({"hash for the name in capitals",
                   {whole()},
                   IntactNotVerified,
                   Files::Final,
                   {"-"},
                   publish(name.toUpper(), RowHash)});
    all.push_back({"the right hex as another algorithm",
                   {whole()},
                   IntactNotVerified,
                   Files::Final,
                   {"-"},
                   publish(name, RowHash, QStringLiteral("SHA256"))});
    all.push_back(
        {"hash too short", {whole()}, IntactNotVerified, Files::Final, {"-"}, publish(name, RowHash.left(39))});
    all.push_back({"hash empty", {whole()}, IntactNotVerified, Files::Final, {"-"}, publish(name, QString())});
    all.push_back({"wrong hash", {whole()}, Corrupt, Files::CorruptAside, {"-"}, publish(name, sha1Of(OtherArchive))});
    all.push_back({"hash late", {whole()}, Verified, Files::Final, {"-"}, [](DownloadFixture &f) {
                       f.options.hashWait = std::chrono::seconds(20);
                       f.jobs.beforeRead = [](FakeJobs &jobs) {
                           if (jobs.reads > 6)
                               jobs.publish(DownloadFixture::fileName(), RowHash);
                       };
                   }});
    all.push_back({"job unreadable while the hash is waited for",
                   {whole()},
                   IntactNotVerified,
                   Files::Final,
                   {"-"},
                   [](DownloadFixture &f) {
                       f.jobs.beforeRead = [](FakeJobs &jobs) {
                           if (jobs.reads > 1)
                               jobs.error = Error{.kind = ErrorKind::Network,
                                                  .sentence = QStringLiteral("offline"),
                                                  .retryable = true};
                       };
                   }});

    // Bodies that are no archive, or more than one
    {
        Reply labelled = whole(Framing::Length);
        labelled.headers = {"Content-Encoding: gzip", "Content-Type: application/x-gzip"};
        all.push_back({"labelled Content-Encoding: gzip", {labelled}, Verified, Files::Final, {"-"}, published});
        Reply html{.body = "<!DOCTYPE html><html><body>" + QByteArray(5000, 'x') + "</body></html>",
                   .headers = {"Content-Type: text/html"}};
        all.push_back(
            {"HTML with 200",
             {html},
             Failed,
             Files::NoArchive,
             {"-"},
             published,
             [](DownloadFixture &f, const DownloadId &id) { return hasError(f, id, ErrorKind::Refused, false); }});
        all.push_back(
            {"short HTML with 200", {Reply{.body = "<p>no</p>"}}, Failed, Files::NoArchive, {"-"}, published});
        all.push_back({"HTML with 200, the job says expired",
                       {html},
                       LinkExpired,
                       Files::NoArchive,
                       {"-"},
                       laterStatus(2, DeliveryStatus::Expired)});
        all.push_back({"HTML in place of the rest, labelled as a range",
                       {cut(ranged(), Middle), html},
                       Failed,
                       Files::PartKept,
                       {"-", from(Middle), from(Middle), from(Middle)},
                       published});
        all.push_back({"204",
                       {Reply{.status = 204, .framing = Framing::UntilClose}},
                       Failed,
                       Files::NoArchive,
                       {"-", "-", "-", "-", "-"},
                       published});
        all.push_back({"empty, length 0",
                       {Reply{.framing = Framing::Length}},
                       Failed,
                       Files::NoArchive,
                       {"-", "-", "-", "-", "-"},
                       published});
        all.push_back({"empty, chunked", {Reply{}}, Failed, Files::NoArchive, {"-", "-", "-", "-", "-"}, published});
        all.push_back({"empty, no length",
                       {Reply{.framing = Framing::UntilClose}},
                       Failed,
                       Files::NoArchive,
                       {"-", "-", "-", "-", "-"},
                       published});
        all.push_back({"empty once", {Reply{}, whole()}, Verified, Files::Final, {"-", "-"}, published});
        Reply early = whole();
        early.before = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
        all.push_back({"103 first", {early}, Verified, Files::Final, {"-"}, published});
        early.before = "HTTP/1.1 100 Continue\r\n\r\n";
        all.push_back({"100 first", {early}, Verified, Files::Final, {"-"}, published});
        early.before = "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n";
        all.push_back({"102 and 103 first", {early}, Verified, Files::Final, {"-"}, published});
        Reply more = whole(Framing::Length);
        more.body += noise(5000, 3);
        more.announce = size;
        all.push_back({"more bytes than announced", {more}, Verified, Files::Final, {"-"}, published});
        Reply fewer = ranged();
        fewer.announce = size + 1000;
        all.push_back({"fewer bytes than announced, for ever", {fewer}, Failed, Files::Anything, {}, published});
        Reply junk = whole();
        junk.body += noise(100, 3);
        all.push_back({"bytes behind the archive, no hash", {junk}, Corrupt, Files::CorruptAside, {"-"}});
        all.push_back({"noise, no hash", {Reply{.body = noise(5000, 5)}}, Corrupt, Files::CorruptAside, {"-"}});
        Reply nonsense{.dropBeforeAnswer = false, .before = "SSH-2.0-OpenSSH_9.2\r\n"};
        all.push_back({"no HTTP at all", {nonsense}, Failed, Files::NoArchive, {}, published});
    }
    return all;
}

class DownloadBodies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsAsItShould_data() { addRows(m_rows); }
    void endsAsItShould();
    void endlessBodyIsAskedAbout();
    void endlessBodyMayGoOn();

private:
    const std::vector<Row> m_rows = rows();
};

void DownloadBodies::endsAsItShould()
{
    runRow(thisRow(m_rows));
}

void DownloadBodies::endlessBodyIsAskedAbout()
{
    DownloadFixture fixture;
    fixture.serve({Reply{.body = gzip(noise(1000000, 9)), .repeatForever = true}});
    fixture.makeQueue();
    DownloadSource source = fixture.source();
    source.expectedFileSizeBytes = 1000000;
    const DownloadId id = *fixture.queue->add(source, fixture.folder());
    QVERIFY(fixture.waitForRest(id));
    QCOMPARE(fixture.download(id).question, Question::LargerThanExpected);
    QTest::qWait(700); // what is on its way is still written
    const qint64 here = QFileInfo(fixture.path(QStringLiteral(".part"))).size();
    QVERIFY(here <= 1100000 + 64 * 1024 * 1024);
    QTest::qWait(300);
    QCOMPARE(QFileInfo(fixture.path(QStringLiteral(".part"))).size(), here);
    fixture.queue->answer(id, false);
    QCOMPARE(fixture.download(id).state, DownloadState::Paused);
    QCOMPARE(fixture.download(id).pauseReason, PauseReason::ByPerson);
}

void DownloadBodies::endlessBodyMayGoOn()
{
    const QByteArray large = makeArchive(70 * 1024 * 1024, 4);
    DownloadFixture fixture;
    fixture.serve({Reply{.body = large, .pieceSize = 1024 * 1024}});
    fixture.jobs.publish(DownloadFixture::fileName(), sha1Of(large));
    fixture.makeQueue();
    DownloadSource source = fixture.source();
    source.expectedFileSizeBytes = 1000000;
    const DownloadId id = *fixture.queue->add(source, fixture.folder());
    QVERIFY(fixture.waitForRest(id));
    QCOMPARE(fixture.download(id).question, Question::LargerThanExpected);
    QTest::qWait(1500); // longer than the stall timeout: the connection is held
    fixture.queue->answer(id, true);
    QVERIFY(fixture.waitForState(id, DownloadState::Verified, 60000));
    QCOMPARE(fixture.server->requestCount(), 1);
}

} // namespace

QTEST_GUILESS_MAIN(DownloadBodies)
#include "download_bodies_test.moc"
