#include "downloads/archive_socket.h"

#include "cloud/socket_error.h"
#include "cloud/tls_error.h"

#include <QSslSocket>
#include <QTcpSocket>

#include <algorithm>

namespace tidemark {

namespace {

constexpr qsizetype LargestHead = 64 * 1024;
constexpr qsizetype LongestChunkLine = 1024;
constexpr qint64 HeadStep = 16 * 1024;  ///< what is asked of the system at once: a head,
constexpr qint64 ChunkStep = 64 * 1024; ///< and chunks with the lines between them

/// A request in absolute form goes to the proxy over a socket that knows of none: its failures are the proxy's.
QAbstractSocket::SocketError asOfProxy(QAbstractSocket::SocketError code)
{
    switch (code) {
    case QAbstractSocket::ConnectionRefusedError:
        return QAbstractSocket::ProxyConnectionRefusedError;
    case QAbstractSocket::HostNotFoundError:
        return QAbstractSocket::ProxyNotFoundError;
    default:
        return QAbstractSocket::ProxyConnectionClosedError;
    }
}

bool isHttpProxy(const QNetworkProxy &proxy)
{
    return proxy.type() == QNetworkProxy::HttpProxy || proxy.type() == QNetworkProxy::HttpCachingProxy;
}

} // namespace

ArchiveSocket::ArchiveSocket(const Request &request, qint64 readBuffer, QObject *parent)
    : QObject(parent)
    , m_request(request)
    , m_readBuffer(readBuffer)
    , m_proxy(QNetworkProxy::NoProxy)
    , m_plainProxy(QNetworkProxy::NoProxy)
{
}

ArchiveSocket::~ArchiveSocket()
{
    close();
}

void ArchiveSocket::close()
{
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
}

void ArchiveSocket::start()
{
    const bool encrypted = m_request.url.scheme() == QLatin1String("https");
    const QNetworkProxy proxy = m_request.proxies.value(0, QNetworkProxy(QNetworkProxy::NoProxy));
    const auto port = static_cast<quint16>(m_request.url.port(encrypted ? 443 : 80));
    const QString host = m_request.url.host();
    if (encrypted) {
        auto *socket = new QSslSocket(this);
        m_socket = socket;
        socket->setSslConfiguration(m_request.tls);
        connect(socket, &QSslSocket::encrypted, this, &ArchiveSocket::onConnected);
        connect(socket, &QSslSocket::sslErrors, this,
                [this, host](const QList<QSslError> &errors) { fail(errorFromTls(errors, host)); });
    } else {
        m_socket = new QTcpSocket(this);
        connect(m_socket, &QAbstractSocket::connected, this, &ArchiveSocket::onConnected);
    }
    m_socket->setReadBufferSize(m_readBuffer);
    connect(m_socket, &QAbstractSocket::readyRead, this, &ArchiveSocket::onReadyRead);
    connect(m_socket, &QAbstractSocket::disconnected, this, &ArchiveSocket::onClosed);
    connect(m_socket, &QAbstractSocket::errorOccurred, this, &ArchiveSocket::onSocketError);

    if (!encrypted && isHttpProxy(proxy)) {
        m_absoluteForm = true;
        m_plainProxy = proxy;
        m_socket->setProxy(QNetworkProxy::NoProxy);
        m_socket->connectToHost(proxy.hostName(), proxy.port(), QIODevice::ReadWrite | QIODevice::Unbuffered);
        return;
    }
    m_proxy = proxy;
    if (isHttpProxy(m_proxy))
        m_proxy.setType(QNetworkProxy::HttpProxy);
    m_socket->setProxy(m_proxy);
    if (encrypted)
        static_cast<QSslSocket *>(m_socket)->connectToHostEncrypted(host, port);
    else if (m_proxy.type() == QNetworkProxy::NoProxy)
        m_socket->connectToHost(host, port, QIODevice::ReadWrite | QIODevice::Unbuffered);
    else
        m_socket->connectToHost(host, port);
}

QByteArray ArchiveSocket::requestText() const
{
    const QUrl &url = m_request.url;
    QByteArray target = url.path(QUrl::FullyEncoded).toLatin1();
    if (target.isEmpty())
        target = "/";
    if (url.hasQuery())
        target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    QByteArray authority = url.host(QUrl::FullyEncoded).toLatin1();
    if (authority.contains(':'))
        authority = '[' + authority + ']';
    if (url.port() >= 0)
        authority += ':' + QByteArray::number(url.port());
    if (m_absoluteForm)
        target = "http://" + authority + target;
    QByteArray text = "GET " + target + " HTTP/1.1\r\nHost: " + authority + "\r\nConnection: close\r\n";
    if (m_absoluteForm && !m_plainProxy.user().isEmpty())
        text += "Proxy-Authorization: Basic " +
                (m_plainProxy.user() + QLatin1Char(':') + m_plainProxy.password()).toUtf8().toBase64() + "\r\n";
    for (const auto &[name, value] : m_request.fields)
        text += name + ": " + value + "\r\n";
    return text + "\r\n";
}

void ArchiveSocket::onConnected()
{
    if (m_phase != Phase::Connecting)
        return;
    m_phase = Phase::Head;
    m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    m_socket->write(requestText());
}

void ArchiveSocket::onReadyRead()
{
    if (m_phase == Phase::Head)
        readHead();
    if (m_phase == Phase::Body)
        Q_EMIT ready();
    else if (m_phase == Phase::Head && m_closed)
        onClosed();
}

/// From the system, at most `limit` bytes; 0 when there are none for now or never again (m_closed).
qint64 ArchiveSocket::receive(char *data, qint64 limit)
{
    const qint64 count = m_socket->read(data, limit);
    if (count < 0 && m_socket->state() == QAbstractSocket::UnconnectedState) {
        // An unbuffered socket says so here only, and signals nothing.
        m_closed = true;
        m_clean = m_clean || m_socket->error() == QAbstractSocket::RemoteHostClosedError;
    }
    return std::max<qint64>(count, 0);
}

/// More into m_input; false when there is nothing for now.
bool ArchiveSocket::fetch(qint64 most)
{
    m_input.remove(0, std::exchange(m_used, 0));
    const qsizetype before = m_input.size();
    m_input.resize(before + most);
    m_input.resize(before + receive(m_input.data() + before, most));
    return m_input.size() > before;
}

/// What is in m_input first.
qint64 ArchiveSocket::take(char *data, qint64 limit)
{
    const auto held = std::min<qint64>(limit, m_input.size() - m_used);
    if (held == 0)
        return receive(data, limit);
    std::copy_n(m_input.constData() + m_used, held, data);
    m_used += held;
    return held;
}

/// The next line of m_input with its end, or nothing as long as it has not come whole.
QByteArray ArchiveSocket::takeLine()
{
    const qsizetype end = m_input.indexOf('\n', m_used);
    if (end < 0)
        return {};
    const QByteArray line = m_input.mid(m_used, end + 1 - m_used);
    m_used = end + 1;
    return line;
}

void ArchiveSocket::readHead()
{
    while (m_phase == Phase::Head) {
        const QByteArray line = takeLine();
        m_headText += line;
        if (m_headText.size() + m_input.size() - m_used > LargestHead + HeadStep || m_headText.size() > LargestHead) {
            failWithNetwork(tr("%1 answered in a way that is not HTTP.").arg(m_request.url.host()));
            return;
        }
        if (line.isEmpty()) {
            if (!fetch(HeadStep))
                return;
            continue;
        }
        if (line != "\r\n" && line != "\n")
            continue;
        const auto head = parseHttpHead(std::exchange(m_headText, {}));
        if (!head || head->hasUnclearBody()) {
            failWithNetwork(tr("%1 answered in a way that is not HTTP.").arg(m_request.url.host()));
            return;
        }
        if (head->isInterim())
            continue;
        m_head = *head;
        beginBody();
    }
}

void ArchiveSocket::beginBody()
{
    m_phase = Phase::Body;
    m_chunked = m_head.isChunked();
    if (m_chunked)
        m_left = 0;
    else if (!m_head.field("content-length").isEmpty())
        m_left = m_head.field("content-length").toLongLong();
    else
        m_left = -1;
    if (m_head.status == 204 || m_head.status == 304 || (!m_chunked && m_left == 0))
        m_phase = Phase::Done;
    Q_EMIT headReceived();
}

/// Reads the line between chunks; false when it has not come yet, or the body is at its end.
bool ArchiveSocket::nextChunk()
{
    while (m_phase == Phase::Body && m_left == 0) {
        const QByteArray whole = takeLine();
        if (whole.size() > LongestChunkLine || (whole.isEmpty() && m_input.size() - m_used > LongestChunkLine)) {
            failWithNetwork(tr("The server's stream is damaged."));
            return false;
        }
        if (whole.isEmpty()) {
            if (!fetch(ChunkStep))
                return false;
            continue;
        }
        const QByteArray line = whole.trimmed();
        if (m_trailer) {
            if (line.isEmpty())
                m_phase = Phase::Done;
            continue;
        }
        if (line.isEmpty() && !m_firstChunk)
            continue; // the line end behind the chunk before
        m_firstChunk = false;
        m_left = parseChunkSize(line);
        if (m_left < 0) {
            failWithNetwork(tr("The server's stream is damaged."));
            return false;
        }
        m_trailer = m_left == 0;
    }
    return m_phase == Phase::Body;
}

qint64 ArchiveSocket::read(char *data, qint64 limit)
{
    qint64 done = 0;
    while (m_phase == Phase::Body && done < limit) {
        if (m_chunked && m_left == 0 && !nextChunk())
            break;
        const qint64 wanted = m_left < 0 ? limit - done : std::min(m_left, limit - done);
        if (m_chunked && m_used == m_input.size() && !fetch(ChunkStep))
            break;
        const qint64 count = take(data + done, wanted);
        if (count == 0)
            break;
        done += count;
        if (m_left > 0)
            m_left -= count;
        if (m_left == 0 && !m_chunked)
            m_phase = Phase::Done;
    }
    if (m_phase == Phase::Body && m_chunked && m_left == 0)
        nextChunk(); // the end of the body may be here already
    if (m_phase == Phase::Body && m_closed && done == 0 && m_socket->bytesAvailable() == 0) {
        if (m_left < 0 && !m_chunked && m_clean)
            m_phase = Phase::Done;
        else
            failWithNetwork(tr("The connection to %1 was lost.").arg(m_request.url.host()));
    }
    return done;
}

void ArchiveSocket::onClosed()
{
    if (isFinished())
        return;
    m_closed = true;
    m_clean = m_clean || m_socket->error() == QAbstractSocket::RemoteHostClosedError;
    if (m_phase == Phase::Head)
        readHead();
    if (m_phase == Phase::Head || m_phase == Phase::Connecting) {
        failWithNetwork(tr("The connection to %1 was lost.").arg(m_request.url.host()));
        return;
    }
    Q_EMIT ready(); // what is left can be read, and then read() knows the end
}

void ArchiveSocket::onSocketError(QAbstractSocket::SocketError code)
{
    if (isFinished())
        return;
    if (code == QAbstractSocket::RemoteHostClosedError || (m_phase == Phase::Body && m_socket->bytesAvailable() > 0)) {
        onClosed();
        return;
    }
    const QString host = m_request.url.host();
    if (m_absoluteForm && m_phase == Phase::Connecting)
        fail(errorFromSocket(asOfProxy(code), host, m_plainProxy, m_socket->errorString()));
    else
        fail(errorFromSocket(code, host, m_proxy, m_socket->errorString()));
}

void ArchiveSocket::failWithNetwork(const QString &sentence)
{
    Error error;
    error.kind = ErrorKind::Network;
    error.sentence = sentence;
    error.retryable = true;
    fail(error);
}

void ArchiveSocket::fail(const Error &error)
{
    if (isFinished())
        return;
    m_phase = Phase::Failed;
    m_error = error;
    Q_EMIT ready();
}

} // namespace tidemark
