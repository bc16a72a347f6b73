#include "ui/wizard/open_rows.h"

#include "ui/wizard/cluster_model.h"

#include <QScopedValueRollback>
#include <QTreeView>

namespace tidemark {

/// Rows that a search opens: more than any screen shows, and few enough for one key press.
static constexpr int MostOpened = 120;

OpenRows::OpenRows(QTreeView *view, ClusterModel &model)
    : QObject(view)
    , m_view(view)
    , m_model(model)
{
    connect(view, &QTreeView::expanded, this, [this](const QModelIndex &index) { note(index, true); });
    connect(view, &QTreeView::collapsed, this, [this](const QModelIndex &index) { note(index, false); });
}

void OpenRows::note(const QModelIndex &index, bool isOpen)
{
    if (m_isRestoring || m_model.isFiltered())
        return;
    const QString id = index.data(ClusterModel::IdRole).toString();
    if (isOpen)
        m_ids.insert(id);
    else
        m_ids.remove(id);
}

void OpenRows::restore()
{
    const QScopedValueRollback restoring(m_isRestoring, true);
    if (m_model.isFiltered())
        openFound();
    else if (!m_ids.isEmpty())
        openRemembered({});
}

void OpenRows::openFound()
{
    int opened = 0;
    for (int row = 0; row < m_model.rowCount() && opened < MostOpened; ++row) {
        const QModelIndex top = m_model.index(row, 0);
        const int below = m_model.rowCount(top);
        if (below == 0)
            continue;
        if (m_model.cluster(top) == nullptr) {
            m_view->expand(top);
            opened += below;
        }
        // A match may be a shard.
        for (int i = 0; i <= below && opened < MostOpened; ++i) {
            const QModelIndex cluster = m_model.cluster(top) != nullptr ? top : m_model.index(i, 0, top);
            if (m_model.isFound(m_model.index(0, 0, cluster))) {
                m_view->expand(cluster);
                opened += m_model.rowCount(cluster);
            }
            if (cluster == top)
                break;
        }
    }
}

void OpenRows::openRemembered(const QModelIndex &parent)
{
    for (int row = 0; row < m_model.rowCount(parent); ++row) {
        const QModelIndex index = m_model.index(row, 0, parent);
        if (m_ids.contains(index.data(ClusterModel::IdRole).toString()))
            m_view->expand(index);
        if (m_model.cluster(index) == nullptr && m_model.rowCount(index) > 0)
            openRemembered(index);
    }
}

} // namespace tidemark
