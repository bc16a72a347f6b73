#pragma once

#include <QString>

namespace tidemark {

/// Makes the folder, for its owner alone (0700), where it is missing. A folder that is there already is somebody's and
/// keeps its permissions. False when it cannot be made.
bool makePrivateFolder(const QString &path);

} // namespace tidemark
