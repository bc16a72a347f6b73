#pragma once

#include <QObject>

class QKeyEvent;
class QLineEdit;
class QTreeView;

namespace tidemark {

class ClusterModel;

/// The keyboard of a tree of clusters with its filter. What is typed goes into the filter, wherever the keyboard is;
/// Down and Enter go from there to the first cluster that is found. Enter opens and closes what cannot be chosen, and a
/// key that is held down goes on with nothing.
class ClusterKeys : public QObject
{
    Q_OBJECT

public:
    /// Belongs to the view, whose other event filters it comes before.
    ClusterKeys(QTreeView *view, QLineEdit *filter, const ClusterModel &model);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool onFilterKey(const QKeyEvent &event);
    bool onViewKey(QKeyEvent &event);
    bool onViewEnter(const QKeyEvent &event);
    bool isChoosable(const QModelIndex &index) const;
    QModelIndex firstFound() const;
    void goToFound();

    QTreeView *m_view;
    QLineEdit *m_filter;
    const ClusterModel &m_model;
};

} // namespace tidemark
