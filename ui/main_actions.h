#pragma once

#include <QObject>

#include <vector>

class QAction;
class QMainWindow;
class QMenu;
class QToolBar;

namespace tidemark {

class ConnectionBlock;
class FreshnessLabel;

/// What the main window can do by itself, with the tool bar and the menu bar in which it is found. In the menus are
/// also the actions of the tabs: the same ones, so that what is possible is the same everywhere.
class MainActions : public QObject
{
    Q_OBJECT

public:
    explicit MainActions(QMainWindow &window);

    /// nullptr is a separator.
    using Actions = std::vector<QAction *>;
    /// `orders`: of those that are not known yet, in a menu of their own.
    void fillMenus(const Actions &jobs, const Actions &orders, const Actions &snapshots, const Actions &downloads);
    /// Shows the tab at this place.
    QAction *showTab(int place) const { return m_showTabs[size_t(place)]; }
    FreshnessLabel *freshness() const { return m_freshness; }
    ConnectionBlock *connection() const { return m_connection; }

    QAction *newRestore, *connections, *quit, *filter, *refresh, *messages, *openPlan, *history, *about;

Q_SIGNALS:
    /// An action of that tab was chosen in a menu, wherever the person was.
    void tabUsed(int place);

private:
    QAction *make(const QString &objectName, const QString &text, const QKeySequence &shortcut);
    void addToBar(QAction *action, const QString &icon);
    QMenu *addMenu(const QString &objectName, const QString &title, const Actions &actions);
    static void fill(QMenu *menu, const QString &objectName, const Actions &actions);

    QMainWindow &m_window;
    QToolBar *m_bar;
    FreshnessLabel *m_freshness;
    ConnectionBlock *m_connection;
    Actions m_showTabs;
};

} // namespace tidemark
