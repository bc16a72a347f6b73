#include "ui/wizard/review_page.h"

#include "preparation/wizard_context.h"
#include "session/session.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/fresh_press.h"
#include "ui/widgets/labels.h"
#include "ui/wizard/conflict_view.h"
#include "ui/wizard/finding_lines.h"
#include "ui/wizard/fitting_scroll_area.h"
#include "ui/wizard/order_panel.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QTabWidget>
#include <QVBoxLayout>
#include <QWizard>

namespace tidemark {

ReviewPage::ReviewPage(WizardContext &context, QWidget *parent)
    : StepPage(context, Step::Review, parent)
    , m_sentences(nullptr)
    , m_erasure(new FieldHint)
    , m_plan(wrappingLabel())
    , m_findings(new FieldHint)
    , m_json(new CodeView(QStringLiteral("JSON")))
    , m_curl(new CodeView(QStringLiteral("curl")))
    , m_mongocli(new CodeView(QStringLiteral("mongocli")))
    , m_request(makeRequestTabs())
    , m_typedName(new QLineEdit)
    , m_confirmation(makeConfirmation())
    , m_conflicts(new ConflictView(context.settings()))
    , m_outcome(new FieldHint)
    , m_panel(new OrderPanel)
    , m_press(new FreshPress(this))
{
    setTitle(tr("Review"));
    setSubTitle(tr("Read what will happen, then start it."));
    setCommitPage(true);
    m_outcome->setObjectName(QStringLiteral("outcome"));
    m_outcome->setKeepsPlace(false);

    auto *layout = new QVBoxLayout(this);
    m_sentences = new FittingScrollArea(makeSentences());
    m_sentences->setObjectName(QStringLiteral("sentences"));
    m_sentences->setAccessibleName(tr("What will happen"));
    layout->addWidget(m_sentences);
    layout->addWidget(m_request, 1);
    layout->addStretch(); // takes the room while the request is hidden
    layout->addWidget(m_outcome);
    layout->addWidget(m_conflicts);
    layout->addWidget(m_confirmation);
    layout->addWidget(otherHint());
    layout->addWidget(m_panel);

    connect(m_typedName, &QLineEdit::textEdited, this, [this](const QString &text) {
        this->context().edit(Field::Confirmation, [&text](RestoreDraft &draft) { draft.typedTargetName = text; });
    });
    connect(m_conflicts, &ConflictView::answeredChanged, this, [this] { refresh(); });
    OrderDesk &desk = context.session().orders();
    connect(&desk, &OrderDesk::viewsChanged, this, &ReviewPage::showLooking);
    connect(&desk, &OrderDesk::settled, this, [this](const PendingOrder &order, const std::vector<RestoreJob> &jobs) {
        if (order.key != m_notKnown || m_notKnown.isEmpty() || wizard()->currentPage() != this)
            return;
        m_isOrdered = true;
        m_notKnown.clear();
        Q_EMIT ordered(order, jobs);
    });
}

ReviewPage::~ReviewPage()
{
    if (m_order)
        m_order->disconnect(this); // there is nothing left to show it on
    m_panel->follow(nullptr);
    cancel();
}

QWidget *ReviewPage::makeSentences()
{
    m_erasure->setObjectName(QStringLiteral("erasure"));
    m_erasure->setKeepsPlace(false);
    QFont bold;
    bold.setBold(true);
    m_erasure->setFont(bold);
    m_plan->setObjectName(QStringLiteral("plan"));
    m_plan->setAccessibleName(tr("Plan"));
    m_findings->setObjectName(QStringLiteral("findings"));
    m_findings->setKeepsPlace(false);
    auto *sentences = new QWidget;
    auto *layout = new QVBoxLayout(sentences);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_erasure);
    layout->addWidget(m_plan);
    layout->addWidget(m_findings);
    layout->addStretch(1);
    return sentences;
}

