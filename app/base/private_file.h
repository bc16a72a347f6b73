#pragma once

#include <QByteArray>
#include <QString>

namespace tidemark {

/// Makes the folder, for its owner alone (0700), where it is missing. A folder that is there already is somebody's and
/// keeps its permissions. False when it cannot be made.
bool makePrivateFolder(const QString &path);

/// Replaces the file atomically, readable by its owner alone (0600) from the first byte on. Returns what went wrong, in
/// the system's words; empty when it was saved. The earlier file is unchanged then.
QString savePrivateFile(const QString &path, const QByteArray &bytes);

} // namespace tidemark
