#pragma once

#include "ui/wizard/chooser_editor.h"

namespace tidemark {

class FieldHint;
class KeepBar;
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
    void propose();
    void setProposal(const SnapshotId &snapshot);

    SnapshotEditor(WizardContext &context, SnapshotsModel *model, QWidget *parent);

    SnapshotsModel *m_model;
    FieldHint *m_why; ///< which one fits the moment that was decided on before
    KeepBar *m_keep;
};

} // namespace tidemark
