/// Archives in TLS records of every size and kind: what is read ahead is used at once, and no server keeps a download
/// busy with records that bring nothing.
#include "e2e/download_rows.h"
#include "support/peers.h"
#include "support/record_server.h"

#include <QElapsedTimer>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QByteArray Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
constexpr int Pieces = 200;
/// Milliseconds. One tick of the engine for each piece would be twenty seconds.
constexpr int Whole = 10000;

class DownloadRecords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void everyCutIsReadAtOnce_data();
    void everyCutIsReadAtOnce();
    void emptyRecordsHoldNobody_data();
    void emptyRecordsHoldNobody();

private:
    void serve(RecordServer::Play play);

    QTemporaryDir m_certificates;
    QByteArray m_archive;
    std::unique_ptr<RecordServer> m_server;
    std::unique_ptr<DownloadFixture> m_fixture;
};

void DownloadRecords::initTestCase()
{
    QVERIFY(peers::makeCertificates(m_certificates.path()));
    m_archive = makeArchive(60000, 7);
}

void DownloadRecords::init()
{
    m_fixture = std::make_unique<DownloadFixture>();
    m_fixture->options.caCertificateFiles = {m_certificates.filePath(QStringLiteral("ca.pem"))};
    m_fixture->options.stallTimeout = std::chrono::seconds(15);
    m_fixture->options.attempts = 2;
    m_fixture->jobs.publish(DownloadFixture::fileName(), sha1Of(m_archive));
}

void DownloadRecords::cleanup()
{
    m_fixture.reset();
    m_server.reset();
}

void DownloadRecords::serve(RecordServer::Play play)
{
    m_server = std::make_unique<RecordServer>(m_certificates.filePath(QStringLiteral("good.pem")),
                                              m_certificates.filePath(QStringLiteral("good.key")), std::move(play));
    m_fixture->jobs.job.delivery.url =
        m_server->baseUrl() + QStringLiteral("/backup/restore/v2/pull/job/KEY=/") + DownloadFixture::fileName();
    m_fixture->makeQueue();
}

void DownloadRecords::everyCutIsReadAtOnce_data()
{
    QTest::addColumn<QString>("cut");
    QTest::newRow("each chunk's head, bytes and end apart") << QStringLiteral("apart");
    QTest::newRow("a chunk's end with the next one's head") << QStringLiteral("end and head");
    QTest::newRow("each character of a chunk's head apart") << QStringLiteral("characters");
    QTest::newRow("tickets and keys between the pieces") << QStringLiteral("tickets");
    QTest::newRow("known length, small records") << QStringLiteral("length");
}

/// All of it is in the client's socket at once; what it reads ahead no poll shows again.
void DownloadRecords::everyCutIsReadAtOnce()
{
    QFETCH(QString, cut);
    const QByteArray archive = m_archive;
    serve([archive, cut](RecordWire &wire) {
        const bool isChunked = cut != QLatin1String("length");
        wire.add(isChunked ? Chunked
                           : "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(archive.size()) + "\r\n\r\n");
        const qsizetype size = archive.size() / Pieces + 1;
        QByteArray end;
        for (qsizetype at = 0; at < archive.size(); at += size) {
            const QByteArray piece = archive.mid(at, size);
            const QByteArray head = QByteArray::number(piece.size(), 16).rightJustified(12, '0') + "\r\n";
            if (cut == QLatin1String("end and head")) {
                wire.add(end + head);
            } else if (isChunked && !end.isEmpty()) {
                wire.add(end);
            }
            if (cut == QLatin1String("characters")) {
                for (const char one : head)
                    wire.add(QByteArray(1, one));
            } else if (isChunked && cut != QLatin1String("end and head")) {
                wire.add(head);
            }
            if (cut == QLatin1String("tickets")) {
                wire.addTicket();
                wire.addKeyUpdate();
            }
            wire.add(piece);
            end = "\r\n";
        }
        if (isChunked)
            wire.add("\r\n0\r\n\r\n");
        wire.send();
    });
    QElapsedTimer clock;
    clock.start();
    const DownloadId id = m_fixture->add();
    QVERIFY(m_fixture->waitForRest(id));
    QVERIFY2(m_fixture->download(id).state == DownloadState::Verified, qPrintable(m_fixture->describe(id)));
    QVERIFY2(clock.elapsed() < Whole, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(m_server->requestCount(), 1);
    QCOMPARE(test::contents(m_fixture->path()), m_archive);
}

void DownloadRecords::emptyRecordsHoldNobody_data()
{
    QTest::addColumn<bool>("areTickets");
    QTest::addColumn<bool>("hasBegun");
    QTest::newRow("tickets in place of an answer") << true << false;
    QTest::newRow("tickets in the middle of the archive") << true << true;
    QTest::newRow("keys in place of an answer") << false << false;
    QTest::newRow("keys in the middle of the archive") << false << true;
}

/// What they would hold up is heard: silence of the archive, Pause, the end of the program.
void DownloadRecords::emptyRecordsHoldNobody()
{
    QFETCH(bool, areTickets);
    QFETCH(bool, hasBegun);
    const QByteArray begun = "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(m_archive.size()) + "\r\n\r\n" +
                             m_archive.left(10000);
    serve([=](RecordWire &wire) {
        if (hasBegun)
            wire.add(begun);
        do {
            for (int i = 0; i < 100; ++i)
                areTickets ? wire.addTicket() : wire.addKeyUpdate();
        } while (wire.send());
    });
    const DownloadId id = m_fixture->add();
    QVERIFY(m_fixture->waitForRest(id));
    QVERIFY2(m_fixture->download(id).state == DownloadState::Failed, qPrintable(m_fixture->describe(id)));
    QCOMPARE(m_fixture->download(id).error->sentence,
             QStringLiteral("The server sends TLS messages that bring nothing, without end."));
    QCOMPARE(m_server->requestCount(), 2);
}

} // namespace

QTEST_GUILESS_MAIN(DownloadRecords)
#include "download_records_test.moc"
