#include "ui/downloads/downloads_filter.h"

#include "ui/downloads/downloads_model.h"

namespace tidemark {

DownloadsFilter::DownloadsFilter(QObject *parent)
    : NaturalSortModel(DownloadsModel::SortRole, parent)
{
    setFilterKeyColumn(-1);
    setFilterCaseSensitivity(Qt::CaseInsensitive);
    setRecursiveFilteringEnabled(true);
    setAutoAcceptChildRows(true);
}

void DownloadsFilter::setText(const QString &text)
{
    setFilterFixedString(text.trimmed());
}

bool DownloadsFilter::isQueueOrder() const
{
    return filterRegularExpression().pattern().isEmpty() && sortColumn() == DownloadsModel::PlaceColumn &&
           sortOrder() == Qt::AscendingOrder;
}

bool DownloadsFilter::canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                                      const QModelIndex &parent) const
{
    return isQueueOrder() && !parent.isValid() && NaturalSortModel::canDropMimeData(data, action, row, column, parent);
}

} // namespace tidemark
