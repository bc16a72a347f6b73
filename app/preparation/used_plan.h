#pragma once

#include "plans/plan_signatures.h"
#include "restore/order_record.h"
#include "restore/rules.h"

#include <QObject>

#include <optional>

namespace tidemark {

/// A plan as it was opened: what the file holds, and its name.
struct PlanInHand
{
    PlanFile file;
    QString name; ///< without its folder

    bool operator==(const PlanInHand &) const = default;
};

/// How what is on Review stands to the plan that it was opened from.
enum class PlanStanding {
    None,       ///< it was opened from none
    Other,      ///< what is asked for now is another restore than the plan's
    Checking,   ///< the signatures are being looked at
    Unapproved, ///< it is the plan's, and no second person stands behind it
    Approved,
    Spent ///< it was sent before: its approval stood for that one restore
};

/// `wanted`: the plan of what would be sent now. `approval`: nullopt while it is being looked at. `wasSent`: an order
/// by this plan is remembered here, or is not known yet.
PlanStanding standingOf(const std::optional<RestorePlan> &wanted, const PlanInHand &plan,
                        const std::optional<Approval> &approval, bool wasSent);

/// What is said of it on Review. `plan`: the file's name; `approval`: who stands behind it, in words; `demanding`: the
/// name of the target's project where that needs an approved plan, else empty.
std::vector<Finding> planFindings(PlanStanding standing, const QString &plan, const QString &approval,
                                  const QString &demanding);

/// The plan that a wizard was opened from, with who stands behind it, by the lists of this connection.
class UsedPlan : public QObject
{
    Q_OBJECT

public:
    UsedPlan(PlanInHand plan, const Connection &connection, QObject *parent = nullptr);

    const PlanInHand &plan() const { return m_plan; }
    const QString &signedHash() const { return m_signedHash; } ///< see OrderPlan
    const std::optional<Approval> &approval() const { return m_approval; }

Q_SIGNALS:
    void approvalKnown();

private:
    PlanInHand m_plan;
    QString m_signedHash;
    PlanSignatures m_signatures;
    std::optional<Approval> m_approval; ///< once the signatures were looked at
};

} // namespace tidemark
