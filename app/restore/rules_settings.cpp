#include "restore/rules_parts.h"

#include "cloud/configured_processes.h"
#include "restore/environment.h"

#include <algorithm>
#include <set>

// What the target is set up for: whether it can hold the source's data, open its snapshots, and whose it is.
namespace tidemark::rules {

namespace {

using Config = std::optional<Result<RedactedAutomationConfig>>;

const Config &sourceConfig(const RestoreDraft &draft, const TargetFacts &facts)
{
    return draft.project.id == draft.targetProject.id ? facts.config : facts.sourceConfig;
}

/// What of it has to be the same in source and target.
QStringList differences(const StorageSettings &source, const StorageSettings &target)
{
    const auto flag = [](bool isOn) { return isOn ? QStringLiteral("true") : QStringLiteral("false"); };
    QStringList different;
    const auto compare = [&different](const char *option, const QString &there, const QString &here) {
        if (there != here)
            different.append(Text::tr("%1 is %2 and not %3").arg(QLatin1String(option), here, there));
    };
    compare("storage.engine", source.engine, target.engine);
    compare("storage.directoryPerDB", flag(source.directoryPerDb), flag(target.directoryPerDb));
    compare("storage.wiredTiger.collectionConfig.blockCompressor", source.blockCompressor, target.blockCompressor);
    compare("storage.wiredTiger.engineConfig.directoryForIndexes", flag(source.directoryForIndexes),
            flag(target.directoryForIndexes));
    return different;
}

/// What is told of them, each once.
std::vector<StorageSettings> settingsOf(const std::vector<ConfiguredProcess> &processes)
{
    std::vector<StorageSettings> all;
    for (const ConfiguredProcess &process : processes) {
        const auto isSame = [&process](const StorageSettings &one) {
            return differences(one, *process.storage).isEmpty();
        };
        if (process.storage && std::ranges::none_of(all, isSame))
            all.push_back(*process.storage);
    }
    return all;
}

/// The names of those that keep data, and of which it is not told how.
QStringList untold(const std::vector<ConfiguredProcess> &processes)
{
    QStringList names;
    for (const ConfiguredProcess &process : processes) {
        if (process.keepsData && !process.storage)
            names.append(process.name);
    }
    return names;
}

/// What the configurations tell of both clusters.
struct BothSides
{
    QString source; ///< their names
    QString target;
    std::optional<bool> signInThere; ///< to the source
    std::optional<bool> signInHere;
    std::vector<ConfiguredProcess> sources;
    std::vector<ConfiguredProcess> targets;
};

void checkStorage(const BothSides &both, Findings &findings)
{
    const std::vector<StorageSettings> there = settingsOf(both.sources);
    const std::vector<StorageSettings> here = settingsOf(both.targets);
    if (there.empty() || here.empty()) {
        leaveOpen(findings, Field::TargetCluster,
                  Text::tr("Whether “%1” has the storage settings of “%2” could not be checked: they are not told for "
                           "both. They must be the same.")
                      .arg(both.target, both.source));
        return;
    }
    if (there.size() > 1) {
        leaveOpen(findings, Field::TargetCluster,
                  Text::tr("Whether “%1” has the storage settings of “%2” could not be checked: the processes of “%2” "
                           "differ among themselves (%3).")
                      .arg(both.target, both.source, differences(there.at(0), there.at(1)).join(QStringLiteral(", "))));
        return;
    }
    QStringList different;
    for (const StorageSettings &one : here)
        different += differences(there.front(), one);
    different.removeDuplicates();
    if (!different.isEmpty()) {
        block(findings, Field::TargetCluster,
              Text::tr("“%1” has other storage settings than “%2”: %3. They must be the same, or the restore fails "
                       "after “%1” was erased.")
                  .arg(both.target, both.source, different.join(QStringLiteral(", "))));
        return;
    }
    const QStringList unknown = untold(both.sources) + untold(both.targets);
    if (!unknown.isEmpty())
        leaveOpen(findings, Field::TargetCluster,
                  Text::tr("Whether “%1” has the storage settings of “%2” could not be checked for every process: "
                           "those of %3 are not told. They must be the same.")
                      .arg(both.target, both.source, listed(unknown)));
}

struct TlsModes
{
    std::set<QString> told;
    bool isAllTold = true;

