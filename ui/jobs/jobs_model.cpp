#include "ui/jobs/jobs_model.h"

#include "base/natural_order.h"
#include "base/text.h"
#include "jobs/job_texts.h"
#include "ui/jobs/job_cells.h"
#include "ui/jobs/job_look.h"
#include "ui/look/row_cell.h"
#include "ui/look/row_delegate.h"
#include "ui/widgets/time_text.h"

#include <QSet>

#include <algorithm>
#include <optional>

namespace tidemark {

namespace {

int childCount(const JobGroup &group)
{
    return group.isBatch() ? static_cast<int>(group.jobs.size()) : 0;
}

} // namespace

struct JobsModel::Row
{
    JobGroup group;
    int number = 0; ///< its own row
    qint64 created = 0;
    qint64 expires = 0;
    JobActivity activity;
    QDateTime changesAt; ///< see nextChange()
    // What sorting and filtering compare many times over, made when first needed.
    mutable std::array<std::optional<QCollatorSortKey>, ColumnCount> sortKeys;
    mutable QString searchText;

    void take(const JobGroup &value, const QDateTime &now)
    {
        group = value;
        changesAt = nextChange(value, now);
        created = value.jobs.front().created.toMSecsSinceEpoch();
        expires = earliestExpiry(value).toMSecsSinceEpoch();
        activity = activityOf(value, now);
        forgetTexts();
    }
    void forgetTexts()
    {
        sortKeys = {};
        searchText.clear();
    }
};

JobsModel::JobsModel(const Clock &clock, QObject *parent)
    : QAbstractItemModel(parent)
    , m_clock(clock)
{
}

JobsModel::~JobsModel() = default;

void JobsModel::update(const std::vector<JobGroup> &groups, const QStringList &changedKeys)
{
    const QSet<QString> changed(changedKeys.cbegin(), changedKeys.cend());
    std::vector<const JobGroup *> fresh;
    for (const JobGroup &group : groups) {
        Row *row = m_byKey.value(group.key);
        if (!row)
            fresh.push_back(&group);
        else if (changed.contains(group.key))
            setGroup(*row, group);
    }
    if (m_rows.size() + fresh.size() != groups.size())
        removeRowsNotIn(groups);
    append(fresh);
}

bool JobsModel::replace(const std::vector<const JobGroup *> &changed)
{
    if (!std::ranges::all_of(changed, [this](const JobGroup *group) { return group && m_byKey.contains(group->key); }))
        return false;
    for (const JobGroup *group : changed)
        setGroup(*m_byKey.value(group->key), *group);
    return true;
}

void JobsModel::timePassed()
{
    const QDateTime now = m_clock.now();
    for (const auto &row : m_rows) {
        const bool isDue = row->changesAt.isValid() && row->changesAt <= now;
        // What has not moved for a day is not under way any more.
        const bool ends = row->activity.isRunning && activityOf(row->group, now) != row->activity;
        if (!isDue && !ends)
            continue;
        row->activity = activityOf(row->group, now);
        row->changesAt = nextChange(row->group, now);
        row->forgetTexts();
        Q_EMIT dataChanged(createIndex(row->number, 0), createIndex(row->number, ColumnCount - 1));
        if (const int children = childCount(row->group); children > 0)
            Q_EMIT dataChanged(createIndex(0, 0, row.get()), createIndex(children - 1, ColumnCount - 1, row.get()));
    }
}

void JobsModel::clear()
{
    if (m_rows.empty())
        return;
    beginRemoveRows({}, 0, static_cast<int>(m_rows.size()) - 1);
    m_byKey.clear();
    m_rows.clear();
    endRemoveRows();
}

void JobsModel::setGroup(Row &row, const JobGroup &group)
{
    if (row.group == group)
        return;
    const QModelIndex parentIndex = createIndex(row.number, 0);
    const int before = childCount(row.group);
    const int after = childCount(group);
    const auto assign = [&] { row.take(group, m_clock.now()); };
    if (after > before) {
        beginInsertRows(parentIndex, before, after - 1);
        assign();
        endInsertRows();
    } else if (after < before) {
        beginRemoveRows(parentIndex, after, before - 1);
        assign();
        endRemoveRows();
    } else {
        assign();
    }
    Q_EMIT dataChanged(createIndex(row.number, 0), createIndex(row.number, ColumnCount - 1));
    const int kept = std::min(before, after);
    if (kept > 0)
        Q_EMIT dataChanged(createIndex(0, 0, &row), createIndex(kept - 1, ColumnCount - 1, &row));
}

void JobsModel::removeRowsNotIn(const std::vector<JobGroup> &groups)
{
    QSet<QString> present;
    present.reserve(static_cast<qsizetype>(groups.size()));
    for (const JobGroup &group : groups)
        present.insert(group.key);
    size_t end = m_rows.size();
    while (end > 0) {
        if (present.contains(m_rows[end - 1]->group.key)) {
            --end;
            continue;
        }
        size_t begin = end - 1;
        while (begin > 0 && !present.contains(m_rows[begin - 1]->group.key))
            --begin;
        beginRemoveRows({}, static_cast<int>(begin), static_cast<int>(end) - 1);
        for (size_t i = begin; i < end; ++i)
            m_byKey.remove(m_rows[i]->group.key);
        using Difference = decltype(m_rows)::difference_type;
        m_rows.erase(m_rows.begin() + static_cast<Difference>(begin), m_rows.begin() + static_cast<Difference>(end));
        renumber(begin);
        endRemoveRows();
        end = begin;
    }
}

void JobsModel::append(const std::vector<const JobGroup *> &groups)
{
    if (groups.empty())
        return;
    const size_t first = m_rows.size();
    beginInsertRows({}, static_cast<int>(first), static_cast<int>(first + groups.size()) - 1);
    m_rows.reserve(first + groups.size());
    for (const JobGroup *group : groups) {
        auto row = std::make_unique<Row>();
        row->take(*group, m_clock.now());
        m_byKey.insert(group->key, row.get());
        m_rows.push_back(std::move(row));
    }
    renumber(first);
    endInsertRows();
}

void JobsModel::renumber(size_t from)
{
    for (size_t i = from; i < m_rows.size(); ++i)
        m_rows[i]->number = static_cast<int>(i);
}

const JobGroup *JobsModel::group(const QModelIndex &index) const
{
    if (!index.isValid() || index.model() != this)
        return nullptr;
    if (const auto *row = static_cast<const Row *>(index.internalPointer()))
        return &row->group;
    return &m_rows[static_cast<size_t>(index.row())]->group;
}

const RestoreJob *JobsModel::job(const QModelIndex &index) const
{
    const JobGroup *found = group(index);
    if (!found)
        return nullptr;
    if (index.internalPointer())
        return &found->jobs[static_cast<size_t>(index.row())];
    return found->isBatch() ? nullptr : &found->jobs.front();
}

QModelIndex JobsModel::indexOf(const QString &key) const
{
    const Row *row = m_byKey.value(key);
    return row ? createIndex(row->number, 0) : QModelIndex();
}

QModelIndex JobsModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= ColumnCount || row >= rowCount(parent))
        return {};
    if (!parent.isValid())
        return createIndex(row, column);
    return createIndex(row, column, m_rows[static_cast<size_t>(parent.row())].get());
}

