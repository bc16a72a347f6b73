#pragma once

#include "base/clock.h"
#include "jobs/job_activity.h"
#include "jobs/job_monitor.h"

#include <QAbstractItemModel>
#include <QCollatorSortKey>
#include <QHash>

#include <array>
#include <memory>
#include <vector>

namespace tidemark {

/// Restore jobs as a tree: a row for each restore, beneath a batch a row for each shard and the config servers.
/// Updates rows in place and never resets, so that selection, scrolling and open branches stay as they are. Rows keep
/// the order in which they came; JobsFilter sorts.
class JobsModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column {
        ClusterColumn,
        ModeColumn,
        PointColumn,
        TargetColumn,
        StatusColumn,
        DeliveryColumn,
        ExpiryColumn,
        DownloadsColumn,
        HashColumn,
        CreatedColumn,
        ColumnCount
    };

    explicit JobsModel(const Clock &clock, QObject *parent = nullptr);
    ~JobsModel() override;

    /// Brings the rows up to `groups`. Only groups named in `changedKeys` are compared; groups that are new or gone are
    /// found in any case. Costs one pass over the groups.
    void update(const std::vector<JobGroup> &groups, const QStringList &changedKeys);
    /// The same where only these groups are different and none is new or gone. Otherwise false, and nothing is done.
    bool replace(const std::vector<const JobGroup *> &changed);
    /// Says what the time alone has changed: a link that ended. To be called now and then.
    void timePassed();
    void clear();

    /// The restore of a row or of the row above it; nullptr for an invalid index.
    const JobGroup *group(const QModelIndex &index) const;
    /// The one job of a row; nullptr for the heading of a batch.
    const RestoreJob *job(const QModelIndex &index) const;
    /// The row of a restore, or an invalid index.
    QModelIndex indexOf(const QString &key) const;

    /// How many restores are under way, and at how many a person has to look.
    struct Counts
    {
        int running = 0;
        int failed = 0;
        bool operator==(const Counts &) const = default;
    };
    Counts counts() const;

    /// Order of two rows with the same parent. By the time of creation those under way are the newest of all.
    bool isLess(const QModelIndex &left, const QModelIndex &right) const;
    /// Whether a top row or one of its jobs has `lowerCaseText` somewhere in what it shows.
    bool contains(int row, const QString &lowerCaseText) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row;

    void setGroup(Row &row, const JobGroup &group);
    void removeRowsNotIn(const std::vector<JobGroup> &groups);
    void append(const std::vector<const JobGroup *> &groups);
    void renumber(size_t from);
    QString text(const Row &row, int column) const;
    QString toolTip(const QModelIndex &index) const;
    QVariant spokenText(const QModelIndex &index) const;
    const QCollatorSortKey &sortKey(const Row &row, int column) const;

    const Clock &m_clock;
    std::vector<std::unique_ptr<Row>> m_rows;
    QHash<QString, Row *> m_byKey;
};

} // namespace tidemark
