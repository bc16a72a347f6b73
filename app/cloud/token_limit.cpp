#include "cloud/token_limit.h"

#include <algorithm>
#include <map>
#include <utility>

namespace tidemark {

namespace {

constexpr size_t TokensPerMinute = 10;
constexpr qint64 MinuteMs = 60000;

} // namespace

TokenLimit &TokenLimit::of(const QUrl &baseUrl, const QByteArray &clientId)
{
    static std::map<std::pair<QString, QByteArray>, TokenLimit> limits;
    return limits[{baseUrl.toString(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment),
                   clientId}];
}

std::chrono::milliseconds TokenLimit::reserve(const QDateTime &now)
{
    while (!m_places.empty() && m_places.front().msecsTo(now) >= MinuteMs)
        m_places.pop_front();
    QDateTime place = now;
    if (m_places.size() >= TokensPerMinute)
        place = std::max(now, m_places[m_places.size() - TokensPerMinute].addMSecs(MinuteMs));
    // After a clock was set back, nobody waits for more than the minute.
    place = std::min(place, now.addMSecs(MinuteMs));
    m_places.push_back(place);
    return std::chrono::milliseconds(now.msecsTo(place));
}

} // namespace tidemark
