#include "e2e/download_rows.h"

#include <QSignalSpy>

namespace tidemark::test {

const QByteArray RowArchive = makeArchive(300000, 1);
const QByteArray OtherArchive = makeArchive(300000, 2);
const QString RowHash = sha1Of(RowArchive);

Reply whole(Reply::Framing framing)
{
    return Reply{.body = RowArchive, .framing = framing};
}

Reply ranged(Reply::Framing framing)
{
    return Reply{.body = RowArchive, .framing = framing, .ranges = true, .etag = "\"a\""};
}

Reply cut(Reply reply, qint64 after, bool reset)
{
    reply.cutAfter = after;
    reply.reset = reset;
    return reply;
}

Reply status(int code, const QList<QByteArray> &headers, const QByteArray &body)
{
    return Reply{.status = code, .body = body, .headers = headers, .framing = Reply::Framing::Length};
}

QByteArray from(qint64 offset)
{
    return "bytes=" + QByteArray::number(offset) + '-';
}

void published(DownloadFixture &fixture)
{
    fixture.jobs.publish(DownloadFixture::fileName(), RowHash);
}

std::function<void(DownloadFixture &)> limit(qint64 downloads)
{
    return [downloads](DownloadFixture &fixture) {
        published(fixture);
        fixture.jobs.job.delivery.maxDownloads = downloads;
    };
}

std::function<void(DownloadFixture &)> publish(const QString &fileName, const QString &hash, const QString &type)
{
    return [=](DownloadFixture &fixture) { fixture.jobs.publish(fileName, hash, type); };
}

std::function<void(DownloadFixture &)> laterStatus(int reads, DeliveryStatus later)
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

void runRow(const Row &row)
{
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
    for (const RecordedRequest &request : requests) {
        QCOMPARE(request.method, QByteArray("GET"));
        QCOMPARE(request.header("accept-encoding"), QByteArray("identity"));
        QVERIFY(request.header("authorization").isEmpty());
    }

    QDir folder(fixture.folder());
    const QByteArray final = test::contents(fixture.path());
    const QByteArray part = test::contents(fixture.path(QStringLiteral(".part")));
    switch (row.files) {
    case Files::Final:
        QVERIFY(final == RowArchive);
        break;
    case Files::OtherFinal:
        QVERIFY(final == OtherArchive);
        break;
    case Files::PartKept:
        QVERIFY(part.size() >= 512);
        QVERIFY(RowArchive.startsWith(part));
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

} // namespace tidemark::test
