#include "support/demo_session.h"

#include "base/text.h"

#include <QJsonArray>

namespace tidemark::test {

namespace {

constexpr JobMonitor::Intervals quick{std::chrono::milliseconds(250), std::chrono::milliseconds(2000)};

} // namespace

DemoSession::DemoSession(const QStringList &switches)
    : m_cloud(QStringList{QStringLiteral("--control"), QStringLiteral("--exit-with-parent"),
                          QStringLiteral("--job-seconds"), QStringLiteral("0.5"), QStringLiteral("--restore-seconds"),
                          QStringLiteral("1")} +
              switches)
{
    m_connection.id = ConnectionId(QStringLiteral("demo"));
    m_connection.name = QStringLiteral("Demo");
    m_connection.baseUrl = m_cloud.baseUrl();
    m_connection.userName = m_cloud.publicKey();
    Credentials credentials;
    credentials.secret = Secret(m_cloud.privateKey());
    m_session = std::make_unique<Session>(m_connection, credentials, m_clock, folder(), quick);
}

bool DemoSession::open()
{
    if (!m_cloud.isRunning())
        return false;
    m_session->catalogue().read();
    return QTest::qWaitFor(
        [this] {
            if (m_session->catalogue().projects().empty())
                return false;
            for (const Project &project : m_session->catalogue().projects()) {
                const std::vector<Cluster> *clusters = m_session->catalogue().clusters(project.id);
                if (clusters == nullptr)
                    return false;
                for (const Cluster &cluster : *clusters) {
                    if (cluster.backupRunning.value_or(false) &&
                        m_session->catalogue().latestSnapshot(cluster.id) == nullptr)
                        return false;
                }
            }
            return true;
        },
        30000);
}

Project DemoSession::project(const QString &name) const
{
    for (const Project &project : m_session->catalogue().projects()) {
        if (project.name == name)
            return project;
    }
    return {};
}

Cluster DemoSession::cluster(const QString &name) const
{
    for (const Project &project : m_session->catalogue().projects()) {
        for (const Cluster &cluster : *m_session->catalogue().clusters(project.id)) {
            if (cluster.name == name)
                return cluster;
        }
    }
    return {};
}

RestoreFacts DemoSession::facts(const Cluster &source)
{
    CloudClient &client = m_session->client();
    RestoreFacts facts;
    if (const auto snapshots = resultOf(client.snapshots(source.project, source.id)))
        facts.snapshots = *snapshots;
    if (source.isSharded()) {
        if (const auto checkpoints = resultOf(client.checkpoints(source.project, source.id)))
            facts.checkpoints = *checkpoints;
    }
    if (const auto ranges = resultOf(client.restorableRanges(source.project, source.id)))
        facts.ranges = *ranges;
    if (const auto schedule = resultOf(client.snapshotSchedule(source.project, source.id)))
        facts.schedule = *schedule;
    return facts;
}

RestoreDraft DemoSession::draft(RestoreMode mode, const QString &source, const QString &target,
                                const RestoreFacts &facts)
{
    RestoreDraft draft;
    draft.cluster = cluster(source);
    if (const Project *known = m_session->catalogue().project(draft.cluster->project))
        draft.project = *known;
    draft.mode = mode;
    for (const Snapshot &snapshot : facts.snapshots.value_or(std::vector<Snapshot>())) {
        if (snapshot.complete && draft.snapshot.isEmpty())
            draft.snapshot = snapshot.id;
    }
    for (const Checkpoint &checkpoint : facts.checkpoints.value_or(std::vector<Checkpoint>())) {
        if (checkpoint.restorable && draft.checkpoint.isEmpty())
            draft.checkpoint = checkpoint.id;
    }
    const QDateTime moment = m_session->client().serverNow().addSecs(-600);
    draft.pointInTime = utcText(moment).remove(QStringLiteral(" UTC"));
    draft.oplogSeconds = QString::number(moment.toSecsSinceEpoch());
    draft.oplogIncrement = QStringLiteral("1");
    if (!isAutomated(mode))
        return draft;
    draft.targetCluster = cluster(target);
    if (const Project *known = m_session->catalogue().project(draft.targetCluster->project))
        draft.targetProject = *known;
    draft.typedTargetName = target;
    return draft;
}

Result<RestoreRequest> DemoSession::request(RestoreMode mode, const QString &source, const QString &target)
{
    const RestoreFacts known = facts(cluster(source));
    auto request = buildRequest(draft(mode, source, target, known), known, m_session->client().serverNow());
    if (request)
        return *request;
    Error error;
    for (const Finding &finding : request.error())
        error.sentence += finding.sentence + QLatin1Char('\n');
    return failure(error);
}

Result<OrderOutcome> DemoSession::order(RestoreMode mode, const QString &source, const QString &target,
                                        std::chrono::milliseconds limit)
{
    const RestoreFacts known = facts(cluster(source));
    return orderAndWait(*m_session, draft(mode, source, target, known), known, {}, limit);
}

bool DemoSession::addFault(const QByteArray &rule)
{
    return m_cloud.addFault(rule);
}

QJsonArray DemoSession::requests(const QString &method, const QString &suffix)
{
    QJsonArray found;
    for (const QJsonValue request : m_cloud.requests()) {
        const QString target = request[QLatin1String("target")].toString();
        if (request[QLatin1String("method")].toString() == method &&
            target.section(QLatin1Char('?'), 0, 0).endsWith(suffix))
            found.append(request);
    }
    return found;
}

} // namespace tidemark::test
