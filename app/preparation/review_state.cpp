#include "preparation/review_state.h"

namespace tidemark {

namespace {

struct Next
{
    ReviewState operator()(const Deciding &, const OrderBegun &begun) const
    {
        return Ordering{begun.order, begun.draft};
    }
    /// The person decided again.
    ReviewState operator()(const NotKnown &, const OrderBegun &begun) const
    {
        return Ordering{begun.order, begun.draft};
    }
    ReviewState operator()(const Ordering &ordering, const OrderEnded &ended) const
    {
        switch (ended.kind) {
        case OrderOutcome::Kind::Ordered:
            return Ordered{ordering.draft};
        case OrderOutcome::Kind::NotKnownYet:
            return NotKnown{ended.key, ordering.draft};
        case OrderOutcome::Kind::Cancelled:
        case OrderOutcome::Kind::Changed:
        case OrderOutcome::Kind::Conflicting:
        case OrderOutcome::Kind::NotSent:
        case OrderOutcome::Kind::NotOrdered:
            break;
        }
        return Deciding{};
    }
    ReviewState operator()(const NotKnown &notKnown, const OrderSettled &settled) const
    {
        return settled.key == notKnown.key ? ReviewState(Ordered{notKnown.draft}) : notKnown;
    }
    /// An order under way is followed to its end, wherever the page is.
    ReviewState operator()(const Ordering &ordering, const PageOpened &) const { return ordering; }
    template<typename State>
    ReviewState operator()(const State &, const PageOpened &) const
    {
        return Deciding{};
    }
    template<typename State, typename Event>
    ReviewState operator()(const State &state, const Event &) const
    {
        return state;
    }
};

} // namespace

ReviewState next(const ReviewState &state, const ReviewEvent &event)
{
    return std::visit(Next(), state, event);
}

const RestoreDraft *sentDraft(const ReviewState &state)
{
    if (const auto *notKnown = std::get_if<NotKnown>(&state))
        return &notKnown->draft;
    const auto *ordered = std::get_if<Ordered>(&state);
    return ordered != nullptr ? &ordered->draft : nullptr;
}

bool hasLeft(const ReviewState &state)
{
    const auto *ordering = std::get_if<Ordering>(&state);
    const bool isSending = ordering != nullptr && ordering->order && ordering->order->phase() == Order::Phase::Sending;
    return isSending || sentDraft(state) != nullptr;
}

} // namespace tidemark
