#pragma once

#include "orders/order.h"

#include <QPointer>

#include <variant>

namespace tidemark {

/// Where the page stands from which a restore is ordered. What is known of an order is in here alone, with the draft
/// that it was begun with, so that nothing of it outlives it.
struct Deciding ///< nothing of what the page shows is under way
{
};
struct Ordering
{
    QPointer<Order> order;
    RestoreDraft draft;
};
struct NotKnown ///< it may have been carried out
{
    QString key;
    RestoreDraft draft;
};
struct Ordered
{
    RestoreDraft draft;
};
using ReviewState = std::variant<Deciding, Ordering, NotKnown, Ordered>;

// What happens to it.
struct OrderBegun
{
    Order *order = nullptr;
    RestoreDraft draft;
};
struct OrderEnded ///< the one under way
{
    OrderOutcome::Kind kind = OrderOutcome::Kind::Cancelled;
    QString key;
};
struct OrderSettled ///< some order is known by id now
{
    QString key;
};
struct PageOpened ///< or left: for another restore perhaps
{
};
using ReviewEvent = std::variant<OrderBegun, OrderEnded, OrderSettled, PageOpened>;

/// An event that is not for this state changes nothing: what becomes of an earlier order is no news of the one that is
/// under way.
ReviewState next(const ReviewState &state, const ReviewEvent &event);

/// The draft of an order that was sent, or may have been, and has not been refused; nullptr for none.
const RestoreDraft *sentDraft(const ReviewState &state);
/// Whether there is nothing left to cancel: it is being sent, or was and is not known yet.
bool hasLeft(const ReviewState &state);

} // namespace tidemark
