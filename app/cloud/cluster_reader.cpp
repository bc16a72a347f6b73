#include "cloud/cluster_reader.h"

#include "cloud/decode.h"
#include "cloud/paging.h"

namespace tidemark {

namespace {
constexpr qint64 OverviewSeconds = 30;
}

struct ClusterReader::Gathering
{
    ProjectId project;
    Deferred<std::vector<Cluster>> deferred;
    std::vector<Cluster> clusters;
    ClusterFacts facts;
    int open = 0; ///< reads under way
    bool hostsAsked = false;
};

bool isRedactedConfigUnknown(const Error &error)
{
    return error.kind == ErrorKind::NotFound &&
           (error.apiCode.isEmpty() || error.apiCode == QLatin1String("RESOURCE_NOT_FOUND"));
}

ClusterReader::ClusterReader(ApiTransport &transport, const Clock &clock)
    : m_transport(transport)
    , m_clock(clock)
{
}

Async<std::vector<Cluster>> ClusterReader::read(const ProjectId &project)
{
    const auto gathering = std::make_shared<Gathering>();
    gathering->project = project;
    const QString path = apiPath({QStringLiteral("groups"), project.value, QStringLiteral("clusters")});
    whenDone(this, readAllPages(this, m_transport, path, {}),
             [this, gathering](const Result<std::vector<QJsonObject>> &items) {
                 if (!items) {
                     gathering->deferred.resolve(failure(items.error()));
                     return;
                 }
                 gathering->clusters = decode::list(*items, &decode::cluster);
                 for (Cluster &cluster : gathering->clusters) {
                     if (cluster.project.isEmpty())
                         cluster.project = gathering->project;
                 }
                 gathering->clusters = decode::nestClusters(gathering->clusters);
                 addFacts(gathering);
             });
    return gathering->deferred.future();
}

void ClusterReader::addFacts(const std::shared_ptr<Gathering> &gathering)
{
    if (gathering->clusters.empty()) {
        gathering->deferred.resolve(std::move(gathering->clusters));
        return;
    }
    gathering->open = 3;
    readBackupConfigs(gathering);
    readAutomationConfig(gathering, Secrets::LeftOut);
    readOverview(gathering);
}

void ClusterReader::readBackupConfigs(const std::shared_ptr<Gathering> &gathering)
{
    const QString path = apiPath({QStringLiteral("groups"), gathering->project.value, QStringLiteral("backupConfigs")});
    whenDone(this, readAllPages(this, m_transport, path, {}, ApiTransport::Report::No),
             [this, gathering](const Result<std::vector<QJsonObject>> &items) {
                 if (items) {
                     gathering->facts.backupConfigs.emplace();
                     for (const QJsonObject &item : *items)
                         gathering->facts.backupConfigs->push_back(backupConfigFact(item));
                 }
                 oneRead(gathering);
             });
}

/// Of an older server, which cannot leave the secrets out, nothing but versions is taken of the full one.
void ClusterReader::readAutomationConfig(const std::shared_ptr<Gathering> &gathering, Secrets secrets)
{
    QStringList segments{QStringLiteral("groups"), gathering->project.value, QStringLiteral("automationConfig")};
    if (secrets == Secrets::LeftOut)
        segments.append(QStringLiteral("noSecrets"));
    whenDone(this, m_transport.get(apiPath(segments), {}, ApiTransport::Report::No),
             [this, gathering, secrets](const Result<ApiAnswer> &answer) {
                 const bool isUnknownThere = !answer && isRedactedConfigUnknown(answer.error());
                 if (isUnknownThere && secrets == Secrets::LeftOut) {
                     readAutomationConfig(gathering, Secrets::In);
                     return;
                 }
                 if (answer)
                     gathering->facts.processes = processFacts(answer->content.toObject());
                 oneRead(gathering);
             });
}

void ClusterReader::readOverview(const std::shared_ptr<Gathering> &gathering)
{
    const QDateTime now = m_clock.now();
    if (!m_overviewAt.isValid() || m_overviewAt.secsTo(now) > OverviewSeconds) {
        m_overviewAt = now;
        m_overview = readAllPages(this, m_transport, QStringLiteral("clusters"), {}, ApiTransport::Report::No);
    }
    whenDone(this, m_overview, [this, gathering](const Result<std::vector<QJsonObject>> &items) {
        if (items) {
            for (const QJsonObject &item : *items) {
                for (const OverviewFact &fact : overviewFacts(item))
                    gathering->facts.overview.push_back(fact);
            }
        }
        oneRead(gathering);
    });
}

void ClusterReader::readHosts(const std::shared_ptr<Gathering> &gathering)
{
    gathering->hostsAsked = true;
    gathering->open = 1;
    const QString path = apiPath({QStringLiteral("groups"), gathering->project.value, QStringLiteral("hosts")});
    whenDone(this, readAllPages(this, m_transport, path, {}, ApiTransport::Report::No),
             [this, gathering](const Result<std::vector<QJsonObject>> &items) {
                 if (items) {
                     for (const QJsonObject &item : *items)
                         gathering->facts.hosts.push_back(hostFact(item));
                 }
                 oneRead(gathering);
             });
}

void ClusterReader::oneRead(const std::shared_ptr<Gathering> &gathering)
{
    if (--gathering->open > 0)
        return;
    mergeFacts(gathering->clusters, gathering->facts);
    if (lacksVersions(gathering->clusters) && !gathering->hostsAsked) {
        readHosts(gathering);
        return;
    }
    gathering->deferred.resolve(std::move(gathering->clusters));
}

} // namespace tidemark
