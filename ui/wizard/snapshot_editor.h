#pragma once

#include "ui/wizard/chooser_editor.h"

namespace tidemark {

class SnapshotsModel;

/// The Snapshots table.
class SnapshotEditor : public ChooserEditor
{
    Q_OBJECT

public:
    explicit SnapshotEditor(WizardContext &context, QWidget *parent = nullptr);

    void showDraft() override;

protected:
    void choose(const QModelIndex &row) override;

private:
    SnapshotEditor(WizardContext &context, SnapshotsModel *model, QWidget *parent);

    SnapshotsModel *m_model;
};

} // namespace tidemark
