#include "ui/downloads/downloads_model.h"

#include "base/text.h"
#include "session/download_texts.h"
#include "ui/downloads/download_look.h"
#include "ui/downloads/queue_order.h"
#include "ui/look/row_cell.h"
#include "ui/look/row_delegate.h"
#include "ui/widgets/cell_texts.h"

#include <QMimeData>

#include <algorithm>

namespace tidemark {

namespace {

const QString RowsMime = QStringLiteral("application/x-tidemark-downloads");

/// Of the data: two backups of one cluster are told apart by nothing else. Empty where it is not known.
QString momentOf(const std::vector<Download> &downloads)
{
    const auto known = std::ranges::find_if(
        downloads, [](const Download &download) { return download.source.ordered.momentSeconds > 0; });
    return known == downloads.end()
               ? QString()
               : utcText(QDateTime::fromSecsSinceEpoch(known->source.ordered.momentSeconds, Qt::UTC));
}

} // namespace

DownloadsModel::DownloadsModel(DownloadQueue &queue, const Clock &clock, QObject *parent)
    : QAbstractItemModel(parent)
    , m_queue(queue)
    , m_clock(clock)
{
    for (const Download &download : queue.downloads())
        add(download.id);
    connect(&queue, &DownloadQueue::added, this, [this](const DownloadId &id) { add(id); });
    connect(&queue, &DownloadQueue::changed, this, [this](const DownloadId &id) { change(id); });
    connect(&queue, &DownloadQueue::ended, this, [this](const DownloadId &id) { change(id); });
    connect(&queue, &DownloadQueue::removed, this, [this](const DownloadId &id) { remove(id); });
    connect(&queue, &DownloadQueue::moved, this, [this] { sort(); });
}

DownloadsModel::~DownloadsModel() = default;

const Download *DownloadsModel::download(const QModelIndex &index) const
{
    if (!index.isValid() || index.model() != this)
        return nullptr;
    if (const auto *node = static_cast<const Node *>(index.internalPointer()))
        return m_queue.download(node->downloads[static_cast<size_t>(index.row())]);
    const Node &node = *m_nodes[static_cast<size_t>(index.row())];
    return node.batch.isEmpty() ? m_queue.download(node.downloads.front()) : nullptr;
}

std::vector<DownloadId> DownloadsModel::downloadsAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.model() != this)
        return {};
    if (const auto *node = static_cast<const Node *>(index.internalPointer()))
        return {node->downloads[static_cast<size_t>(index.row())]};
    return m_nodes[static_cast<size_t>(index.row())]->downloads;
}

QModelIndex DownloadsModel::indexOf(const DownloadId &id) const
{
    for (size_t row = 0; row < m_nodes.size(); ++row) {
        Node *node = m_nodes[row].get();
        const auto found = std::ranges::find(node->downloads, id);
        if (found == node->downloads.end())
            continue;
        if (node->batch.isEmpty())
            return createIndex(static_cast<int>(row), 0);
        return createIndex(static_cast<int>(found - node->downloads.begin()), 0, node);
    }
    return {};
}

void DownloadsModel::add(const DownloadId &id)
{
    const Download *download = m_queue.download(id);
    if (!download || indexOf(id).isValid())
        return;
    const DownloadSource &source = download->source;
    if (!source.batch.isEmpty()) {
        for (size_t row = 0; row < m_nodes.size(); ++row) {
            Node &node = *m_nodes[row];
            if (node.batch != source.batch)
                continue;
            const int place = static_cast<int>(node.downloads.size());
            const QModelIndex heading = createIndex(static_cast<int>(row), 0);
            beginInsertRows(heading, place, place);
            node.downloads.push_back(id);
            endInsertRows();
            Q_EMIT dataChanged(heading, heading.siblingAtColumn(ColumnCount - 1));
            return;
        }
    }
    const int place = static_cast<int>(m_nodes.size());
    beginInsertRows({}, place, place);
    m_nodes.push_back(std::make_unique<Node>(Node{source.batch, source.batchTitle, {id}}));
    endInsertRows();
}

void DownloadsModel::remove(const DownloadId &id)
{
    const QModelIndex index = indexOf(id);
    if (!index.isValid())
        return;
    const QModelIndex heading = index.parent();
    const int topRow = heading.isValid() ? heading.row() : index.row();
    Node &node = *m_nodes[static_cast<size_t>(topRow)];
    if (node.downloads.size() > 1) {
        beginRemoveRows(heading, index.row(), index.row());
        node.downloads.erase(node.downloads.begin() + index.row());
        endRemoveRows();
        Q_EMIT dataChanged(heading, heading.siblingAtColumn(ColumnCount - 1));
        return;
    }
    beginRemoveRows({}, topRow, topRow);
    m_nodes.erase(m_nodes.begin() + topRow);
    endRemoveRows();
}

