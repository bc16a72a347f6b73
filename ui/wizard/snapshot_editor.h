#pragma once

#include "ui/wizard/point_editor.h"

namespace tidemark {

class ChooserTable;
class LoadView;
class SnapshotsModel;

/// The Snapshots table.
class SnapshotEditor : public PointEditor
{
    Q_OBJECT

public:
    explicit SnapshotEditor(WizardContext &context, QWidget *parent = nullptr);

    void showDraft() override;

private:
    SnapshotsModel *m_model;
    ChooserTable *m_table;
    LoadView *m_load;
};

} // namespace tidemark
