#include "ui/wizard/target_page.h"

#include "base/text.h"
#include "cloud/configured_processes.h"
#include "preparation/wizard_context.h"
#include "restore/use_texts.h"
#include "restore/way_back.h"
#include "session/session.h"
#include "ui/look/keep.h"
#include "ui/widgets/field_hint.h"
#include "ui/wizard/cluster_picker.h"
#include "ui/wizard/config_bar.h"
#include "ui/wizard/findings_panel.h"
#include "ui/wizard/project_combo.h"
#include "ui/wizard/review_facts.h"

#include <QBoxLayout>
#include <QSet>

namespace tidemark {

namespace {

constexpr double sideBySide = 190; ///< units of width from which there is room for both panels in a row

QString versionText(const Cluster &target)
{
    QStringList parts;
    if (!target.versions.isEmpty())
        parts << target.versions.join(QStringLiteral(", "));
    if (!target.featureCompatibilityVersion.isEmpty())
        parts << TargetPage::tr("FCV %1").arg(target.featureCompatibilityVersion);
    return parts.isEmpty() ? TargetPage::tr("not known") : parts.join(QStringLiteral(", "));
}

QString backupText(const Cluster &target)
{
    if (!target.backupRunning)
        return TargetPage::tr("not known");
    return *target.backupRunning ? TargetPage::tr("running, its snapshots stay") : TargetPage::tr("not running");
}

QString processesText(const Cluster &target, const RestoreFacts &facts)
{
    const QSet<QString> replicaSets = replicaSetsOf(target);
    const bool isRead =
        facts.target && facts.target->target == target.id && facts.target->config && facts.target->config->has_value();
    if (!isRead || replicaSets.isEmpty())
        return TargetPage::tr("not known");
    const std::vector<ConfiguredProcess> processes = processesOf(replicaSets, **facts.target->config);
    QSet<QString> hosts;
    for (const ConfiguredProcess &process : processes)
        hosts.insert(process.hostname);
    return TargetPage::tr("processes: %1, hosts: %2").arg(processes.size()).arg(hosts.size());
}

} // namespace

std::vector<ErasePanel::Line> targetLines(const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now)
{
    if (!draft.targetCluster)
        return {};
    const Cluster &target = *draft.targetCluster;
    const std::optional<TargetFacts> known =
        facts.target && facts.target->target == target.id ? facts.target : std::nullopt;
    return {{TargetPage::tr("Project"), draft.targetProject.name},
            {TargetPage::tr("Kind"), kindText(target)},
            {TargetPage::tr("MongoDB"), versionText(target)},
            {TargetPage::tr("On"), processesText(target, facts)},
            {TargetPage::tr("Backup"), backupText(target)},
            {TargetPage::tr("Way back"), wayBackText(target, facts.target, now)},
            {TargetPage::tr("Data"), erasedDataText(target, known)},
            {TargetPage::tr("Last write"), lastWriteText(target, known)}};
}

TargetPage::TargetPage(WizardContext &context, QWidget *parent)
    : ClusterPage(context, Step::Target, {Field::TargetProject, tr("Target &project"), QStringLiteral("targetProject")},
                  {Field::TargetCluster, tr("Target c&luster"), QStringLiteral("targetCluster")}, false, parent)
{
    m_sourceHint = new FieldHint;
    m_sourceHint->setObjectName(QStringLiteral("targetIsSource"));
    m_sourceHint->setKeepsPlace(false);
    layout()->addWidget(m_sourceHint);
    m_preflight = new FindingsPanel(tr("Preflight"), FindingsPanel::Ticks::No);
    m_preflight->setObjectName(QStringLiteral("preflight"));
    m_erased = new ErasePanel(tr("What would be erased"));
    m_erased->setObjectName(QStringLiteral("wouldBeErased"));
    auto *panels = new QWidget;
    m_panels = new QBoxLayout(QBoxLayout::LeftToRight, panels);
    m_panels->setContentsMargins({});
    auto *checks = new QVBoxLayout;
    m_configs = new ConfigBar(context);
    checks->addWidget(m_preflight, 1);
    checks->addWidget(m_configs);
    m_panels->addLayout(checks, 3);
    m_panels->addWidget(m_erased, 2);
    keepMeasures(panels, [this] { m_panels->setSpacing(u(3)); });
    layout()->addWidget(panels);
    setHead(tr("Target"),
            tr("The cluster that is erased and filled with the restored data. All data in it will be lost."));
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
    showTarget();
}

void TargetPage::showTarget()
{
    const RestoreDraft &draft = context().draft();
    const RestoreFacts &facts = context().facts();
    const bool hasTarget = draft.targetCluster.has_value();
    hintOf(Field::TargetCluster)->setDescribesOnly(hasTarget);
    m_preflight->setVisible(hasTarget);
    m_erased->setVisible(hasTarget);
    m_configs->showFacts();
    if (!hasTarget) {
        m_preflight->setEntries({});
        return;
    }
    std::vector<Finding> findings = context().findings(Step::Target);
    std::erase_if(findings, [](const Finding &finding) { return finding.field != Field::TargetCluster; });
    m_preflight->setEntries(findingEntries(findings, {}, passedChecks(draft, facts)));
    const bool isRead = facts.target && facts.target->target == draft.targetCluster->id;
    m_preflight->setMoment(isRead && facts.target->agentsRead.isValid()
                               ? tr("as of %1").arg(timeOfDayText(facts.target->agentsRead))
                               : QString());
    m_erased->say(confirmationName(*draft.targetCluster), {}, targetLines(draft, facts, context().now()));
}

void TargetPage::resizeEvent(QResizeEvent *event)
{
    ClusterPage::resizeEvent(event);
    m_panels->setDirection(width() < u(sideBySide) ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

} // namespace tidemark