void DownloadsModel::change(const DownloadId &id)
{
    const QModelIndex index = indexOf(id);
    if (!index.isValid())
        return;
    Q_EMIT dataChanged(index, index.siblingAtColumn(ColumnCount - 1));
    const QModelIndex heading = index.parent();
    if (heading.isValid())
        Q_EMIT dataChanged(heading, heading.siblingAtColumn(ColumnCount - 1));
}

/// The queue's order: a batch stands where its first archive does.
void DownloadsModel::sort()
{
    QHash<DownloadId, int> places;
    int next = 0;
    for (const Download &download : m_queue.downloads())
        places.insert(download.id, next++);
    const auto earlier = [&places](const DownloadId &a, const DownloadId &b) { return places[a] < places[b]; };

    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    std::vector<std::pair<Node *, DownloadId>> what;
    for (const QModelIndex &index : before) {
        auto *node = static_cast<Node *>(index.internalPointer());
        what.emplace_back(node ? node : m_nodes[static_cast<size_t>(index.row())].get(),
                          node ? node->downloads[static_cast<size_t>(index.row())] : DownloadId());
    }
    for (const auto &node : m_nodes)
        std::ranges::sort(node->downloads, earlier);
    std::ranges::sort(m_nodes, [&earlier](const auto &a, const auto &b) {
        return earlier(a->downloads.front(), b->downloads.front());
    });
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const auto &[node, id] = what[static_cast<size_t>(i)];
        const int column = before.at(i).column();
        if (id.isEmpty())
            after << createIndex(nodeRow(node), column);
        else
            after << createIndex(static_cast<int>(std::ranges::find(node->downloads, id) - node->downloads.begin()),
                                 column, node);
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

int DownloadsModel::nodeRow(const Node *node) const
{
    const auto found = std::ranges::find_if(m_nodes, [node](const auto &other) { return other.get() == node; });
    return static_cast<int>(found - m_nodes.begin());
}

std::vector<bool> DownloadsModel::nodesOf(const std::vector<DownloadId> &ids) const
{
    std::vector<bool> chosen;
    for (const auto &node : m_nodes)
        chosen.push_back(std::ranges::any_of(
            node->downloads, [&ids](const DownloadId &id) { return std::ranges::find(ids, id) != ids.end(); }));
    return chosen;
}

/// The queue is told; what it says then is what is shown.
void DownloadsModel::arrange(const std::vector<int> &order)
{
    std::vector<DownloadId> ids;
    for (const int row : order) {
        const auto &downloads = m_nodes[static_cast<size_t>(row)]->downloads;
        ids.insert(ids.end(), downloads.begin(), downloads.end());
    }
    for (size_t place = 0; place < ids.size() && place < m_queue.downloads().size(); ++place) {
        if (m_queue.downloads()[place].id != ids[place])
            m_queue.move(ids[place], static_cast<int>(place));
    }
}

void DownloadsModel::move(const std::vector<DownloadId> &ids, int by)
{
    arrange(movedByOne(nodesOf(ids), by));
}

Qt::ItemFlags DownloadsModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled; // between the rows
    const Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    return index.internalPointer() ? flags : flags | Qt::ItemIsDragEnabled;
}

QStringList DownloadsModel::mimeTypes() const
{
    return {RowsMime};
}

QMimeData *DownloadsModel::mimeData(const QModelIndexList &indexes) const
{
    QStringList ids;
    for (const QModelIndex &index : indexes) {
        if (index.column() != 0)
            continue;
        for (const DownloadId &id : downloadsAt(index))
            ids << id.value;
    }
    auto *data = new QMimeData;
    data->setData(RowsMime, ids.join(QLatin1Char('\n')).toUtf8());
    return data;
}

bool DownloadsModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int, const QModelIndex &parent)
{
    if (action != Qt::MoveAction || parent.isValid() || !data->hasFormat(RowsMime))
        return false;
    std::vector<DownloadId> ids;
    for (const QString &id : QString::fromUtf8(data->data(RowsMime)).split(QLatin1Char('\n')))
        ids.emplace_back(id);
    arrange(movedBefore(nodesOf(ids), row < 0 ? rowCount() : row));
    return true;
}

