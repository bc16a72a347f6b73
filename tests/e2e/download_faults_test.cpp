#include "support/download_fixture.h"

#include <QSignalSpy>

#include <functional>
#include <vector>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QByteArray Archive = makeArchive(300000, 1);
const QByteArray Other = makeArchive(300000, 2);
const QString Hash = sha1Of(Archive);
constexpr qint64 Middle = 100000;

/// What is in the folder afterwards.
enum class Files {
    Final,        ///< exactly the archive under its final name
    OtherFinal,   ///< exactly the other archive under the final name
    PartKept,     ///< a beginning of the archive in the part file
    NoArchive,    ///< no byte anywhere
    CorruptAside, ///< only NAME.corrupt
    Anything
};

struct Row
{
    const char *title;
    QList<Reply> script;
    DownloadState state;
    Files files;
    /// The requests' Range headers in order ("-" for none, "*" for any number of whatever follows); empty: not checked.
    QList<QByteArray> ranges;
    /// Changes to the job, the options, …
    std::function<void(DownloadFixture &)> prepare = {};
    /// Checks of its own.
    std::function<bool(DownloadFixture &, const DownloadId &)> check = {};
};

Reply whole(Reply::Framing framing = Reply::Framing::Chunked)
{
    return Reply{.body = Archive, .framing = framing};
}

Reply ranged(Reply::Framing framing = Reply::Framing::Length)
{
    return Reply{.body = Archive, .framing = framing, .ranges = true, .etag = "\"a\""};
}

Reply cut(Reply reply, qint64 after, bool reset = false)
{
    reply.cutAfter = after;
    reply.reset = reset;
    return reply;
}

Reply status(int code, const QList<QByteArray> &headers = {}, const QByteArray &body = "<html>error</html>")
{
    return Reply{.status = code, .body = body, .headers = headers, .framing = Reply::Framing::Length};
}

QByteArray from(qint64 offset)
{
    return "bytes=" + QByteArray::number(offset) + '-';
}

void published(DownloadFixture &fixture)
{
    fixture.jobs.publish(DownloadFixture::fileName(), Hash);
}

auto limit(qint64 downloads)
{
    return [downloads](DownloadFixture &fixture) {
        published(fixture);
        fixture.jobs.job.delivery.maxDownloads = downloads;
    };
}

auto publish(const QString &fileName, const QString &hash, const QString &type = QStringLiteral("SHA1"))
{
    return [=](DownloadFixture &fixture) { fixture.jobs.publish(fileName, hash, type); };
}

/// From the n-th reading on the job has this delivery status.
auto laterStatus(int reads, DeliveryStatus later)
{
    return [=](DownloadFixture &fixture) {
        published(fixture);
        fixture.jobs.beforeRead = [=](FakeJobs &jobs) {
            if (jobs.reads >= reads)
                jobs.job.delivery.status = later;
        };
    };
}

bool asksAboutRestart(DownloadFixture &fixture, const DownloadId &id)
{
    return fixture.download(id).question == Question::RestartUsesADownload &&
           fixture.download(id).pauseReason == PauseReason::Question;
}

bool hasError(DownloadFixture &fixture, const DownloadId &id, ErrorKind kind, bool retryable)
{
    const auto &error = fixture.download(id).error;
    return error && error->kind == kind && error->retryable == retryable && !error->sentence.isEmpty();
}