QWidget *ReviewPage::makeRequestTabs()
{
    auto *tabs = new QTabWidget;
    tabs->setObjectName(QStringLiteral("requestTabs"));
    tabs->setAccessibleName(tr("Show request"));
    tabs->addTab(m_json, QStringLiteral("JSON"));
    tabs->addTab(m_curl, QStringLiteral("curl"));
    tabs->addTab(m_mongocli, QStringLiteral("mongocli"));
    // The plan is what a person must read: it gets what it needs, the request's text what is left.
    tabs->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored);
    tabs->setMinimumHeight(fontMetrics().lineSpacing() * 8);
    return tabs;
}

QWidget *ReviewPage::makeConfirmation()
{
    auto *confirmation = new QWidget;
    m_typedName->setObjectName(QStringLiteral("typedTargetName"));
    auto *form = new QFormLayout(confirmation);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(labelFor(tr("&Type the target cluster's name to confirm"), m_typedName), m_typedName);
    auto *hint = new FieldHint(m_typedName);
    form->addRow(hint);
    addHint(Field::Confirmation, hint);
    return confirmation;
}

void ReviewPage::initializePage()
{
    m_outcome->clear();
    m_conflicts->clear();
    m_request->show();
    m_shownConflicts.clear();
    forgetOrder();
    m_panel->say(tr("Nothing has been sent yet."));
    const bool automated = context().draft().mode && isAutomated(*context().draft().mode);
    setButtonText(QWizard::CommitButton, automated ? tr("&Restore") : tr("&Create download link"));
    StepPage::initializePage();
    context().loader().needTarget();
}

/// Whoever goes back may come again with another restore, of which nothing has been sent.
void ReviewPage::cleanupPage()
{
    forgetOrder();
}

void ReviewPage::forgetOrder()
{
    m_notKnown.clear();
    m_isOrdered = false;
}

/// Never the button: what is pressed while the page opens must not send anything.
void ReviewPage::focusFirstField()
{
    if (m_confirmation->isVisibleTo(this))
        m_typedName->setFocus(Qt::OtherFocusReason);
    else
        m_sentences->setFocus(Qt::OtherFocusReason);
}

/// What no list shows, so that a restore that runs already may not be seen.
QStringList ReviewPage::invisibleHere() const
{
    const RestoreDraft &draft = context().draft();
    if (!draft.mode || !isAutomated(*draft.mode))
        return {};
    return {tr("Jobs are listed by the cluster they restore from: a restore of this target that was ordered from a "
               "cluster of another project cannot be seen here.")};
}

void ReviewPage::showPlan()
{
    const RestoreDraft &draft = context().draft();
    // What is shown does not depend on the confirmation; what is sent does (see validatePage).
    RestoreDraft confirmed = draft;
    confirmed.typedTargetName = draft.targetCluster ? confirmationName(*draft.targetCluster) : QString();
    std::vector<FieldHint::Line> lines;
    for (const Finding &finding : check(confirmed, context().facts(), context().now()))
        lines.push_back(findingLine(finding, true));
    for (const QString &sentence : invisibleHere())
        lines.push_back({FieldHint::Level::Note, sentence});
    m_findings->say(worstFirst(std::move(lines)));

    const auto request = buildRequest(confirmed, context().facts(), context().now());
    if (!request) {
        m_erasure->clear();
        m_plan->setText(tr("This restore cannot be asked for. Go back and change what is named here:"));
        for (CodeView *view : {m_json, m_curl, m_mongocli})
            view->setText({});
        return;
    }
    const Connection &connection = context().session().connection();
    QStringList sentences = request->plan();
    if (isAutomated(request->mode()))
        m_erasure->say(FieldHint::Level::Warning, sentences.takeFirst());
    else
        m_erasure->clear();
    m_plan->setText(sentences.join(QLatin1Char('\n')));
    m_json->setText(QString::fromUtf8(request->prettyJson()));
    m_curl->setText(request->curl(connection));
    m_mongocli->setText(request->mongocli(connection));
}

void ReviewPage::showDraft()
{
    const RestoreDraft &draft = context().draft();
    showPlan();
    m_confirmation->setVisible(draft.mode && isAutomated(*draft.mode));
    if (m_typedName->text() != draft.typedTargetName)
        m_typedName->setText(draft.typedTargetName);
}

