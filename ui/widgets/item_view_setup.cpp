#include "ui/widgets/item_view_setup.h"

#include "ui/look/row_delegate.h"
#include "ui/widgets/cell_texts.h"
#include "ui/widgets/tool_tip_text.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QSettings>
#include <QTableView>
#include <QToolTip>
#include <QTreeView>

namespace tidemark {

int ItemViewSetup::rowHeight() const
{
    return u(m_rowUnits);
}

ItemViewSetup::ItemViewSetup(QTreeView *view, QAbstractItemModel *model, ItemViewOptions options, QSettings &settings)
    : QObject(view)
    , m_view(view)
    , m_settings(settings)
    , m_rowUnits(options.rowUnits)
    , m_copy(new QAction(tr("Copy"), view))
{
    view->setUniformRowHeights(!options.rowsDiffer);
    view->setAllColumnsShowFocus(true);
    const bool isSorted = options.sort.has_value();
    setUp(model, view->header(), std::move(options), settings);
    view->setSortingEnabled(isSorted);
}

ItemViewSetup::ItemViewSetup(QTableView *view, QAbstractItemModel *model, ItemViewOptions options, QSettings &settings)
    : QObject(view)
    , m_view(view)
    , m_settings(settings)
    , m_rowUnits(options.rowUnits)
    , m_copy(new QAction(tr("Copy"), view))
{
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setTabKeyNavigation(false); // Tab leaves it
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(rowHeight());
    const bool isSorted = options.sort.has_value();
    setUp(model, view->horizontalHeader(), std::move(options), settings);
    view->setSortingEnabled(isSorted);
}

void ItemViewSetup::setUp(QAbstractItemModel *model, QHeaderView *header, ItemViewOptions options, QSettings &settings)
{
    // Before the view hears of it: see leaveRows().
    connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this, &ItemViewSetup::leaveRows);
    if (m_view->model() != model)
        m_view->setModel(model);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setItemDelegate(new RowDelegate(m_view));
    giveSelectionLook(m_view);
    m_view->viewport()->setAttribute(Qt::WA_Hover);
    m_view->setTextElideMode(Qt::ElideRight); // the first words say it
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_header = header;
    m_key = QStringLiteral("lists/") + options.name;
    m_columns = new ColumnLayout(m_view, header, std::move(options.columns), options.sort, m_key, settings);

    m_copy->setObjectName(QStringLiteral("copyRows"));
    m_copy->setShortcut(QKeySequence::Copy);
    m_copy->setShortcutContext(Qt::WidgetShortcut);
    m_view->addAction(m_copy);
    connect(m_copy, &QAction::triggered, this, [this] {
        const QModelIndexList rows = selectedRows();
        if (!rows.isEmpty())
            QGuiApplication::clipboard()->setText(copiedRows(rows, *m_header));
    });
    connect(m_view, &QAbstractItemView::doubleClicked, this, [this] {
        if (m_activate && m_isPlainDoubleClick)
            m_activate();
    });
    m_view->installEventFilter(this);
    m_view->viewport()->installEventFilter(this);
    header->viewport()->installEventFilter(this);
}

void ItemViewSetup::setDefaultAction(QAction *action)
{
    m_default = action;
    setActivate([action] { action->trigger(); });
}

void ItemViewSetup::setActivate(std::function<void()> activate)
{
    m_activate = std::move(activate);
    // A double click that does something else would also open the row beneath the pointer.
    if (auto *tree = qobject_cast<QTreeView *>(m_view))
        tree->setExpandsOnDoubleClick(false);
}

void ItemViewSetup::keepOpen(int idRole)
{
    auto *tree = qobject_cast<QTreeView *>(m_view);
    Q_ASSERT(tree != nullptr);
    const auto eachRow = [model = tree->model(), idRole](const auto &visit) {
        for (int row = 0; row < model->rowCount(); ++row) {
            const QModelIndex index = model->index(row, 0);
            visit(index, index.data(idRole).toString());
        }
    };
    connect(tree->model(), &QAbstractItemModel::modelAboutToBeReset, this, [this, tree, eachRow] {
        m_open.clear();
        eachRow([&](const QModelIndex &index, const QString &id) {
            if (tree->isExpanded(index))
                m_open.insert(id);
        });
    });
    connect(tree->model(), &QAbstractItemModel::modelReset, this, [this, tree, eachRow] {
        eachRow([&](const QModelIndex &index, const QString &id) {
            if (m_open.contains(id))
                tree->expand(index);
        });
    });
}

void ItemViewSetup::rememberFilter(QLineEdit *filter)
{
    const QString key = m_key + QStringLiteral("/filter");
    filter->setText(m_settings.value(key).toString());
    connect(filter, &QLineEdit::textChanged, this, [this, key](const QString &text) {
        // A link that somebody looks for is a secret, and settings are no place for one.
        m_settings.setValue(key, text.contains(QLatin1String("://")) ? QString() : text);
    });
}

void ItemViewSetup::repaintColumn(int column)
{
    m_view->viewport()->update(m_header->sectionViewportPosition(column), 0, m_header->sectionSize(column),
                               m_view->viewport()->height());
}

int ItemViewSetup::heightFor(int rows) const
{
    return rows * rowHeight() + m_header->sizeHint().height() + 2 * m_view->frameWidth();
}

