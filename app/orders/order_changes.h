#pragma once

#include "restore/rules.h"

namespace tidemark {

/// What of the draft, judged again with what was read just now, is not what the page showed: sentences. Empty when it
/// may be sent as it was shown.
QStringList changesSince(const RestoreDraft &shownDraft, const RestoreFacts &shownFacts, const RestoreDraft &draft,
                         const RestoreFacts &facts, const QDateTime &now);

} // namespace tidemark
