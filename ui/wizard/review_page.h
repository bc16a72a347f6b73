#pragma once

#include "orders/order_desk.h"
#include "ui/wizard/step_page.h"

#include <QPointer>

class QLabel;
class QLineEdit;

namespace tidemark {

class CodeView;
class ConflictView;
class FreshPress;
class OrderPanel;

/// What will happen, in sentences and as it is sent; the confirmation of an automated restore; and the one place from
/// which it is ordered. The button orders once; after any end but Ordered the person decides again.
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
    /// Before it has left: true when there was something to cancel.
    bool cancel();

Q_SIGNALS:
    void ordered(const tidemark::PendingOrder &order, const std::vector<tidemark::RestoreJob> &jobs);
    void orderingChanged();

protected:
    void showDraft() override;
    bool isReady() const override;

private:
    QWidget *makeSentences();
    QWidget *makeRequestTabs();
    QWidget *makeConfirmation();
    void begin();
    void forgetOrder();
    void settle(const OrderOutcome &outcome);
    void showOutcome(const OrderOutcome &outcome);
    void showLooking();
    void setOrdering(Order *order);
    void showPlan();
    QStringList invisibleHere() const;

    QWidget *m_sentences;
    FieldHint *m_erasure; ///< the plan's first sentence where a cluster is erased
    QLabel *m_plan;
    FieldHint *m_findings;
    CodeView *m_json;
    CodeView *m_curl;
    CodeView *m_mongocli;
    QWidget *m_request; ///< its text in three forms
    QLineEdit *m_typedName;
    QWidget *m_confirmation;
    ConflictView *m_conflicts;
    FieldHint *m_outcome;
    OrderPanel *m_panel;
    FreshPress *m_press;
    QPointer<Order> m_order;
    QSet<QString> m_shownConflicts; ///< keys of what stands in m_conflicts
    QString m_notKnown;             ///< key of the order of this page that is not known yet
    bool m_isOrdered = false;
};

} // namespace tidemark
