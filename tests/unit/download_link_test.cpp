#include "base/log.h"
#include "downloads/archive_link.h"
#include "downloads/head_judge.h"
#include "downloads/link_judgement.h"

#include <QTest>

using namespace tidemark;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(tidemark::LinkJudgement::Kind)
Q_DECLARE_METATYPE(tidemark::DeliveryStatus)
Q_DECLARE_METATYPE(tidemark::JobStatus)

namespace {

/// What a restore job says of its archive, and the head of the answer to a download.
class DownloadLinkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesTheLink();
    void readsAddresses_data();
    void readsAddresses();
    void masksAddresses_data();
    void masksAddresses();
    void followsRedirects_data();
    void followsRedirects();
    void findsOnlyTheRightHash_data();
    void findsOnlyTheRightHash();
    void judgesJobs_data();
    void judgesJobs();
    void parsesHeads_data();
    void parsesHeads();
    void headsAreBounded_data();
    void headsAreBounded();
};

void DownloadLinkTest::choosesTheLink()
{
    Delivery delivery;
    QVERIFY(archiveLink(delivery).isEmpty());
    delivery.url = QStringLiteral("https://h/backup/restore/v2/pull/1/a+b/c==/f.tar.gz");
    const auto chosen = [&delivery] { return QString::fromLatin1(archiveLink(delivery).address.whole()); };
    QCOMPARE(chosen(), delivery.url);
    QVERIFY(archiveLink(delivery).headerName.isEmpty());
    delivery.urlV2 = QStringLiteral("https://h/backup/restore/v3/pull/1/f.tar.gz");
    QCOMPARE(chosen(), delivery.url); // no header: of no use
    delivery.authHeader = QStringLiteral("Authorization");
    delivery.authValue = QStringLiteral("Bearer x");
    QCOMPARE(chosen(), delivery.urlV2);
    QVERIFY(archiveLink(delivery).headerValue == "Bearer x");
    delivery.authValue = QStringLiteral("Bearer x\r\nEvil: 1");
    QCOMPARE(chosen(), delivery.url);
    delivery.urlV2.clear();
    delivery.url = QStringLiteral("https://user:pw@h/f");
    QCOMPARE(chosen(), QStringLiteral("https://h/f"));
    delivery.url = QStringLiteral("file:///etc/passwd");
    QVERIFY(archiveLink(delivery).isEmpty());
}

void DownloadLinkTest::readsAddresses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("origin"); // empty: no address
    QTest::addColumn<QByteArray>("target");
    const auto row = [](const char *title, const char *text, const char *origin, const char *target) {
        QTest::newRow(title) << QString::fromUtf8(text) << QString::fromUtf8(origin) << QByteArray(target);
    };
    row("v2", "https://h:8443/pull/1/a+b/c==/f?x=%2F", "https://h:8443", "/pull/1/a+b/c==/f?x=%2F");
    row("no path", "http://127.0.0.1:80", "http://127.0.0.1:80", "/");
    row("query alone", "https://h?k=v", "https://h", "/?k=v");
    row("capitals", "HTTPS://H/F", "https://h", "/F");
    row("IPv6", "http://[::1]:8080/f", "http://[::1]:8080", "/f");
    row("user, fragment", "https://u:p@h/f#part", "https://h", "/f");
    row("dots are the server's", "https://h/a/../f", "https://h", "/a/../f");
    row("space, letters", "https://h/a b\u00fc", "https://h", "/a%20b%c3%bc");
    row("host of letters", "https://z\u00fcrich.example/f", "https://xn--zrich-kva.example", "/f");
    row("line end", "https://h/f\r\nEvil: 1", "", "");
    row("file", "file:///etc/passwd", "", "");
    row("FTP", "ftp://h/f", "", "");
    row("no scheme", "h/f", "", "");
    row("no host", "https:///f", "", "");
    row("nothing", "", "", "");
}

void DownloadLinkTest::readsAddresses()
{
    QFETCH(QString, text);
    QFETCH(QString, origin);
    QFETCH(QByteArray, target);
    const LinkAddress address = linkAddress(text);
    QCOMPARE(address.isEmpty(), origin.isEmpty());
    QCOMPARE(QString::fromLatin1(address.origin.toEncoded()), origin);
    QCOMPARE(QByteArray(address.target), target);
}

void DownloadLinkTest::masksAddresses_data()
{
    QTest::addColumn<QString>("address");
    for (const char *each : {"https://h/backup/restore/v2/pull/JOB/KEY=/f.tar.gz", "https://h/v2/pull/JOB/K/E/Y==/f",
                             "https://h:1/v2/pull/JOB/KEY", "https://h/v3/pull/JOB/f", "https://h/v3/pull/JOB/KEY/f",
                             "https://h/pull/JOB", "https://h/f"})
        QTest::newRow(each) << QString::fromLatin1(each);
}

