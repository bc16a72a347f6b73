#include "ui/wizard/chooser_table.h"

#include "ui/widgets/natural_sort_model.h"

#include <QScopedValueRollback>

namespace tidemark {

ChooserTable::ChooserTable(QAbstractItemModel *model, int sortRole, ItemViewOptions options, QSettings &settings,
                           QWidget *parent)
    : QTableView(parent)
    , m_sorted(new NaturalSortModel(sortRole, this))
{
    m_sorted->setSourceModel(model);
    setSelectionMode(QAbstractItemView::SingleSelection);
    m_setup = new ItemViewSetup(this, m_sorted, std::move(options), settings);
    // A reset takes the selection away without asking; the owner then says what is chosen.
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_updating = true; });
    connect(m_sorted, &QAbstractItemModel::modelReset, this, [this] { m_updating = false; });
}

QModelIndex ChooserTable::chosenRow() const
{
    const QModelIndexList rows = selectionModel()->selectedRows();
    if (rows.isEmpty())
        return {};
    return m_sorted->mapToSource(rows.constFirst());
}

QModelIndex ChooserTable::currentRow() const
{
    return m_sorted->mapToSource(currentIndex());
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
    const QModelIndex row = m_sorted->mapFromSource(source);
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
