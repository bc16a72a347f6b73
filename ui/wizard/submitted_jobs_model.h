#pragma once

#include "downloads/download.h"
#include "jobs/job_monitor.h"
#include "ui/look/chip.h"

#include <QAbstractTableModel>

#include <functional>

namespace tidemark {

/// The jobs of one submission, a row each.
class SubmittedJobsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Part, Status, DeliveryState, Download, LinkExpires, DownloadsAllowed, Hash, File, ColumnCount };

    using PartName = std::function<QString(const RestoreJob &)>;
    /// The download of a job in the queue; nullptr when there is none.
    using FindDownload = std::function<const tidemark::Download *(const JobId &)>;

    /// How far a job is, as a chip; an empty one where nothing has been read of it yet.
    using FindState = std::function<ChipData(const RestoreJob &)>;

    SubmittedJobsModel(PartName partName, FindDownload findDownload, FindState findState, QObject *parent = nullptr);

    void setKind(const JobKind &kind);
    /// Keeps rows of the same jobs, so that selection and scrolling stay.
    void setJobs(std::vector<RestoreJob> jobs);
    void setNow(const QDateTime &now);
    void downloadsChanged();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const RestoreJob &job, int column) const;
    void allChanged();

    PartName m_partName;
    FindDownload m_findDownload;
    FindState m_findState;
    JobKind m_kind{JobKind::Is::Download, false, {}};
    std::vector<RestoreJob> m_jobs;
    QDateTime m_now;
};

} // namespace tidemark
