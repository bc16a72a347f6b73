#include "support/scripted_server.h"

#include <QMutex>
#include <QSslConfiguration>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <deque>

#include <sys/socket.h>

namespace tidemark::test {

class ScriptedServer::Shared
{
public:
    mutable QMutex mutex;
    std::deque<ScriptedAnswer> queue;
    Handler handler;
    std::vector<RecordedRequest> requests;
    QByteArray received;
    int connections = 0;
    quint16 port = 0;

    ScriptedAnswer answerTo(const RecordedRequest &request)
    {
        Handler decide;
        {
            const QMutexLocker lock(&mutex);
            requests.push_back(request);
            received += request.raw;
            if (!queue.empty()) {
                ScriptedAnswer next = queue.front();
                queue.pop_front();
                return next;
            }
            decide = handler;
        }
        return decide ? decide(request) : ScriptedAnswer::text("nothing scripted", 500);
    }
};

namespace {

constexpr qint64 WriteAhead = 1 << 20;

QByteArray statusLine(int status)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Scripted\r\n";
}

/// One connection: reads requests one after the other and plays the answers.
class Peer : public QObject
{
public:
    Peer(QTcpSocket *socket, std::shared_ptr<ScriptedServer::Shared> shared, int number, QObject *parent)
        : QObject(parent)
        , m_socket(socket)
        , m_shared(std::move(shared))
        , m_number(number)
    {
        socket->setParent(this);
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1); // a reset drops what waits for more
        connect(socket, &QTcpSocket::readyRead, this, &Peer::read);
        connect(socket, &QTcpSocket::bytesWritten, this, &Peer::writeMore);
        connect(socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
        read();
    }

private:
    void read()
    {
        m_buffer += m_socket->readAll();
        if (m_busy)
            return;
        const qsizetype headEnd = m_buffer.indexOf("\r\n\r\n");
        if (headEnd < 0)
            return;
        RecordedRequest request = parseHead(m_buffer.left(headEnd));
        const qsizetype length = request.header("Content-Length").toLongLong();
        const qsizetype total = headEnd + 4 + length;
        if (m_buffer.size() < total)
            return;
        request.raw = m_buffer.left(total);
        request.body = m_buffer.mid(headEnd + 4, length);
        request.connection = m_number;
        request.at = std::chrono::steady_clock::now();
        m_buffer.remove(0, total);
        m_busy = true;
        m_answer = m_shared->answerTo(request);
        m_headRequest = request.method == "HEAD";
        QTimer::singleShot(m_answer.delay, this, &Peer::begin);
    }

    static RecordedRequest parseHead(const QByteArray &head)
    {
        RecordedRequest request;
        const QList<QByteArray> lines = head.split('\n');
        const QList<QByteArray> first = lines.value(0).trimmed().split(' ');
        request.method = first.value(0);
        request.target = first.value(1);
        for (qsizetype i = 1; i < lines.size(); ++i) {
            const QByteArray line = lines.at(i).trimmed();
            const qsizetype colon = line.indexOf(':');
            if (colon > 0)
                request.headers.emplace_back(line.left(colon), line.mid(colon + 1).trimmed());
        }
        return request;
    }

    qint64 size() const { return m_answer.generator ? m_answer.size : m_answer.body.size(); }

    /// How much of the body is sent before the script ends it.
    qint64 limit() const
    {
        const bool early = m_answer.end == ScriptedAnswer::End::Drop || m_answer.end == ScriptedAnswer::End::Stall;
        return early ? std::min(size(), std::max<qint64>(0, m_answer.dropAfter)) : size();
    }

    void begin()
    {
        m_sent = 0;
        m_writing = false;
        if (m_answer.end == ScriptedAnswer::End::Drop && m_answer.dropAfter < 0) {
            finish();
            return;
        }
        if (!m_answer.raw.isEmpty()) {
            m_socket->write(m_answer.raw);
            if (m_answer.generator) {
                m_answer.framing = ScriptedAnswer::Framing::UntilClose;
                writeBody();
            } else {
                finish();
            }
            return;
        }
        QByteArray head = m_answer.before + statusLine(m_answer.status);
        for (const auto &[name, value] : m_answer.headers)
            head += name + ": " + value + "\r\n";
        if (m_answer.framing == ScriptedAnswer::Framing::Length)
            head +=
                "Content-Length: " + QByteArray::number(m_answer.announced < 0 ? size() : m_answer.announced) + "\r\n";
        else if (m_answer.framing == ScriptedAnswer::Framing::Chunked)
            head += "Transfer-Encoding: chunked\r\n";
        if (m_answer.end == ScriptedAnswer::End::Close || m_answer.framing == ScriptedAnswer::Framing::UntilClose)
            head += "Connection: close\r\n";
        m_socket->write(head + "\r\n");
        if (m_headRequest) {
            finish();
            return;
        }
        writeBody();
    }

    void writeBody()
    {
        m_writing = true;
        writeMore();
    }

