#include "restore/rules_parts.h"

#include "base/text.h"

#include <algorithm>
#include <map>

// Whether the target has room for the data, and whether clients write to it. Sentences name what stays the same from
// one read to the next: one that changes is another warning, to be ticked anew.
namespace tidemark::rules {

namespace {

/// The largest part counts: which of the target's shards gets which of them is not told. Files on disk, without what
/// the oplog adds. nullopt where it is not known.
std::optional<qint64> neededBytes(const Snapshot &snapshot, bool isConfigServer)
{
    if (!snapshot.missingShards.isEmpty())
        return std::nullopt; // the largest may be one of them
    qint64 most = 0;
    for (const SnapshotPart &part : snapshot.parts) {
        const bool isConfigPart = part.typeName.startsWith(QLatin1String("CONFIG_SERVER"));
        if (isConfigPart != isConfigServer)
            continue;
        const qint64 size = std::max(part.fileSizeBytes, part.storageSizeBytes);
        if (size <= 0)
            return std::nullopt;
        most = std::min(std::max(most, size), MostBytes);
    }
    return most > 0 ? std::optional(most) : std::nullopt;
}

/// From good to bad.
enum class Fit {
    Free,       ///< there is the room now
    OnceErased, ///< there is if all that is there goes
    NotTold,
    TooSmall ///< there is not, even on empty disks
};

Fit fitOf(qint64 needed, qint64 free, std::optional<qint64> used)
{
    if (free >= needed)
        return Fit::Free;
    if (!used)
        return Fit::NotTold;
    return *used >= needed - free ? Fit::OnceErased : Fit::TooSmall;
}

/// Which partition holds the data is not told: the one that fits best counts, and all of them together for all
/// processes of a host.
Fit fitOf(const ProcessUse &process, qint64 needed, qint64 neededOnHost)
{
    if (!process.room || process.room->empty())
        return Fit::NotTold;
    const bool isAllTold = process.partitionsUntold == 0;
    Fit best = isAllTold ? Fit::TooSmall : Fit::NotTold;
    qint64 free = 0;
    std::optional<qint64> used = isAllTold ? std::optional<qint64>(0) : std::nullopt;
    for (const PartitionRoom &partition : *process.room) {
        best = std::min(best, fitOf(needed, partition.freeBytes, partition.usedBytes));
        free += partition.freeBytes;
        used = used && partition.usedBytes ? std::optional(*used + *partition.usedBytes) : std::nullopt;
    }
    return std::max(best, fitOf(neededOnHost, free, used));
}

/// "db1.example.net" of "db1.example.net:27017".
QString hostOf(const ProcessUse &process)
{
    const qsizetype colon = process.name.lastIndexOf(QLatin1Char(':'));
    return colon < 0 ? process.name : process.name.left(colon);
}

struct Room
{
    QStringList onceErased;
    QStringList tooSmall;
    QStringList notTold;
    QStringList unwatched;      ///< replica sets of which nothing is monitored
    const Error *why = nullptr; ///< for one of those that are not told
};

void tellUntold(const QString &name, const TargetUse &use, const Room &room, Findings &findings)
{
    const auto open = [&findings](const QString &sentence) { leaveOpen(findings, Field::TargetCluster, sentence); };
    const bool isAll = room.notTold.size() >= static_cast<qsizetype>(use.processes.size());
    if (!room.unwatched.isEmpty())
        open(Text::tr("Whether the data fit on the disks of “%1” could not be checked everywhere: nothing of %2 is "
                      "monitored.")
                 .arg(name, listed(room.unwatched)));
    if (room.notTold.isEmpty() && use.notAsked > 0)
        open(Text::tr("Whether the data fit on the disks of “%1” could not be checked everywhere: it has too many "
                      "processes.")
                 .arg(name));
    else if (room.notTold.isEmpty())
        return;
    else if (isAll && room.why)
        open(Text::tr("Whether the data fit on the disks of “%1” could not be checked. %2")
                 .arg(name, room.why->sentence));
    else if (room.why)
        open(Text::tr("Whether the data fit on these hosts of “%1” could not be checked: %2. %3")
                 .arg(name, listed(room.notTold), room.why->sentence));
    else
        open(Text::tr("Whether the data fit on these hosts of “%1” could not be checked: how full their disks are is "
                      "not told: %2.")
                 .arg(name, listed(room.notTold)));
}

void checkRoom(const Cluster &target, const TargetUse &use, const Snapshot *snapshot, Findings &findings)
{
    const QString name = confirmationName(target);
    const std::optional<qint64> needed = snapshot ? neededBytes(*snapshot, false) : std::nullopt;
    if (!needed) {
        leaveOpen(findings, Field::TargetCluster,
                  Text::tr("Whether the data fit on the disks of “%1” could not be checked: their size is not known.")
                      .arg(name));
        return;
    }
    // Config servers hold little, and of some snapshots their part is not told.
    const qint64 ofConfig = neededBytes(*snapshot, true).value_or(0);
    const auto own = [&](const ProcessUse &process) { return process.isConfigServer ? ofConfig : *needed; };
    std::map<QString, qint64> onHost;
    for (const ProcessUse &process : use.processes)
        onHost[hostOf(process)] += own(process);
    Room room;
    for (const ProcessUse &process : use.processes) {
        const Fit fit = fitOf(process, own(process), onHost[hostOf(process)]);
        if (fit == Fit::Free)
            continue;
        (fit == Fit::OnceErased ? room.onceErased
         : fit == Fit::TooSmall ? room.tooSmall
                                : room.notTold)
            .append(process.name);
        if (fit == Fit::NotTold && !process.room)
            room.why = &process.room.error();
    }
    room.unwatched = setsWithout(target, use, [](const ProcessUse &) { return true; });
    if (!room.tooSmall.isEmpty())
        warn(findings, Field::TargetCluster,
             Text::tr("These hosts of “%1” cannot hold the %2 that the restore brings to each process, even when their "
                      "disks are empty: %3.")
                 .arg(name, bytesText(*needed), listed(room.tooSmall)));
    if (!room.onceErased.isEmpty())
        warn(findings, Field::TargetCluster,
             Text::tr("On these hosts of “%1” less is free than the %2 that the restore brings to each process: %3. It "
                      "may fit once the present data are erased.")
                 .arg(name, bytesText(*needed), listed(room.onceErased)));
    tellUntold(name, use, room, findings);
}

void checkWriting(const Cluster &target, const TargetUse &use, Findings &findings)
{
    const QString name = confirmationName(target);
    QStringList writing;
    QStringList little;
    QStringList notTold;
    const Error *why = nullptr;
    for (const ProcessUse &process : use.processes) {
        if (!process.writes)
            continue;
        if (!*process.writes)
            why = &process.writes->error();
        else if (isOld(**process.writes, use.read))
            notTold.append(process.name);
        else if ((*process.writes)->mostPerSecond >= WritingPerSecond)
            writing.append(process.name);
        else if ((*process.writes)->mostPerSecond > QuietPerSecond)
            little.append(process.name);
    }
    if (!little.isEmpty())
        note(findings, Field::TargetCluster,
             Text::tr("A little is written to “%1” now (seen on %2): by few clients, or by the server itself.")
                 .arg(name, listed(little)));
    if (!writing.isEmpty())
        warn(findings, Field::TargetCluster,
             Text::tr("Clients write to “%1” now (seen on %2). What they write is erased with the rest: stop them "
                      "first.")
                 .arg(name, listed(writing)));
    const QStringList headless =
        setsWithout(target, use, [](const ProcessUse &process) { return process.writes.has_value(); });
    if (why)
        leaveOpen(findings, Field::TargetCluster,
                  Text::tr("Whether clients write to “%1” now could not be checked. %2").arg(name, why->sentence));
    else if (!notTold.isEmpty())
        leaveOpen(findings, Field::TargetCluster,
                  Text::tr("Whether clients write to “%1” now could not be checked: nothing new was measured on %2.")
                      .arg(name, listed(notTold)));
    else if (!headless.isEmpty())
        leaveOpen(findings, Field::TargetCluster,
                  Text::tr("Whether clients write to “%1” now could not be checked: monitoring knows no primary of %2.")
                      .arg(name, listed(headless)));
}

const TargetUse *readUse(const RestoreDraft &draft, const RestoreFacts &facts)
{
    const bool isRead = facts.target && facts.target->target == draft.targetCluster->id && facts.target->use &&
                        facts.target->use->has_value();
    return isRead ? &**facts.target->use : nullptr;
}

} // namespace

void checkUse(const RestoreDraft &draft, const RestoreFacts &facts, Findings &findings)
{
    const QString name = confirmationName(*draft.targetCluster);
    if (!facts.target->use) {
        note(findings, Field::TargetCluster,
             Text::tr("How full the disks of “%1” are, and whether clients write to it, is still being read.")
                 .arg(name));
        return;
    }
    const TargetUse *use = readUse(draft, facts);
    if (!use) {
        leaveOpen(findings, Field::TargetCluster,
                  Text::tr("Whether the data fit on the disks of “%1”, and whether clients write to it now, could not "
                           "be checked. %2")
                      .arg(name, facts.target->use->error().sentence));
        return;
    }
    if (use->processes.empty()) {
        leaveOpen(findings, Field::TargetCluster,
                  Text::tr("Whether the data fit on the disks of “%1”, and whether clients write to it now, could not "
                           "be checked: monitoring knows no process of it that holds data.")
                      .arg(name));
        return;
    }
    checkRoom(*draft.targetCluster, *use, firstSnapshot(draft, facts, use->read), findings);
    checkWriting(*draft.targetCluster, *use, findings);
}

QStringList passedUse(const RestoreDraft &draft, const RestoreFacts &facts)
{
    const TargetUse *use = readUse(draft, facts);
    if (!use || use->processes.empty())
        return {};
    QStringList passed;
    Findings room;
    checkRoom(*draft.targetCluster, *use, firstSnapshot(draft, facts, use->read), room);
    if (room.empty())
        passed.append(Text::tr("room on a partition of each host"));
    Findings writing;
    checkWriting(*draft.targetCluster, *use, writing);
    if (writing.empty())
        passed.append(Text::tr("hardly any writes"));
    return passed;
}

} // namespace tidemark::rules
