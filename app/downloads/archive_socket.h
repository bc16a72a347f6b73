#pragma once

#include "base/error.h"
#include "downloads/http_head.h"

#include <QAbstractSocket>
#include <QByteArray>
#include <QNetworkProxyFactory>
#include <QObject>
#include <QSslConfiguration>
#include <QUrl>

#include <utility>
#include <vector>

namespace tidemark {

/// One GET on a connection of its own: connects (TLS, proxies), sends the request once, reads the head, and gives out
/// the body's bytes as they are.
///
/// In place of QNetworkAccessManager, because for archives three of its habits are harmful, all seen with Qt 6.4: it
/// sends a GET again by itself, up to three times, when a connection closes early, and each may use up one of a link's
/// downloads; it takes a chunked body that was cut for a complete one when data and close arrive together; and it moves
/// every byte through one more thread and one more copy. Without TLS and tunnels the bytes go straight from the system
/// to where they are wanted.
class ArchiveSocket : public QObject
{
    Q_OBJECT

public:
    struct Request
    {
        QUrl url;
        std::vector<std::pair<QByteArray, QByteArray>> fields; ///< besides Host and Connection
        QSslConfiguration tls;
        QList<QNetworkProxy> proxies; ///< for this URL; the first is used; empty: none
    };

    ArchiveSocket(const Request &request, qint64 readBuffer, QObject *parent = nullptr);
    ~ArchiveSocket() override;

    void start();
    /// Ends the connection; nothing is signalled any more.
    void close();

    bool hasHead() const { return m_head.status > 0; }
    const HttpHead &head() const { return m_head; }
    /// Decoded body bytes, at most `limit`; 0 when there are none for now: then either ready() follows or it is
    /// finished.
    qint64 read(char *data, qint64 limit);
    /// Nothing more will come and nothing is left to read.
    bool isFinished() const { return m_phase == Phase::Done || m_phase == Phase::Failed; }
    /// The body ended as its framing says. Where the framing says nothing, the close of the connection counts as end.
    bool isComplete() const { return m_phase == Phase::Done; }
    const Error &error() const { return m_error; } ///< when it is finished and not complete

Q_SIGNALS:
    void headReceived();
    /// There is something to read, or it is finished.
    void ready();

private:
    enum class Phase { Connecting, Head, Body, Done, Failed };

    void connectSocket();
    QByteArray requestText() const;
    void onConnected();
    void onReadyRead();
    void onClosed();
    void onSocketError(QAbstractSocket::SocketError code);
    void readHead();
    void beginBody();
    bool nextChunk();
    bool fetch(qint64 most);
    qint64 receive(char *data, qint64 limit);
    qint64 take(char *data, qint64 limit);
    QByteArray takeLine();
    void fail(const Error &error);
    void failWithNetwork(const QString &sentence);

    Request m_request;
    qint64 m_readBuffer;
    QAbstractSocket *m_socket = nullptr;
    bool m_absoluteForm = false; ///< plain http through an HTTP proxy: the proxy is asked by the whole URL
    QNetworkProxy m_proxy;       ///< the socket's own, a tunnel
    QNetworkProxy m_plainProxy;
    Phase m_phase = Phase::Connecting;
    QByteArray m_input; ///< received and not yet used: the head, the lines between chunks, chunks
    qsizetype m_used = 0;
    QByteArray m_headText;
    HttpHead m_head;
    bool m_chunked = false;
    bool m_firstChunk = true;
    bool m_trailer = false; ///< after the last chunk
    qint64 m_left = -1;     ///< of the body or of the present chunk; -1: until the connection closes
    bool m_closed = false;  ///< nothing more comes; bytes may still wait
    bool m_clean = false;   ///< the other side closed it, in the ordinary way
    Error m_error;
};

} // namespace tidemark
