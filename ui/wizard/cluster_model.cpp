#include "ui/wizard/cluster_model.h"

#include "ui/look/row_delegate.h"

namespace tidemark {

ClusterModel::ClusterModel(SnapshotLookup latestSnapshot, QObject *parent)
    : QAbstractItemModel(parent)
    , m_latestSnapshot(std::move(latestSnapshot))
    , m_rows(
          [this](const Cluster &cluster, bool isShard, int column) {
              return clusterText(cluster, isShard, ClusterColumn(column), m_latestSnapshot(cluster.id));
          },
          ColumnCount)
{
}

/// Everything is shown anew.
template<typename Change>
void ClusterModel::rearrange(Change change)
{
    beginResetModel();
    m_shown.clear(); // before what it stands on goes
    change();
    m_shown = m_hasProjects ? m_rows.projects() : m_rows.clusters();
    endResetModel();
}

void ClusterModel::setClusters(std::vector<Cluster> clusters)
{
    std::vector<ClusterSection> sections;
    sections.push_back({{}, std::move(clusters), {}});
    ClusterRows rows = m_rows;
    if (!rows.setSections(std::move(sections)) && !m_hasProjects)
        return;
    rearrange([&] {
        m_hasProjects = false;
        m_rows = std::move(rows);
    });
}

void ClusterModel::setProjects(std::vector<ClusterSection> projects)
{
    ClusterRows rows = m_rows;
    if (!rows.setSections(std::move(projects)) && m_hasProjects)
        return;
    rearrange([&] {
        m_hasProjects = true;
        m_rows = std::move(rows);
    });
}

void ClusterModel::setProject(const ClusterSection &project)
{
    std::shared_ptr<const void> before; // what is shown stands on it
    if (!m_hasProjects || !m_rows.setSection(project, before))
        return;
    std::unique_ptr<ClusterRow> fresh = m_rows.project(project.project.id);
    const auto place =
        std::ranges::lower_bound(m_shown, m_rows.placeOf(project.project.id), {},
                                 [this](const auto &row) { return m_rows.placeOf(row->section->project.id); });
    const int row = int(place - m_shown.begin());
    const bool isShown = place != m_shown.end() && (*place)->section->project.id == project.project.id;
    if (isShown && fresh) {
        replaceBelow(row, {});
        (*place)->section = fresh->section;
        (*place)->isFound = fresh->isFound;
        replaceBelow(row, std::move(fresh->below));
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        return;
    }
    if (isShown) {
        replaceBelow(row, {});
        beginRemoveRows({}, row, row);
        m_shown.erase(place);
    } else if (fresh) {
        beginInsertRows({}, row, row);
        m_shown.insert(place, std::move(fresh));
    } else {
        return;
    }
    for (int i = row; i < int(m_shown.size()); ++i)
        m_shown[size_t(i)]->row = i;
    if (isShown)
        endRemoveRows();
    else
        endInsertRows();
}

void ClusterModel::replaceBelow(int row, ClusterRowList below)
{
    ClusterRow &project = *m_shown[size_t(row)];
    const QModelIndex parent = index(row, 0);
    if (!project.below.empty()) {
        beginRemoveRows(parent, 0, int(project.below.size()) - 1);
        project.below.clear();
        endRemoveRows();
    }
    if (below.empty())
        return;
    beginInsertRows(parent, 0, int(below.size()) - 1);
    project.below = std::move(below);
    for (const auto &one : project.below)
        one->parent = &project;
    endInsertRows();
}

void ClusterModel::latestSnapshotChanged(const ClusterId &cluster)
{
    m_rows.refresh(cluster);
    const QModelIndex name = indexOf(cluster);
    if (!name.isValid())
        return;
    const QModelIndex cell = name.siblingAtColumn(LatestSnapshot);
    Q_EMIT dataChanged(cell, cell);
}

void ClusterModel::setNow(const QDateTime &now)
{
    m_now = now;
}

void ClusterModel::setFilter(const QString &words)
{
    rearrange([&] { m_rows.setWords(SearchWords(words)); });
}

void ClusterModel::setShardsShown(bool shown)
{
    rearrange([&] { m_rows.setShardsShown(shown); });
}

void ClusterModel::setLastUsed(const QStringList &ids)
{
    rearrange([&] { m_rows.setLastUsed(ids); });
}

void ClusterModel::sort(int column, Qt::SortOrder order)
{
    rearrange([&] { m_rows.sort(column, order); });
}

void ClusterModel::setMarked(const ClusterId &cluster, const QString &mark)
{
    if (cluster == m_marked && mark == m_mark)
        return;
    const QModelIndex before = indexOf(m_marked);
    m_marked = cluster;
    m_mark = mark;
    for (const QModelIndex &changed : {before, indexOf(cluster)}) {
        if (changed.isValid())
            Q_EMIT dataChanged(changed, changed);
    }
}

// Rows and indexes ----------------------------------------------------------------------------------------------------

const ClusterRow &ClusterModel::at(const QModelIndex &index)
{
    return *static_cast<const ClusterRow *>(index.constInternalPointer());
}

const ClusterRowList &ClusterModel::below(const QModelIndex &parent) const
{
    return parent.isValid() ? at(parent).below : m_shown;
}

const Cluster *ClusterModel::cluster(const QModelIndex &index) const
{
    return index.isValid() && !at(index).isShard ? at(index).cluster : nullptr;
}

const Project *ClusterModel::project(const QModelIndex &index) const
{
    return index.isValid() ? &at(index).section->project : nullptr;
}

bool ClusterModel::isFound(const QModelIndex &index) const
{
    return index.isValid() && at(index).isFound;
}

QModelIndex ClusterModel::indexOf(const ClusterId &cluster) const
{
    if (cluster.isEmpty())
        return {};
    const auto find = [&](const ClusterRowList &rows) -> const ClusterRow * {
        const auto found = std::ranges::find_if(
            rows, [&](const auto &row) { return row->cluster != nullptr && row->cluster->id == cluster; });
        return found == rows.end() ? nullptr : found->get();
    };
    if (const ClusterRow *row = find(m_shown))
        return indexOf(*row, Name);
    for (const auto &top : m_shown) {
        const ClusterRow *row = top->cluster == nullptr ? find(top->below) : nullptr;
        if (row != nullptr)
            return indexOf(*row, Name);
    }
    return {};
}

QModelIndex ClusterModel::indexOf(const ClusterRow &row, int column) const
{
    return createIndex(row.row, column, &row);
}

QModelIndex ClusterModel::index(int row, int column, const QModelIndex &parent) const
{
    if (column < 0 || column >= ColumnCount || row < 0 || row >= rowCount(parent))
        return {};
    return indexOf(*below(parent)[size_t(row)], column);
}

QModelIndex ClusterModel::parent(const QModelIndex &index) const
{
    const ClusterRow *above = index.isValid() ? at(index).parent : nullptr;
    return above == nullptr ? QModelIndex() : indexOf(*above, Name);
}

int ClusterModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > Name ? 0 : int(below(parent).size());
}

