#include "ui/main_actions.h"

#include "ui/connection_block.h"
#include "ui/freshness_label.h"
#include "ui/look/icons.h"
#include "ui/look/keep.h"

#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>

#include <algorithm>

namespace tidemark {

MainActions::MainActions(QMainWindow &window)
    : QObject(&window)
    , newRestore(make(QStringLiteral("newRestore"), tr("&New restore…"), QKeySequence::New))
    , connections(make(QStringLiteral("connectionsAction"), tr("&Connections…"), Qt::CTRL | Qt::Key_K))
    , quit(make(QStringLiteral("quit"), tr("&Quit"), QKeySequence::Quit))
    , filter(make(QStringLiteral("filterList"), {}, {}))
    , refresh(make(QStringLiteral("refresh"), tr("&Refresh"), QKeySequence::Refresh))
    , messages(make(QStringLiteral("messagesAction"), tr("&Messages…"), Qt::CTRL | Qt::Key_M))
    , openPlan(make(QStringLiteral("openPlanAction"), tr("Open &plan…"), QKeySequence::Open))
    , history(make(QStringLiteral("historyAction"), tr("&History…"), Qt::CTRL | Qt::Key_H))
    , about(make(QStringLiteral("aboutAction"), tr("&About Tidemark"), {}))
    , m_window(window)
    , m_bar(window.addToolBar(tr("Main tool bar")))
    , m_freshness(new FreshnessLabel)
    , m_connection(new ConnectionBlock)
{
    // The lines themselves listen to the key, each while its list is seen.
    filter->setText(tr("&Filter the list") + QLatin1Char('\t') +
                    QKeySequence(QKeySequence::Find).toString(QKeySequence::NativeText));
    m_bar->setObjectName(QStringLiteral("mainToolBar"));
    m_bar->setMovable(false);
    m_bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    keepMeasures(m_bar, [this] { m_bar->setIconSize(QSize(u(5), u(5))); });
    m_bar->setContextMenuPolicy(Qt::PreventContextMenu);
    newRestore->setEnabled(false);
    history->setEnabled(false);
    addToBar(newRestore, QStringLiteral("new-restore"));
    addToBar(connections, QStringLiteral("connections"));
    addToBar(messages, QStringLiteral("info"));
    addToBar(refresh, QStringLiteral("refresh"));
    m_bar->addWidget(m_freshness);
    auto *space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_bar->addWidget(space);
    m_bar->addWidget(m_connection);
    const QStringList tabs{tr("Restore &jobs"), tr("&Downloads"), tr("&Snapshots")};
    for (int i = 0; i < tabs.size(); ++i)
        m_showTabs.push_back(make(QStringLiteral("showTab%1").arg(i + 1), tabs.at(i),
                                  QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + i))));
    for (QAction *action : {newRestore, connections, quit, filter, refresh, messages, openPlan, history, about})
        window.addAction(action);
    for (QAction *action : m_showTabs)
        window.addAction(action);
    quit->setMenuRole(QAction::QuitRole);
    about->setMenuRole(QAction::AboutRole);
}

QAction *MainActions::make(const QString &objectName, const QString &text, const QKeySequence &shortcut)
{
    auto *action = new QAction(text, this);
    action->setObjectName(objectName);
    action->setShortcut(shortcut);
    return action;
}

void MainActions::addToBar(QAction *action, const QString &icon)
{
    action->setIcon(lookIcon(icon));
    action->setToolTip(tr("%1 (%2)").arg(action->iconText(), action->shortcut().toString(QKeySequence::NativeText)));
    m_bar->addAction(action);
    QWidget *button = m_bar->widgetForAction(action);
    button->setFocusPolicy(Qt::TabFocus);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
}

QMenu *MainActions::addMenu(const QString &objectName, const QString &title, const Actions &actions)
{
    QMenu *menu = m_window.menuBar()->addMenu(title);
    fill(menu, objectName, actions);
    return menu;
}

void MainActions::fill(QMenu *menu, const QString &objectName, const Actions &actions)
{
    menu->setObjectName(objectName);
    menu->setToolTipsVisible(true); // why something cannot be done
    for (QAction *action : actions) {
        if (action != nullptr)
            menu->addAction(action);
        else
            menu->addSeparator();
    }
}

void MainActions::fillMenus(const Actions &jobs, const Actions &orders, const Actions &snapshots,
                            const Actions &downloads)
{
    m_window.menuBar()->setObjectName(QStringLiteral("menuBar"));
    addMenu(QStringLiteral("fileMenu"), tr("&File"), {newRestore, connections, nullptr, quit});
    Actions view = m_showTabs;
    view.insert(view.end(), {nullptr, filter, refresh, nullptr, messages});
    addMenu(QStringLiteral("viewMenu"), tr("&View"), view);
    Actions restore = jobs;
    restore.push_back(nullptr);
    restore.insert(restore.end(), snapshots.begin(), snapshots.end());
    QMenu *restoreMenu = addMenu(QStringLiteral("restoreMenu"), tr("&Restore"), restore);
    const QMenu *downloadsMenu = addMenu(QStringLiteral("downloadsMenu"), tr("&Downloads"), downloads);
    addMenu(QStringLiteral("helpMenu"), tr("&Help"), {about});
    restoreMenu->addSeparator();
    QMenu *orderMenu = restoreMenu->addMenu(tr("&Orders not known yet"));
    fill(orderMenu, QStringLiteral("ordersMenu"), orders);
    restoreMenu->addAction(openPlan);
    restoreMenu->addAction(history);
    connect(restoreMenu, &QMenu::aboutToShow, orderMenu, [orderMenu, orders] {
        orderMenu->menuAction()->setEnabled(
            std::any_of(orders.begin(), orders.end(), [](const QAction *one) { return one && one->isEnabled(); }));
    });
    connect(restoreMenu, &QMenu::triggered, this, [this, snapshots](const QAction *action) {
        if (action == history || action == openPlan)
            return; // windows of their own
        Q_EMIT tabUsed(std::find(snapshots.begin(), snapshots.end(), action) == snapshots.end() ? 0 : 2);
    });
    connect(downloadsMenu, &QMenu::triggered, this, [this] { Q_EMIT tabUsed(1); });
}

} // namespace tidemark
