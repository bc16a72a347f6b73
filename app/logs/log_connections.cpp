#include "logs/log_connections.h"

namespace tidemark {

namespace {

/// Of names, which anybody may send.
constexpr qsizetype LongestName = 200;

QString keyOf(const QString &log, const QString &context)
{
    return context + QLatin1Char('\n') + log;
}

void take(QString &known, const QString &told)
{
    if (!told.isEmpty())
        known = told.left(LongestName);
}

} // namespace

void LogConnections::note(const QString &log, const LogLine &line)
{
    const QString key = keyOf(log, line.context);
    auto known = m_known.find(key);
    if (known == m_known.end()) {
        known = m_known.insert(key, Who{line.milliseconds, {}, {}, {}});
        m_order.push_back(key);
    }
    if (line.event == LogEvent::Connected)
        *known = Who{line.milliseconds, {}, {}, {}};
    take(known->client, line.client);
    take(known->user, line.user);
    take(known->appName, line.appName);
    if (m_order.size() > Most) {
        m_known.remove(m_order.front());
        m_order.pop_front();
    }
}

const LogConnections::Who *LogConnections::who(const QString &log, const QString &context, qint64 milliseconds) const
{
    const auto known = m_known.constFind(keyOf(log, context));
    return known == m_known.constEnd() || known->since > milliseconds + 1000 ? nullptr : &*known;
}

} // namespace tidemark
