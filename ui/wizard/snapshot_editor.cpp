#include "ui/wizard/snapshot_editor.h"

#include "preparation/best_snapshot.h"
#include "preparation/wizard_context.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/time_text.h"
#include "ui/wizard/keep_bar.h"
#include "ui/wizard/snapshots_model.h"

#include <QLayout>

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
    , m_why(new FieldHint)
    , m_keep(new KeepBar(context))
{
    m_why->setObjectName(QStringLiteral("snapshotWhy"));
    m_why->setKeepsPlace(false);
    layout()->addWidget(m_why);
    layout()->addWidget(m_keep);
}

void SnapshotEditor::choose(const QModelIndex &row)
{
    const Snapshot *snapshot = m_model->snapshot(row);
    const SnapshotId id = snapshot != nullptr ? snapshot->id : SnapshotId();
    context().edit(Field::Snapshot, [&id](RestoreDraft &draft) { draft.snapshot = id; });
}

/// Only what was proposed is ever replaced, or taken back where there is nothing to propose any more.
void SnapshotEditor::setProposal(const SnapshotId &snapshot)
{
    if (!context().isTouched(Field::Snapshot) && context().draft().snapshot != snapshot)
        context().changeDraft([&snapshot](RestoreDraft &draft) { draft.snapshot = snapshot; });
}

/// Whoever decided on a moment before finds the snapshot that comes nearest to it, and why; a choice of theirs stays.
void SnapshotEditor::propose()
{
    const std::optional<QDateTime> moment = preparedMoment(context().draft(), context().now());
    const auto &snapshots = context().facts().snapshots;
    if (!snapshots) {
        m_why->clear();
        return;
    }
    const Snapshot *best = moment ? bestBefore(*snapshots, *moment, context().now()) : nullptr;
    setProposal(best ? best->id : SnapshotId());
    if (!moment || snapshots->empty()) {
        m_why->clear();
        return;
    }
    const QString time = utcAndLocalText(*moment);
    if (!best) {
        m_why->say(FieldHint::Level::Warning, tr("No complete snapshot is from before %1, the moment that you chose "
                                                 "before.")
                                                  .arg(time));
        return;
    }
    const QString created = utcAndLocalText(best->created.time());
    m_why->say(FieldHint::Level::Note,
               context().draft().snapshot == best->id
                   ? tr("The snapshot of %1 is chosen: it is the latest complete one before %2, the moment that you "
                        "chose before.")
                         .arg(created, time)
                   : tr("The latest complete snapshot before %1, the moment that you chose before, is that of %2.")
                         .arg(time, created));
}

void SnapshotEditor::showDraft()
{
    propose();
    m_model->setNow(context().now());
    const auto &snapshots = context().facts().snapshots;
    if (snapshots)
        m_model->setSnapshots(*snapshots);
    else
        m_model->setSnapshots({});
    const QModelIndex chosen = m_model->indexOf(context().draft().snapshot);
    showRows(chosen);
    m_keep->showSnapshot(m_model->snapshot(chosen));
}

} // namespace tidemark
