#include "connection/connection_store.h"

#include <QCoreApplication>
#include <QUuid>

#include <algorithm>
#include <array>

namespace tidemark {

namespace {

constexpr int formatVersion = 1;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::ConnectionStore", text);
}

template<typename Enum, size_t N>
using Names = std::array<std::pair<Enum, QLatin1String>, N>;

constexpr Names<Service, 2> serviceNames{
    {{Service::CloudManager, QLatin1String("cloud-manager")}, {Service::OpsManager, QLatin1String("ops-manager")}}};
constexpr Names<Authentication, 2> authenticationNames{
    {{Authentication::ApiKey, QLatin1String("api-key")},
     {Authentication::ServiceAccount, QLatin1String("service-account")}}};
constexpr Names<ProxyMode, 4> proxyNames{{{ProxyMode::System, QLatin1String("system")},
                                          {ProxyMode::None, QLatin1String("none")},
                                          {ProxyMode::Http, QLatin1String("http")},
                                          {ProxyMode::Socks5, QLatin1String("socks5")}}};

template<typename Enum, size_t N>
QString nameOf(Enum value, const Names<Enum, N> &names)
{
    for (const auto &[candidate, name] : names) {
        if (candidate == value)
            return name;
    }
    return {};
}

template<typename Enum, size_t N>
Enum valueOf(const QString &text, const Names<Enum, N> &names)
{
    for (const auto &[candidate, name] : names) {
        if (name == text)
            return candidate;
    }
    return names.front().first;
}

QString listKey()
{
    return QStringLiteral("connections");
}

bool holdsConnections(const QJsonObject &root)
{
    return root.value(listKey()).isArray();
}

std::vector<Connection> connectionsIn(const QJsonArray &saved)
{
    std::vector<Connection> connections;
    for (const QJsonValue &value : saved) {
        Connection connection = connectionFromJson(value.toObject());
        if (!connection.id.isEmpty())
            connections.push_back(std::move(connection));
    }
    return connections;
}

QString freeNameIn(const std::vector<Connection> &connections, const QString &wanted, const ConnectionId &except)
{
    const QString base = wanted.trimmed().isEmpty() ? tr("Connection") : wanted.trimmed();
    QString name = base;
    for (int number = 2;; ++number) {
        const auto holder = std::ranges::find(connections, name, &Connection::name);
        if (holder == connections.end() || holder->id == except)
            return name;
        name = QStringLiteral("%1 %2").arg(base).arg(number);
    }
}

/// Place of the connection in the file's list; -1 when it is not there.
qsizetype placeOf(const ConnectionId &id, const QJsonArray &saved)
{
    const auto found = std::ranges::find_if(
        saved, [&id](const QJsonValue &value) { return connectionFromJson(value.toObject()).id == id; });
    return found == saved.end() ? -1 : found - saved.begin();
}

} // namespace

QJsonObject toJson(const Connection &connection)
{
    return {
        {QStringLiteral("id"), connection.id.value},
        {QStringLiteral("name"), connection.name},
        {QStringLiteral("service"), nameOf(connection.service, serviceNames)},
        {QStringLiteral("baseUrl"), connection.baseUrl.toString(QUrl::RemoveUserInfo)},
        {QStringLiteral("authentication"), nameOf(connection.authentication, authenticationNames)},
        {QStringLiteral("userName"), connection.userName},
        {QStringLiteral("defaultProject"), connection.defaultProject.value},
        {QStringLiteral("caCertificateFile"), connection.caCertificateFile},
        {QStringLiteral("allowedSigners"), connection.allowedSigners},
        {QStringLiteral("openPgpSigners"), connection.openPgpSigners},
        {QStringLiteral("approvalProjects"), QJsonArray::fromStringList(connection.approvalProjects)},
        {QStringLiteral("proxy"), QJsonObject{{QStringLiteral("mode"), nameOf(connection.proxy.mode, proxyNames)},
                                              {QStringLiteral("host"), connection.proxy.host},
                                              {QStringLiteral("port"), connection.proxy.port},
                                              {QStringLiteral("user"), connection.proxy.user}}},
        {QStringLiteral("envelope"), connection.envelope},
        {QStringLiteral("allowPlainHttp"), connection.allowPlainHttp},
        {QStringLiteral("timeoutSeconds"), static_cast<qint64>(connection.timeout.count())},
    };
}

