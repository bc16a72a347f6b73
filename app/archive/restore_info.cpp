#include "archive/restore_info.h"

#include "archive/archive_stream.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <archive.h>
#include <archive_entry.h>

namespace tidemark {

namespace {

constexpr qint64 LargestText = 256 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::RestoreInfo", text);
}

/// The text after "KEY:" in the first line whose key is one of these, compared without case and spaces.
QString value(const QString &text, const QStringList &keys)
{
    const QStringList lines = text.split(QLatin1Char('\n'));
    for (const QString &line : lines) {
        const qsizetype colon = line.indexOf(QLatin1Char(':'));
        if (colon < 0)
            continue;
        QString key = line.left(colon).toLower();
        key.remove(QRegularExpression(QStringLiteral("[^a-z]")));
        if (keys.contains(key))
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

} // namespace

RestoreInfo parseRestoreInfo(const QString &text)
{
    RestoreInfo info;
    info.text = text;
    info.groupName = value(text, {QStringLiteral("groupname"), QStringLiteral("group"), QStringLiteral("projectname"),
                                  QStringLiteral("project")});
    info.replicaSetName = value(text, {QStringLiteral("replicasetname"), QStringLiteral("replicaset"),
                                       QStringLiteral("rsid"), QStringLiteral("replicasetid")});
    info.clusterId = value(text, {QStringLiteral("clusterid")});
    info.lastOplogApplied = value(text, {QStringLiteral("lastoplogapplied")});
    info.mongodbVersion = value(text, {QStringLiteral("mongodbversion")});
    info.storageEngine = value(text, {QStringLiteral("storageengine"), QStringLiteral("storageenginename")});
    info.masterKeyUuid = value(text, {QStringLiteral("masterkeyuuid"), QStringLiteral("masterkeyid")});
    static const QRegularExpression stamp(QStringLiteral(R"(\(\s*(\d{1,18})\s*,\s*(\d{1,10})\s*\))"));
    const auto match = stamp.match(value(text, {QStringLiteral("restoretimestamp")}));
    if (match.hasMatch()) {
        info.restoreTimestampSeconds = match.captured(1).toLongLong();
        info.restoreTimestampIncrement = match.captured(2).toUInt();
    }
    return info;
}

Result<RestoreInfo> readRestoreInfo(const QString &archivePath)
{
    Error error;
    const ArchiveStream stream = openArchive(archivePath, error);
    if (!stream)
        return failure(error);
    archive_entry *entry = nullptr;
    int result = ARCHIVE_OK;
    while ((result = archive_read_next_header(stream.get(), &entry)) == ARCHIVE_OK || result == ARCHIVE_WARN) {
        const QString path = entryPath(entry);
        if (path.section(QLatin1Char('/'), -1) != QLatin1String("restoreInfo.txt"))
            continue;
        QByteArray text(LargestText, Qt::Uninitialized);
        const la_ssize_t count = archive_read_data(stream.get(), text.data(), static_cast<size_t>(text.size()));
        if (count < 0)
            return failure(archiveError(stream.get(), archivePath));
        text.truncate(static_cast<qsizetype>(count));
        return parseRestoreInfo(QString::fromUtf8(text));
    }
    if (result != ARCHIVE_EOF)
        return failure(archiveError(stream.get(), archivePath));
    error.kind = ErrorKind::Parse;
    error.sentence = tr("There is no restoreInfo.txt in this archive.");
    return failure(error);
}

QStringList nextSteps(const RestoreInfo &info)
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

} // namespace tidemark
