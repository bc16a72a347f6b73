#include "cloud/server_state.h"

#include "base/clock.h"
#include "cloud/api_error.h"
#include "cloud/decode.h"

#include <cstdlib>

namespace tidemark {

namespace {

/// The Date header has whole seconds and the way here takes time: less than this is no change of the offset.
constexpr qint64 OffsetNoise = 1500;

} // namespace

QString requestName(const QByteArray &method, const QUrl &url)
{
    return QString::fromLatin1(method) + QLatin1Char(' ') + url.path();
}

ServerState::ServerState(const Clock &clock)
    : m_clock(clock)
{
}

void ServerState::noteAnswer(const RawAnswer &answer)
{
    if (answer.status == 0)
        return;
    ServerInfo info = m_info;
    if (const QString version = decode::serviceVersion(answer.header("X-MongoDB-Service-Version")); !version.isEmpty())
        info.version = version;
    if (const QDateTime date = httpDate(answer.header("Date")); date.isValid()) {
        // The header cuts the fraction off, so on average the server's clock is half a second ahead of it.
        const qint64 offset = m_clock.now().msecsTo(date) + 500;
        const bool known = m_info.dateHeader.isValid();
        info.dateHeader = date;
        if (!known || std::llabs(offset - info.clockOffset.count()) > OffsetNoise)
            info.clockOffset = std::chrono::milliseconds(std::llabs(offset) <= OffsetNoise ? 0 : offset);
    }
    const bool changed =
        info.version != m_info.version || info.clockOffset != m_info.clockOffset || !m_info.dateHeader.isValid();
    m_info = info;
    if (changed)
        Q_EMIT infoChanged(ServerInfo(m_info));
}

void ServerState::noteOutcome(const QString &request, const Error &error)
{
    if (!error.sentence.isEmpty())
        Q_EMIT callFailed(request, Error(error));
    if (error == m_lastError)
        return;
    m_lastError = error;
    Q_EMIT lastErrorChanged(Error(m_lastError));
}

} // namespace tidemark
