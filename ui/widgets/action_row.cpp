#include "ui/widgets/action_row.h"

#include "ui/look/icons.h"
#include "ui/look/keep.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QHash>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace tidemark {

static void addButton(QHBoxLayout *layout, QToolButton *button)
{
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    keepMeasures(button, [button] { button->setIconSize(QSize(u(5), u(5))); });
    layout->addWidget(button);
}

ActionRow::ActionRow(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
    , m_more(new QToolButton)
    , m_folded(new QMenu(m_more))
{
    m_layout->setContentsMargins({});
    m_more->setObjectName(QStringLiteral("moreActions"));
    m_more->setText(tr("More"));
    m_more->setToolTip(tr("What there is no room for beside it"));
    m_more->setIcon(lookIcon(QStringLiteral("more")));
    m_folded->setToolTipsVisible(true); // why something cannot be done
    m_more->setMenu(m_folded);
    m_more->setPopupMode(QToolButton::InstantPopup);
    addButton(m_layout, m_more);
    m_more->hide();
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
        {QStringLiteral("undoRestore"), QStringLiteral("shield")},
        {QStringLiteral("stopFollowing"), QStringLiteral("cancelled")},
        {QStringLiteral("stopFollowingUnlisted"), QStringLiteral("cancelled")},
        {QStringLiteral("downloadSnapshot"), QStringLiteral("download")},
        {QStringLiteral("restoreSnapshot"), QStringLiteral("cluster-restore")},
        {QStringLiteral("lookAgain"), QStringLiteral("search")},
        {QStringLiteral("showFitting"), QStringLiteral("target")},
        {QStringLiteral("isThisOne"), QStringLiteral("check")},
        {QStringLiteral("notMine"), QStringLiteral("cancelled")},
        {QStringLiteral("showOrderJson"), QStringLiteral("json")},
        {QStringLiteral("forgetOrder"), QStringLiteral("erase")},
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
    addButton(m_layout, button);
    m_buttons.push_back(button);
    // Behind the last of them, for the eye and for the Tab key.
    m_layout->removeWidget(m_more);
    m_layout->addWidget(m_more);
    setTabOrder(button, m_more);
}

void ActionRow::addWidget(QWidget *widget, int stretch)
{
    m_layout->addWidget(widget, stretch);
}

void ActionRow::addStretch()
{
    m_layout->addStretch(1);
}

/// Of all that stands in the row beside the buttons, with the space before each.
int ActionRow::widthOfOthers(bool isLeast) const
{
    int width = 0;
    for (int i = 0; i < m_layout->count(); ++i) {
        const QWidget *widget = m_layout->itemAt(i)->widget();
        const bool isButton = widget == m_more || std::ranges::find(m_buttons, widget) != m_buttons.end();
        if (widget == nullptr || isButton || widget->isHidden())
            continue;
        const QSize size = isLeast ? m_layout->itemAt(i)->minimumSize() : m_layout->itemAt(i)->sizeHint();
        width += size.width() + m_layout->spacing();
    }
    return width;
}

QSize ActionRow::sizeHint() const
{
    int width = widthOfOthers(false);
    int height = m_layout->sizeHint().height();
    for (const QToolButton *button : m_buttons) {
        width += button->sizeHint().width() + m_layout->spacing();
        height = std::max(height, button->sizeHint().height());
    }
    return {width, height};
}

QSize ActionRow::minimumSizeHint() const
{
    const int more = m_buttons.empty() ? 0 : m_more->sizeHint().width();
    return {widthOfOthers(true) + more, sizeHint().height()};
}

void ActionRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fold();
}

bool ActionRow::event(QEvent *event)
{
    const bool done = QWidget::event(event);
    // A button's text, the font, or what stands beside the buttons is another one.
    if (event->type() == QEvent::LayoutRequest)
        fold();
    return done;
}

void ActionRow::fold()
{
    std::vector<int> widths;
    for (const QToolButton *button : m_buttons)
        widths.push_back(button->sizeHint().width());
    const size_t shown =
        buttonsThatFit(widths, m_more->sizeHint().width(), m_layout->spacing(), width() - widthOfOthers(false));
    bool isFocusFolded = false;
    for (size_t i = 0; i < m_buttons.size(); ++i) {
        QToolButton *button = m_buttons[i];
        const bool isFolded = i >= shown;
        if (isFolded == button->isHidden())
            continue;
        isFocusFolded = isFocusFolded || (isFolded && button->hasFocus());
        QAction *action = button->defaultAction();
        if (isFolded) {
            const auto after = std::find_if(
                m_buttons.begin() + std::ptrdiff_t(i) + 1, m_buttons.end(),
                [this](const QToolButton *next) { return m_folded->actions().contains(next->defaultAction()); });
            m_folded->insertAction(after == m_buttons.end() ? nullptr : (*after)->defaultAction(), action);
        } else {
            m_folded->removeAction(action);
        }
        button->setVisible(!isFolded);
    }
    m_more->setVisible(!m_folded->isEmpty());
    if (isFocusFolded)
        m_more->setFocus(Qt::OtherFocusReason);
}

size_t buttonsThatFit(const std::vector<int> &widths, int moreWidth, int spacing, int room)
{
    int all = -spacing;
    for (const int width : widths)
        all += width + spacing;
    if (all <= room)
        return widths.size();
    int used = moreWidth;
    for (size_t i = 0; i < widths.size(); ++i) {
        used += widths[i] + spacing;
        if (used > room)
            return i;
    }
    return widths.size();
}

} // namespace tidemark
