#include "ui/plans/plan_page.h"

#include "base/text.h"
#include "plans/plan_differences.h"
#include "restore/restore_request.h"
#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/look/notice.h"
#include "ui/widgets/breakable.h"
#include "ui/widgets/window_size.h"
#include "ui/wizard/decision_blocks.h"
#include "ui/wizard/findings_panel.h"

#include <QVBoxLayout>

namespace tidemark {

namespace {

/// What the plan itself says of its point: today's are held against it elsewhere.
RestoreFacts factsOf(const RestorePlan &plan)
{
    RestoreFacts facts;
    facts.service = plan.service;
    if (!plan.pointTime.isValid())
        return facts;
    if (const auto *point = std::get_if<SnapshotPoint>(&plan.point)) {
        Snapshot snapshot;
        snapshot.id = point->snapshot;
        snapshot.created.seconds = plan.pointTime.toSecsSinceEpoch();
        facts.snapshots = std::vector<Snapshot>{snapshot};
    } else if (const auto *chosen = std::get_if<CheckpointPoint>(&plan.point)) {
        Checkpoint checkpoint;
        checkpoint.id = chosen->checkpoint;
        checkpoint.timestamp = plan.pointTime;
        facts.checkpoints = std::vector<Checkpoint>{checkpoint};
    }
    return facts;
}

} // namespace

PlanPage::PlanPage(QWidget *parent)
    : QWidget(parent)
    , m_title(new LookLabel({}, TypeRole::Title, Ink::Text, LookLabel::Wrap::Yes))
    , m_written(new LookLabel({}, TypeRole::Body, Ink::Text2, LookLabel::Wrap::Yes))
    , m_decision(new DecisionBlocks)
    , m_notePanel(new Panel(2.5))
    , m_note(new LookLabel({}, TypeRole::Body, Ink::Text, LookLabel::Wrap::Yes))
    , m_today(new FindingsPanel(tr("Since it was written"), FindingsPanel::Ticks::No))
    , m_preflight(new FindingsPanel(tr("Preflight"), FindingsPanel::Ticks::No))
    , m_approval(new NoticePanel)
    , m_accepted(new FindingsPanel(tr("Accepted when it was written"), FindingsPanel::Ticks::No))
{
    m_title->setObjectName(QStringLiteral("planTitle"));
    m_written->setObjectName(QStringLiteral("planWritten"));
    m_decision->setObjectName(QStringLiteral("planDecision"));
    m_decision->setAccessibleName(tr("What will happen"));
    m_note->setObjectName(QStringLiteral("planNote"));
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_today->setObjectName(QStringLiteral("planToday"));
    m_preflight->setObjectName(QStringLiteral("planPreflight"));
    m_preflight->hide();
    m_approval->setObjectName(QStringLiteral("planApproval"));
    m_accepted->setObjectName(QStringLiteral("planAccepted"));
    for (LookLabel *label : {m_title, m_written, m_note}) {
        label->setTextFormat(Qt::PlainText);
        letNoNameWiden(*label);
    }
    auto *note = new QVBoxLayout(m_notePanel);
    note->setContentsMargins({});
    note->addWidget(new LookLabel(tr("Note"), TypeRole::Heading));
    note->addWidget(m_note);
    auto *head = new QVBoxLayout;
    head->setSpacing(0);
    head->addWidget(m_title);
    head->addWidget(m_written);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(head);
    for (QWidget *part :
         std::initializer_list<QWidget *>{m_decision, m_notePanel, m_approval, m_today, m_preflight, m_accepted})
        layout->addWidget(part);
    layout->addStretch(1);
    makeScrollable(*this);
    keepMeasures(this, [layout, note] {
        layout->setContentsMargins(u(6), u(5), u(6), u(3));
        layout->setSpacing(u(2));
        note->setSpacing(u(1));
    });
    keepPageGround(this);
}

void PlanPage::show(const RestorePlan &plan, const QDateTime &now)
{
    m_title->setText(modeName(plan.mode));
    m_written->setText(tr("%1 By %2, at %3.").arg(planAgeText(plan, now), plan.author, plan.server));
    m_decision->show(decisionFacts(draftOf(plan), factsOf(plan), now));
    m_note->setText(breakable(plan.note));
    m_notePanel->setVisible(!plan.note.isEmpty());
    std::vector<FindingEntry> accepted;
    for (const QString &warning : plan.warnings)
        accepted.push_back({FindingKind::Note, warning});
    m_accepted->setEntries(accepted);
    m_accepted->setVisible(!accepted.empty());
}

void PlanPage::hideToday()
{
    m_today->hide();
    m_preflight->hide();
}

void PlanPage::setFindings(const std::vector<Finding> &findings)
{
    std::vector<FindingEntry> entries = findingEntries(findings, {}, {});
    if (entries.empty())
        entries.push_back({FindingKind::Passed, tr("Everything that it names is there, as it was.")});
    m_today->setEntries(entries);
}

void PlanPage::setPreflight(const std::vector<Finding> &findings, const QStringList &passed, const QDateTime &read)
{
    m_preflight->setEntries(findingEntries(findings, {}, passed));
    m_preflight->setMoment(read.isValid() ? tr("as of %1").arg(timeOfDayText(read)) : QString());
    m_preflight->setVisible(!m_preflight->entries().empty());
}

void PlanPage::setApproval(const Approval &approval)
{
    m_approval->say(
        approval.isGiven ? NoticeKind::Good : NoticeKind::Note,
        approval.isGiven ? tr("Approved by a second person") : tr("Not approved by a second person"),
        tr("%1 An approval is an agreement among people: another program can order the same restore without it.")
            .arg(approval.sentence));
}

void PlanPage::setApprovalOpen()
{
    m_approval->say(NoticeKind::Note, tr("Approval"), tr("The signatures are being checked."));
}

void PlanPage::focusFirst()
{
    m_decision->setFocus(Qt::OtherFocusReason);
}

} // namespace tidemark