Connection connectionFromJson(const QJsonObject &object)
{
    Connection connection;
    connection.id = ConnectionId(object.value(QStringLiteral("id")).toString());
    connection.name = object.value(QStringLiteral("name")).toString();
    connection.service = valueOf(object.value(QStringLiteral("service")).toString(), serviceNames);
    if (const QUrl url(object.value(QStringLiteral("baseUrl")).toString()); url.isValid() && !url.isEmpty())
        connection.baseUrl = url;
    connection.authentication = valueOf(object.value(QStringLiteral("authentication")).toString(), authenticationNames);
    connection.userName = object.value(QStringLiteral("userName")).toString();
    connection.defaultProject = ProjectId(object.value(QStringLiteral("defaultProject")).toString());
    connection.caCertificateFile = object.value(QStringLiteral("caCertificateFile")).toString();
    connection.allowedSigners = object.value(QStringLiteral("allowedSigners")).toString();
    connection.openPgpSigners = object.value(QStringLiteral("openPgpSigners")).toString();
    for (const QJsonValue project : object.value(QStringLiteral("approvalProjects")).toArray())
        connection.approvalProjects.append(project.toString());
    const QJsonObject proxy = object.value(QStringLiteral("proxy")).toObject();
    connection.proxy = {valueOf(proxy.value(QStringLiteral("mode")).toString(), proxyNames),
                        proxy.value(QStringLiteral("host")).toString(),
                        static_cast<quint16>(std::clamp(proxy.value(QStringLiteral("port")).toInt(), 0, 65535)),
                        proxy.value(QStringLiteral("user")).toString()};
    connection.envelope = object.value(QStringLiteral("envelope")).toBool();
    connection.allowPlainHttp = object.value(QStringLiteral("allowPlainHttp")).toBool();
    connection.timeout =
        std::chrono::seconds(std::clamp(object.value(QStringLiteral("timeoutSeconds")).toInt(30), 1, 3600));
    return connection;
}

ConnectionStore::ConnectionStore(QString path)
    : m_file(std::move(path), formatVersion, holdsConnections)
{
}

Result<bool> ConnectionStore::load()
{
    const KeptFile::Content content = m_file.read();
    m_connections = connectionsIn(content.root.value(listKey()).toArray());
    if (content.trouble)
        return failure(*content.trouble);
    if (const auto setAside = takeSetAside())
        return failure(*setAside);
    return true;
}

Result<bool> ConnectionStore::change(const Change &change)
{
    std::vector<Connection> now;
    const Result<bool> changed = m_file.update([&](QJsonObject &root) {
        QJsonArray saved = root.value(listKey()).toArray();
        const bool isChanged = change(saved);
        now = connectionsIn(saved);
        root.insert(listKey(), saved);
        return isChanged;
    });
    if (changed)
        m_connections = std::move(now);
    return changed;
}

std::optional<Error> ConnectionStore::takeSetAside()
{
    if (m_toldSetAside == m_file.setAside())
        return {};
    m_toldSetAside = m_file.setAside();
    return m_toldSetAside;
}

const Connection *ConnectionStore::find(const ConnectionId &id) const
{
    const auto found = std::ranges::find(m_connections, id, &Connection::id);
    return found == m_connections.end() ? nullptr : &*found;
}

const Connection *ConnectionStore::findByName(const QString &name) const
{
    const auto found = std::ranges::find(m_connections, name, &Connection::name);
    return found == m_connections.end() ? nullptr : &*found;
}

Result<Connection> ConnectionStore::put(Connection connection)
{
    if (connection.id.isEmpty())
        connection.id = ConnectionId(QUuid::createUuid().toString(QUuid::WithoutBraces));
    const Result<bool> changed = change([&connection](QJsonArray &saved) {
        connection.name = freeNameIn(connectionsIn(saved), connection.name, connection.id);
        const QJsonObject json = toJson(connection);
        if (const qsizetype place = placeOf(connection.id, saved); place >= 0)
            saved.replace(place, json);
        else
            saved.append(json);
        return true;
    });
    if (!changed)
        return tl::unexpected(changed.error());
    return connection;
}

Result<bool> ConnectionStore::remove(const ConnectionId &id)
{
    return change([&id](QJsonArray &saved) {
        const qsizetype place = placeOf(id, saved);
        if (place >= 0)
            saved.removeAt(place);
        return place >= 0;
    });
}

QString ConnectionStore::freeName(const QString &wanted, const ConnectionId &except) const
{
    return freeNameIn(m_connections, wanted, except);
}

} // namespace tidemark
