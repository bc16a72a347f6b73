#include "preparation/used_plan.h"

#include "base/background.h"
#include "orders/order_desk.h"
#include "plans/kept_plans.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::UsedPlan)
};

Finding finding(Severity severity, const QString &sentence)
{
    return {severity, Field::Confirmation, sentence};
}

} // namespace

PlanStanding standingOf(const std::optional<RestorePlan> &wanted, const PlanInHand &plan,
                        const std::optional<Approval> &approval, bool wasSent)
{
    if (!wanted || !isSameRestore(*wanted, plan.file.plan))
        return PlanStanding::Other;
    if (wasSent)
        return PlanStanding::Spent;
    if (!approval)
        return PlanStanding::Checking;
    return approval->isGiven ? PlanStanding::Approved : PlanStanding::Unapproved;
}

std::vector<Finding> planFindings(PlanStanding standing, const QString &plan, const QString &approval,
                                  const QString &demanding)
{
    std::vector<Finding> findings;
    switch (standing) {
    case PlanStanding::None:
        break;
    case PlanStanding::Other:
        findings.push_back(finding(Severity::Warning,
                                   Text::tr("This is another restore than the plan %1 that was opened: no signature on "
                                            "that plan stands for it.")
                                       .arg(plan)));
        break;
    case PlanStanding::Checking:
        findings.push_back(
            finding(Severity::Note, Text::tr("As in the plan %1, whose signatures are being checked.").arg(plan)));
        break;
    case PlanStanding::Unapproved:
        findings.push_back(finding(Severity::Note, Text::tr("As in the plan %1. %2").arg(plan, approval)));
        break;
    case PlanStanding::Approved:
        findings.push_back(
            finding(Severity::Note, Text::tr("As in the plan %1, which is approved. %2").arg(plan, approval)));
        break;
    case PlanStanding::Spent:
        findings.push_back(finding(
            Severity::Warning,
            Text::tr("The plan %1 was sent before: whoever agreed to it agreed to that one restore.").arg(plan)));
        break;
    }
    if (demanding.isEmpty() || standing == PlanStanding::Approved)
        return findings;
    if (standing == PlanStanding::Unapproved || standing == PlanStanding::Checking)
        findings.push_back(
            finding(Severity::Blocking, Text::tr("This connection lets nobody restore into “%1” without an approved "
                                                 "plan. Have a second person open the plan %2 and approve it, then "
                                                 "open it again.")
                                            .arg(demanding, plan)));
    else
        findings.push_back(
            finding(Severity::Blocking, Text::tr("This connection lets nobody restore into “%1” without an approved "
                                                 "plan. Save this restore as a plan, have two people approve it, and "
                                                 "open it with Open plan… in the menu Restore.")
                                            .arg(demanding)));
    return findings;
}

bool tellsOfForgotten(const History &history, const QString &signedHash)
{
    return std::ranges::any_of(history.entries, [&signedHash](const HistoryEntry &one) {
        return one.event == OrderForgotten && one.details.value(QLatin1String("signedSha256")).toString() == signedHash;
    });
}

UsedPlan::UsedPlan(PlanInHand plan, const Connection &connection, const QString &auditFile, QObject *parent)
    : QObject(parent)
    , m_plan(std::move(plan))
    , m_signedHash(planHash(planBytes(m_plan.file.plan)))
{
    whenDone(this, m_signatures.check(m_plan.file, PlanSignatures::trustOf(connection)),
             [this, auditFile](const Result<std::vector<CheckedSignature>> &checked) {
                 const Approval approval = approvalOf(checked ? *checked : std::vector<CheckedSignature>());
                 inOwnThread(
                     this, [auditFile, hash = m_signedHash] { return tellsOfForgotten(readHistory(auditFile), hash); },
                     [this, approval](bool wasForgotten) {
                         m_wasForgotten = wasForgotten;
                         m_approval = approval;
                         Q_EMIT approvalKnown();
                     });
             });
}

} // namespace tidemark
