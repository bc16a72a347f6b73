#include "demo/documents.h"

#include "demo/samples.h"

// Jobs in the form of the documentation's samples.
namespace tidemark::demo {

namespace {

std::string sampleOf(const Job &job)
{
    if (!job.automated)
        return "http";
    if (!job.checkpointId.empty())
        return "checkpoint";
    if (job.pointInTime)
        return job.oplogPoint ? "oplog" : "point-in-time";
    return "snapshot";
}

void putIn(std::string &text, const std::string &placeholder, const std::string &value)
{
    for (auto at = text.find(placeholder); at != std::string::npos; at = text.find(placeholder, at + value.size()))
        text.replace(at, placeholder.size(), value);
}

/// The samples name a snapshot for moments and checkpoints too: the newest one before it.
std::string baseSnapshot(const World &world, const Job &job)
{
    if (!job.snapshotId.empty())
        return job.snapshotId;
    for (const auto &snapshot : world.snapshots) {
        if (snapshot.clusterId != job.clusterId || !snapshot.complete || snapshot.deleted ||
            snapshot.created > job.timestamp)
            continue;
        for (const auto &part : snapshot.parts) {
            if (part.setId == job.setId)
                return part.snapshotId;
        }
    }
    return idFor("a snapshot that is gone");
}

} // namespace

std::string Documents::documentedCreateAnswer(const Job &job) const
{
    std::string text = createSample(sampleOf(job));
    const Cluster &cluster = *m_world.cluster(job.clusterId);
    // Only ids, names and the address are put in: times, limits and the origin of links stay as they are printed.
    putIn(text, "{OPSMANAGER-HOST}:{PORT}", m_addresses.api.substr(m_addresses.api.find("://") + 3));
    putIn(text, "{PROJECT-ID}", job.projectId);
    putIn(text, "{CLUSTER-ID}", job.setId);
    putIn(text, "{CLUSTER-NAME}", cluster.name);
    putIn(text, "{BATCH-ID}", job.batchId);
    putIn(text, "{RESTORE-JOB-ID}", job.id);
    putIn(text, "{JOB-ID}", job.id);
    putIn(text, "{SNAPSHOT-ID}", baseSnapshot(m_world, job));
    return text;
}

Json Documents::documentedJob(const Job &job, Time now) const
{
    Json document = Json::parse(documentedCreateAnswer(job))["results"][0];
    Json &shown = document["delivery"];
    if (m_options.stringIncrements)
        document["timestamp"]["increment"] = std::to_string(document["timestamp"]["increment"].get<int>());
    const Json real = delivery(job, now);
    if (real.contains("methodName"))
        shown["methodName"] = real["methodName"];
    else
        shown.erase("methodName");
    // FINISHED and READY from the first answer on; only what ended otherwise says so.
    if (now < job.readyAt)
        return document;
    document["statusName"] = jobStatus(job, now);
    shown["statusName"] = real["statusName"];
    if (job.automated)
        return document;
    for (const char *name : {"expires", "url", "urlV2", "authHeader", "authBearer", "authValue"}) {
        if (real.contains(name))
            shown[name] = real[name];
    }
    addHashes(document, job, now);
    return document;
}

} // namespace tidemark::demo
