#include "preparation/wizard_context.h"

#include "preparation/gone.h"
#include "preparation/used_plan.h"
#include "safety/safety_taker.h"
#include "session/session.h"

#include <algorithm>

namespace tidemark {

static ClusterId clusterId(const std::optional<Cluster> &cluster)
{
    return cluster ? cluster->id : ClusterId();
}

/// Takes over what the catalogue newly says about the same cluster. That is no choice of the person's: nothing is
/// touched and nothing that was typed is lost.
static bool refreshed(std::optional<Cluster> &known, const std::optional<Cluster> &cluster)
{
    if (!known || !cluster || known->id != cluster->id || known == cluster)
        return false;
    known = cluster;
    return true;
}

WizardContext::WizardContext(Session &session, QSettings &settings, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_settings(settings)
    , m_loader(session.client())
{
    connect(&m_loader, &FactsLoader::changed, this, &WizardContext::factsChanged);
    connect(&session.safety(), &SafetyTaker::changed, this, &WizardContext::factsChanged);
    connect(this, &WizardContext::draftChanged, this, &WizardContext::followTarget);
    connect(&session.catalogue(), &Catalogue::projectsChanged, this, &WizardContext::followCatalogue);
    connect(&session.catalogue(), &Catalogue::clustersChanged, this, &WizardContext::followCatalogue);
    m_tick.setInterval(std::chrono::seconds(5));
    connect(&m_tick, &QTimer::timeout, this, &WizardContext::ticked);
    m_tick.start();
}

QDateTime WizardContext::now() const
{
    return m_session.client().serverNow();
}

std::vector<Finding> WizardContext::findings(Step step) const
{
    std::vector<Finding> found = check(step, m_draft, facts(), now());
    for (const auto &[field, cluster] : m_gone) {
        // It says what to do as well as the one that merely asks for a choice.
        const auto asks = std::ranges::find(found, field, &Finding::field);
        if (asks != found.end() && asks->severity == Severity::Blocking)
            asks->sentence = GoneText::of(cluster);
    }
    return found;
}

/// What was chosen stays until it is known that it is no more; what is known of it is as of now, and that is no choice
/// of the person's: nothing that was typed is lost with it.
void WizardContext::followCatalogue()
{
    const RestoreDraft before = m_draft;
    bringUpToDate();
    const bool isSourceGone = before.cluster && !m_draft.cluster;
    if (isSourceGone || (before.targetCluster && !m_draft.targetCluster))
        settle(before);
    if (m_draft != before)
        Q_EMIT draftChanged();
    else
        followTarget(); // among the project's clusters, which were read
    if (isSourceGone)
        Q_EMIT sourceGone();
}

void WizardContext::bringUpToDate()
{
    const Catalogue &catalogue = m_session.catalogue();
    const auto follow = [&](Field field, const ProjectId &project, std::optional<Cluster> &cluster) {
        if (!cluster)
            return;
        if (hasGone(cluster->id, project, catalogue)) {
            m_touched.insert(field);
            m_gone.insert_or_assign(field, *cluster);
            cluster.reset();
        } else if (const Cluster *known = catalogue.cluster(cluster->id)) {
            cluster = *known;
        }
    };
    // What a project is called, and how it is marked, the server says: a plan or a kept draft may say otherwise.
    for (Project *project : {&m_draft.project, &m_draft.targetProject}) {
        if (const Project *known = catalogue.project(project->id))
            *project = *known;
    }
    follow(Field::Cluster, m_draft.project.id, m_draft.cluster);
    follow(Field::TargetCluster, m_draft.targetProject.id, m_draft.targetCluster);
}

void WizardContext::setDraft(RestoreDraft draft)
{
    delete std::exchange(m_plan, nullptr);
    m_draft = std::move(draft);
    m_draft.typedTargetName.clear();
    const auto touchIf = [this](Field field, bool filled) {
        if (filled)
            m_touched.insert(field);
    };
    m_touched.clear();
    m_gone.clear();
    bringUpToDate();
    if (m_gone.contains(Field::Cluster)) { // snapshots and checkpoints belong to their cluster
        m_draft.snapshot = {};
        m_draft.checkpoint = {};
    }
    touchIf(Field::Project, !m_draft.project.id.isEmpty());
    touchIf(Field::Cluster, m_draft.cluster.has_value());
    touchIf(Field::Mode, m_draft.mode.has_value());
    touchIf(Field::Snapshot, !m_draft.snapshot.isEmpty());
    touchIf(Field::Checkpoint, !m_draft.checkpoint.isEmpty());
    touchIf(Field::OplogSeconds, !m_draft.oplogSeconds.isEmpty());
    touchIf(Field::OplogIncrement, !m_draft.oplogIncrement.isEmpty());
    touchIf(Field::PointInTime, !m_draft.pointInTime.isEmpty());
    touchIf(Field::ExpiresAt, !m_draft.expiresAt.isEmpty());
    touchIf(Field::TargetProject, !m_draft.targetProject.id.isEmpty());
    touchIf(Field::TargetCluster, m_draft.targetCluster.has_value());
    m_loader.setSource(m_draft.project.id, clusterId(m_draft.cluster));
    Q_EMIT draftChanged();
}

void WizardContext::usePlan(const PlanInHand &plan)
{
    delete m_plan;
    m_plan = new UsedPlan(plan, m_session.connection(), m_session.auditFile(), this);
    connect(m_plan, &UsedPlan::approvalKnown, this, &WizardContext::factsChanged);
}

/// Reads about the target once there is one; a download has none, and keeps the one that was chosen before.
void WizardContext::followTarget()
{
    const bool hasTarget = m_draft.mode && isAutomated(*m_draft.mode) && m_draft.cluster && m_draft.targetCluster &&
                           !m_draft.targetProject.id.isEmpty();
    if (!hasTarget) {
        m_loader.setTarget(std::nullopt);
        return;
    }
    const auto *others = m_session.catalogue().clusters(m_draft.targetProject.id);
    m_loader.setTarget(TargetLoader::Target{m_draft.targetProject.id, *m_draft.targetCluster, m_draft.project.id,
                                            *m_draft.cluster, others ? *others : std::vector<Cluster>()});
}

void WizardContext::settle(const RestoreDraft &before)
{
    const bool otherSource =
        m_draft.project.id != before.project.id || clusterId(m_draft.cluster) != clusterId(before.cluster);
    if (otherSource) {
        // Snapshots and checkpoints belong to their cluster.
        m_draft.snapshot = {};
        m_draft.checkpoint = {};
        m_draft.incidents.clear();
        m_touched.erase(Field::Snapshot);
        m_touched.erase(Field::Checkpoint);
        m_loader.setSource(m_draft.project.id, clusterId(m_draft.cluster));
        if (m_draft.mode && m_draft.cluster && !modeObjection(*m_draft.mode, *m_draft.cluster, facts()).isEmpty())
            m_draft.mode.reset();
    }
    // Another choice needs no word about the one before.
    if (m_draft.cluster || m_draft.project.id != before.project.id)
        m_gone.erase(Field::Cluster);
    if (m_draft.targetCluster || m_draft.targetProject.id != before.targetProject.id)
        m_gone.erase(Field::TargetCluster);
    // What was confirmed is no longer what would happen.
    if (m_draft.typedTargetName == before.typedTargetName)
        m_draft.typedTargetName.clear();
    if (m_draft.typedTargetName.isEmpty())
        m_touched.erase(Field::Confirmation);
}

void WizardContext::chooseProject(const Project &project)
{
    if (project == m_draft.project)
        return;
    edit(Field::Project, [this, &project](RestoreDraft &draft) {
        if (draft.project.id != project.id) {
            draft.cluster.reset();
            m_touched.erase(Field::Cluster); // of this project's nothing has been chosen yet
        }
        draft.project = project;
    });
}

void WizardContext::chooseCluster(const std::optional<Cluster> &cluster)
{
    if (refreshed(m_draft.cluster, cluster))
        Q_EMIT draftChanged();
    else if (cluster != m_draft.cluster)
        edit(Field::Cluster, [&cluster](RestoreDraft &draft) { draft.cluster = cluster; });
}

void WizardContext::chooseSource(const Project &project, const std::optional<Cluster> &cluster)
{
    if (!cluster || project.id == m_draft.project.id) {
        chooseCluster(cluster);
        return;
    }
    m_touched.insert(Field::Project);
    edit(Field::Cluster, [&](RestoreDraft &draft) {
        draft.project = project;
        draft.cluster = cluster;
    });
}

void WizardContext::chooseTargetProject(const Project &project)
{
    if (project == m_draft.targetProject)
        return;
    edit(Field::TargetProject, [this, &project](RestoreDraft &draft) {
        if (draft.targetProject.id != project.id) {
            draft.targetCluster.reset();
            m_touched.erase(Field::TargetCluster);
        }
        draft.targetProject = project;
    });
}

void WizardContext::chooseTargetCluster(const std::optional<Cluster> &cluster)
{
    if (refreshed(m_draft.targetCluster, cluster))
        Q_EMIT draftChanged();
    else if (cluster != m_draft.targetCluster)
        edit(Field::TargetCluster, [&cluster](RestoreDraft &draft) { draft.targetCluster = cluster; });
}

} // namespace tidemark
