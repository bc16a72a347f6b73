#include "orders/order_changes.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::OrderChanges)
};

} // namespace

QStringList changesSince(const RestoreDraft &shownDraft, const RestoreFacts &shownFacts, const RestoreDraft &draft,
                         const RestoreFacts &facts, const QDateTime &now)
{
    QStringList changes;
    const std::vector<Finding> shown = check(shownDraft, shownFacts, now);
    for (const Finding &finding : check(draft, facts, now)) {
        const bool counts = finding.severity != Severity::Note;
        if (counts && std::ranges::find(shown, finding) == shown.end())
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
