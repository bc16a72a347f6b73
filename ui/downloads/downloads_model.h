#pragma once

#include "base/clock.h"
#include "downloads/download_queue.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace tidemark {

/// The queue as a tree: a row for each download; the archives of a batch stand beneath one heading. Follows the queue's
/// signals row by row.
class DownloadsModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        ProgressColumn,
        SpeedColumn,
        TimeLeftColumn,
        StateColumn,
        NoteColumn,
        PlaceColumn, ///< in the queue, from 1
        ColumnCount
    };
    /// What a column is sorted by: a number where the text is of one, else the text.
    static constexpr int SortRole = Qt::UserRole + 1;

    DownloadsModel(DownloadQueue &queue, const Clock &clock, QObject *parent = nullptr);
    ~DownloadsModel() override;

    /// nullptr for a heading.
    const Download *download(const QModelIndex &index) const;
    /// The row's download, or all downloads beneath a heading, in queue order.
    std::vector<DownloadId> downloadsAt(const QModelIndex &index) const;
    QModelIndex indexOf(const DownloadId &id) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;
    /// One place up (`by` < 0) or down in the queue, a batch as a whole.
    void move(const std::vector<DownloadId> &ids, int by);
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Node
    {
        BatchId batch; ///< of a heading; empty for a download of its own
        QString title;
        std::vector<DownloadId> downloads; ///< one, or those of the batch
    };

    void add(const DownloadId &id);
    void remove(const DownloadId &id);
    void change(const DownloadId &id);
    void sort();
    int nodeRow(const Node *node) const;
    std::vector<bool> nodesOf(const std::vector<DownloadId> &ids) const;
    void arrange(const std::vector<int> &order);
    int placeOf(const DownloadId &id) const;
    QVariant sortValue(const QModelIndex &index) const;
    std::vector<Download> copies(const Node &node) const;
    QVariant headingData(const Node &node, int column, int role) const;
    QVariant downloadData(const Download &download, int column, int role) const;

    DownloadQueue &m_queue;
    const Clock &m_clock;
    std::vector<std::unique_ptr<Node>> m_nodes;
};

} // namespace tidemark
