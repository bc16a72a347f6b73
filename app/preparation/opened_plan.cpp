#include "preparation/opened_plan.h"

#include "plans/plan_differences.h"
#include "session/session.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::OpenedPlan)
};

/// What of the source's facts the plan's point is looked up in; nullopt where it names a moment alone.
std::optional<FactsLoader::Fact> namedFact(const RestorePlan &plan)
{
    if (std::holds_alternative<SnapshotPoint>(plan.point))
        return FactsLoader::Fact::Snapshots;
    if (std::holds_alternative<CheckpointPoint>(plan.point))
        return FactsLoader::Fact::Checkpoints;
    return std::nullopt;
}

} // namespace

OpenedPlan::OpenedPlan(RestorePlan plan, Session &session, QSettings &settings, QObject *parent)
    : QObject(parent)
    , m_plan(std::move(plan))
    , m_session(session)
    , m_context(session, settings)
{
    connect(&session.catalogue(), &Catalogue::projectsChanged, this, &OpenedPlan::changed);
    connect(&session.catalogue(), &Catalogue::clustersChanged, this, &OpenedPlan::changed);
    connect(&session.catalogue(), &Catalogue::stateChanged, this, &OpenedPlan::changed);
    connect(&m_context, &WizardContext::factsChanged, this, &OpenedPlan::changed);
    connect(&m_context, &WizardContext::ticked, this, &OpenedPlan::changed);
    if (!isOfThisServer())
        return;
    session.catalogue().prefer(
        {m_plan.source.project.id.value, m_plan.target ? m_plan.target->project.id.value : QString()});
    m_context.setDraft(draft());
    m_context.loader().need(m_plan.mode);
    m_context.loader().needTarget();
}

bool OpenedPlan::isOfThisServer() const
{
    const Connection &connection = m_session.connection();
    return m_plan.service == connection.service && m_plan.server == planServer(connection);
}

QDateTime OpenedPlan::now() const
{
    return m_session.client().serverNow();
}

std::vector<Finding> OpenedPlan::findings() const
{
    const Catalogue &catalogue = m_session.catalogue();
    PlanToday today;
    today.service = m_session.connection().service;
    today.server = planServer(m_session.connection());
    today.now = now();
    if (isOfThisServer()) { // elsewhere the same ids are of something else, or of nothing
        today.projects = catalogue.state().projectsRead ? &catalogue.projects() : nullptr;
        today.clusters = [&catalogue](const ProjectId &project) { return catalogue.clusters(project); };
        today.facts = m_context.facts();
    }
    std::vector<Finding> findings;
    for (const QString &sentence : differencesSince(m_plan, today))
        findings.push_back({Severity::Warning, Field::Project, sentence});
    if (isOfThisServer())
        addUnread(findings);
    return findings;
}

std::optional<OpenedPlan::Preflight> OpenedPlan::preflight() const
{
    const Catalogue &catalogue = m_session.catalogue();
    RestoreDraft draft = m_context.draft();
    const bool isKnown = isOfThisServer() && catalogue.cluster(m_plan.source.id) != nullptr &&
                         (!m_plan.target || catalogue.cluster(m_plan.target->id) != nullptr);
    if (!isKnown || !draft.cluster)
        return std::nullopt;
    if (draft.targetCluster) // whoever orders it types the name
        draft.typedTargetName = confirmationName(*draft.targetCluster);
    const RestoreFacts &facts = m_context.facts();
    return Preflight{check(draft, facts, now()), passedChecks(draft, facts),
                     facts.target ? facts.target->agentsRead : QDateTime()};
}

void OpenedPlan::addUnread(std::vector<Finding> &findings) const
{
    const auto unread = [&findings](const Error *error, const QString &reading, const QString &failed) {
        if (error != nullptr)
            findings.push_back({Severity::Warning, Field::Project, failed.arg(error->sentence), true});
        else
            findings.push_back({Severity::Note, Field::Project, reading});
    };
    const Catalogue &catalogue = m_session.catalogue();
    if (!catalogue.state().projectsRead) {
        unread(catalogue.projectsError(), Text::tr("The projects are still being read."),
               Text::tr("Whether its projects and clusters are as they were could not be checked. %1"));
        return;
    }
    std::vector<const PlannedCluster *> clusters{&m_plan.source};
    if (m_plan.target && m_plan.target->project.id != m_plan.source.project.id)
        clusters.push_back(&*m_plan.target);
    for (const PlannedCluster *cluster : clusters) {
        if (catalogue.project(cluster->project.id) != nullptr && catalogue.clusters(cluster->project.id) == nullptr)
            unread(catalogue.clustersError(cluster->project.id),
                   Text::tr("The clusters of “%1” are still being read.").arg(cluster->project.name),
                   Text::tr("Whether the clusters of “%2” are as they were could not be checked. %1")
                       .arg(QStringLiteral("%1"), cluster->project.name));
    }
    const auto fact = namedFact(m_plan);
    if (!fact || m_context.loader().isKnown(*fact))
        return;
    const bool isFailed = m_context.loader().state(*fact) == FactsLoader::State::Failed;
    const Error *error = isFailed ? &m_context.loader().error(*fact) : nullptr;
    if (*fact == FactsLoader::Fact::Snapshots)
        unread(error, Text::tr("The snapshots are still being read."),
               Text::tr("Whether its snapshot is still there could not be checked. %1"));
    else
        unread(error, Text::tr("The checkpoints are still being read."),
               Text::tr("Whether its checkpoint is still there could not be checked. %1"));
}

RestoreDraft OpenedPlan::draft() const
{
    const Catalogue &catalogue = m_session.catalogue();
    RestoreDraft draft = draftOf(m_plan);
    const auto asToday = [&catalogue](Project &project, std::optional<Cluster> &cluster) {
        if (const Project *known = catalogue.project(project.id))
            project = *known;
        if (const Cluster *known = cluster ? catalogue.cluster(cluster->id) : nullptr)
            cluster = *known;
    };
    asToday(draft.project, draft.cluster);
    asToday(draft.targetProject, draft.targetCluster);
    return draft;
}

} // namespace tidemark
