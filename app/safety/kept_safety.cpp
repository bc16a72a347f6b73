#include "safety/kept_safety.h"

#include "base/text.h"
#include "restore/point_json.h"

#include <QJsonArray>

#include <algorithm>

namespace tidemark {

namespace {

constexpr int FormatVersion = 1;
constexpr size_t MostKept = 500; ///< the newest
const QString ListKey = QStringLiteral("snapshots");

QDateTime timeOf(const QJsonValue &json)
{
    return QDateTime::fromString(json.toString(), Qt::ISODate).toUTC();
}

struct Entries
{
    std::vector<SafetySnapshot> known;
    QJsonArray others;
};

Entries entriesOf(const QJsonObject &root)
{
    Entries entries;
    for (const QJsonValue entry : root[ListKey].toArray()) {
        if (auto one = safetyFromJson(entry.toObject()))
            entries.known.push_back(std::move(*one));
        else
            entries.others.append(entry);
    }
    return entries;
}

} // namespace

QJsonObject toJson(const SafetySnapshot &kept)
{
    QJsonArray jobs;
    for (const JobId &job : kept.jobs)
        jobs.append(job.value);
    QJsonObject json{{QLatin1String("key"), kept.key},
                     {QLatin1String("server"), kept.server},
                     {QLatin1String("project"), kept.project.id.value},
                     {QLatin1String("projectName"), kept.project.name},
                     {QLatin1String("cluster"), kept.cluster.value},
                     {QLatin1String("clusterName"), kept.clusterName},
                     {QLatin1String("parts"), kept.expectedParts},
                     {QLatin1String("retentionDays"), kept.retentionDays},
                     {QLatin1String("asked"), isoText(kept.asked)},
                     {QLatin1String("isAnswered"), kept.isAnswered},
                     {QLatin1String("snapshot"), kept.snapshot.value},
                     {QLatin1String("created"), momentJson(kept.created)},
                     {QLatin1String("expires"), isoText(kept.expires)},
                     {QLatin1String("isWhole"), kept.isWhole},
                     {QLatin1String("order"), kept.order},
                     {QLatin1String("ordered"), isoText(kept.ordered)},
                     {QLatin1String("jobs"), jobs}};
    if (kept.answered)
        json.insert(QLatin1String("answered"), momentJson(*kept.answered));
    return json;
}

std::optional<SafetySnapshot> safetyFromJson(const QJsonObject &json)
{
    SafetySnapshot kept;
    kept.key = json[QLatin1String("key")].toString();
    kept.cluster = ClusterId(json[QLatin1String("cluster")].toString());
    kept.asked = timeOf(json[QLatin1String("asked")]);
    if (kept.key.isEmpty() || kept.cluster.isEmpty() || !kept.asked.isValid())
        return std::nullopt;
    kept.server = json[QLatin1String("server")].toString();
    kept.project.id = ProjectId(json[QLatin1String("project")].toString());
    kept.project.name = json[QLatin1String("projectName")].toString();
    kept.clusterName = json[QLatin1String("clusterName")].toString();
    kept.expectedParts = json[QLatin1String("parts")].toInt();
    kept.retentionDays = json[QLatin1String("retentionDays")].toInt();
    kept.isAnswered = json[QLatin1String("isAnswered")].toBool();
    if (json.contains(QLatin1String("answered")))
        kept.answered = momentFromJson(json[QLatin1String("answered")]);
    kept.snapshot = SnapshotId(json[QLatin1String("snapshot")].toString());
    kept.created = momentFromJson(json[QLatin1String("created")]);
    kept.expires = timeOf(json[QLatin1String("expires")]);
    kept.isWhole = json[QLatin1String("isWhole")].toBool() && !kept.snapshot.isEmpty();
    kept.order = json[QLatin1String("order")].toString();
    kept.ordered = timeOf(json[QLatin1String("ordered")]);
    for (const QJsonValue job : json[QLatin1String("jobs")].toArray())
        kept.jobs.emplace_back(job.toString());
    return kept;
}

KeptSafety::KeptSafety(const QString &path)
    : m_file(path, FormatVersion, [](const QJsonObject &root) { return root[ListKey].isArray(); })
{
}

Result<std::vector<SafetySnapshot>> KeptSafety::read(const QString &server, const QDateTime &now) const
{
    const KeptFile::Content content = m_file.read();
    if (content.trouble)
        return failure(*content.trouble);
    std::vector<SafetySnapshot> known = entriesOf(content.root).known;
    std::erase_if(known, [&](const SafetySnapshot &one) { return one.server != server || isOver(one, now); });
    std::ranges::stable_sort(known, {}, &SafetySnapshot::asked);
    return known;
}

/// Another server's clock tells nothing of this one's.
static void dropOver(std::vector<SafetySnapshot> &all, const QString &server, const QDateTime &now)
{
    std::erase_if(all, [&](const SafetySnapshot &one) { return one.server == server && isOver(one, now); });
}

Result<bool> KeptSafety::keep(const SafetySnapshot &one, const QDateTime &now)
{
    return change([&](std::vector<SafetySnapshot> &all) {
        dropOver(all, one.server, now);
        const auto found = std::ranges::find(all, one.key, &SafetySnapshot::key);
        if (found != all.end())
            *found = mergedWith(*found, one);
        else
            all.push_back(one);
    });
}

Result<bool> KeptSafety::drop(const QString &key)
{
    return change([&key](std::vector<SafetySnapshot> &all) {
        std::erase_if(all, [&key](const SafetySnapshot &one) { return one.key == key; });
    });
}

Result<bool> KeptSafety::change(const std::function<void(std::vector<SafetySnapshot> &)> &change)
{
    return m_file.update([&](QJsonObject &root) {
        Entries entries = entriesOf(root);
        change(entries.known);
        std::ranges::stable_sort(entries.known, std::greater(), &SafetySnapshot::asked);
        if (entries.known.size() > MostKept)
            entries.known.resize(MostKept);
        QJsonArray list = entries.others;
        for (const SafetySnapshot &one : entries.known)
            list.append(toJson(one));
        root.insert(ListKey, list);
        return true;
    });
}

} // namespace tidemark
