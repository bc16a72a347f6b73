#include "ui/wizard/target_page.h"

#include "session/session.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"
#include "ui/wizard/cluster_picker.h"
#include "ui/wizard/project_combo.h"
#include "ui/wizard/wizard_context.h"

#include <QFormLayout>
#include <QTreeView>
#include <QVBoxLayout>
#include <QWizard>

namespace tidemark {

TargetPage::TargetPage(WizardContext &context, QWidget *parent)
    : StepPage(context, Step::Target, parent)
    , m_project(new ProjectCombo(context.session()))
    , m_cluster(new ClusterPicker(context.session(), tr("Target c&luster"), false))
{
    setTitle(tr("Target"));
    setSubTitle(tr("The cluster that is erased and filled with the restored data. All data in it will be lost."));
    m_project->setObjectName(QStringLiteral("targetProject"));
    m_cluster->view()->setObjectName(QStringLiteral("targetCluster"));

    auto *form = new QFormLayout;
    form->addRow(labelFor(tr("Target &project"), m_project), m_project);
    auto *projectHint = new FieldHint(m_project);
    projectHint->setKeepsPlace(false);
    auto *clusterHint = new FieldHint(m_cluster->view());
    addHint(Field::TargetProject, projectHint);
    addHint(Field::TargetCluster, clusterHint);

    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(projectHint);
    layout->addWidget(m_cluster, 1);
    layout->addWidget(clusterHint);
    layout->addWidget(otherHint());

    connect(m_project, &ProjectCombo::chosen, &context, &WizardContext::chooseTargetProject);
    connect(m_cluster, &ClusterPicker::chosen, &context, &WizardContext::chooseTargetCluster);
    connect(m_cluster->view(), &QTreeView::doubleClicked, this, [this] {
        if (isComplete())
            wizard()->next();
    });
}

void TargetPage::showDraft()
{
    const RestoreDraft &draft = context().draft();
    m_project->setProject(draft.targetProject.id);
    m_cluster->setProject(draft.targetProject.id);
    m_cluster->setChosen(draft.targetCluster ? draft.targetCluster->id : ClusterId());
}

} // namespace tidemark
