#pragma once

#include "logs/log_line.h"

#include <QHash>

#include <deque>
#include <optional>
#include <vector>

namespace tidemark {

/// Who is behind the connections of logs: client, user and application, from the lines that tell them, in whatever
/// order they are read. Keeps so many and forgets those that it was told first.
class LogConnections
{
public:
    struct Who
    {
        QString client;
        QString user;
        QString appName;
    };

    /// `log`: connections of different logs have the same numbers.
    void note(const QString &log, const LogLine &line);
    /// Who had the connection at that moment; nothing where no line told it.
    std::optional<Who> who(const QString &log, const QString &context, qint64 milliseconds) const;

private:
    using Key = std::pair<QString, QString>;

    static constexpr size_t Most = 20000;
    static constexpr size_t MostOfOne = 16;
    static constexpr size_t MostStarts = 1000;
    static constexpr size_t MostLogs = 2000;

    /// From a moment on.
    struct Told
    {
        qint64 since = 0;
        bool isBegin = false; ///< of the connection: what was before belongs to another one of this number
        Who who;
    };

    qint64 startBefore(const QString &log, qint64 milliseconds) const;

    QHash<Key, std::vector<Told>> m_known; ///< by their time
    std::deque<Key> m_order;
    QHash<QString, std::vector<qint64>> m_starts; ///< of the processes, by their time
};

} // namespace tidemark
