#pragma once

#include "base/error.h"
#include "connection/connection.h"
#include "restore/restore_point.h"
#include "restore/target_facts.h"

namespace tidemark {

/// What the wizard's pages write: as the person entered it, complete or not, right or wrong. rules.h judges it.
struct RestoreDraft
{
    // Source
    Project project;
    std::optional<Cluster> cluster;

    std::optional<RestoreMode> mode;

    // Restore point; each is read only in its mode, so that changing the mode loses nothing.
    SnapshotId snapshot;
    CheckpointId checkpoint;
    QString oplogSeconds;   ///< as typed
    QString oplogIncrement; ///< as typed
    QString pointInTime;    ///< as typed, pasted or chosen; readPoint() says what it means
    QString pointZone;      ///< of a pointInTime that names no zone, as the zone data base calls it; empty: UTC
    std::optional<RestoreMode> momentMode; ///< of the two with a moment the one that was looked at last
    std::vector<qint64> incidents; ///< what the person has marked in time; seconds since the epoch, oldest first

    // Download
    enum class LinkLife { Hours, Until };
    LinkLife linkLife = LinkLife::Hours;
    QString expirationHours = QStringLiteral("4"); ///< as typed
    QString expiresAt;                             ///< as typed, UTC
    QString maxDownloads = QStringLiteral("3");    ///< as typed
    bool unlimitedDownloads = false;

    // Target
    Project targetProject;
    std::optional<Cluster> targetCluster;
    QString typedTargetName; ///< on the Review page

    bool operator==(const RestoreDraft &) const = default;
};

/// What the cloud said about the draft's source and target; nullopt while it is not known.
struct RestoreFacts
{
    Service service = Service::CloudManager;
    std::optional<std::vector<Snapshot>> snapshots;
    std::optional<std::vector<Checkpoint>> checkpoints;
    /// Engaged outer: asked; empty inner: the server has no such resource or could not tell (rangesError), so the
    /// window below counts.
    std::optional<std::optional<std::vector<RestorableRange>>> ranges;
    std::optional<Error> rangesError;
    std::optional<SnapshotSchedule> schedule;
    std::optional<std::chrono::milliseconds> serverAhead; ///< the server's clock minus this machine's
    std::optional<TargetFacts>
        target; ///< of an automated restore; what is of another target than the draft's is nothing

    bool operator==(const RestoreFacts &) const = default;
};

} // namespace tidemark
