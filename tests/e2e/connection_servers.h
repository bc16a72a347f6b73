#pragma once

#include "connection/connection.h"
#include "support/demo_cloud.h"
#include "support/peers.h"
#include "support/scripted_server.h"

#include <QMap>

#include <memory>
#include <vector>

namespace tidemark::test {

/// What is tested, and the servers of that test alone.
struct Setup
{
    Connection connection;
    Credentials credentials{Secret(QByteArray("wrong-secret")), {}};
    std::vector<std::shared_ptr<void>> servers{};

    template<typename Server, typename... Arguments>
    Server &add(Arguments &&...arguments)
    {
        auto server = std::make_shared<Server>(std::forward<Arguments>(arguments)...);
        servers.push_back(server);
        return *server;
    }
};

/// Named "Tested", an Ops Manager, with the stand-in's public key and no proxy.
Connection connectionTo(const QUrl &url);
/// A server that knows the key and answers what is given to every request.
ScriptedServer::Handler signedIn(const ScriptedAnswer &answer);
Setup scripted(const ScriptedServer::Handler &handler);
Setup scriptedOnce(const ScriptedAnswer &answer);
/// The token endpoint's answer to a service account.
Setup token(const ScriptedAnswer &answer);
/// A stand-in of its own with these switches.
Setup demoWith(const QStringList &switches);

/// The servers that all tests of connections share: the stand-in, nginx before it with certificates good and bad, and
/// two squids, of which one wants the user `dba` with the password `open`.
class ConnectionServers
{
public:
    /// What went wrong; empty when all of them run.
    QByteArray start();

    const DemoCloud &cloud() const { return *m_cloud; }
    const peers::SquidProxy &squid() const { return *m_squid; }
    const peers::SquidProxy &lockedSquid() const { return *m_lockedSquid; }
    QUrl siteUrl(const char *name) const;
    QString caFile() const { return m_nginx->caFile(); }

    /// To the stand-in itself, with the right key.
    Setup demo() const;
    /// To one of nginx's sites: good, tls12, expired, wronghost, selfsigned, old.
    Setup site(const char *name, bool withCa) const;
    /// Loopback is never reached by a proxy, so the host of `url` has to look like another one.
    Setup byProxy(const QUrl &url, quint16 port, const char *user = "", const char *password = "",
                  ProxyMode mode = ProxyMode::Http) const;

private:
    std::unique_ptr<DemoCloud> m_cloud;
    std::unique_ptr<peers::NginxTls> m_nginx;
    std::unique_ptr<peers::SquidProxy> m_squid;
    std::unique_ptr<peers::SquidProxy> m_lockedSquid;
    QMap<QString, QString> m_sites;
};

} // namespace tidemark::test
