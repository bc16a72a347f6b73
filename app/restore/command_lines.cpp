#include "base/text.h"
#include "restore/restore_request.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::CommandLines)
};

/// Between single quotes nothing is special to the shell but the single quote itself.
QString quoted(const QString &text)
{
    QString inner = text;
    inner.replace(QLatin1Char('\''), QStringLiteral("'\\''"));
    return QLatin1Char('\'') + inner + QLatin1Char('\'');
}

QString joined(const QStringList &words)
{
    return words.join(QStringLiteral(" \\\n  "));
}

/// A comment's text must not end the comment.
QString comment(const QString &text)
{
    QString line = text;
    line.replace(QLatin1Char('\n'), QLatin1Char(' ')).replace(QLatin1Char('\r'), QLatin1Char(' '));
    return QStringLiteral("# ") + line + QLatin1Char('\n');
}

QStringList proxyOptions(const ProxySettings &proxy)
{
    QStringList words;
    switch (proxy.mode) {
    case ProxyMode::System:
        return words;
    case ProxyMode::None:
        return {QStringLiteral("--noproxy '*'")};
    case ProxyMode::Http:
        words.append(QStringLiteral("--proxy ") +
                     quoted(QStringLiteral("http://%1:%2").arg(proxy.host, QString::number(proxy.port))));
        break;
    case ProxyMode::Socks5:
        words.append(QStringLiteral("--proxy ") +
                     quoted(QStringLiteral("socks5h://%1:%2").arg(proxy.host, QString::number(proxy.port))));
        break;
    }
    if (!proxy.user.isEmpty())
        words.append(QStringLiteral("--proxy-user ") + quoted(proxy.user));
    return words;
}

QString jobsUrl(const Connection &connection, const RestoreRequest &request)
{
    QUrl url = apiRoot(connection);
    url.setPath(url.path() + QStringLiteral("/groups/%1/clusters/%2/restoreJobs")
                                 .arg(request.project().id.value, request.cluster().id.value));
    return url.toString(QUrl::FullyEncoded);
}

QStringList pointOptions(const RestorePoint &point)
{
    if (const auto *snapshot = std::get_if<SnapshotPoint>(&point))
        return {QStringLiteral("--snapshotId ") + quoted(snapshot->snapshot.value)};
    if (const auto *oplog = std::get_if<OplogPoint>(&point))
        return {QStringLiteral("--oplogTs %1").arg(oplog->timestamp.seconds),
                QStringLiteral("--oplogInc %1").arg(oplog->timestamp.increment)};
    if (const auto *time = std::get_if<TimePoint>(&point))
        return {QStringLiteral("--pointInTimeUTCMillis %1").arg(time->utcMilliseconds)};
    return {};
}

QStringList deliveryOptions(const DownloadDelivery &delivery)
{
    const QString downloads = QStringLiteral("--maxDownloads %1").arg(delivery.maxDownloads);
    if (const int *hours = std::get_if<int>(&delivery.life))
        return {QStringLiteral("--expirationHours %1").arg(*hours), downloads};
    return {QStringLiteral("--expires ") + quoted(isoText(std::get<QDateTime>(delivery.life))), downloads};
}

QStringList deliveryOptions(const AutomatedDelivery &delivery)
{
    return {QStringLiteral("--targetProjectId ") + quoted(delivery.project.value),
            QStringLiteral("--targetClusterId ") + quoted(delivery.cluster.value)};
}

} // namespace

QString RestoreRequest::curl(const Connection &connection) const
{
    const bool isToken = connection.authentication == Authentication::ServiceAccount;
    QString before;
    QStringList words;
    if (isToken) {
        // Through a pipe from a shell builtin: as an argument the token would be in the process list.
        before = comment(Text::tr("In bash or zsh. Asks for an access token of the service account %1.")
                             .arg(connection.userName)) +
                 QStringLiteral("printf 'Access token: ' && read -rs TOKEN && echo &&\n"
                                "printf 'Authorization: Bearer %s\\n' \"$TOKEN\" |\n");
        words = {QStringLiteral("curl --header @-")};
    } else {
        before = comment(Text::tr("curl asks for the private key."));
        words = {QStringLiteral("curl --user %1 --digest").arg(quoted(connection.userName))};
    }
    if (!connection.caCertificateFile.isEmpty())
        words.append(QStringLiteral("--cacert ") + quoted(connection.caCertificateFile));
    words += proxyOptions(connection.proxy);
    words.append(QStringLiteral("--header 'Accept: application/json'"));
    words.append(QStringLiteral("--header 'Content-Type: application/json'"));
    words.append(QStringLiteral("--request POST ") + quoted(jobsUrl(connection, *this)));
    words.append(QStringLiteral("--data ") + quoted(QString::fromUtf8(json())));
    return before + joined(words) + QLatin1Char('\n');
}

QString RestoreRequest::mongocli(const Connection &connection) const
{
    if (m_mode == RestoreMode::Checkpoint)
        return comment(
                   Text::tr("mongocli cannot restore to a checkpoint: it accepts --checkpointId and leaves it out of "
                            "its request.")) +
               comment(Text::tr("Use the curl command instead."));

    const bool isAutomated = std::holds_alternative<AutomatedDelivery>(m_delivery);
    const QString service =
        connection.service == Service::CloudManager ? QStringLiteral("cloud-manager") : QStringLiteral("ops-manager");
    QStringList words{QStringLiteral("mongocli %1 backups restores start %2")
                          .arg(service, isAutomated ? QStringLiteral("AUTOMATED_RESTORE") : QStringLiteral("HTTP"))};
    words.append(QStringLiteral("--projectId ") + quoted(m_project.id.value));
    words.append(QStringLiteral("--clusterId ") + quoted(m_cluster.id.value));
    words += pointOptions(m_point);
    words += std::visit([](const auto &delivery) { return deliveryOptions(delivery); }, m_delivery);
    return comment(Text::tr("mongocli signs in with the API key of its own profile.")) + joined(words) +
           QLatin1Char('\n');
}

} // namespace tidemark
