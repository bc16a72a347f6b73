#pragma once

#include <QByteArray>
#include <QString>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace tidemark::test {

/// One TLS connection of a RecordServer, behind its handshake and the client's request.
class RecordWire
{
public:
    virtual ~RecordWire() = default;

    /// A record of its own with these bytes, kept until send().
    virtual void add(const QByteArray &bytes) = 0;
    /// A session ticket that nobody asked for (TLS 1.3), kept until send().
    virtual void addTicket() = 0;
    /// A change of the sender's key (TLS 1.3), kept until send().
    virtual void addKeyUpdate() = 0;
    /// Everything kept, at once. False when the client has gone.
    virtual bool send() = 0;
};

/// A TLS server on loopback whose records a test puts together, which no web server lets it: where one ends, what comes
/// between two of them, and what reaches the client in one piece.
class RecordServer
{
public:
    /// Called in a thread for each connection.
    using Play = std::function<void(RecordWire &)>;

    /// `certificate`, `key`: PEM files.
    RecordServer(const QString &certificate, const QString &key, Play play);
    ~RecordServer();
    RecordServer(const RecordServer &) = delete;
    RecordServer &operator=(const RecordServer &) = delete;

    /// "https://localhost:PORT"
    QString baseUrl() const;
    int requestCount() const { return m_requests; }

private:
    void accept();
    void serve(int socket);

    struct Context;
    std::unique_ptr<Context> m_context;
    Play m_play;
    int m_listener = -1;
    quint16 m_port = 0;
    std::atomic<int> m_requests{0};
    std::atomic<bool> m_ends{false};
    std::vector<std::jthread> m_connections; ///< the accepting thread's
    std::thread m_accepting;
};

} // namespace tidemark::test