    void writeMore()
    {
        if (!m_writing) {
            resetWhenWritten();
            return;
        }
        if (m_pauses)
            return;
        while (m_sent < limit() && m_socket->bytesToWrite() < WriteAhead) {
            if (m_answer.pause.count() > 0 && !m_paused) {
                m_pauses = true;
                QTimer::singleShot(m_answer.pause, Qt::PreciseTimer, this, [this] {
                    m_pauses = false;
                    m_paused = true;
                    writeMore();
                });
                return;
            }
            m_paused = false;
            const qint64 length = std::min(limit() - m_sent, m_answer.pieceSize);
            const QByteArray piece =
                m_answer.generator ? m_answer.generator(m_sent, length) : m_answer.body.mid(m_sent, length);
            if (m_answer.framing == ScriptedAnswer::Framing::Chunked)
                m_socket->write(QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n");
            else
                m_socket->write(piece);
            m_sent += piece.size();
        }
        if (m_sent < limit())
            return;
        m_writing = false;
        const bool whole =
            m_sent == size() && m_answer.end != ScriptedAnswer::End::Stall && m_answer.end != ScriptedAnswer::End::Drop;
        if (whole && m_answer.framing == ScriptedAnswer::Framing::Chunked)
            m_socket->write("0\r\n\r\n");
        finish();
    }

    void finish()
    {
        if (m_answer.end == ScriptedAnswer::End::Stall)
            return; // and stay silent for as long as the client has patience
        if (m_answer.reset) {
            m_resets = true;
            resetWhenWritten();
            return;
        }
        if (m_answer.end != ScriptedAnswer::End::KeepOpen || m_answer.framing == ScriptedAnswer::Framing::UntilClose) {
            m_socket->disconnectFromHost();
            return;
        }
        m_busy = false;
        if (!m_buffer.isEmpty())
            QMetaObject::invokeMethod(this, &Peer::read, Qt::QueuedConnection);
    }

    void resetWhenWritten()
    {
        if (!m_resets || m_socket->bytesToWrite() > 0)
            return;
        const linger now{1, 0};
        ::setsockopt(static_cast<int>(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
        m_socket->abort();
    }

    QTcpSocket *m_socket;
    std::shared_ptr<ScriptedServer::Shared> m_shared;
    int m_number;
    QByteArray m_buffer;
    ScriptedAnswer m_answer;
    qint64 m_sent = 0;
    bool m_busy = false;
    bool m_writing = false;
    bool m_pauses = false; ///< before the next piece
    bool m_paused = false; ///< the next piece has had its pause
    bool m_resets = false; ///< as soon as everything is written
    bool m_headRequest = false;
};

} // namespace

ScriptedServer::ScriptedServer(Handler handler, quint16 port)
    : m_shared(std::make_shared<Shared>())
{
    m_shared->handler = std::move(handler);
    start([](QObject *parent) { return new QTcpServer(parent); }, port);
}

ScriptedServer::ScriptedServer(const QList<QSslCertificate> &chain, const QSslKey &key, QSsl::SslProtocol protocol)
    : m_shared(std::make_shared<Shared>())
    , m_tls(true)
{
    start(
        [chain, key, protocol](QObject *parent) {
            auto *secure = new QSslServer(parent);
            QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
            configuration.setLocalCertificateChain(chain);
            configuration.setPrivateKey(key);
            configuration.setProtocol(protocol);
            configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
            secure->setSslConfiguration(configuration);
            return secure;
        },
        0);
}

void ScriptedServer::start(const std::function<QTcpServer *(QObject *)> &make, quint16 port)
{
    m_context = new QObject;
    m_context->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_context, &QObject::deleteLater);
    m_thread.start();
    QMetaObject::invokeMethod(
        m_context,
        [this, &make, port] {
            QTcpServer *server = make(m_context);
            QObject::connect(server, &QTcpServer::pendingConnectionAvailable, server, [server, shared = m_shared] {
                while (QTcpSocket *socket = server->nextPendingConnection()) {
                    int number = 0;
                    {
                        const QMutexLocker lock(&shared->mutex);
                        number = shared->connections++;
                    }
                    new Peer(socket, shared, number, server);
                }
            });
            server->listen(QHostAddress::LocalHost, port);
            const QMutexLocker lock(&m_shared->mutex);
            m_shared->port = server->serverPort();
        },
        Qt::BlockingQueuedConnection);
}

ScriptedServer::~ScriptedServer()
{
    m_thread.quit();
    m_thread.wait();
}

quint16 ScriptedServer::port() const
{
    const QMutexLocker lock(&m_shared->mutex);
    return m_shared->port;
}

QUrl ScriptedServer::url(const QString &path) const
{
    return QUrl(QStringLiteral("%1://127.0.0.1:%2%3")
                    .arg(m_tls ? QStringLiteral("https") : QStringLiteral("http"))
                    .arg(port())
                    .arg(path));
}

QUrl ScriptedServer::urlByName(const QString &path) const
{
    QUrl result = url(path);
    result.setHost(QStringLiteral("localhost"));
    return result;
}

void ScriptedServer::enqueue(const ScriptedAnswer &answer)
{
    const QMutexLocker lock(&m_shared->mutex);
    m_shared->queue.push_back(answer);
}

void ScriptedServer::setHandler(Handler handler)
{
    const QMutexLocker lock(&m_shared->mutex);
    m_shared->handler = std::move(handler);
}

std::vector<RecordedRequest> ScriptedServer::requests() const
{
    const QMutexLocker lock(&m_shared->mutex);
    return m_shared->requests;
}

int ScriptedServer::requestCount() const
{
    const QMutexLocker lock(&m_shared->mutex);
    return static_cast<int>(m_shared->requests.size());
}

int ScriptedServer::connectionCount() const
{
    const QMutexLocker lock(&m_shared->mutex);
    return m_shared->connections;
}

void ScriptedServer::clearRequests()
{
    const QMutexLocker lock(&m_shared->mutex);
    m_shared->requests.clear();
}

void ScriptedServer::dropAll()
{
    QMetaObject::invokeMethod(
        m_context,
        [this] {
            for (QTcpSocket *socket : m_context->findChildren<QTcpSocket *>())
                socket->abort();
        },
        Qt::BlockingQueuedConnection);
}

QByteArray ScriptedServer::everythingReceived() const
{
    const QMutexLocker lock(&m_shared->mutex);
    return m_shared->received;
}

} // namespace tidemark::test
