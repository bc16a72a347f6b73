#pragma once

#include "cloud/capabilities.h"
#include "restore/rules.h"
#include "safety/safety_snapshot.h"

/// What is said of a safety snapshot.
namespace tidemark {

/// One line: "Safety snapshot: complete, of 14:20:07 UTC, kept until 2026-12-04 14:20:07 UTC."
QString safetyLine(const SafetySnapshot &kept, const SafetyState &state);
/// That the list cannot be read at the moment, which safetyLine() goes by; empty where it can.
QString safetyTrouble(const SafetyLook &look);
/// That another one, which was asked for later, was not taken.
QString refusedText(const Error &error);

/// What has to be ticked before a restore is sent: everything but a recent whole one.
std::vector<Finding> safetyFindings(const SafetyState &state, const QDateTime &now);

/// Whether a safety snapshot of this target can be asked for, as far as is known. Where the server does not take any
/// `whyNot` says so, with the newest snapshot in its place.
struct SafetyOffer
{
    bool canBeTaken = false;
    QString whyNot; ///< empty also where a backup that does not run is said elsewhere

    bool operator==(const SafetyOffer &) const = default;
};
SafetyOffer safetyOffer(const Cluster &target, const ServerVersion &version, const std::optional<TargetFacts> &facts,
                        const QDateTime &now);

/// Beyond this it is a slip of the finger; the documentation names no bound but that it is more than 0.
constexpr int MostRetentionDays = 3650;
/// The number that was typed; nullopt where it is none from 1 to MostRetentionDays.
std::optional<int> retentionDays(const QString &typed);
/// What is said then.
QString retentionObjection();

/// The question before it is asked for.
QString safetyQuestion(const QString &clusterName, const ServerVersion &version);

} // namespace tidemark
