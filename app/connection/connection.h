#pragma once

#include "base/ids.h"
#include "base/secret.h"

#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>

namespace tidemark {

enum class Service { CloudManager, OpsManager };
enum class Authentication { ApiKey, ServiceAccount };
enum class ProxyMode { System, None, Http, Socks5 };

struct ProxySettings
{
    ProxyMode mode = ProxyMode::System;
    QString host;
    quint16 port = 0;
    QString user; ///< the password is a secret, see Credentials

    bool operator==(const ProxySettings &) const = default;
};

/// Where a deployment's backups are managed and how to sign in there: everything of a profile that is not secret.
struct Connection
{
    ConnectionId id;
    QString name;
    Service service = Service::CloudManager;
    /// Scheme, host, port and, for an Ops Manager behind a proxy, a leading path; without /api/public/v1.0.
    QUrl baseUrl{QStringLiteral("https://cloud.mongodb.com")};
    Authentication authentication = Authentication::ApiKey;
    QString userName; ///< public key, or client id of a service account
    ProjectId defaultProject;
    QString caCertificateFile; ///< PEM; empty for the system's
    QString allowedSigners;    ///< OpenSSH's file of those whose signatures count on plans; empty: none does
    QString openPgpSigners;    ///< the same for OpenPGP's keys, see plans/openpgp_signers.h
    /// Names or ids of projects into which nothing is restored here without an approved plan.
    QStringList approvalProjects;
    ProxySettings proxy;
    bool envelope = false;       ///< ask for ?envelope=true (clients behind proxies that hide the status)
    bool allowPlainHttp = false; ///< plain HTTP beyond loopback, ticked by the person for this Ops Manager
    std::chrono::seconds timeout{30};

    bool operator==(const Connection &) const = default;
};

/// The secrets of one connection. In memory only while they are needed; at rest in the desktop's keychain.
struct Credentials
{
    Secret secret; ///< private key, or client secret
    Secret proxyPassword;

    bool operator==(const Credentials &) const = default;
};

/// Root of the Public API: baseUrl + /api/public/v1.0.
QUrl apiRoot(const Connection &connection);

/// Why requests may not be sent to this base URL (a sentence), or empty: https always, http to loopback, http elsewhere
/// only for API keys and where allowPlainHttp was ticked.
QString transportObjection(const Connection &connection);

/// True for localhost, 127.0.0.0/8 and ::1.
bool isLoopback(const QUrl &url);

/// Same scheme, host and port (default ports filled in). Credentials never cross an origin.
bool sameOrigin(const QUrl &a, const QUrl &b);

} // namespace tidemark
