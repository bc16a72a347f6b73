#include "jobs/agents_look.h"

#include "cloud/configured_processes.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::AgentsLook)
};

QString wordsOf(const AutomationProcess &process)
{
    QStringList words;
    for (const auto &text : {process.errorCodeHumanReadable, process.errorCodeDescription}) {
        if (text && !text->isEmpty())
            words.append(*text);
    }
    // The log's line is long and nested: only where there is nothing else.
    if (words.isEmpty() && process.errorString && !process.errorString->isEmpty())
        words.append(*process.errorString);
    if (words.isEmpty())
        words.append(Text::tr("code %1").arg(process.errorCode.value_or(0)));
    return words.join(QStringLiteral(": "));
}

bool isTold(const JobGroup &group, const ConfiguredProcess &process)
{
    const JobId &told = process.backupRestoreJobId;
    return !told.isEmpty() &&
           (told.value == group.batch.value || std::any_of(group.jobs.begin(), group.jobs.end(),
                                                           [&told](const RestoreJob &job) { return job.id == told; }));
}

} // namespace

std::vector<AgentError> agentErrors(const AutomationStatus &status)
{
    std::vector<AgentError> errors;
    for (const AutomationProcess &process : status.processes) {
        if (process.hasError().value_or(false))
            errors.push_back({process.name, process.hostname, wordsOf(process)});
    }
    return errors;
}

std::optional<QStringList> targetProcesses(const JobGroup &group, const RedactedAutomationConfig &config,
                                           const Cluster *target)
{
    const auto isToldOne = [&group](const ConfiguredProcess &process) { return isTold(group, process); };
    QStringList names;
    for (const ConfiguredProcess &process :
         processesOf(target ? replicaSetsOf(*target) : QSet<QString>(), config, isToldOne))
        names.append(process.name);
    return names.isEmpty() ? std::nullopt : std::optional(names);
}

AgentsLook lookAt(const JobGroup &group, const AutomationStatus &status, const RedactedAutomationConfig *config,
                  const Cluster *target)
{
    AgentsLook look;
    look.handedOver = group.isHandedOver();
    look.goalBefore = group.goalBefore;
    look.status = status;
    look.errors = agentErrors(status);
    if (config == nullptr)
        return look;
    look.configurationNamesJob =
        std::any_of(config->processes.begin(), config->processes.end(),
                    [&group](const ConfiguredProcess &process) { return isTold(group, process); });
    look.targetProcesses = targetProcesses(group, *config, target);
    return look;
}

} // namespace tidemark
