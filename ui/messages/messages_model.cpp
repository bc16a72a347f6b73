#include "ui/messages/messages_model.h"

#include "ui/widgets/time_text.h"

namespace tidemark {

MessagesModel::MessagesModel(Notices &notices, QObject *parent)
    : QAbstractTableModel(parent)
    , m_notices(notices)
{
    connect(&notices, &Notices::changed, this, &MessagesModel::read);
    read();
}

/// Rows stay where they are as long as they are the same: a row in use does not jump away. Notices only go, one by one,
/// and come at the end.
void MessagesModel::read()
{
    const auto &all = m_notices.all();
    for (size_t row = 0; row < m_rows.size();) {
        if (row < all.size() && m_rows[row].number == all[row].number) {
            if (m_rows[row] != all[row]) {
                m_rows[row] = all[row];
                Q_EMIT dataChanged(index(int(row), 0), index(int(row), ColumnCount - 1));
            }
            ++row;
            continue;
        }
        beginRemoveRows({}, int(row), int(row));
        m_rows.erase(m_rows.begin() + std::ptrdiff_t(row));
        endRemoveRows();
    }
    if (all.size() == m_rows.size())
        return;
    beginInsertRows({}, int(m_rows.size()), int(all.size()) - 1);
    m_rows.assign(all.begin(), all.end());
    endInsertRows();
}

int MessagesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MessagesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant MessagesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Notice &notice = m_rows[static_cast<size_t>(index.row())];
    if (role == SortRole && index.column() == Time)
        return notice.last;
    if (role == SortRole && index.column() == Times)
        return notice.times;
    if (role != Qt::DisplayRole && role != SortRole)
        return {};
    switch (index.column()) {
    case Time:
        return utcAndLocalText(notice.last);
    case What:
        return notice.sentence;
    case Advice:
        return notice.hint;
    case Request:
        return notice.request;
    case Times:
        return tr("%n times", nullptr, notice.times);
    default:
        return {};
    }
}

QVariant MessagesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case What:
        return tr("What happened");
    case Advice:
        return tr("What to do");
    case Request:
        return tr("Request");
    case Times:
        return tr("How often");
    default:
        return {};
    }
}

} // namespace tidemark