int ClusterModel::columnCount(const QModelIndex &parent) const
{
    Q_UNUSED(parent)
    return ColumnCount;
}

// What they say -------------------------------------------------------------------------------------------------------

QVariant ClusterModel::clusterData(const ClusterRow &row, ClusterColumn column, int role) const
{
    const Cluster &cluster = *row.cluster;
    const bool isMarked = column == ClusterColumn::Name && !row.isShard && cluster.id == m_marked && !m_mark.isEmpty();
    const bool needsSnapshot = !row.isShard && column == ClusterColumn::LatestSnapshot;
    const Snapshot *latest = needsSnapshot ? m_latestSnapshot(cluster.id) : nullptr;
    switch (role) {
    case Qt::DisplayRole:
        if (isMarked)
            return tr("%1 (%2)").arg(cluster.name, m_mark);
        return clusterText(cluster, row.isShard, column, latest);
    case Qt::ToolTipRole:
        return clusterToolTip(cluster, row.isShard, column, latest);
    case LookRole::SecondLine:
        return clusterSecondLine(cluster, row.isShard, column, latest, m_now);
    case LookRole::Icon:
        return column == ClusterColumn::Name ? QVariant(clusterIcon(cluster)) : QVariant();
    case LookRole::FirstLine: // the mark stands behind it
        if (row.isShard && column == ClusterColumn::Backup)
            return partText();
        return isMarked ? QVariant(cluster.name) : QVariant();
    case LookRole::Badge:
        return isMarked ? QVariant::fromValue(ChipData{ChipKind::Source, m_mark}) : QVariant();
    case LookRole::FirstType:
        if (row.isShard && column == ClusterColumn::Backup)
            return int(TypeRole::Caption);
        return column == ClusterColumn::Name && !row.isShard ? QVariant(int(TypeRole::Strong)) : QVariant();
    case LookRole::Chip:
        return column == ClusterColumn::Backup && !row.isShard ? QVariant::fromValue(backupChip(cluster)) : QVariant();
    case IdRole:
        return cluster.id.value;
    default:
        return {};
    }
}

QVariant ClusterModel::projectData(const ClusterRow &row, ClusterColumn column, int role)
{
    const Project &project = row.section->project;
    if (role == IdRole)
        return project.id.value;
    if (column != ClusterColumn::Name)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return project.name;
    case Qt::ToolTipRole:
        return tr("Project %1, id %2").arg(project.name, project.id.value);
    case LookRole::SecondLine:
        return projectSecondLine(*row.section);
    case LookRole::Icon:
        return QStringLiteral("folder");
    case LookRole::FirstType:
        return int(TypeRole::Strong);
    default:
        return {};
    }
}

QVariant ClusterModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const ClusterRow &row = at(index);
    const auto column = ClusterColumn(index.column());
    // The first line stays the name by which scripts and screen readers know the cell.
    if (role == Qt::AccessibleDescriptionRole)
        return row.isShard && column == ClusterColumn::Name ? partText() : data(index, LookRole::SecondLine);
    return row.cluster != nullptr ? clusterData(row, column, role) : projectData(row, column, role);
}

QVariant ClusterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Type:
        return tr("Type");
    case Versions:
        return tr("MongoDB");
    case Fcv:
        return tr("FCV");
    case Backup:
        return tr("Backup");
    case LatestSnapshot:
        return tr("Latest snapshot");
    default:
        return {};
    }
}

Qt::ItemFlags ClusterModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const ClusterRow &row = at(index);
    if (row.isShard)
        return Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    return row.cluster == nullptr ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

} // namespace tidemark
