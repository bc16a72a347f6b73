#include "ui/wizard/target_page.h"

#include "preparation/wizard_context.h"
#include "session/session.h"
#include "ui/wizard/cluster_picker.h"
#include "ui/wizard/project_combo.h"

namespace tidemark {

TargetPage::TargetPage(WizardContext &context, QWidget *parent)
    : ClusterPage(context, Step::Target, {Field::TargetProject, tr("Target &project"), QStringLiteral("targetProject")},
                  {Field::TargetCluster, tr("Target c&luster"), QStringLiteral("targetCluster")}, false, parent)
{
    setTitle(tr("Target"));
    setSubTitle(tr("The cluster that is erased and filled with the restored data. All data in it will be lost."));
    connect(project(), &ProjectCombo::chosen, &context, &WizardContext::chooseTargetProject);
    connect(cluster(), &ClusterPicker::chosen, &context, &WizardContext::chooseTargetCluster);
}

void TargetPage::initializePage()
{
    ClusterPage::initializePage();
    context().loader().needTarget(); // one that was chosen a while ago
}

void TargetPage::showDraft()
{
    const RestoreDraft &draft = context().draft();
    showChoice(draft.targetProject.id, draft.targetCluster);
}

} // namespace tidemark
