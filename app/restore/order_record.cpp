#include "restore/order_record.h"

namespace tidemark {

namespace {

const QLatin1String ChecklistKey("checklist");
const QLatin1String TickedKey("ticked");
const QLatin1String PlanKey("plan");
const QLatin1String HashKey("sha256");
const QLatin1String SignedHashKey("signedSha256");
const QLatin1String FileKey("file");
const QLatin1String ApprovedKey("approvedBy");

QStringList textsOf(const QJsonValue &json)
{
    QStringList texts;
    for (const QJsonValue text : json.toArray()) {
        if (text.isString())
            texts.append(text.toString());
    }
    return texts;
}

QJsonObject planJson(const OrderPlan &plan)
{
    QJsonObject json{{HashKey, plan.sha256}};
    if (!plan.signedSha256.isEmpty())
        json.insert(SignedHashKey, plan.signedSha256);
    if (!plan.file.isEmpty())
        json.insert(FileKey, plan.file);
    if (!plan.approvedBy.isEmpty())
        json.insert(ApprovedKey, QJsonArray::fromStringList(plan.approvedBy));
    return json;
}

} // namespace

QJsonObject recordJson(const OrderRecord &record)
{
    QJsonObject json;
    if (!record.checklist.empty())
        json.insert(ChecklistKey, ticksJson(record.checklist));
    if (!record.ticked.isEmpty())
        json.insert(TickedKey, QJsonArray::fromStringList(record.ticked));
    if (record.plan != OrderPlan())
        json.insert(PlanKey, planJson(record.plan));
    return json;
}

OrderRecord recordFromJson(const QJsonObject &json)
{
    const QJsonValue plan = json[PlanKey];
    return {ticksFromJson(json[ChecklistKey]),
            textsOf(json[TickedKey]),
            {plan[HashKey].toString(), plan[FileKey].toString(), textsOf(plan[ApprovedKey]),
             plan[SignedHashKey].toString()}};
}

} // namespace tidemark
