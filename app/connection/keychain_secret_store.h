#pragma once

#include "base/result.h"
#include "connection/memory_secret_store.h"
#include "connection/secret_store.h"

#include <QObject>

#include <memory>

namespace tidemark {

/// Secrets in the desktop's keychain (GNOME Keyring, KWallet) through the Secret Service. Where the desktop has none,
/// or it stays locked, secrets are kept for this run only and isPersistent() turns false, so that the person can be
/// told. There is no fallback to a file.
class KeychainSecretStore final : public QObject, public SecretStore
{
    Q_OBJECT

public:
    /// `service` is the name under which the keychain lists the entries.
    explicit KeychainSecretStore(QString service, QObject *parent = nullptr);
    ~KeychainSecretStore() override;

    Async<Credentials> read(const ConnectionId &id) override;
    Async<bool> write(const ConnectionId &id, const Credentials &credentials) override;
    Async<bool> remove(const ConnectionId &id) override;
    bool isPersistent() const override { return m_persistent; }

Q_SIGNALS:
    /// The keychain could not be used; `sentence` says why. Sent once for each run.
    void becameSessionOnly(const QString &sentence);

private:
    void fallBack(const QString &reason);
    tl::unexpected<Error> notRemoved(const QString &reason) const;

    QString m_service;
    MemorySecretStore m_memory;
    bool m_persistent = true;
};

} // namespace tidemark
