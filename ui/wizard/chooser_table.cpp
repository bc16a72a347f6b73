#include "ui/wizard/chooser_table.h"

#include <QHeaderView>
#include <QScopedValueRollback>
#include <QSortFilterProxyModel>

namespace tidemark {

ChooserTable::ChooserTable(QAbstractItemModel *model, int sortRole, QWidget *parent)
    : QTableView(parent)
{
    auto *sorted = new QSortFilterProxyModel(this);
    sorted->setSortRole(sortRole);
    sorted->setSortLocaleAware(true);
    sorted->setSourceModel(model);
    setModel(sorted);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setSortingEnabled(true);
    sortByColumn(0, Qt::DescendingOrder); // newest first
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    // A reset takes the selection away without asking; the owner then says what is chosen.
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_updating = true; });
    connect(sorted, &QAbstractItemModel::modelReset, this, [this] { m_updating = false; });
}

void ChooserTable::fitColumns()
{
    // Of thousands of rows only some are measured; they are alike.
    horizontalHeader()->setResizeContentsPrecision(50);
    resizeColumnsToContents();
}

QModelIndex ChooserTable::chosenRow() const
{
    const QModelIndexList rows = selectionModel()->selectedRows();
    if (rows.isEmpty())
        return {};
    return static_cast<const QSortFilterProxyModel *>(model())->mapToSource(rows.constFirst());
}

void ChooserTable::setChosen(const QModelIndex &source)
{
    if (chosenRow() == source)
        return;
    const QScopedValueRollback updating(m_updating, true);
    if (!source.isValid()) {
        clearSelection();
        return;
    }
    const QModelIndex row = static_cast<const QSortFilterProxyModel *>(model())->mapFromSource(source);
    selectionModel()->setCurrentIndex(row, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(row);
}

void ChooserTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    if (!m_updating)
        Q_EMIT chosen(chosenRow());
}

} // namespace tidemark
