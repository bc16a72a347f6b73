/// Archives over real TLS (nginx, certificates of a private CA) and through real proxies (squid, microsocks).
#include "e2e/download_rows.h"
#include "support/peers.h"

#include <QNetworkProxyFactory>

#include <mutex>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// Gives out one proxy for every address.
class OneProxy : public QNetworkProxyFactory
{
public:
    explicit OneProxy(quint16 port, const QString &user = {}, const QString &password = {},
                      QNetworkProxy::ProxyType type = QNetworkProxy::HttpProxy)
        : m_proxy(type, QStringLiteral("127.0.0.1"), port, user, password)
    {
    }
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &) override { return {m_proxy}; }

private:
    QNetworkProxy m_proxy;
};

class DownloadTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void believesOnlyGoodCertificates_data();
    void believesOnlyGoodCertificates();
    void privateCaIsUnknownUntilGiven();
    void resumesOverTls();
    void neverLeavesTlsByARedirect();
    void followsARedirectIntoTls();
    void goesThroughAProxy_data();
    void goesThroughAProxy();
    void goesThroughSocks_data();
    void goesThroughSocks();
    void wrongProxyPasswordIsAnEnd();

private:
    void linkTo(const QString &base);
    void answerWith(Play answer);
    DownloadId startPublished();

    std::unique_ptr<ScriptedServer> m_backend;
    std::unique_ptr<peers::NginxTls> m_nginx;
    QHash<QString, QString> m_sites; ///< certificate (and protocols) → base URL
    std::mutex m_mutex;
    Play m_answer; ///< called in the server's thread
    std::unique_ptr<DownloadFixture> m_fixture;
};

void DownloadTls::initTestCase()
{
    m_backend = std::make_unique<ScriptedServer>(playing([this](const RecordedRequest &request, int number) {
        const std::scoped_lock lock(m_mutex);
        return m_answer(request, number);
    }));
    m_nginx = std::make_unique<peers::NginxTls>(m_backend->url().toString());
    for (const QString &name :
         {QStringLiteral("good"), QStringLiteral("expired"), QStringLiteral("wronghost"), QStringLiteral("selfsigned")})
        m_sites.insert(name, m_nginx->add(name));
    m_sites.insert(QStringLiteral("good, TLS 1.2"), m_nginx->add(QStringLiteral("good"), QStringLiteral("TLSv1.2")));
    m_sites.insert(QStringLiteral("good, TLS 1.0"), m_nginx->add(QStringLiteral("good"), QStringLiteral("TLSv1")));
    QVERIFY2(m_nginx->start(), m_nginx->peer().output().constData());
}

void DownloadTls::init()
{
    m_fixture = std::make_unique<DownloadFixture>();
    m_fixture->options.caCertificateFiles = {m_nginx->caFile()};
    answerWith([](const RecordedRequest &, int) { return ranged(); });
}

void DownloadTls::answerWith(Play answer)
{
    const std::scoped_lock lock(m_mutex);
    m_answer = std::move(answer);
}

void DownloadTls::cleanup()
{
    m_fixture.reset();
}

void DownloadTls::linkTo(const QString &base)
{
    m_fixture->jobs.job.delivery.url =
        base + QStringLiteral("/backup/restore/v2/pull/job/KEY=/") + DownloadFixture::fileName();
}

DownloadId DownloadTls::startPublished()
{
    published(*m_fixture);
    m_fixture->makeQueue();
    return m_fixture->add();
}

void DownloadTls::believesOnlyGoodCertificates_data()
{
    QTest::addColumn<QString>("site");
    QTest::addColumn<bool>("good");
    QTest::newRow("good") << QStringLiteral("good") << true;
    QTest::newRow("good, TLS 1.2") << QStringLiteral("good, TLS 1.2") << true;
    QTest::newRow("too old a TLS") << QStringLiteral("good, TLS 1.0") << false;
    QTest::newRow("expired") << QStringLiteral("expired") << false;
    QTest::newRow("of another host") << QStringLiteral("wronghost") << false;
    QTest::newRow("signed by itself") << QStringLiteral("selfsigned") << false;
}

void DownloadTls::believesOnlyGoodCertificates()
{
    QFETCH(QString, site);
    QFETCH(bool, good);
    const int before = m_backend->requestCount();
    linkTo(m_sites.value(site));
    const DownloadId id = startPublished();
    QVERIFY(m_fixture->waitForRest(id));
    const QByteArray says = m_fixture->describe(id).toUtf8();
    if (good) {
        QVERIFY2(m_fixture->download(id).state == DownloadState::Verified, says.constData());
        QCOMPARE(test::contents(m_fixture->path()), RowArchive);
        return;
    }
    QVERIFY2(m_fixture->download(id).state == DownloadState::Failed, says.constData());
    QVERIFY2(m_fixture->download(id).error->kind == ErrorKind::Tls, says.constData());
    QCOMPARE(m_backend->requestCount(), before);
}

