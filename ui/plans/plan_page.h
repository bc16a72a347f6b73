#pragma once

#include "plans/plan_approval.h"
#include "restore/rules.h"

#include <QWidget>

namespace tidemark {

class DecisionBlocks;
class FindingsPanel;
class LookLabel;
class NoticePanel;
class Panel;

/// A plan to be read: what was decided, by whom and when, who has signed it, and what is otherwise today.
class PlanPage : public QWidget
{
    Q_OBJECT

public:
    explicit PlanPage(QWidget *parent = nullptr);

    /// `now`: how long ago it was written is told from it.
    void show(const RestorePlan &plan, const QDateTime &now);
    /// Of what was sent long ago it does not matter what is there today.
    void hideToday();
    /// What was found when it was held against today; none: everything that it names is as it was.
    void setFindings(const std::vector<Finding> &findings);
    /// What the rules say of it today; `read`: when the target's agents were asked. Hidden while there is nothing.
    void setPreflight(const std::vector<Finding> &findings, const QStringList &passed, const QDateTime &read);
    void setApproval(const Approval &approval);
    /// While the signatures are being looked at.
    void setApprovalOpen();
    /// For who uses the keyboard: where reading begins.
    void focusFirst();

private:
    LookLabel *m_title;
    LookLabel *m_written;
    DecisionBlocks *m_decision;
    Panel *m_notePanel;
    LookLabel *m_note;
    FindingsPanel *m_today;
    FindingsPanel *m_preflight;
    NoticePanel *m_approval;
    FindingsPanel *m_accepted;
};

} // namespace tidemark
