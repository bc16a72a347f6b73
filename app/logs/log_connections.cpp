#include "logs/log_connections.h"

#include <algorithm>
#include <limits>

namespace tidemark {

namespace {

/// Lines of one moment may stand in either order.
constexpr qint64 Slack = 1000;

void fill(QString &known, const QString &told)
{
    if (known.isEmpty())
        known = told;
}

bool goTogether(const LogConnections::Who &known, const LogConnections::Who &told)
{
    const auto agree = [](const QString &a, const QString &b) { return a.isEmpty() || b.isEmpty() || a == b; };
    return agree(known.client, told.client) && agree(known.user, told.user) && agree(known.appName, told.appName);
}

void fill(LogConnections::Who &known, const LogConnections::Who &told)
{
    fill(known.client, told.client);
    fill(known.user, told.user);
    fill(known.appName, told.appName);
}

} // namespace

void LogConnections::note(const QString &log, const LogLine &line)
{
    if (line.event == LogEvent::Started) {
        if (m_starts.size() >= static_cast<qsizetype>(MostLogs) && !m_starts.contains(log))
            m_starts.erase(m_starts.begin());
        std::vector<qint64> &starts = m_starts[log];
        starts.insert(std::upper_bound(starts.begin(), starts.end(), line.milliseconds), line.milliseconds);
        if (starts.size() > MostStarts)
            starts.erase(starts.begin());
        return;
    }
    const Key key(log, line.context);
    if (!m_known.contains(key)) {
        m_order.push_back(key);
        if (m_order.size() > Most) {
            m_known.remove(m_order.front());
            m_order.pop_front();
        }
    }
    std::vector<Told> &all = m_known[key];
    const Told told{line.milliseconds, line.event == LogEvent::Connected, {line.client, line.user, line.appName}};
    const auto after = std::upper_bound(all.begin(), all.end(), told.since,
                                        [](qint64 at, const Told &known) { return at < known.since; });
    if (!told.isBegin && after != all.begin() && goTogether((after - 1)->who, told.who) &&
        (after - 1)->since >= startBefore(log, told.since)) {
        fill((after - 1)->who, told.who);
        return;
    }
    all.insert(after, told);
    if (all.size() > MostOfOne)
        all.erase(all.begin());
}

/// When the process began that ran then.
qint64 LogConnections::startBefore(const QString &log, qint64 milliseconds) const
{
    const auto starts = m_starts.constFind(log);
    if (starts == m_starts.constEnd())
        return std::numeric_limits<qint64>::min();
    const auto after = std::upper_bound(starts->begin(), starts->end(), milliseconds);
    return after == starts->begin() ? std::numeric_limits<qint64>::min() : *(after - 1);
}

std::optional<LogConnections::Who> LogConnections::who(const QString &log, const QString &context,
                                                       qint64 milliseconds) const
{
    const auto known = m_known.constFind(Key(log, context));
    if (known == m_known.constEnd())
        return std::nullopt;
    const qint64 start = startBefore(log, milliseconds);
    std::optional<Who> all;
    // From the last thing told before the moment back to the connection's begin.
    for (auto told = known->rbegin(); told != known->rend() && told->since >= start; ++told) {
        if (told->since > milliseconds + Slack)
            continue;
        all = all.value_or(Who());
        fill(*all, told->who);
        if (told->isBegin)
            break;
    }
    return all;
}

} // namespace tidemark
