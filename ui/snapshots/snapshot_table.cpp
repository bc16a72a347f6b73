#include "ui/snapshots/snapshot_table.h"

#include "base/text.h"
#include "ui/widgets/time_text.h"

#include <algorithm>

namespace tidemark {

namespace {

QString versionText(const Snapshot &snapshot)
{
    QStringList versions;
    QStringList compatibility;
    for (const SnapshotPart &part : snapshot.parts) {
        if (!part.mongodVersion.isEmpty() && !versions.contains(part.mongodVersion))
            versions << part.mongodVersion;
        if (!part.featureCompatibilityVersion.isEmpty() && !compatibility.contains(part.featureCompatibilityVersion))
            compatibility << part.featureCompatibilityVersion;
    }
    const QString text = versions.join(QStringLiteral(", "));
    return compatibility.isEmpty()
               ? text
               : SnapshotTable::tr("%1 (FCV %2)").arg(text, compatibility.join(QStringLiteral(", ")));
}

QString displayText(const Snapshot &snapshot, int column)
{
    switch (column) {
    case SnapshotTable::TimeColumn:
        return utcText(snapshot.created.time());
    case SnapshotTable::StateColumn:
        return snapshot.complete ? SnapshotTable::tr("Complete") : SnapshotTable::tr("Not complete");
    case SnapshotTable::SizeColumn:
        return bytesText(snapshot.fileSizeBytes());
    case SnapshotTable::PartsColumn:
        return QString::number(snapshot.parts.size());
    case SnapshotTable::VersionColumn:
        return versionText(snapshot);
    case SnapshotTable::ExpiresColumn:
        if (snapshot.doNotDelete)
            return SnapshotTable::tr("Kept");
        return snapshot.expires.isValid() ? utcText(snapshot.expires) : SnapshotTable::tr("Never");
    case SnapshotTable::EncryptionColumn:
        return snapshot.isEncrypted() ? SnapshotTable::tr("Encrypted") : QString();
    case SnapshotTable::NotesColumn:
        return snapshotNotes(snapshot).join(QStringLiteral(" "));
    default:
        return {};
    }
}

QVariant sortValue(const Snapshot &snapshot, int column)
{
    switch (column) {
    case SnapshotTable::TimeColumn:
        return snapshot.created.time();
    case SnapshotTable::SizeColumn:
        return snapshot.fileSizeBytes();
    case SnapshotTable::PartsColumn:
        return static_cast<qulonglong>(snapshot.parts.size());
    case SnapshotTable::ExpiresColumn:
        return snapshot.expires;
    default:
        return displayText(snapshot, column);
    }
}

QString toolTip(const Snapshot &snapshot, int column)
{
    switch (column) {
    case SnapshotTable::TimeColumn:
        return utcAndLocalText(snapshot.created.time());
    case SnapshotTable::ExpiresColumn:
        return utcAndLocalText(snapshot.expires);
    default:
        return displayText(snapshot, column);
    }
}

} // namespace

QStringList snapshotNotes(const Snapshot &snapshot)
{
    QStringList notes;
    if (!snapshot.missingShards.isEmpty())
        notes << SnapshotTable::tr("Shards are missing: %1.").arg(snapshot.missingShards.join(QStringLiteral(", ")));
    if (snapshot.possiblyInconsistent)
        notes << SnapshotTable::tr("Its shards may not be of the same moment.");
    if (!snapshot.namespaceFilter.isEmpty())
        notes << SnapshotTable::tr("Only some namespaces are in it: %1.")
                     .arg(snapshot.namespaceFilter.join(QStringLiteral(", ")));
    return notes;
}

void SnapshotTable::setSnapshots(std::vector<Snapshot> snapshots)
{
    beginResetModel();
    m_snapshots = std::move(snapshots);
    endResetModel();
}

const Snapshot *SnapshotTable::snapshot(const QModelIndex &index) const
{
    return index.isValid() && index.model() == this ? &m_snapshots[static_cast<size_t>(index.row())] : nullptr;
}

QModelIndex SnapshotTable::indexOf(const SnapshotId &id) const
{
    const auto found = std::ranges::find(m_snapshots, id, &Snapshot::id);
    return found == m_snapshots.end() ? QModelIndex() : index(static_cast<int>(found - m_snapshots.begin()), 0);
}

int SnapshotTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_snapshots.size());
}

int SnapshotTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SnapshotTable::data(const QModelIndex &index, int role) const
{
    const Snapshot *shown = snapshot(index);
    if (!shown)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return displayText(*shown, index.column());
    case Qt::ToolTipRole:
        return toolTip(*shown, index.column());
    case SortRole:
        return sortValue(*shown, index.column());
    case Qt::TextAlignmentRole:
        if (index.column() == SizeColumn || index.column() == PartsColumn)
            return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    default:
        return {};
    }
}

QVariant SnapshotTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Snapshot of");
    case StateColumn:
        return tr("State");
    case SizeColumn:
        return tr("Size of files");
    case PartsColumn:
        return tr("Archives");
    case VersionColumn:
        return tr("MongoDB");
    case ExpiresColumn:
        return tr("Expires");
    case EncryptionColumn:
        return tr("Encryption");
    case NotesColumn:
        return tr("Notes");
    default:
        return {};
    }
}

} // namespace tidemark
