#include "support/peers.h"

#include "support/reserved_port.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QFile>
#include <QTcpSocket>
#include <QThread>

namespace tidemark::peers {

namespace {

bool runOpenssl(const QString &folder, const QStringList &arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("openssl"), arguments);
    const bool done = process.waitForFinished(30000) && process.exitCode() == 0;
    if (!done)
        qWarning("openssl: %s", process.readAll().constData());
    return done;
}

} // namespace

Peer::Peer(const QString &program)
    : m_program(program)
{
    // The servers drop root and must still reach their files.
    QFile::setPermissions(m_dir.path(), QFile::Permissions(0x7755));
    m_process.setProcessChannelMode(QProcess::MergedChannels);
}

Peer::~Peer()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.terminate();
        if (!m_process.waitForFinished(5000))
            m_process.kill();
        m_process.waitForFinished(2000);
    }
}

void Peer::setEnvironment(const QString &name, const QString &value)
{
    QProcessEnvironment environment = m_process.processEnvironment();
    if (environment.isEmpty())
        environment = QProcessEnvironment::systemEnvironment();
    environment.insert(name, value);
    m_process.setProcessEnvironment(environment);
}

bool Peer::start(const QStringList &arguments, quint16 port)
{
    m_process.start(m_program, arguments);
    if (!m_process.waitForStarted(5000))
        return false;
    for (const QDeadlineTimer deadline(10000); !deadline.hasExpired(); QThread::msleep(50)) {
        QTcpSocket probe;
        probe.connectToHost(QStringLiteral("127.0.0.1"), port);
        if (probe.waitForConnected(200))
            return true;
        if (m_process.state() == QProcess::NotRunning)
            return false;
    }
    return false;
}

void Peer::write(const QString &name, const QByteArray &bytes) const
{
    QFile written(file(name));
    if (!written.open(QIODevice::WriteOnly) || written.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(written.fileName()));
}

QByteArray Peer::read(const QString &name) const
{
    QFile source(file(name));
    return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
}

QByteArray Peer::output()
{
    m_process.waitForReadyRead(0);
    return m_process.readAll() + read(QStringLiteral("error.log"));
}

ApacheDigest::ApacheDigest(const QString &backend, const QByteArray &backendToken, const QString &user,
                           const QString &password, int nonceLifeSeconds)
    : m_peer(QStringLiteral("/usr/sbin/apache2"))
    , m_port(test::reservedPort())
{
    const QString realm = QStringLiteral("MMS Public API");
    const QByteArray ha1 =
        QCryptographicHash::hash((user + QLatin1Char(':') + realm + QLatin1Char(':') + password).toUtf8(),
                                 QCryptographicHash::Md5)
            .toHex();
    m_peer.write(QStringLiteral("users"), (user + QLatin1Char(':') + realm + QLatin1Char(':')).toUtf8() + ha1 + '\n');
    QByteArray modules;
    for (const char *name : {"mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_digest",
                             "headers", "setenvif", "proxy", "proxy_http"})
        modules += QByteArray("LoadModule ") + name + "_module /usr/lib/apache2/modules/mod_" + name + ".so\n";
    const QByteArray configuration =
        modules +
        QStringLiteral("ServerName localhost\nListen 127.0.0.1:%1\nPidFile %2/httpd.pid\nErrorLog %2/error.log\n"
                       "SetEnvIf Authorization \"^(.+)$\" SENT=$1\n"
                       "LogFormat \"%m %U %>s %{SENT}e\" plain\nCustomLog %2/access.log plain\n"
                       "User www-data\nGroup www-data\nDefaultRuntimeDir %2\nMutex pthread\n"
                       "<Location \"/\">\n"
                       "  AuthType Digest\n  AuthName \"%3\"\n  AuthDigestProvider file\n  AuthDigestAlgorithm MD5\n"
                       "  AuthDigestNonceLifetime %4\n  AuthUserFile %2/users\n  Require valid-user\n"
                       "  RequestHeader set Authorization \"Bearer %5\"\n"
                       "</Location>\n"
                       "ProxyPass \"/\" \"%6/\"\n")
            .arg(m_port)
            .arg(m_peer.folder(), realm)
            .arg(nonceLifeSeconds)
            .arg(QString::fromUtf8(backendToken), backend)
            .toUtf8();
    m_peer.write(QStringLiteral("httpd.conf"), configuration);
}

