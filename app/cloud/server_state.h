#pragma once

#include "base/error.h"
#include "cloud/http_exchange.h"
#include "cloud/request_pace.h"
#include "cloud/values.h"

#include <QObject>

namespace tidemark {

class Clock;

/// How a call of the API is told of: "GET /api/public/v1.0/groups". Its query is left out.
QString requestName(const QByteArray &method, const QUrl &url);

/// What the answers to all transports of one connection have told about its server: version and clock, how the last
/// call ended, and how fast it bears to be asked. In one thread.
class ServerState final : public QObject
{
    Q_OBJECT

public:
    explicit ServerState(const Clock &clock);

    const ServerInfo &info() const { return m_info; }
    RequestPace &pace() { return m_pace; }

    void noteAnswer(const RawAnswer &answer);
    /// Empty sentence after a success. `request` as callFailed() tells it.
    void noteOutcome(const QString &request, const Error &error);

Q_SIGNALS:
    void infoChanged(const tidemark::ServerInfo &info);
    void lastErrorChanged(const tidemark::Error &error);
    /// Each that ended so; `request`: method and path, without the address and the query.
    void callFailed(const QString &request, const tidemark::Error &error);

private:
    const Clock &m_clock;
    ServerInfo m_info;
    Error m_lastError;
    RequestPace m_pace;
};

} // namespace tidemark
