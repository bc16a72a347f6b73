#pragma once

#include "downloads/answer_plan.h"
#include "downloads/archive_link.h"
#include "downloads/archive_socket.h"
#include "downloads/token_bucket.h"
#include "downloads/write_queue.h"

#include <QNetworkProxyFactory>
#include <QObject>
#include <QSslConfiguration>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>

namespace tidemark {

/// One GET for one archive.
struct ReadRequest
{
    quint64 stream = 0; ///< numbers the requests of one download
    ArchiveLink link;
    AskedRange asked;
    std::chrono::milliseconds stallTimeout{60000};
    qint64 sizeLimit = -1;                         ///< whole file; reading stops there until release(); -1: none
    std::shared_ptr<QNetworkProxyFactory> proxies; ///< null: none
};

/// How a request ended.
struct ReadEnd
{
    enum class Kind {
        Complete, ///< the body ended as its framing says (UntilClose: perhaps it was cut)
        Broken,   ///< the connection ended too early, stalled or could not be made: worth another try
        NoBody,   ///< see plan.action: nothing was taken
        Refused   ///< no archive (text in its place), TLS or redirect trouble: trying again is of no use
    };
    Kind kind = Kind::Broken;
    AnswerPlan plan;
    qint64 received = 0; ///< bytes of the body taken
    Error error;
};

/// Receives archives over HTTP/1.1 and hands the bytes to a WriteQueue. Lives on the archives' thread; start, stop and
/// release are called there (by queued invocation). One request at a time.
///
/// The body is taken as it is (Accept-Encoding: identity, nothing unpacked), with a bounded read buffer, and only
/// after planAnswer said so. Redirects are followed by hand, at most five, never with the link's header. A connection
/// that brings less than a trickle for the stall timeout is given up; time in which this side does not read (disk,
/// bandwidth limit, question) does not count.
class ArchiveReader : public QObject
{
    Q_OBJECT

public:
    ArchiveReader(std::shared_ptr<WriteQueue> queue, std::shared_ptr<TokenBucket> bucket, QSslConfiguration ssl);
    ~ArchiveReader() override;

    void start(const ReadRequest &request);
    /// Drops the connection; nothing of this stream is signalled afterwards.
    void stop();
    /// Reads on past the size limit.
    void release();

    // Read by any thread:
    qint64 received() const { return m_receivedShown; }
    /// Time in which bytes could have been read and no buffer was free.
    std::chrono::nanoseconds blockedTime() const { return std::chrono::nanoseconds(m_blockedShown); }

Q_SIGNALS:
    /// The answer's body is being taken.
    void answered(quint64 stream, const tidemark::AnswerPlan &plan);
    void sizeLimitReached(quint64 stream);
    void ended(quint64 stream, const tidemark::ReadEnd &end);

private:
    using SteadyTime = std::chrono::steady_clock::time_point;

    void send(const QUrl &url, bool withHeader);
    void dropSocket();
    void onHead();
    void conclude();
    void pump();
    bool fillBuffer();
    qint64 firstByte() const; ///< of this answer's body, in the file
    void throttle();
    void flush();
    bool passesFirstLook();
    void tick();
    void finish(ReadEnd::Kind kind, const Error &error);

    std::shared_ptr<WriteQueue> m_queue;
    std::shared_ptr<TokenBucket> m_bucket;
    QSslConfiguration m_ssl;
    ArchiveSocket *m_socket = nullptr;
    QTimer m_tick;
    QTimer m_throttle;

    ReadRequest m_request;
    QUrl m_url; ///< asked now: the link's, or where it was redirected to
    AnswerPlan m_plan;
    int m_redirects = 0;
    bool m_planned = false; ///< the head has been judged
    bool m_begun = false;   ///< the writer knows the marks: the first look was passed
    bool m_held = false;    ///< at the size limit
    bool m_pumping = false; ///< inside pump()
    bool m_blocked = false; ///< waiting for a buffer
    BufferPtr m_buffer;
    SteadyTime m_bufferSince; ///< when m_buffer was empty
    qint64 m_received = 0;
    qint64 m_windowBytes = 0; ///< since m_windowStart, for the trickle rule
    SteadyTime m_windowStart;
    SteadyTime m_lastByte;
    SteadyTime m_blockedSince;
    std::atomic<qint64> m_receivedShown{0};
    std::atomic<qint64> m_blockedShown{0};
};

} // namespace tidemark