bool ReviewPage::isReady() const
{
    return !m_order && m_conflicts->isAnswered();
}

bool ReviewPage::isSending() const
{
    return m_order && m_order->phase() == Order::Phase::Sending;
}

bool ReviewPage::cancel()
{
    if (!m_order || !m_order->canBeCancelled())
        return false;
    m_order->cancel();
    return true;
}

bool ReviewPage::validatePage()
{
    if (m_isOrdered)
        return true;
    if (m_order || !m_press->isFresh())
        return false;
    if (buildRequest(context().draft(), context().facts(), context().now())) {
        begin();
    } else {
        // The time moved on since the button was enabled.
        refresh();
        Q_EMIT completeChanged();
    }
    return false;
}

void ReviewPage::begin()
{
    Session &session = context().session();
    OrderIntent intent{context().draft(), context().facts(), {}, {}};
    if (isAutomated(*intent.draft.mode)) {
        if (const auto *clusters = session.catalogue().clusters(intent.draft.targetProject.id))
            intent.targetClusters = *clusters;
    }
    intent.accepted = m_shownConflicts;
    const Result<Order *> begun = session.orders().begin(std::move(intent));
    if (!begun) {
        m_outcome->say(
            {{FieldHint::Level::Error, begun.error().sentence}, {FieldHint::Level::Note, begun.error().hint}});
        return;
    }
    m_outcome->clear();
    setOrdering(*begun);
    connect(*begun, &Order::changed, this, &ReviewPage::orderingChanged);
    connect(*begun, &Order::ended, this, [this] { settle(m_order->outcome()); });
}

void ReviewPage::settle(const OrderOutcome &outcome)
{
    setOrdering(nullptr);
    if (outcome.kind == OrderOutcome::Kind::Ordered) {
        m_isOrdered = true;
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
        wizard()->button(QWizard::CommitButton)->setFocus(Qt::OtherFocusReason);
}

void ReviewPage::showOutcome(const OrderOutcome &outcome)
{
    using Kind = OrderOutcome::Kind;
    const bool isCalm = outcome.kind == Kind::Cancelled;
    std::vector<FieldHint::Line> lines;
    for (const QString &text : outcomeTexts(outcome)) {
        const auto level = lines.empty() && !isCalm ? FieldHint::Level::Error
                           : isCalm                 ? FieldHint::Level::Note
                                                    : FieldHint::Level::Warning;
        lines.push_back({level, text});
    }
    m_outcome->say(lines);
    m_shownConflicts.clear();
    for (const OrderConflict &conflict : outcome.conflicts)
        m_shownConflicts.insert(conflict.key);
    m_conflicts->setLines(outcome.conflicts.empty()
                              ? std::vector<OrderLine>{}
                              : comparison(outcome, context().session().orders().pending().all()));
    m_request->setVisible(outcome.conflicts.empty()); // what is to be compared needs the room
    m_notKnown = outcome.kind == Kind::NotKnownYet ? outcome.order.key : QString();
    // "Nothing" would be wrong of a page from which an earlier order has left.
    if (m_notKnown.isEmpty())
        m_panel->say(outcome.kind == Kind::NotOrdered ? tr("The request was refused: no restore was ordered.")
                                                      : tr("This order has not been sent."));
    showLooking();
}

/// What is being looked at, while the order of this page is not known yet.
void ReviewPage::showLooking()
{
    const OrderView *view = m_notKnown.isEmpty() ? nullptr : context().session().orders().view(m_notKnown);
    if (view)
        m_panel->say(viewDetails(*view).join(QLatin1Char(' ')));
}

void ReviewPage::setOrdering(Order *order)
{
    m_order = order;
    m_panel->follow(order);
    // Fields that are disabled would give the keyboard to Back or Cancel.
    if (order)
        m_panel->takeKeyboard();
    m_typedName->setEnabled(order == nullptr);
    m_conflicts->setEnabled(order == nullptr);
    Q_EMIT completeChanged();
    Q_EMIT orderingChanged();
}

} // namespace tidemark
