#pragma once

#include "session/session.h"
#include "support/waiting.h"

#include <QPointer>

namespace tidemark::test {

/// What the Review page's button does, without the page: orders and waits for the end. ErrorKind::Internal when it took
/// longer than `limit`.
inline Result<OrderOutcome> orderAndWait(Session &session, const RestoreDraft &draft, const RestoreFacts &facts,
                                         const QSet<QString> &accepted = {},
                                         std::chrono::milliseconds limit = std::chrono::seconds(30))
{
    OrderIntent intent{draft, facts, {}, accepted};
    if (isAutomated(*draft.mode)) {
        if (const auto *clusters = session.catalogue().clusters(draft.targetProject.id))
            intent.targetClusters = *clusters;
    }
    const Result<Order *> begun = session.orders().begin(std::move(intent));
    if (!begun)
        return failure(begun.error());
    std::optional<OrderOutcome> outcome;
    QObject::connect(*begun, &Order::ended, *begun, [&outcome, order = *begun] { outcome = order->outcome(); });
    if (!QTest::qWaitFor([&outcome] { return outcome.has_value(); }, static_cast<int>(limit.count()))) {
        Error error;
        error.sentence = QStringLiteral("The order did not end in time.");
        return failure(error);
    }
    return *outcome;
}

/// Key of the job group that an order came to.
inline QString groupKeyOf(const OrderOutcome &outcome)
{
    return outcome.jobs.front().batch.isEmpty() ? outcome.jobs.front().id.value : outcome.jobs.front().batch.value;
}

} // namespace tidemark::test
