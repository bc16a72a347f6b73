#pragma once

// What order_agent.cpp answers, as JSON.

#include "orders/order_texts.h"

#include <QJsonArray>
#include <QJsonObject>

namespace tidemark {

inline QString kindWord(OrderOutcome::Kind kind)
{
    switch (kind) {
    case OrderOutcome::Kind::Cancelled:
        return QStringLiteral("cancelled");
    case OrderOutcome::Kind::Changed:
        return QStringLiteral("changed");
    case OrderOutcome::Kind::Conflicting:
        return QStringLiteral("conflicting");
    case OrderOutcome::Kind::NotSent:
        return QStringLiteral("not sent");
    case OrderOutcome::Kind::Ordered:
        return QStringLiteral("ordered");
    case OrderOutcome::Kind::NotOrdered:
        return QStringLiteral("not ordered");
    case OrderOutcome::Kind::NotKnownYet:
        return QStringLiteral("not known yet");
    }
    return {};
}

inline QJsonArray idsOf(const std::vector<RestoreJob> &jobs)
{
    QJsonArray ids;
    for (const RestoreJob &job : jobs)
        ids.append(job.id.value);
    return ids;
}

inline QJsonObject jsonOf(const OrderOutcome &outcome)
{
    QJsonArray conflicts;
    for (const OrderConflict &conflict : outcome.conflicts)
        conflicts.append(conflict.sentence);
    return {{QStringLiteral("outcome"), kindWord(outcome.kind)},
            {QStringLiteral("key"), outcome.order.key},
            {QStringLiteral("status"), outcome.order.status},
            {QStringLiteral("sendings"), static_cast<int>(outcome.order.sendings.size())},
            {QStringLiteral("jobs"), idsOf(outcome.jobs)},
            {QStringLiteral("conflicts"), conflicts},
            {QStringLiteral("changes"), QJsonArray::fromStringList(outcome.changes)},
            {QStringLiteral("error"), outcome.error.sentence},
            {QStringLiteral("texts"), QJsonArray::fromStringList(outcomeTexts(outcome))}};
}

inline QJsonObject jsonOf(const OrderView &view, const QDateTime &now)
{
    QJsonArray candidates;
    for (const OrderCandidate &candidate : view.candidates)
        candidates.append(QJsonObject{{QStringLiteral("key"), candidate.key()},
                                      {QStringLiteral("match"), matchText(candidate.match)},
                                      {QStringLiteral("jobs"), idsOf(candidate.jobs)}});
    return {{QStringLiteral("key"), view.order.key},
            {QStringLiteral("state"), viewStateText(view, now)},
            {QStringLiteral("beingSent"), view.sending == SendingState::UnderWay},
            {QStringLiteral("sendings"), static_cast<int>(view.order.sendings.size())},
            {QStringLiteral("status"), view.order.status},
            {QStringLiteral("lookedAt"), view.lookedAt.isValid()},
            {QStringLiteral("events"), static_cast<int>(view.events.size())},
            {QStringLiteral("mentioned"), static_cast<int>(view.mentioned.size())},
            {QStringLiteral("candidates"), candidates},
            {QStringLiteral("details"), QJsonArray::fromStringList(viewDetails(view))}};
}

} // namespace tidemark
