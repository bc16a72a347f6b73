#pragma once

#include "connection/connection.h"
#include "ui/connections/last_tests.h"

#include <QAbstractTableModel>

#include <vector>

namespace tidemark {

class Profiles;

/// The connections that can be opened, a row for each.
class ConnectionsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, AddressColumn, SignInColumn, TestColumn, ColumnCount };

    ConnectionsModel(const Profiles &profiles, const LastTests &tests, QObject *parent = nullptr);

    /// After a test.
    void showTests();

    /// nullptr for an invalid index.
    const Connection *connection(const QModelIndex &index) const;
    QModelIndex indexOf(const ConnectionId &id) const;
    /// The one that is open is marked.
    void setOpen(const ConnectionId &id);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void read();
    QString signIn(const Connection &connection) const;

    QVariant testLook(const Connection &connection, int role) const;

    const Profiles &m_profiles;
    const LastTests &m_tests;
    std::vector<Connection> m_connections;
    ConnectionId m_open;
};

} // namespace tidemark
