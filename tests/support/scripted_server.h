#pragma once

#include "support/scripted_answer.h"

#include <QList>
#include <QSslCertificate>
#include <QSslKey>
#include <QThread>
#include <QUrl>

#include <functional>
#include <memory>
#include <vector>

class QTcpServer;

namespace tidemark::test {

/// An HTTP/1.1 server on loopback that does what a test tells it to, in a thread of its own, and remembers every
/// request. Answers come from the queue, and when that is empty from the handler (which runs in the server's thread).
class ScriptedServer
{
public:
    using Handler = std::function<ScriptedAnswer(const RecordedRequest &)>;

    /// `port` 0: any that is free.
    explicit ScriptedServer(Handler handler = {}, quint16 port = 0);
    /// The same over TLS. `protocol` as for QSslConfiguration.
    ScriptedServer(const QList<QSslCertificate> &chain, const QSslKey &key,
                   QSsl::SslProtocol protocol = QSsl::TlsV1_2OrLater);
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer &) = delete;
    ScriptedServer &operator=(const ScriptedServer &) = delete;

    quint16 port() const;
    /// http(s)://127.0.0.1:PORT + path.
    QUrl url(const QString &path = {}) const;
    /// Another origin for the same server: the name localhost in place of the address.
    QUrl urlByName(const QString &path = {}) const;

    void enqueue(const ScriptedAnswer &answer);
    void setHandler(Handler handler);

    std::vector<RecordedRequest> requests() const;
    int requestCount() const;
    int connectionCount() const;
    void clearRequests();
    /// Ends every connection now.
    void dropAll();
    /// Everything that came in on all connections, for searches.
    QByteArray everythingReceived() const;

    class Shared;

private:
    /// `make` is called in the server's thread, with the parent of what it makes.
    void start(const std::function<QTcpServer *(QObject *)> &make, quint16 port);

    std::shared_ptr<Shared> m_shared;
    QThread m_thread;
    QObject *m_context = nullptr; ///< lives in the thread and owns what is there
    bool m_tls = false;
};

} // namespace tidemark::test
