#pragma once

#include "history/history.h"
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
    Spent ///< it was sent before: whoever agreed to it agreed to that one restore
};

/// Whether the log tells of an order of what was signed that was taken off the list without being known.
bool tellsOfForgotten(const History &history, const QString &signedHash);

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
    /// `auditFile`: of this connection; an order by the plan that was forgotten is told of there alone.
    UsedPlan(PlanInHand plan, const Connection &connection, const QString &auditFile, QObject *parent = nullptr);

    const PlanInHand &plan() const { return m_plan; }
    const QString &signedHash() const { return m_signedHash; } ///< see OrderPlan
    const std::optional<Approval> &approval() const { return m_approval; }
    /// What came of an order by it was never known. Told once there is an approval.
    bool wasForgotten() const { return m_wasForgotten; }

Q_SIGNALS:
    void approvalKnown();

private:
    PlanInHand m_plan;
    QString m_signedHash;
    PlanSignatures m_signatures;
    std::optional<Approval> m_approval; ///< once the signatures and the log were looked at
    bool m_wasForgotten = false;
};

} // namespace tidemark
