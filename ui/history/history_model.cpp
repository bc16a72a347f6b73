#include "ui/history/history_model.h"

#include "ui/widgets/time_text.h"

namespace tidemark {

void HistoryModel::setEntries(std::vector<HistoryEntry> entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

const HistoryEntry *HistoryModel::entry(const QModelIndex &index) const
{
    return index.isValid() ? &m_entries[static_cast<size_t>(index.row())] : nullptr;
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int HistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    const HistoryEntry *entry = this->entry(index);
    if (!entry)
        return {};
    if (role == SearchRole)
        return entry->searched;
    if (role == SortRole && index.column() == Time)
        return entry->time;
    if (role == SortRole && index.column() == Line)
        return entry->line;
    if (role != Qt::DisplayRole && role != SortRole)
        return {};
    switch (index.column()) {
    case Time:
        return entry->time.isValid() ? utcAndLocalText(entry->time) : tr("not told");
    case Event:
        // The words of the log are the same in every language: they are what is searched in the file.
        return entry->verbatim.isEmpty() ? entry->event : tr("no entry of this program");
    case Source:
        return entry->source;
    case Target:
        return entry->target;
    case Point:
        return entry->point;
    case Outcome:
        return entry->outcome;
    case Person:
        return entry->person;
    case User:
        return entry->user;
    case Line:
        return entry->follows ? QString::number(entry->line)
                              : tr("%1, does not follow from the line before it").arg(entry->line);
    default:
        return {};
    }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Event:
        return tr("Event");
    case Source:
        return tr("Source");
    case Target:
        return tr("Target");
    case Point:
        return tr("Restore point");
    case Outcome:
        return tr("What came of it");
    case Person:
        return tr("Person");
    case User:
        return tr("Key");
    case Line:
        return tr("Line");
    default:
        return {};
    }
}

void HistoryFilter::setText(const QString &text)
{
    m_words = SearchWords(text);
    invalidateFilter();
}

bool HistoryFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    return m_words.isEmpty() ||
           m_words.areIn(sourceModel()->index(row, 0, parent).data(HistoryModel::SearchRole).toString());
}

} // namespace tidemark