std::vector<Row> rows()
{
    using enum DownloadState;
    using Framing = Reply::Framing;
    const QString name = DownloadFixture::fileName();
    const qint64 size = Archive.size();
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

    // Ranges
    all.push_back({"range ignored",
                   {cut(ranged(), Middle), whole(Framing::Length)},
                   Verified,
                   Files::Final,
                   {"-", from(Middle)},
                   published});
    {
        Reply shifted = ranged();
        shifted.rangeShift = 1;
        all.push_back({"range one byte too late",
                       {cut(ranged(), Middle), shifted, ranged()},
                       Verified,
                       Files::Final,
                       {"-", from(Middle), "-"},
                       published});
        Reply early = ranged();
        early.rangeShift = -1;
        all.push_back({"range one byte too early",
                       {cut(ranged(), Middle), early, ranged()},
                       Verified,
                       Files::Final,
                       {"-", from(Middle), "-"},
                       published});
        Reply otherTotal = ranged();
        otherTotal.contentRange = "bytes 100000-" + QByteArray::number(size - 1) + '/' + QByteArray::number(size + 7);
        all.push_back({"another total",
                       {cut(ranged(), Middle), otherTotal, ranged()},
                       Verified,
                       Files::Final,
                       {"-", from(Middle), "-"},
                       published});
        Reply unnamed = whole(Framing::Length);
        unnamed.status = 206;
        all.push_back({"206 that names no range",
                       {cut(ranged(), Middle), unnamed, ranged()},
                       Verified,
                       Files::Final,
                       {"-", from(Middle), "-"},
                       published});
        Reply lying = ranged(); // says the right range and sends the file's beginning
        lying.rangeShift = -Middle;
        lying.contentRange = "bytes 100000-" + QByteArray::number(size - 1) + '/' + QByteArray::number(size);
        all.push_back({"right range named, wrong bytes and length",
                       {cut(ranged(), Middle), lying, ranged()},
                       Verified,
                       Files::Final,
                       {"-", from(Middle), "-"},
                       published});
        lying.framing = Framing::Chunked;
        all.push_back({"right range named, more bytes than that",
                       {cut(ranged(), Middle), lying, ranged()},
                       Verified,
                       Files::Final,
                       {"-", from(Middle), "-"},
                       published});
    }
    {
        Reply changed = ranged();
        changed.body = Other;
        changed.etag = "\"b\"";
        all.push_back({"changed file, If-Range honoured",
                       {cut(ranged(), Middle), changed},
                       Verified,
                       Files::OtherFinal,
                       {"-", from(Middle)},
                       publish(name, sha1Of(Other))});
        changed.ignoreIfRange = true;
        all.push_back({"changed file, If-Range ignored, ETag tells",
                       {cut(ranged(), Middle), changed},
                       Verified,
                       Files::OtherFinal,
                       {"-", from(Middle), "-"},
                       publish(name, sha1Of(Other))});
        changed.etag = {};
        changed.body = Archive;
        changed.flipAt = size - 1000;
        all.push_back({"changed file, nothing tells: only the hash does",
                       {cut(ranged(), Middle), changed},
                       Corrupt,
                       Files::CorruptAside,
                       {"-", from(Middle)},
                       published});
    }
    all.push_back({"416, no total, bytes are all here",
                   {cut(ranged(Framing::Chunked), size), status(416)},
                   Verified,
                   Files::Final,
                   {"-", from(size)},
                   published});
    all.push_back({"416, no total, bytes are not all here",
                   {cut(ranged(Framing::Chunked), Middle), status(416), whole()},
                   Verified,
                   Files::Final,
                   {"-", from(Middle), "-"},
                   published});
    all.push_back({"416, a shorter file",
                   {cut(ranged(), Middle), status(416, {"Content-Range: bytes */5000"}), whole()},
                   Verified,
                   Files::Final,
                   {"-", from(Middle), "-"},
                   published});

    // No length
    all.push_back({"no length, complete", {whole(Framing::UntilClose)}, Verified, Files::Final, {"-"}, published});
    all.push_back(
        {"no length, complete, no hash", {whole(Framing::UntilClose)}, IntactNotVerified, Files::Final, {"-"}});
    for (const qint64 at : {qint64(600), Middle, size - 8, size - 1}) {
        all.push_back({"no length, cut",
                       {cut(whole(Framing::UntilClose), at), whole()},
                       Verified,
                       Files::Final,
                       {"-", from(at)},
                       published});
        all.push_back({"no length, cut, no hash",
                       {cut(whole(Framing::UntilClose), at), whole()},
                       IntactNotVerified,
                       Files::Final,
                       {"-", from(at)}});
        all.push_back({"no length, cut, limit 1",
                       {cut(whole(Framing::UntilClose), at), whole()},
                       Paused,
                       Files::PartKept,
                       {"-"},
                       limit(1),
                       asksAboutRestart});
    }

    // Flipped bits and hashes
    for (const qint64 at : {qint64(0), qint64(3), qint64(20), Middle, size - 6, size - 1}) {
        Reply flipped = whole();
        flipped.flipAt = at;
        all.push_back({"flipped bit, hash", {flipped}, Corrupt, Files::CorruptAside, {"-"}, published});
        if (at != 3) // the flags of the gzip header: may be harmless to the contents
            all.push_back({"flipped bit, no hash", {flipped}, Corrupt, Files::CorruptAside, {"-"}});
    }
    all.push_back({"hash in capitals", {whole()}, Verified, Files::Final, {"-"}, publish(name, Hash.toUpper())});
    all.push_back({"type in small letters",
                   {whole()},
                   Verified,
                   Files::Final,
                   {"-"},
                   publish(name, Hash, QStringLiteral("sha1"))});
    all.push_back({"hash for another file",
                   {whole()},
                   IntactNotVerified,
                   Files::Final,
                   {"-"},
                   publish(QStringLiteral("other.tar.gz"), Hash)});
    all.push_back({"hash for the name in capitals",
                   {whole()},
                   IntactNotVerified,
                   Files::Final,
                   {"-"},
                   publish(name.toUpper(), Hash)});
    all.push_back({"the right hex as another algorithm",
                   {whole()},
                   IntactNotVerified,
                   Files::Final,
                   {"-"},
                   publish(name, Hash, QStringLiteral("SHA256"))});
    all.push_back({"hash too short", {whole()}, IntactNotVerified, Files::Final, {"-"}, publish(name, Hash.left(39))});
    all.push_back({"hash empty", {whole()}, IntactNotVerified, Files::Final, {"-"}, publish(name, QString())});
    all.push_back({"wrong hash", {whole()}, Corrupt, Files::CorruptAside, {"-"}, publish(name, sha1Of(Other))});
    all.push_back({"hash late", {whole()}, Verified, Files::Final, {"-"}, [](DownloadFixture &f) {
                       f.options.hashWait = std::chrono::seconds(20);
                       f.jobs.beforeRead = [](FakeJobs &jobs) {
                           if (jobs.reads > 6)
                               jobs.publish(DownloadFixture::fileName(), Hash);
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
                       {"-", from(Middle)},
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

    // Statuses
    for (const int code : {401, 403, 404, 410}) {
        all.push_back({"refused, the job says expired",
                       {status(code)},
                       LinkExpired,
                       Files::NoArchive,
                       {"-"},
                       laterStatus(2, DeliveryStatus::Expired)});
        all.push_back({"refused, the job says used up",
                       {status(code)},
                       UsedUp,
                       Files::NoArchive,
                       {"-"},
                       laterStatus(2, DeliveryStatus::MaxDownloadsExceeded)});
        all.push_back(
            {"refused, the job says good", {status(code)}, Failed, Files::NoArchive, {"-", "-", "-"}, published});
        all.push_back({"refused once", {status(code), whole()}, Verified, Files::Final, {"-", "-"}, published});
        all.push_back({"refused in the middle, expired",
                       {cut(ranged(), Middle), status(code)},
                       LinkExpired,
                       Files::PartKept,
                       {"-", from(Middle)},
                       laterStatus(2, DeliveryStatus::Expired)});
        all.push_back({"refused in the middle, used up",
                       {cut(ranged(), Middle), status(code)},
                       UsedUp,
                       Files::PartKept,
                       {"-", from(Middle)},
                       laterStatus(2, DeliveryStatus::MaxDownloadsExceeded)});
    }
    all.push_back(
        {"refused, the link's time is over",
         {status(403)},
         LinkExpired,
         Files::NoArchive,
         {"-", "-", "-"},
         [](DownloadFixture &f) { f.jobs.job.delivery.expires = QDateTime::currentDateTimeUtc().addSecs(-60); }});
    all.push_back({"refused, all downloads were started",
                   {cut(ranged(), Middle), status(403)},
                   UsedUp,
                   Files::PartKept,
                   {},
                   limit(1)});
    all.push_back({"429 with seconds",
                   {status(429, {"Retry-After: 1"}), whole()},
                   Verified,
                   Files::Final,
                   {"-", "-"},
                   published});
    for (const int code : {500, 502, 503}) {
        all.push_back({"server error once", {status(code), whole()}, Verified, Files::Final, {"-", "-"}, published});
        all.push_back({"server error in the middle",
                       {cut(ranged(), Middle), status(code), ranged()},
                       Verified,
                       Files::Final,
                       {"-", from(Middle), from(Middle)},
                       published});
        all.push_back(
            {"server error for ever",
             {status(code)},
             Failed,
             Files::NoArchive,
             {"-", "-", "-", "-", "-"},
             published,
             [](DownloadFixture &f, const DownloadId &id) { return hasError(f, id, ErrorKind::Server, true); }});
    }
    all.push_back({"400", {status(400)}, Failed, Files::NoArchive, {"-"}, published});
    all.push_back({"redirect, relative",
                   {status(302, {"Location: other"}), whole()},
                   Verified,
                   Files::Final,
                   {"-", "-"},
                   published});
    all.push_back({"redirect loop",
                   {status(307, {"Location: /again"})},
                   Failed,
                   Files::NoArchive,
                   {"-", "-", "-", "-", "-", "-"},
                   published});
    all.push_back({"redirect to nowhere", {status(302)}, Failed, Files::NoArchive, {"-"}, published});
    all.push_back({"redirect to a file",
                   {status(302, {"Location: file:///etc/passwd"})},
                   Failed,
                   Files::NoArchive,
                   {"-"},
                   published});

    // The job
    all.push_back({"expired before the start",
                   {whole()},
                   LinkExpired,
                   Files::NoArchive,
                   {},
                   laterStatus(1, DeliveryStatus::Expired),
                   [](DownloadFixture &f, const DownloadId &) { return f.server->requestCount() == 0; }});
    all.push_back({"delivery failed", {whole()}, Failed, Files::NoArchive, {}, laterStatus(1, DeliveryStatus::Failed)});
    all.push_back({"still being prepared", {whole()}, Verified, Files::Final, {"-"}, [](DownloadFixture &f) {
                       published(f);
                       const QString url = std::exchange(f.jobs.job.delivery.url, QString());
                       f.jobs.job.delivery.status = DeliveryStatus::InProgress;
                       f.jobs.beforeRead = [url](FakeJobs &jobs) {
                           if (jobs.reads < 8)
                               return;
                           jobs.job.delivery.url = url;
                           jobs.job.delivery.status = DeliveryStatus::Ready;
                       };
                   }});
    all.push_back({"job unreadable for a while", {whole()}, Verified, Files::Final, {"-"}, [](DownloadFixture &f) {
                       published(f);
                       f.jobs.beforeRead = [](FakeJobs &jobs) {
                           jobs.error.reset();
                           if (jobs.reads < 4)
                               jobs.error = Error{.kind = ErrorKind::Network,
                                                  .sentence = QStringLiteral("offline"),
                                                  .retryable = true};
                       };
                   }});
    all.push_back({"job unreadable: wrong key", {whole()}, Failed, Files::NoArchive, {}, [](DownloadFixture &f) {
                       f.jobs.error = Error{.kind = ErrorKind::Credentials, .sentence = QStringLiteral("wrong key")};
                   }});

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
        all.push_back({"a few bytes a second", {trickles, ranged()}, Verified, Files::Final, {"-", "-"}, published});
    }
    return all;
}

class DownloadFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsAsItShould_data();
    void endsAsItShould();
    void answersToTheRestartQuestion();
    void endlessBodyIsAskedAbout();
    void endlessBodyMayGoOn();
    void honoursRetryAfter_data();
    void honoursRetryAfter();
    void newLinkAfterRefusal();
    void redirectsNeverCarryTheHeader();
    void silentServerIsGivenUp();

private:
    const std::vector<Row> m_rows = rows();
};

void DownloadFaults::endsAsItShould_data()
{
    QTest::addColumn<int>("number");
    for (size_t i = 0; i < m_rows.size(); ++i)
        QTest::addRow("%zu %s", i, m_rows[i].title) << static_cast<int>(i);
}

void DownloadFaults::endsAsItShould()
{
    QFETCH(int, number);
    const Row &row = m_rows[static_cast<size_t>(number)];
    DownloadFixture fixture;
    fixture.serve(row.script);
    if (row.prepare)
        row.prepare(fixture);
    fixture.makeQueue();
    QSignalSpy ended(fixture.queue.get(), &DownloadQueue::ended);
    const DownloadId id = fixture.add();
    QVERIFY(fixture.waitForRest(id));
    const QByteArray says = fixture.describe(id).toUtf8();
    QVERIFY2(fixture.download(id).state == row.state, says.constData());
    QTRY_COMPARE(ended.size(), isEnd(row.state) ? 1 : 0);

    const auto requests = fixture.server->requests();
    for (qsizetype i = 0; i < row.ranges.size(); ++i) {
        if (row.ranges.at(i) == "*")
            break;
        QVERIFY2(static_cast<size_t>(i) < requests.size(), says.constData());
        const QByteArray range = requests[static_cast<size_t>(i)].header("range");
        QCOMPARE(range.isEmpty() ? QByteArray("-") : range, row.ranges.at(i));
    }
    if (!row.ranges.isEmpty() && row.ranges.last() != "*")
        QCOMPARE(static_cast<qsizetype>(requests.size()), row.ranges.size());
    for (const SeenRequest &request : requests) {
        QCOMPARE(request.method, QByteArray("GET"));
        QCOMPARE(request.header("accept-encoding"), QByteArray("identity"));
        QVERIFY(request.header("authorization").isEmpty());
    }

    QDir folder(fixture.folder());
    const QByteArray final = DownloadFixture::contents(fixture.path());
    const QByteArray part = DownloadFixture::contents(fixture.path(QStringLiteral(".part")));
    switch (row.files) {
    case Files::Final:
        QVERIFY(final == Archive);
        break;
    case Files::OtherFinal:
        QVERIFY(final == Other);
        break;
    case Files::PartKept:
        QVERIFY(part.size() >= 512);
        QVERIFY(Archive.startsWith(part));
        break;
    case Files::NoArchive:
        QVERIFY(part.isEmpty());
        break;
    case Files::CorruptAside:
        QTRY_COMPARE(folder.entryList(QDir::Files),
                     QStringList{DownloadFixture::fileName() + QStringLiteral(".corrupt")});
        break;
    case Files::Anything:
        break;
    }
    if (row.files != Files::Final && row.files != Files::OtherFinal)
        QVERIFY(!QFile::exists(fixture.path()));
    if (row.state == DownloadState::Verified)
        QCOMPARE(sha1Of(final), fixture.download(id).publishedHash);
    if (row.check)
        QVERIFY2(row.check(fixture, id), says.constData());
}

void DownloadFaults::answersToTheRestartQuestion()
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
    QCOMPARE(DownloadFixture::contents(fixture.path()), Archive);
}

void DownloadFaults::endlessBodyIsAskedAbout()
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

void DownloadFaults::endlessBodyMayGoOn()
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

void DownloadFaults::honoursRetryAfter_data()
{
    QTest::addColumn<bool>("asDate");
    QTest::newRow("seconds") << false;
    QTest::newRow("date") << true;
}

void DownloadFaults::honoursRetryAfter()
{
    QFETCH(bool, asDate);
    DownloadFixture fixture;
    std::atomic<qint64> firstAt{0};
    std::atomic<qint64> secondAt{0};
    fixture.serve([&](const SeenRequest &, int number) {
        (number == 0 ? firstAt : secondAt) = QDateTime::currentMSecsSinceEpoch();
        if (number > 0)
            return whole();
        const QString date = QLocale::c().toString(QDateTime::currentDateTimeUtc().addSecs(3),
                                                   QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
        return status(429, {"Retry-After: " + (asDate ? date.toLatin1() : QByteArray("2"))});
    });
    published(fixture);
    fixture.makeQueue();
    const DownloadId id = fixture.add();
    QVERIFY(fixture.waitForState(id, DownloadState::WaitingToRetry));
    QVERIFY(QTest::qWaitFor([&] { return fixture.download(id).nextAttempt.isValid(); }, 1000));
    const qint64 left = QDateTime::currentDateTimeUtc().msecsTo(fixture.download(id).nextAttempt);
    QVERIFY2(left > 500 && left <= 3000, qPrintable(QString::number(left)));
    QCOMPARE(fixture.download(id).error->kind, ErrorKind::RateLimited);
    QVERIFY(fixture.waitForState(id, DownloadState::Verified));
    QVERIFY(secondAt - firstAt >= 1900);
}

void DownloadFaults::newLinkAfterRefusal()
{
    DownloadFixture fixture;
    fixture.serve([](const SeenRequest &request, int number) {
        if (number == 0)
            return cut(ranged(), Middle);
        return request.target.contains("/renewed/") ? ranged() : status(403);
    });
    published(fixture);
    const QString renewed = fixture.server->url("/renewed/" + DownloadFixture::fileName().toLatin1()).toString();
    fixture.jobs.beforeRead = [renewed](FakeJobs &jobs) {
        if (jobs.reads >= 2)
            jobs.job.delivery.url = renewed;
    };
    fixture.makeQueue();
    const DownloadId id = fixture.add();
    QVERIFY(fixture.waitForState(id, DownloadState::Verified));
    QCOMPARE(fixture.server->requestCount(), 3);
    QCOMPARE(fixture.server->requests()[2].header("range"), from(Middle));
}

void DownloadFaults::redirectsNeverCarryTheHeader()
{
    ArchiveServer elsewhere({whole()});
    DownloadFixture fixture;
    const QByteArray target = elsewhere.url("/store/x").toString().toLatin1();
    fixture.serve([target](const SeenRequest &, int number) {
        return status(302, {"Location: " + (number == 0 ? QByteArray("/same/origin") : target)});
    });
    published(fixture);
    fixture.jobs.job.delivery.urlV2 = fixture.server->url("/backup/restore/v3/pull/job/x").toString();
    fixture.jobs.job.delivery.authHeader = QStringLiteral("Authorization");
    fixture.jobs.job.delivery.authValue = QStringLiteral("Bearer s3cret");
    fixture.makeQueue();
    const DownloadId id = fixture.add();
    QVERIFY(fixture.waitForState(id, DownloadState::Verified));
    QCOMPARE(fixture.server->requestCount(), 2);
    QCOMPARE(fixture.server->requests()[0].header("authorization"), QByteArray("Bearer s3cret"));
    QVERIFY(fixture.server->requests()[1].header("authorization").isEmpty());
    QCOMPARE(elsewhere.requestCount(), 1);
    QVERIFY(elsewhere.requests()[0].header("authorization").isEmpty());
}

void DownloadFaults::silentServerIsGivenUp()
{
    DownloadFixture fixture;
    fixture.options.attempts = 2;
    fixture.serve([](const SeenRequest &, int) {
        std::this_thread::sleep_for(std::chrono::seconds(3));
        return Reply{.dropBeforeAnswer = true};
    });
    fixture.makeQueue();
    const DownloadId id = fixture.add();
    QVERIFY(fixture.waitForState(id, DownloadState::Failed));
    QCOMPARE(fixture.download(id).error->kind, ErrorKind::Network);
    QCOMPARE(fixture.server->requestCount(), 2);
}

} // namespace

QTEST_GUILESS_MAIN(DownloadFaults)
#include "download_faults_test.moc"
