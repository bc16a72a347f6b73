#include "session/profiles.h"

#include <QCoreApplication>
#include <QUuid>

#include <algorithm>

namespace tidemark {

Profiles::Profiles(ConnectionStore &store, SecretStore &secrets, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_secrets(secrets)
{
    connect(&secrets, &SecretStore::changed, this, &Profiles::keychainChanged);
    connect(&secrets, &SecretStore::arrived, this, &Profiles::askKeychainAgain);
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

bool Profiles::keepsUntilQuit(const ConnectionId &id) const
{
    return m_secrets.isForThisRunOnly(id);
}

Async<Credentials> Profiles::secretFor(const ConnectionId &id)
{
    for (const Transient &transient : m_transient) {
        if (transient.connection.id == id && !transient.credentials.secret.isEmpty())
            return resolved<Credentials>(transient.credentials);
    }
    const Deferred<Credentials> pending;
    const bool isNew = !m_wants.contains(id.value);
    Want &want = m_wants[id.value];
    want.wait.connection = id;
    want.waiting.push_back(pending);
    if (isNew)
        ask(id);
    return pending.future();
}

void Profiles::ask(const ConnectionId &id)
{
    m_wants[id.value].wait = {id, SecretWait::State::Asking};
    Q_EMIT secretWaitsChanged();
    whenDone(this, m_secrets.read(id), [this, id](const Result<Credentials> &read) {
        const auto found = m_wants.find(id.value);
        if (found == m_wants.end())
            return; // entered meanwhile
        if (read && !read->secret.isEmpty()) {
            settle(id, read);
            return;
        }
        SecretWait &wait = found->second.wait;
        wait.state = read ? SecretWait::State::Missing : SecretWait::State::Unknown;
        wait.reason = read ? QString() : read.error().sentence + QLatin1Char(' ') + read.error().hint;
        Q_EMIT secretWaitsChanged();
    });
}

void Profiles::settle(const ConnectionId &id, const Result<Credentials> &credentials)
{
    const auto settled = m_wants.extract(id.value);
    if (settled.empty())
        return;
    Q_EMIT secretWaitsChanged();
    for (const Deferred<Credentials> &one : settled.mapped().waiting)
        one.resolve(credentials);
}

std::vector<SecretWait> Profiles::secretWaits() const
{
    std::vector<SecretWait> waits;
    for (const auto &[id, want] : m_wants)
        waits.push_back(want.wait);
    return waits;
}

void Profiles::askKeychainAgain(const ConnectionId &id)
{
    const auto found = m_wants.find(id.value);
    if (found != m_wants.end() && found->second.wait.state != SecretWait::State::Asking)
        ask(id);
}

void Profiles::giveSecret(const ConnectionId &id, const Credentials &credentials)
{
    m_secrets.write(id, credentials); // is not waited for: a keychain may take its time
    Q_EMIT connectionChanged(id);
    settle(id, credentials);
}

Async<Connection> Profiles::save(Connection connection, const Credentials &credentials)
{
    if (connection.id.isEmpty())
        connection.id = ConnectionId(QUuid::createUuid().toString(QUuid::WithoutBraces));
    const Deferred<Connection> saved;
    whenDone(this, m_secrets.write(connection.id, credentials),
             [this, connection, credentials, saved](const Result<bool> &written) {
                 if (!written) {
                     saved.resolve(failure(written.error()));
                     return;
                 }
                 const Result<Connection> put = m_store.put(connection);
                 if (put) {
                     Q_EMIT changed();
                     Q_EMIT connectionChanged(put->id);
                     if (!credentials.secret.isEmpty())
                         settle(put->id, credentials);
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
    Error gone;
    gone.kind = ErrorKind::Credentials;
    gone.sentence = tr("The connection is no longer there.");
    gone.hint = tr("Add it again under Connections.");
    settle(id, failure(gone));
    return m_secrets.remove(id);
}

QString Profiles::freeName(const QString &wanted, const ConnectionId &except) const
{
    return m_store.freeName(wanted, except);
}

} // namespace tidemark
