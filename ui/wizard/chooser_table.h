#pragma once

#include "ui/widgets/item_view_setup.h"

#include <QTableView>

namespace tidemark {

class NaturalSortModel;

/// A table of which one row is chosen. `sortRole` of the model orders the rows.
class ChooserTable : public QTableView
{
    Q_OBJECT

public:
    ChooserTable(QAbstractItemModel *model, int sortRole, ItemViewOptions options, QSettings &settings,
                 QWidget *parent = nullptr);

    /// Chooses a row of the model given to the constructor; an invalid index chooses none. Does not emit chosen().
    void setChosen(const QModelIndex &source);
    QModelIndex chosenRow() const;  ///< of the model given to the constructor; invalid where there is none
    QModelIndex currentRow() const; ///< where the keyboard is, chosen or not; the same way
    ItemViewSetup &setup() { return *m_setup; }

Q_SIGNALS:
    /// The person chose this row of the model given to the constructor, or none.
    void chosen(const QModelIndex &source);

protected:
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    NaturalSortModel *m_sorted;
    ItemViewSetup *m_setup;
    bool m_updating = false;
};

} // namespace tidemark
