#include "logs/log_texts.h"

#include "base/text.h"
#include "logs/log_cover_texts.h"
#include "logs/log_folder.h"

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

QDateTime momentAt(qint64 milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC);
}

/// Those that are known, and that there are more.
QString someNames(const QStringList &names, qint64 count)
{
    return names.join(QStringLiteral(", ")) + (count > names.size() ? QStringLiteral("…") : QString());
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
    const DocumentCount &count = finding.documents;
    if (count.isExact())
        return Text::tr("%1 documents deleted").arg(countText(count.least));
    if (count.least == 0)
        return count.most ? Text::tr("Up to %1 documents deleted").arg(countText(*count.most))
                          : Text::tr("Documents deleted, how many is not told");
    return count.least == 1 ? Text::tr("At least one document deleted")
                            : Text::tr("At least %1 documents deleted").arg(countText(count.least));
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
    if (!who.isEmpty())
        return who.join(QStringLiteral(" · "));
    const bool isItself = finding.kind == LossKind::Delete && !finding.byReplication && !finding.context.isEmpty() &&
                          !finding.context.startsWith(QLatin1String("conn"));
    return isItself ? Text::tr("mongod itself (%1)", "a thread").arg(finding.context)
                    : Text::tr("the logs do not tell who");
}

QDateTime lossMoment(const LogFinding &finding)
{
    return momentAt(finding.milliseconds);
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
                          timeOfDayText(momentAt(finding.endMilliseconds)));
    else if (finding.endMilliseconds - finding.milliseconds >= 1000)
        notes << Text::tr("It took %1; the moment is when it began.")
                     .arg(seconds(finding.endMilliseconds - finding.milliseconds));
    if (finding.kind == LossKind::Delete && !finding.documents.most && finding.documents.least > 0)
        notes << Text::tr("Of some of the deletes the log does not tell how many documents they took.");
    if (finding.kind == LossKind::Drop && !finding.isConfirmed())
        notes << Text::tr("The log tells that it was asked for, not that it was carried out.");
    if (finding.hosts.size() > 1)
        notes << Text::tr("In the logs of %1.").arg(finding.hosts.join(QStringLiteral(", ")));
    return notes;
}

QStringList searchNotes(const LogFindings &findings, const std::optional<QDateTime> &moment)
{
    QStringList notes;
    if (findings.files > 0)
        notes << Text::tr("%n logs read.", nullptr, plural(findings.files));
    if (!findings.covers.empty())
        notes << coverText(findings.covers, moment);
    if (findings.notListed > 0)
        notes << Text::tr("%n more findings not listed: the older and the less certain ones.", nullptr,
                          plural(findings.notListed));
    if (findings.longLines > 0)
        notes << Text::tr("%n lines left out: longer than 1 MiB.", nullptr, plural(findings.longLines));
    if (findings.notLogsCount > 0)
        notes << Text::tr("%n files left out, no log of MongoDB: %1.", nullptr, plural(findings.notLogsCount))
                     .arg(someNames(findings.notLogs, findings.notLogsCount));
    if (findings.emptyFiles > 0)
        notes << Text::tr("%n files are empty.", nullptr, plural(findings.emptyFiles));
    if (findings.linkCount > 0)
        notes << Text::tr("%n links not followed: %1.", nullptr, plural(findings.linkCount))
                     .arg(someNames(findings.links, findings.linkCount));
    if (findings.hasMoreFiles)
        notes << Text::tr("There are more files: only the first %n were read.", nullptr, static_cast<int>(MostFiles));
    notes << findings.problems;
    if (const qint64 more = findings.problemCount - findings.problems.size(); more > 0)
        notes << Text::tr("%n more files or folders could not be read.", nullptr, plural(more));
    return notes;
}

QString collectionProblem(const Error &error)
{
    if (error.kind == ErrorKind::Permission || error.kind == ErrorKind::Credentials)
        return Text::tr(
            "This key may not collect logs. Drop the log file here, or open it: it is searched on this computer.");
    return (error.sentence + QLatin1Char(' ') + error.hint).trimmed();
}

} // namespace tidemark
