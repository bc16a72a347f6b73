#pragma once

#include "base/result.h"

#include <QString>
#include <QtGlobal>

#include <optional>

namespace tidemark {

/// restoreInfo.txt of a snapshot archive: the values a DBA needs to put the files into service.
struct RestoreInfo
{
    QString text; ///< verbatim
    QString groupName;
    QString replicaSetName;
    QString clusterId;
    qint64 restoreTimestampSeconds = 0;
    quint32 restoreTimestampIncrement = 0;
    QString lastOplogApplied;
    QString mongodbVersion;
    QString storageEngine;
    QString masterKeyUuid;

    bool operator==(const RestoreInfo &) const = default;
};

RestoreInfo parseRestoreInfo(const QString &text);

/// Finds restoreInfo.txt in the archive. Blocking: call on a worker thread.
Result<RestoreInfo> readRestoreInfo(const QString &archivePath);

/// The documented next steps for putting an unpacked archive into service, with this archive's values filled in.
QStringList nextSteps(const RestoreInfo &info);

} // namespace tidemark