QModelIndex JobsModel::parent(const QModelIndex &child) const
{
    const auto *row = child.isValid() ? static_cast<const Row *>(child.internalPointer()) : nullptr;
    return row ? createIndex(row->number, 0) : QModelIndex();
}

int JobsModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_rows.size());
    if (parent.column() != 0 || parent.internalPointer())
        return 0;
    return childCount(m_rows[static_cast<size_t>(parent.row())]->group);
}

int JobsModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QString JobsModel::text(const Row &row, int column) const
{
    return groupCell(row.group, column, m_clock.now());
}

QString JobsModel::toolTip(const QModelIndex &index) const
{
    const JobGroup &owner = *group(index);
    const RestoreJob *one = job(index);
    switch (index.column()) {
    case CreatedColumn:
        return utcAndLocalText((one ? *one : owner.jobs.front()).created);
    case ExpiryColumn:
        return utcAndLocalText(one ? one->delivery.expires : earliestExpiry(owner));
    case DeliveryColumn:
        return one && one->delivery.hasLink() ? maskedLink(one->delivery) : QString();
    case PointColumn:
        return one && one->timestamp ? utcAndLocalText(one->timestamp->time()) : QString();
    default:
        return {};
    }
}

/// Both lines where the second one says more than the text of the cell.
QVariant JobsModel::spokenText(const QModelIndex &index) const
{
    const QString text = data(index, Qt::DisplayRole).toString();
    const QString more = data(index, LookRole::SecondLine).toString();
    const bool adds = index.column() == ModeColumn || index.column() == StatusColumn;
    return adds && !more.isEmpty() ? QVariant(tr("%1; %2").arg(text, more)) : QVariant();
}

