#include "ui/connections/connections_model.h"

#include "session/profiles.h"
#include "ui/look/row_delegate.h"

#include <algorithm>

namespace tidemark {

ConnectionsModel::ConnectionsModel(const Profiles &profiles, QObject *parent)
    : QAbstractTableModel(parent)
    , m_profiles(profiles)
    , m_connections(profiles.all())
{
    connect(&profiles, &Profiles::changed, this, &ConnectionsModel::read);
    connect(&profiles, &Profiles::keychainChanged, this, [this] {
        if (!m_connections.empty())
            Q_EMIT dataChanged(index(0, SignInColumn), index(rowCount() - 1, SignInColumn));
    });
}

void ConnectionsModel::read()
{
    beginResetModel();
    m_connections = m_profiles.all();
    endResetModel();
}

const Connection *ConnectionsModel::connection(const QModelIndex &index) const
{
    return index.isValid() && index.model() == this ? &m_connections[static_cast<size_t>(index.row())] : nullptr;
}

QModelIndex ConnectionsModel::indexOf(const ConnectionId &id) const
{
    const auto found = std::ranges::find(m_connections, id, &Connection::id);
    return found == m_connections.end() ? QModelIndex() : index(static_cast<int>(found - m_connections.begin()), 0);
}

void ConnectionsModel::setOpen(const ConnectionId &id)
{
    m_open = id;
    if (!m_connections.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int ConnectionsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_connections.size());
}

int ConnectionsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ConnectionsModel::signIn(const Connection &connection) const
{
    const QString who = connection.authentication == Authentication::ApiKey
                            ? tr("API key %1").arg(connection.userName)
                            : tr("Service account %1").arg(connection.userName);
    return m_profiles.keepsUntilQuit(connection.id) ? tr("%1 – the secret is kept until you quit").arg(who) : who;
}

QVariant ConnectionsModel::data(const QModelIndex &index, int role) const
{
    const Connection *shown = connection(index);
    if (!shown)
        return {};
    if (role == LookRole::FirstType && shown->id == m_open)
        return static_cast<int>(TypeRole::Strong);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case NameColumn:
        return shown->id == m_open ? tr("%1 (open)").arg(shown->name) : shown->name;
    case AddressColumn:
        return shown->service == Service::CloudManager ? tr("Cloud Manager") : shown->baseUrl.toDisplayString();
    case SignInColumn:
        return signIn(*shown);
    default:
        return {};
    }
}

QVariant ConnectionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case AddressColumn:
        return tr("Service");
    case SignInColumn:
        return tr("Signs in with");
    default:
        return {};
    }
}

} // namespace tidemark
