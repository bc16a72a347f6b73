#include "connection/environment_connection.h"

#include "connection/mongocli_settings.h"

namespace tidemark {

namespace {

const QLatin1String EnvironmentId("environment");

} // namespace

std::optional<EnvironmentConnection> environmentConnection(const QProcessEnvironment &environment)
{
    MongocliSettings settings;
    for (const QString &name : mongocliSettingNames()) {
        const QString value = environment.value(QStringLiteral("MCLI_") + name.toUpper()).trimmed();
        if (!value.isEmpty())
            settings.insert(name, value);
    }
    std::optional<MongocliConnection> found = mongocliConnection(settings);
    if (!found || found->connection.userName.isEmpty() || found->credentials.secret.isEmpty())
        return std::nullopt;
    found->connection.id = ConnectionId(EnvironmentId);
    found->connection.name = QStringLiteral("Environment");
    return EnvironmentConnection{std::move(found->connection), std::move(found->credentials)};
}

bool isFromEnvironment(const Connection &connection)
{
    return connection.id.value == EnvironmentId;
}

} // namespace tidemark
