#include "history/history.h"

#include "base/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>
#include <deque>

namespace tidemark {

namespace {

QString text(const QJsonObject &details, const char *key)
{
    return details.value(QLatin1String(key)).toString();
}

QString pathText(const QString &project, const QString &cluster)
{
    return project.isEmpty() ? cluster : cluster.isEmpty() ? project : project + QStringLiteral(" / ") + cluster;
}

/// Of jobs their ids; they stand there as texts or as objects.
QStringList jobsOf(const QJsonObject &details)
{
    QStringList ids;
    for (const QJsonValue &job : details.value(QLatin1String("jobs")).toArray())
        ids.append(job.isObject() ? job[QLatin1String("id")].toString() : job.toString());
    ids.removeAll(QString());
    return ids;
}

QString outcomeOf(const QJsonObject &details)
{
    if (const QString state = text(details, "state"); !state.isEmpty())
        return state;
    if (const QStringList jobs = jobsOf(details); !jobs.isEmpty())
        return jobs.join(QStringLiteral(", "));
    return text(details, "seen");
}

/// What a line calls the restore that it is about: the order's key, jobs, batches.
QSet<QString> namesIn(const QString &event, const QJsonObject &details)
{
    QSet<QString> names;
    for (const char *key : {"order", "restore"})
        names.insert(text(details, key));
    // What was seen to be another's, or stood in a list of candidates, is no name of this one.
    if (event.startsWith(QLatin1String("ordered"))) {
        names.insert(text(details, "batchId"));
        for (const QString &job : jobsOf(details))
            names.insert(job);
        for (const QJsonValue job : details.value(QLatin1String("jobs")).toArray())
            names.insert(job[QLatin1String("batchId")].toString());
    }
    names.remove(QString());
    return names;
}

HistoryEntry entryOf(const AuditLog::Line &line)
{
    HistoryEntry entry;
    entry.line = line.number;
    entry.follows = line.follows;
    entry.searched = QString::fromUtf8(line.bytes).toCaseFolded();
    const QJsonDocument document = QJsonDocument::fromJson(line.bytes);
    if (!document.isObject()) {
        entry.verbatim = line.bytes;
        return entry;
    }
    entry.details = document.object();
    entry.details.remove(QLatin1String("previous"));
    const QJsonObject &details = entry.details;
    entry.time = QDateTime::fromString(text(details, "time"), Qt::ISODateWithMs).toUTC();
    entry.event = text(details, "event");
    entry.order = text(details, details.contains(QLatin1String("order")) ? "order" : "restore");
    entry.user = text(details, "user");
    entry.person = text(details, "osUser");
    if (const QString host = text(details, "host"); !host.isEmpty())
        entry.person += QLatin1Char('@') + host;
    entry.source = pathText(text(details, "project"), text(details, "cluster"));
    entry.target = pathText(text(details, "targetProject"), text(details, "targetCluster"));
    entry.point = text(details, "point");
    entry.outcome = outcomeOf(details);
    entry.names = namesIn(entry.event, details);
    return entry;
}

/// What begins so is carried out by spreadsheets.
bool isFormula(const QString &field)
{
    static const QString begins = QStringLiteral("=+-@\t\r");
    return !field.isEmpty() && begins.contains(field.front());
}

QByteArray csvLine(const QStringList &fields)
{
    QByteArray line;
    for (const QString &field : fields) {
        if (!line.isEmpty())
            line += ',';
        QString quoted = isFormula(field) ? QLatin1Char('\'') + field : field;
        line += '"' + quoted.replace(QLatin1Char('"'), QStringLiteral("\"\"")).toUtf8() + '"';
    }
    return line + "\r\n";
}

} // namespace

QString HistoryEntry::planHash() const
{
    return details.value(QLatin1String("plan"))[QLatin1String("sha256")].toString();
}

std::vector<HistoryEntry> linesOfRestore(const std::vector<HistoryEntry> &entries, const HistoryEntry &entry)
{
    QSet<QString> names = entry.names;
    // A line that names a job may be the one that leads from it to the order, or back.
    for (qsizetype before = -1; before != names.size();) {
        before = names.size();
        for (const HistoryEntry &other : entries) {
            if (names.intersects(other.names))
                names |= other.names;
        }
    }
    std::vector<HistoryEntry> lines;
    std::ranges::copy_if(entries, std::back_inserter(lines),
                         [&names](const HistoryEntry &other) { return names.intersects(other.names); });
    std::ranges::sort(lines, {}, &HistoryEntry::line);
    return lines;
}

History readHistory(const QString &path, size_t most)
{
    History history;
    std::deque<HistoryEntry> newest;
    history.verdict = AuditLog::read(path, [&](const AuditLog::Line &line) {
        newest.push_front(entryOf(line));
        if (newest.size() > most) {
            newest.pop_back();
            ++history.older;
        }
    });
    history.entries.assign(std::make_move_iterator(newest.begin()), std::make_move_iterator(newest.end()));
    return history;
}

QByteArray historyCsv(const std::vector<HistoryEntry> &entries)
{
    QByteArray csv = csvLine({QStringLiteral("line"), QStringLiteral("time"), QStringLiteral("event"),
                              QStringLiteral("order"), QStringLiteral("user"), QStringLiteral("person"),
                              QStringLiteral("source"), QStringLiteral("target"), QStringLiteral("point"),
                              QStringLiteral("outcome"), QStringLiteral("follows"), QStringLiteral("details")});
    for (const HistoryEntry &entry : entries) {
        const QByteArray details =
            entry.verbatim.isEmpty() ? QJsonDocument(entry.details).toJson(QJsonDocument::Compact) : entry.verbatim;
        csv += csvLine({QString::number(entry.line), isoText(entry.time), entry.event, entry.order, entry.user,
                        entry.person, entry.source, entry.target, entry.point, entry.outcome,
                        entry.follows ? QStringLiteral("yes") : QStringLiteral("no"), QString::fromUtf8(details)});
    }
    return csv;
}

QByteArray historyJson(const std::vector<HistoryEntry> &entries)
{
    QJsonArray all;
    for (const HistoryEntry &entry : entries) {
        QJsonObject one{{QStringLiteral("line"), entry.line}, {QStringLiteral("follows"), entry.follows}};
        if (entry.verbatim.isEmpty())
            one.insert(QStringLiteral("entry"), entry.details);
        else
            one.insert(QStringLiteral("verbatim"), QString::fromUtf8(entry.verbatim));
        all.append(one);
    }
    return QJsonDocument(all).toJson(QJsonDocument::Indented);
}

} // namespace tidemark
