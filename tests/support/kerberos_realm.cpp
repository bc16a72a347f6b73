#include "support/kerberos_realm.h"

#include "support/reserved_port.h"
#include "support/system_program.h"

#include <QFile>

namespace tidemark::peers {

using test::systemProgram;

KerberosRealm::KerberosRealm()
    : m_port(test::reservedPort())
    , m_kdc(systemProgram(QStringLiteral("krb5kdc")))
{
}

QString KerberosRealm::missing()
{
    for (const char *program : {"krb5kdc", "kdb5_util", "kadmin.local", "kinit"}) {
        if (systemProgram(QLatin1String(program)).isEmpty())
            return QLatin1String(program);
    }
    return {};
}

bool KerberosRealm::run(const QString &program, const QStringList &arguments, const QByteArray &input) const
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("KRB5_CONFIG"), configuration());
    environment.insert(QStringLiteral("KRB5_KDC_PROFILE"), m_kdc.file(QStringLiteral("kdc.conf")));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(systemProgram(program), arguments);
    process.write(input);
    process.closeWriteChannel();
    const bool done = process.waitForFinished(30000) && process.exitCode() == 0;
    if (!done)
        qWarning("%s: %s", qPrintable(program), process.readAll().constData());
    return done;
}

bool KerberosRealm::start(const QString &person, const QString &password)
{
    // No name is looked up, and over TCP alone: the port is reserved for that.
    m_kdc.write(QStringLiteral("krb5.conf"),
                QStringLiteral("[libdefaults]\n default_realm = TIDEMARK.TEST\n dns_lookup_kdc = false\n"
                               " dns_lookup_realm = false\n dns_canonicalize_hostname = false\n rdns = false\n"
                               " udp_preference_limit = 1\n"
                               "[realms]\n TIDEMARK.TEST = {\n  kdc = 127.0.0.1:%1\n }\n"
                               "[domain_realm]\n localhost = TIDEMARK.TEST\n")
                    .arg(m_port)
                    .toUtf8());
    m_kdc.write(QStringLiteral("kdc.conf"),
                QStringLiteral("[kdcdefaults]\n kdc_listen = \"\"\n kdc_tcp_listen = 127.0.0.1:%1\n"
                               "[realms]\n TIDEMARK.TEST = {\n  database_name = %2/principal\n"
                               "  key_stash_file = %2/stash\n  acl_file = %2/acl\n }\n"
                               "[logging]\n kdc = FILE:%2/error.log\n admin_server = FILE:%2/admin.log\n")
                    .arg(m_port)
                    .arg(m_kdc.folder())
                    .toUtf8());
    const auto administer = [this](const QString &order) {
        return run(QStringLiteral("kadmin.local"), {QStringLiteral("-q"), order});
    };
    const bool made = run(QStringLiteral("kdb5_util"), {QStringLiteral("create"), QStringLiteral("-s"),
                                                        QStringLiteral("-P"), QStringLiteral("master")}) &&
                      administer(QStringLiteral("addprinc -pw %1 %2").arg(password, person)) &&
                      administer(QStringLiteral("addprinc -randkey ") + service()) &&
                      administer(QStringLiteral("ktadd -k %1 %2").arg(keytab(), service())) &&
                      QFile::setPermissions(keytab(), QFile::Permissions(0x6644)); // squid reads it as the user proxy
    m_kdc.setEnvironment(QStringLiteral("KRB5_CONFIG"), configuration());
    m_kdc.setEnvironment(QStringLiteral("KRB5_KDC_PROFILE"), m_kdc.file(QStringLiteral("kdc.conf")));
    return made && m_kdc.start({QStringLiteral("-n")}, m_port);
}

QString KerberosRealm::signIn(const QString &person, const QString &password, int seconds)
{
    const QString cache = QStringLiteral("FILE:") + m_kdc.file(QStringLiteral("tickets%1").arg(++m_signIns));
    const bool done =
        run(QStringLiteral("kinit"),
            {QStringLiteral("-l"), QStringLiteral("%1s").arg(seconds), QStringLiteral("-c"), cache, person},
            password.toUtf8() + '\n');
    return done ? cache : QString();
}

bool KerberosRealm::changeServiceKey()
{
    return run(QStringLiteral("kadmin.local"), {QStringLiteral("-q"), QStringLiteral("cpw -randkey ") + service()});
}

} // namespace tidemark::peers
