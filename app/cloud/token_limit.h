#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QUrl>

#include <chrono>
#include <deque>

namespace tidemark {

/// At most ten token requests a minute for one service account (Cloud Manager, "Service Accounts": the documented
/// limit), whoever in this program asks: the open connection, a test of it and the reading of a job count together.
class TokenLimit
{
public:
    /// The one of this account; it lives as long as the process. In the thread of the application.
    static TokenLimit &of(const QUrl &baseUrl, const QByteArray &clientId);

    /// How long the next request has to wait, from `now`; its place is taken. 0: not at all.
    std::chrono::milliseconds reserve(const QDateTime &now);

private:
    std::deque<QDateTime> m_places; ///< of the last minute, and those to come
};

} // namespace tidemark
