#include "session/session.h"

#include "base/background.h"
#include "base/log.h"
#include "base/private_file.h"
#include "plans/kept_plans.h"
#include "restore/checklists.h"
#include "safety/safety_taker.h"
#include "session/order_memory.h"
#include "session/timekeeper.h"

#include <QDir>
#include <QFileInfo>

namespace tidemark {

namespace {

/// The folder's path, made for its owner alone.
QString privateFolder(const QString &path)
{
    if (!makePrivateFolder(path))
        qCWarning(lcRestore, "The folder %s cannot be made private", qUtf8Printable(path));
    return path;
}

/// Up to version 2 of its format each connection had a memory of its own.
QStringList memoriesOfOnes(const QDir &connections)
{
    QStringList files;
    for (const QString &name : connections.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::Hidden)) {
        const QString file = connections.filePath(name + QStringLiteral("/restores.json"));
        if (QFileInfo::exists(file))
            files.append(file);
    }
    return files;
}

} // namespace

class Session::Private
{
public:
    Private(Session *session, Connection connection, Credentials credentials, const Clock &usedClock,
            const QString &dataDir, Timing timing, const QString &sharedDir);

    bool bind(const PendingOrder &order, const std::vector<JobId> &found);
    bool remember(const PendingOrder &order, const std::vector<RestoreJob> &found);

    Session *q;
    const Clock &clock;
    const QString folder;
    const QDir shared;
    CloudClient client; ///< what a person waits for
    AuditLog audit;
    KeptPlans plans;
    Checklists checklists;
    std::unique_ptr<CloudClient> pollingClient; ///< of single attempts, which are repeated by those who ask
    Catalogue catalogue;
    JobMonitor jobs;
    SafetyTaker safety;
    std::unique_ptr<CloudClient> orderClient; ///< orders are never queued behind polling
    OrderDesk orders;
    OrderAudit orderAudit;
    Timekeeper times;
};

/// What is being sent is settled in a moment, and is the restore that is prepared now.
static std::vector<UnsettledOrder> unsettledOrders(const OrderDesk &orders)
{
    std::vector<UnsettledOrder> unsettled;
    for (const OrderView &view : orders.views()) {
        if (view.sending != SendingState::UnderWay && view.order.isAutomatedRestore())
            unsettled.push_back({view.order.key, view.order.targetCluster, view.order.since()});
    }
    return unsettled;
}

Session::Private::Private(Session *session, Connection connection, Credentials credentials, const Clock &usedClock,
                          const QString &dataDir, Timing timing, const QString &sharedDir)
    : q(session)
    , clock(usedClock)
    , folder(privateFolder(dataDir))
    , shared(sharedDir.isEmpty() ? folder : sharedDir)
    , client(std::move(connection), std::move(credentials), usedClock)
    , audit(QDir(folder).filePath(QStringLiteral("audit.jsonl")), usedClock)
    , plans(QDir(folder).filePath(QStringLiteral("plans")))
    , checklists(QDir(folder).filePath(QStringLiteral("checklists.json")))
    , pollingClient(client.sibling(CloudClient::Retries::None, Traffic::Polling))
    , catalogue(*pollingClient)
    , jobs(*pollingClient, usedClock, shared.filePath(QStringLiteral("restores.json")), timing.intervals)
    , safety({client, *pollingClient, audit, shared.filePath(QStringLiteral("safety-snapshots.json")),
              serverKey(client.connection()), [this] { return unsettledOrders(orders); }})
    , orderClient(client.sibling(CloudClient::Retries::Usual))
    , orders(
          {*orderClient, audit, usedClock, shared.filePath(QStringLiteral("orders.json")), timing.reading,
           timing.following,
           [this](const PendingOrder &order, const std::vector<RestoreJob> &found) { return remember(order, found); },
           [this](const PendingOrder &order) {
               const RememberedSubmission *known = jobs.submissionOf(order.key);
               return known && bind(order, known->jobs);
           },
           [this] { return knownRestores(jobs, client.serverNow()); }, [this] { return jobs.filesAside(); },
           [this](const QByteArray &plan) { return plans.keep(plan); },
           [this](const PendingOrder &order) { bind(order, {}); }})
    , orderAudit(jobs, audit, client)
    , times(jobs, *pollingClient, usedClock, QDir(folder).filePath(QStringLiteral("restore-times.jsonl")))
{
    if (shared != QDir(folder))
        jobs.adopt(memoriesOfOnes(QFileInfo(folder).absoluteDir()));
    QObject::connect(&catalogue, &Catalogue::projectsChanged, &jobs, [this] {
        if (catalogue.state().projectsRead)
            jobs.keepProjects(catalogue.projects());
    });
    QObject::connect(&catalogue, &Catalogue::backedUpClustersRead, &jobs, &JobMonitor::watchAll);
    QObject::connect(&orders.pending(), &PendingOrders::fileTrouble, q, &Session::fileTrouble);
    QObject::connect(&safety, &SafetyTaker::fileTrouble, q, &Session::fileTrouble);
    QObject::connect(&orders, &OrderDesk::newJobsSeen, &jobs, &JobMonitor::refreshCluster);
}

