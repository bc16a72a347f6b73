#include "ui/wizard/rail_steps.h"

#include "moment/moment_texts.h"
#include "restore/restore_request.h"
#include "restore/rules.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::RailSteps)
};

QString titleOf(PageId page)
{
    switch (page) {
    case SourcePageId:
        return Text::tr("Source");
    case ModePageId:
        return Text::tr("Restore mode");
    case PointPageId:
        return Text::tr("Restore point");
    case TargetPageId:
        return Text::tr("Target");
    case ReviewPageId:
        return Text::tr("Review");
    case SubmittedPageId:
        return Text::tr("Submitted");
    }
    return {};
}

QString nameOf(const std::optional<Cluster> &cluster)
{
    return cluster ? confirmationName(*cluster) : QString();
}

/// As it was chosen or is understood; a snapshot's and a checkpoint's moment stands on its page.
QString momentOf(const RestoreDraft &draft, const QDateTime &now)
{
    if (draft.mode == RestoreMode::PointInTime) {
        const MomentAnswer answer = readPoint(draft, now);
        const auto *moment = std::get_if<Moment>(&answer);
        return moment ? momentFieldText(*moment) : QString();
    }
    return draft.mode == RestoreMode::OplogTimestamp ? draft.oplogSeconds : QString();
}

QString chosenOn(PageId page, const RestoreDraft &draft, const QDateTime &now)
{
    switch (page) {
    case SourcePageId:
        return nameOf(draft.cluster);
    case ModePageId:
        return draft.mode ? modeName(*draft.mode) : QString();
    case PointPageId:
        return momentOf(draft, now);
    case TargetPageId:
        return nameOf(draft.targetCluster);
    default:
        return {};
    }
}

} // namespace

RailSteps railSteps(const RestoreDraft &draft, PageId current, const QDateTime &now)
{
    RailSteps rail;
    const bool hasTarget = !draft.mode || isAutomated(*draft.mode);
    for (const PageId page : {SourcePageId, ModePageId, PointPageId, TargetPageId, ReviewPageId, SubmittedPageId}) {
        if (page == TargetPageId && !hasTarget)
            continue;
        if (page == current)
            rail.current = rail.steps.size();
        rail.steps.push_back({titleOf(page), chosenOn(page, draft, now)});
    }
    return rail;
}

} // namespace tidemark