/// A view whose chosen row goes, because of the filter or with its thing, chooses the next one by itself, and what
/// the person then presses would be done to that one. So the choice ends with its row; this has to be done before the
/// view acts.
void ItemViewSetup::leaveRows(const QModelIndex &parent, int first, int last)
{
    QModelIndex index = m_view->currentIndex();
    while (index.isValid() && index.parent() != parent)
        index = index.parent();
    if (!index.isValid() || index.row() < first || index.row() > last)
        return;
    if (m_view->selectionMode() == QAbstractItemView::SingleSelection)
        m_view->selectionModel()->clear();
    else
        m_view->selectionModel()->clearCurrentIndex(); // the other rows stay chosen
}

QModelIndexList ItemViewSetup::selectedRows() const
{
    return m_view->selectionModel()->selectedRows();
}

bool ItemViewSetup::eventFilter(QObject *watched, QEvent *event)
{
    const bool isView = watched == m_view;
    const bool isViewport = watched == m_view->viewport();
    switch (event->type()) {
    case QEvent::MouseButtonDblClick:
        if (isViewport) {
            const auto *mouse = static_cast<QMouseEvent *>(event);
            m_isPlainDoubleClick = mouse->button() == Qt::LeftButton && mouse->modifiers() == Qt::NoModifier;
        }
        return false;
    case QEvent::KeyPress:
        return isView && onKey(*static_cast<QKeyEvent *>(event));
    case QEvent::ContextMenu: {
        if (!isView && !isViewport)
            return false;
        const auto *menu = static_cast<QContextMenuEvent *>(event);
        if (menu->reason() == QContextMenuEvent::Keyboard)
            openMenuAtCurrent();
        else if (isViewport)
            openMenu(m_view->indexAt(menu->pos()), menu->globalPos());
        return isViewport || menu->reason() == QContextMenuEvent::Keyboard;
    }
    case QEvent::ToolTip:
        if (isViewport)
            showToolTip(*static_cast<QHelpEvent *>(event));
        else if (!isView)
            showHeaderToolTip(*static_cast<QHelpEvent *>(event));
        return !isView;
    case QEvent::FontChange:
        if (auto *table = qobject_cast<QTableView *>(m_view); table && isView)
            table->verticalHeader()->setDefaultSectionSize(rowHeight());
        return false;
    default:
        return false;
    }
}

bool ItemViewSetup::onKey(const QKeyEvent &event)
{
    const bool isMenuKey =
        event.key() == Qt::Key_Menu ||
        (event.key() == Qt::Key_F10 && event.modifiers() == Qt::KeyboardModifiers(Qt::ShiftModifier));
    if (isMenuKey) {
        openMenuAtCurrent();
        return true;
    }
    const bool isEnter = (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) &&
                         (event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    // A row that only has the keyboard was not chosen: nothing is done to it.
    if (!isEnter || !m_activate || !m_view->selectionModel()->isSelected(m_view->currentIndex()))
        return false;
    if (!event.isAutoRepeat())
        m_activate();
    return true;
}

void ItemViewSetup::openMenuAtCurrent()
{
    const QModelIndex current = m_view->currentIndex();
    if (current.isValid()) {
        if (!m_view->selectionModel()->isSelected(current))
            m_view->setCurrentIndex(current);
        m_view->scrollTo(current);
    }
    const QRect cell = m_view->visualRect(current) & m_view->viewport()->rect();
    openMenu(current, m_view->viewport()->mapToGlobal(current.isValid() ? cell.center() : QPoint()));
}

void ItemViewSetup::openMenu(const QModelIndex &index, const QPoint &globalPosition)
{
    auto *menu = new QMenu(m_view);
    menu->setObjectName(QStringLiteral("itemViewMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true); // why something cannot be done
    if (m_addActions)
        m_addActions(*menu);
    if (m_default != nullptr)
        menu->setDefaultAction(m_default);
    menu->addSeparator();
    QAction *copyCell = menu->addAction(tr("Copy cell"));
    copyCell->setObjectName(QStringLiteral("copyCell"));
    copyCell->setEnabled(!copiedCell(index).isEmpty());
    connect(copyCell, &QAction::triggered, this,
            [text = copiedCell(index)] { QGuiApplication::clipboard()->setText(text); });
    QAction *copyRows =
        menu->addAction(selectedRows().size() > 1 ? tr("Copy rows") : tr("Copy row"), m_copy, &QAction::trigger);
    copyRows->setShortcut(QKeySequence::Copy);
    copyRows->setEnabled(!selectedRows().isEmpty());
    m_columns->addTo(*menu->addMenu(tr("Columns")));
    menu->popup(globalPosition);
}

void ItemViewSetup::showToolTip(const QHelpEvent &event)
{
    const QModelIndex index = m_view->indexAt(event.pos());
    const QString text = index.isValid() ? toolTipOf(*m_view, index) : QString();
    QToolTip::showText(event.globalPos(), toolTipText(text), m_view->viewport(), m_view->visualRect(index));
}

void ItemViewSetup::showHeaderToolTip(const QHelpEvent &event)
{
    const int section = m_header->logicalIndexAt(event.pos());
    if (section < 0 || m_header->sectionSizeHint(section) <= m_header->sectionSize(section)) {
        QToolTip::hideText();
        return;
    }
    QToolTip::showText(event.globalPos(),
                       toolTipText(m_header->model()->headerData(section, m_header->orientation()).toString()),
                       m_header->viewport());
}

} // namespace tidemark
