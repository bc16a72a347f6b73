/// Servers, resolvers and proxies that never come to an end: none of them stops another download, Pause or the program.
#include "downloads/journal.h"
#include "support/download_fixture.h"
#include "support/silent_address.h"

#include <QElapsedTimer>
#include <QNetworkProxyFactory>

#include <atomic>
#include <condition_variable>
#include <mutex>

#include <dlfcn.h>
#include <netdb.h>

using namespace tidemark;
using namespace tidemark::test;

Q_DECLARE_METATYPE(tidemark::test::Reply)

namespace {

const QByteArray Archive = makeArchive(300000, 41);
/// Milliseconds. Who waited for what is stuck would wait for the two seconds that the end of the queue gives its
/// workers, or for ever; what a loaded machine takes lies between.
constexpr int AtOnce = 1500;
/// What is promised, where the machine does not come between.
constexpr int Promised = 100;
/// With those two seconds, where a flood that is already here has to be read first.
constexpr int SoonAtTheEnd = 10000;
/// Of the five seconds that one silent address would take.
constexpr int Raced = 4500;

std::mutex s_resolverMutex;
std::condition_variable s_resolverFree;
bool s_resolverStuck = false;
std::vector<QByteArray> s_addresses; ///< of many.example

Reply ranged()
{
    return Reply{.body = Archive, .framing = Reply::Framing::Length, .ranges = true, .etag = "\"a\""};
}

class Proxies : public QNetworkProxyFactory
{
public:
    explicit Proxies(std::vector<quint16> ports)
        : m_ports(std::move(ports))
    {
    }
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &) override
    {
        QList<QNetworkProxy> list;
        for (const quint16 port : m_ports)
            list << QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), port);
        return list;
    }

private:
    std::vector<quint16> m_ports;
};

void setResolverStuck(bool stuck)
{
    const std::scoped_lock lock(s_resolverMutex);
    s_resolverStuck = stuck;
    s_resolverFree.notify_all();
}

/// As a desktop whose PAC server never answers.
class StuckProxies : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &) override
    {
        std::unique_lock lock(s_resolverMutex);
        s_resolverFree.wait(lock, [] { return !s_resolverStuck; });
        return {};
    }
};

quint16 closedPort()
{
    const ScriptedServer server(playing({Reply{}}));
    return server.port();
}

class DownloadHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void endlessAnswers_data();
    void endlessAnswers();
    void stuckQuestions_data();
    void stuckQuestions();
    void silentAddressesAreRaced_data();
    void silentAddressesAreRaced();
    void secondProxyIsTried();
    void editedConnectionIsUsed();
    void onlyWhatMayHaveCountedCounts_data();
    void onlyWhatMayHaveCountedCounts();
    void silenceIsShown();
    void contradictoryLengthsAreRefused_data();
    void contradictoryLengthsAreRefused();

private:
    void linkTo(const QString &base);
    std::unique_ptr<DownloadFixture> m_fixture;
};

void DownloadHostile::init()
{
    m_fixture = std::make_unique<DownloadFixture>();
    m_fixture->options.plainHttpAllowed = [](const ConnectionId &) { return true; };
    m_fixture->jobs.publish(DownloadFixture::fileName(), sha1Of(Archive));
}

void DownloadHostile::cleanup()
{
    setResolverStuck(false);
    m_fixture.reset();
}

void DownloadHostile::linkTo(const QString &base)
{
    m_fixture->jobs.job.delivery.url = base + QStringLiteral("/pull/") + DownloadFixture::fileName();
}

void DownloadHostile::endlessAnswers_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("forever");
    const QByteArray chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    QTest::newRow("interim answers") << QByteArray() << QByteArray("HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n");
    QTest::newRow("fields") << QByteArray("HTTP/1.1 200 OK\r\n") << QByteArray("A: b\r\n");
    QTest::newRow("one field") << QByteArray("HTTP/1.1 200 OK\r\nA: ") << QByteArray(1000, 'x');
    QTest::newRow("blank lines") << QByteArray() << QByteArray("\r\n");
    QTest::newRow("status line") << QByteArray("HTTP/1.1 200 ") << QByteArray(1000, 'x');
    QTest::newRow("chunk extension") << chunked + "5;" << QByteArray(1000, 'x');
    QTest::newRow("trailers") << chunked + "5\r\n\x1f\x8b\x08\x01\x02\r\n0\r\n" << QByteArray("T: x\r\n");
    QTest::newRow("chunk size") << chunked << QByteArray(1000, '0');
}

