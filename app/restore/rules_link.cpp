#include "base/text.h"
#include "restore/rules_parts.h"

#include <limits>

namespace tidemark::rules {

namespace {

void checkHours(const RestoreDraft &draft, const Snapshot *snapshot, const QDateTime &now, Findings &findings)
{
    if (draft.expirationHours.trimmed().isEmpty()) {
        block(findings, Field::ExpirationHours, Text::tr("Enter for how many hours the link shall work."));
        return;
    }
    const auto hours = typedNumber(draft.expirationHours);
    if (!hours || *hours < 1) {
        block(findings, Field::ExpirationHours, Text::tr("The link's life is a whole number of hours, 1 or more."));
        return;
    }
    if (*hours > std::numeric_limits<int>::max()) {
        block(findings, Field::ExpirationHours, Text::tr("This number of hours is too large."));
        return;
    }
    if (snapshot == nullptr || !snapshot->expires.isValid() || now.addSecs(*hours * 3600) <= snapshot->expires)
        return;
    const qint64 longest = now.secsTo(snapshot->expires) / 3600;
    block(findings, Field::ExpirationHours,
          longest < 1 ? Text::tr("The snapshot itself expires at %1, less than an hour from now, and a link may not "
                                 "outlive it. Give the link an end time instead.")
                            .arg(utcText(snapshot->expires))
                      : Text::tr("A link may not outlive its snapshot, which expires at %1: at most %2 hours.")
                            .arg(utcText(snapshot->expires), QString::number(longest)));
}

void checkUntil(const RestoreDraft &draft, const Snapshot *snapshot, const QDateTime &now, Findings &findings)
{
    if (draft.expiresAt.trimmed().isEmpty()) {
        block(findings, Field::ExpiresAt, Text::tr("Enter until when the link shall work, in UTC."));
        return;
    }
    const QDateTime expires = parseUtc(draft.expiresAt);
    if (!expires.isValid())
        block(findings, Field::ExpiresAt, Text::tr("This is no time. Write it as 2026-11-24 14:03:07, in UTC."));
    else if (expires.time().msec() != 0)
        block(findings, Field::ExpiresAt, Text::tr("The time must be in whole seconds."));
    else if (expires <= now)
        block(findings, Field::ExpiresAt,
              Text::tr("This time is over: by the server's clock it is %1.").arg(utcText(now)));
    else if (snapshot != nullptr && snapshot->expires.isValid() && expires > snapshot->expires)
        block(findings, Field::ExpiresAt,
              Text::tr("A link may not outlive its snapshot, which expires at %1.").arg(utcText(snapshot->expires)));
}

void checkDownloads(const RestoreDraft &draft, Findings &findings)
{
    if (draft.unlimitedDownloads)
        return;
    if (draft.maxDownloads.trimmed().isEmpty()) {
        block(findings, Field::MaxDownloads, Text::tr("Enter how often the archive may be downloaded."));
        return;
    }
    const auto downloads = typedNumber(draft.maxDownloads);
    if (!downloads || *downloads < 1)
        block(findings, Field::MaxDownloads, Text::tr("The number of downloads is a whole number, 1 or more."));
    else if (*downloads > UnlimitedDownloads)
        block(findings, Field::MaxDownloads,
              Text::tr("The largest number of downloads is %1, which means unlimited.").arg(UnlimitedDownloads));
    else if (*downloads == 1)
        note(findings, Field::MaxDownloads,
             Text::tr("With a single download, a transfer that breaks off and cannot be resumed uses the link up."));
}

} // namespace

void checkLink(const RestoreDraft &draft, const Snapshot *snapshot, const QDateTime &now, Findings &findings)
{
    // Exactly one of the two is read, so the request can never hold both.
    if (draft.linkLife == RestoreDraft::LinkLife::Hours)
        checkHours(draft, snapshot, now, findings);
    else
        checkUntil(draft, snapshot, now, findings);
    checkDownloads(draft, findings);
}

} // namespace tidemark::rules
