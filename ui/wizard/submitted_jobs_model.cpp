#include "ui/wizard/submitted_jobs_model.h"

#include "jobs/job_texts.h"
#include "ui/jobs/job_cells.h"
#include "ui/look/row_delegate.h"
#include "ui/widgets/time_text.h"

#include <algorithm>

namespace tidemark {

SubmittedJobsModel::SubmittedJobsModel(PartName partName, FindDownload findDownload, FindState findState,
                                       QObject *parent)
    : QAbstractTableModel(parent)
    , m_partName(std::move(partName))
    , m_findDownload(std::move(findDownload))
    , m_findState(std::move(findState))
{
}

void SubmittedJobsModel::setKind(const JobKind &kind)
{
    m_kind = kind;
    allChanged();
}

void SubmittedJobsModel::setJobs(std::vector<RestoreJob> jobs)
{
    const bool sameJobs = std::equal(jobs.begin(), jobs.end(), m_jobs.begin(), m_jobs.end(),
                                     [](const RestoreJob &a, const RestoreJob &b) { return a.id == b.id; });
    if (sameJobs) {
        m_jobs = std::move(jobs);
        allChanged();
        return;
    }
    beginResetModel();
    m_jobs = std::move(jobs);
    endResetModel();
}

void SubmittedJobsModel::setNow(const QDateTime &now)
{
    m_now = now;
    allChanged();
}

void SubmittedJobsModel::downloadsChanged()
{
    allChanged();
}

void SubmittedJobsModel::allChanged()
{
    if (!m_jobs.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int SubmittedJobsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_jobs.size());
}

int SubmittedJobsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString SubmittedJobsModel::text(const RestoreJob &job, int column) const
{
    switch (column) {
    case Part:
        return m_partName(job);
    case Status:
        return statusText(job, m_kind);
    case DeliveryState:
        return deliveryText(job, m_kind, m_now);
    case LinkExpires:
        return job.delivery.expires.isValid() ? expiryText(job.delivery.expires, m_now) : QString();
    case DownloadsAllowed:
        return job.delivery.maxDownloads > 0 ? maxDownloadsText(job.delivery.maxDownloads) : QString();
    case File:
        return archiveFileName(job.delivery);
    case Hash:
        return hashText(job);
    case Download: {
        const tidemark::Download *download = m_findDownload(job.id);
        return download != nullptr ? stateText(*download, m_now) : QString();
    }
    default:
        return {};
    }
}

QVariant SubmittedJobsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const RestoreJob &job = m_jobs.at(size_t(index.row()));
    if (role == Qt::DisplayRole)
        return text(job, index.column());
    if (role == LookRole::Icon && index.column() == Part)
        return QStringLiteral("replica-set");
    if (role == LookRole::Chip && index.column() == Status) {
        const ChipData chip = m_findState(job);
        return chip.text.isEmpty() ? QVariant() : QVariant::fromValue(chip);
    }
    if (role == Qt::AccessibleTextRole && index.column() == Status) {
        const QString word = m_findState(job).text;
        const QString words = text(job, Status);
        return word.isEmpty() || word == words ? words : tr("%1, %2").arg(word, words);
    }
    if (role == Qt::ToolTipRole) {
        if (index.column() == LinkExpires)
            return utcAndLocalText(job.delivery.expires);
        if (index.column() == Part)
            return tr("Restore job %1").arg(job.id.value);
    }
    return {};
}

QVariant SubmittedJobsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Part:
        return tr("Part");
    case Status:
        return tr("Status");
    case DeliveryState:
        return tr("Delivery");
    case LinkExpires:
        return tr("Link expires");
    case DownloadsAllowed:
        return tr("Downloads allowed");
    case File:
        return tr("File");
    case Hash:
        return tr("SHA-1");
    case Download:
        return tr("Download");
    default:
        return {};
    }
}

} // namespace tidemark
