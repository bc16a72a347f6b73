#include "ui/wizard/snapshot_editor.h"

#include "preparation/wizard_context.h"
#include "ui/wizard/snapshots_model.h"

namespace tidemark {

SnapshotEditor::SnapshotEditor(WizardContext &context, QWidget *parent)
    : SnapshotEditor(context, new SnapshotsModel, parent)
{
}

SnapshotEditor::SnapshotEditor(WizardContext &context, SnapshotsModel *model, QWidget *parent)
    : ChooserEditor(
          context, model, SnapshotsModel::SortRole, snapshotViewOptions(), Field::Snapshot,
          FactsLoader::Fact::Snapshots,
          {.objectName = QStringLiteral("snapshots"),
           .label = tr("&Snapshots"),
           .empty = tr("This cluster has no snapshots yet. Choose another cluster, or come back when the first "
                       "snapshot is complete."),
           .loading = tr("Reading the cluster's snapshots…")},
          parent)
    , m_model(model)
{
}

void SnapshotEditor::choose(const QModelIndex &row)
{
    const Snapshot *snapshot = m_model->snapshot(row);
    const SnapshotId id = snapshot != nullptr ? snapshot->id : SnapshotId();
    context().edit(Field::Snapshot, [&id](RestoreDraft &draft) { draft.snapshot = id; });
}

void SnapshotEditor::showDraft()
{
    m_model->setNow(context().now());
    const auto &snapshots = context().facts().snapshots;
    if (snapshots)
        m_model->setSnapshots(*snapshots);
    else
        m_model->setSnapshots({});
    showRows(m_model->indexOf(context().draft().snapshot));
}

} // namespace tidemark
