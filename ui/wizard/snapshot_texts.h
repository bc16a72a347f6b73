#pragma once

#include "cloud/values.h"
#include "ui/look/chip.h"

namespace tidemark {

/// What a person should know before taking this snapshot, in a few words each, the gravest first.
struct SnapshotBadge
{
    ChipKind kind = ChipKind::Attention;
    QString text;

    bool operator==(const SnapshotBadge &) const = default;
};
std::vector<SnapshotBadge> snapshotBadges(const Snapshot &snapshot);
/// Their texts.
QStringList snapshotWarnings(const Snapshot &snapshot);

/// The versions of its parts, each once, the oldest first; empty where the server did not tell.
QString snapshotVersions(const Snapshot &snapshot);
/// The same of their feature compatibility versions.
QString snapshotFcvs(const Snapshot &snapshot);

/// "Yes", "No", "Partly", or that the server did not tell.
QString encryptionText(const Snapshot &snapshot);
/// The ids of the master keys of its parts, each once.
QString masterKeys(const Snapshot &snapshot);

} // namespace tidemark
