#pragma once

#include "base/later.h"
#include "connection/memory_secret_store.h"
#include "connection/secret_store.h"

#include <QHash>

#include <chrono>
#include <functional>

namespace tidemark {

/// Secrets in the desktop's keychain (GNOME Keyring, KWallet) through the Secret Service. What it does not take is kept
/// for this run only, so that the person can be told, and is handed to it again once it takes something. A keychain
/// that does not answer is not waited for longer than the limit; its answer counts whenever it comes. There is no
/// fallback to a file.
class KeychainSecretStore final : public SecretStore
{
    Q_OBJECT

public:
    /// `service` is the name under which the keychain lists the entries.
    explicit KeychainSecretStore(QString service, std::chrono::milliseconds limit = std::chrono::seconds(10),
                                 QObject *parent = nullptr);
    ~KeychainSecretStore() override;

    Async<Credentials> read(const ConnectionId &id) override;
    Async<bool> write(const ConnectionId &id, const Credentials &credentials) override;
    Async<bool> remove(const ConnectionId &id) override;
    bool isPersistent() const override { return m_problem.isEmpty(); }
    bool isForThisRunOnly(const ConnectionId &id) const override { return m_memory.contains(id); }
    QString problem() const override;

private:
    void ask(const ConnectionId &id);
    void answered(const ConnectionId &id, const Result<Credentials> &credentials);
    void after(std::function<void()> limit);
    void setProblem(const QString &reason);
    void keepAgain();
    QString silence() const;
    Error notRead(const QString &reason) const;
    Error notRemoved(const QString &reason) const;

    QString m_service;
    std::chrono::milliseconds m_limit;
    MemorySecretStore m_memory;                                  ///< what the keychain did not take
    QHash<ConnectionId, QList<Deferred<Credentials>>> m_reading; ///< one question for all who read
    QHash<ConnectionId, Credentials> m_late;                     ///< answers that nobody waited for any more
    QString m_problem; ///< why the keychain cannot be used; empty where it can
};

} // namespace tidemark
