#include "logs/log_texts.h"

#include "base/text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <limits>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::LogTexts)
};

/// translate() takes an int, and a delete may be larger.
int plural(qint64 count)
{
    return static_cast<int>(std::min<qint64>(count, std::numeric_limits<int>::max()));
}

QString countText(qint64 count)
{
    return QLocale(QLocale::English).toString(count);
}

QString seconds(qint64 milliseconds)
{
    return durationText(std::chrono::seconds(milliseconds / 1000));
}

} // namespace

QString lossText(const LogFinding &finding)
{
    switch (finding.kind) {
    case LossKind::Drop:
        return Text::tr("Collection dropped");
    case LossKind::DropDatabase:
        return Text::tr("Database dropped");
    case LossKind::Rename:
        return finding.dropsTarget ? Text::tr("Collection replaced by a rename") : Text::tr("Collection renamed");
    case LossKind::Convert:
        return Text::tr("Collection converted to a capped one");
    case LossKind::Delete:
        break;
    }
    if (!finding.documents)
        return Text::tr("Documents deleted, how many is not told");
    return Text::tr("%1 documents deleted").arg(countText(*finding.documents));
}

QString lossPlaceText(const LogFinding &finding)
{
    if (finding.target.isEmpty())
        return finding.nameSpace;
    return Text::tr("%1 → %2", "old and new name").arg(finding.nameSpace, finding.target);
}

QString lossWhoText(const LogFinding &finding)
{
    QStringList who;
    for (const QString &one : {finding.user, finding.client, finding.appName}) {
        if (!one.isEmpty())
            who << one;
    }
    return who.isEmpty() ? Text::tr("the logs do not tell who") : who.join(QStringLiteral(" · "));
}

QDateTime lossMoment(const LogFinding &finding)
{
    return QDateTime::fromMSecsSinceEpoch(finding.milliseconds, Qt::UTC);
}

QStringList lossNotes(const LogFinding &finding, const QString &zone)
{
    QStringList notes;
    if (!finding.zoneWasTold)
        notes << Text::tr("The line has no time zone: its time was read in %1.").arg(zone);
    if (!finding.yearWasTold)
        notes << Text::tr("The line has no year: the last one in which it is not yet to come was taken.");
    if (finding.byReplication)
        notes << Text::tr(
            "Only members that copied it tell of it, which may be seconds later. The log of the member that was "
            "primary has the moment, and who it was.");
    if (finding.kind == LossKind::Delete && finding.lines > 1)
        notes << Text::tr("%1 deletes of one connection, from %2 to %3.")
                     .arg(countText(finding.lines), timeOfDayText(lossMoment(finding)),
                          timeOfDayText(QDateTime::fromMSecsSinceEpoch(finding.lastMilliseconds, Qt::UTC)));
    else if (finding.took >= 1000)
        notes << Text::tr("It took %1; the moment is when it began.").arg(seconds(finding.took));
    if (finding.kind == LossKind::Drop && !finding.isConfirmed)
        notes << Text::tr("The log tells that it was asked for, not that it was carried out.");
    if (finding.hosts.size() > 1)
        notes << Text::tr("In the logs of %1.").arg(finding.hosts.join(QStringLiteral(", ")));
    return notes;
}

QStringList searchNotes(const LogFindings &findings)
{
    QStringList notes;
    if (findings.files > 0)
        notes << Text::tr("%n logs read.", nullptr, plural(findings.files));
    if (findings.notListed > 0)
        notes << Text::tr("%n older findings not listed.", nullptr, plural(findings.notListed));
    if (findings.longLines > 0)
        notes << Text::tr("%n lines left out: longer than 1 MiB.", nullptr, plural(findings.longLines));
    if (findings.notLogsCount > 0)
        notes << Text::tr("%n files left out, no log of MongoDB: %1.", nullptr, plural(findings.notLogsCount))
                     .arg(findings.notLogs.join(QStringLiteral(", ")));
    return notes + findings.problems;
}

QString collectionProblem(const Error &error)
{
    if (error.kind == ErrorKind::Permission || error.kind == ErrorKind::Credentials)
        return Text::tr(
            "This key may not collect logs. Drop the log file here, or open it: it is searched on this computer.");
    return (error.sentence + QLatin1Char(' ') + error.hint).trimmed();
}

} // namespace tidemark
