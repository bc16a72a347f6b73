#include "e2e/peers_tests.h"

#include <QProcess>
#include <QTest>

namespace tidemark::test {

namespace {

struct Site
{
    const char *name;
    const char *certificate;
    const char *protocols;
};

constexpr Site sites[] = {
    {"any", "good", "TLSv1.2 TLSv1.3"},
    {"TLS 1.3", "good", "TLSv1.3"},
    {"TLS 1.2", "good", "TLSv1.2"},
    {"TLS 1.1", "good", "TLSv1.1"},
    {"TLS 1.0", "good", "TLSv1"},
    {"expired", "expired", "TLSv1.2 TLSv1.3"},
    {"wronghost", "wronghost", "TLSv1.2 TLSv1.3"},
    {"selfsigned", "selfsigned", "TLSv1.2 TLSv1.3"},
};

QString text(const char *words)
{
    return QString::fromLatin1(words);
}

} // namespace

void PeersTlsTest::initTestCase()
{
    QVERIFY2(m_cloud.isRunning(), qPrintable(m_cloud.problem()));
    m_nginx = std::make_unique<peers::NginxTls>(m_cloud.baseUrl().adjusted(QUrl::StripTrailingSlash).toString());
    for (const Site &site : sites)
        m_sites[text(site.name)] = m_nginx->add(text(site.certificate), text(site.protocols));
    QVERIFY2(m_nginx->start(), m_nginx->peer().output().constData());
}

void PeersTlsTest::judgesServers_data()
{
    QTest::addColumn<QString>("site");
    QTest::addColumn<QString>("authority"); ///< name of the CA certificate's file; empty for the system's
    QTest::addColumn<QString>("words");     ///< of the refusal; empty when the server is accepted
    QTest::addColumn<QString>("protocol");
    const auto row = [](const char *what, const char *site, const char *authority, const char *words,
                        const char *protocol = "") {
        QTest::newRow(what) << text(site) << text(authority) << text(words) << text(protocol);
    };
    row("TLS 1.3 only, private CA chosen", "TLS 1.3", "ca", "", "TLSv1.3");
    row("TLS 1.2 only, private CA chosen", "TLS 1.2", "ca", "", "TLSv1.2");
    row("TLS 1.2 and 1.3, private CA chosen", "any", "ca", "", "TLSv1.3");
    row("TLS 1.1 only", "TLS 1.1", "ca", "offers no TLS version that is safe");
    row("TLS 1.0 only", "TLS 1.0", "ca", "offers no TLS version that is safe");
    row("private CA not chosen", "any", "", "issued by an authority that is not known here (Test CA)");
    row("another CA chosen", "any", "selfsigned", "issued by an authority that is not known here (Test CA)");
    row("expired certificate", "expired", "ca", "expired on 2021-01-01");
    row("expired certificate, private CA not chosen", "expired", "", "expired on 2021-01-01");
    row("certificate of another host", "wronghost", "ca", "is for another server: elsewhere.example");
    row("self-signed certificate", "selfsigned", "", "is self-signed and not known here");
    row("self-signed certificate chosen", "selfsigned", "selfsigned", "", "TLSv1.3");
}

void PeersTlsTest::judgesServers()
{
    QFETCH(QString, site);
    QFETCH(QString, authority);
    QFETCH(QString, words);
    QFETCH(QString, protocol);
    Connection connection = connectionTo(m_sites[site], m_cloud.publicKey());
    if (!authority.isEmpty())
        connection.caCertificateFile = certificate(authority);
    const qsizetype before = m_nginx->accessLog().count('\n');
    const Projects outcome = readProjects(connection, {Secret(m_cloud.privateKey()), {}});
    m_matrix.add(QStringLiteral("nginx"), QString::fromLatin1(QTest::currentDataTag()), outcomeText(outcome));
    const QString objection =
        objectionTo(outcome, words.isEmpty() ? Expected::projects() : Expected{ErrorKind::Tls, words});
    QVERIFY2(objection.isEmpty(), qPrintable(objection));
    if (words.isEmpty()) {
        const QList<QByteArray> lines = m_nginx->accessLog().trimmed().split('\n').mid(before);
        QCOMPARE(lines.size(), 2); // the challenge and its answer
        QVERIFY2(lines.last().endsWith(protocol.toLatin1()), lines.last().constData());
    } else {
        QVERIFY(!outcome.error().retryable);
        QCOMPARE(m_nginx->accessLog().count('\n'), before); // not one request was sent
    }
}

/// A server that answers nobody would make every refusal above look right.
void PeersTlsTest::theRefusedServersWork()
{
    QVERIFY(!m_sites.empty());
    for (const auto &[name, url] : m_sites) {
        QStringList arguments{QStringLiteral("--silent"),    QStringLiteral("--insecure"),
                              QStringLiteral("--ciphers"),   QStringLiteral("DEFAULT@SECLEVEL=0"),
                              QStringLiteral("--output"),    QStringLiteral("/dev/null"),
                              QStringLiteral("--write-out"), QStringLiteral("%{http_code}")};
        arguments << QStringLiteral("--tlsv1.0") << url + QStringLiteral("/api/public/v1.0/groups");
        QProcess curl;
        curl.start(QStringLiteral("curl"), arguments);
        QVERIFY(curl.waitForFinished(20000));
        QVERIFY2(curl.readAllStandardOutput() == "401", qPrintable(name)); // the stand-in's challenge came through
    }
}

void PeersTlsTest::aBadCaFileIsSaid()
{
    Connection connection = connectionTo(m_sites[QStringLiteral("any")], m_cloud.publicKey());
    const Credentials key{Secret(m_cloud.privateKey()), {}};
    connection.caCertificateFile = QStringLiteral("/nowhere/ca.pem");
    Projects outcome = readProjects(connection, key);
    m_matrix.add(QStringLiteral("nginx"), QStringLiteral("CA file that is missing"), outcomeText(outcome));
    QVERIFY(objectionTo(outcome, {ErrorKind::Tls, QStringLiteral("cannot be read")}).isEmpty());
    connection.caCertificateFile = m_nginx->peer().file(QStringLiteral("good.key"));
    outcome = readProjects(connection, key);
    m_matrix.add(QStringLiteral("nginx"), QStringLiteral("CA file without a certificate"), outcomeText(outcome));
    QVERIFY(objectionTo(outcome, {ErrorKind::Tls, QStringLiteral("has no certificate in it")}).isEmpty());
}

} // namespace tidemark::test
