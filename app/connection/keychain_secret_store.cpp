#include "connection/keychain_secret_store.h"

#include "base/later.h"
#include "base/log.h"
#include "connection/keychain_lock.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <qt6keychain/keychain.h>

namespace tidemark {

namespace {

// One entry for each connection, so that removing a connection removes all of its secrets at once.
QByteArray serialized(const Credentials &credentials)
{
    QJsonObject object;
    object.insert(QStringLiteral("secret"), QString::fromUtf8(credentials.secret.reveal()));
    if (!credentials.proxyPassword.isEmpty())
        object.insert(QStringLiteral("proxyPassword"), QString::fromUtf8(credentials.proxyPassword.reveal()));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Credentials parsed(const QByteArray &bytes)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    return {Secret(object.value(QStringLiteral("secret")).toString()),
            Secret(object.value(QStringLiteral("proxyPassword")).toString())};
}

} // namespace

KeychainSecretStore::KeychainSecretStore(QString service, QObject *parent)
    : QObject(parent)
    , m_service(std::move(service))
{
}

KeychainSecretStore::~KeychainSecretStore() = default;

Async<Credentials> KeychainSecretStore::read(const ConnectionId &id)
{
    // What was entered in this run is newer than what the keychain has, or is all there is.
    if (m_memory.contains(id))
        return m_memory.read(id);

    const Deferred<Credentials> pending;
    Async<Credentials> future = pending.future();
    auto *job = new QKeychain::ReadPasswordJob(m_service, this);
    job->setKey(id.value);
    job->setInsecureFallback(false);
    connect(job, &QKeychain::Job::finished, this, [this, job, pending] {
        QByteArray bytes = job->binaryData();
        if (job->error() == QKeychain::NoError) {
            pending.resolve(parsed(bytes));
        } else if (job->error() == QKeychain::EntryNotFound) {
            askWhetherKeychainIsLocked(this, [this, pending](bool isLocked) {
                if (isLocked)
                    fallBack(tr("it is locked"));
                pending.resolve(Credentials{});
            });
        } else {
            fallBack(job->errorString());
            pending.resolve(Credentials{});
        }
        wipeBytes(bytes);
    });
    job->start();
    return future;
}

Async<bool> KeychainSecretStore::write(const ConnectionId &id, const Credentials &credentials)
{
    const Deferred<bool> pending;
    Async<bool> future = pending.future();
    auto *job = new QKeychain::WritePasswordJob(m_service, this);
    job->setKey(id.value);
    job->setInsecureFallback(false);
    job->setBinaryData(serialized(credentials));
    connect(job, &QKeychain::Job::finished, this, [this, job, pending, id, credentials] {
        if (job->error() == QKeychain::NoError) {
            m_memory.remove(id);
        } else {
            m_memory.write(id, credentials);
            fallBack(job->errorString());
        }
        pending.resolve(true);
    });
    job->start();
    return future;
}

Async<bool> KeychainSecretStore::remove(const ConnectionId &id)
{
    m_memory.remove(id);
    const Deferred<bool> pending;
    Async<bool> future = pending.future();
    auto *job = new QKeychain::DeletePasswordJob(m_service, this);
    job->setKey(id.value);
    job->setInsecureFallback(false);
    connect(job, &QKeychain::Job::finished, this, [this, job, pending] {
        const bool gone = job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound;
        const QString reason = job->errorString();
        askWhetherKeychainIsLocked(this, [this, pending, gone, reason](bool isLocked) {
            // Where there is no keychain, nothing ever reached one.
            if (!isLocked && (gone || !m_persistent))
                pending.resolve(true);
            else
                pending.resolve(notRemoved(isLocked ? tr("it is locked") : reason));
        });
    });
    job->start();
    return future;
}

tl::unexpected<Error> KeychainSecretStore::notRemoved(const QString &reason) const
{
    return failure({.kind = ErrorKind::Disk,
                    .sentence = tr("The keychain did not remove the secret: %1").arg(reason),
                    .hint = tr("Unlock the keychain and try again, or remove the entry \"%1\" in the desktop's "
                               "keychain program.")
                                .arg(m_service),
                    .retryable = true});
}

void KeychainSecretStore::fallBack(const QString &reason)
{
    if (!m_persistent)
        return;
    m_persistent = false;
    qCInfo(lcConnection) << "no keychain, secrets are kept for this run only:" << reason;
    Q_EMIT becameSessionOnly(
        tr("The desktop's keychain cannot be used (%1). Keys are kept until Tidemark ends and have to be entered again "
           "next time.")
            .arg(reason));
}

} // namespace tidemark
