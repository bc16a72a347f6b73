#pragma once

#include "base/later.h"
#include "connection/connection_store.h"
#include "connection/secret_store.h"

#include <QObject>

#include <map>
#include <vector>

namespace tidemark {

/// Somebody needs the secret of this connection, and it is not there yet.
struct SecretWait
{
    enum class State {
        Asking,  ///< the keychain is being asked
        Missing, ///< it is not kept: the person has to enter it
        Unknown  ///< the keychain did not give it: it can be asked again, or the secret entered
    };

    ConnectionId connection;
    State state = State::Asking;
    QString reason{}; ///< of Unknown, in sentences

    bool operator==(const SecretWait &) const = default;
};

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
    /// The secret of this saved connection goes with the program.
    bool keepsUntilQuit(const ConnectionId &id) const;
    /// Why secrets cannot be kept, as long as it is so; else empty.
    QString keychainProblem() const { return m_secrets.problem(); }

    /// What is stored, for a person to look at; it may be without a secret.
    Async<Credentials> credentials(const ConnectionId &id);
    /// For requests: resolves once there is a secret, be it that the keychain gives it late or that the person enters
    /// it, so that nothing is ever signed with an empty one. Fails only when the connection is removed.
    Async<Credentials> secretFor(const ConnectionId &id);
    /// Whose secrets are being waited for.
    std::vector<SecretWait> secretWaits() const;
    void askKeychainAgain(const ConnectionId &id);
    /// What the person entered for a connection that waits: all that waited goes on at once.
    void giveSecret(const ConnectionId &id, const Credentials &credentials);

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
    void secretWaitsChanged();
    /// keepsSecrets(), keepsUntilQuit() or keychainProblem() say something else now.
    void keychainChanged();

private:
    struct Transient
    {
        Connection connection;
        Credentials credentials;
    };

    struct Want
    {
        SecretWait wait;
        std::vector<Deferred<Credentials>> waiting;
    };

    void ask(const ConnectionId &id);
    void settle(const ConnectionId &id, const Result<Credentials> &credentials);

    ConnectionStore &m_store;
    SecretStore &m_secrets;
    std::vector<Transient> m_transient;
    std::map<QString, Want> m_wants; ///< by connection id
};

} // namespace tidemark
