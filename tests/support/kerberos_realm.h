#pragma once

#include "support/peers.h"

namespace tidemark::peers {

/// A Kerberos realm of its own, with MIT's KDC on a loopback port: one person, and a proxy on "localhost" that can read
/// tickets made out to it. Nothing of the machine's own realm, tickets or keys takes part.
class KerberosRealm
{
public:
    KerberosRealm();
    /// What is missing on this machine, or empty.
    static QString missing();
    bool start(const QString &person, const QString &password);

    /// For KRB5_CONFIG of whoever takes part.
    QString configuration() const { return m_kdc.file(QStringLiteral("krb5.conf")); }
    /// The keys of the proxy, as they were at the start.
    QString keytab() const { return m_kdc.file(QStringLiteral("proxy.keytab")); }
    static QString service() { return QStringLiteral("HTTP/localhost@TIDEMARK.TEST"); }

    /// Signs the person in for so long. Returns what KRB5CCNAME has to be, or an empty text.
    QString signIn(const QString &person, const QString &password, int seconds = 3600);
    /// What KRB5CCNAME is for somebody who never signed in.
    QString nobody() const { return QStringLiteral("FILE:") + m_kdc.file(QStringLiteral("tickets-of-nobody")); }
    /// From now on tickets for the proxy are made out to a key that is not in its keytab.
    bool changeServiceKey();
    Peer &peer() { return m_kdc; }

private:
    bool run(const QString &program, const QStringList &arguments, const QByteArray &input = {}) const;

    quint16 m_port;
    Peer m_kdc;
    int m_signIns = 0;
};

} // namespace tidemark::peers
