#include "ui/wizard/cluster_page.h"

#include "preparation/wizard_context.h"
#include "session/session.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"
#include "ui/wizard/cluster_picker.h"
#include "ui/wizard/project_combo.h"

#include <QFormLayout>
#include <QTreeView>
#include <QVBoxLayout>
#include <QWizard>

namespace tidemark {

ClusterPage::ClusterPage(WizardContext &context, Step step, const Part &project, const Part &cluster, bool shardsShown,
                         QWidget *parent)
    : StepPage(context, step, parent)
    , m_project(new ProjectCombo(context.session()))
    , m_cluster(
          new ClusterPicker(context.session(), context.settings(), cluster.objectName, cluster.label, shardsShown))
{
    m_project->setObjectName(project.objectName);

    auto *form = new QFormLayout;
    form->addRow(labelFor(project.label, m_project), m_project);
    auto *projectHint = new FieldHint(m_project);
    projectHint->setKeepsPlace(false);
    auto *clusterHint = new FieldHint(m_cluster->view());
    addHint(project.field, projectHint);
    addHint(cluster.field, clusterHint);

    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(projectHint);
    layout->addWidget(m_cluster, 1);
    layout->addWidget(clusterHint);
    layout->addWidget(otherHint());

    m_cluster->setActivate([this] {
        if (isComplete())
            wizard()->next();
    });
}

void ClusterPage::focusFirstField()
{
    if (m_project->currentIndex() < 0 && m_project->isEnabled())
        m_project->setFocus(Qt::OtherFocusReason);
    else
        m_cluster->focusList();
}

void ClusterPage::showChoice(const ProjectId &project, const std::optional<Cluster> &cluster)
{
    m_project->setProject(project);
    m_cluster->setProject(project);
    m_cluster->setChosen(cluster ? cluster->id : ClusterId());
}

} // namespace tidemark
