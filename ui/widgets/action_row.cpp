#include "ui/widgets/action_row.h"

#include <QAction>
#include <QHBoxLayout>
#include <QToolButton>

namespace tidemark {

ActionRow::ActionRow(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
{
    m_layout->setContentsMargins({});
}

void ActionRow::addAction(QAction *action)
{
    auto *button = new QToolButton;
    button->setDefaultAction(action);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    m_layout->addWidget(button);
}

void ActionRow::addWidget(QWidget *widget, int stretch)
{
    m_layout->addWidget(widget, stretch);
}

void ActionRow::addStretch()
{
    m_layout->addStretch(1);
}

} // namespace tidemark
