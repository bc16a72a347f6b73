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

ClusterPage::ClusterPage(WizardContext &context, Step step, const Part &project, const Part &cluster, bool isSource,
                         QWidget *parent)
    : StepPage(context, step, parent)
    , m_project(
          new ProjectCombo(context.session(), isSource ? ProjectCombo::Offer::AllToo : ProjectCombo::Offer::Projects))
    , m_cluster(new ClusterPicker(context.session(), context.settings(), cluster.objectName, cluster.label, isSource))
    , m_typedHint(new FieldHint)
{
    m_project->setObjectName(project.objectName);

    auto *form = new QFormLayout;
    form->addRow(labelFor(project.label, m_project), m_project);
    auto *projectHint = new FieldHint(m_project);
    projectHint->setKeepsPlace(false);
    m_typedHint->setObjectName(project.objectName + QStringLiteral("Typed"));
    m_typedHint->setKeepsPlace(false);
    connect(m_project, &ProjectCombo::typed, this,
            [this] { m_typedHint->say(FieldHint::Level::Warning, m_project->problem()); });
    auto *clusterHint = new FieldHint(m_cluster->view());
    addHint(project.field, projectHint);
    addHint(cluster.field, clusterHint);

    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(projectHint);
    layout->addWidget(m_typedHint);
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
    if (m_project->isAll())
        m_cluster->setAllProjects();
    else
        m_cluster->setProject(project);
    m_cluster->setChosen(project, cluster ? cluster->id : ClusterId());
    m_cluster->setNow(context().now());
}

} // namespace tidemark
