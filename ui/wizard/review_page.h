#pragma once

#include "orders/order_desk.h"
#include "ui/wizard/step_page.h"

#include <QPointer>

class QBoxLayout;
class QLabel;
class QLineEdit;

namespace tidemark {

class ConflictView;
class DecisionBlocks;
class EraseButton;
class ErasePanel;
class FindingsPanel;
class FreshPress;
class OrderPanel;
class RequestView;
class UnknownOrder;

/// The decision in large type, what is lost, what is to be ticked, the confirmation of an automated restore; and the
/// one place from which it is ordered. The button orders once; after any end but Ordered the person decides again.
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

    /// Something may have left, and its answer is being waited for.
    bool isSending() const;
    bool isOrdering() const { return !m_order.isNull(); }
    /// Nothing of it can be cancelled any more: it is being sent, or was and is not known yet.
    bool hasLeft() const { return isSending() || !m_notKnown.isEmpty(); }
    /// Before it has left: true when there was something to cancel.
    bool cancel();

Q_SIGNALS:
    void ordered(const tidemark::PendingOrder &order, const std::vector<tidemark::RestoreJob> &jobs);
    void orderingChanged();

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
    static void bringIntoView(QWidget *part);
    void forgetOrder();
    void settle(const OrderOutcome &outcome);
    void showOutcome(const OrderOutcome &outcome);
    void showLooking();
    void setOrdering(Order *order);
    void showPlan();
    QStringList invisibleHere() const;

    DecisionBlocks *m_decision;
    ErasePanel *m_erasure;
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
    QPointer<Order> m_order;
    QSet<QString> m_shownConflicts; ///< keys of what stands in m_conflicts
    QString m_notKnown;             ///< key of the order of this page that is not known yet
    bool m_isOrdered = false;
};

} // namespace tidemark
