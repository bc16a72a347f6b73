#pragma once

#include "ui/wizard/step_page.h"

namespace tidemark {

class ClusterPicker;
class ProjectCombo;

/// A page on which a project and one of its clusters are chosen: the layout that Source and Target share.
class ClusterPage : public StepPage
{
    Q_OBJECT

public:
    /// The cluster is what is looked for, once there is a project.
    void focusFirstField() override;

protected:
    struct Part
    {
        Field field;
        QString label; ///< with its mnemonic
        QString objectName;
    };

    /// `isSource`: all projects can be listed together, and the shards are seen.
    ClusterPage(WizardContext &context, Step step, const Part &project, const Part &cluster, bool isSource,
                QWidget *parent);

    ProjectCombo *project() const { return m_project; }
    ClusterPicker *cluster() const { return m_cluster; }
    /// What the draft says, without a signal.
    void showChoice(const ProjectId &project, const std::optional<Cluster> &cluster);

private:
    ProjectCombo *m_project;
    ClusterPicker *m_cluster;
    FieldHint *m_typedHint; ///< of what is typed into the project's field
};

} // namespace tidemark
