#include "connection/mongocli_settings.h"

#include "connection/base_url.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::mongocli", text);
}

bool isYes(const QString &text)
{
    for (const auto *word : {"yes", "true", "y", "t", "1"}) {
        if (text.compare(QLatin1String(word), Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

} // namespace

QStringList mongocliSettingNames()
{
    return {QStringLiteral("public_api_key"),
            QStringLiteral("private_api_key"),
            QStringLiteral("service"),
            QStringLiteral("ops_manager_url"),
            QStringLiteral("base_url"),
            QStringLiteral("project_id"),
            QStringLiteral("ops_manager_ca_certificate"),
            QStringLiteral("ops_manager_skip_verify")};
}

std::optional<MongocliConnection> mongocliConnection(const MongocliSettings &settings)
{
    const auto value = [&settings](const char *name) { return settings.value(QLatin1String(name)).trimmed(); };
    const QString service = value("service").toLower();
    const QString own = value("ops_manager_url");
    const QString address = own.isEmpty() ? value("base_url") : own;
    if (service == QLatin1String("cloud") || service == QLatin1String("cloudgov"))
        return std::nullopt;

    MongocliConnection found;
    Connection &connection = found.connection;
    connection.userName = value("public_api_key");
    connection.caCertificateFile = value("ops_manager_ca_certificate");
    connection.defaultProject = ProjectId(value("project_id"));
    found.credentials.secret = Secret(value("private_api_key"));

    const PastedAddress pasted = pastedAddress(address);
    const bool knownService =
        service.isEmpty() || service == QLatin1String("cloud-manager") || service == QLatin1String("ops-manager");
    if (!knownService)
        found.notes << tr("The service \"%1\" is not known here.").arg(service);
    if (!address.isEmpty() && !pasted.baseUrl.isValid())
        found.notes << tr("The address \"%1\" names no server.").arg(address);
    if (pasted.baseUrl.isValid()) {
        if (connection.defaultProject.isEmpty())
            connection.defaultProject = pasted.project;
        if (!isCloudManager(pasted.baseUrl)) {
            connection.service = Service::OpsManager;
            connection.baseUrl = pasted.baseUrl;
        }
    } else if (service == QLatin1String("ops-manager") || !address.isEmpty()) {
        connection.service = Service::OpsManager;
        connection.baseUrl = QUrl();
        found.missing = MongocliConnection::Missing::Address;
    } else if (service != QLatin1String("cloud-manager")) {
        found.missing = MongocliConnection::Missing::Service;
    }

    if (connection.userName.isEmpty())
        found.notes << tr("There is no public key; enter it.");
    if (found.credentials.secret.isEmpty())
        found.notes << tr("There is no private key; enter it.");
    if (isYes(value("ops_manager_skip_verify")))
        found.notes << tr("mongocli skips certificate checks here. Tidemark does not: give the CA's file instead.");
    return found;
}

} // namespace tidemark
