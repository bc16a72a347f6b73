#pragma once

#include "archive/restore_info.h"

#include <QString>
#include <QStringList>

namespace tidemark {

/// The job that an archive is of.
struct ArchiveOrder
{
    QString fileName; ///< as the server named it
    QString jobId;
    /// One archive of several that were ordered as one: of a shard or of the config servers of a sharded cluster (jobs
    /// of replica sets have no batch: Public API, get all restore jobs for one cluster).
    bool isPartOfBatch = false;
    int batchArchives = 0; ///< of the batch as ordered; 0: not known
    QString batchTitle{};  ///< "ledger, 3 archives"

    bool operator==(const ArchiveOrder &) const = default;
};

/// How an unpacked archive is put into service by hand.
struct NextSteps
{
    QString heading;
    QStringList contradictions; ///< between archive and order; said before anything else
    QStringList steps;

    bool operator==(const NextSteps &) const = default;
};

/// The documented steps (restore a replica set from a backup, by hand) with this archive's values. They would break a
/// sharded cluster: an archive of one gets what holds for it instead.
NextSteps nextSteps(const RestoreInfo &info, const ArchiveOrder &order);

} // namespace tidemark
