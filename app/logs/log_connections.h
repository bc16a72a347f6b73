#pragma once

#include "logs/log_line.h"

#include <QHash>

#include <deque>

namespace tidemark {

/// Who is behind the connections of logs: client, user and application, from the lines that tell them. Keeps so many
/// and forgets the oldest.
class LogConnections
{
public:
    struct Who
    {
        qint64 since = 0; ///< milliseconds; what was before belongs to another one of this number
        QString client;
        QString user;
        QString appName;
    };

    /// `log`: connections of different logs have the same numbers.
    void note(const QString &log, const LogLine &line);
    /// Who had the connection at that moment; nullptr where no line told it.
    const Who *who(const QString &log, const QString &context, qint64 milliseconds) const;

private:
    static constexpr size_t Most = 20000;

    QHash<QString, Who> m_known;
    std::deque<QString> m_order;
};

} // namespace tidemark
