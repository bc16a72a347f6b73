#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <memory>

/// Real servers of Debian's packages, each started with a configuration of its own on a free loopback port and ended
/// with the object. They judge the program's Digest, TLS and proxy manners; nothing of them is imitated here.
namespace tidemark::peers {

/// A process and its folder. `waitForPort` blocks for at most 10 seconds until something accepts on the port.
class Peer
{
public:
    explicit Peer(const QString &program);
    ~Peer();
    Peer(const Peer &) = delete;
    Peer &operator=(const Peer &) = delete;

    /// For the process to be started, besides what this one has.
    void setEnvironment(const QString &name, const QString &value);
    bool start(const QStringList &arguments, quint16 port);
    QString folder() const { return m_dir.path(); }
    QString file(const QString &name) const { return m_dir.filePath(name); }
    void write(const QString &name, const QByteArray &bytes) const;
    QByteArray read(const QString &name) const;
    /// What went wrong, for a test's message.
    QByteArray output();

private:
    QString m_program;
    QTemporaryDir m_dir;
    QProcess m_process;
};

/// Apache httpd with mod_auth_digest before the API of `backend` ("http://127.0.0.1:PORT"). It asks for Digest itself
/// and signs in at the backend with `backendToken`, so that the Digest which is judged is Apache's.
class ApacheDigest
{
public:
    ApacheDigest(const QString &backend, const QByteArray &backendToken, const QString &user, const QString &password,
                 int nonceLifeSeconds = 300);
    bool start();
    QString baseUrl() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_port); }
    /// One line a request: method, path, status, and the Authorization header that the client sent ("-" for none).
    QByteArray accessLog() const { return m_peer.read(QStringLiteral("access.log")); }
    Peer &peer() { return m_peer; }

private:
    Peer m_peer;
    quint16 m_port;
};

/// A name that only squid knows: it stands for 127.0.0.1 there, so that a request for it needs the proxy.
inline const QString proxiedName = QStringLiteral("tidemark.test");
/// This machine, but no loopback address to whoever asks: clients take it to a proxy, and Linux connects it to itself.
inline const QString anyAddress = QStringLiteral("0.0.0.0");

/// Certificates made by the openssl command in `folder`: a private CA (ca.pem) and, each as NAME.pem and NAME.key,
/// "good" (for localhost, 127.0.0.1 and the two names above), "expired", "wronghost" (for elsewhere.example), all
/// signed by that CA, and "selfsigned".
bool makeCertificates(const QString &folder);

/// nginx with TLS before `backend`, one server for each certificate name.
class NginxTls
{
public:
    struct Site
    {
        QString certificate;
        QString protocols; ///< nginx's ssl_protocols, for example "TLSv1.2"
        quint16 port = 0;
    };

    explicit NginxTls(const QString &backend);
    /// Adds a server before start(); returns its base URL.
    QString add(const QString &certificate, const QString &protocols = QStringLiteral("TLSv1.2 TLSv1.3"));
    bool start();
    QString caFile() const { return m_peer.file(QStringLiteral("ca.pem")); }
    QByteArray accessLog() const { return m_peer.read(QStringLiteral("access.log")); }
    Peer &peer() { return m_peer; }

private:
    QString m_backend;
    QList<Site> m_sites;
    Peer m_peer;
};

class KerberosRealm;

/// How a proxy can be asked to have people sign in.
enum class ProxyScheme {
    Basic,
    Digest,
    Ntlm,      ///< judged by a helper of these tests, which knows the password
    NtlmOfAny, ///< squid's own ntlm_fake_auth: it reads the messages and believes every password
    Negotiate  ///< with tickets of a KerberosRealm
};

/// squid as an HTTP proxy, with or without a password. The log has one line a request, with the method and the user.
class SquidProxy
{
public:
    /// Named in the order of `schemes` where there is a user.
    explicit SquidProxy(const QString &user = {}, const QString &password = {},
                        const QList<ProxyScheme> &schemes = {ProxyScheme::Basic});
    /// Before start(); it must outlive the proxy.
    void believe(const KerberosRealm &realm) { m_realm = &realm; }
    bool start();
    quint16 port() const { return m_port; }
    QByteArray accessLog() const { return m_peer.read(QStringLiteral("access.log")); }
    /// Of each request, on a line: method, address, status, user and every field of its head as it came.
    QByteArrayList heads() const;
    Peer &peer() { return m_peer; }

private:
    QString signInWith(ProxyScheme scheme);

    QString m_user;
    QString m_password;
    QList<ProxyScheme> m_schemes;
    const KerberosRealm *m_realm = nullptr;
    quint16 m_port;
    Peer m_peer;
};

/// microsocks as a SOCKS5 proxy, with or without a password. What it writes names each host that it connected to.
class SocksProxy
{
public:
    explicit SocksProxy(const QString &user = {}, const QString &password = {});
    bool start();
    quint16 port() const { return m_port; }
    QByteArray log() { return m_peer.output(); }

private:
    QString m_user;
    QString m_password;
    quint16 m_port;
    Peer m_peer;
};

/// Django OAuth Toolkit as the authorisation server of an API with one project, without TLS.
class OAuthServer
{
public:
    OAuthServer(const QString &clientId, const QString &clientSecret, int tokenSeconds = 3600);
    bool start();
    QString baseUrl() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_port); }
    /// "METHOD /path STATUS" of each request, in order.
    QStringList log() const;
    Peer &peer() { return m_peer; }

private:
    QStringList m_account;
    quint16 m_port;
    Peer m_peer;
};

} // namespace tidemark::peers
