#include "preparation/kept_draft.h"

#include "preparation/review_state.h"
#include "restore/restore_request.h"
#include "restore/rules.h"
#include "session/session.h"

#include <algorithm>

namespace tidemark {

namespace {

/// Without what is no choice of the person's.
RestoreDraft bare(RestoreDraft draft)
{
    draft.typedTargetName.clear();
    draft.momentMode.reset();
    for (std::optional<Cluster> *cluster : {&draft.cluster, &draft.targetCluster}) {
        if (!*cluster)
            continue;
        Cluster same;
        same.id = (*cluster)->id;
        *cluster = same;
    }
    return draft;
}

/// What its request is made of.
RestoreDraft asked(const RestoreDraft &draft)
{
    const RestoreDraft all = bare(draft);
    RestoreDraft read;
    read.project = all.project;
    read.cluster = all.cluster;
    read.mode = all.mode;
    if (!all.mode)
        return read;
    switch (*all.mode) {
    case RestoreMode::DownloadSnapshot:
    case RestoreMode::AutomatedSnapshot:
        read.snapshot = all.snapshot;
        break;
    case RestoreMode::OplogTimestamp:
        read.oplogSeconds = all.oplogSeconds;
        read.oplogIncrement = all.oplogIncrement;
        break;
    case RestoreMode::PointInTime:
        read.pointInTime = all.pointInTime;
        read.pointZone = all.pointZone;
        break;
    case RestoreMode::Checkpoint:
        read.checkpoint = all.checkpoint;
        break;
    }
    if (isAutomated(*all.mode)) {
        read.targetProject = all.targetProject;
        read.targetCluster = all.targetCluster;
    } else {
        read.linkLife = all.linkLife;
        read.expirationHours = all.expirationHours;
        read.expiresAt = all.expiresAt;
        read.maxDownloads = all.maxDownloads;
        read.unlimitedDownloads = all.unlimitedDownloads;
    }
    return read;
}

/// As it was typed, and no longer than a line.
QString momentIn(const RestoreDraft &draft)
{
    constexpr int Most = 40;
    const QString typed = draft.mode == RestoreMode::PointInTime      ? draft.pointInTime
                          : draft.mode == RestoreMode::OplogTimestamp ? draft.oplogSeconds
                                                                      : QString();
    const QString line = typed.left(10 * Most).simplified();
    return line.size() > Most ? line.left(Most - 1) + QChar(0x2026) : line;
}

} // namespace

KeptDraft &KeptDraft::of(Session &session)
{
    auto *kept = session.findChild<KeptDraft *>({}, Qt::FindDirectChildrenOnly);
    return kept ? *kept : *new KeptDraft(&session);
}

void KeptDraft::keep(RestoreDraft draft)
{
    draft.typedTargetName.clear();
    std::erase_if(m_drafts, [&draft](const RestoreDraft &one) { return bare(one) == bare(draft); });
    m_drafts.push_back(std::move(draft));
}

void KeptDraft::drop(const RestoreDraft &draft)
{
    std::erase(m_drafts, draft);
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
    std::erase_if(m_drafts, [&sent](const RestoreDraft &one) { return isSameRestore(one, sent); });
}

std::optional<RestoreDraft> KeptDraft::draft() const
{
    return m_drafts.empty() ? std::nullopt : std::optional(m_drafts.back());
}

bool isSameRestore(const RestoreDraft &one, const RestoreDraft &other)
{
    return asked(one) == asked(other);
}

bool isWorthKeeping(const RestoreDraft &draft, const RestoreDraft &filledIn)
{
    RestoreDraft projects; // they may have been proposed
    projects.project = draft.project;
    projects.targetProject = draft.targetProject;
    return bare(draft) != bare(projects) && bare(draft) != bare(filledIn);
}

QString draftText(const RestoreDraft &draft)
{
    QStringList texts;
    if (draft.cluster)
        texts << (draft.project.name.isEmpty()
                      ? confirmationName(*draft.cluster)
                      : KeptDraft::tr("%1 / %2").arg(draft.project.name, confirmationName(*draft.cluster)));
    else if (!draft.project.name.isEmpty())
        texts << draft.project.name;
    if (draft.mode)
        texts << modeName(*draft.mode);
    if (const QString moment = momentIn(draft); !moment.isEmpty())
        texts << moment;
    if (draft.mode && isAutomated(*draft.mode) && draft.targetCluster)
        texts << KeptDraft::tr("to %1", "a target").arg(confirmationName(*draft.targetCluster));
    return texts.join(QStringLiteral(", "));
}

} // namespace tidemark
