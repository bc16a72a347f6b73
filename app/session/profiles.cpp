#include "session/profiles.h"

#include "base/later.h"

#include <QCoreApplication>
#include <QUuid>

#include <algorithm>

namespace tidemark {

Profiles::Profiles(ConnectionStore &store, SecretStore &secrets, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_secrets(secrets)
{
}

void Profiles::addTransient(Connection connection, Credentials credentials)
{
    m_transient.push_back({std::move(connection), std::move(credentials)});
    Q_EMIT changed();
}

std::vector<Connection> Profiles::all() const
{
    std::vector<Connection> connections;
    for (const Transient &transient : m_transient)
        connections.push_back(transient.connection);
    const std::vector<Connection> &saved = m_store.connections();
    connections.insert(connections.end(), saved.begin(), saved.end());
    return connections;
}

const Connection *Profiles::find(const ConnectionId &id) const
{
    for (const Transient &transient : m_transient) {
        if (transient.connection.id == id)
            return &transient.connection;
    }
    return m_store.find(id);
}

const Connection *Profiles::findByName(const QString &name) const
{
    for (const Transient &transient : m_transient) {
        if (transient.connection.name == name)
            return &transient.connection;
    }
    return m_store.findByName(name);
}

bool Profiles::isTransient(const ConnectionId &id) const
{
    return std::ranges::any_of(m_transient, [&id](const Transient &one) { return one.connection.id == id; });
}

Async<Credentials> Profiles::credentials(const ConnectionId &id)
{
    for (const Transient &transient : m_transient) {
        if (transient.connection.id == id)
            return resolved<Credentials>(transient.credentials);
    }
    return m_secrets.read(id);
}

Async<Connection> Profiles::save(Connection connection, const Credentials &credentials)
{
    if (connection.id.isEmpty())
        connection.id = ConnectionId(QUuid::createUuid().toString(QUuid::WithoutBraces));
    const Deferred<Connection> saved;
    whenDone(this, m_secrets.write(connection.id, credentials), [this, connection, saved](const Result<bool> &written) {
        if (!written) {
            saved.resolve(failure(written.error()));
            return;
        }
        const Result<Connection> put = m_store.put(connection);
        if (put) {
            Q_EMIT changed();
            Q_EMIT connectionChanged(put->id);
        }
        saved.resolve(put);
    });
    return saved.future();
}

Async<bool> Profiles::remove(const ConnectionId &id)
{
    const Result<bool> removed = m_store.remove(id);
    if (!removed)
        return resolved<bool>(removed);
    Q_EMIT changed();
    Q_EMIT connectionChanged(id);
    return m_secrets.remove(id);
}

QString Profiles::freeName(const QString &wanted, const ConnectionId &except) const
{
    return m_store.freeName(wanted, except);
}

} // namespace tidemark
