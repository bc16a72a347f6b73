#include "ui/widgets/column_layout.h"

#include "ui/widgets/column_widths.h"

#include <QEvent>
#include <QHeaderView>
#include <QMenu>
#include <QMouseEvent>
#include <QScopedValueRollback>
#include <QScreen>
#include <QSet>
#include <QSettings>
#include <QTreeView>

#include <algorithm>
#include <cmath>

namespace tidemark {

namespace {

constexpr int MeasuredRows = 32; ///< of a list of any length, half of them those in view
constexpr int WidestFit = 42;    ///< characters: one long text does not push all other columns out of view
constexpr int LeastCut = 22;     ///< characters: a text that is shorter is not cut for other columns
constexpr int Gap = 2;           ///< characters between the longest text of a column and the next column

// Below the list's own key.
const QString ColumnsKey = QStringLiteral("/columns");
const QString SortKey = QStringLiteral("/sort");

} // namespace

ColumnLayout::ColumnLayout(QAbstractItemView *view, QHeaderView *header, std::vector<ItemColumn> columns,
                           std::optional<ItemSort> sort, QString key, QSettings &settings)
    : QObject(view)
    , m_view(view)
    , m_header(header)
    , m_columns(std::move(columns))
    , m_sort(sort)
    , m_key(std::move(key))
    , m_settings(settings)
{
    Q_ASSERT(static_cast<int>(m_columns.size()) == header->count());
    for (const ItemColumn &column : m_columns)
        m_states[column.section] = {};
    header->setStretchLastSection(false); // it would squeeze the last column where the others need all the room
    header->setSectionsMovable(true);
    header->setTextElideMode(Qt::ElideRight);
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setResizeContentsPrecision(MeasuredRows);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    restore();
    if (sort) {
        const ItemSort kept = readSort(*sort);
        header->setSortIndicator(kept.section, kept.order);
        connect(header, &QHeaderView::sortIndicatorChanged, this, &ColumnLayout::saveSort);
    }

    connect(header, &QHeaderView::sectionResized, this, &ColumnLayout::onResized);
    connect(header, &QHeaderView::sectionMoved, this, [this] {
        if (m_isPlacing)
            return;
        saveColumns();
        layOut();
    });
    connect(header, &QHeaderView::sectionHandleDoubleClicked, this, [this](int section) {
        // The view, which heard of it first, has fitted the column: that is what the person asked for.
        m_states[section].characters = double(m_header->sectionSize(section)) / character();
        saveColumns();
        layOut();
    });
    connect(header, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        auto *menu = new QMenu(m_view);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        addTo(*menu);
        menu->popup(m_header->viewport()->mapToGlobal(position));
    });
    header->viewport()->installEventFilter(this);
    view->installEventFilter(this);
    view->viewport()->installEventFilter(this);

    m_fitLater.setSingleShot(true);
    m_fitLater.setInterval(std::chrono::milliseconds(500)); // rows that change all the time are not measured each time
    connect(&m_fitLater, &QTimer::timeout, this, [this] {
        if (m_view->isVisible())
            fit();
    });
    const QAbstractItemModel *model = view->model();
    connect(model, &QAbstractItemModel::rowsInserted, this, &ColumnLayout::fitLater);
    connect(model, &QAbstractItemModel::modelReset, this, &ColumnLayout::fitLater);
    connect(model, &QAbstractItemModel::dataChanged, this, &ColumnLayout::fitLater);
    fit();
}

// What is kept --------------------------------------------------------------------------------------------------------

/// "id:characters:shown" or "id:characters:hidden"; 0 characters: as wide as what it holds.
std::optional<ColumnLayout::Kept> ColumnLayout::readColumn(const QString &text) const
{
    const QStringList parts = text.split(QLatin1Char(':'));
    if (parts.size() != 3)
        return {};
    const auto known = std::ranges::find(m_columns, parts[0], &ItemColumn::id);
    bool isNumber = false;
    const double characters = parts[1].toDouble(&isNumber);
    const bool isShown = parts[2] == QLatin1String("shown");
    if (known == m_columns.end() || !isNumber || !std::isfinite(characters) || characters < 0)
        return {};
    if (!isShown && (parts[2] != QLatin1String("hidden") || known == m_columns.begin()))
        return {};
    return Kept{known->section, characters, isShown};
}

/// All or nothing: what another version or anybody else wrote is no order of these columns.
std::optional<std::vector<ColumnLayout::Kept>> ColumnLayout::readColumns() const
{
    const QStringList texts = m_settings.value(m_key + ColumnsKey).toStringList();
    std::vector<Kept> columns;
    QSet<int> sections;
    for (const QString &text : texts) {
        const std::optional<Kept> column = readColumn(text);
        if (!column || sections.contains(column->section))
            return {};
        sections.insert(column->section);
        columns.push_back(*column);
    }
    if (columns.size() != m_columns.size())
        return {};
    // The branches of a tree stay at its beginning.
    if (!m_header->isFirstSectionMovable() && columns.front().section != m_columns.front().section)
        return {};
    return columns;
}

