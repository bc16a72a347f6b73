#pragma once

#include <QAbstractItemModel>
#include <QString>

class QAbstractItemView;
class QHeaderView;

namespace tidemark {

/// What a cell shows, in one line and without tab stops. Links in it are masked: whoever has one can download the
/// archive.
QString copiedCell(const QModelIndex &index);

/// All that a cell shows, for a screen reader: its text, the chip's word and the second line, each thing once. Empty
/// where that is no more than its text.
QString spokenCell(const QModelIndex &index);

/// The rows from top to bottom, a line each, with the columns that the header shows in its order between tab stops.
/// More than one row has the header as its first line. `rows`: an index of each.
QString copiedRows(QModelIndexList rows, const QHeaderView &header);

/// What hovering over a cell says: its whole text where the view cuts it off, and what the model's tool tip adds to it.
QString toolTipOf(const QAbstractItemView &view, const QModelIndex &index);

} // namespace tidemark
