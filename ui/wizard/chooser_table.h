#pragma once

#include <QTableView>

namespace tidemark {

/// A table of which one row is chosen; Tab leaves it, columns sort. `sortRole` of the model orders the rows.
class ChooserTable : public QTableView
{
    Q_OBJECT

public:
    ChooserTable(QAbstractItemModel *model, int sortRole, QWidget *parent = nullptr);

    /// Chooses a row of the model given to the constructor; an invalid index chooses none. Does not emit chosen().
    void setChosen(const QModelIndex &source);
    void fitColumns();

Q_SIGNALS:
    /// The person chose this row of the model given to the constructor, or none.
    void chosen(const QModelIndex &source);

protected:
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    QModelIndex chosenRow() const;

    bool m_updating = false;
};

} // namespace tidemark
