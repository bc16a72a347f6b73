#include "ui/wizard/review_page.h"

#include "base/later.h"
#include "session/session.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"
#include "ui/wizard/finding_lines.h"
#include "ui/wizard/fitting_scroll_area.h"
#include "ui/wizard/wizard_context.h"

#include <QFormLayout>
#include <QLineEdit>
#include <QPointer>
#include <QProgressBar>
#include <QTabWidget>
#include <QVBoxLayout>
#include <QWizard>

namespace tidemark {

ReviewPage::ReviewPage(WizardContext &context, QWidget *parent)
    : StepPage(context, Step::Review, parent)
    , m_erasure(new FieldHint)
    , m_plan(wrappingLabel())
    , m_findings(new FieldHint)
    , m_json(new CodeView(QStringLiteral("JSON")))
    , m_curl(new CodeView(QStringLiteral("curl")))
    , m_mongocli(new CodeView(QStringLiteral("mongocli")))
    , m_confirmation(new QWidget)
    , m_typedName(new QLineEdit)
    , m_busy(new QProgressBar)
    , m_outcome(new FieldHint)
{
    setTitle(tr("Review"));
    setSubTitle(tr("Nothing has been sent yet. Read what will happen, then start it."));
    setCommitPage(true);

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
    auto *sentencesLayout = new QVBoxLayout(sentences);
    sentencesLayout->setContentsMargins(0, 0, 0, 0);
    sentencesLayout->addWidget(m_erasure);
    sentencesLayout->addWidget(m_plan);
    sentencesLayout->addWidget(m_findings);
    sentencesLayout->addStretch(1);
    auto *tabs = new QTabWidget;
    tabs->setObjectName(QStringLiteral("requestTabs"));
    tabs->addTab(m_json, QStringLiteral("JSON"));
    tabs->addTab(m_curl, QStringLiteral("curl"));
    tabs->addTab(m_mongocli, QStringLiteral("mongocli"));
    // The plan is what a person must read: it gets what it needs, the request's text what is left.
    tabs->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored);
    tabs->setMinimumHeight(fontMetrics().lineSpacing() * 11);

    m_typedName->setObjectName(QStringLiteral("typedTargetName"));
    auto *form = new QFormLayout(m_confirmation);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(labelFor(tr("&Type the target cluster's name to confirm"), m_typedName), m_typedName);
    auto *confirmationHint = new FieldHint(m_typedName);
    form->addRow(confirmationHint);
    addHint(Field::Confirmation, confirmationHint);

    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setAccessibleName(tr("Sending"));
    m_busy->hide();
    m_outcome->setObjectName(QStringLiteral("outcome"));
    m_outcome->setKeepsPlace(false);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new FittingScrollArea(sentences));
    layout->addWidget(tabs, 1);
    layout->addWidget(m_confirmation);
    layout->addWidget(otherHint());
    layout->addWidget(m_outcome);
    layout->addWidget(m_busy);

    connect(m_typedName, &QLineEdit::textEdited, this, [this](const QString &text) {
        this->context().edit(Field::Confirmation, [&text](RestoreDraft &draft) { draft.typedTargetName = text; });
    });
}

void ReviewPage::initializePage()
{
    m_outcome->clear();
    const bool automated = context().draft().mode && isAutomated(*context().draft().mode);
    setButtonText(QWizard::CommitButton, automated ? tr("&Restore") : tr("&Create download link"));
    StepPage::initializePage();
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

bool ReviewPage::validatePage()
{
    if (m_created)
        return true;
    if (m_submitting)
        return false;
    const auto request = buildRequest(context().draft(), context().facts(), context().now());
    if (request) {
        submit(*request);
    } else {
        // The time moved on since the button was enabled.
        refresh();
        Q_EMIT completeChanged();
    }
    return false;
}

void ReviewPage::submit(const RestoreRequest &request)
{
    setSubmitting(true);
    m_outcome->clear();
    // The answer counts whether or not this window is still there: what was created must be followed.
    Session &session = context().session();
    whenDone(&session, session.submitter().submit(request),
             [&session, page = QPointer<ReviewPage>(this)](const Result<Submission> &result) {
                 if (result)
                     session.jobs().addSubmission(*result);
                 if (page)
                     page->settle(result);
             });
}

void ReviewPage::settle(const Result<Submission> &result)
{
    if (result) {
        m_created = true;
        setSubmitting(false);
        Q_EMIT submitted(*result);
        return;
    }
    const Error &error = result.error();
    std::vector<FieldHint::Line> lines{{FieldHint::Level::Error, error.sentence}};
    if (!error.hint.isEmpty())
        lines.push_back({FieldHint::Level::Note, error.hint});
    if (error.kind == ErrorKind::Uncertain)
        lines.push_back({FieldHint::Level::Warning,
                         tr("Look for this restore under Restore jobs before you send it again: if the first request "
                            "was carried out after all, there would be two.")});
    m_outcome->say(lines);
    // Whoever sends it again confirms it again.
    context().changeDraft([](RestoreDraft &draft) { draft.typedTargetName.clear(); });
    setSubmitting(false);
}

void ReviewPage::setSubmitting(bool submitting)
{
    m_submitting = submitting;
    m_busy->setVisible(submitting);
    m_typedName->setEnabled(!submitting);
    Q_EMIT completeChanged();
    Q_EMIT submittingChanged(submitting);
}

} // namespace tidemark
