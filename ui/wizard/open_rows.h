#pragma once

#include <QObject>
#include <QSet>

class QTreeView;

namespace tidemark {

class ClusterModel;

/// Which rows of the tree of clusters are open. What the person opened is remembered and comes back when the filter is
/// emptied; while one is typed what it finds is opened in its place, as far as one can see: a letter that finds
/// thousands opens no thousands.
class OpenRows : public QObject
{
    Q_OBJECT

public:
    OpenRows(QTreeView *view, ClusterModel &model);

    /// Opens what is to be open in rows that were shown anew.
    void restore();

private:
    void note(const QModelIndex &index, bool isOpen);
    void openFound();
    void openRemembered(const QModelIndex &parent);

    QTreeView *m_view;
    ClusterModel &m_model;
    QSet<QString> m_ids; ///< of what the person opened
    bool m_isRestoring = false;
};

} // namespace tidemark
