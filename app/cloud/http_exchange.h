#pragma once

#include "base/result.h"

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QObject>
#include <QPointer>
#include <QSslError>
#include <QTimer>

#include <functional>
#include <memory>

class QNetworkAccessManager;

namespace tidemark {

class BytePipe;
class OnceDevice;

/// An HTTP answer as it came, or why there was none.
struct RawAnswer
{
    int status = 0; ///< as soon as it was seen, whatever became of the rest; 0 when there was none
    QList<QNetworkReply::RawHeaderPair> headers;
    QByteArray body;            ///< also of an answer that broke off, as far as it came
    std::optional<Error> error; ///< no answer, or one that was not read to its end
    bool isTooLong = false;     ///< `error` is that the body went beyond its limit
    /// A byte of the request's body was handed to the network. Of a request without one: its head may have been.
    bool bodyLeft = false;

    QByteArray header(const QByteArray &name) const; ///< several of one name are joined by ", "
};

/// One request, sent once, and its answer, read into memory up to a bound. Ends by itself: with the answer, or when
/// nothing moved for the time limit. Deletes itself after it called back, or dies with the manager (without calling).
class HttpExchange final : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(RawAnswer)>;

    struct Limits
    {
        std::chrono::milliseconds silence{30000}; ///< without a byte in either direction
        qint64 bodyBytes = 16 * 1024 * 1024;
        qint64 errorBytes = 64 * 1024; ///< of an answer with a status from 400 on
        /// Where the body of a success goes instead of the answer, however long it is; not its end.
        std::shared_ptr<BytePipe> sink = {};
    };

    /// `body` counts for what is no GET ("POST", "PATCH"). Such a request leaves once: Qt would repeat it by itself
    /// where a connection ends before the answer. The callback comes exactly once, from the event loop, unless cancel()
    /// was called.
    static HttpExchange *start(QNetworkAccessManager &manager, QNetworkRequest request, const QByteArray &method,
                               const QByteArray &body, Limits limits, Done done);
    ~HttpExchange() override;

    /// Ends it without a callback.
    void cancel();

private:
    HttpExchange(QNetworkAccessManager &manager, QNetworkRequest request, Limits limits, Done done);
    /// Once it is known by which proxy.
    void send(const QByteArray &method, const QByteArray &body);
    void giveUp(const Error &reason);
    void release();
    void read();
    void pour();
    void stop(const Error &reason);
    void finish();
    QString server() const;

    QNetworkAccessManager &m_manager;
    QNetworkRequest m_request;
    QPointer<QNetworkReply> m_reply; ///< once it was sent
    QPointer<OnceDevice> m_upload;   ///< of what is no GET
    Limits m_limits;
    Done m_done;
    QTimer m_silence;
    QTimer m_total;
    QTimer m_roomLater; ///< the sink was full
    QByteArray m_body;
    qint64 m_poured = 0; ///< into the sink
    bool m_isTooLong = false;
    QList<QSslError> m_sslErrors;
    std::optional<Error> m_reason;
    quint64 m_number;
    qint64 m_startedAt;
};

} // namespace tidemark
