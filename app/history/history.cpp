#include "history/history.h"

#include "base/text.h"

#include <QJsonArray>
#include <QJsonDocument>

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
