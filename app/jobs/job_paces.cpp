#include "jobs/job_paces.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr int openLinksFactor = 4; ///< of the active interval

template<typename Key>
void atMost(std::map<Key, std::chrono::milliseconds> &intervals, const Key &key, std::chrono::milliseconds interval)
{
    auto &known = intervals.try_emplace(key, interval).first->second;
    known = std::min(known, interval);
}

} // namespace

bool JobPaces::anyBelow(std::chrono::milliseconds interval) const
{
    const auto isBelow = [interval](const auto &one) { return one.second < interval; };
    return std::ranges::any_of(lists, isBelow) || std::ranges::any_of(agents, isBelow);
}

JobPaces pacesOf(const std::vector<JobGroup> &groups, std::chrono::milliseconds active, std::chrono::milliseconds idle,
                 const QDateTime &now)
{
    JobPaces paces;
    for (const JobGroup &group : groups) {
        const JobPhase phase = groupPhase(group, now);
        auto interval = idle;
        if (phase == JobPhase::UnderWay)
            interval = active;
        else if (phase == JobPhase::Open)
            interval = std::min(idle, active * openLinksFactor);
        atMost(paces.lists, group.cluster, interval);
        if (needsAgents(group, now))
            atMost(paces.agents, group.targetProject, interval);
    }
    return paces;
}

} // namespace tidemark
