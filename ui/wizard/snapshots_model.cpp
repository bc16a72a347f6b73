#include "ui/wizard/snapshots_model.h"

#include "base/text.h"
#include "ui/look/row_delegate.h"
#include "ui/widgets/time_text.h"

namespace tidemark {

ItemViewOptions snapshotViewOptions()
{
    // What stands against one is seen in a narrow window, too. What is hidden at first stands below something else.
    return {.name = QStringLiteral("snapshots"),
            .columns = {{SnapshotsModel::CreatedUtc, QStringLiteral("createdUtc")},
                        {SnapshotsModel::Warnings, QStringLiteral("warnings")},
                        {SnapshotsModel::CreatedLocal, QStringLiteral("createdLocal"), 0, false},
                        {SnapshotsModel::Age, QStringLiteral("age"), 0, false},
                        {SnapshotsModel::Size, QStringLiteral("size")},
                        {SnapshotsModel::Version, QStringLiteral("version")},
                        {SnapshotsModel::Fcv, QStringLiteral("fcv"), 0, false},
                        {SnapshotsModel::Encrypted, QStringLiteral("encrypted")},
                        {SnapshotsModel::Complete, QStringLiteral("complete"), 0, false},
                        {SnapshotsModel::Parts, QStringLiteral("parts"), 0, false},
                        {SnapshotsModel::Expires, QStringLiteral("expires")}},
            .sort = ItemSort{SnapshotsModel::CreatedUtc, Qt::DescendingOrder},
            .rowUnits = TwoLines};
}

/// What should be known before it is used: what stands against it, and that it needs a key.
static std::vector<ChipData> notices(const Snapshot &snapshot)
{
    std::vector<ChipData> known = snapshotBadges(snapshot);
    std::erase_if(
        known, [](const ChipData &badge) { return badge.kind == ChipKind::Verified || badge.kind == ChipKind::Safe; });
    return known;
}

/// Of all of them but the first `without`.
static QString noticeText(const Snapshot &snapshot, size_t without = 0)
{
    QStringList texts;
    const std::vector<ChipData> known = notices(snapshot);
    for (size_t i = without; i < known.size(); ++i)
        texts << known[i].text;
    return texts.join(QStringLiteral("; "));
}

/// The gravest, or that nothing is known against it.
static ChipData badge(const Snapshot &snapshot)
{
    return snapshotBadges(snapshot).front();
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
        return noticeText(snapshot);
    case Expires:
        return snapshot.expires.isValid() ? utcText(snapshot.expires) : tr("never");
    case Version:
        return snapshotVersions(snapshot);
    case Fcv:
        return snapshotFcvs(snapshot);
    case Encrypted:
        return encryptionText(snapshot);
    default:
        return {};
    }
}

QString SnapshotsModel::secondLine(const Snapshot &snapshot, int column) const
{
    switch (column) {
    case CreatedUtc: {
        const QString local = localTimeIfOther(snapshot.created.time());
        const QString age = now().isValid() ? tr("%1 ago").arg(text(snapshot, Age)) : QString();
        return local.isEmpty() || age.isEmpty() ? local + age : tr("%1 · %2", "local time, age").arg(local, age);
    }
    case Size:
        return tr("%n parts", nullptr, int(snapshot.parts.size()));
    case Version:
        return snapshotFcvs(snapshot).isEmpty() ? QString() : tr("FCV %1").arg(snapshotFcvs(snapshot));
    case Encrypted:
        return masterKeys(snapshot).isEmpty() ? QString() : tr("key %1").arg(masterKeys(snapshot));
    case Expires:
        return snapshot.expires.isValid() ? localTimeIfOther(snapshot.expires) : QString();
    case Warnings: // the first one may be the chip
        return noticeText(snapshot, notices(snapshot).empty() || notices(snapshot).front() != badge(snapshot) ? 0 : 1);
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
    case LookRole::SecondLine:
    case Qt::AccessibleDescriptionRole:
        return secondLine(snapshot, index.column());
    case LookRole::Chip:
        return index.column() == Warnings ? QVariant::fromValue(badge(snapshot)) : QVariant();
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
        return tr("State");
    case Expires:
        return tr("Expires");
    case Version:
        return tr("MongoDB");
    case Fcv:
        return tr("FCV");
    case Encrypted:
        return tr("Encrypted");
    default:
        return {};
    }
}

} // namespace tidemark
