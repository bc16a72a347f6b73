#pragma once

#include <QAbstractTableModel>
#include <QDateTime>

#include <cstdlib>
#include <utility>
#include <vector>

namespace tidemark {

/// Rows of one kind of value to choose one from, each with an `id` and a column that tells its age. What the columns
/// say is the derived model's.
template<typename Value>
class ChoiceModel : public QAbstractTableModel
{
public:
    using Id = decltype(Value::id);

    /// For ages. A step too small to be seen changes nothing.
    void setNow(const QDateTime &now)
    {
        constexpr qint64 Noticeable = 5; // seconds
        if (m_now.isValid() && std::abs(m_now.secsTo(now)) < Noticeable)
            return;
        m_now = now;
        if (!m_values.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, m_ageColumn)); // in the first one's second line too
    }

    QModelIndex indexOf(const Id &id) const
    {
        for (size_t row = 0; row < m_values.size(); ++row) {
            if (m_values[row].id == id)
                return index(int(row), 0);
        }
        return {};
    }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_values.size()); }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : m_columnCount; }

protected:
    ChoiceModel(int ageColumn, int columnCount, QObject *parent)
        : QAbstractTableModel(parent)
        , m_ageColumn(ageColumn)
        , m_columnCount(columnCount)
    {
    }

    void setValues(const std::vector<Value> &values)
    {
        if (values == m_values)
            return;
        beginResetModel();
        m_values = values;
        endResetModel();
    }

    /// nullptr for an invalid index.
    const Value *valueAt(const QModelIndex &index) const
    {
        return index.isValid() ? &m_values.at(size_t(index.row())) : nullptr;
    }

    const QDateTime &now() const { return m_now; }

private:
    std::vector<Value> m_values;
    QDateTime m_now;
    int m_ageColumn;
    int m_columnCount;
};

} // namespace tidemark
