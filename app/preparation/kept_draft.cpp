#include "preparation/kept_draft.h"

#include "preparation/review_state.h"
#include "restore/restore_request.h"
#include "restore/rules.h"
#include "session/session.h"

namespace tidemark {

KeptDraft &KeptDraft::of(Session &session)
{
    auto *kept = session.findChild<KeptDraft *>({}, Qt::FindDirectChildrenOnly);
    return kept ? *kept : *new KeptDraft(&session);
}

void KeptDraft::keep(RestoreDraft draft)
{
    draft.typedTargetName.clear();
    m_draft = std::move(draft);
}

void KeptDraft::keepUnlessSent(const RestoreDraft &draft, const Order &order)
{
    connect(&order, &Order::ended, this, [this, draft, &order] {
        const OrderOutcome &outcome = order.outcome();
        if (!sentDraft(next(Ordering{nullptr, draft}, OrderEnded{outcome.kind, outcome.order.key})))
            keep(draft);
    });
}

void KeptDraft::dropSent(const RestoreDraft &sent)
{
    if (m_draft && isSameRestore(*m_draft, sent))
        drop();
}

bool isSameRestore(const RestoreDraft &one, const RestoreDraft &other)
{
    const auto bare = [](RestoreDraft draft) {
        draft.typedTargetName.clear();
        for (std::optional<Cluster> *cluster : {&draft.cluster, &draft.targetCluster}) {
            if (!*cluster)
                continue;
            Cluster same;
            same.id = (*cluster)->id;
            *cluster = same;
        }
        return draft;
    };
    return bare(one) == bare(other);
}

bool isWorthKeeping(const RestoreDraft &draft, const RestoreDraft &filledIn)
{
    return draft.cluster && !isSameRestore(draft, filledIn);
}

QString draftText(const RestoreDraft &draft)
{
    QStringList texts;
    if (draft.cluster)
        texts << (draft.project.name.isEmpty()
                      ? confirmationName(*draft.cluster)
                      : KeptDraft::tr("%1 / %2").arg(draft.project.name, confirmationName(*draft.cluster)));
    if (draft.mode)
        texts << modeName(*draft.mode);
    return texts.join(QStringLiteral(", "));
}

} // namespace tidemark
