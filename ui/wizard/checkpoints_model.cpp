#include "ui/wizard/checkpoints_model.h"

#include "base/text.h"
#include "ui/look/row_delegate.h"
#include "ui/widgets/time_text.h"

namespace tidemark {

ItemViewOptions checkpointViewOptions()
{
    return {.name = QStringLiteral("checkpoints"),
            .columns = {{CheckpointsModel::TimestampUtc, QStringLiteral("timestampUtc")},
                        {CheckpointsModel::TimestampLocal, QStringLiteral("timestampLocal"), 0, false},
                        {CheckpointsModel::Age, QStringLiteral("age")},
                        {CheckpointsModel::Restorable, QStringLiteral("restorable")},
                        {CheckpointsModel::Parts, QStringLiteral("parts")},
                        {CheckpointsModel::Completed, QStringLiteral("completed")}},
            .sort = ItemSort{CheckpointsModel::TimestampUtc, Qt::DescendingOrder},
            .rowUnits = TwoLines};
}

QString CheckpointsModel::text(const Checkpoint &checkpoint, int column) const
{
    switch (column) {
    case TimestampUtc:
        return utcText(checkpoint.timestamp);
    case TimestampLocal:
        return localTimeText(checkpoint.timestamp);
    case Age:
        return durationText(std::chrono::seconds(checkpoint.timestamp.secsTo(now())));
    case Restorable:
        return checkpoint.restorable ? tr("Yes") : tr("No");
    case Parts:
        return QString::number(checkpoint.partCount);
    case Completed:
        return checkpoint.completed.isValid() ? utcText(checkpoint.completed) : tr("not yet");
    default:
        return {};
    }
}

static Qt::Alignment alignment(int column)
{
    if (column == CheckpointsModel::Parts)
        return Qt::AlignCenter;
    return (column == CheckpointsModel::Age ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
}

static QString secondLine(const Checkpoint &checkpoint, int column)
{
    if (column == CheckpointsModel::TimestampUtc)
        return localTimeIfOther(checkpoint.timestamp);
    return column == CheckpointsModel::Completed ? localTimeIfOther(checkpoint.completed) : QString();
}

QVariant CheckpointsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Checkpoint &checkpoint = *valueAt(index);
    switch (role) {
    case Qt::DisplayRole:
        return text(checkpoint, index.column());
    case SortRole:
        if (index.column() == Age)
            return -checkpoint.timestamp.toSecsSinceEpoch();
        if (index.column() == Parts)
            return checkpoint.partCount;
        return text(checkpoint, index.column()); // UTC texts sort as times
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(alignment(index.column()));
    case Qt::ToolTipRole:
        return tr("Checkpoint %1").arg(checkpoint.id.value);
    case LookRole::SecondLine:
    case Qt::AccessibleDescriptionRole:
        return secondLine(checkpoint, index.column());
    default:
        return {};
    }
}

QVariant CheckpointsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(alignment(section));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimestampUtc:
        return tr("Restores to (UTC)");
    case TimestampLocal:
        return tr("Restores to (local)");
    case Age:
        return tr("Age");
    case Restorable:
        return tr("Restorable");
    case Parts:
        return tr("Parts");
    case Completed:
        return tr("Completed");
    default:
        return {};
    }
}

} // namespace tidemark
