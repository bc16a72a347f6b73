#include "demo/jobs.h"

#include "demo/crypto.h"

// Jobs that were there before the stand-in was started, so that a list is never empty and shows what others did.
namespace tidemark::demo {

using namespace std::chrono;

namespace {

struct Past
{
    const char *cluster;
    minutes ago;
    const char *kind;  ///< what it shows
    bool more = false; ///< behind the switch only
};

constexpr Past history[] = {
    {"ledger", hours(49), "expired"},
    {"ledger", hours(26), "broken"},
    {"ledger", hours(5), "query"},
    {"legacy-orders", hours(30), "automated"},
    {"ledger", minutes(170), "used up"},
    {"shop-prod", hours(20), "killed"},
    {"shop-prod", minutes(42), "elsewhere"},
    {"ledger", hours(60), "scp", true},
    {"shop-prod", hours(9), "query", true},
    {"ledger", minutes(95), "untold", true},
    {"ledger", hours(7), "into a cluster", true},
};

} // namespace

void JobStore::addHistory(Time now)
{
    for (const auto &past : history) {
        if (past.more && !m_options.moreHistory)
            continue;
        const Cluster *source = nullptr;
        for (const auto &cluster : m_world.clusters)
            source = cluster.name == past.cluster ? &cluster : source;
        const std::string kind = past.kind;
        const Time created = now - past.ago;
        RestoreOrder order;
        order.source = source;
        order.automated = kind == "automated" || kind == "killed" || kind == "into a cluster";
        order.expirationHours = kind == "elsewhere" ? 24 : 1;
        order.maxDownloads = kind == "elsewhere" ? INT32_MAX : 1;
        for (const auto &cluster : m_world.clusters) {
            const bool legacy = source->fcv == "4.0";
            if (cluster.name == (legacy ? "legacy-drill" : source->sharded ? "drill-sharded" : "drill"))
                order.target = &cluster;
        }
        for (const auto &snapshot : m_world.snapshots) {
            if (!order.snapshot && snapshot.clusterId == source->id && snapshot.complete && !snapshot.deleted &&
                !snapshot.inconsistent && fromEpochSeconds(snapshot.created.seconds) < created)
                order.snapshot = &snapshot;
        }
        auto jobs = create(order, {{}, "j.doe@example.net", "192.0.2.17"}, created);
        const std::lock_guard lock(m_mutex);
        int number = 0;
        for (auto &job : m_jobs) {
            for (const auto &made : jobs) {
                if (made.id != job.id)
                    continue;
                // Ids of these do not change from start to start either.
                const std::string place = past.more ? kind + " of " + past.cluster : kind;
                const std::string name = "past job " + place + " " + std::to_string(number++);
                const std::string oldId = job.id;
                job.id = idFor(name);
                if (const auto at = job.fileName.find(oldId); at != std::string::npos)
                    job.fileName.replace(at, oldId.size(), job.id);
                job.batchId = job.batchId.empty() ? "" : idFor("past batch " + place);
                job.readyAt = job.handOverAt = created + seconds(95);
                if (kind == "broken")
                    job.endsAs = "BROKEN";
                if (kind == "killed")
                    job.endsAs = "KILLED";
                if (kind == "query")
                    job.method = "QUERY";
                if (kind == "scp")
                    job.method = "SCP";
                if (kind == "untold")
                    job.method.clear();
                if (!order.automated && !m_options.linkSeconds)
                    job.expires = fromEpochSeconds(epochSeconds(job.readyAt)) + hours(order.expirationHours);
                if (kind == "used up") {
                    job.downloads = 1;
                    job.expires += hours(24);
                    job.expirationHours = 25;
                }
                if (kind == "expired" || kind == "used up") {
                    job.downloads = 1;
                    job.hash = hashHex(HashKind::Sha1, job.fileName);
                    job.hashAt = job.readyAt + minutes(10);
                }
                break;
            }
        }
    }
}

} // namespace tidemark::demo
