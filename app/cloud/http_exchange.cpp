#include "cloud/http_exchange.h"

#include "base/byte_pipe.h"
#include "base/later.h"
#include "base/log.h"
#include "base/text.h"
#include "cloud/api_error.h"
#include "cloud/network_setup.h"
#include "cloud/once_device.h"
#include "cloud/tls_error.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QNetworkAccessManager>

#include <algorithm>
#include <array>

namespace tidemark {

namespace {

/// A server that sends a byte now and then never falls silent; this many limits of silence are the end of it.
constexpr int TotalFactor = 20;
constexpr qint64 ReadBuffer = 1024 * 1024;
constexpr std::chrono::milliseconds RoomInterval(10);

quint64 nextNumber()
{
    static quint64 number = 0;
    return ++number;
}

qint64 nowMilliseconds()
{
    return QDeadlineTimer::current().deadline();
}

/// Nothing of the request can have left. Of one with a body its OnceDevice knows better; Qt says of none when the head
/// was written (requestSent does not come for every one).
bool neverConnected(QNetworkReply::NetworkError code)
{
    static constexpr std::array codes{
        QNetworkReply::ConnectionRefusedError,      QNetworkReply::HostNotFoundError,
        QNetworkReply::SslHandshakeFailedError,     QNetworkReply::ProxyNotFoundError,
        QNetworkReply::ProxyConnectionRefusedError, QNetworkReply::ProxyAuthenticationRequiredError};
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

} // namespace

QByteArray RawAnswer::header(const QByteArray &name) const
{
    QByteArray joined;
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            joined += joined.isEmpty() ? value : ", " + value;
    }
    return joined;
}

HttpExchange *HttpExchange::start(QNetworkAccessManager &manager, QNetworkRequest request, const QByteArray &method,
                                  const QByteArray &body, Limits limits, Done done)
{
    request.setDecompressedSafetyCheckThreshold(limits.bodyBytes);
    auto *exchange = new HttpExchange(manager, std::move(request), limits, std::move(done));
    const auto question = proxyQuestion(manager.proxyFactory(), exchange->m_request.url());
    if (!question) {
        exchange->send(method, body);
        return exchange;
    }
    whenDone(exchange, *question, [exchange, method, body](const Result<DesktopProxy> &proxy) {
        if (proxy)
            exchange->send(method, body);
        else
            exchange->giveUp(proxy.error());
    });
    return exchange;
}

HttpExchange::HttpExchange(QNetworkAccessManager &manager, QNetworkRequest request, Limits limits, Done done)
    : QObject(&manager)
    , m_manager(manager)
    , m_request(std::move(request))
    , m_limits(limits)
    , m_done(std::move(done))
    , m_number(nextNumber())
    , m_startedAt(nowMilliseconds())
{
    m_silence.setSingleShot(true);
    m_total.setSingleShot(true);
    const auto timeOut = [this] { stop(errorFromNetwork(QNetworkReply::TimeoutError, server(), {})); };
    connect(&m_silence, &QTimer::timeout, this, timeOut);
    connect(&m_total, &QTimer::timeout, this, timeOut);
    m_roomLater.setSingleShot(true);
    m_roomLater.setInterval(RoomInterval);
    connect(&m_roomLater, &QTimer::timeout, this, &HttpExchange::read);
}

void HttpExchange::send(const QByteArray &method, const QByteArray &body)
{
    if (!m_done)
        return; // cancelled meanwhile
    QNetworkReply *reply = nullptr;
    if (method != "GET") {
        m_request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        m_request.setHeader(QNetworkRequest::ContentLengthHeader, body.size());
        auto *upload = new OnceDevice(body);
        reply = m_manager.sendCustomRequest(m_request, method, upload);
        upload->setParent(reply);
        m_upload = upload;
    } else {
        reply = m_manager.get(m_request);
    }
    m_reply = reply;
    reply->setReadBufferSize(ReadBuffer);
    qCDebug(lcCloud).noquote() << QStringLiteral("#%1").arg(m_number) << method << redactedUrl(reply->url());

    m_silence.start(m_limits.silence);
    m_total.start(m_limits.silence * TotalFactor);

    const auto moved = [this] { m_silence.start(); };
    connect(reply, &QNetworkReply::metaDataChanged, this, moved);
    connect(reply, &QNetworkReply::uploadProgress, this, moved);
    connect(reply, &QNetworkReply::encrypted, this, moved);
    connect(reply, &QIODevice::readyRead, this, [this, moved] {
        moved();
        read();
    });
    connect(reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) { m_sslErrors = errors; });
    connect(reply, &QNetworkReply::finished, this, &HttpExchange::finish);
}

HttpExchange::~HttpExchange()
{
    release();
}

void HttpExchange::cancel()
{
    m_done = nullptr;
    release();
    deleteLater();
}

