#include "connection/connection_store.h"

#include "base/private_file.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUuid>

#include <algorithm>
#include <array>

namespace tidemark {

namespace {

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
    : m_path(std::move(path))
{
}

Result<bool> ConnectionStore::load()
{
    m_connections.clear();
    QFile file(m_path);
    if (!file.exists())
        return true;
    if (!file.open(QIODevice::ReadOnly))
        return failure({.kind = ErrorKind::Disk,
                        .sentence = tr("The connections in %1 cannot be read: %2").arg(m_path, file.errorString())});

    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    file.close();
    const QJsonValue list = document.object().value(QStringLiteral("connections"));
    if (!list.isArray()) {
        const QString aside = m_path + QStringLiteral(".unreadable-") +
                              QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMddTHHmmssZ"));
        const bool moved = QFile::rename(m_path, aside);
        m_keepFile = !moved;
        return failure({.kind = ErrorKind::Parse,
                        .sentence = tr("%1 holds no readable connections.").arg(m_path),
                        .hint = moved ? tr("It was kept as %1; connections start empty.").arg(aside)
                                      : tr("It could not be moved aside, so nothing will be saved over it.")});
    }
    const QJsonArray array = list.toArray();
    for (const QJsonValue &value : array) {
        Connection connection = connectionFromJson(value.toObject());
        if (!connection.id.isEmpty())
            m_connections.push_back(std::move(connection));
    }
    return true;
}

Result<bool> ConnectionStore::save() const
{
    const QString folder = QFileInfo(m_path).absolutePath();
    const auto failed = [this](const QString &reason) {
        return failure({.kind = ErrorKind::Disk,
                        .sentence = tr("The connections could not be saved in %1: %2").arg(m_path, reason),
                        .hint = tr("The earlier file is unchanged."),
                        .retryable = true});
    };
    if (!makePrivateFolder(folder))
        return failed(tr("the folder cannot be made"));
    if (m_keepFile)
        return failed(tr("the file there is not readable as connections and could not be moved aside"));
    QJsonArray array;
    for (const Connection &connection : m_connections)
        array.append(toJson(connection));
    const QByteArray bytes =
        QJsonDocument(QJsonObject{{QStringLiteral("version"), 1}, {QStringLiteral("connections"), array}}).toJson();

    if (const QString problem = savePrivateFile(m_path, bytes); !problem.isEmpty())
        return failed(problem);
    return true;
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
    connection.name = freeName(connection.name, connection.id);

    const std::vector<Connection> before = m_connections;
    const auto found = std::ranges::find(m_connections, connection.id, &Connection::id);
    if (found == m_connections.end())
        m_connections.push_back(connection);
    else
        *found = connection;
    if (auto saved = save(); !saved) {
        m_connections = before;
        return tl::unexpected(saved.error());
    }
    return connection;
}

Result<bool> ConnectionStore::remove(const ConnectionId &id)
{
    const std::vector<Connection> before = m_connections;
    if (std::erase_if(m_connections, [&](const Connection &connection) { return connection.id == id; }) == 0)
        return false;
    if (auto saved = save(); !saved) {
        m_connections = before;
        return saved;
    }
    return true;
}

QString ConnectionStore::freeName(const QString &wanted, const ConnectionId &except) const
{
    const QString base = wanted.trimmed().isEmpty() ? tr("Connection") : wanted.trimmed();
    QString name = base;
    for (int number = 2;; ++number) {
        const Connection *holder = findByName(name);
        if (holder == nullptr || holder->id == except)
            return name;
        name = QStringLiteral("%1 %2").arg(base).arg(number);
    }
}

} // namespace tidemark
