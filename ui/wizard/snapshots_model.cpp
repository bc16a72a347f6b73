#include "ui/wizard/snapshots_model.h"

#include "base/text.h"
#include "ui/widgets/time_text.h"

namespace tidemark {

QStringList snapshotWarnings(const Snapshot &snapshot)
{
    QStringList warnings;
    if (!snapshot.complete)
        warnings << SnapshotsModel::tr("not complete");
    if (snapshot.possiblyInconsistent)
        warnings << SnapshotsModel::tr("possibly inconsistent");
    if (!snapshot.missingShards.isEmpty())
        warnings << SnapshotsModel::tr("missing shards: %1").arg(snapshot.missingShards.join(QStringLiteral(", ")));
    if (!snapshot.namespaceFilter.isEmpty())
        warnings << SnapshotsModel::tr("not all namespaces");
    if (snapshot.isEncrypted())
        warnings << SnapshotsModel::tr("encrypted");
    return warnings;
}

ItemViewOptions snapshotViewOptions()
{
    return {.name = QStringLiteral("snapshots"),
            .columns = {{SnapshotsModel::CreatedUtc, QStringLiteral("createdUtc")},
                        {SnapshotsModel::CreatedLocal, QStringLiteral("createdLocal")},
                        {SnapshotsModel::Age, QStringLiteral("age")},
                        {SnapshotsModel::Size, QStringLiteral("size")},
                        {SnapshotsModel::Complete, QStringLiteral("complete")},
                        {SnapshotsModel::Parts, QStringLiteral("parts")},
                        {SnapshotsModel::Expires, QStringLiteral("expires")},
                        {SnapshotsModel::Warnings, QStringLiteral("warnings")}},
            .sort = ItemSort{SnapshotsModel::CreatedUtc, Qt::DescendingOrder}};
}

QString SnapshotsModel::text(const Snapshot &snapshot, int column) const
{
    switch (column) {
    case CreatedUtc: // the header names the zone
        return bareUtcText(snapshot.created.time());
    case CreatedLocal:
        return localTimeText(snapshot.created.time());
    case Age:
        return durationText(std::chrono::seconds(snapshot.created.time().secsTo(now())));
    case Size:
        return bytesText(snapshot.fileSizeBytes());
    case Complete:
        return !snapshot.complete ? tr("No") : snapshot.missingShards.isEmpty() ? tr("Yes") : tr("Not all shards");
    case Parts:
        return QString::number(snapshot.parts.size());
    case Warnings:
        return snapshotWarnings(snapshot).join(QStringLiteral("; "));
    case Expires:
        return snapshot.expires.isValid() ? utcText(snapshot.expires) : tr("never");
    default:
        return {};
    }
}

QVariant SnapshotsModel::sortKey(const Snapshot &snapshot, int column) const
{
    switch (column) {
    case CreatedUtc:
    case CreatedLocal:
        return snapshot.created.time();
    case Age:
        return -snapshot.created.seconds;
    case Size:
        return snapshot.fileSizeBytes();
    case Parts:
        return qulonglong(snapshot.parts.size());
    case Expires:
        // A snapshot that never expires comes after all that do.
        return snapshot.expires.isValid() ? snapshot.expires.toMSecsSinceEpoch() : std::numeric_limits<qint64>::max();
    default:
        return text(snapshot, column);
    }
}

static Qt::Alignment alignment(int column)
{
    if (column == SnapshotsModel::Parts)
        return Qt::AlignCenter; // "2" right before "missing shards: …" would read as a number of missing shards
    const bool isNumber = column == SnapshotsModel::Size || column == SnapshotsModel::Age;
    return (isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
}

QVariant SnapshotsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Snapshot &snapshot = *valueAt(index);
    switch (role) {
    case Qt::DisplayRole:
        return text(snapshot, index.column());
    case SortRole:
        return sortKey(snapshot, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(alignment(index.column()));
    case Qt::ToolTipRole:
        if (index.column() == Expires && snapshot.expires.isValid())
            return utcAndLocalText(snapshot.expires);
        return tr("Snapshot %1").arg(snapshot.id.value);
    default:
        return {};
    }
}

QVariant SnapshotsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(alignment(section));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case CreatedUtc:
        return tr("Created (UTC)");
    case CreatedLocal:
        return tr("Created (local)");
    case Age:
        return tr("Age");
    case Size:
        return tr("Size");
    case Complete:
        return tr("Complete");
    case Parts:
        return tr("Parts");
    case Warnings:
        return tr("Warnings");
    case Expires:
        return tr("Expires");
    default:
        return {};
    }
}

} // namespace tidemark
