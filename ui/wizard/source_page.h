#pragma once

#include "ui/wizard/step_page.h"

namespace tidemark {

class ClusterPicker;
class ProjectCombo;

/// Which cluster's backup is restored.
class SourcePage : public StepPage
{
    Q_OBJECT

public:
    explicit SourcePage(WizardContext &context, QWidget *parent = nullptr);

protected:
    void showDraft() override;

private:
    ProjectCombo *m_project;
    ClusterPicker *m_cluster;
};

} // namespace tidemark