    explicit TlsModes(const std::vector<ConfiguredProcess> &processes)
        : isAllTold(!processes.empty())
    {
        for (const ConfiguredProcess &process : processes) {
            if (process.tlsMode.isEmpty())
                isAllTold = false;
            else
                told.insert(process.tlsMode);
        }
    }

    QString text() const { return QStringList(told.begin(), told.end()).join(QStringLiteral(", ")); }
    bool shares(const TlsModes &other) const
    {
        return std::ranges::any_of(told, [&other](const QString &mode) { return other.told.contains(mode); });
    }
};

void checkSigningIn(const BothSides &both, Findings &findings)
{
    if (!both.signInThere || !both.signInHere)
        leaveOpen(findings, Field::TargetCluster,
                  Text::tr("Whether clients have to sign in to “%1” as they do to “%2” could not be checked: it is not "
                           "told for both.")
                      .arg(both.target, both.source));
    else if (*both.signInThere != *both.signInHere)
        warn(findings, Field::TargetCluster,
             *both.signInThere ? Text::tr("Clients have to sign in to “%1”, and not to “%2”. What becomes of users is "
                                          "not documented: try to sign in before clients come back.")
                                     .arg(both.source, both.target)
                               : Text::tr("Clients have to sign in to “%2”, and not to “%1”. What becomes of users is "
                                          "not documented: try to sign in before clients come back.")
                                     .arg(both.source, both.target));
}

void checkTls(const BothSides &both, Findings &findings)
{
    const TlsModes from(both.sources);
    const TlsModes to(both.targets);
    const bool isAllTold = from.isAllTold && to.isAllTold;
    const bool isOther = !from.told.empty() && !to.told.empty() && !from.shares(to);
    if (isAllTold ? from.told != to.told : isOther)
        warn(findings, Field::TargetCluster,
             Text::tr("“%1” uses TLS otherwise than “%2”: %3 and not %4. Clients that are moved to it need other "
                      "settings.")
                 .arg(both.target, both.source, to.text(), from.text()));
    else if (!isAllTold)
        leaveOpen(findings, Field::TargetCluster,
                  Text::tr("Whether “%1” uses TLS as “%2” does could not be checked: it is not told for both.")
                      .arg(both.target, both.source));
}

/// nullopt where there is nothing to be held side by side; why is among the findings, here or elsewhere.
std::optional<BothSides> bothSides(const RestoreDraft &draft, const TargetFacts &facts, Findings &findings)
{
    const QString source = confirmationName(*draft.cluster);
    const QString target = confirmationName(*draft.targetCluster);
    if (draft.cluster->id == draft.targetCluster->id)
        return std::nullopt;
    const Config &there = sourceConfig(draft, facts);
    if (!facts.config || !there) {
        if (facts.config)
            note(findings, Field::TargetCluster,
                 Text::tr("The storage settings of “%1” are still being read.").arg(source));
        return std::nullopt;
    }
    if (!*facts.config)
        return std::nullopt; // said with what else it would tell
    if (!*there) {
        leaveOpen(findings, Field::TargetCluster,
                  Text::tr("Whether “%1” has the storage settings of “%2” could not be checked. They must be the same. "
                           "%3")
                      .arg(target, source, there->error().sentence));
        return std::nullopt;
    }
    BothSides both{source, target, std::nullopt, (**facts.config).authentication, {}, {}};
    both.targets = processesOf(replicaSetsOf(*draft.targetCluster), **facts.config);
    if (both.targets.empty())
        return std::nullopt; // said as such
    both.sources = processesOf(replicaSetsOf(*draft.cluster), **there);
    // Of a cluster that is not in it the project's configuration says nothing.
    if (!both.sources.empty())
        both.signInThere = (**there).authentication;
    return both;
}

void checkSettings(const RestoreDraft &draft, const TargetFacts &facts, Findings &findings)
{
    const auto both = bothSides(draft, facts, findings);
    if (!both)
        return;
    checkStorage(*both, findings);
    checkSigningIn(*both, findings);
    checkTls(*both, findings);
}

void checkEncryption(const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now, Findings &findings)
{
    const Snapshot *snapshot = firstSnapshot(draft, facts, now);
    if (snapshot == nullptr || !snapshot->isEncrypted())
        return;
    QStringList keys;
    for (const SnapshotPart &part : snapshot->parts) {
        if (!part.masterKeyUuid.isEmpty() && !keys.contains(part.masterKeyUuid))
            keys.append(part.masterKeyUuid);
    }
    const QString target = confirmationName(*draft.targetCluster);
    const QString key = keys.isEmpty() ? Text::tr("not told") : keys.join(QStringLiteral(", "));
    bool isOff = false;
    if (facts.target && facts.target->target == draft.targetCluster->id && facts.target->config &&
        *facts.target->config) {
        const auto processes = processesOf(replicaSetsOf(*draft.targetCluster), **facts.target->config);
        isOff = std::ranges::any_of(processes, [](const ConfiguredProcess &process) {
            return process.storage && process.storage->isEncrypted == false;
        });
    }
    if (isOff)
        warn(findings, Field::TargetCluster,
             Text::tr("The snapshot to begin with is encrypted (master key: %1), and processes of “%2” run without "
                      "encryption at rest: they cannot open it until they reach the key management server with that "
                      "key.")
                 .arg(key, target));
    else
        leaveOpen(findings, Field::TargetCluster,
                  Text::tr("The snapshot to begin with is encrypted (master key: %1). Whether “%2” reaches that key "
                           "cannot be checked from here.")
                      .arg(key, target));
}

/// A rehearsal that runs over production is what nobody can take back.
void checkEnvironment(const RestoreDraft &draft, Findings &findings)
{
    const Cluster &target = *draft.targetCluster;
    if (target.id == draft.cluster->id)
        return; // said louder
    const EnvironmentGuess here = environmentOf(target.name, draft.targetProject.tags, draft.targetProject.name);
    if (here.environment != Environment::Production)
        return;
    const EnvironmentGuess there = environmentOf(draft.cluster->name, draft.project.tags, draft.project.name);
    warn(findings, Field::TargetCluster,
         there.environment == Environment::Rehearsal
             ? Text::tr("“%1” looks like production (“%2”), and the source does not (“%3”): production is erased and "
                        "filled with the data of “%4”.")
                   .arg(confirmationName(target), here.from, there.from, confirmationName(*draft.cluster))
             : Text::tr("“%1” looks like production (“%2”). Is it the one that may be erased?")
                   .arg(confirmationName(target), here.from));
}

} // namespace

void checkSetUp(const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now, Findings &findings)
{
    const bool isChosen = draft.mode && isAutomated(*draft.mode) && draft.cluster && draft.targetCluster &&
                          !draft.targetCluster->id.isEmpty();
    if (!isChosen || isPartOfCluster(*draft.targetCluster) || draft.targetCluster->type == ClusterType::Standalone)
        return; // said as such
    checkEnvironment(draft, findings);
    checkEncryption(draft, facts, now, findings);
    if (!facts.target || facts.target->target != draft.targetCluster->id)
        return;
    checkSettings(draft, *facts.target, findings);
    checkUse(draft, facts, findings);
}

QStringList passedSetUp(const RestoreDraft &draft, const RestoreFacts &facts)
{
    if (!facts.target || facts.target->target != draft.targetCluster->id || !facts.target->config ||
        !*facts.target->config)
        return {};
    QStringList passed{Text::tr("rights in the target's project")};
    Findings against;
    const auto both = bothSides(draft, *facts.target, against);
    if (!both)
        return passed;
    const auto passes = [&both](auto... checks) {
        Findings findings;
        (checks(*both, findings), ...);
        return findings.empty();
    };
    if (passes(checkStorage))
        passed.append(Text::tr("storage settings"));
    if (passes(checkSigningIn, checkTls))
        passed.append(Text::tr("signing in and TLS"));
    return passed;
}

} // namespace tidemark::rules
