#include "archive/next_steps.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::RestoreInfo", text);
}

QStringList replicaSetSteps(const RestoreInfo &info)
{
    const QString version = info.mongodbVersion.isEmpty() ? tr("the snapshot's version") : info.mongodbVersion;
    const QString set = info.replicaSetName.isEmpty() ? QStringLiteral("<replica set>") : info.replicaSetName;
    const QString stamp =
        QStringLiteral("Timestamp(%1, %2)").arg(info.restoreTimestampSeconds).arg(info.restoreTimestampIncrement);
    QStringList steps{
        tr("In Cloud Manager, unmanage the target deployment, then stop every mongod of it."),
        tr("On each host, check that MongoDB %1 is installed and that the disk has room for the unpacked files.")
            .arg(version),
        tr("Empty the dbPath, but keep automation-mongod.conf."),
        tr("Unpack the archive and move everything in its top directory into the dbPath. mongorestore cannot read it."),
    };
    if (!info.masterKeyUuid.isEmpty())
        steps << tr("The snapshot is encrypted: make sure the key manager still has the master key %1.")
                     .arg(info.masterKeyUuid);
    steps
        << tr("Start one mongod alone on the restored dbPath, on a spare port and without --replSet.")
        << tr("In its local database, drop replset.minvalid, replset.oplogTruncateAfterPoint and replset.election, and "
              "remove everything from system.replset.")
        << tr("Insert a new configuration with this one member into system.replset: "
              "{ _id: \"%1\", version: 1, members: [ { _id: 0, host: \"<host>:<port>\" } ], settings: {} }")
               .arg(set)
        << tr("Insert into replset.minvalid: { _id: ObjectId(), t: NumberLong(-1), ts: Timestamp(0, 1) }");
    if (info.restoreTimestampSeconds > 0)
        steps << tr("Insert into replset.oplogTruncateAfterPoint: "
                    "{ _id: \"oplogTruncateAfterPoint\", oplogTruncateAfterPoint: %1 } "
                    "(the Restore timestamp of restoreInfo.txt).")
                     .arg(stamp);
    steps << tr("Stop the mongod and start it with --replSet %1, so that it replays its oplog.").arg(set)
          << tr("When it is PRIMARY, add the other members and let them copy the data, or restore the same files on "
                "them.")
          << tr("In Cloud Manager, manage the deployment again.");
    return steps;
}

/// High level on purpose: the documentation has no recipe by hand for sharded clusters that fits every version.
QStringList shardedSteps()
{
    return {
        tr("Keep this archive together with the others of the same restore: each shard's and the config servers'. One "
           "alone does not make a cluster."),
        tr("Check that each of them is verified. A cluster whose archives are of different moments is not consistent."),
        tr("Do not rewrite replset.minvalid, oplogTruncateAfterPoint or system.replset as for a replica set: config "
           "servers and shards also hold each other's names and addresses, which must be changed with them."),
        tr("Follow the page “Restore a Sharded Cluster from a Backup” of the Cloud Manager documentation for this "
           "version of MongoDB, or restore with an automated restore, which does all of it."),
    };
}

QString shardedHeading(const ArchiveOrder &order)
{
    if (order.batchArchives > 1)
        return tr("This is one of %1 archives of a sharded cluster: not these steps for a replica set, which would "
                  "break it, but:")
            .arg(order.batchArchives);
    return order.batchTitle.isEmpty()
               ? tr("This is one of the archives of a sharded cluster: not the steps for a replica set, which would "
                    "break it, but:")
               : tr("This is one of the archives of a sharded cluster (%1): not the steps for a replica set, which "
                    "would break it, but:")
                     .arg(order.batchTitle);
}

} // namespace

NextSteps nextSteps(const RestoreInfo &info, const ArchiveOrder &order)
{
    NextSteps next;
    const RestoreInfoExpected expected = expectedByFileName(order.fileName, order.jobId);
    for (const auto &contradiction : restoreInfoContradictions(info, expected))
        next.contradictions << contradiction.sentence;
    if (order.isPartOfBatch || expected.isConfigServer) {
        next.heading = shardedHeading(order);
        next.steps = shardedSteps();
    } else {
        next.heading = tr("To put this archive of %1 (MongoDB %2) into service by hand:")
                           .arg(info.replicaSetName, info.mongodbVersion);
        next.steps = replicaSetSteps(info);
    }
    return next;
}

} // namespace tidemark
