#pragma once

#include "restore/checklist.h"

#include <QJsonObject>
#include <QStringList>

namespace tidemark {

/// The plan that an order was sent by. Its bytes are kept beside the audit log, under their hash.
struct OrderPlan
{
    QString sha256;         ///< of the plan's file as this program writes it, in hex
    QString file;           ///< name of the file that was opened; empty where the restore was chosen in the wizard
    QStringList approvedBy; ///< the people of the connection's list whose signatures counted; empty: not approved
    QString signedSha256{}; ///< of what is signed of it, whoever has signed; empty in records of before

    bool operator==(const OrderPlan &) const = default;
};

/// What people said beside the decision, as it was when the order was sent: it goes into the audit log and the report,
/// and stays with the order over restarts.
struct OrderRecord
{
    std::vector<ChecklistTick> checklist;
    QStringList ticked; ///< sentences of the findings that were ticked
    OrderPlan plan;

    bool isEmpty() const { return *this == OrderRecord(); }
    bool operator==(const OrderRecord &) const = default;
};

/// Members "checklist", "ticked" and "plan", each where there is something to say.
QJsonObject recordJson(const OrderRecord &record);
/// Of any object with these members; what is not of their form is left out.
OrderRecord recordFromJson(const QJsonObject &json);

} // namespace tidemark
