#include "ui/snapshots/snapshot_rows.h"

#include "ui/look/row_delegate.h"
#include "ui/snapshots/snapshot_texts.h"
#include "ui/widgets/cell_texts.h"
#include "ui/widgets/time_text.h"
#include "ui/wizard/snapshots_model.h"

namespace tidemark {

namespace {

/// Lines below each other begin alike, and so do their heads.
const QVariant Leading = QVariant::fromValue(Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter));

QString versions(const Snapshot &snapshot)
{
    const QString version = snapshotVersions(snapshot);
    const QString fcv = snapshotFcvs(snapshot);
    if (version.isEmpty())
        return {};
    return fcv.isEmpty() ? SnapshotRows::tr("MongoDB %1").arg(version)
                         : SnapshotRows::tr("MongoDB %1, FCV %2").arg(version, fcv);
}

QVariant secondLine(const Snapshot &snapshot, int column)
{
    switch (column) {
    case SnapshotsModel::CreatedUtc:
        return isLocalUtc(snapshot.created.time()) ? QString() : localTimeText(snapshot.created.time());
    case SnapshotsModel::Size:
        return versions(snapshot);
    default:
        return {};
    }
}

} // namespace

SnapshotRows::SnapshotRows(SnapshotsModel *model)
    : NaturalSortModel(SnapshotsModel::SortRole, model)
    , m_model(model)
{
    setSourceModel(model);
}

QVariant SnapshotRows::data(const QModelIndex &index, int role) const
{
    if (role == Qt::AccessibleTextRole)
        return spokenCell(index);
    const bool isChipsWord = role == Qt::DisplayRole && index.column() == SnapshotsModel::Complete;
    const bool isOwn = role >= LookRole::FirstLine || role == Qt::TextAlignmentRole || isChipsWord;
    const Snapshot *snapshot = isOwn ? m_model->snapshot(mapToSource(index)) : nullptr;
    if (snapshot == nullptr)
        return NaturalSortModel::data(index, role);
    switch (role) {
    case Qt::DisplayRole: {
        // What is copied and read aloud warns as the chip does.
        const std::vector<ChipData> warnings = snapshotWarnings(*snapshot);
        return warnings.empty() ? NaturalSortModel::data(index, role) : QVariant(warnings.front().text);
    }
    case Qt::TextAlignmentRole:
        return Leading;
    case LookRole::SecondLine:
        return secondLine(*snapshot, index.column());
    case LookRole::FirstType:
        return index.column() == SnapshotsModel::CreatedUtc ? QVariant(static_cast<int>(TypeRole::Strong)) : QVariant();
    case LookRole::Icon:
        return index.column() == SnapshotsModel::CreatedUtc ? QVariant(QStringLiteral("snapshot")) : QVariant();
    case LookRole::Chip:
        return index.column() == SnapshotsModel::Complete ? QVariant::fromValue(snapshotBadges(*snapshot).front())
                                                          : QVariant();
    default:
        return NaturalSortModel::data(index, role);
    }
}

QVariant SnapshotRows::headerData(int section, Qt::Orientation orientation, int role) const
{
    return role == Qt::TextAlignmentRole ? Leading : NaturalSortModel::headerData(section, orientation, role);
}

} // namespace tidemark