void HttpExchange::giveUp(const Error &reason)
{
    RawAnswer answer;
    answer.error = reason;
    deleteLater();
    if (const Done done = std::exchange(m_done, nullptr))
        done(std::move(answer));
}

void HttpExchange::release()
{
    m_silence.stop();
    m_total.stop();
    m_roomLater.stop();
    if (!m_reply)
        return;
    disconnect(m_reply, nullptr, this, nullptr);
    if (m_reply->isRunning())
        m_reply->abort();
    m_reply->deleteLater();
    m_reply = nullptr;
}

QString HttpExchange::server() const
{
    return m_request.url().host();
}

void HttpExchange::read()
{
    if (m_reason)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_limits.sink && status >= 200 && status <= 299) {
        pour();
        return;
    }
    if (m_body.isEmpty()) // growing by itself would take up to twice as much memory
        m_body.reserve(std::clamp<qint64>(m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong(), 0,
                                          m_limits.bodyBytes));
    m_body += m_reply->readAll();
    const bool isError = status >= 400;
    const qint64 most = isError ? std::min(m_limits.errorBytes, m_limits.bodyBytes) : m_limits.bodyBytes;
    if (m_body.size() <= most)
        return;
    m_isTooLong = true;
    m_body.truncate(most);
    stop(unexpectedAnswer(
        QCoreApplication::translate("tidemark::HttpExchange", "it is larger than %1.").arg(bytesText(most))));
}

/// Only as much as the sink has room for: the server waits until there is more. What is left when the answer has ended
/// is no more than the read buffer.
void HttpExchange::pour()
{
    const bool hasEnded = m_reply->isFinished();
    if (m_limits.sink->isClosed()) {
        Error closed;
        closed.kind = ErrorKind::Cancelled;
        closed.sentence = QCoreApplication::translate("tidemark::HttpExchange", "Nobody reads the answer any more.");
        if (!hasEnded)
            stop(closed);
        return;
    }
    while (m_reply->bytesAvailable() > 0 && (hasEnded || m_limits.sink->hasRoom())) {
        QByteArray piece = m_reply->read(ReadBuffer);
        m_poured += piece.size();
        m_limits.sink->write(std::move(piece));
    }
    m_total.start(); // as long as it comes it may take its time
    // Not whether there is room now: the reader may just have made some, and Qt tells of no bytes twice.
    if (!hasEnded && m_reply->bytesAvailable() > 0) {
        m_silence.start(); // the server is not silent: it is not listened to
        m_roomLater.start();
    }
}

void HttpExchange::stop(const Error &reason)
{
    m_reason = reason;
    m_reply->abort(); // calls finish()
}

void HttpExchange::finish()
{
    if (!m_reason)
        read();
    m_silence.stop();
    m_total.stop();
    m_roomLater.stop();
    RawAnswer answer;
    answer.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.headers = m_reply->rawHeaderPairs();
    answer.body = std::exchange(m_body, {});
    answer.isTooLong = m_isTooLong;
    const QNetworkReply::NetworkError code = m_reply->error();
    answer.bodyLeft = m_upload && (m_upload->isEmpty() ? !neverConnected(code) : m_upload->wasRead());
    // To Qt every status from 400 on is an error as well; here it is an answer, unless the transport failed.
    const bool transportFailed = (code != QNetworkReply::NoError && code <= QNetworkReply::UnknownProxyError) ||
                                 code == QNetworkReply::ContentReSendError || code == QNetworkReply::ProtocolFailure ||
                                 (code != QNetworkReply::NoError && answer.status == 0);
    if (m_reason)
        answer.error = m_reason;
    else if (!m_sslErrors.isEmpty() && code == QNetworkReply::SslHandshakeFailedError)
        answer.error = errorFromTls(m_sslErrors, server());
    else if (code == QNetworkReply::ContentReSendError)
        answer.error = errorFromNetwork(code, server(), {});
    else if (transportFailed)
        answer.error =
            errorFromNetwork(code, server(), m_reply->errorString(), proxyOf(*m_reply->manager(), m_reply->url()));
    // Qt does not always tell that a connection ended before its time.
    if (!answer.error && m_poured > 0 && m_poured < m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong())
        answer.error = errorFromNetwork(QNetworkReply::RemoteHostClosedError, server(), {});
    if (answer.error) // a status whose body never came is no answer
        answer.error->httpStatus = answer.error->kind == ErrorKind::Parse ? answer.status : 0;

    qCDebug(lcCloud).noquote() << QStringLiteral("#%1").arg(m_number) << answer.status << answer.body.size()
                               << "bytes in" << nowMilliseconds() - m_startedAt << "ms"
                               << (answer.error ? answer.error->sentence : QString());
    deleteLater();
    if (const Done done = std::exchange(m_done, nullptr))
        done(std::move(answer));
}

} // namespace tidemark
