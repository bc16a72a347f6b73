#pragma once

#include "cloud/values.h"

namespace tidemark {

/// Whether it expires within the time that a restore may take (ExpectedRestoreHours). What has expired already cannot
/// be changed any more, see cloud/snapshot_change.h.
bool mayGoBeforeItIsRead(const Snapshot &snapshot, const QDateTime &now);

/// The expiry that is asked for where such a one is to be kept: three days on, in whole hours. UTC.
QDateTime keptUntil(const QDateTime &now);

} // namespace tidemark
