#pragma once

#include "ui/wizard/point_editor.h"

namespace tidemark {

class CheckpointsModel;
class ChooserTable;
class LoadView;

/// The Checkpoints table.
class CheckpointEditor : public PointEditor
{
    Q_OBJECT

public:
    explicit CheckpointEditor(WizardContext &context, QWidget *parent = nullptr);

    void showDraft() override;

private:
    CheckpointsModel *m_model;
    ChooserTable *m_table;
    LoadView *m_load;
};

} // namespace tidemark
