#include "restore/rules_parts.h"

#include "base/text.h"
#include "cloud/configured_processes.h"

#include <algorithm>

namespace tidemark {

namespace rules {

static constexpr qsizetype mostNamed = 6; ///< hosts in one sentence

QString listed(QStringList names)
{
    names.removeDuplicates();
    const qsizetype more = names.size() - mostNamed;
    if (more <= 1)
        return names.join(QStringLiteral(", "));
    return Text::tr("%1 and %2 more").arg(names.mid(0, mostNamed).join(QStringLiteral(", "))).arg(more);
}

namespace {

/// Agents tell the best name that the server knows of their host: with the domain or without it.
bool isSameHost(const QString &one, const QString &other)
{
    const QString &longer = one.size() >= other.size() ? one : other;
    const QString &shorter = one.size() >= other.size() ? other : one;
    return !shorter.isEmpty() && longer.startsWith(shorter, Qt::CaseInsensitive) &&
           (longer.size() == shorter.size() || longer.at(shorter.size()) == QLatin1Char('.'));
}

bool isRead(const auto &part)
{
    return part && *part;
}

bool isFailed(const auto &part)
{
    return part && !*part;
}

/// nullopt where the configuration, or which part of it is the target's, is not known.
std::optional<std::vector<ConfiguredProcess>> processesOfTarget(const Cluster &target, const TargetFacts &facts)
{
    const QSet<QString> replicaSets = replicaSetsOf(target);
    if (!isRead(facts.config) || replicaSets.isEmpty())
        return std::nullopt;
    return processesOf(replicaSets, **facts.config);
}

const AutomationProcess *find(const AutomationStatus &status, const ConfiguredProcess &process)
{
    const auto found = std::ranges::find_if(status.processes, [&process](const AutomationProcess &one) {
        return one.name.isEmpty() ? isSameHost(one.hostname, process.hostname) : one.name == process.name;
    });
    return found == status.processes.end() ? nullptr : &*found;
}

/// A restore takes Project Automation Admin and Project Backup Admin ("Restore Overview" of both products). The first
/// is what reading the configuration takes ("Get Automation Configuration without Secrets").
QString unreadConfig(const QString &name, const Error &why)
{
    if (why.kind == ErrorKind::Permission)
        return Text::tr("Whether the automation of its project manages “%1”, and with which storage settings, could "
                        "not be checked. %2 Reading that takes the role Project Automation Admin, as a restore does.")
            .arg(name, why.sentence);
    return Text::tr("Whether the automation of its project manages “%1”, and with which storage settings, could not be "
                    "checked. %2")
        .arg(name, why.sentence);
}

void checkManaged(const Cluster &target, const TargetFacts &facts, Findings &findings)
{
    const QString name = confirmationName(target);
    const auto processes = processesOfTarget(target, facts);
    const bool noneConfigured = processes && processes->empty();
    const bool noneReported =
        isRead(facts.status) && (processes ? std::ranges::none_of(*processes,
                                                                  [&facts](const ConfiguredProcess &process) {
                                                                      return find(**facts.status, process) != nullptr;
                                                                  })
                                           : (*facts.status)->processes.empty());
    if (noneConfigured || noneReported)
        warn(findings, Field::TargetCluster,
             Text::tr("No process of “%1” is in the automation configuration of its project: there the agents cannot "
                      "carry out a restore.")
                 .arg(name));
    else if (isFailed(facts.config))
        leaveOpen(findings, Field::TargetCluster, unreadConfig(name, facts.config->error()));
    else if (isRead(facts.config) && !processes)
        leaveOpen(
            findings, Field::TargetCluster,
            Text::tr("Whether the automation of its project manages “%1” could not be checked: its replica sets are "
                     "not known.")
                .arg(name));
}

/// The last life sign of the host's agents; nullopt where it has none, invalid where none tells of one.
std::optional<QDateTime> lastSign(const std::vector<Agent> &agents, const QString &host)
{
    std::optional<QDateTime> last;
    for (const Agent &agent : agents) {
        if (!isSameHost(agent.hostname, host))
            continue;
        if (!last || !last->isValid() || (agent.lastConfiguration.isValid() && *last < agent.lastConfiguration))
            last = agent.lastConfiguration;
    }
    return last;
}

QStringList hostsOf(const std::vector<ConfiguredProcess> &processes)
{
    QStringList hosts;
    for (const ConfiguredProcess &process : processes) {
        if (!process.hostname.isEmpty() && !hosts.contains(process.hostname, Qt::CaseInsensitive))
            hosts.append(process.hostname);
    }
    hosts.sort();
    return hosts;
}

/// The moment stands in the sentence, not how long ago it is: the same sentence an instant later is no news.
void checkLifeSigns(const QString &name, const QStringList &hosts, const TargetFacts &facts, Findings &findings)
{
    QStringList without;
    QStringList silent;
    QStringList untold;
    const QDateTime limit = facts.agentsRead.addSecs(-60 * SilentAgentMinutes);
    for (const QString &host : hosts) {
        const auto last = lastSign(**facts.agents, host);
        if (!last)
            without.append(host);
        else if (!last->isValid())
            untold.append(host);
        else if (*last < limit)
            silent.append(Text::tr("%1 (since %2)").arg(host, utcText(*last)));
    }
    if (!without.isEmpty())
        warn(findings, Field::TargetCluster,
             Text::tr("These hosts of “%1” have no automation agent and can take no part in a restore: %2.")
                 .arg(name, listed(without)));
    if (!silent.isEmpty())
        warn(findings, Field::TargetCluster,
             Text::tr("The automation agents on these hosts of “%1” have been silent for more than %2 minutes: %3. A "
                      "restore waits for them.")
                 .arg(name)
                 .arg(SilentAgentMinutes)
                 .arg(listed(silent)));
    if (!untold.isEmpty())
        leaveOpen(
            findings, Field::TargetCluster,
            Text::tr("Whether the automation agents on these hosts of “%1” are alive could not be checked: the server "
                     "does not tell when they were last heard of: %2.")
                .arg(name, listed(untold)));
}

void checkAlive(const Cluster &target, const TargetFacts &facts, Findings &findings)
{
    if (!facts.agents)
        return;
    const QString name = confirmationName(target);
    if (isFailed(facts.agents)) {
        leaveOpen(findings, Field::TargetCluster,
                  Text::tr("Whether the automation agents of “%1” are alive could not be checked. %2")
                      .arg(name, facts.agents->error().sentence));
        return;
    }
    if ((*facts.agents)->empty()) {
        warn(findings, Field::TargetCluster,
             Text::tr("The project of “%1” has no automation agent at all: nothing can carry out a restore there.")
                 .arg(name));
        return;
    }
    if (const auto processes = processesOfTarget(target, facts))
        checkLifeSigns(name, hostsOf(*processes), facts, findings);
    else if (facts.config)
        leaveOpen(
            findings, Field::TargetCluster,
            Text::tr("Whether the automation agents of “%1” are alive could not be checked: which hosts are its own "
                     "is not known.")
                .arg(name));
}

/// A list names each shard's job; their batch is one restore.
QString keyOf(const RestoreJob &job)
{
    return job.batch.isEmpty() ? job.id.value : job.batch.value;
}

void addListed(const QString &name, const TargetFacts &facts, QStringList &listedJobs, Findings &findings)
{
    QStringList unread;
    const Error *why = nullptr;
    for (const auto &[cluster, list] : facts.jobs) {
        if (isFailed(list.restores)) {
            unread.append(QStringLiteral("“%1”").arg(list.name));
            why = &list.restores->error();
            continue;
        }
        if (!list.restores)
            continue;
        for (const RestoreJob &job : **list.restores) {
            const bool isNew = isRestoringInto(job, facts.target) && !listedJobs.contains(keyOf(job));
            listedJobs << job.id.value << keyOf(job);
            if (isNew)
                warn(findings, Field::TargetCluster,
                     Text::tr("Another restore of “%1” is running: it was created at %2 (%3).")
                         .arg(name, utcText(job.created), keyOf(job)));
        }
    }
    if (why)
        leaveOpen(
            findings, Field::TargetCluster,
            Text::tr("Whether another restore of “%1” is running could not be checked everywhere: the restore jobs of "
                     "%2 could not be read. %3")
                .arg(name, listed(unread), why->sentence));
}

/// A configuration names the last job for good: only a process that is behind the goal is still at it. Without the
/// jobs' ids: a batch that is half done would read differently each time.
bool isToldAnother(const Cluster &target, const TargetFacts &facts, const QStringList &listedJobs)
{
    const auto processes = processesOfTarget(target, facts);
    if (!processes || !isRead(facts.status))
        return false;
    const AutomationStatus &status = **facts.status;
    return std::ranges::any_of(*processes, [&](const ConfiguredProcess &process) {
        const JobId &job = process.backupRestoreJobId;
        const AutomationProcess *reported = find(status, process);
        return !job.isEmpty() && !listedJobs.contains(job.value) && reported &&
               reported->lastGoalVersionAchieved < status.goalVersion;
    });
}

} // namespace

void checkAgents(const Cluster &target, const TargetFacts &facts, Findings &findings)
{
    checkManaged(target, facts, findings);
    checkAlive(target, facts, findings);
    const bool isReading =
        !facts.status || !facts.config || !facts.agents ||
        std::ranges::any_of(facts.jobs, [](const auto &list) { return !list.second.restores.has_value(); });
    if (isReading)
        note(findings, Field::TargetCluster,
             Text::tr("The agents of “%1”, and whether another restore is running there, are still being read.")
                 .arg(confirmationName(target)));
}

void checkRunning(const Cluster &target, const TargetFacts &facts, Findings &findings)
{
    const QString name = confirmationName(target);
    QStringList listedJobs;
    addListed(name, facts, listedJobs, findings);
    if (isToldAnother(target, facts, listedJobs))
        warn(findings, Field::TargetCluster,
             Text::tr("The agents of “%1” were told to carry out another restore and are still at it.").arg(name));
    if (isFailed(facts.status))
        leaveOpen(findings, Field::TargetCluster,
                  Text::tr("Whether the agents of “%1” are still carrying out another restore could not be checked. %2")
                      .arg(name, facts.status->error().sentence));
}

} // namespace rules

std::vector<Finding> runningRestores(const RestoreDraft &draft, const RestoreFacts &facts)
{
    rules::Findings findings;
    if (draft.targetCluster && facts.target && facts.target->target == draft.targetCluster->id)
        rules::checkRunning(*draft.targetCluster, *facts.target, findings);
    return findings;
}

} // namespace tidemark