/// What was taken before it is its own from now on. False where the disk does not know that yet.
bool Session::Private::bind(const PendingOrder &order, const std::vector<JobId> &found)
{
    return !order.isAutomatedRestore() || safety.bind(order.key, order.targetCluster, order.since(), found);
}

bool Session::Private::remember(const PendingOrder &order, const std::vector<RestoreJob> &found)
{
    const Cluster *known = catalogue.cluster(order.cluster);
    Cluster source;
    source.id = order.cluster;
    source.project = order.project.id;
    source.name = order.clusterName;
    source.type = order.isSharded ? ClusterType::ShardedCluster : ClusterType::ReplicaSet;
    const RememberedSubmission submission = submissionOf(order, found);
    const bool isBound = bind(order, submission.jobs);
    jobs.addSubmission(submission, order.project, known ? *known : source, found);
    return isBound && jobs.isSaved(order.key);
}

Session::Session(Connection connection, Credentials credentials, const Clock &clock, const QString &dataDir,
                 Timing timing, QString sharedDir, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(connection), std::move(credentials), clock, dataDir, timing,
                                  sharedDir))
{
}

Session::Session(Connection connection, Credentials credentials, const Clock &clock, const QString &dataDir,
                 JobMonitor::Intervals intervals, QObject *parent)
    : Session(std::move(connection), std::move(credentials), clock, dataDir, Timing{intervals, {}, {}}, {}, parent)
{
}

Session::~Session() = default;

const Connection &Session::connection() const
{
    return d->client.connection();
}

CloudClient &Session::client()
{
    return d->client;
}

OrderDesk &Session::orders()
{
    return d->orders;
}

JobMonitor &Session::jobs()
{
    return d->jobs;
}

const Clock &Session::clock() const
{
    return d->clock;
}

Catalogue &Session::catalogue()
{
    return d->catalogue;
}

const Catalogue &Session::catalogue() const
{
    return d->catalogue;
}

SafetyTaker &Session::safety()
{
    return d->safety;
}

const SafetyTaker &Session::safety() const
{
    return d->safety;
}

const Timekeeper &Session::times() const
{
    return d->times;
}

QString Session::auditFile() const
{
    return d->audit.path();
}

QString Session::plansFolder() const
{
    return QDir(d->folder).filePath(QStringLiteral("plans"));
}

Checklists &Session::checklists()
{
    return d->checklists;
}

Result<bool> Session::stopFollowing(const QString &key)
{
    const RememberedSubmission *known = d->jobs.remembered(key);
    if (known == nullptr)
        return false;
    const bool isWritten = d->audit.append(QStringLiteral("no longer followed"),
                                           {{QStringLiteral("order"), known->order},
                                            {QStringLiteral("restore"), known->key},
                                            {QStringLiteral("targetCluster"), known->targetClusterName}},
                                           d->client.serverNow());
    if (!isWritten) {
        Error error;
        error.kind = ErrorKind::Disk;
        error.sentence =
            tr("The restore is still followed: the audit log %1 could not be written.").arg(d->audit.path());
        error.hint = tr("Make room on the disk, or make the file writable, and try again.");
        return failure(error);
    }
    d->jobs.stopFollowing(key);
    return true;
}

void Session::checkFiles()
{
    for (const QString &file : d->orders.pending().unread() + d->jobs.filesAside()) {
        Error error;
        error.kind = ErrorKind::Disk;
        error.sentence =
            tr("%1 could not be read: restores that nothing is known of may have been ordered by it.").arg(file);
        error.hint = tr("Until it has been taken away each new restore is stopped by it once. Look into it first.");
        Q_EMIT fileTrouble(error);
    }
    if (const QString sentence = d->jobs.trouble(); !sentence.isEmpty()) {
        Error error;
        error.kind = ErrorKind::Disk;
        error.sentence = sentence;
        Q_EMIT fileTrouble(error);
    }
    if (d->safety.trouble())
        Q_EMIT fileTrouble(*d->safety.trouble());
    inOwnThread(
        this, [path = d->audit.path()] { return AuditLog::verify(path); },
        [this](const AuditLog::Verdict &verdict) {
            if (verdict.trouble)
                Q_EMIT fileTrouble(*verdict.trouble);
        });
}

void Session::readDisk()
{
    (void)d->jobs.submissionsOnDisk(); // an order reads them once more, and says what went wrong
    d->safety.readAgain();
}

} // namespace tidemark