void DownloadHostile::endlessAnswers()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, forever);
    const ScriptedServer good(playing({ranged()}));
    m_fixture->serve({Reply{.before = before, .forever = forever}});
    const QString goodUrl = good.url(QStringLiteral("/pull/x")).toString();
    const QString badUrl = m_fixture->jobs.job.delivery.url;
    m_fixture->options.concurrent = 2;
    m_fixture->options.attempts = 2;
    m_fixture->makeQueue();
    const DownloadId bad = m_fixture->add();
    QVERIFY(QTest::qWaitFor([&] { return m_fixture->server->requestCount() > 0; }, 10000));
    m_fixture->jobs.beforeRead = [goodUrl](FakeJobs &jobs) { jobs.job.delivery.url = goodUrl; };
    DownloadSource other = m_fixture->source();
    other.job = JobId(QStringLiteral("other"));
    const DownloadId second = *m_fixture->queue->add(other, m_fixture->folder());
    QVERIFY(m_fixture->waitForState(second, DownloadState::Verified));
    m_fixture->jobs.beforeRead = [badUrl](FakeJobs &jobs) { jobs.job.delivery.url = badUrl; };
    QVERIFY(m_fixture->waitForRest(bad, 20000));
    QCOMPARE(m_fixture->download(bad).state, DownloadState::Failed);

    m_fixture->queue->retry(bad);
    QVERIFY(QTest::qWaitFor([&] { return m_fixture->server->requestCount() > 2; }, 10000));
    QElapsedTimer clock;
    clock.start();
    m_fixture->queue->pause(bad);
    QVERIFY2(clock.elapsed() < AtOnce, qPrintable(QString::number(clock.elapsed())));
    m_fixture->queue->resume(bad);
    QVERIFY(QTest::qWaitFor([&] { return m_fixture->server->requestCount() > 3; }, 10000));
    clock.restart();
    m_fixture->queue.reset();
    QVERIFY2(clock.elapsed() < SoonAtTheEnd, qPrintable(QString::number(clock.elapsed())));
}

void DownloadHostile::stuckQuestions_data()
{
    QTest::addColumn<bool>("proxy");
    QTest::newRow("a resolver that never answers") << false;
    QTest::newRow("a proxy script that never answers") << true;
}

void DownloadHostile::stuckQuestions()
{
    QFETCH(bool, proxy);
    setResolverStuck(true);
    linkTo(proxy ? QStringLiteral("http://many.example") : QStringLiteral("http://stuck.example"));
    if (proxy)
        m_fixture->options.proxiesFor = [](const ConnectionId &) { return std::make_shared<StuckProxies>(); };
    m_fixture->options.connectTimeout = std::chrono::seconds(60);
    // The best of some: what another process takes in between is not ours.
    qint64 pause = AtOnce;
    qint64 quit = AtOnce;
    for (int round = 0; round < 5 && (pause >= Promised || quit >= Promised); ++round) {
        m_fixture->makeQueue();
        const DownloadId id = m_fixture->add();
        QVERIFY(m_fixture->waitForState(id, DownloadState::Connecting));
        QTest::qWait(300);
        QElapsedTimer clock;
        clock.start();
        m_fixture->queue->pause(id);
        pause = std::min(pause, clock.elapsed());
        m_fixture->queue->resume(id); // its worker waits for the one before, which is not stuck
        QVERIFY(m_fixture->waitForState(id, DownloadState::Connecting));
        QTest::qWait(300);
        clock.restart();
        m_fixture->queue.reset();
        quit = std::min(quit, clock.elapsed());
    }
    QVERIFY2(pause < Promised, qPrintable(QString::number(pause)));
    QVERIFY2(quit < Promised, qPrintable(QString::number(quit)));
}

void DownloadHostile::silentAddressesAreRaced_data()
{
    QTest::addColumn<int>("silent");
    for (const int silent : {0, 1, 3, 5})
        QTest::addRow("%d silent addresses", silent) << silent;
}

