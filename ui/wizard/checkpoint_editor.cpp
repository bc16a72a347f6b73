#include "ui/wizard/checkpoint_editor.h"

#include "preparation/wizard_context.h"
#include "ui/wizard/checkpoints_model.h"

namespace tidemark {

CheckpointEditor::CheckpointEditor(WizardContext &context, QWidget *parent)
    : CheckpointEditor(context, new CheckpointsModel, parent)
{
}

CheckpointEditor::CheckpointEditor(WizardContext &context, CheckpointsModel *model, QWidget *parent)
    : ChooserEditor(
          context, model, CheckpointsModel::SortRole, checkpointViewOptions(), Field::Checkpoint,
          FactsLoader::Fact::Checkpoints,
          {.objectName = QStringLiteral("checkpoints"),
           .label = tr("Chec&kpoints"),
           .empty = tr("This cluster has no checkpoints. They are made only where the snapshot schedule asks for "
                       "them. Go back and restore a snapshot in their place."),
           .loading = tr("Reading the cluster's checkpoints…")},
          parent)
    , m_model(model)
{
}

void CheckpointEditor::choose(const QModelIndex &row)
{
    const Checkpoint *checkpoint = m_model->checkpoint(row);
    const CheckpointId id = checkpoint != nullptr ? checkpoint->id : CheckpointId();
    context().edit(Field::Checkpoint, [&id](RestoreDraft &draft) { draft.checkpoint = id; });
}

void CheckpointEditor::showDraft()
{
    m_model->setNow(context().now());
    const auto &checkpoints = context().facts().checkpoints;
    if (checkpoints)
        m_model->setCheckpoints(*checkpoints);
    else
        m_model->setCheckpoints({});
    showRows(m_model->indexOf(context().draft().checkpoint));
}

} // namespace tidemark
