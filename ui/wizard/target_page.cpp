#include "ui/wizard/target_page.h"

#include "preparation/wizard_context.h"
#include "session/session.h"
#include "ui/widgets/field_hint.h"
#include "ui/wizard/cluster_picker.h"
#include "ui/wizard/project_combo.h"

#include <QLayout>

namespace tidemark {

TargetPage::TargetPage(WizardContext &context, QWidget *parent)
    : ClusterPage(context, Step::Target, {Field::TargetProject, tr("Target &project"), QStringLiteral("targetProject")},
                  {Field::TargetCluster, tr("Target c&luster"), QStringLiteral("targetCluster")}, false, parent)
{
    m_sourceHint = new FieldHint;
    m_sourceHint->setObjectName(QStringLiteral("targetIsSource"));
    m_sourceHint->setKeepsPlace(false);
    layout()->addWidget(m_sourceHint);
    setTitle(tr("Target"));
    setSubTitle(tr("The cluster that is erased and filled with the restored data. All data in it will be lost."));
    connect(project(), &ProjectCombo::chosen, &context, &WizardContext::chooseTargetProject);
    connect(cluster(), &ClusterPicker::chosen, &context, &WizardContext::chooseTargetCluster);
}

ProjectId lastTargetProject(const std::vector<JobGroup> &groups)
{
    const JobGroup *last = nullptr;
    for (const JobGroup &group : groups) {
        const bool counts = group.isOrderedHere() && group.isAutomatedRestore() && !group.targetProject.isEmpty();
        if (counts && (!last || group.ordered > last->ordered))
            last = &group;
    }
    return last ? last->targetProject : ProjectId();
}

/// Never the source's, which is production as a rule. The cluster is chosen by hand in any case.
void TargetPage::propose()
{
    if (!context().draft().targetProject.id.isEmpty())
        return;
    const Catalogue &catalogue = context().session().catalogue();
    const Project *proposed = catalogue.project(lastTargetProject(context().session().jobs().groups()));
    if (!proposed && catalogue.projects().size() == 1)
        proposed = &catalogue.projects().front();
    if (proposed)
        context().chooseTargetProject(Project(*proposed));
}

void TargetPage::initializePage()
{
    propose();
    ClusterPage::initializePage();
    context().loader().needTarget(); // one that was chosen a while ago
}

void TargetPage::showDraft()
{
    const RestoreDraft &draft = context().draft();
    showChoice(draft.targetProject.id, draft.targetCluster);
    cluster()->setMarked(draft.cluster ? draft.cluster->id : ClusterId(), tr("source"));
    const bool isSource = draft.cluster && draft.targetCluster && draft.cluster->id == draft.targetCluster->id;
    m_sourceHint->say(FieldHint::Level::Warning,
                      isSource ? tr("This is the source itself: it loses what was written after the chosen moment.")
                               : QString());
}

} // namespace tidemark
