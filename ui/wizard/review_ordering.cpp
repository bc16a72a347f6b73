// What the Review page shows of an order that is under way, was held back, or is not known yet.

#include "ui/wizard/review_page.h"

#include "preparation/wizard_context.h"
#include "session/session.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/window_size.h"
#include "ui/wizard/checklist_panel.h"
#include "ui/wizard/conflict_view.h"
#include "ui/wizard/findings_panel.h"
#include "ui/wizard/order_panel.h"
#include "ui/wizard/safety_bar.h"
#include "ui/wizard/unknown_order.h"

#include <QLineEdit>

namespace tidemark {

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
    const bool isNotKnown = std::holds_alternative<NotKnown>(m_state);
    makeRoom(!outcome.conflicts.empty(), isNotKnown);
    // "Nothing" would be wrong of a page from which an earlier order has left.
    if (!isNotKnown)
        m_panel->say(outcome.kind == Kind::NotOrdered ? tr("The request was refused: no restore was ordered.")
                                                      : tr("This order has not been sent."));
    showLooking();
}

/// What is being looked at, while the order of this page is not known yet.
void ReviewPage::showLooking()
{
    const auto *notKnown = std::get_if<NotKnown>(&m_state);
    m_unknown->setVisible(notKnown != nullptr);
    const OrderView *view = notKnown != nullptr ? context().session().orders().view(notKnown->key) : nullptr;
    if (!view)
        return;
    m_unknown->setKind(isAutomated(view->order.mode));
    m_panel->say(viewDetails(*view).join(QLatin1Char(' ')));
}

void ReviewPage::showOrdering()
{
    m_panel->follow(order());
    const bool isOrdering = order() != nullptr;
    // Fields that are disabled would give the keyboard to Back or Cancel.
    if (isOrdering) {
        m_panel->takeKeyboard();
        bringIntoView(m_panel);
    }
    for (QWidget *part : std::initializer_list<QWidget *>{m_typedName, m_safety, m_findings, m_checklist, m_conflicts})
        part->setEnabled(!isOrdering);
    Q_EMIT completeChanged();
}

} // namespace tidemark
