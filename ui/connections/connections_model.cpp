#include "ui/connections/connections_model.h"

#include "base/text.h"
#include "session/profiles.h"
#include "ui/look/row_delegate.h"
#include "ui/widgets/time_text.h"

#include <algorithm>
#include <map>

namespace tidemark {

ConnectionsModel::ConnectionsModel(const Profiles &profiles, const LastTests &tests, QObject *parent)
    : QAbstractTableModel(parent)
    , m_profiles(profiles)
    , m_tests(tests)
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

void ConnectionsModel::showTests()
{
    if (!m_connections.empty())
        Q_EMIT dataChanged(index(0, TestColumn), index(rowCount() - 1, TestColumn));
}

/// State and time of the last test; the state as a chip.
QVariant ConnectionsModel::testLook(const Connection &connection, int role) const
{
    const auto test = m_tests.of(connection.id);
    if (!test)
        return role == Qt::DisplayRole ? tr("Not tested yet") : QVariant();
    static const std::map<LastTests::Outcome, std::pair<ChipKind, const char *>> words{
        {LastTests::Outcome::Passed, {ChipKind::Verified, QT_TR_NOOP("Passed")}},
        {LastTests::Outcome::Warned, {ChipKind::Attention, QT_TR_NOOP("Passed, with a warning")}},
        {LastTests::Outcome::Failed, {ChipKind::Error, QT_TR_NOOP("Failed")}}};
    const auto &[kind, word] = words.at(test->outcome);
    switch (role) {
    case Qt::DisplayRole:
        return tr("%1, %2").arg(tr(word), utcText(test->at));
    case Qt::ToolTipRole:
        return utcAndLocalText(test->at);
    case LookRole::Chip:
        return QVariant::fromValue(ChipData{kind, tr(word)});
    case LookRole::SecondLine:
        return utcText(test->at);
    default:
        return {};
    }
}

QVariant ConnectionsModel::data(const QModelIndex &index, int role) const
{
    const Connection *shown = connection(index);
    if (!shown)
        return {};
    if (index.column() == TestColumn)
        return testLook(*shown, role);
    if (role == LookRole::Icon && index.column() == NameColumn)
        return shown->baseUrl.scheme() == QLatin1String("http") ? QStringLiteral("connections")
                                                                : QStringLiteral("lock");
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
    case TestColumn:
        return tr("Last test");
    default:
        return {};
    }
}

} // namespace tidemark