void DownloadLinkTest::masksAddresses()
{
    QFETCH(QString, address);
    QCOMPARE(linkAddress(address).redacted(), redactedUrl(QUrl(address)));
    QCOMPARE(linkAddress(address + QLatin1String("?sig=KEY")).redacted(),
             redactedUrl(QUrl(address)) + QLatin1String("?***"));
}

void DownloadLinkTest::followsRedirects_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("to"); // empty: refused
    const QString asked = QStringLiteral("https://restore.example/pull/1/file.tar.gz");
    const QString plain = QStringLiteral("http://127.0.0.1:80/a/file");
    QTest::newRow("other origin") << asked << QByteArray("https://store.example/x?sig=a%2Fb")
                                  << QStringLiteral("https://store.example/x?sig=a%2Fb");
    QTest::newRow("relative") << asked << QByteArray("other.tar.gz")
                              << QStringLiteral("https://restore.example/pull/1/other.tar.gz");
    QTest::newRow("upwards") << asked << QByteArray("../x") << QStringLiteral("https://restore.example/pull/x");
    QTest::newRow("query") << asked << QByteArray("?a=b")
                           << QStringLiteral("https://restore.example/pull/1/file.tar.gz?a=b");
    QTest::newRow("absolute path") << asked << QByteArray("/x") << QStringLiteral("https://restore.example/x");
    QTest::newRow("without scheme") << asked << QByteArray("//b.example/x") << QStringLiteral("https://b.example/x");
    QTest::newRow("to http") << asked << QByteArray("http://restore.example/x") << QString();
    QTest::newRow("http to https") << plain << QByteArray("https://b.example/x")
                                   << QStringLiteral("https://b.example/x");
    QTest::newRow("file") << asked << QByteArray("file:///etc/passwd") << QString();
    QTest::newRow("data") << asked << QByteArray("data:text/plain,x") << QString();
    QTest::newRow("no host") << asked << QByteArray("///x") << QString();
    QTest::newRow("user info dropped") << asked << QByteArray("https://u:p@b.example/x")
                                       << QStringLiteral("https://b.example/x");
    QTest::newRow("nothing") << asked << QByteArray() << QString();
}

void DownloadLinkTest::followsRedirects()
{
    QFETCH(QString, from);
    QFETCH(QByteArray, location);
    QFETCH(QString, to);
    const auto target = redirectedTo(linkAddress(from), QByteArray(location));
    QCOMPARE(target ? QString::fromLatin1(target->whole()) : QString(), to);
    QVERIFY(target || !target.error().sentence.isEmpty());
}

void DownloadLinkTest::findsOnlyTheRightHash_data()
{
    QTest::addColumn<QString>("fileName");
    QTest::addColumn<QString>("hash");
    QTest::addColumn<QString>("type");
    QTest::addColumn<bool>("found");
    const QString name = QStringLiteral("f.tar.gz");
    const QString hash(40, QLatin1Char('a'));
    QTest::newRow("right") << name << hash << QStringLiteral("SHA1") << true;
    QTest::newRow("capitals") << name << hash.toUpper() << QStringLiteral("SHA1") << true;
    QTest::newRow("with a dash") << name << hash << QStringLiteral("SHA-1") << true;
    QTest::newRow("other file") << QStringLiteral("g.tar.gz") << hash << QStringLiteral("SHA1") << false;
    QTest::newRow("other type") << name << hash << QStringLiteral("MD5") << false;
    QTest::newRow("no type") << name << hash << QString() << false;
    QTest::newRow("too long") << name << hash + QLatin1Char('a') << QStringLiteral("SHA1") << false;
    QTest::newRow("no hex") << name << QString(40, QLatin1Char('g')) << QStringLiteral("SHA1") << false;
    QTest::newRow("empty") << name << QString() << QStringLiteral("SHA1") << false;
}

void DownloadLinkTest::findsOnlyTheRightHash()
{
    QFETCH(QString, fileName);
    QFETCH(QString, hash);
    QFETCH(QString, type);
    QFETCH(bool, found);
    RestoreJob job;
    job.hashes = {{fileName, hash, type}};
    QCOMPARE(publishedSha1(job, QStringLiteral("f.tar.gz")), found ? hash.toLower() : QString());
}

