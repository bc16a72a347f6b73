#include "ui/wizard/source_page.h"

#include "preparation/used_sources.h"
#include "preparation/wizard_context.h"
#include "session/session.h"
#include "ui/look/notice.h"
#include "ui/wizard/cluster_picker.h"
#include "ui/wizard/project_combo.h"
#include "ui/wizard/restorable_panel.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QPushButton>

namespace tidemark {

SourcePage::SourcePage(WizardContext &context, QWidget *parent)
    : ClusterPage(context, Step::Source, {Field::Project, tr("&Project"), QStringLiteral("sourceProject")},
                  {Field::Cluster, tr("C&luster"), QStringLiteral("sourceCluster")}, true, parent)
    , m_offer(makeOffer())
    , m_restorable(new RestorablePanel(context))
{
    setHead(tr("Source"), tr("The cluster whose backup is to be restored."));
    auto *box = qobject_cast<QBoxLayout *>(layout());
    box->insertWidget(0, m_offer);
    box->addWidget(m_restorable);
    const QStringList used = UsedSources(context.settings()).ids();
    project()->setLastUsed(used);
    cluster()->setLastUsed(used);
    context.session().catalogue().prefer(used);

    connect(project(), &ProjectCombo::chosen, this, [this](const Project &project) {
        this->context().chooseProject(project);
        showDraft(); // it may be the one whose cluster was chosen among all
    });
    connect(project(), &ProjectCombo::allChosen, this, [this] {
        showDraft();
        refresh();
    });
    connect(cluster(), &ClusterPicker::chosen, this,
            [this](const std::optional<Cluster> &cluster, const Project &project) {
                if (this->project()->isAll())
                    this->context().chooseSource(project, cluster);
                else
                    this->context().chooseCluster(cluster);
            });
    project()->setProposed(context.session().connection().defaultProject);
    // With a single project the list has chosen it before anybody listened.
    if (const Project *only = context.session().catalogue().project(project()->project()))
        context.chooseProject(*only);
}

NoticePanel *SourcePage::makeOffer()
{
    auto *offer = new NoticePanel;
    offer->setObjectName(QStringLiteral("keptDraft"));
    auto *goOn = new QPushButton(tr("&Go on with it"));
    goOn->setObjectName(QStringLiteral("keptGoOn"));
    auto *anew = new QPushButton(tr("Start &anew"));
    anew->setObjectName(QStringLiteral("keptStartAnew"));
    for (QPushButton *button : {goOn, anew}) {
        button->setAutoDefault(false);
        offer->addButton(button);
    }
    connect(goOn, &QPushButton::clicked, this, &SourcePage::goOnRequested);
    connect(anew, &QPushButton::clicked, this, &SourcePage::startAnewRequested);
    offer->hide();
    return offer;
}

void SourcePage::offerKept(const QString &what)
{
    const bool hadKeyboard = m_offer->isAncestorOf(focusWidget()) && focusWidget()->hasFocus();
    m_offer->setVisible(!what.isEmpty());
    if (!what.isEmpty()) {
        m_offer->say(NoticeKind::Note, tr("A restore was left unfinished"), what);
        QAccessibleEvent event(m_offer, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
    if (hadKeyboard)
        focusFirstField();
}

bool SourcePage::validatePage()
{
    const RestoreDraft &draft = context().draft();
    if (draft.cluster)
        UsedSources(context().settings()).note(draft.project.id, draft.cluster->id);
    return ClusterPage::validatePage();
}

void SourcePage::showDraft()
{
    const RestoreDraft &draft = context().draft();
    showChoice(draft.project.id, draft.cluster);
    m_restorable->showFacts();
}

/// Among the clusters of all projects none has to be chosen first.
std::vector<Finding> SourcePage::findings() const
{
    std::vector<Finding> found = ClusterPage::findings();
    const bool isAll = project()->isAll();
    std::erase_if(found, [isAll](const Finding &finding) { return isAll && finding.field == Field::Project; });
    return found;
}

} // namespace tidemark
