#pragma once

#include "base/later.h"

#include <QElapsedTimer>
#include <QNetworkProxy>
#include <QObject>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>
#include <QUrl>

#include <optional>

namespace tidemark {

/// Looks at a server from below HTTP: its name, its port, its TLS. Nothing of HTTP and no credentials of the API are
/// sent. The same proxy is used as for requests; then looking up the name is the proxy's job.
class ServerProbe final : public QObject
{
    Q_OBJECT

public:
    struct Reached
    {
        QString address; ///< of the server; empty where a proxy connects to it
        qsizetype addressCount = 1;
        quint16 port = 0;
        std::chrono::milliseconds took{0};
        bool onlyProxy = false; ///< the proxy answered; it connects to the server with the first request
    };
    struct Secured
    {
        QString protocol; ///< "TLS 1.3"
        QString cipher;
        QSslCertificate certificate;
    };

    /// `own` are the connection's own certificates; `limit` is for each of the two calls.
    ServerProbe(QUrl url, QNetworkProxy proxy, QSslConfiguration tls, QList<QSslCertificate> own,
                std::chrono::milliseconds limit, QObject *parent = nullptr);
    ~ServerProbe() override;

    /// Finds the name and connects.
    Async<Reached> reach();
    /// Then, on the same connection, the handshake with the server's certificate verified.
    Async<Secured> secure();
    /// What the server showed last, also where it was not accepted; null when it showed none.
    const QSslCertificate &certificate() const { return m_certificate; }

private:
    bool isDirect() const { return m_proxy.type() == QNetworkProxy::NoProxy; }
    bool isByCachingProxy() const;
    QString server() const;
    quint16 port() const;
    void connectToServer();
    void connected();
    void secured();
    void failed(QAbstractSocket::SocketError code);
    void timedOut();
    void fail(const Error &error);

    QUrl m_url;
    QNetworkProxy m_proxy;
    QSslConfiguration m_tls;
    QList<QSslCertificate> m_own;
    std::chrono::milliseconds m_limit;
    QSslSocket m_socket;
    QTimer m_timer;
    QElapsedTimer m_clock;
    int m_lookup = -1;
    qsizetype m_addressCount = 1;
    QList<QSslError> m_sslErrors;
    QSslCertificate m_certificate;
    std::optional<Deferred<Reached>> m_reaching;
    std::optional<Deferred<Secured>> m_securing;
};

} // namespace tidemark
