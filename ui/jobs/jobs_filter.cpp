#include "ui/jobs/jobs_filter.h"

#include "ui/jobs/jobs_model.h"

namespace tidemark {

JobsFilter::JobsFilter(JobsModel &model, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setSourceModel(&model);
}

void JobsFilter::setText(const QString &text)
{
    m_text = text.trimmed().toLower();
    invalidateFilter();
}

bool JobsFilter::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    return sourceParent.isValid() || m_text.isEmpty() || m_model.contains(sourceRow, m_text);
}

bool JobsFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    // Shards keep their order beneath a batch, also where the restores are sorted downwards.
    if (left.parent().isValid() && sortOrder() == Qt::DescendingOrder)
        return m_model.isLess(right, left);
    return m_model.isLess(left, right);
}

} // namespace tidemark
