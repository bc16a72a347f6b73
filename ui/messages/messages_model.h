#pragma once

#include "session/notices.h"

#include <QAbstractTableModel>

namespace tidemark {

/// All notices and failed requests that are kept, as rows.
class MessagesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, What, Advice, Request, Times, ColumnCount };
    static constexpr int SortRole = Qt::UserRole;

    explicit MessagesModel(Notices &notices, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void read();

    Notices &m_notices;
    std::vector<Notice> m_rows;
};

} // namespace tidemark
