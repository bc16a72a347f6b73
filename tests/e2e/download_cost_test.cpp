/// What downloads that have ended cost the process that ran them.
#include "e2e/download_rows.h"
#include "support/peers.h"

#include <QProcess>

using namespace tidemark;
using namespace tidemark::test;

namespace {

constexpr int Number = 50;
constexpr qint64 Mebibyte = 1024 * 1024;
constexpr qint64 MostBytes = 2 * Mebibyte;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool AreBytesThePrograms = false; // a sanitizer's own are in them
#else
constexpr bool AreBytesThePrograms = true;
#endif

struct Cost
{
    int threads = 0;
    qint64 heap = 0;
    qint64 resident = 0;
    int verified = 0;
};

class DownloadCost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endedDownloadsCostNothing_data();
    void endedDownloadsCostNothing();
};

void DownloadCost::endedDownloadsCostNothing_data()
{
    QTest::addColumn<bool>("tls");
    QTest::newRow("HTTP") << false;
    QTest::newRow("TLS") << true;
}

void DownloadCost::endedDownloadsCostNothing()
{
    QFETCH(bool, tls);
    // The servers are not of that process.
    const QByteArray archive = makeArchive(3 * Mebibyte, 1);
    const ScriptedServer backend(playing({{.body = archive, .framing = Reply::Framing::Length, .ranges = true}}));
    peers::NginxTls nginx(backend.url().toString());
    const QString tlsBase = nginx.add(QStringLiteral("good"));
    QVERIFY2(nginx.start(), nginx.peer().output().constData());
    const QTemporaryDir dir;
    QVERIFY(QDir(dir.path()).mkdir(QStringLiteral("files")));
    QProcess agent;
    agent.start(qEnvironmentVariable("TIDEMARK_COST_AGENT"),
                {dir.filePath(QStringLiteral("state")), dir.filePath(QStringLiteral("files")),
                 tls ? tlsBase : backend.url().toString(), sha1Of(archive), nginx.caFile(), QString::number(Number)});
    QVERIFY2(agent.waitForStarted(), qPrintable(agent.errorString()));
    QVERIFY2(agent.waitForFinished(280000), agent.readAllStandardError().constData());
    const QByteArray says = agent.readAllStandardOutput();
    QVERIFY2(agent.exitCode() == 0, says.constData());

    std::vector<Cost> costs;
    for (const QByteArray &line : says.trimmed().split('\n')) {
        const QList<QByteArray> words = line.split(' ');
        QCOMPARE(words.size(), 4);
        costs.push_back({words[0].toInt(), words[1].toLongLong(), words[2].toLongLong(), words[3].toInt()});
    }
    QCOMPARE(costs.size(), size_t(3));
    qInfo().noquote() << says.trimmed();
    const Cost &empty = costs[0];
    const Cost &before = costs[1];
    const Cost &after = costs[2];
    QCOMPARE(before.verified, Number / 2);
    QCOMPARE(after.verified, before.verified + Number);
    QVERIFY2(before.threads <= empty.threads, says.constData());
    QVERIFY2(after.threads <= empty.threads, says.constData());
    if (!AreBytesThePrograms)
        return;
    QVERIFY2(after.heap - empty.heap <= MostBytes, says.constData());
    QVERIFY2(after.resident - before.resident <= MostBytes, says.constData());
}

} // namespace

QTEST_GUILESS_MAIN(DownloadCost)
#include "download_cost_test.moc"
