#include "ui/wizard/checkpoint_editor.h"

#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/load_view.h"
#include "ui/wizard/checkpoints_model.h"
#include "ui/wizard/chooser_table.h"
#include "ui/wizard/wizard_context.h"

#include <QVBoxLayout>

namespace tidemark {

CheckpointEditor::CheckpointEditor(WizardContext &context, QWidget *parent)
    : PointEditor(context, parent)
    , m_model(new CheckpointsModel(this))
    , m_table(new ChooserTable(m_model, CheckpointsModel::SortRole))
    , m_load(new LoadView(m_table))
{
    m_table->setObjectName(QStringLiteral("checkpoints"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(labelFor(tr("Chec&kpoints"), m_table));
    layout->addWidget(m_load, 1);
    layout->addWidget(addHint(Field::Checkpoint, m_table));

    connect(m_table, &ChooserTable::chosen, this, [this](const QModelIndex &row) {
        const Checkpoint *checkpoint = m_model->checkpoint(row);
        const CheckpointId id = checkpoint != nullptr ? checkpoint->id : CheckpointId();
        this->context().edit(Field::Checkpoint, [&id](RestoreDraft &draft) { draft.checkpoint = id; });
    });
    connect(m_table, &QTableView::doubleClicked, this, &PointEditor::accepted);
    connect(m_load, &LoadView::retry, this, [this] { this->context().loader().need(*this->context().draft().mode); });
}

void CheckpointEditor::showDraft()
{
    const FactsLoader &loader = context().loader();
    const auto &checkpoints = context().facts().checkpoints;
    const bool first = m_model->rowCount() == 0;
    m_model->setNow(context().now());
    m_model->setCheckpoints(checkpoints.value_or(std::vector<Checkpoint>()));
    m_table->setChosen(m_model->indexOf(context().draft().checkpoint));
    if (first && m_model->rowCount() > 0)
        m_table->fitColumns();

    if (m_model->rowCount() > 0)
        m_load->showContent();
    else if (checkpoints)
        m_load->showEmpty(tr("This cluster has no checkpoints. They are made only where the snapshot schedule asks for "
                             "them. Go back and restore a snapshot in their place."));
    else if (loader.state(FactsLoader::Fact::Checkpoints) == FactsLoader::State::Failed)
        m_load->showError(loader.error(FactsLoader::Fact::Checkpoints));
    else
        m_load->showLoading(tr("Reading the cluster's checkpoints…"));
}

} // namespace tidemark