void DownloadTls::privateCaIsUnknownUntilGiven()
{
    const auto known = std::make_shared<QStringList>();
    m_fixture->options.caFilesFor = [known](const ConnectionId &) { return *known; };
    linkTo(m_sites.value(QStringLiteral("good")));
    const DownloadId id = startPublished();
    QVERIFY(m_fixture->waitForRest(id));
    QCOMPARE(m_fixture->download(id).state, DownloadState::Failed);
    QCOMPARE(m_fixture->download(id).error->kind, ErrorKind::Tls);
    *known << m_nginx->caFile(); // the connection was edited
    m_fixture->queue->retry(id);
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
}

void DownloadTls::resumesOverTls()
{
    const auto first = static_cast<size_t>(m_backend->requestCount());
    answerWith([first](const RecordedRequest &, int number) {
        return static_cast<size_t>(number) == first ? cut(ranged(), Middle) : ranged();
    });
    linkTo(m_sites.value(QStringLiteral("good")));
    const DownloadId id = startPublished();
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QCOMPARE(test::contents(m_fixture->path()), RowArchive);
    const auto requests = m_backend->requests();
    QCOMPARE(requests.size(), first + 2);
    QVERIFY(requests[first].header("range").isEmpty());
    QVERIFY(requests[first + 1].header("range").startsWith("bytes="));
}

void DownloadTls::neverLeavesTlsByARedirect()
{
    ScriptedServer plain(playing({whole()}));
    const QByteArray target = plain.url(QStringLiteral("/x")).toString().toLatin1();
    answerWith([target](const RecordedRequest &, int) { return status(302, {"Location: " + target}); });
    linkTo(m_sites.value(QStringLiteral("good")));
    const DownloadId id = startPublished();
    QVERIFY(m_fixture->waitForRest(id));
    QCOMPARE(m_fixture->download(id).state, DownloadState::Failed);
    QCOMPARE(plain.requestCount(), 0);
}

void DownloadTls::followsARedirectIntoTls()
{
    const QByteArray target = m_sites.value(QStringLiteral("good")).toLatin1() + "/stored";
    ScriptedServer first(playing({status(302, {"Location: " + target})}));
    linkTo(first.url().toString());
    const DownloadId id = startPublished();
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QCOMPARE(first.requestCount(), 1);
}

void DownloadTls::goesThroughAProxy_data()
{
    QTest::addColumn<bool>("tls");
    QTest::addColumn<bool>("password");
    for (const bool tls : {false, true}) {
        for (const bool password : {false, true})
            QTest::addRow("%s, %s", tls ? "TLS" : "HTTP", password ? "password" : "open") << tls << password;
    }
}

void DownloadTls::goesThroughAProxy()
{
    QFETCH(bool, tls);
    QFETCH(bool, password);
    const QString user = password ? QStringLiteral("dba") : QString();
    const QString secret = password ? QStringLiteral("pr0xy") : QString();
    peers::SquidProxy squid(user, secret);
    QVERIFY2(squid.start(), squid.peer().output().constData());
    const auto proxies = std::make_shared<OneProxy>(squid.port(), user, secret);
    m_fixture->options.proxiesFor = [proxies](const ConnectionId &) { return proxies; };
    linkTo(tls ? m_sites.value(QStringLiteral("good")) : m_backend->url().toString());
    const DownloadId id = startPublished();
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QCOMPARE(test::contents(m_fixture->path()), RowArchive);
    QTRY_VERIFY2(squid.accessLog().contains(tls ? "CONNECT" : "GET"), squid.accessLog().constData());
}

void DownloadTls::goesThroughSocks_data()
{
    goesThroughAProxy_data();
}

void DownloadTls::goesThroughSocks()
{
    QFETCH(bool, tls);
    QFETCH(bool, password);
    const QString user = password ? QStringLiteral("dba") : QString();
    const QString secret = password ? QStringLiteral("pröxy:%41@/") : QString(); // what has a meaning in addresses
    peers::SocksProxy socks(user, secret);
    QVERIFY2(socks.start(), socks.log().constData());
    const auto proxies = std::make_shared<OneProxy>(socks.port(), user, secret, QNetworkProxy::Socks5Proxy);
    m_fixture->options.proxiesFor = [proxies](const ConnectionId &) { return proxies; };
    linkTo(tls ? m_sites.value(QStringLiteral("good")) : m_backend->url().toString());
    const DownloadId id = startPublished();
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QByteArray log;
    QTRY_VERIFY2((log += socks.log()).contains("connected to 127.0.0.1"), log.constData());
}

void DownloadTls::wrongProxyPasswordIsAnEnd()
{
    peers::SquidProxy squid(QStringLiteral("dba"), QStringLiteral("pr0xy"));
    QVERIFY2(squid.start(), squid.peer().output().constData());
    const auto proxies = std::make_shared<OneProxy>(squid.port(), QStringLiteral("dba"), QStringLiteral("wrong"));
    m_fixture->options.proxiesFor = [proxies](const ConnectionId &) { return proxies; };
    const int before = m_backend->requestCount();
    linkTo(m_sites.value(QStringLiteral("good")));
    const DownloadId id = startPublished();
    QVERIFY(m_fixture->waitForState(id, DownloadState::Failed));
    QVERIFY(!m_fixture->download(id).error->sentence.isEmpty());
    QCOMPARE(m_backend->requestCount(), before);
}

} // namespace

QTEST_GUILESS_MAIN(DownloadTls)
#include "download_tls_test.moc"
