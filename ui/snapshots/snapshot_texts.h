#pragma once

#include "cloud/values.h"
#include "ui/look/chip.h"

namespace tidemark {

/// What stands against a snapshot, one chip each, the gravest first; none: nothing is known against it.
std::vector<ChipData> snapshotWarnings(const Snapshot &snapshot);
/// The same, or that it is complete, and what else is to be known before it is used.
std::vector<ChipData> snapshotBadges(const Snapshot &snapshot);

/// The versions of its parts, each once, the oldest first; empty where the server did not tell.
QString snapshotVersions(const Snapshot &snapshot);
/// The same of their feature compatibility versions.
QString snapshotFcvs(const Snapshot &snapshot);

/// For a column: "Yes", "No", "Partly", or that the server did not tell.
QString encryptionText(const Snapshot &snapshot);
/// The ids of the master keys of its parts, each once.
QString masterKeys(const Snapshot &snapshot);
/// Both in a sentence: "Encrypted, master key 6f1c…", "Not encrypted", "Not told".
QString snapshotEncryption(const Snapshot &snapshot);

} // namespace tidemark
