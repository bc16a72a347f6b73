#pragma once

#include "logs/log_connections.h"
#include "logs/log_finding.h"

#include <map>
#include <set>

namespace tidemark {

/// Finds in the lines of logs what lost data and who did it. Keeps a bounded number of findings, the newest, whatever
/// it is fed.
class LogFinder
{
public:
    static constexpr size_t MostFindings = 1000;
    static constexpr qsizetype LongestText = 4096; ///< of a line that is kept

    explicit LogFinder(LogReading reading)
        : m_reading(std::move(reading))
    {
    }

    /// What follows is in this file. `host` may be empty.
    void beginFile(const QString &host, const QString &file);
    void take(QByteArrayView line);
    /// A line that is too long to be read.
    void passLine() { ++m_line; }
    /// Whether any line of this file began as one of mongod's.
    bool sawLog() const { return m_sawLog; }
    qint64 lines() const { return m_line; } ///< of this file

    /// Rises with each finding that came or changed.
    quint64 version() const { return m_version; }
    std::vector<LogFinding> findings() const;
    qint64 notListed() const { return m_notListed; }

private:
    using Order = std::pair<bool, qint64>; ///< small deletes go first, then what is old

    LogFinding findingOf(const LogLine &line, QByteArrayView text) const;
    void add(LogFinding finding);
    void forgetOne();
    void nameWho(LogFinding &finding) const;

    LogReading m_reading;
    LogConnections m_connections;
    LogPlace m_place;
    QString m_log; ///< the files that rotation made of one log have one name
    bool m_sawLog = false;
    qint64 m_line = 0;
    quint64 m_next = 0;
    quint64 m_version = 0;
    qint64 m_notListed = 0;
    std::map<quint64, LogFinding> m_findings;
    std::map<QString, std::vector<quint64>> m_byThread;
    std::set<std::pair<Order, quint64>> m_order;
};

/// The name that all files of one log have, current and rotated, packed or not: "db1/mongodb.log.2026-11-27T09.gz" is
/// of "db1/mongodb.log".
QString logOf(const QString &file);

} // namespace tidemark