void DownloadLinkTest::judgesJobs_data()
{
    QTest::addColumn<DeliveryStatus>("delivery");
    QTest::addColumn<JobStatus>("status");
    QTest::addColumn<bool>("hasLink");
    QTest::addColumn<LinkJudgement::Kind>("kind");
    using Kind = LinkJudgement::Kind;
    QTest::newRow("ready") << DeliveryStatus::Ready << JobStatus::Finished << true << Kind::Usable;
    QTest::newRow("ready, link still missing") << DeliveryStatus::Ready << JobStatus::Finished << false << Kind::NoLink;
    QTest::newRow("in progress") << DeliveryStatus::InProgress << JobStatus::InProgress << false << Kind::Preparing;
    QTest::newRow("not started") << DeliveryStatus::NotStarted << JobStatus::InProgress << false << Kind::Preparing;
    QTest::newRow("status unknown, link there")
        << DeliveryStatus::Unknown << JobStatus::Unknown << true << Kind::Usable;
    QTest::newRow("expired") << DeliveryStatus::Expired << JobStatus::Finished << true << Kind::Expired;
    QTest::newRow("used up") << DeliveryStatus::MaxDownloadsExceeded << JobStatus::Finished << true << Kind::UsedUp;
    QTest::newRow("failed") << DeliveryStatus::Failed << JobStatus::Finished << true << Kind::Failed;
    QTest::newRow("interrupted") << DeliveryStatus::Interrupted << JobStatus::Finished << false << Kind::Failed;
    QTest::newRow("broken") << DeliveryStatus::NotStarted << JobStatus::Broken << false << Kind::Failed;
    QTest::newRow("killed") << DeliveryStatus::NotStarted << JobStatus::Killed << false << Kind::Failed;
}

void DownloadLinkTest::judgesJobs()
{
    QFETCH(DeliveryStatus, delivery);
    QFETCH(JobStatus, status);
    QFETCH(bool, hasLink);
    QFETCH(LinkJudgement::Kind, kind);
    RestoreJob job;
    job.status = status;
    job.delivery.status = delivery;
    if (hasLink)
        job.delivery.url = QStringLiteral("https://h/f");
    const LinkJudgement judgement = judgeJob(job);
    QCOMPARE(judgement.kind, kind);
    QCOMPARE(judgement.error.sentence.isEmpty(), kind == LinkJudgement::Kind::Usable);
}

void DownloadLinkTest::parsesHeads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("status"); // 0: no head
    QTest::addColumn<bool>("unclear");
    QTest::newRow("usual") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n") << 200 << false;
    QTest::newRow("no reason") << QByteArray("HTTP/1.1 206\r\n\r\n") << 206 << false;
    QTest::newRow("1.0, bare line ends") << QByteArray("HTTP/1.0 404 No\nA: b\n\n") << 404 << false;
    QTest::newRow("chunked") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n") << 200 << false;
    QTest::newRow("chunked of gzip") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n") << 200
                                     << true;
    QTest::newRow("two lengths") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n")
                                 << 200 << true;
    QTest::newRow("one length twice") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n")
                                      << 200 << false;
    QTest::newRow("negative length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n") << 200 << true;
    QTest::newRow("longer than any file")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n") << 200 << true;
    QTest::newRow("two lengths in one field")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\n") << 200 << true;
    QTest::newRow("length in words") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n") << 200 << true;
    QTest::newRow("SSH") << QByteArray("SSH-2.0-OpenSSH\r\n\r\n") << 0 << false;
    QTest::newRow("no number") << QByteArray("HTTP/1.1 abc OK\r\n\r\n") << 0 << false;
}

void DownloadLinkTest::parsesHeads()
{
    QFETCH(QByteArray, text);
    QFETCH(int, status);
    QFETCH(bool, unclear);
    HeadJudge judge(false);
    bool whole = false;
    for (const QByteArray &line : text.split('\n'))
        whole = judge.take(line + '\n') == HeadJudge::Line::Head || whole;
    QCOMPARE(whole ? judge.status() : 0, status);
    if (whole)
        QCOMPARE(judge.hasUnclearBody(), unclear);
}

void DownloadLinkTest::headsAreBounded_data()
{
    QTest::addColumn<QByteArray>("repeated");
    QTest::newRow("interim heads") << QByteArray("HTTP/1.1 103 Early Hints\r\n\r\n");
    QTest::newRow("fields") << QByteArray("A: b\r\n");
    QTest::newRow("long fields") << "A: " + QByteArray(10000, 'x') + "\r\n";
    QTest::newRow("trailers") << QByteArray("HTTP/1.1 200 OK\r\n\r\nA: b\r\n");
    QTest::newRow("blank lines") << QByteArray("\r\n");
}

void DownloadLinkTest::headsAreBounded()
{
    QFETCH(QByteArray, repeated);
    HeadJudge judge(false);
    qint64 bytes = 0;
    for (int i = 0; i < 10000; ++i) {
        for (const QByteArray &line : repeated.split('\n')) {
            bytes += line.size();
            if (judge.take(line + '\n') == HeadJudge::Line::TooMuch) {
                QVERIFY(bytes < 1000000);
                return;
            }
        }
    }
    QFAIL("It would have gone on for ever.");
}

} // namespace

QTEST_GUILESS_MAIN(DownloadLinkTest)
#include "download_link_test.moc"
