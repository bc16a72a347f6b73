#pragma once

#include "restore/restore_draft.h"

#include <QWizard>

class QSettings;

namespace tidemark {

class DownloadQueue;
class ReviewPage;
class Session;
class StepRail;
class SourcePage;
class SubmittedPage;
class WizardContext;
struct PlanInHand;

/// The New restore wizard: Source, Restore mode, Restore point, Target (automated modes only), Review, Submitted.
/// Pages write a RestoreDraft, restore/rules.h judges it, and the Review page submits it once. Nothing blocks: show it
/// with open() or show(). It ends by itself with WA_DeleteOnClose where the owner sets that; the session must outlive
/// it.
class RestoreWizard : public QWizard
{
    Q_OBJECT

public:
    RestoreWizard(Session &session, DownloadQueue &downloads, QSettings &settings, QWidget *parent = nullptr);
    /// What was filled in is kept as by reject().
    ~RestoreWizard() override;

    /// Prefills and starts over at the first page on which something is left to choose, at most the Restore point; all
    /// pages before can be gone back to. The typed confirmation is never taken over.
    /// `plan`: that it was made of; nullptr for none.
    void setDraft(const RestoreDraft &draft, const PlanInHand *plan = nullptr);
    const RestoreDraft &draft() const;
    /// On the page that is seen, until another one is: the windows behind are covered by this one.
    void say(const QString &text);

    int nextId() const override;
    /// Ends the wizard; asks only while a request is under way. What was filled in and has not been sent is kept while
    /// the session lasts, and the next wizard offers it again.
    void reject() override;

Q_SIGNALS:
    /// **Download now** on the Submitted page: JobGroup::key of the job or the batch, whose links are all ready.
    void downloadRequested(const QString &groupKey);
    /// What was prepared here has been ordered: one of its jobs.
    void ordered(const tidemark::JobId &job);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void layFlush();
    void showSteps();
    void chooseDefaultButton();
    void focusPage();
    void nameCancel();
    void offerKept();
    void goOnWithKept();
    void startAnew();
    void keepDraft();
    void noteSent();
    void backToSource();

    WizardContext *m_context;
    StepRail *m_steps;
    SourcePage *m_source;
    ReviewPage *m_review;
    SubmittedPage *m_submitted;
    QString m_cancelText;                  ///< the usual one
    RestoreDraft m_filledIn;               ///< by whoever opened it
    std::optional<RestoreDraft> m_offered; ///< as it is said on the first page: another may be left meanwhile
    std::vector<RestoreDraft> m_sent;      ///< or may have been: they are not to be asked for again unseen
};

} // namespace tidemark
