#pragma once

#include "ui/widgets/column_layout.h"

#include <QModelIndex>
#include <QObject>
#include <QSet>

#include <functional>
#include <optional>
#include <vector>

class QAbstractItemView;
class QAction;
class QHelpEvent;
class QLineEdit;
class QKeyEvent;
class QMenu;
class QSettings;
class QTableView;
class QTreeView;

namespace tidemark {

/// What one list is, beside its model.
struct ItemViewOptions
{
    QString name; ///< by which settings know it
    std::vector<ItemColumn> columns;
    std::optional<ItemSort> sort; ///< at first; nullopt where the model has an order of its own
    double rowUnits = 8;          ///< height of a table's rows; a tree asks its model
    bool rowsDiffer = false;      ///< rows of a tree have heights of their own; costs time where there are very many
};

/// Height of rows of two lines.
constexpr double TwoLines = 11.5;

/// How every list and tree of the program looks and answers: columns that are remembered, sorting, copying, a default
/// action for Enter and the double click, a context menu for mouse and keyboard, tool tips where a cell is cut off, and
/// a selection that ends with its row. Belongs to the view.
class ItemViewSetup : public QObject
{
    Q_OBJECT

public:
    /// Gives the view its model.
    ItemViewSetup(QTreeView *view, QAbstractItemModel *model, ItemViewOptions options, QSettings &settings);
    ItemViewSetup(QTableView *view, QAbstractItemModel *model, ItemViewOptions options, QSettings &settings);

    /// What Enter and a double click do; where there is nothing of the kind, both are left to the window.
    void setDefaultAction(QAction *action); ///< emphasised in the menu
    void setActivate(std::function<void()> activate);
    /// The view's actions, above those that every list has.
    void setMenu(std::function<void(QMenu &)> addActions) { m_addActions = std::move(addActions); }
    /// Rows of a tree that are open stay so when its model is read anew. `idRole`: by which they are known.
    void keepOpen(int idRole);
    /// What is typed there is kept, and put back now. To be called when the owner listens to it.
    void rememberFilter(QLineEdit *filter);
    /// A column that is not offered is not shown, whatever the person chose.
    void setColumnOffered(int column, bool isOffered) { m_columns->setOffered(column, isOffered); }
    /// Paints the visible cells of a column anew, for texts that change with the time alone.
    void repaintColumn(int column);
    /// Of a view that shows so many rows and no more.
    int heightFor(int rows) const;

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setUp(QAbstractItemModel *model, QHeaderView *header, ItemViewOptions options, QSettings &settings);
    int rowHeight() const;
    void leaveRows(const QModelIndex &parent, int first, int last);
    bool onKey(const QKeyEvent &event);
    void openMenu(const QModelIndex &index, const QPoint &globalPosition);
    void openMenuAtCurrent();
    void showToolTip(const QHelpEvent &event);
    void showHeaderToolTip(const QHelpEvent &event);
    QModelIndexList selectedRows() const;

    QAbstractItemView *m_view;
    QHeaderView *m_header = nullptr;
    ColumnLayout *m_columns = nullptr;
    QSettings &m_settings;
    QString m_key;
    double m_rowUnits;
    QSet<QString> m_open; ///< ids, while the model is being reset
    QAction *m_copy;
    QAction *m_default = nullptr;
    std::function<void()> m_activate;
    bool m_isPlainDoubleClick = false; ///< with the left button and no key: the others choose rows
    std::function<void(QMenu &)> m_addActions;
};

} // namespace tidemark
