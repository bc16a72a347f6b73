#include "ui/widgets/action_row.h"

#include "ui/look/icons.h"
#include "ui/look/keep.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHash>
#include <QToolButton>

namespace tidemark {

ActionRow::ActionRow(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
{
    m_layout->setContentsMargins({});
}

/// By the name of the action, which is the same wherever it stands.
static QString iconOf(const QString &objectName)
{
    static const QHash<QString, QString> icons{
        {QStringLiteral("copyLink"), QStringLiteral("copy-link")},
        {QStringLiteral("repeat"), QStringLiteral("history")},
        {QStringLiteral("showJson"), QStringLiteral("json")},
        {QStringLiteral("saveReport"), QStringLiteral("report")},
        {QStringLiteral("openFolder"), QStringLiteral("folder")},
        {QStringLiteral("nextSteps"), QStringLiteral("next-steps")},
        {QStringLiteral("requestNewLink"), QStringLiteral("copy-link")},
        {QStringLiteral("pauseAll"), QStringLiteral("pause")},
        {QStringLiteral("resumeAll"), QStringLiteral("resume")},
    };
    return icons.value(objectName, objectName); // download, pause, resume, retry, unpack: as they are named
}

void ActionRow::addAction(QAction *action)
{
    if (action->icon().isNull())
        action->setIcon(lookIcon(iconOf(action->objectName())));
    auto *button = new QToolButton;
    button->setDefaultAction(action);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    keepMeasures(button, [button] { button->setIconSize(QSize(u(5), u(5))); });
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
