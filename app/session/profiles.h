#pragma once

#include "connection/connection_store.h"
#include "connection/secret_store.h"

#include <QObject>

#include <vector>

namespace tidemark {

/// Every connection that can be opened: the saved ones, and those that exist for this run only (from the environment,
/// the demo's). Credentials of saved connections are in the SecretStore, those of the others in memory.
class Profiles : public QObject
{
    Q_OBJECT

public:
    Profiles(ConnectionStore &store, SecretStore &secrets, QObject *parent = nullptr);

    /// For this run only; it needs an id.
    void addTransient(Connection connection, Credentials credentials);

    std::vector<Connection> all() const; ///< those of this run first
    const Connection *find(const ConnectionId &id) const;
    const Connection *findByName(const QString &name) const;
    bool isTransient(const ConnectionId &id) const;
    /// False where secrets have to be entered again at the next start.
    bool keepsSecrets() const { return m_secrets.isPersistent(); }

    Async<Credentials> credentials(const ConnectionId &id);

    /// Saves a connection and its secrets; a new one gets its id. The secrets are written first, so that no connection
    /// is left without them.
    Async<Connection> save(Connection connection, const Credentials &credentials);
    /// Removes a saved connection and its secrets.
    Async<bool> remove(const ConnectionId &id);
    QString freeName(const QString &wanted, const ConnectionId &except = {}) const;

Q_SIGNALS:
    void changed();
    /// Its address or its secrets are others now: clients that use it have to be made anew.
    void connectionChanged(const tidemark::ConnectionId &id);

private:
    struct Transient
    {
        Connection connection;
        Credentials credentials;
    };

    ConnectionStore &m_store;
    SecretStore &m_secrets;
    std::vector<Transient> m_transient;
};

} // namespace tidemark
