#pragma once

#include "orders/order_desk.h"
#include "preparation/review_state.h"
#include "ui/wizard/step_page.h"

class QBoxLayout;
class QLabel;
class QLineEdit;

namespace tidemark {

class ChecklistPanel;
class ConflictView;
class DecisionBlocks;
class EraseButton;
class ErasePanel;
class FindingsPanel;
class FreshPress;
class OrderPanel;
class RequestView;
class SafetyBar;
class UnknownOrder;

/// The decision in large type, what is lost, what the house sees to, what is to be ticked, the confirmation of an
/// automated restore; and the one place from which it is ordered. The button orders once; after any end but Ordered the
/// person decides again.
class ReviewPage : public StepPage
{
    Q_OBJECT

public:
    explicit ReviewPage(WizardContext &context, QWidget *parent = nullptr);
    ~ReviewPage() override;

    void initializePage() override;
    void focusFirstField() override;
    void cleanupPage() override;
    /// Begins the order and keeps the page; true only once it has been ordered.
    bool validatePage() override;

    const ReviewState &state() const { return m_state; }
    Order *order() const; ///< the one under way; nullptr for none
    /// Something may have left, and its answer is being waited for.
    bool isSending() const;
    /// Before it has left: true when there was something to cancel.
    bool cancel();

Q_SIGNALS:
    void ordered(const tidemark::PendingOrder &order, const std::vector<tidemark::RestoreJob> &jobs);
    void orderingChanged(); ///< state(), or how far its order is

protected:
    void showDraft() override;
    bool isReady() const override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeConfirmation();
    void makeRoom(bool isCompared, bool isUnknown);
    void nameButton();
    EraseButton *orderButton() const;
    void begin();
    bool advance(const ReviewEvent &event);
    void settle(const OrderOutcome &outcome);
    void showOutcome(const OrderOutcome &outcome);
    void showLooking();
    void showOrdering();
    void showPlan();

    DecisionBlocks *m_decision;
    ErasePanel *m_erasure;
    SafetyBar *m_safety;
    ChecklistPanel *m_checklist; ///< before the findings: what has to be ticked is next to the name for the keyboard
    FindingsPanel *m_findings;
    QLabel *m_plan; ///< what else will happen
    RequestView *m_request;
    QLineEdit *m_typedName;
    QWidget *m_matches;              ///< that it is the target's name
    QBoxLayout *m_nameRow = nullptr; ///< label and field
    QWidget *m_confirmation;
    ConflictView *m_conflicts;
    FieldHint *m_outcome;
    UnknownOrder *m_unknown;
    OrderPanel *m_panel;
    FreshPress *m_press;
    ReviewState m_state;
    QSet<QString> m_shownConflicts; ///< keys of what stands in m_conflicts
};

} // namespace tidemark
