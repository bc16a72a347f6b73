#include "support/archive_server.h"

#include <algorithm>
#include <chrono>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tidemark::test {

namespace {

bool sendAll(int socket, const char *data, qint64 length)
{
    while (length > 0) {
        const ssize_t count = ::send(socket, data, static_cast<size_t>(length), MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        data += count;
        length -= count;
    }
    return true;
}

bool sendAll(int socket, const QByteArray &bytes)
{
    return sendAll(socket, bytes.constData(), bytes.size());
}

QByteArray readHead(int socket)
{
    QByteArray head;
    char c = 0;
    while (!head.endsWith("\r\n\r\n") && head.size() < 65536) {
        if (::recv(socket, &c, 1, 0) != 1)
            return {};
        head.append(c);
    }
    return head;
}

SeenRequest parse(const QByteArray &head)
{
    SeenRequest request;
    const QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> first = lines.first().trimmed().split(' ');
    request.method = first.value(0);
    request.target = first.value(1);
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            request.headers[line.left(colon).trimmed().toLower()] = line.mid(colon + 1).trimmed();
    }
    return request;
}

/// Offset of "bytes=N-", -1 without one.
qint64 rangeStart(const SeenRequest &request)
{
    const QByteArray range = request.header("range");
    if (!range.startsWith("bytes=") || !range.endsWith('-'))
        return -1;
    bool ok = false;
    const qint64 offset = range.mid(6, range.size() - 7).toLongLong(&ok);
    return ok ? offset : -1;
}

} // namespace

ArchiveServer::ArchiveServer(Handler handler, quint16 port)
    : m_handler(std::move(handler))
{
    listen(port);
}

ArchiveServer::ArchiveServer(QList<Reply> script)
    : ArchiveServer([script = std::move(script)](const SeenRequest &, int number) {
        return script.at(std::min<qsizetype>(number, script.size() - 1));
    })
{
}

ArchiveServer::~ArchiveServer()
{
    m_stop = true;
    ::shutdown(m_listener, SHUT_RDWR);
    ::close(m_listener);
    m_acceptor.join();
    dropAll();
    for (std::thread &thread : m_threads)
        thread.join();
    for (const int socket : m_sockets)
        ::close(socket);
}

void ArchiveServer::listen(quint16 port)
{
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    socklen_t length = sizeof address;
    ::bind(m_listener, reinterpret_cast<sockaddr *>(&address), length);
    ::listen(m_listener, 64);
    ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &length);
    m_port = ntohs(address.sin_port);
    m_acceptor = std::thread([this] { acceptLoop(); });
}

void ArchiveServer::acceptLoop()
{
    while (!m_stop) {
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0)
            continue;
        const int yes = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        const std::scoped_lock lock(m_mutex);
        m_sockets.push_back(socket);
        m_threads.emplace_back([this, socket] { serve(socket); });
    }
}

void ArchiveServer::serve(int socket)
{
    const QByteArray head = readHead(socket);
    if (head.isEmpty()) {
        ::shutdown(socket, SHUT_RDWR);
        return;
    }
    const SeenRequest request = parse(head);
    int number = 0;
    {
        const std::scoped_lock lock(m_mutex);
        number = static_cast<int>(m_requests.size());
        m_requests.push_back(request);
    }
    const Reply reply = m_handler(request, number);
    answer(socket, request, reply);
    if (reply.reset) {
        const linger now{1, 0};
        ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        const std::scoped_lock lock(m_mutex);
        std::erase(m_sockets, socket);
        ::close(socket);
        return;
    }
    ::shutdown(socket, SHUT_WR);
    // Reads until the peer closes, so that no RST cuts what was sent.
    char sink[512];
    while (::recv(socket, sink, sizeof sink, 0) > 0) {
    }
}

