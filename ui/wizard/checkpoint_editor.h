#pragma once

#include "ui/wizard/chooser_editor.h"

namespace tidemark {

class CheckpointsModel;

/// The Checkpoints table.
class CheckpointEditor : public ChooserEditor
{
    Q_OBJECT

public:
    explicit CheckpointEditor(WizardContext &context, QWidget *parent = nullptr);

    void showDraft() override;

protected:
    void choose(const QModelIndex &row) override;

private:
    CheckpointEditor(WizardContext &context, CheckpointsModel *model, QWidget *parent);

    CheckpointsModel *m_model;
};

} // namespace tidemark
