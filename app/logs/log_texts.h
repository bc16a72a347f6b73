#pragma once

#include "base/error.h"
#include "logs/log_finding.h"

namespace tidemark {

/// "Collection dropped", "1,734 documents deleted".
QString lossText(const LogFinding &finding);
/// What it happened to: "shop.orders", "shop.a → shop.b".
QString lossPlaceText(const LogFinding &finding);
/// "deploy_bot@admin · 10.20.4.17:51514 · cleanup-job"; that the logs do not tell it where they do not.
QString lossWhoText(const LogFinding &finding);
/// When it began.
QDateTime lossMoment(const LogFinding &finding);
/// What is to be known beside it, a sentence each. `zone`: in which a time was read that names none.
QStringList lossNotes(const LogFinding &finding, const QString &zone);

/// What a search read and what it could not, a sentence each. `moment`: the one that is looked for.
QStringList searchNotes(const LogFindings &findings, const std::optional<QDateTime> &moment = {});

/// Why no logs could be collected, and what to do: with a key that may not, the file itself is the way.
QString collectionProblem(const Error &error);

} // namespace tidemark