bool ApacheDigest::start()
{
    return m_peer.start({QStringLiteral("-D"), QStringLiteral("FOREGROUND"), QStringLiteral("-f"),
                         m_peer.file(QStringLiteral("httpd.conf"))},
                        m_port);
}

bool makeCertificates(const QString &folder)
{
    const auto request = [&](const QString &name, const QString &commonName) {
        return runOpenssl(folder, {QStringLiteral("req"), QStringLiteral("-newkey"), QStringLiteral("rsa:2048"),
                                   QStringLiteral("-nodes"), QStringLiteral("-keyout"), name + QStringLiteral(".key"),
                                   QStringLiteral("-out"), name + QStringLiteral(".csr"), QStringLiteral("-subj"),
                                   QStringLiteral("/CN=") + commonName});
    };
    const auto selfSigned = [&](const QString &name, const QString &commonName, const QString &extension) {
        return runOpenssl(folder, {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                                   QStringLiteral("rsa:2048"), QStringLiteral("-nodes"), QStringLiteral("-days"),
                                   QStringLiteral("30"), QStringLiteral("-keyout"), name + QStringLiteral(".key"),
                                   QStringLiteral("-out"), name + QStringLiteral(".pem"), QStringLiteral("-subj"),
                                   QStringLiteral("/CN=") + commonName, QStringLiteral("-addext"), extension});
    };
    if (!selfSigned(QStringLiteral("ca"), QStringLiteral("Test CA"),
                    QStringLiteral("keyUsage=critical,keyCertSign,cRLSign")) ||
        !selfSigned(QStringLiteral("selfsigned"), QStringLiteral("localhost"),
                    QStringLiteral("subjectAltName=DNS:localhost,IP:127.0.0.1")))
        return false;

    // `openssl ca` is the one command that signs with an end in the past.
    QFile configuration(folder + QStringLiteral("/ca.cnf"));
    if (!configuration.open(QIODevice::WriteOnly))
        return false;
    configuration.write(
        "[ca]\ndefault_ca=d\n[d]\ndatabase=index\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\n"
        "policy=p\ncertificate=ca.pem\nprivate_key=ca.key\nunique_subject=no\n[p]\ncommonName=supplied\n"
        "[here]\nsubjectAltName=DNS:localhost,IP:127.0.0.1,DNS:tidemark.test,IP:0.0.0.0\n[there]\nsubjectAltName=DNS:"
        "elsewhere.example\n");
    configuration.close();
    for (const auto &[name, content] : {std::pair{"index", ""}, std::pair{"serial", "01\n"}}) {
        QFile made(folder + QLatin1Char('/') + QLatin1String(name));
        if (!made.open(QIODevice::WriteOnly) || made.write(content) < 0)
            return false;
    }
    const auto sign = [&](const QString &name, const QString &extensions, const QString &start, const QString &end) {
        return runOpenssl(folder, {QStringLiteral("ca"), QStringLiteral("-batch"), QStringLiteral("-notext"),
                                   QStringLiteral("-config"), QStringLiteral("ca.cnf"), QStringLiteral("-extensions"),
                                   extensions, QStringLiteral("-startdate"), start, QStringLiteral("-enddate"), end,
                                   QStringLiteral("-in"), name + QStringLiteral(".csr"), QStringLiteral("-out"),
                                   name + QStringLiteral(".pem")});
    };
    const QString past = QStringLiteral("20200101000000Z");
    const QString ended = QStringLiteral("20210101000000Z");
    const QString future = QStringLiteral("20490101000000Z");
    return request(QStringLiteral("good"), QStringLiteral("localhost")) &&
           sign(QStringLiteral("good"), QStringLiteral("here"), past, future) &&
           request(QStringLiteral("expired"), QStringLiteral("localhost")) &&
           sign(QStringLiteral("expired"), QStringLiteral("here"), past, ended) &&
           request(QStringLiteral("wronghost"), QStringLiteral("elsewhere.example")) &&
           sign(QStringLiteral("wronghost"), QStringLiteral("there"), past, future);
}

