#pragma once

#include "orders/order.h"
#include "orders/order_follower.h"

#include <QStringList>

/// What is said of orders: one place for all screens. No secret and no link is in any of it.
namespace tidemark {

/// Where an order under way stands: "Nothing has been sent yet. …" only while that is true, then "Sent 14:20:11 UTC,
/// waiting for the answer."
QString orderStateText(const Order &order);

/// What becomes of an order under way where its connection is closed.
QString cutOffText(const Order &order);

/// "Send with what was read at 14:20:05 UTC".
QString sendAnywayText(const Order &order);

/// What came of it: the first line says which of the three ends, the others why and what to do.
QStringList outcomeTexts(const OrderOutcome &outcome);

/// How an order that was settled later had been answered, and how often it had been sent.
QString answeredText(const PendingOrder &order);

/// "Not known yet, 4 min", or that it is being sent.
QString viewStateText(const OrderView &view, const QDateTime &now);

/// All that is known of it, a sentence each: when it left, what was seen, what was looked at and found.
QStringList viewDetails(const OrderView &view);

/// "2 orders of other connections are not known yet." Empty for none.
QString othersText(int others);

/// "Agrees in everything", "May be it", …
QString matchText(OrderMatch match);

/// One line of a comparison: what is about to be sent, orders that are not known yet, jobs.
struct OrderLine
{
    QString what;
    QString cluster;
    QString point;
    QString target;
    QString when;
    QString id;

    bool operator==(const OrderLine &) const = default;
};

OrderLine lineOf(const PendingOrder &order, const QString &what);
OrderLine lineOf(const RestoreJob &job, const QString &clusterName, const QString &what);

/// Side by side: what is about to be sent, and below it everything that stopped it.
std::vector<OrderLine> comparison(const OrderOutcome &outcome, const std::vector<PendingOrder> &pending);

} // namespace tidemark