void ArchiveServer::answer(int socket, const SeenRequest &request, const Reply &reply)
{
    if (reply.dropBeforeAnswer)
        return;
    if (!reply.forever.isEmpty()) {
        bool open = sendAll(socket, reply.before);
        while (open && !m_stop)
            open = sendAll(socket, reply.forever);
        return;
    }
    int status = reply.status;
    qint64 start = 0;
    const qint64 size = reply.body.size();
    const qint64 asked = rangeStart(request);
    const QByteArray condition = request.header("if-range");
    const bool sameFile = reply.ignoreIfRange || condition.isEmpty() || condition == reply.etag;
    QByteArray head;
    if (reply.status == 200 && reply.ranges && asked >= 0 && sameFile) {
        if (asked >= size) {
            status = 416;
            head += "Content-Range: bytes */" + QByteArray::number(size) + "\r\n";
        } else {
            status = 206;
            start = std::min(asked + reply.rangeShift, size - 1);
            const QByteArray range = "bytes " + QByteArray::number(start) + '-' + QByteArray::number(size - 1) + '/' +
                                     QByteArray::number(size);
            head += "Content-Range: " + (reply.contentRange.isEmpty() ? range : reply.contentRange) + "\r\n";
        }
    } else if (!reply.contentRange.isEmpty()) {
        head += "Content-Range: " + reply.contentRange + "\r\n";
    }
    QByteArray body = status == 416 ? QByteArray() : reply.body.mid(start);
    if (reply.flipAt >= start && reply.flipAt < start + body.size()) {
        const qsizetype at = reply.flipAt - start;
        body[at] = static_cast<char>(body.at(at) ^ 0x10);
    }
    if (reply.ranges)
        head += "Accept-Ranges: bytes\r\n";
    if (!reply.etag.isEmpty())
        head += "ETag: " + reply.etag + "\r\n";
    for (const QByteArray &line : reply.headers)
        head += line + "\r\n";
    const bool chunked = reply.framing == Reply::Framing::Chunked && status != 204 && status != 416;
    if (chunked)
        head += "Transfer-Encoding: chunked\r\n";
    else if (reply.framing == Reply::Framing::Length || status == 416)
        head += "Content-Length: " + QByteArray::number(reply.announce >= 0 ? reply.announce : body.size()) + "\r\n";
    head =
        reply.before + "HTTP/1.1 " + QByteArray::number(status) + " Scripted\r\n" + head + "Connection: close\r\n\r\n";
    if (!sendAll(socket, head))
        return;

    qint64 sent = 0;
    do {
        for (qint64 at = 0; at < body.size() && !m_stop;) {
            qint64 piece = std::min(reply.pieceSize, body.size() - at);
            if (reply.cutAfter >= 0)
                piece = std::min(piece, reply.cutAfter - sent);
            if (reply.stallAfter >= 0)
                piece = std::min(piece, reply.stallAfter - sent);
            if (piece <= 0 && reply.cutAfter >= 0 && sent >= reply.cutAfter)
                return;
            if (piece <= 0) { // silence until the other side gives up
                char c = 0;
                ::recv(socket, &c, 1, 0);
                return;
            }
            if (reply.chunkPauseMs > 0)
                std::this_thread::sleep_for(std::chrono::milliseconds(reply.chunkPauseMs));
            if (chunked && !sendAll(socket, QByteArray::number(piece, 16) + "\r\n"))
                return;
            if (!sendAll(socket, body.constData() + at, piece) || (chunked && !sendAll(socket, "\r\n")))
                return;
            at += piece;
            sent += piece;
        }
    } while (reply.repeatForever && !m_stop);
    if (reply.cutAfter >= 0 && sent >= reply.cutAfter)
        return;
    if (chunked)
        sendAll(socket, "0\r\n\r\n");
}

QUrl ArchiveServer::url(const QByteArray &path) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(m_port).arg(QString::fromLatin1(path)));
}

std::vector<SeenRequest> ArchiveServer::requests() const
{
    const std::scoped_lock lock(m_mutex);
    return m_requests;
}

int ArchiveServer::requestCount() const
{
    const std::scoped_lock lock(m_mutex);
    return static_cast<int>(m_requests.size());
}

void ArchiveServer::dropAll()
{
    const std::scoped_lock lock(m_mutex);
    for (const int socket : m_sockets)
        ::shutdown(socket, SHUT_RDWR);
}

} // namespace tidemark::test
