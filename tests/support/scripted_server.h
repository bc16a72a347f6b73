#pragma once

#include <QByteArray>
#include <QList>
#include <QSslCertificate>
#include <QSslKey>
#include <QThread>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace tidemark::test {

/// A request as it came over the wire.
struct RecordedRequest
{
    QByteArray raw; ///< head and body, byte by byte
    QByteArray method;
    QByteArray target; ///< path and query as sent; for a proxy the whole URL or host:port
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    int connection = 0; ///< which connection it came on, from 0
    std::chrono::steady_clock::time_point at;

    /// The first header of this name (case does not count), or a null array.
    QByteArray header(const QByteArray &name) const;
    QByteArray path() const; ///< target without query
};

/// What to send back, and how to misbehave while doing so.
struct ScriptedAnswer
{
    enum class Framing { Length, Chunked, UntilClose };
    enum class End {
        KeepOpen, ///< as HTTP/1.1 does
        Close,    ///< after the answer
        Drop, ///< reset or close after `dropAfter` bytes of the body (of the answer's head when negative: none is sent)
        Stall ///< send `dropAfter` bytes of the body, then nothing more, the connection stays open
    };

    int status = 200;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    /// In place of `body`: `size` bytes, made when they are needed, so that an answer may be larger than memory.
    std::function<QByteArray(qint64 offset, qint64 length)> generator;
    qint64 size = 0;
    Framing framing = Framing::Length;
    End end = End::KeepOpen;
    qint64 dropAfter = 0;
    std::chrono::milliseconds delay{0}; ///< before the first byte
    QByteArray raw;                     ///< when set, exactly these bytes are sent and nothing else counts but `end`

    static ScriptedAnswer json(const QByteArray &body, int status = 200);
    static ScriptedAnswer text(const QByteArray &body, int status = 200, const QByteArray &type = "text/plain");
    static ScriptedAnswer lost(); ///< the request is read, then the connection is closed without a byte
    ScriptedAnswer with(const QByteArray &name, const QByteArray &value) const;
};

/// An HTTP/1.1 server on loopback that does what a test tells it to, in a thread of its own, and remembers every
/// request. Answers come from the queue, and when that is empty from the handler (which runs in the server's thread).
class ScriptedServer
{
public:
    using Handler = std::function<ScriptedAnswer(const RecordedRequest &)>;

    ScriptedServer();
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
    /// Everything that came in on all connections, for searches.
    QByteArray everythingReceived() const;

    class Shared;

private:
    void start(const QList<QSslCertificate> &chain, const QSslKey &key, QSsl::SslProtocol protocol);

    std::shared_ptr<Shared> m_shared;
    QThread m_thread;
    bool m_tls = false;
};

} // namespace tidemark::test
