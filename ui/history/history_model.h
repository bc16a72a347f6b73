#pragma once

#include "history/history.h"
#include "preparation/search_words.h"
#include "ui/widgets/natural_sort_model.h"

#include <QAbstractTableModel>

namespace tidemark {

/// The lines of the audit log as rows, the newest first.
class HistoryModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Event, Source, Target, Point, Outcome, Person, User, Line, ColumnCount };
    static constexpr int SortRole = Qt::UserRole;
    static constexpr int SearchRole = Qt::UserRole + 1;

    using QAbstractTableModel::QAbstractTableModel;

    void setEntries(std::vector<HistoryEntry> entries);
    const std::vector<HistoryEntry> &entries() const { return m_entries; }
    const HistoryEntry *entry(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<HistoryEntry> m_entries;
};

/// Those rows in which every word is found, wherever it stands in the line.
class HistoryFilter : public NaturalSortModel
{
    Q_OBJECT

public:
    explicit HistoryFilter(QObject *parent = nullptr)
        : NaturalSortModel(HistoryModel::SortRole, parent)
    {
    }
    void setText(const QString &text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    SearchWords m_words;
};

} // namespace tidemark
