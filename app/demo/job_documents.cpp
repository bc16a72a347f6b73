#include "demo/documents.h"

#include "demo/crypto.h"

#include <algorithm>

// Restore jobs as the API shows them.
namespace tidemark::demo {

const Host *Documents::mirroredConfigHost(const std::string &setId) const
{
    const Cluster *cluster = m_world.cluster(setId);
    if (!m_options.mirroredConfig || !cluster || compareVersions(cluster->fcv, "4.2") >= 0)
        return nullptr;
    const auto host = std::find_if(cluster->hosts.begin(), cluster->hosts.end(), [&](const Host &one) {
        return one.setId == setId && startsWith(one.typeName, "SHARD_CONFIG");
    });
    return host == cluster->hosts.end() ? nullptr : &*host;
}

Json Documents::delivery(const Job &job, Time now) const
{
    const std::string status = deliveryStatus(job, now);
    Json document{{"methodName", job.method}, {"statusName", status}};
    if (job.method.empty())
        document.erase("methodName");
    if (job.method != "HTTP")
        return document;
    if (job.automated) {
        if (m_options.targetsInAnswers) {
            document["targetClusterId"] = job.targetClusterId;
            document["targetGroupId"] = job.targetProjectId;
        }
        return document;
    }
    if (job.expirationHours > 0)
        document["expirationHours"] = job.expirationHours;
    document["expires"] = isoTime(job.expires);
    document["maxDownloads"] = job.maxDownloads;
    const bool dead = status == "EXPIRED" || status == "MAX_DOWNLOADS_EXCEEDED";
    if (status != "READY" && !(dead && m_options.keepDeadUrl))
        return document;
    const std::string pull = m_addresses.archives + "/backup/restore/";
    if (m_options.links == "v2" || m_options.links == "both")
        document["url"] = pull + "v2/pull/" + job.id + "/" + job.key + "/" + job.fileName;
    if (m_options.links == "v2")
        return document;
    document["urlV2"] = pull + "v3/pull/" + job.id + "/" + job.fileName;
    document["authHeader"] = "Authorization";
    if (m_options.links == "v3-no-bearer") {
        document["authValue"] = "Bearer " + job.bearer;
    } else {
        document["authBearer"] = "Bearer";
        document["authValue"] = job.bearer;
    }
    return document;
}

Json Documents::job(const Job &job, Time now) const
{
    if (m_options.answers == "documented")
        return documentedJob(job, now);
    Json document{{"clusterId", job.setId},
                  {"created", isoTime(job.created)},
                  {"delivery", delivery(job, now)},
                  {"encryptionEnabled", job.encrypted},
                  {"groupId", job.projectId},
                  {"id", job.id},
                  {"links", self("/groups/" + job.projectId + "/clusters/" + job.clusterId + "/restoreJobs/" + job.id)},
                  {"pointInTime", job.pointInTime},
                  {"statusName", jobStatus(job, now)},
                  {"timestamp", timestamp(job.timestamp)}};
    if (const Host *host = mirroredConfigHost(job.setId)) {
        document.erase("clusterId");
        document["hostId"] = host->id;
    }
    if (!job.batchId.empty())
        document["batchId"] = job.batchId;
    if (!job.snapshotId.empty())
        document["snapshotId"] = job.snapshotId;
    if (!job.checkpointId.empty())
        document["checkpointId"] = job.checkpointId;
    if (job.encrypted)
        document["masterKeyUUID"] = masterKeyUuid;
    addHashes(document, job, now);
    return document;
}

void Documents::addHashes(Json &document, const Job &job, Time now) const
{
    if (!job.hash.empty() && now >= job.hashAt && m_options.hash != "never") {
        std::string hash = job.hash;
        if (m_options.hash == "upper")
            hash = upper(hash);
        else if (m_options.hash == "wrong")
            hash = hashHex(HashKind::Sha1, "something else than " + hash);
        const std::string name = m_options.hash == "other-name" ? "other-" + job.fileName : job.fileName;
        document["hashes"] = Json::array({{{"fileName", name}, {"hash", hash}, {"typeName", "SHA1"}}});
    }
}

} // namespace tidemark::demo
