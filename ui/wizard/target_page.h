#pragma once

#include "ui/wizard/step_page.h"

namespace tidemark {

class ClusterPicker;
class ProjectCombo;

/// Which cluster is erased and filled anew. Only for automated modes.
class TargetPage : public StepPage
{
    Q_OBJECT

public:
    explicit TargetPage(WizardContext &context, QWidget *parent = nullptr);

protected:
    void showDraft() override;

private:
    ProjectCombo *m_project;
    ClusterPicker *m_cluster;
};

} // namespace tidemark