void DownloadHostile::silentAddressesAreRaced()
{
    QFETCH(int, silent);
    m_fixture->serve({ranged()});
    const quint16 port = m_fixture->server->port();
    std::vector<std::unique_ptr<SilentAddress>> dead;
    s_addresses.clear();
    for (int i = 0; i < silent; ++i) {
        s_addresses.push_back("127.0.0." + QByteArray::number(11 + i));
        dead.push_back(std::make_unique<SilentAddress>(s_addresses.back().constData(), port));
        QVERIFY(dead.back()->works());
    }
    s_addresses.push_back("127.0.0.1");
    linkTo(QStringLiteral("http://many.example:%1").arg(port));
    m_fixture->options.stallTimeout = std::chrono::milliseconds(300); // connecting is not charged to it
    m_fixture->makeQueue();
    QElapsedTimer clock;
    clock.start();
    const DownloadId id = m_fixture->add();
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QVERIFY2(clock.elapsed() < Raced, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(m_fixture->server->requestCount(), 1);
}

void DownloadHostile::secondProxyIsTried()
{
    const ScriptedServer proxy(playing({ranged()})); // answers whatever it is asked for
    const auto ways = std::make_shared<Proxies>(std::vector<quint16>{closedPort(), proxy.port()});
    m_fixture->options.proxiesFor = [ways](const ConnectionId &) { return ways; };
    linkTo(QStringLiteral("http://archive.example"));
    m_fixture->makeQueue();
    const DownloadId id = m_fixture->add();
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QCOMPARE(proxy.requestCount(), 1);
    QVERIFY(proxy.requests().front().target.startsWith("http://archive.example/"));
}

void DownloadHostile::editedConnectionIsUsed()
{
    Reply cut = ranged();
    cut.cutAfter = 100000;
    const ScriptedServer first(playing({cut}));
    const ScriptedServer second(playing({ranged()}));
    int asked = 0;
    m_fixture->options.proxiesFor = [&](const ConnectionId &) {
        return std::make_shared<Proxies>(std::vector<quint16>{asked++ == 0 ? first.port() : second.port()});
    };
    linkTo(QStringLiteral("http://archive.example"));
    m_fixture->makeQueue();
    const DownloadId id = m_fixture->add();
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QCOMPARE(first.requestCount(), 1);
    QCOMPARE(second.requestCount(), 1);
}

void DownloadHostile::onlyWhatMayHaveCountedCounts_data()
{
    QTest::addColumn<bool>("listens");
    QTest::addColumn<Reply>("reply");
    QTest::addColumn<bool>("counts");
    const QByteArray nobody = "http://127.0.0.1:" + QByteArray::number(closedPort()) + "/x";
    QTest::newRow("nobody listens") << false << Reply{} << false;
    QTest::newRow("asked, no answer") << true << Reply{.dropBeforeAnswer = true} << true;
    QTest::newRow("refused") << true << Reply{.status = 503} << false;
    QTest::newRow("asked, and sent to nobody")
        << true << Reply{.status = 302, .headers = {"Location: " + nobody}} << true;
}

void DownloadHostile::onlyWhatMayHaveCountedCounts()
{
    QFETCH(bool, listens);
    QFETCH(Reply, reply);
    QFETCH(bool, counts);
    m_fixture->serve({reply});
    if (!listens)
        linkTo(QStringLiteral("http://127.0.0.1:%1").arg(closedPort()));
    m_fixture->makeQueue();
    const DownloadId id = m_fixture->add();
    QVERIFY(m_fixture->waitForState(id, DownloadState::Failed));
    const auto journal = readJournal(m_fixture->path(QStringLiteral(".part.json")));
    QVERIFY(journal);
    QCOMPARE(journal->requests, counts ? m_fixture->options.attempts : 0);
}

void DownloadHostile::silenceIsShown()
{
    Reply stalls = ranged();
    stalls.stallAfter = 100000;
    m_fixture->serve({stalls});
    m_fixture->options.stallTimeout = std::chrono::seconds(60);
    m_fixture->makeQueue();
    const DownloadId id = m_fixture->add();
    QVERIFY(m_fixture->waitForState(id, DownloadState::Receiving));
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->download(id).silent >= SilenceShown, 15000);
    QCOMPARE(m_fixture->download(id).bottleneck, Bottleneck::None);
    QVERIFY(stateText(m_fixture->download(id), m_fixture->clock.now()).contains(QLatin1String("no byte for 5 s")));
}

void DownloadHostile::contradictoryLengthsAreRefused_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::newRow("two lengths") << QByteArray("Content-Length: 300000\r\nContent-Length: 100\r\n");
    QTest::newRow("overlong") << QByteArray("Content-Length: 99999999999999999999999\r\n");
    QTest::newRow("negative") << QByteArray("Content-Length: -5\r\n");
    QTest::newRow("packed in transfer") << QByteArray("Transfer-Encoding: gzip, chunked\r\n");
}

void DownloadHostile::contradictoryLengthsAreRefused()
{
    QFETCH(QByteArray, fields);
    Reply lie;
    lie.before = "HTTP/1.1 200 OK\r\n" + fields + "\r\n";
    lie.forever = Archive;
    m_fixture->serve({lie, ranged()});
    m_fixture->makeQueue();
    const DownloadId id = m_fixture->add();
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QCOMPARE(m_fixture->server->requestCount(), 2);
    QVERIFY(m_fixture->server->requests().back().header("range").isEmpty()); // nothing of it was taken
}

} // namespace

/// In place of the system's resolver, for names of this test's own.
extern "C" int getaddrinfo(const char *node, const char *service, const addrinfo *hints, addrinfo **result)
{
    using Resolver = int (*)(const char *, const char *, const addrinfo *, addrinfo **);
    static const auto real = reinterpret_cast<Resolver>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    if (qstrcmp(node, "stuck.example") == 0) {
        std::unique_lock lock(s_resolverMutex);
        s_resolverFree.wait(lock, [] { return !s_resolverStuck; });
        return EAI_AGAIN;
    }
    if (qstrcmp(node, "many.example") != 0)
        return real(node, service, hints, result);
    addrinfo *last = nullptr;
    for (const QByteArray &address : s_addresses) {
        addrinfo *entry = nullptr;
        if (const int error = real(address.constData(), service, hints, &entry); error != 0)
            return error;
        (last ? last->ai_next : *result) = entry;
        for (last = entry; last->ai_next;)
            last = last->ai_next;
    }
    return 0;
}

QTEST_GUILESS_MAIN(DownloadHostile)
#include "download_hostile_test.moc"
