#pragma once

#include "orders/order.h"
#include "preparation/used_plan.h"

namespace tidemark {

class Session;
class WizardContext;

/// The plan of what the wizard would send now; nullopt where that cannot be asked for.
std::optional<RestorePlan> wantedPlan(const WizardContext &context);

/// Whether an order of what was signed is remembered on this machine, or is not known yet. What is being sent by this
/// session now is neither.
bool wasPlanSent(Session &session, const QString &signedHash);

PlanStanding planStanding(const WizardContext &context);

/// What there is to say of the plan on Review: a note, or a warning where the plan is not what would be sent; and what
/// stops a restore into a project that needs an approved one.
std::vector<Finding> planFindings(const WizardContext &context);

/// What the wizard has of an order: draft, facts, the target's neighbours, and its plan, which is kept with it: the
/// opened one where that is what is asked for, else one that is written now.
OrderIntent orderIntent(const WizardContext &context);

} // namespace tidemark
