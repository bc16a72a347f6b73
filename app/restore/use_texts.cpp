#include "restore/use_texts.h"

#include "base/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::UseTexts)
};

constexpr size_t mostDatabases = 5; ///< named in one line

/// Of the primaries of all shards; nullopt where one of them, or its size, is not known.
std::optional<qint64> dataBytes(const TargetUse &use)
{
    qint64 sum = 0;
    bool isAny = false;
    for (const ProcessUse &process : use.processes) {
        if (!process.isPrimary || process.isConfigServer)
            continue;
        if (!process.dataBytes)
            return std::nullopt;
        sum += *process.dataBytes;
        isAny = true;
    }
    return isAny ? std::optional(sum) : std::nullopt;
}

/// What is told is of a part of the target alone.
bool isPartly(const Cluster &target, const TargetUse &use)
{
    const auto isPrimary = [](const ProcessUse &process) { return process.isPrimary; };
    return use.notAsked > 0 || !setsWithout(target, use, isPrimary).isEmpty();
}

QString bySize(const std::vector<DatabaseSize> &databases)
{
    QStringList named;
    for (const DatabaseSize &one : databases) {
        if (static_cast<size_t>(named.size()) == mostDatabases)
            break;
        named.append(Text::tr("%1 %2", "a database and its size").arg(one.name, bytesText(one.bytes)));
    }
    const int more = static_cast<int>(databases.size()) - static_cast<int>(named.size());
    const QString list = named.join(QStringLiteral(", "));
    return more > 0 ? Text::tr("%1 and %n more", nullptr, more).arg(list) : list;
}

} // namespace

QString erasedDataText(const Cluster &target, const std::optional<TargetFacts> &facts)
{
    if (!facts || !facts->use)
        return Text::tr("is being read");
    if (!*facts->use)
        return Text::tr("how much there is could not be read: %1").arg(facts->use->error().sentence);
    const TargetUse &use = **facts->use;
    if (isPartly(target, use))
        return Text::tr("how much there is, is not known");
    const auto &databases = use.databases;
    std::optional<qint64> bytes = dataBytes(use);
    if (!bytes && databases && !databases->empty()) {
        bytes = 0;
        for (const DatabaseSize &one : *databases)
            *bytes += one.bytes;
    }
    if (!bytes)
        return Text::tr("how much there is, is not known");
    if (!databases || databases->empty())
        return bytesText(*bytes);
    return Text::tr("%1; by size: %2").arg(bytesText(*bytes), bySize(*databases));
}

QString lastWriteText(const Cluster &target, const std::optional<TargetFacts> &facts)
{
    if (!facts || !facts->use)
        return Text::tr("is being read");
    QDateTime last;
    QDateTime since;
    bool isAny = false;
    if (*facts->use && isPartly(target, **facts->use))
        return Text::tr("not known");
    if (*facts->use) {
        for (const ProcessUse &process : (*facts->use)->processes) {
            if (!process.writes)
                continue;
            if (!*process.writes || !(*process.writes)->since.isValid() || isOld(**process.writes, (*facts->use)->read))
                return Text::tr("not known");
            isAny = true;
            const ClientWrites &writes = **process.writes;
            last = last.isValid() && writes.last.isValid() ? std::max(last, writes.last)
                   : writes.last.isValid()                 ? writes.last
                                                           : last;
            since = since.isValid() ? std::max(since, writes.since) : writes.since;
        }
    }
    if (!isAny)
        return Text::tr("not known");
    if (last.isValid())
        return Text::tr("written to until %1").arg(utcText(last));
    // To whole hours: the samples' own grid is no news.
    const auto looked = std::chrono::seconds(since.secsTo((*facts->use)->read));
    const auto hours = static_cast<int>(std::chrono::round<std::chrono::hours>(looked).count());
    return hours > 0 ? Text::tr("not above 3 a minute in the last %n hours", nullptr, hours)
                     : Text::tr("not above 3 a minute in the last %1").arg(durationText(looked));
}

} // namespace tidemark
