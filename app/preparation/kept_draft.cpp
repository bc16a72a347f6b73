#include "preparation/kept_draft.h"

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

bool isWorthKeeping(const RestoreDraft &draft, const RestoreDraft &filledIn)
{
    RestoreDraft now = draft;
    RestoreDraft before = filledIn;
    for (RestoreDraft *each : {&now, &before}) {
        each->typedTargetName.clear();
        // What the catalogue newly says about the same cluster is no choice of a person's.
        for (std::optional<Cluster> *cluster : {&each->cluster, &each->targetCluster}) {
            if (!*cluster)
                continue;
            Cluster same;
            same.id = (*cluster)->id;
            *cluster = same;
        }
    }
    return now.cluster && now != before;
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
