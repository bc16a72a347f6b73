#include "preparation/order_intent.h"

#include "plans/kept_plans.h"
#include "plans/plan_demand.h"
#include "preparation/wizard_context.h"
#include "session/session.h"

#include <algorithm>

namespace tidemark {

namespace {

/// Empty where the target's project needs no approved plan.
QString demandingProject(const WizardContext &context)
{
    const RestoreDraft &draft = context.draft();
    const bool isErasing = draft.mode && isAutomated(*draft.mode);
    const QStringList &projects = context.session().connection().approvalProjects;
    // Until the server has told it, a project's name is what a plan or a draft says: each one is demanded of then.
    const Project *known = context.session().catalogue().project(draft.targetProject.id);
    const Project target = known ? *known : Project{draft.targetProject.id, {}, {}, {}};
    if (!isErasing || !needsApprovedPlan(projects, target))
        return {};
    return draft.targetProject.name.isEmpty() ? draft.targetProject.id.value : draft.targetProject.name;
}

} // namespace

bool wasPlanSent(Session &session, const QString &signedHash)
{
    const auto isOfIt = [&signedHash](const auto &order) { return order.record.plan.signedSha256 == signedHash; };
    const Order *own = session.orders().current();
    const QString ownKey = own ? own->key() : QString();
    return std::ranges::any_of(session.jobs().submissions(),
                               [&](const RememberedSubmission &one) { return isOfIt(one) && one.order != ownKey; }) ||
           std::ranges::any_of(session.orders().views(),
                               [&](const OrderView &view) { return view.order.key != ownKey && isOfIt(view.order); });
}

std::optional<RestorePlan> wantedPlan(const WizardContext &context)
{
    const auto plan = planOf(context.draft(), context.facts(), context.session().connection(), context.now(), {});
    return plan ? std::optional(*plan) : std::nullopt;
}

PlanStanding planStanding(const WizardContext &context)
{
    const UsedPlan *used = context.usedPlan();
    return used ? standingOf(wantedPlan(context), used->plan(), used->approval(),
                             used->wasForgotten() || wasPlanSent(context.session(), used->signedHash()))
                : PlanStanding::None;
}

std::vector<Finding> planFindings(const WizardContext &context)
{
    const UsedPlan *used = context.usedPlan();
    return planFindings(planStanding(context), used ? used->plan().name : QString(),
                        used && used->approval() ? used->approval()->sentence : QString(), demandingProject(context));
}

OrderIntent orderIntent(const WizardContext &context)
{
    const RestoreDraft &draft = context.draft();
    OrderIntent intent{draft, context.facts(), {}, {}};
    if (draft.mode && isAutomated(*draft.mode)) {
        if (const auto *clusters = context.session().catalogue().clusters(draft.targetProject.id))
            intent.targetClusters = *clusters;
    }
    const PlanStanding standing = planStanding(context);
    if (standing == PlanStanding::None || standing == PlanStanding::Other) {
        if (const auto wanted = wantedPlan(context)) {
            intent.planFile = planFileBytes({*wanted, {}});
            intent.record.plan.signedSha256 = planHash(planBytes(*wanted));
        }
    } else {
        const UsedPlan &used = *context.usedPlan();
        intent.planFile = planFileBytes(used.plan().file);
        intent.record.plan.file = used.plan().name;
        intent.record.plan.signedSha256 = used.signedHash();
        if (standing == PlanStanding::Approved)
            intent.record.plan.approvedBy = used.approval()->people;
    }
    if (!intent.planFile.isEmpty())
        intent.record.plan.sha256 = planHash(intent.planFile);
    return intent;
}

} // namespace tidemark
