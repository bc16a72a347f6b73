#pragma once

#include "restore/submitter.h"
#include "ui/wizard/step_page.h"

class QLabel;
class QLineEdit;
class QProgressBar;

namespace tidemark {

class CodeView;

/// What will happen, in sentences and as it is sent; the confirmation of an automated restore; and the one place from
/// which it is sent. The button sends once; after an error the person decides again.
class ReviewPage : public StepPage
{
    Q_OBJECT

public:
    explicit ReviewPage(WizardContext &context, QWidget *parent = nullptr);

    void initializePage() override;
    /// Starts the submission and keeps the page; true only once the restore has been created.
    bool validatePage() override;

    bool isSubmitting() const { return m_submitting; }

Q_SIGNALS:
    void submitted(const tidemark::Submission &submission);
    void submittingChanged(bool submitting);

protected:
    void showDraft() override;
    bool isReady() const override { return !m_submitting; }

private:
    void submit(const RestoreRequest &request);
    void settle(const Result<Submission> &result);
    void setSubmitting(bool submitting);
    void showPlan();

    FieldHint *m_erasure; ///< the plan's first sentence where a cluster is erased
    QLabel *m_plan;
    FieldHint *m_findings;
    CodeView *m_json;
    CodeView *m_curl;
    CodeView *m_mongocli;
    QWidget *m_confirmation;
    QLineEdit *m_typedName;
    QProgressBar *m_busy;
    FieldHint *m_outcome;
    bool m_submitting = false;
    bool m_created = false;
};

} // namespace tidemark
