#include "ui/wizard/source_page.h"

#include "preparation/wizard_context.h"
#include "session/session.h"
#include "ui/wizard/cluster_picker.h"
#include "ui/wizard/project_combo.h"

namespace tidemark {

SourcePage::SourcePage(WizardContext &context, QWidget *parent)
    : ClusterPage(context, Step::Source, {Field::Project, tr("&Project"), QStringLiteral("sourceProject")},
                  {Field::Cluster, tr("C&luster"), QStringLiteral("sourceCluster")}, true, parent)
{
    setTitle(tr("Source"));
    setSubTitle(tr("The cluster whose backup is to be restored."));
    connect(project(), &ProjectCombo::chosen, &context, &WizardContext::chooseProject);
    connect(cluster(), &ClusterPicker::chosen, &context, &WizardContext::chooseCluster);
    project()->setProposed(context.session().connection().defaultProject);
    // With a single project the list has chosen it before anybody listened.
    if (const Project *only = context.session().catalogue().project(ProjectId(project()->currentData().toString())))
        context.chooseProject(*only);
}

void SourcePage::showDraft()
{
    const RestoreDraft &draft = context().draft();
    showChoice(draft.project.id, draft.cluster);
}

} // namespace tidemark
