#pragma once

#include "plans/restore_plan.h"

#include <functional>

namespace tidemark {

/// What is known today of what a plan names; nullopt or nullptr while it is not read, empty where it is gone.
struct PlanToday
{
    Service service = Service::CloudManager;
    QString server;
    const std::vector<Project> *projects = nullptr;
    std::function<const std::vector<Cluster> *(const ProjectId &)> clusters; ///< top level
    RestoreFacts facts;
    QDateTime now; ///< the server's clock
};

/// What is otherwise than when the plan was written, a sentence each: for the person, who decides. The rules judge what
/// is there today by themselves. What is still being read is no difference.
QStringList differencesSince(const RestorePlan &plan, const PlanToday &today);

/// How long ago it was written, or that it claims to be of the future.
QString planAgeText(const RestorePlan &plan, const QDateTime &now);

} // namespace tidemark
