#pragma once

#include "connection/secret_store.h"

#include <QHash>

namespace tidemark {

/// Secrets for this run only: where the desktop has no keychain, in the demo and in tests.
class MemorySecretStore final : public SecretStore
{
    Q_OBJECT

public:
    using SecretStore::SecretStore;

    Async<Credentials> read(const ConnectionId &id) override;
    Async<bool> write(const ConnectionId &id, const Credentials &credentials) override;
    Async<bool> remove(const ConnectionId &id) override;
    bool isPersistent() const override { return false; }

    bool isForThisRunOnly(const ConnectionId &id) const override { return contains(id); }

    QList<ConnectionId> ids() const { return m_credentials.keys(); }
    bool contains(const ConnectionId &id) const { return m_credentials.contains(id); }

private:
    QHash<ConnectionId, Credentials> m_credentials;
};

} // namespace tidemark