QVariant JobsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::ToolTipRole)
        return toolTip(index);
    if (role == Qt::SizeHintRole)
        return index.column() == StatusColumn ? QVariant(tallSizeOf(cellOf(index))) : QVariant();
    if (role == Qt::AccessibleTextRole)
        return spokenText(index);
    const bool isLook = role >= LookRole::FirstLine;
    if (role != Qt::DisplayRole && !isLook)
        return {};
    if (const auto *row = static_cast<const Row *>(index.internalPointer())) {
        const RestoreJob &one = row->group.jobs[static_cast<size_t>(index.row())];
        return isLook ? jobLook(row->group, one, index.column(), role, m_clock.now())
                      : QVariant(jobCell(row->group, one, index.column(), m_clock.now()));
    }
    const Row &row = *m_rows[static_cast<size_t>(index.row())];
    return isLook ? groupLook(row.group, index.column(), role, m_clock.now()) : QVariant(text(row, index.column()));
}

QVariant JobsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ClusterColumn:
        return tr("Cluster");
    case ModeColumn:
        return tr("Mode");
    case PointColumn:
        return tr("Point");
    case TargetColumn:
        return tr("Target");
    case StatusColumn:
        return tr("Status");
    case DeliveryColumn:
        return tr("Delivery");
    case ExpiryColumn:
        return tr("Link expires");
    case DownloadsColumn:
        return tr("Downloads allowed");
    case HashColumn:
        return tr("Hash");
    case CreatedColumn:
        return tr("Created");
    default:
        return {};
    }
}

const QCollatorSortKey &JobsModel::sortKey(const Row &row, int column) const
{
    auto &key = row.sortKeys[static_cast<size_t>(column)];
    if (!key)
        key = naturalSortKey(text(row, column));
    return *key;
}

JobsModel::Counts JobsModel::counts() const
{
    Counts counts;
    for (const auto &row : m_rows) {
        counts.running += row->activity.isRunning ? 1 : 0;
        counts.failed += row->activity.hasFailed ? 1 : 0;
    }
    return counts;
}

bool JobsModel::isLess(const QModelIndex &left, const QModelIndex &right) const
{
    if (left.internalPointer())
        return left.row() < right.row(); // shards by name and config servers last, whatever the restores' order is
    const Row &a = *m_rows[static_cast<size_t>(left.row())];
    const Row &b = *m_rows[static_cast<size_t>(right.row())];
    switch (left.column()) {
    case CreatedColumn:
        if (a.activity.isRunning != b.activity.isRunning)
            return b.activity.isRunning;
        return a.created < b.created;
    case ExpiryColumn:
        return a.expires < b.expires;
    case DownloadsColumn:
        return a.group.jobs.front().delivery.maxDownloads < b.group.jobs.front().delivery.maxDownloads;
    default: {
        const int order = sortKey(a, left.column()).compare(sortKey(b, left.column()));
        return order == 0 ? a.created < b.created : order < 0;
    }
    }
}

bool JobsModel::contains(int row, const QString &lowerCaseText) const
{
    const Row &searched = *m_rows[static_cast<size_t>(row)];
    if (searched.searchText.isEmpty()) {
        QStringList texts{searched.group.batch.value};
        for (int column = 0; column < ColumnCount; ++column) {
            if (column != ExpiryColumn) // counts down
                texts << text(searched, column);
        }
        for (const RestoreJob &job : searched.group.jobs) {
            texts << job.id.value << job.clusterName << job.snapshot.value << statusText(job, searched.group.kind);
            for (const FileHash &hash : job.hashes)
                texts << hash.hash;
        }
        searched.searchText = texts.join(QLatin1Char('\n')).toLower();
    }
    return searched.searchText.contains(lowerCaseText) ||
           text(searched, ExpiryColumn).toLower().contains(lowerCaseText);
}

} // namespace tidemark
