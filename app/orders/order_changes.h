#pragma once

#include "restore/rules.h"

namespace tidemark {

/// Whether a restore that runs into the target since counts. Where the order is stopped by a question about one
/// (askAboutTarget), it does not: nobody is asked twice.
enum class Running { Counts, IsAskedAbout };

/// What of the draft, judged again with what was read just now, is not what the page showed: sentences. Empty when it
/// may be sent as it was shown.
QStringList changesSince(const RestoreDraft &shownDraft, const RestoreFacts &shownFacts, const RestoreDraft &draft,
                         const RestoreFacts &facts, const QDateTime &now, Running running);

} // namespace tidemark
