#include "ui/widgets/advice_panel.h"

#include "ui/look/keep.h"
#include "ui/widgets/wrap_layout.h"

#include <QAction>
#include <QToolButton>
#include <QVBoxLayout>

namespace tidemark {

AdvicePanel::AdvicePanel(QWidget *parent)
    : QWidget(parent)
    , m_notice(new NoticePanel)
    , m_row(new QWidget)
    , m_buttons(new WrapLayout(m_row))
{
    setObjectName(QStringLiteral("advice"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_notice);
    layout->addWidget(m_row);
    keepMeasures(this, [layout] { layout->setSpacing(u(2)); });
    hide();
}

void AdvicePanel::say(NoticeKind kind, const QString &title, const QString &sentence,
                      const std::vector<QAction *> &actions)
{
    m_notice->say(kind, title, sentence);
    if (actions != m_actions) {
        m_actions = actions;
        while (QLayoutItem *item = m_buttons->takeAt(0)) {
            item->widget()->hide();
            item->widget()->deleteLater(); // its press may have led here
            delete item;
        }
        for (QAction *action : actions) {
            auto *button = new QToolButton;
            button->setDefaultAction(action);
            button->setObjectName(action->objectName() + QStringLiteral("Advised"));
            button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
            button->setAutoRaise(false);
            button->setFocusPolicy(Qt::StrongFocus);
            keepMeasures(button, [button] { button->setIconSize(QSize(u(5), u(5))); });
            m_buttons->addWidget(button);
        }
    }
    m_row->setVisible(!actions.empty());
    show();
}

void AdvicePanel::clear()
{
    hide();
}

} // namespace tidemark