NginxTls::NginxTls(const QString &backend)
    : m_backend(backend)
    , m_peer(QStringLiteral("/usr/sbin/nginx"))
{
}

QString NginxTls::add(const QString &certificate, const QString &protocols)
{
    m_sites.append({certificate, protocols, test::reservedPort()});
    return QStringLiteral("https://127.0.0.1:%1").arg(m_sites.last().port);
}

bool NginxTls::start()
{
    const QString folder = m_peer.folder();
    if (!makeCertificates(folder))
        return false;
    QString servers;
    for (const Site &site : std::as_const(m_sites)) {
        servers += QStringLiteral(
                       "  server {\n    listen 127.0.0.1:%1 ssl http2;\n    ssl_certificate %2/%3.pem;\n"
                       "    ssl_certificate_key %2/%3.key;\n    ssl_protocols %4;\n"
                       "    ssl_ciphers DEFAULT@SECLEVEL=0;\n"
                       "    location / { proxy_pass %5; proxy_http_version 1.1; proxy_set_header Host $host; }\n  }\n")
                       .arg(site.port)
                       .arg(folder, site.certificate, site.protocols, m_backend);
    }
    m_peer.write(
        QStringLiteral("nginx.conf"),
        QStringLiteral(
            "daemon off;\nmaster_process off;\nworker_processes 1;\npid %1/nginx.pid;\nerror_log %1/error.log;\n"
            "events { worker_connections 64; }\nhttp {\n  log_format plain '$request_method $uri $status "
            "$ssl_protocol';\n  access_log %1/access.log plain;\n"
            "  client_body_temp_path %1/a;\n  proxy_temp_path %1/b;\n  fastcgi_temp_path %1/c;\n"
            "  uwsgi_temp_path %1/d;\n  scgi_temp_path %1/e;\n%2}\n")
            .arg(folder, servers)
            .toUtf8());
    return m_peer.start({QStringLiteral("-c"), m_peer.file(QStringLiteral("nginx.conf")), QStringLiteral("-e"),
                         m_peer.file(QStringLiteral("error.log"))},
                        m_sites.last().port);
}

SocksProxy::SocksProxy(const QString &user, const QString &password)
    : m_user(user)
    , m_password(password)
    , m_port(test::reservedPort())
    , m_peer(QStringLiteral("microsocks"))
{
}

bool SocksProxy::start()
{
    QStringList arguments{QStringLiteral("-i"), QStringLiteral("127.0.0.1"), QStringLiteral("-p"),
                          QString::number(m_port)};
    if (!m_user.isEmpty())
        arguments << QStringLiteral("-u") << m_user << QStringLiteral("-P") << m_password;
    return m_peer.start(arguments, m_port);
}

OAuthServer::OAuthServer(const QString &clientId, const QString &clientSecret, int tokenSeconds)
    : m_account{clientId, clientSecret, QString::number(tokenSeconds)}
    , m_port(test::reservedPort())
    , m_peer(QStringLiteral("/usr/bin/python3")) // Debian's own: the toolkit is one of its packages
{
}

bool OAuthServer::start()
{
    return m_peer.start(QStringList{QStringLiteral(TIDEMARK_OAUTH_SERVER), QString::number(m_port)} + m_account +
                            QStringList{m_peer.file(QStringLiteral("access.log"))},
                        m_port);
}

QStringList OAuthServer::log() const
{
    return QString::fromLatin1(m_peer.read(QStringLiteral("access.log"))).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

} // namespace tidemark::peers
