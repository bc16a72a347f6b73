#include "ui/wizard/review_page.h"

#include "preparation/order_intent.h"
#include "preparation/wizard_context.h"
#include "restore/restore_texts.h"
#include "restore/way_back.h"
#include "safety/safety_taker.h"
#include "session/session.h"
#include "session/timekeeper.h"
#include "ui/look/erase_button.h"
#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/fresh_press.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/time_text.h"
#include "ui/widgets/window_size.h"
#include "ui/wizard/checklist_panel.h"
#include "ui/wizard/conflict_view.h"
#include "ui/wizard/decision_blocks.h"
#include "ui/wizard/erase_panel.h"
#include "ui/wizard/findings_panel.h"
#include "ui/wizard/order_panel.h"
#include "ui/wizard/request_view.h"
#include "ui/wizard/review_facts.h"
#include "ui/wizard/safety_bar.h"
#include "ui/wizard/unknown_order.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>
#include <QWizard>

#include <algorithm>

namespace tidemark {

static constexpr double nameBesideField = 190; ///< units of width from which the field stands beside its label

ReviewPage::ReviewPage(WizardContext &context, QWidget *parent)
    : StepPage(context, Step::Review, parent)
    , m_decision(new DecisionBlocks)
    , m_erasure(new ErasePanel({}))
    , m_safety(new SafetyBar(context))
    , m_checklist(new ChecklistPanel(context))
    , m_findings(new FindingsPanel(tr("To be seen before you go on"), FindingsPanel::Ticks::Yes))
    , m_plan(new LookLabel({}, TypeRole::Body, Ink::Text, LookLabel::Wrap::Yes))
    , m_request(new RequestView(context))
    , m_typedName(new QLineEdit)
    , m_matches(new QWidget)
    , m_confirmation(makeConfirmation())
    , m_conflicts(new ConflictView(context.settings()))
    , m_outcome(new FieldHint)
    , m_unknown(new UnknownOrder)
    , m_panel(new OrderPanel)
    , m_press(new FreshPress(this))
{
    setHead(tr("Review"), tr("Read what will happen, then start it."));
    setCommitPage(true);
    m_decision->setObjectName(QStringLiteral("sentences"));
    m_decision->setAccessibleName(tr("What will happen"));
    m_erasure->setObjectName(QStringLiteral("erasure"));
    m_erasure->addBelow(m_safety);
    m_findings->setTabStopBefore(m_checklist->lastStop());
    m_findings->setObjectName(QStringLiteral("findings"));
    m_plan->setObjectName(QStringLiteral("plan"));
    m_plan->setAccessibleName(tr("Plan"));
    m_plan->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_outcome->setObjectName(QStringLiteral("outcome"));
    m_outcome->setKeepsPlace(false);
    m_unknown->hide();

    auto *layout = new QVBoxLayout(this);
    for (QWidget *part :
         std::initializer_list<QWidget *>{m_decision, m_erasure, m_checklist, m_findings, m_plan, m_outcome, m_unknown,
                                          m_panel, m_conflicts, m_confirmation, otherHint(), m_request})
        layout->addWidget(part);
    layout->addStretch(1);
    keepMeasures(this, [layout] { layout->setSpacing(u(2)); });

    connect(m_typedName, &QLineEdit::textEdited, this, [this](const QString &text) {
        this->context().edit(Field::Confirmation, [&text](RestoreDraft &draft) { draft.typedTargetName = text; });
        bringIntoView(m_typedName);
    });
    connect(m_conflicts, &ConflictView::answeredChanged, this, [this] { refresh(); });
    connect(m_findings, &FindingsPanel::seenChanged, this, [this] { refresh(); });
    connect(m_checklist, &ChecklistPanel::changed, this, [this] { refresh(); });
    OrderDesk &desk = context.session().orders();
    connect(&desk, &OrderDesk::viewsChanged, this, &ReviewPage::showLooking);
    connect(&desk, &OrderDesk::settled, this, [this](const PendingOrder &order, const std::vector<RestoreJob> &jobs) {
        if (advance(OrderSettled{order.key}))
            Q_EMIT ordered(order, jobs);
    });
}

ReviewPage::~ReviewPage()
{
    if (order())
        order()->disconnect(this); // there is nothing left to show it on
    m_panel->follow(nullptr);
    cancel();
}

QWidget *ReviewPage::makeConfirmation()
{
    auto *confirmation = new QWidget;
    m_typedName->setObjectName(QStringLiteral("typedTargetName"));
    keepFont(m_typedName, TypeRole::Strong);
    const QString text = tr("&Type the target cluster's name to confirm");
    auto *label = new LookLabel(text, TypeRole::Strong, Ink::Text, LookLabel::Wrap::Yes);
    label->setBuddy(m_typedName);
    label->setAlignment((label->alignment() & ~Qt::AlignVertical_Mask) | Qt::AlignVCenter);
    nameControl(m_typedName, withoutMnemonic(text));
    auto *matches = new QHBoxLayout(m_matches);
    matches->setContentsMargins({});
    matches->addWidget(new LookIcon(QStringLiteral("verified"), Ink::Ok, 4.5));
    matches->addWidget(new LookLabel(tr("matches"), TypeRole::Caption, Ink::Ok));
    auto *field = new QHBoxLayout;
    field->addWidget(m_typedName, 1);
    field->addWidget(m_matches);
    m_nameRow = new QBoxLayout(QBoxLayout::LeftToRight);
    m_nameRow->addWidget(label);
    m_nameRow->addLayout(field, 1);
    auto *layout = new QVBoxLayout(confirmation);
    layout->setContentsMargins({});
    layout->addLayout(m_nameRow);
    auto *hint = new FieldHint(m_typedName);
    layout->addWidget(hint);
    addHint(Field::Confirmation, hint);
    keepMeasures(confirmation, [this, field, matches, layout] {
        m_typedName->setMinimumHeight(u(8));
        m_nameRow->setSpacing(u(2));
        field->setSpacing(u(2));
        matches->setSpacing(u(1));
        layout->setSpacing(u(1));
    });
    return confirmation;
}

/// Where there is no room for both, the field stands below its label.
void ReviewPage::resizeEvent(QResizeEvent *event)
{
    StepPage::resizeEvent(event);
    m_nameRow->setDirection(width() < u(nameBesideField) ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void ReviewPage::initializePage()
{
    m_outcome->clear();
    m_conflicts->clear();
    m_shownConflicts.clear();
    m_findings->forgetTicks(); // they were for the restore of before
    m_checklist->startAnew();
    context().session().safety().readAgain(); // another program may have taken one, or ordered after it
    makeRoom(false, false);
    advance(PageOpened{});
    showLooking();
    m_panel->say(tr("Nothing has been sent yet."));
    nameButton();
    StepPage::initializePage();
    context().loader().needTarget();
}

EraseButton *ReviewPage::orderButton() const
{
    return qobject_cast<EraseButton *>(wizard()->button(QWizard::CommitButton));
}

/// Where orders are compared, or one is not known yet, that is the page's matter; the restore stands in the comparison.
void ReviewPage::makeRoom(bool isCompared, bool isUnknown)
{
    m_decision->setVisible(!isCompared);
    m_plan->setVisible(!isCompared && !isUnknown);
    m_request->setVisible(!isCompared && !isUnknown);
}

/// It says what is pressed: act and object.
void ReviewPage::nameButton()
{
    const RestoreDraft &draft = context().draft();
    EraseButton *button = orderButton();
    if (draft.mode && isAutomated(*draft.mode)) {
        QString name = draft.targetCluster ? confirmationName(*draft.targetCluster) : QString();
        name.replace(QLatin1Char('&'), QStringLiteral("&&"));
        button->setWords(tr("&Erase %1 and restore").arg(name));
    } else {
        button->setHarmlessWords(tr("&Create download link"));
    }
    setButtonText(QWizard::CommitButton, button->text()); // or the wizard gives it its own
}

/// Whoever goes back may come again with another restore, of which nothing has been sent.
void ReviewPage::cleanupPage()
{
    advance(PageOpened{});
    showLooking();
}

/// Never the button: what is pressed while the page opens must not send anything.
void ReviewPage::focusFirstField()
{
    if (m_confirmation->isVisibleTo(this))
        m_typedName->setFocus(Qt::OtherFocusReason);
    else
        m_decision->setFocus(Qt::OtherFocusReason);
}

void ReviewPage::showPlan()
{
    const RestoreDraft &draft = context().draft();
    const RestoreFacts &facts = context().facts();
    const QDateTime now = context().now();
    // What is shown does not depend on the confirmation; what is sent does (see validatePage).
    RestoreDraft confirmed = draft;
    confirmed.typedTargetName = draft.targetCluster ? confirmationName(*draft.targetCluster) : QString();
    m_decision->show(decisionFacts(draft, facts, now));
    std::vector<Finding> findings = check(confirmed, facts, now);
    std::ranges::copy(planFindings(context()), std::back_inserter(findings));
    std::ranges::copy(m_safety->findings(), std::back_inserter(findings));
    std::ranges::copy(m_checklist->findings(), std::back_inserter(findings));
    m_findings->setEntries(findingEntries(findings, invisibleHere(draft), passedChecks(draft, facts)));
    m_findings->setVisible(!m_findings->entries().empty());

    const auto request = buildRequest(confirmed, facts, now);
    const QStringList losses = request ? request->losses() : QStringList();
    m_erasure->setVisible(!losses.isEmpty());
    m_safety->refresh();
    if (!request) {
        m_plan->setText(tr("This restore cannot be asked for. Go back and change what is named here."));
        m_request->clear();
        return;
    }
    std::vector<ErasePanel::Line> lines;
    if (draft.targetCluster)
        lines.emplace_back(tr("Way back"), wayBackText(*draft.targetCluster, facts.target, now));
    m_erasure->say(confirmed.typedTargetName, losses, lines);
    QStringList sentences = planOf(*request, utcLocalLine);
    for (const QString &loss : losses)
        sentences.removeOne(loss);
    if (const QString known = howLongText(draft, facts, context().session().times().times()); !known.isEmpty())
        sentences.append(known);
    m_plan->setText(sentences.join(QLatin1Char('\n')));
    m_request->show(*request, context().session().connection());
}

void ReviewPage::showDraft()
{
    const RestoreDraft &draft = context().draft();
    nameButton(); // the name may have been read anew
    const bool isErasing = draft.mode && isAutomated(*draft.mode);
    m_checklist->showProject(isErasing ? draft.targetProject : Project());
    showPlan();
    m_confirmation->setVisible(isErasing);
    if (m_typedName->text() != draft.typedTargetName)
        m_typedName->setText(draft.typedTargetName);
    m_matches->setVisible(draft.targetCluster && draft.typedTargetName == confirmationName(*draft.targetCluster));
}

bool ReviewPage::isReady() const
{
    return !order() && m_conflicts->isAnswered() && m_findings->isSeen() && m_checklist->isDone() &&
           tidemark::isComplete(planFindings(context()));
}

Order *ReviewPage::order() const
{
    const auto *ordering = std::get_if<Ordering>(&m_state);
    return ordering != nullptr ? ordering->order : nullptr;
}

bool ReviewPage::isSending() const
{
    return order() && order()->phase() == Order::Phase::Sending;
}

bool ReviewPage::cancel()
{
    if (!order() || !order()->canBeCancelled())
        return false;
    order()->cancel();
    return true;
}

/// True where it has been ordered with this.
bool ReviewPage::advance(const ReviewEvent &event)
{
    const bool wasOrdered = std::holds_alternative<Ordered>(m_state);
    m_state = next(m_state, event);
    Q_EMIT orderingChanged();
    return !wasOrdered && std::holds_alternative<Ordered>(m_state);
}

bool ReviewPage::validatePage()
{
    if (std::holds_alternative<Ordered>(m_state))
        return true;
    if (order() || !m_press->isFresh())
        return false;
    const QString safety = m_safety->key();
    context().session().readDisk(); // another program may have ordered meanwhile
    refresh();                      // and the time moved on since the button was enabled
    if (!safety.isEmpty() && m_safety->key() != safety) {
        m_outcome->say({{FieldHint::Level::Error,
                         tr("Nothing was sent: the safety snapshot that stood here is another restore's by now.")},
                        {FieldHint::Level::Note, tr("Take one for this restore, or go on without one.")}});
        Q_EMIT completeChanged();
        return false;
    }
    if (isComplete() && buildRequest(context().draft(), context().facts(), context().now()))
        begin();
    else
        Q_EMIT completeChanged();
    return false;
}

void ReviewPage::begin()
{
    Session &session = context().session();
    const RestoreDraft draft = context().draft();
    OrderIntent intent = orderIntent(context());
    intent.accepted = m_shownConflicts;
    intent.record.checklist = m_checklist->ticks();
    intent.record.ticked = m_findings->ticked();
    const Result<Order *> begun = session.orders().begin(std::move(intent));
    if (!begun) {
        m_outcome->say(
            {{FieldHint::Level::Error, begun.error().sentence}, {FieldHint::Level::Note, begun.error().hint}});
        return;
    }
    m_outcome->clear();
    advance(OrderBegun{*begun, draft});
    showLooking();
    showOrdering();
    connect(*begun, &Order::changed, this, &ReviewPage::orderingChanged);
    connect(*begun, &Order::ended, this, [this, order = *begun] { settle(order->outcome()); });
}

void ReviewPage::settle(const OrderOutcome &outcome)
{
    const bool isOrdered = advance(OrderEnded{outcome.kind, outcome.order.key});
    showOrdering();
    if (isOrdered) {
        Q_EMIT ordered(outcome.order, outcome.jobs);
        return;
    }
    showOutcome(outcome);
    // Whoever sends it again confirms it again.
    context().changeDraft([](RestoreDraft &draft) { draft.typedTargetName.clear(); });
    if (outcome.kind == OrderOutcome::Kind::Changed) {
        context().loader().refresh(*context().draft().mode);
        context().session().catalogue().read();
    }
    refresh();
    Q_EMIT completeChanged();
    if (m_confirmation->isVisibleTo(this))
        m_typedName->setFocus(Qt::OtherFocusReason);
    else if (!m_shownConflicts.isEmpty())
        m_conflicts->tick()->setFocus(Qt::OtherFocusReason);
    else
        orderButton()->setFocus(Qt::OtherFocusReason);
    bringIntoView(m_typedName);
    bringIntoView(m_outcome);
}

} // namespace tidemark
