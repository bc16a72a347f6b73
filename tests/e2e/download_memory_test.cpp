/// What is left of a link, its header and a proxy's password in the process when a download has ended.
#include "e2e/download_rows.h"
#include "support/leak_search.h"
#include "support/peers.h"

#include <QProcess>

using namespace tidemark;
using namespace tidemark::test;

namespace {

constexpr char Mask = 0x5a; ///< as in the agent

const QByteArray proxyPassword = "MARK/proxy:pass word";
const QByteArray linkKey = "MARKlinkKey9876543210+";
const QByteArray linkHeader = "Bearer MARK-v3-link-token";

QByteArray masked(const QByteArray &secret)
{
    QByteArray bytes = secret;
    for (char &c : bytes)
        c = static_cast<char>(c ^ Mask);
    return bytes.toHex() + '\n';
}

/// Where they are found in what the process can write to.
QStringList foundIn(qint64 process)
{
    LeakSearch search;
    search.mark(QStringLiteral("the proxy's password"), proxyPassword);
    search.mark(QStringLiteral("the link's key"), linkKey);
    search.mark(QStringLiteral("the header's value"), linkHeader);
    QFile maps(QStringLiteral("/proc/%1/maps").arg(process));
    QFile memory(QStringLiteral("/proc/%1/mem").arg(process));
    if (!maps.open(QIODevice::ReadOnly) || !memory.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return {QStringLiteral("its memory cannot be read")};
    QStringList found;
    for (const QByteArray &line : maps.readAll().split('\n')) {
        const QList<QByteArray> words = line.simplified().split(' ');
        if (words.size() < 5 || !words[1].startsWith("rw"))
            continue;
        const qint64 begin = words[0].split('-').first().toLongLong(nullptr, 16);
        const qint64 end = words[0].split('-').last().toLongLong(nullptr, 16);
        if (!memory.seek(begin))
            continue;
        found += search.in(QString::fromLatin1(words.value(5, "memory")), memory.read(end - begin));
    }
    return found;
}

class DownloadMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void leavesNothing_data();
    void leavesNothing();
    void theSearchFindsWhatIsThere();

private:
    /// Runs the agent to its end and searches it one second later.
    void run(bool tls, bool plant, QStringList &found);

    std::unique_ptr<ScriptedServer> m_backend;
    std::unique_ptr<peers::NginxTls> m_nginx;
    std::unique_ptr<peers::SquidProxy> m_squid;
    QString m_tlsBase;
};

void DownloadMemory::initTestCase()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("Skipped: a sanitizer's process has terabytes to search and keeps what was freed");
#endif
    m_backend = std::make_unique<ScriptedServer>(playing({ranged()}));
    m_nginx = std::make_unique<peers::NginxTls>(m_backend->url().toString());
    m_tlsBase = m_nginx->add(QStringLiteral("good"));
    QVERIFY2(m_nginx->start(), m_nginx->peer().output().constData());
    m_squid = std::make_unique<peers::SquidProxy>(QStringLiteral("dba"), QString::fromLatin1(proxyPassword));
    QVERIFY2(m_squid->start(), m_squid->peer().output().constData());
}

void DownloadMemory::run(bool tls, bool plant, QStringList &found)
{
    const QTemporaryDir dir;
    QVERIFY(QDir(dir.path()).mkdir(QStringLiteral("files")));
    const QString name = DownloadFixture::fileName();
    const QByteArray link = (tls ? m_tlsBase.toLatin1() : m_backend->url().toEncoded()) +
                            "/backup/restore/v3/pull/5ff5e4a1e4b0a1c2d3e4f5a6/" + linkKey + '/' + name.toLatin1();
    QStringList arguments{dir.filePath(QStringLiteral("state")),
                          dir.filePath(QStringLiteral("files")),
                          name,
                          RowHash,
                          QString::number(m_squid->port()),
                          m_nginx->caFile()};
    if (plant)
        arguments << QStringLiteral("plant");
    const auto before = static_cast<size_t>(m_backend->requestCount());
    QProcess agent;
    agent.setProcessChannelMode(QProcess::SeparateChannels);
    agent.start(qEnvironmentVariable("TIDEMARK_SECRETS_AGENT"), arguments);
    agent.write(masked(proxyPassword) + masked(link) + masked(linkHeader));
    QTRY_VERIFY2_WITH_TIMEOUT(agent.canReadLine() || agent.state() == QProcess::NotRunning,
                              agent.readAllStandardError().constData(), 60000);
    const QByteArray says = agent.readLine();
    QCOMPARE(says, "ended " + QByteArray::number(static_cast<int>(DownloadState::Verified)) + '\n');
    // They were used, all three.
    const auto requests = m_backend->requests();
    QCOMPARE(requests.size(), before + 1);
    QCOMPARE(requests.back().header("x-link-token"), linkHeader);
    QVERIFY(requests.back().target.contains(linkKey));
    QTRY_VERIFY(m_squid->accessLog().contains(" dba "));

    QTest::qWait(1000);
    found = foundIn(agent.processId());
    agent.closeWriteChannel();
    QVERIFY(agent.waitForFinished(10000));
}

void DownloadMemory::leavesNothing_data()
{
    QTest::addColumn<bool>("tls");
    QTest::newRow("HTTP") << false;
    QTest::newRow("TLS") << true;
}

void DownloadMemory::leavesNothing()
{
    QFETCH(bool, tls);
    QStringList found;
    run(tls, false, found);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
}

void DownloadMemory::theSearchFindsWhatIsThere()
{
    QStringList found;
    run(true, true, found);
    for (const char *each : {"the proxy's password", "the link's key", "the header's value"})
        QVERIFY2(!found.filter(QLatin1String(each)).isEmpty(), each);
}

} // namespace

QTEST_GUILESS_MAIN(DownloadMemory)
#include "download_memory_test.moc"