ItemSort ColumnLayout::readSort(const ItemSort &fallback) const
{
    const QStringList parts = m_settings.value(m_key + SortKey).toString().split(QLatin1Char(':'));
    const auto known = std::ranges::find(m_columns, parts.front(), &ItemColumn::id);
    if (parts.size() != 2 || known == m_columns.end())
        return fallback;
    if (parts[1] == QLatin1String("ascending"))
        return {known->section, Qt::AscendingOrder};
    if (parts[1] == QLatin1String("descending"))
        return {known->section, Qt::DescendingOrder};
    return fallback;
}

void ColumnLayout::restore()
{
    const QScopedValueRollback placing(m_isPlacing, true);
    std::vector<Kept> columns;
    if (auto kept = readColumns()) {
        columns = std::move(*kept);
    } else {
        for (const ItemColumn &column : m_columns)
            columns.push_back({column.section, 0, column.isShown});
    }
    for (int place = 0; place < static_cast<int>(columns.size()); ++place) {
        const Kept &column = columns[static_cast<size_t>(place)];
        State &state = m_states[column.section];
        state.characters = column.characters;
        state.isShown = column.isShown;
        m_header->moveSection(m_header->visualIndex(column.section), place);
        m_header->setSectionHidden(column.section, !state.isShown || !state.isOffered);
    }
}

void ColumnLayout::reset()
{
    m_settings.remove(m_key + ColumnsKey);
    restore();
    if (m_sort)
        m_header->setSortIndicator(m_sort->section, m_sort->order);
    m_isFitted = false;
    fit();
}

void ColumnLayout::saveColumns()
{
    QStringList texts;
    for (int place = 0; place < m_header->count(); ++place) {
        const int section = m_header->logicalIndex(place);
        const State &state = m_states[section];
        texts << QStringLiteral("%1:%2:%3")
                     .arg(std::ranges::find(m_columns, section, &ItemColumn::section)->id,
                          QString::number(state.characters, 'f', 2),
                          state.isShown ? QStringLiteral("shown") : QStringLiteral("hidden"));
    }
    m_settings.setValue(m_key + ColumnsKey, texts);
}

void ColumnLayout::saveSort(int section, Qt::SortOrder order)
{
    const auto column = std::ranges::find(m_columns, section, &ItemColumn::section);
    if (column != m_columns.end())
        m_settings.setValue(
            m_key + SortKey,
            column->id + (order == Qt::AscendingOrder ? QStringLiteral(":ascending") : QStringLiteral(":descending")));
}

// What the person does ------------------------------------------------------------------------------------------------

bool ColumnLayout::eventFilter(QObject *watched, QEvent *event)
{
    const bool isHeader = watched == m_header->viewport();
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        m_isDragging = isHeader && static_cast<QMouseEvent *>(event)->button() == Qt::LeftButton;
        break;
    case QEvent::MouseButtonRelease:
        if (isHeader && m_isDragging) {
            m_isDragging = false;
            layOut();
        }
        break;
    case QEvent::Resize:
        if (watched == m_view->viewport())
            layOut();
        break;
    case QEvent::Show:
        if (watched == m_view)
            fit();
        break;
    case QEvent::FontChange:
    case QEvent::StyleChange:
        if (watched == m_view) {
            m_isFitted = false;
            fitLater();
        }
        break;
    default:
        break;
    }
    return false;
}

void ColumnLayout::onResized(int section, int oldSize, int newSize)
{
    if (m_isPlacing || !m_isDragging || oldSize == 0 || newSize == 0)
        return;
    m_states[section].characters = double(newSize) / character();
    saveColumns();
}

void ColumnLayout::setShown(int section, bool isShown)
{
    m_states[section].isShown = isShown;
    {
        const QScopedValueRollback placing(m_isPlacing, true);
        m_header->setSectionHidden(section, !isShown || !m_states[section].isOffered);
    }
    saveColumns();
    fit();
}

void ColumnLayout::setOffered(int section, bool isOffered)
{
    State &state = m_states[section];
    state.isOffered = isOffered;
    const QScopedValueRollback placing(m_isPlacing, true);
    m_header->setSectionHidden(section, !state.isShown || !isOffered);
    layOut();
}

