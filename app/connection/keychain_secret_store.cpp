#include "connection/keychain_secret_store.h"

#include "base/log.h"
#include "connection/keychain_lock.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

#include <qt6keychain/keychain.h>

#include <algorithm>

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

KeychainSecretStore::KeychainSecretStore(QString service, std::chrono::milliseconds limit, QObject *parent)
    : SecretStore(parent)
    , m_service(std::move(service))
    , m_limit(limit)
{
}

KeychainSecretStore::~KeychainSecretStore() = default;

void KeychainSecretStore::after(std::function<void()> limit)
{
    QTimer::singleShot(m_limit, this, std::move(limit));
}

Async<Credentials> KeychainSecretStore::read(const ConnectionId &id)
{
    // What was entered in this run is newer than what the keychain has, or is all there is.
    if (m_memory.contains(id))
        return m_memory.read(id);
    if (m_late.contains(id))
        return resolved<Credentials>(m_late.take(id));

    const Deferred<Credentials> pending;
    const bool isAsked = m_reading.contains(id);
    m_reading[id].append(pending);
    after([this, id, pending] {
        if (pending.isResolved())
            return;
        pending.resolve(failure(notRead(silence())));
        setProblem(silence());
    });
    if (!isAsked)
        ask(id);
    return pending.future();
}

void KeychainSecretStore::ask(const ConnectionId &id)
{
    auto *job = new QKeychain::ReadPasswordJob(m_service, this);
    job->setKey(id.value);
    job->setInsecureFallback(false);
    connect(job, &QKeychain::Job::finished, this, [this, job, id] {
        QByteArray bytes = job->binaryData();
        if (job->error() == QKeychain::NoError) {
            answered(id, parsed(bytes));
        } else if (job->error() == QKeychain::EntryNotFound) {
            askWhetherKeychainIsLocked(this, [this, id](bool isLocked) {
                answered(id, isLocked ? Result<Credentials>(failure(notRead(tr("it is locked")))) : Credentials{});
            });
        } else {
            answered(id, failure(notRead(job->errorString())));
        }
        wipeBytes(bytes);
    });
    job->start();
}

void KeychainSecretStore::answered(const ConnectionId &id, const Result<Credentials> &credentials)
{
    const QList<Deferred<Credentials>> waiting = m_reading.take(id);
    const bool isAwaited =
        std::ranges::any_of(waiting, [](const Deferred<Credentials> &one) { return !one.isResolved(); });
    setProblem(credentials ? QString() : credentials.error().parameters.value(0));
    for (const Deferred<Credentials> &one : waiting)
        one.resolve(credentials);
    if (isAwaited || !credentials)
        return;
    if (!m_memory.contains(id))
        m_late.insert(id, *credentials);
    Q_EMIT arrived(id);
}

Async<bool> KeychainSecretStore::write(const ConnectionId &id, const Credentials &credentials)
{
    // Here first, so that nobody reads an older one meanwhile.
    m_late.remove(id);
    m_memory.write(id, credentials);
    const Deferred<bool> pending;
    auto *job = new QKeychain::WritePasswordJob(m_service, this);
    job->setKey(id.value);
    job->setInsecureFallback(false);
    job->setBinaryData(serialized(credentials));
    connect(job, &QKeychain::Job::finished, this, [this, job, pending, id, credentials] {
        const bool isTaken = job->error() == QKeychain::NoError;
        if (isTaken && m_memory.read(id).result() == credentials)
            m_memory.remove(id);
        setProblem(isTaken ? QString() : job->errorString());
        Q_EMIT changed();
        pending.resolve(true);
    });
    after([this, pending] {
        if (pending.isResolved())
            return;
        setProblem(silence());
        Q_EMIT changed();
        pending.resolve(true);
    });
    job->start();
    return pending.future();
}

Async<bool> KeychainSecretStore::remove(const ConnectionId &id)
{
    m_memory.remove(id);
    m_late.remove(id);
    const Deferred<bool> pending;
    auto *job = new QKeychain::DeletePasswordJob(m_service, this);
    job->setKey(id.value);
    job->setInsecureFallback(false);
    connect(job, &QKeychain::Job::finished, this, [this, job, pending] {
        const bool gone = job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound;
        const QString reason = job->errorString();
        askWhetherKeychainIsLocked(this, [this, pending, gone, reason](bool isLocked) {
            // Where there is no keychain, nothing ever reached one.
            if (!isLocked && (gone || !isPersistent()))
                pending.resolve(true);
            else
                pending.resolve(failure(notRemoved(isLocked ? tr("it is locked") : reason)));
        });
    });
    after([this, pending] {
        if (!pending.isResolved())
            pending.resolve(failure(notRemoved(silence())));
    });
    job->start();
    return pending.future();
}

QString KeychainSecretStore::silence() const
{
    return tr("it did not answer in %1 s").arg(std::chrono::ceil<std::chrono::seconds>(m_limit).count());
}

Error KeychainSecretStore::notRead(const QString &reason) const
{
    return {.kind = ErrorKind::Credentials,
            .sentence = tr("The keychain did not give the secret: %1.").arg(reason),
            .hint = tr("Unlock the keychain if it asks, and try again; or enter the secret."),
            .retryable = true,
            .parameters = {reason}};
}

Error KeychainSecretStore::notRemoved(const QString &reason) const
{
    return {.kind = ErrorKind::Disk,
            .sentence = tr("The keychain did not remove the secret: %1").arg(reason),
            .hint = tr("Unlock the keychain and try again, or remove the entry \"%1\" in the desktop's "
                       "keychain program.")
                        .arg(m_service),
            .retryable = true};
}

QString KeychainSecretStore::problem() const
{
    return m_problem.isEmpty() ? QString()
                               : tr("The desktop's keychain cannot be used (%1). Secrets that are entered now are kept "
                                    "until you quit.")
                                     .arg(m_problem);
}

void KeychainSecretStore::setProblem(const QString &reason)
{
    if (m_problem == reason)
        return;
    const bool wasUsable = m_problem.isEmpty();
    m_problem = reason;
    qCInfo(lcConnection) << "the keychain:" << (reason.isEmpty() ? QStringLiteral("usable again") : reason);
    Q_EMIT changed();
    if (!wasUsable && reason.isEmpty())
        keepAgain();
}

/// It takes secrets again: also those that it did not take before.
void KeychainSecretStore::keepAgain()
{
    for (const ConnectionId &id : m_memory.ids())
        write(id, *m_memory.read(id).result());
}

} // namespace tidemark
