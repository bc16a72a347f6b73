#include "ui/wizard/restore_wizard.h"

#include "preparation/kept_draft.h"
#include "preparation/wizard_context.h"
#include "session/session.h"
#include "ui/look/erase_button.h"
#include "ui/look/keep.h"
#include "ui/look/metrics.h"
#include "ui/widgets/no_enter.h"
#include "ui/widgets/window_size.h"
#include "ui/wizard/mode_page.h"
#include "ui/wizard/point_page.h"
#include "ui/wizard/rail_steps.h"
#include "ui/wizard/review_page.h"
#include "ui/wizard/source_page.h"
#include "ui/wizard/submitted_page.h"
#include "ui/wizard/target_page.h"

#include <QAbstractButton>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QTimer>

#include <algorithm>

namespace tidemark {

namespace {

/// QWizard's own names for these are not meant for others, and their size does not grow with the font.
void setUpButtons(const QWizard &wizard)
{
    wizard.button(QWizard::BackButton)->setObjectName(QStringLiteral("backButton"));
    wizard.button(QWizard::NextButton)->setObjectName(QStringLiteral("nextButton"));
    wizard.button(QWizard::CommitButton)->setObjectName(QStringLiteral("commitButton"));
    wizard.button(QWizard::FinishButton)->setObjectName(QStringLiteral("finishButton"));
    wizard.button(QWizard::CancelButton)->setObjectName(QStringLiteral("cancelButton"));
    for (const auto which : {QWizard::BackButton, QWizard::NextButton, QWizard::CommitButton, QWizard::FinishButton,
                             QWizard::CancelButton}) {
        QAbstractButton *button = wizard.button(which);
        keepMeasures(button, [button] { button->setMinimumSize(u(20), u(7.5)); });
    }
}

} // namespace

RestoreWizard::RestoreWizard(Session &session, DownloadQueue &downloads, QSettings &settings, QWidget *parent)
    : QWizard(parent)
    , m_context(new WizardContext(session, settings, this))
    , m_steps(new StepRail)
    , m_source(new SourcePage(*m_context))
    , m_review(new ReviewPage(*m_context))
    , m_submitted(new SubmittedPage(*m_context, downloads))
{
    setWindowTitle(tr("New restore"));
    setObjectName(QStringLiteral("restoreWizard"));
    setWizardStyle(QWizard::ModernStyle);
    setOptions(QWizard::NoBackButtonOnStartPage | QWizard::NoCancelButtonOnLastPage);
    setButtonText(QWizard::NextButton, tr("&Next"));
    setButtonText(QWizard::BackButton, tr("&Back"));
    setButtonText(QWizard::FinishButton, tr("&Close"));
    setPage(SourcePageId, m_source);
    setPage(ModePageId, new ModePage(*m_context));
    setPage(PointPageId, new PointPage(*m_context));
    setPage(TargetPageId, new TargetPage(*m_context));
    setPage(ReviewPageId, m_review);
    setPage(SubmittedPageId, m_submitted);
    setSideWidget(m_steps);
    const QSize em(fontMetrics().averageCharWidth(), fontMetrics().lineSpacing());
    for (const int id : pageIds())
        qobject_cast<HeadedPage *>(page(id))->layOut();
    setMinimumSize(boundedSize(QSize(em.width() * 120, em.height() * 36), screen()->availableSize()));
    new WindowSize(this, objectName(), {em.width() * 178, em.height() * 52}, settings);

    setButton(QWizard::CommitButton, new EraseButton);
    setUpButtons(*this);
    new NoEnter(button(QWizard::CommitButton));
    m_cancelText = buttonText(QWizard::CancelButton);
    connect(m_review, &ReviewPage::orderingChanged, this, &RestoreWizard::nameCancel);
    connect(m_review, &ReviewPage::orderingChanged, this, &RestoreWizard::noteSent);

    connect(this, &QWizard::currentIdChanged, this, &RestoreWizard::showSteps);
    connect(this, &QWizard::currentIdChanged, this, &RestoreWizard::chooseDefaultButton);
    connect(this, &QWizard::currentIdChanged, this, &RestoreWizard::focusPage);
    connect(this, &QWizard::currentIdChanged, this, [this] { say({}); });
    connect(m_context, &WizardContext::draftChanged, this, &RestoreWizard::showSteps);
    connect(m_context, &WizardContext::sourceGone, this, &RestoreWizard::backToSource);
    connect(m_review, &QWizardPage::completeChanged, this, [this] {
        // Going back would let the draft differ from what is being sent.
        if (m_review->order())
            button(QWizard::BackButton)->setEnabled(false);
    });
    connect(m_review, &ReviewPage::ordered, this,
            [this](const PendingOrder &order, const std::vector<RestoreJob> &jobs) {
                m_submitted->setOrder(order, jobs);
                if (!jobs.empty())
                    Q_EMIT ordered(jobs.front().id);
                if (currentId() == ReviewPageId)
                    next();
            });
    connect(m_submitted, &SubmittedPage::downloadRequested, this, &RestoreWizard::downloadRequested);
    // Without a catalogue nothing can be chosen; what is there already is not read again.
    if (session.catalogue().projects().empty())
        session.catalogue().read();
    // A page may be looked at for hours: what stands against the target is not of then.
    auto *renewal = new QTimer(this);
    renewal->setInterval(std::chrono::minutes(3));
    connect(renewal, &QTimer::timeout, this, [this] {
        if (currentId() == TargetPageId || currentId() == ReviewPageId)
            m_context->loader().needTarget();
    });
    renewal->start();
    showSteps();
    m_filledIn = m_context->draft();
    connect(m_source, &SourcePage::goOnRequested, this, &RestoreWizard::goOnWithKept);
    connect(m_source, &SourcePage::startAnewRequested, this, &RestoreWizard::startAnew);
    offerKept();
}

RestoreWizard::~RestoreWizard()
{
    if (isVisible()) // nobody has put it away: the session ends
        keepDraft();
}

/// What was begun here before is left for it.
void RestoreWizard::goOnWithKept()
{
    const std::optional<RestoreDraft> draft = m_offered;
    if (!draft)
        return;
    KeptDraft::of(m_context->session()).drop(*draft); // it is kept again when it is left again
    keepDraft();
    setDraft(*draft);
    m_filledIn = {};
    m_source->offerKept({});
}

void RestoreWizard::startAnew()
{
    if (m_offered)
        KeptDraft::of(m_context->session()).drop(*m_offered);
    offerKept();
}

/// What was sent, or may have been, is not offered to be asked for again; another restore that is prepared afterwards
/// is.
void RestoreWizard::noteSent()
{
    const RestoreDraft *sent = sentDraft(m_review->state());
    if (!sent)
        return;
    if (std::ranges::find(m_sent, *sent) == m_sent.end())
        m_sent.push_back(*sent);
    KeptDraft::of(m_context->session()).dropSent(*sent);
}

/// Without a source there is nothing to choose on the other pages. What is being sent is told of to its end.
void RestoreWizard::backToSource()
{
    if (m_review->order() || currentId() == SubmittedPageId)
        return;
    while (currentId() > SourcePageId)
        back();
}

/// Where nothing was filled in beforehand.
void RestoreWizard::offerKept()
{
    m_offered = m_filledIn.cluster ? std::nullopt : KeptDraft::of(m_context->session()).draft();
    m_source->offerKept(m_offered ? draftText(*m_offered) : QString());
}

void RestoreWizard::keepDraft()
{
    RestoreDraft draft = m_context->draft();
    if (std::ranges::any_of(m_sent, [&draft](const RestoreDraft &sent) { return isSameRestore(draft, sent); }))
        return;
    if (!m_context->isTouched(Field::Snapshot))
        draft.snapshot = {}; // it was proposed, and is proposed anew: it is no choice to come back to
    KeptDraft &kept = KeptDraft::of(m_context->session());
    const Order *order = m_review->order();
    if (order && m_review->isSending())
        kept.keepUnlessSent(draft, *order);
    else if (isWorthKeeping(draft, m_filledIn))
        kept.keep(draft);
}

const RestoreDraft &RestoreWizard::draft() const
{
    return m_context->draft();
}

void RestoreWizard::setDraft(const RestoreDraft &draft, const PlanInHand *plan)
{
    m_context->setDraft(draft);
    if (plan)
        m_context->usePlan(*plan);
    m_filledIn = m_context->draft();
    offerKept();
    restart();
    while (currentId() < PointPageId && currentPage()->isComplete())
        next();
}

int RestoreWizard::nextId() const
{
    const auto &mode = m_context->draft().mode;
    switch (currentId()) {
    case SourcePageId:
        return ModePageId;
    case ModePageId:
        return PointPageId;
    case PointPageId:
        return mode && !isAutomated(*mode) ? ReviewPageId : TargetPageId;
    case TargetPageId:
        return ReviewPageId;
    case ReviewPageId:
        return SubmittedPageId;
    default:
        return -1;
    }
}

void RestoreWizard::resizeEvent(QResizeEvent *event)
{
    QWizard::resizeEvent(event);
    m_steps->setNarrow(width() < u(200)); // the pages need the room more
    layFlush();
}

/// The rail reaches the window's edges, and each page has its own margins.
void RestoreWizard::layFlush()
{
    for (QWidget *part : std::initializer_list<QWidget *>{m_steps, currentPage()}) {
        for (QWidget *at = part; at != nullptr && at != this; at = at->parentWidget()) {
            for (QLayout *layout : at->parentWidget()->findChildren<QLayout *>()) {
                if (layout->indexOf(at) >= 0) {
                    layout->setContentsMargins({});
                    layout->setSpacing(0);
                }
            }
        }
    }
}

void RestoreWizard::say(const QString &text)
{
    for (const int id : pageIds())
        qobject_cast<HeadedPage *>(page(id))->sayInHead(id == currentId() ? text : QString());
}

void RestoreWizard::showSteps()
{
    if (currentId() < 0)
        return;
    const RailSteps rail = railSteps(m_context->draft(), static_cast<PageId>(currentId()), m_context->now());
    m_steps->setSteps(rail.steps, rail.current);
    // Review says itself how far its order is.
    if (currentId() < ReviewPageId)
        m_steps->setFoot(QStringLiteral("shield"), Ink::Text2, tr("Nothing is sent yet"));
    else if (currentId() == ReviewPageId)
        m_steps->setFoot({}, Ink::Text2, {});
    else
        m_steps->setFoot(QStringLiteral("check"), Ink::Ok, tr("Sent"));
}

/// On the Review page no button answers to Enter, whatever has the focus: what erases a cluster is pressed, not hit.
void RestoreWizard::chooseDefaultButton()
{
    const bool isReview = currentId() == ReviewPageId;
    setOption(QWizard::NoDefaultButton, isReview);
    for (const auto which : {QWizard::BackButton, QWizard::NextButton, QWizard::CommitButton, QWizard::FinishButton,
                             QWizard::CancelButton}) {
        auto *push = qobject_cast<QPushButton *>(button(which));
        if (!push)
            continue;
        push->setAutoDefault(!isReview && which != QWizard::CommitButton);
        if (isReview)
            push->setDefault(false);
    }
}

/// What is typed on arrival goes into the page's own field.
void RestoreWizard::focusPage()
{
    if (auto *step = qobject_cast<StepPage *>(currentPage()))
        step->focusFirstField();
    else if (currentPage() == m_submitted)
        m_submitted->focusJobs();
}

/// Once it has left nothing can be cancelled.
void RestoreWizard::nameCancel()
{
    setButtonText(QWizard::CancelButton, hasLeft(m_review->state()) ? tr("&Close") : m_cancelText);
}

void RestoreWizard::reject()
{
    if (m_review->cancel())
        return; // nothing has left; the page says so
    if (!m_review->isSending()) {
        keepDraft();
        QWizard::reject();
        return;
    }
    auto *question = new QMessageBox(QMessageBox::Question, windowTitle(),
                                     tr("The request has been sent and its answer is being waited for. Closing this "
                                        "window does not take it back; the restore is then followed under Restore "
                                        "jobs."),
                                     QMessageBox::NoButton, this);
    question->setObjectName(QStringLiteral("closeQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *stay = question->addButton(tr("Keep &waiting"), QMessageBox::RejectRole);
    const QPushButton *close = question->addButton(tr("&Close window"), QMessageBox::AcceptRole);
    question->setDefaultButton(stay);
    question->setEscapeButton(stay);
    connect(question, &QMessageBox::buttonClicked, this, [this, close](const QAbstractButton *clicked) {
        if (static_cast<const QObject *>(clicked) != static_cast<const QObject *>(close))
            return;
        keepDraft();
        QWizard::reject();
    });
    // When the answer comes there is nothing left to ask.
    connect(m_review, &ReviewPage::orderingChanged, question, [this, question] {
        if (!m_review->isSending())
            question->reject();
    });
    question->open();
}

} // namespace tidemark
