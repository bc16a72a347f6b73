#include "support/kerberos_realm.h"
#include "support/peers.h"
#include "support/reserved_port.h"

#include <QCryptographicHash>
#include <QFile>

namespace tidemark::peers {

namespace {

QByteArray hexHash(const QByteArray &bytes, QCryptographicHash::Algorithm algorithm)
{
    return QCryptographicHash::hash(bytes, algorithm).toHex();
}

/// What Windows keeps of a password.
QByteArray ntHash(const QString &password)
{
    const QByteArray units(reinterpret_cast<const char *>(password.utf16()), password.size() * 2);
    return hexHash(units, QCryptographicHash::Md4);
}

} // namespace

SquidProxy::SquidProxy(const QString &user, const QString &password, const QList<ProxyScheme> &schemes)
    : m_user(user)
    , m_password(password)
    , m_schemes(schemes)
    , m_port(test::reservedPort())
    , m_peer(QStringLiteral("/usr/sbin/squid"))
{
}

/// The lines that ask for it; empty when it cannot be asked for.
QString SquidProxy::signInWith(ProxyScheme scheme)
{
    // More than one helper is of no use to one client, and each takes a moment to start.
    const auto program = [](const char *name, const QString &command) {
        return QStringLiteral("auth_param %1 program %2\nauth_param %1 children 1 startup=1\n")
            .arg(QLatin1String(name), command);
    };
    const QString folder = m_peer.folder();
    switch (scheme) {
    case ProxyScheme::Basic: {
        QProcess htpasswd;
        htpasswd.start(QStringLiteral("htpasswd"),
                       {QStringLiteral("-bc"), m_peer.file(QStringLiteral("users")), m_user, m_password});
        if (!htpasswd.waitForFinished(10000) || htpasswd.exitCode() != 0)
            return {};
        return program("basic", QStringLiteral("/usr/lib/squid/basic_ncsa_auth %1/users").arg(folder)) +
               QStringLiteral("auth_param basic realm proxy\n");
    }
    case ProxyScheme::Digest: {
        const QByteArray account = m_user.toUtf8() + ":proxy:";
        m_peer.write(QStringLiteral("digests"),
                     account + hexHash(account + m_password.toUtf8(), QCryptographicHash::Md5) + '\n');
        return program("digest", QStringLiteral("/usr/lib/squid/digest_file_auth -c %1/digests").arg(folder)) +
               QStringLiteral("auth_param digest realm proxy\n");
    }
    case ProxyScheme::Ntlm:
        return program("ntlm", QStringLiteral("/usr/bin/python3 " TIDEMARK_NTLM_JUDGE " %1 %2")
                                   .arg(m_user, QLatin1String(ntHash(m_password))));
    case ProxyScheme::NtlmOfAny:
        return program("ntlm", QStringLiteral("/usr/lib/squid/ntlm_fake_auth"));
    case ProxyScheme::Negotiate:
        if (!m_realm)
            return {};
        m_peer.setEnvironment(QStringLiteral("KRB5_CONFIG"), m_realm->configuration());
        return program("negotiate", QStringLiteral("/usr/lib/squid/negotiate_kerberos_auth -s %1 -k %2 -t none")
                                        .arg(KerberosRealm::service(), m_realm->keytab()));
    }
    return {};
}

bool SquidProxy::start()
{
    const QString folder = m_peer.folder();
    QFile::setPermissions(folder, QFile::Permissions(0x7777)); // squid writes its logs as the user proxy
    QString access = QStringLiteral("http_access allow localhost\n");
    if (!m_user.isEmpty()) {
        access.clear();
        for (const ProxyScheme scheme : std::as_const(m_schemes)) {
            const QString lines = signInWith(scheme);
            if (lines.isEmpty())
                return false;
            access += lines;
        }
        access += QStringLiteral("acl known proxy_auth REQUIRED\nhttp_access allow known\n");
    }
    m_peer.write(QStringLiteral("hosts"), "127.0.0.1 " + proxiedName.toLatin1() + '\n');
    m_peer.write(QStringLiteral("squid.conf"),
                 QStringLiteral("http_port 127.0.0.1:%1\n%2http_access deny all\npid_filename none\n"
                                "logformat heads %rm %ru %>Hs %[un %>h\n"
                                "access_log stdio:%3/access.log\naccess_log stdio:%3/heads.log logformat=heads\n"
                                "cache_log %3/error.log\ncache deny all\n"
                                "cache_store_log none\nshutdown_lifetime 0 seconds\ncoredump_dir %3\n"
                                "visible_hostname localhost\nnetdb_filename none\nhosts_file %3/hosts\n")
                     .arg(m_port)
                     .arg(access, folder)
                     .toUtf8());
    // Its shared memory is named for the service: two that run at once must not meet there.
    return m_peer.start({QStringLiteral("-N"), QStringLiteral("-n"), QStringLiteral("tidemark%1").arg(m_port),
                         QStringLiteral("-f"), m_peer.file(QStringLiteral("squid.conf"))},
                        m_port);
}

QByteArrayList SquidProxy::heads() const
{
    QByteArrayList lines;
    const QByteArray log = m_peer.read(QStringLiteral("heads.log"));
    for (const QByteArray &line : log.split('\n')) {
        if (!line.isEmpty())
            lines << QByteArray::fromPercentEncoding(line);
    }
    return lines;
}

} // namespace tidemark::peers