int DownloadsModel::placeOf(const DownloadId &id) const
{
    const auto found = std::ranges::find(m_queue.downloads(), id, &Download::id);
    return static_cast<int>(found - m_queue.downloads().begin()) + 1;
}

QVariant DownloadsModel::sortValue(const QModelIndex &index) const
{
    const std::vector<DownloadId> ids = downloadsAt(index);
    const Download *one = download(index);
    switch (index.column()) {
    case PlaceColumn:
        return ids.empty() ? 0 : placeOf(ids.front());
    case ProgressColumn: {
        const DownloadProgress progress =
            one ? progressOf(*one) : progressOf(copies(*m_nodes[static_cast<size_t>(index.row())]));
        return progress.fraction.value_or(-1);
    }
    case SpeedColumn:
        return one && one->state == DownloadState::Receiving ? one->bytesPerSecond : 0.0;
    default:
        return data(index, Qt::DisplayRole);
    }
}

std::vector<Download> DownloadsModel::copies(const Node &node) const
{
    std::vector<Download> downloads;
    for (const DownloadId &id : node.downloads) {
        if (const Download *download = m_queue.download(id))
            downloads.push_back(*download);
    }
    return downloads;
}

QModelIndex DownloadsModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= ColumnCount || row >= rowCount(parent))
        return {};
    if (!parent.isValid())
        return createIndex(row, column);
    return createIndex(row, column, m_nodes[static_cast<size_t>(parent.row())].get());
}

QModelIndex DownloadsModel::parent(const QModelIndex &child) const
{
    const auto *node = child.isValid() ? static_cast<const Node *>(child.internalPointer()) : nullptr;
    return node ? createIndex(nodeRow(node), 0) : QModelIndex();
}

int DownloadsModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_nodes.size());
    if (parent.column() != 0 || parent.internalPointer())
        return 0;
    const Node &node = *m_nodes[static_cast<size_t>(parent.row())];
    return node.batch.isEmpty() ? 0 : static_cast<int>(node.downloads.size());
}

int DownloadsModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant DownloadsModel::headingData(const Node &node, int column, int role) const
{
    const std::vector<Download> downloads = copies(node);
    const QString title = node.title.isEmpty() ? node.batch.value : node.title;
    const QString moment = momentOf(downloads);
    if (column == NameColumn && role == LookRole::FirstLine)
        return title;
    if (column == NameColumn && role == LookRole::SecondLine)
        return moment.isEmpty() ? QVariant() : QVariant(tr("data of %1").arg(moment));
    switch (role) {
    case Qt::DisplayRole:
        if (column == NameColumn)
            return moment.isEmpty() ? title : tr("%1, data of %2").arg(title, moment);
        if (column == ProgressColumn)
            return progressText(downloads);
        return column == StateColumn ? summaryText(downloads) : QVariant();
    default:
        return role >= LookRole::FirstLine ? batchLook(downloads, column, role) : QVariant();
    }
}

QVariant DownloadsModel::downloadData(const Download &download, int column, int role) const
{
    if (role >= LookRole::FirstLine)
        return downloadLook(download, column, role, m_clock.now());
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case NameColumn:
        return download.localName.isEmpty() ? download.source.fileName : download.localName;
    case ProgressColumn:
        return progressText(download);
    case SpeedColumn:
        return speedText(download);
    case TimeLeftColumn:
        return timeLeftText(download);
    case StateColumn:
        return stateText(download, m_clock.now());
    case NoteColumn:
        return noteText(download, m_clock.now());
    default:
        return {};
    }
}

QVariant DownloadsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == SortRole || (role == Qt::DisplayRole && index.column() == PlaceColumn))
        return sortValue(index);
    if (role == Qt::AccessibleTextRole)
        return spokenCell(index);
    if (role == Qt::SizeHintRole)
        return index.column() == StateColumn ? QVariant(tallSizeOf(cellOf(index))) : QVariant();
    if (const Download *one = download(index))
        return downloadData(*one, index.column(), role);
    if (index.internalPointer())
        return {};
    return headingData(*m_nodes[static_cast<size_t>(index.row())], index.column(), role);
}

QVariant DownloadsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Archive");
    case ProgressColumn:
        return tr("Progress");
    case SpeedColumn:
        return tr("Speed");
    case TimeLeftColumn:
        return tr("Time left");
    case StateColumn:
        return tr("State");
    case NoteColumn:
        return tr("Note");
    case PlaceColumn:
        return tr("Place");
    default:
        return {};
    }
}

} // namespace tidemark
