#include "ui/wizard/snapshot_editor.h"

#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/load_view.h"
#include "ui/wizard/chooser_table.h"
#include "ui/wizard/snapshots_model.h"
#include "ui/wizard/wizard_context.h"

#include <QVBoxLayout>

namespace tidemark {

SnapshotEditor::SnapshotEditor(WizardContext &context, QWidget *parent)
    : PointEditor(context, parent)
    , m_model(new SnapshotsModel(this))
    , m_table(new ChooserTable(m_model, SnapshotsModel::SortRole))
    , m_load(new LoadView(m_table))
{
    m_table->setObjectName(QStringLiteral("snapshots"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(labelFor(tr("&Snapshots"), m_table));
    layout->addWidget(m_load, 1);
    layout->addWidget(addHint(Field::Snapshot, m_table));

    connect(m_table, &ChooserTable::chosen, this, [this](const QModelIndex &row) {
        const Snapshot *snapshot = m_model->snapshot(row);
        const SnapshotId id = snapshot != nullptr ? snapshot->id : SnapshotId();
        this->context().edit(Field::Snapshot, [&id](RestoreDraft &draft) { draft.snapshot = id; });
    });
    connect(m_table, &QTableView::doubleClicked, this, &PointEditor::accepted);
    connect(m_load, &LoadView::retry, this, [this] { this->context().loader().need(*this->context().draft().mode); });
}

void SnapshotEditor::showDraft()
{
    const FactsLoader &loader = context().loader();
    const auto &snapshots = context().facts().snapshots;
    const bool first = m_model->rowCount() == 0;
    m_model->setNow(context().now());
    m_model->setSnapshots(snapshots.value_or(std::vector<Snapshot>()));
    m_table->setChosen(m_model->indexOf(context().draft().snapshot));
    if (first && m_model->rowCount() > 0)
        m_table->fitColumns();

    if (m_model->rowCount() > 0)
        m_load->showContent();
    else if (snapshots)
        m_load->showEmpty(tr("This cluster has no snapshots yet. Choose another cluster, or come back when the first "
                             "snapshot is complete."));
    else if (loader.state(FactsLoader::Fact::Snapshots) == FactsLoader::State::Failed)
        m_load->showError(loader.error(FactsLoader::Fact::Snapshots));
    else
        m_load->showLoading(tr("Reading the cluster's snapshots…"));
}

} // namespace tidemark
