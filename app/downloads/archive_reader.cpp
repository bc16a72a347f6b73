#include "downloads/archive_reader.h"

#include "base/log.h"

#include <QRandomGenerator>
#include <QScopedValueRollback>

#include <algorithm>

namespace tidemark {

namespace {

constexpr qint64 ReadBuffer = 1024 * 1024; ///< of the socket: what may wait there before the kernel pushes back
constexpr qint64 FirstLook = 512;          ///< bytes that tell an archive from a page of text
constexpr qint64 Turn = 8 * 1024 * 1024;   ///< bytes read before the other downloads have their turn
constexpr int MostRedirects = 5;
constexpr int TrickleBytesPerSecond = 100; ///< less than this is no transfer
constexpr std::chrono::milliseconds Tick{100};

AnswerHead headOf(const HttpHead &answer, const QUrl &url)
{
    AnswerHead head;
    head.url = url;
    head.status = answer.status;
    head.contentRange = answer.field("content-range");
    head.contentLength = answer.isChunked() ? QByteArray() : answer.field("content-length");
    head.transferEncoding = answer.field("transfer-encoding");
    head.acceptRanges = answer.field("accept-ranges");
    head.etag = answer.field("etag");
    head.location = answer.field("location");
    head.retryAfter = answer.field("retry-after");
    return head;
}

bool bringsBody(const AnswerPlan &plan)
{
    return plan.action == AnswerPlan::Action::Append || plan.action == AnswerPlan::Action::FromStart;
}

} // namespace

ArchiveReader::ArchiveReader(std::shared_ptr<WriteQueue> queue, std::shared_ptr<TokenBucket> bucket,
                             QSslConfiguration ssl)
    : m_queue(std::move(queue))
    , m_bucket(std::move(bucket))
    , m_ssl(std::move(ssl))
    , m_tick(this)
    , m_throttle(this)
{
    m_tick.setInterval(Tick);
    m_throttle.setSingleShot(true);
    m_throttle.setTimerType(Qt::PreciseTimer);
    connect(&m_tick, &QTimer::timeout, this, &ArchiveReader::tick);
    connect(&m_throttle, &QTimer::timeout, this, &ArchiveReader::pump);
}

ArchiveReader::~ArchiveReader()
{
    stop();
}

void ArchiveReader::start(const ReadRequest &request)
{
    stop();
    m_request = request;
    m_redirects = 0;
    m_received = 0;
    m_receivedShown = 0;
    send(request.link.url, true);
    m_tick.start();
}

void ArchiveReader::send(const QUrl &url, bool withHeader)
{
    ArchiveSocket::Request request;
    request.url = url;
    request.tls = m_ssl;
    request.fields = {{"User-Agent", "Tidemark/" TIDEMARK_VERSION},
                      {"Accept", "*/*"},
                      {"Accept-Encoding", "identity"}}; // the hash is that of the raw bytes
    if (m_request.asked.offset > 0) {
        request.fields.emplace_back("Range", "bytes=" + QByteArray::number(m_request.asked.offset) + '-');
        if (isStrongEtag(m_request.asked.knownEtag))
            request.fields.emplace_back("If-Range", m_request.asked.knownEtag);
    }
    if (withHeader && !m_request.link.headerName.isEmpty())
        request.fields.emplace_back(m_request.link.headerName, m_request.link.headerValue);
    if (m_request.proxies)
        request.proxies = m_request.proxies->queryProxy(QNetworkProxyQuery(url));

    m_url = url;
    m_plan = {};
    m_planned = false;
    m_begun = false;
    m_held = false;
    m_windowBytes = 0;
    m_windowStart = m_lastByte = std::chrono::steady_clock::now();
    m_socket = new ArchiveSocket(request, ReadBuffer, this);
    connect(m_socket, &ArchiveSocket::headReceived, this, &ArchiveReader::onHead);
    connect(m_socket, &ArchiveSocket::ready, this, &ArchiveReader::pump);
    qCInfo(lcDownloads) << "GET" << redactedUrl(url) << "from byte" << m_request.asked.offset;
    m_socket->start();
}

void ArchiveReader::stop()
{
    dropSocket();
    m_tick.stop();
    m_request.stream = 0;
}

void ArchiveReader::dropSocket()
{
    m_throttle.stop();
    m_queue->pool().forgetWhenFree();
    m_blocked = false;
    if (m_buffer)
        m_queue->pool().give(std::move(m_buffer));
    if (!m_socket)
        return;
    // It may be one of its own signals that leads here.
    m_socket->disconnect(this);
    m_socket->close();
    m_socket->deleteLater();
    m_socket = nullptr;
}

void ArchiveReader::release()
{
    m_request.sizeLimit = -1;
    m_held = false;
    m_windowStart = m_lastByte = std::chrono::steady_clock::now();
    m_windowBytes = 0;
    pump();
}

void ArchiveReader::onHead()
{
    const AnswerHead head = headOf(m_socket->head(), m_url);
    m_planned = true;
    m_lastByte = std::chrono::steady_clock::now();
    m_plan = planAnswer(m_request.asked, head, QDateTime::currentDateTimeUtc());
    qCInfo(lcDownloads) << "HTTP status" << head.status << "length" << m_plan.bodyBytes << "of" << m_plan.totalBytes;
    if (bringsBody(m_plan)) {
        pump();
        return;
    }
    if (m_plan.action == AnswerPlan::Action::Redirect) {
        const QUrl target = m_plan.redirect;
        if (++m_redirects > MostRedirects) {
            m_plan.action = AnswerPlan::Action::Refuse;
            m_plan.error.sentence = tr("The server redirects the download too often.");
            finish(ReadEnd::Kind::Refused, m_plan.error);
            return;
        }
        dropSocket();
        send(target, false);
        return;
    }
    const bool refused = m_plan.action == AnswerPlan::Action::Refuse;
    finish(refused ? ReadEnd::Kind::Refused : ReadEnd::Kind::NoBody, m_plan.error);
}

void ArchiveReader::pump()
{
    // Reading may find the end, which the socket signals at once: that is looked at below, not from within.
    if (m_pumping || m_throttle.isActive())
        return;
    const QScopedValueRollback pumping(m_pumping, true);
    const qint64 before = m_received;
    while (m_socket && m_planned && !m_held && !m_throttle.isActive() && fillBuffer()) {
        if (m_received - before >= Turn) {
            QMetaObject::invokeMethod(this, &ArchiveReader::pump, Qt::QueuedConnection);
            return;
        }
    }
    if (m_socket && m_socket->isFinished() && !m_held)
        conclude();
}

/// The limit lets no more through for now. Of irregular length, so that no download always comes first.
void ArchiveReader::throttle()
{
    const auto pause = m_bucket->pause();
    m_throttle.start(pause / 2 + pause * QRandomGenerator::global()->bounded(100) / 100);
}

qint64 ArchiveReader::firstByte() const
{
    return m_plan.action == AnswerPlan::Action::Append ? m_request.asked.offset : 0;
}

bool ArchiveReader::fillBuffer()
{
    if (m_socket->isFinished())
        return false;
    const auto now = std::chrono::steady_clock::now();
    if (!m_buffer) {
        m_buffer = m_queue->pool().take(
            [this] { QMetaObject::invokeMethod(this, &ArchiveReader::pump, Qt::QueuedConnection); });
        if (!m_buffer) {
            if (!m_blocked)
                m_blockedSince = now;
            m_blocked = true;
            return false;
        }
        m_buffer->startAt(firstByte() + m_received);
        m_bufferSince = now;
        if (m_blocked) {
            m_blocked = false;
            m_blockedShown += std::chrono::nanoseconds(now - m_blockedSince).count();
            m_lastByte = m_windowStart = now;
            m_windowBytes = 0;
        }
    }
    qint64 wanted = m_buffer->room();
    if (m_request.sizeLimit >= 0) {
        wanted = std::min(wanted, m_request.sizeLimit - firstByte() - m_received);
        if (wanted <= 0) {
            flush();
            if (m_socket) {
                m_held = true;
                Q_EMIT sizeLimitReached(m_request.stream);
            }
            return false;
        }
    }
    const qint64 granted = m_bucket->take(wanted);
    const qint64 count = granted > 0 ? m_socket->read(m_buffer->end(), granted) : 0;
    if (count < granted)
        m_bucket->give(granted - count);
    else if (granted < wanted)
        throttle();
    if (count == 0)
        return false;
    m_buffer->size += count;
    m_received += count;
    m_receivedShown = m_received;
    m_windowBytes += count;
    m_lastByte = now;
    if (m_plan.bodyBytes >= 0 && m_received > m_plan.bodyBytes) {
        m_plan.action = AnswerPlan::Action::RestartWithoutRange;
        m_plan.error.kind = ErrorKind::Server;
        m_plan.error.retryable = true;
        m_plan.error.sentence = tr("The server sends more bytes than the range it announced.");
        finish(ReadEnd::Kind::NoBody, m_plan.error);
        return false;
    }
    if (m_buffer->room() == 0)
        flush();
    return true;
}

bool ArchiveReader::passesFirstLook()
{
    if (m_begun)
        return true;
    const bool fresh = m_plan.action == AnswerPlan::Action::FromStart;
    if (fresh) {
        const qint64 seen = std::min(FirstLook, m_buffer->size);
        if (seen < FirstLook && !m_socket->isFinished())
            return false; // more will come
        if (looksLikeText(QByteArray::fromRawData(m_buffer->data(), static_cast<qsizetype>(seen)))) {
            Error error;
            error.kind = ErrorKind::Refused;
            error.httpStatus = 200;
            error.sentence = tr("The server sent a page of text in place of the archive.");
            error.hint = tr("Open the restore job to see whether its link is still good.");
            finish(ReadEnd::Kind::Refused, error);
            return false;
        }
    }
    m_begun = true;
    AnswerMarks marks;
    marks.stream = m_request.stream;
    marks.fresh = fresh;
    marks.offset = fresh ? 0 : m_request.asked.offset;
    marks.totalBytes = m_plan.totalBytes;
    marks.etag = m_plan.etag;
    marks.resumable = m_plan.resumable;
    m_queue->begin(marks);
    Q_EMIT answered(m_request.stream, m_plan);
    return true;
}

void ArchiveReader::flush()
{
    if (!m_buffer || m_buffer->size == 0 || !passesFirstLook())
        return;
    m_queue->append(m_request.stream, std::move(m_buffer));
}

void ArchiveReader::tick()
{
    const auto now = std::chrono::steady_clock::now();
    // What a slow link brought is not kept waiting for a full buffer; at speed a buffer fills before it is that old.
    if (m_buffer && now - m_bufferSince >= Tick / 2)
        flush();
    if (!m_socket)
        return;
    if (m_held || m_blocked || m_throttle.isActive()) {
        m_lastByte = m_windowStart = now;
        m_windowBytes = 0;
        return;
    }
    bool stalled = now - m_lastByte >= m_request.stallTimeout;
    const std::chrono::duration<double> window = now - m_windowStart;
    if (window >= m_request.stallTimeout) {
        const bool trickles = static_cast<double>(m_windowBytes) < window.count() * TrickleBytesPerSecond;
        stalled = stalled || (trickles && m_bucket->limit() == 0);
        m_windowStart = now;
        m_windowBytes = 0;
    }
    if (!stalled)
        return;
    Error error;
    error.kind = ErrorKind::Network;
    error.sentence = m_planned ? tr("The server stopped sending.") : tr("The server did not answer in time.");
    error.retryable = true;
    finish(ReadEnd::Kind::Broken, error);
}

void ArchiveReader::conclude()
{
    if (m_planned)
        flush();
    if (!m_socket)
        return;
    if (!m_socket->isComplete()) {
        const Error error = m_socket->error();
        finish(error.retryable ? ReadEnd::Kind::Broken : ReadEnd::Kind::Refused, error);
    } else if (m_plan.bodyBytes >= 0 && m_received != m_plan.bodyBytes) {
        Error error;
        error.kind = ErrorKind::Network;
        error.sentence = tr("The connection ended before the archive was complete.");
        error.retryable = true;
        finish(ReadEnd::Kind::Broken, error);
    } else if (m_received == 0) {
        Error error;
        error.kind = ErrorKind::Server;
        error.sentence = tr("The server sent an empty file.");
        error.retryable = true;
        finish(ReadEnd::Kind::Broken, error);
    } else {
        finish(ReadEnd::Kind::Complete, {});
    }
}

void ArchiveReader::finish(ReadEnd::Kind kind, const Error &error)
{
    if (kind == ReadEnd::Kind::Broken && m_begun)
        flush();
    ReadEnd end;
    end.kind = kind;
    end.plan = m_plan;
    end.received = m_received;
    end.error = error;
    const quint64 stream = m_request.stream;
    stop();
    Q_EMIT ended(stream, end);
}

} // namespace tidemark
