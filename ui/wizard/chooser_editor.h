#pragma once

#include "preparation/facts_loader.h"
#include "ui/widgets/item_view_setup.h"
#include "ui/wizard/point_editor.h"

class QAbstractItemModel;
class QModelIndex;

namespace tidemark {

class ChooserTable;
class LoadView;
class ReadingLine;

/// An editor that is one table of what the cluster has: it loads, fails, is empty or lets one row be chosen.
class ChooserEditor : public PointEditor
{
    Q_OBJECT

public:
    void focusField() override;

protected:
    struct Texts
    {
        QString objectName; ///< of the table
        QString label;      ///< of the table, with its shortcut
        QString empty;      ///< what to do where the cluster has none
        QString loading;
    };

    /// Owns the model.
    ChooserEditor(WizardContext &context, QAbstractItemModel *model, int sortRole, ItemViewOptions options, Field field,
                  FactsLoader::Fact fact, Texts texts, QWidget *parent);

    /// The person chose this row of the model; an invalid index for none.
    virtual void choose(const QModelIndex &row) = 0;
    /// To be called when the model is up to date.
    void showRows(const QModelIndex &chosen);

private:
    QAbstractItemModel *m_model;
    FactsLoader::Fact m_fact;
    Texts m_texts;
    ChooserTable *m_table;
    LoadView *m_load;
    ReadingLine *m_reading; ///< that what is shown could not be read anew
};

} // namespace tidemark
