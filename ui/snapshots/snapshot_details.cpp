#include "ui/snapshots/snapshot_details.h"

#include "base/text.h"
#include "ui/widgets/time_text.h"
#include "ui/wizard/snapshots_model.h"

namespace tidemark {

namespace {

QString row(const QString &what, const QString &value)
{
    if (value.isEmpty())
        return {};
    return QStringLiteral("<tr><td style=\"padding-right:1em\">%1</td><td>%2</td></tr>")
        .arg(what.toHtmlEscaped(), value.toHtmlEscaped());
}

QString partRow(const SnapshotPart &part)
{
    const QStringList cells{
        part.replicaSetName,           part.typeName,     part.mongodVersion, bytesText(part.fileSizeBytes),
        bytesText(part.dataSizeBytes), part.masterKeyUuid};
    QString html = QStringLiteral("<tr>");
    for (const QString &cell : cells)
        html += QStringLiteral("<td style=\"padding-right:1.5em\">%1</td>").arg(cell.toHtmlEscaped());
    return html + QStringLiteral("</tr>");
}

QString headerRow()
{
    QString html = QStringLiteral("<tr>");
    for (const QString &cell :
         {SnapshotDetails::tr("Archive of"), SnapshotDetails::tr("Type"), SnapshotDetails::tr("MongoDB"),
          SnapshotDetails::tr("Files"), SnapshotDetails::tr("Data"), SnapshotDetails::tr("Master key")})
        html += QStringLiteral("<th align=\"left\" style=\"padding-right:1.5em\">%1</th>").arg(cell);
    return html + QStringLiteral("</tr>");
}

} // namespace

SnapshotDetails::SnapshotDetails(QWidget *parent)
    : QTextBrowser(parent)
{
    setObjectName(QStringLiteral("snapshotDetails"));
    setAccessibleName(tr("Details of the snapshot"));
    setOpenLinks(false);
    setFrameShape(QFrame::NoFrame);
    clear();
}

void SnapshotDetails::show(const Snapshot &snapshot)
{
    QString html = QStringLiteral("<table>");
    html += row(tr("Snapshot of"), utcAndLocalText(snapshot.created.time()));
    if (snapshot.lastOplogApplied)
        html += row(tr("Last oplog entry"), tr("%1, increment %2")
                                                .arg(utcAndLocalText(snapshot.lastOplogApplied->time()))
                                                .arg(snapshot.lastOplogApplied->increment));
    html += row(tr("Expires"), snapshot.expires.isValid() ? utcAndLocalText(snapshot.expires) : tr("Never"));
    html += row(tr("Id"), snapshot.id.value);
    html += row(tr("Beware"), snapshotWarnings(snapshot).join(QStringLiteral("; ")));
    html += QStringLiteral("</table><br><table>") + headerRow();
    for (const SnapshotPart &part : snapshot.parts)
        html += partRow(part);
    html += QStringLiteral("</table><p>") +
            tr("Files are what Cloud Manager stores; the archive is compressed and normally smaller.").toHtmlEscaped() +
            QStringLiteral("</p>");
    setHtml(html);
}

void SnapshotDetails::clear()
{
    setPlainText(tr("Select a snapshot to see what is in it."));
}

} // namespace tidemark
