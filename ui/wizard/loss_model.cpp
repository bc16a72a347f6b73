#include "ui/wizard/loss_model.h"

#include "base/text.h"
#include "logs/log_merge.h"
#include "logs/log_texts.h"
#include "ui/look/row_delegate.h"
#include "ui/widgets/time_text.h"

#include <QRegularExpression>

namespace tidemark {

namespace {

QString placeText(const LogPlace &place)
{
    return LossModel::tr("%1, line %2").arg(place.file, QString::number(place.line));
}

QString firstLine(const LogFinding &finding, int column)
{
    switch (column) {
    case LossModel::MomentUtc:
        return utcText(lossMoment(finding));
    case LossModel::What:
        return lossText(finding);
    case LossModel::Who:
        return finding.user.isEmpty() ? lossWhoText(finding) : finding.user;
    case LossModel::Where:
        return finding.hosts.join(QStringLiteral(", "));
    default:
        return {};
    }
}

/// The date, and the time here where it is another one.
QString dateLine(const QDateTime &moment)
{
    const QString date = moment.date().toString(Qt::ISODate);
    const QString here = localTimeIfOther(moment);
    return here.isEmpty() ? date : LossModel::tr("%1 · %2", "date, local time").arg(date, here);
}

QString secondLine(const LogFinding &finding, int column)
{
    switch (column) {
    case LossModel::MomentUtc:
        return dateLine(lossMoment(finding));
    case LossModel::What:
        return lossPlaceText(finding);
    case LossModel::Who: {
        if (finding.user.isEmpty())
            return {};
        const QStringList rest{finding.client, finding.appName};
        return rest.filter(QRegularExpression(QStringLiteral("."))).join(QStringLiteral(" · "));
    }
    case LossModel::Where:
        return placeText(finding.place);
    default:
        return {};
    }
}

} // namespace

ItemViewOptions lossViewOptions()
{
    return {.name = QStringLiteral("losses"),
            .columns = {{LossModel::MomentUtc, QStringLiteral("moment")},
                        {LossModel::What, QStringLiteral("what")},
                        {LossModel::Who, QStringLiteral("who")},
                        {LossModel::Where, QStringLiteral("where")}},
            .sort = ItemSort{LossModel::MomentUtc, Qt::DescendingOrder},
            .rowUnits = TwoLines};
}

void LossModel::setFindings(const std::vector<LogFinding> &findings)
{
    if (findings == m_findings)
        return;
    beginResetModel();
    m_findings = findings;
    endResetModel();
}

const LogFinding *LossModel::finding(const QModelIndex &index) const
{
    return index.isValid() ? &m_findings.at(static_cast<size_t>(index.row())) : nullptr;
}

QModelIndex LossModel::indexOf(const LogFinding &before) const
{
    const auto at = whereIs(before, m_findings);
    return at ? index(static_cast<int>(*at), 0) : QModelIndex();
}

int LossModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_findings.size());
}

int LossModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LossModel::data(const QModelIndex &index, int role) const
{
    const LogFinding *one = finding(index);
    if (!one)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return firstLine(*one, index.column());
    case SortRole:
        return index.column() == MomentUtc ? QVariant(one->milliseconds) : QVariant(firstLine(*one, index.column()));
    case LookRole::FirstLine: // the second is never cut off
        return index.column() == MomentUtc ? QVariant(timeOfDayText(lossMoment(*one))) : QVariant();
    case LookRole::SecondLine:
    case Qt::AccessibleDescriptionRole:
        return secondLine(*one, index.column());
    default:
        return {};
    }
}

QVariant LossModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case MomentUtc:
        return tr("Moment (UTC)");
    case What:
        return tr("What");
    case Who:
        return tr("Who");
    case Where:
        return tr("Where");
    default:
        return {};
    }
}

} // namespace tidemark
