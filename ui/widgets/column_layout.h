#pragma once

#include <QAbstractItemModel>
#include <QTimer>

#include <map>
#include <optional>
#include <vector>

class QAbstractItemView;
class QHeaderView;
class QMenu;
class QSettings;

namespace tidemark {

/// A column of a list. `id` is what settings know it by, whatever its place and its language.
struct ItemColumn
{
    int section;
    QString id;
    int characters = 0;  ///< at first it has room for so many at least, as for a bar or for texts that grow
    bool isShown = true; ///< at first
};

/// What a list is sorted by.
struct ItemSort
{
    int section;
    Qt::SortOrder order;
};

/// Widths, order and visibility of a list's columns, and what it is sorted by. A column is as wide as what it holds
/// (a sample of the rows is measured) until the person makes it wider or narrower, and only grows by itself; the last
/// one takes what is left over. What the person chose is kept in the settings.
class ColumnLayout : public QObject
{
    Q_OBJECT

public:
    /// `columns`: all of the model's, in the order in which they stand at first. The first one names the row and is
    /// always shown. `key`: the group in the settings. `sort`: at first; nullopt where the model has an order of its
    /// own. The view has its model.
    ColumnLayout(QAbstractItemView *view, QHeaderView *header, std::vector<ItemColumn> columns,
                 std::optional<ItemSort> sort, QString key, QSettings &settings);

    const QHeaderView &header() const { return *m_header; }
    /// One that is not offered is not shown, whatever the person chose.
    void setOffered(int section, bool isOffered);
    /// The columns that can be shown and hidden, and the way back to how they were at first.
    void addTo(QMenu &menu);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct State
    {
        double characters = 0; ///< the person's width; 0: as wide as what it holds
        bool isShown = true;
        bool isOffered = true;
        int fit = 0; ///< pixels that what it holds needs
    };
    struct Kept ///< what settings say of one column
    {
        int section;
        double characters;
        bool isShown;
    };

    std::optional<std::vector<Kept>> readColumns() const;
    std::optional<Kept> readColumn(const QString &text) const;
    ItemSort readSort(const ItemSort &fallback) const;
    void restore();
    void reset();
    void saveColumns();
    void saveSort(int section, Qt::SortOrder order);
    void onResized(int section, int oldSize, int newSize);
    void setShown(int section, bool isShown);

    void fitLater();
    void fit();
    int contentWidth(const ItemColumn &column, const QModelIndexList &rows) const;
    QModelIndexList sample() const;
    void layOut();
    int widthOf(const State &state) const;
    int character() const;

    QAbstractItemView *m_view;
    QHeaderView *m_header;
    std::vector<ItemColumn> m_columns;
    std::optional<ItemSort> m_sort; ///< at first
    QString m_key;
    QSettings &m_settings;
    std::map<int, State> m_states; ///< by section
    QTimer m_fitLater;
    bool m_isPlacing = false;  ///< the program moves, hides or resizes, not the person
    bool m_isDragging = false; ///< a mouse button is held down on the header
    bool m_isFitted = false;   ///< to rows that were there
};

} // namespace tidemark
