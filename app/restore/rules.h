#pragma once

#include "moment/moment.h"
#include "restore/restore_draft.h"
#include "restore/restore_request.h"

#include <tl/expected.hpp>

namespace tidemark {

enum class Severity { Note, Warning, Blocking };

/// The wizard's fields, so that a finding can be shown beside the one it belongs to.
enum class Field {
    Project,
    Cluster,
    Mode,
    Snapshot,
    Checkpoint,
    OplogSeconds,
    OplogIncrement,
    PointInTime,
    ExpirationHours,
    ExpiresAt,
    MaxDownloads,
    TargetProject,
    TargetCluster,
    Confirmation
};

struct Finding
{
    Severity severity = Severity::Blocking;
    Field field = Field::Mode;
    QString sentence;
    bool isUnchecked = false; ///< a warning, since something is not known or could not be looked at

    bool operator==(const Finding &) const = default;
};

/// Pages of the wizard, in order.
enum class Step { Source, Mode, Point, Target, Review };

/// Everything there is to say about one page of the draft. `now` is the server's clock (UTC).
/// Source of the conditions: "Create One Restore Job for One Cluster" of the API documentation.
std::vector<Finding> check(Step step, const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now);

/// All pages' findings.
std::vector<Finding> check(const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now);

/// Of the Target page's findings those about restores that run into the target already. Each is a warning: an order is
/// stopped by orders/order_conflicts.h, with a question of its own.
std::vector<Finding> runningRestores(const RestoreDraft &draft, const RestoreFacts &facts);

/// Which checks of the target found nothing against it, in a few words each. What is still being read, or could not be,
/// has not passed. Empty while no target is chosen, and for a download.
QStringList passedChecks(const RestoreDraft &draft, const RestoreFacts &facts);

bool isComplete(const std::vector<Finding> &findings); ///< no blocking one

/// Why this mode cannot be used for this cluster, in words; empty when it can. Used for the disabled choices.
QString modeObjection(RestoreMode mode, const Cluster &cluster, const RestoreFacts &facts);

/// The only maker of requests. Fails with the blocking findings.
tl::expected<RestoreRequest, std::vector<Finding>> buildRequest(const RestoreDraft &draft, const RestoreFacts &facts,
                                                                const QDateTime &now);

/// A point in time must lie within the last 24 hours
/// (https://www.mongodb.com/docs/cloud-manager/reference/api/restorejobs/create-one-restore-job-for-one-cluster/).
/// Where the cluster's schedule is known its pointInTimeWindowHours counts in place of that.
constexpr int DocumentedWindowHours = 24;

/// How long reading a snapshot may take, as a cautious guess: sizes are known, the speed of the server is not.
constexpr int ExpectedRestoreHours = 12;

/// From more than this on a server's clock that is not this machine's is worth a warning: people read moments off the
/// clock that they see.
constexpr std::chrono::seconds NoticeableClockDifference{30};

/// How the server's clock differs from this machine's and what to do about it; empty where it does not differ by more
/// than NoticeableClockDifference or is not known. Positive: the server is ahead.
QString clockWarning(const std::optional<std::chrono::milliseconds> &serverAhead);

/// An automation agent that has not asked for its configuration for longer is taken for silent. The API's documentation
/// names no limit ("Get Agents by Type" has lastConf alone); agents that live ask several times a minute, so this
/// leaves room for a restart and for clocks.
constexpr int SilentAgentMinutes = 10;

/// The restorable stretches of time, as the timeline shows them: the server's ranges, or the window's hours up to `now`
/// where it has no such resource or they could not be read. Oldest first; none while facts.ranges is not engaged.
std::vector<RestorableRange> effectiveRanges(const RestoreFacts &facts, const QDateTime &now);

/// What has to be typed, to the letter, on the Review page: the cluster's name, else its replica set's name or its id.
QString confirmationName(const Cluster &cluster);

/// What the draft's pointInTime means.
MomentAnswer readPoint(const RestoreDraft &draft, const QDateTime &now);

/// Reads "2026-11-24 14:03:07", "2026-11-24T14:03:07Z" or with an offset; no zone means UTC (the API's rule).
/// Invalid when it is no time. Fractions of a second are kept, so that the rule about whole seconds can see them.
QDateTime parseUtc(const QString &text);

} // namespace tidemark
