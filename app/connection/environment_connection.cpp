#include "connection/environment_connection.h"

#include "connection/base_url.h"

namespace tidemark {

std::optional<EnvironmentConnection> environmentConnection(const QProcessEnvironment &environment)
{
    const QString publicKey = environment.value(QStringLiteral("MCLI_PUBLIC_API_KEY")).trimmed();
    const QString privateKey = environment.value(QStringLiteral("MCLI_PRIVATE_API_KEY")).trimmed();
    if (publicKey.isEmpty() || privateKey.isEmpty())
        return std::nullopt;

    EnvironmentConnection found;
    found.connection.id = ConnectionId(QStringLiteral("environment"));
    found.connection.name = QStringLiteral("Environment");
    found.connection.userName = publicKey;
    found.connection.defaultProject = ProjectId(environment.value(QStringLiteral("MCLI_PROJECT_ID")).trimmed());
    const QString url = environment.value(QStringLiteral("MCLI_OPS_MANAGER_URL")).trimmed();
    if (!url.isEmpty()) {
        found.connection.service = Service::OpsManager;
        found.connection.baseUrl = baseUrlFromText(url);
    }
    found.credentials.secret = Secret(privateKey);
    return found;
}

} // namespace tidemark
