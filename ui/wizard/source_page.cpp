#include "ui/wizard/source_page.h"

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

SourcePage::SourcePage(WizardContext &context, QWidget *parent)
    : StepPage(context, Step::Source, parent)
    , m_project(new ProjectCombo(context.session()))
    , m_cluster(new ClusterPicker(context.session(), tr("C&luster"), true))
{
    setTitle(tr("Source"));
    setSubTitle(tr("The cluster whose backup is to be restored."));
    m_project->setObjectName(QStringLiteral("sourceProject"));
    m_cluster->view()->setObjectName(QStringLiteral("sourceCluster"));

    auto *form = new QFormLayout;
    form->addRow(labelFor(tr("&Project"), m_project), m_project);
    auto *projectHint = new FieldHint(m_project);
    projectHint->setKeepsPlace(false);
    auto *clusterHint = new FieldHint(m_cluster->view());
    addHint(Field::Project, projectHint);
    addHint(Field::Cluster, clusterHint);

    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(projectHint);
    layout->addWidget(m_cluster, 1);
    layout->addWidget(clusterHint);
    layout->addWidget(otherHint());

    connect(m_project, &ProjectCombo::chosen, &context, &WizardContext::chooseProject);
    connect(m_cluster, &ClusterPicker::chosen, &context, &WizardContext::chooseCluster);
    connect(m_cluster->view(), &QTreeView::doubleClicked, this, [this] {
        if (isComplete())
            wizard()->next();
    });
    // With a single project the list has chosen it before anybody listened.
    if (const Project *only = context.session().project(ProjectId(m_project->currentData().toString())))
        context.chooseProject(*only);
}

void SourcePage::showDraft()
{
    const RestoreDraft &draft = context().draft();
    m_project->setProject(draft.project.id);
    m_cluster->setProject(draft.project.id);
    m_cluster->setChosen(draft.cluster ? draft.cluster->id : ClusterId());
}

} // namespace tidemark
