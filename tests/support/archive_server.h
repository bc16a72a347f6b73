#pragma once

#include <QByteArray>
#include <QList>
#include <QUrl>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace tidemark::test {

/// A request as it came over the wire.
struct SeenRequest
{
    QByteArray method;
    QByteArray target;
    std::map<QByteArray, QByteArray> headers; ///< names in lower case

    QByteArray header(const QByteArray &name) const
    {
        const auto found = headers.find(name);
        return found == headers.end() ? QByteArray() : found->second;
    }
};

/// One answer, right or wrong in any of these ways.
struct Reply
{
    int status = 200;
    QByteArray body = {};
    QList<QByteArray> headers = {}; ///< whole lines, without line ends

    enum class Framing { Length, Chunked, UntilClose };
    Framing framing = Framing::Chunked;

    bool ranges = false; ///< answers Range with 206 (needs Length or Chunked)
    bool ignoreIfRange = false;
    QByteArray etag = {};
    qint64 cutAfter = -1;         ///< bytes of the body, then the connection is closed
    bool reset = false;           ///< closes it with RST
    qint64 stallAfter = -1;       ///< bytes of the body, then silence
    int chunkPauseMs = 0;         ///< before each piece of the body
    qint64 pieceSize = 65536;     ///< bytes sent at a time
    qint64 flipAt = -1;           ///< one byte of the file has a wrong bit
    qint64 announce = -1;         ///< another Content-Length than the body has
    QByteArray contentRange = {}; ///< in place of the right one
    qint64 rangeShift = 0;        ///< a 206 that begins so many bytes later than it was asked to
    bool repeatForever = false;   ///< the body again and again
    bool dropBeforeAnswer = false;
    QByteArray before = {};  ///< sent before the status line, for example an interim answer
    QByteArray forever = {}; ///< sent after `before`, again and again, in place of everything else
};

/// A server on loopback that answers each request as a script says, and remembers what it was asked. Plain sockets and
/// threads of its own: nothing of Qt's network code takes part on this side.
class ArchiveServer
{
public:
    using Handler = std::function<Reply(const SeenRequest &request, int number)>;

    /// `number` counts requests from 0. `port` 0: any that is free.
    explicit ArchiveServer(Handler handler, quint16 port = 0);
    /// The n-th request gets the n-th reply; the last is repeated.
    explicit ArchiveServer(QList<Reply> script);
    ~ArchiveServer();
    ArchiveServer(const ArchiveServer &) = delete;
    ArchiveServer &operator=(const ArchiveServer &) = delete;

    quint16 port() const { return m_port; }
    QUrl url(const QByteArray &path) const;
    std::vector<SeenRequest> requests() const;
    int requestCount() const;
    /// Ends every connection now.
    void dropAll();

private:
    void listen(quint16 port);
    void acceptLoop();
    void serve(int socket);
    void answer(int socket, const SeenRequest &request, const Reply &reply);

    Handler m_handler;
    int m_listener = -1;
    quint16 m_port = 0;
    std::atomic<bool> m_stop{false};
    mutable std::mutex m_mutex;
    std::vector<SeenRequest> m_requests;
    std::vector<int> m_sockets;
    std::vector<std::thread> m_threads;
    std::thread m_acceptor;
};

} // namespace tidemark::test
