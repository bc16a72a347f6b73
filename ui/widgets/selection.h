#pragma once

#include <QAbstractItemView>
#include <QItemSelectionModel>

namespace tidemark {

/// The selected row of a view, or an invalid index. Not the current one: a view that only got the keyboard has a
/// current row that nobody chose and that is not shown as chosen.
inline QModelIndex selectedRow(const QAbstractItemView *view)
{
    return view->selectionModel()->selectedRows().value(0);
}

} // namespace tidemark