void ColumnLayout::addTo(QMenu &menu)
{
    for (int place = 0; place < m_header->count(); ++place) {
        const int section = m_header->logicalIndex(place);
        const State &state = m_states[section];
        if (!state.isOffered)
            continue;
        QAction *action = menu.addAction(m_view->model()->headerData(section, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(state.isShown);
        action->setEnabled(section != m_columns.front().section);
        connect(action, &QAction::toggled, this, [this, section](bool isShown) { setShown(section, isShown); });
    }
    menu.addSeparator();
    connect(menu.addAction(tr("Reset columns")), &QAction::triggered, this, &ColumnLayout::reset);
}

// Widths --------------------------------------------------------------------------------------------------------------

/// At once for the first rows, which would be seen in the wrong places otherwise. What nobody sees is fitted when it is
/// shown.
void ColumnLayout::fitLater()
{
    if (!m_view->isVisible())
        return;
    if (!m_isFitted)
        fit();
    else if (!m_fitLater.isActive())
        m_fitLater.start();
}

void ColumnLayout::fit()
{
    m_fitLater.stop();
    const QModelIndexList rows = sample();
    for (const ItemColumn &column : m_columns) {
        State &state = m_states[column.section];
        if (m_header->isSectionHidden(column.section))
            continue; // it is measured when it is shown
        const int needed = contentWidth(column, rows);
        // Once they have been seen, columns do not become narrower under the person's eyes.
        state.fit = m_isFitted ? std::max(state.fit, needed) : needed;
    }
    m_isFitted = !rows.isEmpty() && m_view->isVisible();
    layOut();
}

/// Rows from all over the list and those in view, which are what the person compares, with the first of their
/// children.
QModelIndexList ColumnLayout::sample() const
{
    const QAbstractItemModel &model = *m_view->model();
    const int count = model.rowCount(m_view->rootIndex());
    const int spread = std::min(count, MeasuredRows / 2);
    QModelIndexList rows;
    for (int i = 0; i < spread; ++i)
        rows << model.index(int(qint64(i) * count / spread), 0, m_view->rootIndex());
    QModelIndex top = m_view->indexAt(QPoint(0, 0));
    while (top.parent().isValid())
        top = top.parent();
    const int first = std::max(0, top.row());
    for (int row = first; row < std::min(count, first + MeasuredRows / 2); ++row)
        rows << model.index(row, 0, m_view->rootIndex());
    if (qobject_cast<const QTreeView *>(m_view) != nullptr) {
        const qsizetype tops = rows.size();
        for (qsizetype i = 0; i < tops && rows.size() < 2 * MeasuredRows; ++i) {
            const QModelIndex row = rows.at(i);
            // Those of a closed row, too: what opens makes nothing move.
            for (int child = 0; child < std::min(model.rowCount(row), MeasuredRows / 4); ++child)
                rows << model.index(child, 0, row);
        }
    }
    return rows;
}

int ColumnLayout::contentWidth(const ItemColumn &column, const QModelIndexList &rows) const
{
    const auto *tree = qobject_cast<const QTreeView *>(m_view);
    const bool isIndented = tree != nullptr && column.section == m_columns.front().section;
    int width = 0;
    for (const QModelIndex &row : rows) {
        const int levels = isIndented ? int(row.parent().isValid()) + int(tree->rootIsDecorated()) : 0;
        const int indentation = levels > 0 ? levels * tree->indentation() : 0;
        width = std::max(width, indentation + m_view->sizeHintForIndex(row.siblingAtColumn(column.section)).width());
    }
    return std::max(
        {width + Gap * character(), column.characters * character(), m_header->sectionSizeHint(column.section)});
}

int ColumnLayout::widthOf(const State &state) const
{
    const double wanted =
        state.characters > 0 ? state.characters * character() : double(std::min(state.fit, WidestFit * character()));
    return qRound(qBound<double>(m_header->minimumSectionSize(), wanted, m_view->screen()->availableSize().width()));
}

void ColumnLayout::layOut()
{
    if (m_isDragging)
        return;
    const QScopedValueRollback placing(m_isPlacing, true);
    int left = m_view->viewport()->width();
    std::vector<std::pair<int, int>> widths; // by section
    for (int place = 0; place < m_header->count(); ++place) {
        if (const int section = m_header->logicalIndex(place); !m_header->isSectionHidden(section)) {
            widths.emplace_back(section, widthOf(m_states[section]));
            left -= widths.back().second;
        }
    }
    std::vector<int *> cut, last; // what names the row: only where the others are seen with it
    for (auto &[section, width] : widths) {
        if (section != widths.back().first && m_states[section].characters == 0)
            (section == m_columns.front().section ? last : cut).push_back(&width);
    }
    left += cutLongColumns(cut, LeastCut * character(), -left);
    if (!last.empty() && -left <= *last.front() - LeastCut * character())
        left += cutLongColumns(last, LeastCut * character(), -left);
    for (auto &[section, width] : widths) {
        // What is left over goes to the columns with long texts, and then to the last one.
        const State &state = m_states[section];
        const int more = section == widths.back().first ? left : std::min(left, state.fit - width);
        if (state.characters == 0 && more > 0) {
            width += more;
            left -= more;
        }
        m_header->resizeSection(section, width);
    }
}

int ColumnLayout::character() const
{
    return std::max(1, m_view->fontMetrics().averageCharWidth());
}

} // namespace tidemark
