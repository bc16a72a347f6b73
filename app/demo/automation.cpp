#include "demo/automation.h"

#include <algorithm>

namespace tidemark::demo {

using namespace std::chrono;

namespace {

constexpr std::int64_t firstGoal = 37;

/// One automated restore: a batch, or a single job.
struct HandOver
{
    std::string key;
    std::string targetClusterId;
    Time at;
    bool cancelled = false;
    std::vector<const Job *> jobs;
};

std::vector<HandOver> handOvers(const std::vector<Job> &jobs, const World &world, const std::string &projectId,
                                Time now)
{
    std::vector<HandOver> found;
    for (const auto &job : jobs) {
        if (!job.automated || job.targetProjectId != projectId || job.endsAs == "BROKEN" ||
            !world.cluster(job.targetClusterId))
            continue;
        const std::string key = job.batchId.empty() ? job.id : job.batchId;
        auto known = std::find_if(found.begin(), found.end(), [&](const HandOver &h) { return h.key == key; });
        if (known == found.end())
            known = found.insert(found.end(), {key, job.targetClusterId, job.handOverAt, false, {}});
        known->at = std::max(known->at, job.handOverAt);
        known->cancelled = known->cancelled || job.endsAs == "KILLED";
        known->jobs.push_back(&job);
    }
    std::erase_if(found, [&](const HandOver &h) { return h.at > now; });
    std::stable_sort(found.begin(), found.end(), [](const HandOver &a, const HandOver &b) { return a.at < b.at; });
    return found;
}

Time after(Time start, double seconds)
{
    return start + milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

/// Of the jobs of a batch, the one whose archive goes to this host: parts and shards are in the same order.
const Job &jobFor(const HandOver &restore, const Cluster &target, const Host &host)
{
    std::size_t part = 0;
    while (part < target.sets.size() && target.sets[part].id != host.setId)
        ++part;
    return *restore.jobs[std::min(part, restore.jobs.size() - 1)];
}

} // namespace

bool isRestoring(const Job &job, const Options &options, Time now)
{
    if (!job.automated || job.created > now || (!job.endsAs.empty() && job.readyAt <= now))
        return false;
    return now < after(job.handOverAt, options.restoreSeconds + options.agentErrorSeconds);
}

AutomationState automationState(const World &world, const Options &options, const std::vector<Job> &jobs,
                                const std::string &projectId, Time now)
{
    AutomationState state;
    const auto restores = handOvers(jobs, world, projectId, now);
    state.goalVersion = firstGoal + static_cast<std::int64_t>(restores.size());
    for (const auto &cluster : world.clusters) {
        if (cluster.projectId != projectId || cluster.name == options.unmanagedCluster)
            continue;
        const auto count = static_cast<double>(cluster.hosts.size());
        double number = 0;
        for (const auto &host : cluster.hosts) {
            AgentState agent{&host, &cluster, state.goalVersion, {}, {}, false};
            ++number;
            for (std::size_t i = 0; i < restores.size(); ++i) {
                const auto &restore = restores[i];
                const Time begins = number == 1 ? after(restore.at, options.agentErrorSeconds) : restore.at;
                const Time done = after(begins, options.restoreSeconds * number / count);
                if (restore.targetClusterId != cluster.id || restore.cancelled || done <= now)
                    continue;
                agent.achieved = std::min(agent.achieved, firstGoal + static_cast<std::int64_t>(i));
                const bool begun = done - (done - begins) / 2 <= now;
                agent.fails = now < begins;
                agent.plan = begun ? std::vector<std::string>{"Start", "WaitHasCorrectRole"}
                                   : std::vector<std::string>{"Stop", "Restore", "Start", "WaitHasCorrectRole"};
                agent.restoreJobId = jobFor(restore, cluster, host).id;
            }
            state.agents.push_back(agent);
        }
    }
    return state;
}

} // namespace tidemark::demo
