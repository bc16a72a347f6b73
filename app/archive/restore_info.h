#pragma once

#include "archive/archive_check.h"
#include "base/result.h"

#include <QString>
#include <QtGlobal>

#include <vector>

namespace tidemark {

/// restoreInfo.txt of a snapshot archive: the values a DBA needs to put the files into service. Empty or 0: not in it.
/// Times are seconds since the epoch.
struct RestoreInfo
{
    QString text; ///< verbatim
    QString groupName;
    QString replicaSetName;
    QString clusterId;
    qint64 snapshotSeconds = 0; ///< "Snapshot timestamp"
    qint64 restoreTimestampSeconds = 0;
    quint32 restoreTimestampIncrement = 0;
    QString lastOplogApplied;
    qint64 lastOplogSeconds = 0; ///< of lastOplogApplied
    quint32 lastOplogIncrement = 0;
    QString mongodbVersion;
    QString storageEngine;
    QString masterKeyUuid;

    bool operator==(const RestoreInfo &) const = default;
};

RestoreInfo parseRestoreInfo(const QString &text);

/// Finds restoreInfo.txt in the archive, which may mean reading all of it. Blocking: call on a thread of
/// archive_threads.h.
Result<RestoreInfo> readRestoreInfo(const QString &archivePath, const ArchiveProgress &progress = {});

/// What was ordered, as job and snapshot say. Empty or 0: not known, and then nothing contradicts it.
struct RestoreInfoExpected
{
    QString replicaSetName;
    QString mongodbVersion;   ///< `mongodVersion` of the snapshot's part
    qint64 momentSeconds = 0; ///< the job's `timestamp` or the snapshot's `created`
    bool isConfigServer = false;

    bool operator==(const RestoreInfoExpected &) const = default;
};

struct RestoreInfoContradiction
{
    enum class Field { ReplicaSet, Version, Moment };
    Field field = Field::ReplicaSet;
    QString sentence; ///< both values, in words

    bool operator==(const RestoreInfoContradiction &) const = default;
};

/// Where the archive says something else than the order. Names are compared letter by letter; versions by their
/// numbers, without "v" and edition; the moment with each time in restoreInfo.txt: it is contradicted when none is
/// within 15 minutes, since the documentation does not say which of a snapshot's times a job bears, and snapshots are
/// hours apart.
std::vector<RestoreInfoContradiction> restoreInfoContradictions(const RestoreInfo &info,
                                                                const RestoreInfoExpected &expected);

/// What the archive's name promises, by the pattern that Cloud Manager names them after:
/// SET-SECONDS-JOB.tar.gz, and of config servers config-SET-CLUSTER-SECONDS-JOB.tar.gz. Nothing where it is another.
RestoreInfoExpected expectedByFileName(const QString &fileName, const QString &jobId);

} // namespace tidemark
