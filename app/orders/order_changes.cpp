#include "orders/order_changes.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::OrderChanges)
};

} // namespace

QStringList changesSince(const RestoreDraft &shownDraft, const RestoreFacts &shownFacts, const RestoreDraft &draft,
                         const RestoreFacts &facts, const QDateTime &now, Running running)
{
    QStringList changes;
    std::vector<Finding> known = check(shownDraft, shownFacts, now);
    if (running == Running::IsAskedAbout)
        std::ranges::copy(runningRestores(draft, facts), std::back_inserter(known));
    for (const Finding &finding : check(draft, facts, now)) {
        const bool counts = finding.severity != Severity::Note;
        if (counts && std::ranges::find(known, finding) == known.end())
            changes.append(finding.sentence);
    }
    const auto before = buildRequest(shownDraft, shownFacts, now);
    const auto after = buildRequest(draft, facts, now);
    if (before && after && changes.isEmpty() && before->plan() != after->plan())
        changes.append(Text::tr("The plan reads differently now: compare it."));
    if (!after && changes.isEmpty())
        changes.append(Text::tr("This restore cannot be asked for any more."));
    return changes;
}

} // namespace tidemark
