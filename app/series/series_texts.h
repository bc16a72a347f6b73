#pragma once

#include "base/error.h"
#include "cloud/values.h"
#include "series/edge.h"
#include "series/losses.h"

namespace tidemark {

/// A moment in seconds since the epoch, where its day and its zone, UTC, stand elsewhere: "14:03:07".
QString clockText(qint64 seconds);
/// In a chooser: "Deletes".
QString curveName(CurveKind kind);
/// Above a curve: "Deletes per second, all primaries". Without a primary the largest of a set's members stands for it.
QString curveTitle(CurveKind kind, bool allPrimaries);
/// "most: 4,210". Empty for a curve without a value.
QString mostText(const Curve &curve);
/// "Deletes rise between 14:03:00 and 14:04:00, no finer data.": in UTC.
QString edgeText(CurveKind kind, const Edge &edge);
/// What the curve does not show, though somebody may look for it there; empty where there is nothing to be said.
QString curveNote(CurveKind kind);
/// What a restore to the moment would lose.
QString lossText(const Losses &losses);
/// Why there is no curve.
QString noCurveText(const Error &error);
/// Why the curves that are shown are of before. `until`: seconds since the epoch, up to where they were told.
QString oldCurveText(const Error &error, qint64 until);
/// The same where the server told nothing: it measures none of the kinds, or has no values of that time.
QString nothingMeasuredText(bool areNamesKnown);
/// "likely cause: OPLOG_BEHIND at 05:57:21 UTC". Types as the server names them: they differ from version to version.
QString causeText(const ProjectEvent &event);
/// "OPLOG_BEHIND, ledger".
QString eventText(const ProjectEvent &event);

} // namespace tidemark
