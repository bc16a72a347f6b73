#include "ui/wizard/point_page.h"

#include "preparation/wizard_context.h"
#include "ui/widgets/current_stack.h"
#include "ui/widgets/field_hint.h"
#include "ui/wizard/checkpoint_editor.h"
#include "ui/wizard/link_editor.h"
#include "ui/wizard/oplog_editor.h"
#include "ui/wizard/snapshot_editor.h"
#include "ui/wizard/time_editor.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>
#include <QWizard>

namespace tidemark {

PointPage::PointPage(WizardContext &context, QWidget *parent)
    : StepPage(context, Step::Point, parent)
    , m_stack(new CurrentStack)
    , m_link(new LinkEditor(context))
    , m_carriedHint(new FieldHint)
{
    m_carriedHint->setObjectName(QStringLiteral("carriedMoment"));
    m_carriedHint->setKeepsPlace(false);
    auto *snapshots = new SnapshotEditor(context);
    m_editors = {{RestoreMode::DownloadSnapshot, snapshots},
                 {RestoreMode::AutomatedSnapshot, snapshots},
                 {RestoreMode::OplogTimestamp, new OplogEditor(context)},
                 {RestoreMode::PointInTime, new TimeEditor(context)},
                 {RestoreMode::Checkpoint, new CheckpointEditor(context)}};
    adopt(snapshots);
    adopt(m_editors[RestoreMode::OplogTimestamp]);
    adopt(m_editors[RestoreMode::PointInTime]);
    adopt(m_editors[RestoreMode::Checkpoint]);
    for (const PointEditor::Hint &hint : m_link->hints())
        addHint(hint.field, hint.hint);

    auto *refreshButton = new QPushButton(tr("R&efresh"));
    refreshButton->setObjectName(QStringLiteral("refreshButton"));
    refreshButton->setAutoDefault(false);
    refreshButton->setShortcut(QKeySequence::Refresh);
    refreshButton->setToolTip(tr("Read again what can be restored (%1)")
                                  .arg(QKeySequence(QKeySequence::Refresh).toString(QKeySequence::NativeText)));
    connect(refreshButton, &QPushButton::clicked, this, [this] {
        if (this->context().draft().mode)
            this->context().loader().refresh(*this->context().draft().mode);
    });

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_carriedHint);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_link);
    auto *foot = new QHBoxLayout;
    foot->addWidget(otherHint(), 1);
    foot->addStretch(0);
    foot->addWidget(refreshButton, 0, Qt::AlignRight | Qt::AlignBottom);
    layout->addLayout(foot);
}

void PointPage::adopt(PointEditor *editor)
{
    m_stack->addWidget(editor);
    for (const PointEditor::Hint &hint : editor->hints())
        addHint(hint.field, hint.hint);
    connect(editor, &PointEditor::accepted, this, [this] {
        if (isComplete())
            wizard()->next();
    });
}

void PointPage::focusFirstField()
{
    if (context().draft().mode)
        m_editors.at(*context().draft().mode)->focusField();
}

void PointPage::initializePage()
{
    if (context().draft().mode)
        context().loader().need(*context().draft().mode);
    const QDateTime now = context().now();
    context().changeDraft([&](RestoreDraft &draft) { m_carried.arrive(draft, now); });
    StepPage::initializePage();
}

static QString whatIsDone(const RestoreDraft &draft)
{
    const QString cluster = draft.cluster ? draft.cluster->name : QString();
    switch (*draft.mode) {
    case RestoreMode::DownloadSnapshot:
        return PointPage::tr("The snapshot of %1 to download, and how long its link may be used.").arg(cluster);
    case RestoreMode::AutomatedSnapshot:
        return PointPage::tr("The snapshot of %1 to restore.").arg(cluster);
    case RestoreMode::OplogTimestamp:
        return PointPage::tr("The last entry of %1's oplog to restore.").arg(cluster);
    case RestoreMode::PointInTime:
        return PointPage::tr("The moment to which %1 is restored.").arg(cluster);
    case RestoreMode::Checkpoint:
        return PointPage::tr("The checkpoint of %1 to restore.").arg(cluster);
    }
    return {};
}

void PointPage::showDraft()
{
    const RestoreDraft &draft = context().draft();
    if (!draft.mode)
        return;
    setHead(tr("Restore point"), whatIsDone(draft));
    PointEditor *editor = m_editors.at(*draft.mode);
    m_stack->setCurrentWidget(editor);
    editor->showDraft();
    m_carriedHint->say(FieldHint::Level::Note, m_carried.sentence(draft));
    m_link->setVisible(draft.mode == RestoreMode::DownloadSnapshot);
    if (draft.mode == RestoreMode::DownloadSnapshot)
        m_link->showDraft();
}

} // namespace tidemark
