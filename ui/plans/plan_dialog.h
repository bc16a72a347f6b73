#pragma once

#include "plans/plan_signatures.h"
#include "preparation/used_plan.h"
#include "restore/restore_draft.h"

#include <QDialog>

#include <optional>

class QPushButton;
class QSettings;
class QStackedWidget;

namespace tidemark {

class Clock;
class EmptyState;
class MessageBar;
class OpenedPlan;
class PlanPage;
class Session;

/// **Plan**: a file that somebody saved, held against today, and the way on into the wizard; or the plan of a restore
/// that was sent, to be read and no more. Reads the file off the window's thread; what is no plan is refused with a
/// sentence.
class PlanDialog : public QDialog
{
    Q_OBJECT

public:
    enum class Use {
        Decide,
        Read ///< one of KeptPlans: nothing is signed, continued or held against today
    };

    PlanDialog(QString path, Use use, const Clock &clock, QSettings &settings, QWidget *parent = nullptr);

    /// The open connection's; nullptr for none.
    void setSession(Session *session);

Q_SIGNALS:
    /// **Continue…**: with projects and clusters as they are today. Everything is checked anew.
    void restoreRequested(const tidemark::RestoreDraft &draft, const tidemark::PlanInHand &plan);
    void otherFileRequested();

private:
    QWidget *makeButtons();
    void read();
    void take(const Result<PlanFile> &file);
    void follow();
    void showToday();
    void checkSignatures();
    void chooseSshKey();
    void chooseOpenPgpKey();
    void askWhichKey(const std::vector<OpenPgpKey> &keys);
    void sign(const Async<PlanSignature> &signature);
    void add(const PlanSignature &signature);
    void endSigning(const Error &error);
    void setSigning(bool isSigning);

    QString m_path;
    Use m_use;
    const Clock &m_clock;
    QSettings &m_settings;
    QStackedWidget *m_pages;
    EmptyState *m_refused;
    PlanPage *m_page;
    MessageBar *m_message;
    QPushButton *m_approve;
    QPushButton *m_approveWithOpenPgp;
    QPushButton *m_continue;
    PlanSignatures m_signatures;
    std::optional<PlanFile> m_file; ///< once it was read
    Session *m_session = nullptr;
    OpenedPlan *m_opened = nullptr; ///< while there are both
    int m_check = 0;                ///< the last one counts
    bool m_isSigning = false;
};

} // namespace tidemark
