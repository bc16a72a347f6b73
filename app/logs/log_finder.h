#pragma once

#include "logs/log_connections.h"
#include "logs/log_finding.h"

#include <QHash>

#include <array>
#include <map>
#include <set>

namespace tidemark {

/// Finds in the lines of logs what lost data and who did it. Keeps a bounded number of findings, the newest, whatever
/// it is fed.
class LogFinder
{
public:
    static constexpr size_t MostFindings = 1000;
    static constexpr qsizetype LongestText = 4096;   ///< of a line that is kept
    static constexpr qsizetype MostHashes = 100'000; ///< of lines that are known when another file has them, too

    explicit LogFinder(LogReading reading)
        : m_reading(std::move(reading))
    {
    }

    /// What follows is in this file. `host` may be empty. `archive`: what the file is in; files of the same name in two
    /// of them are of different logs.
    void beginFile(const QString &host, const QString &file, const QString &archive = {});
    void take(QByteArrayView line);
    /// Notes from when to when this file tells, as far as it was read. Now and then, and at its end.
    void noteTimes();
    /// A line that is too long to be read.
    void passLine() { ++m_line; }
    /// Whether any line of this file began as one of mongod's.
    bool sawLog() const { return m_sawLog; }
    qint64 lines() const { return m_line; } ///< of this file

    /// Rises with each finding that came or changed.
    quint64 version() const { return m_version; }
    std::vector<LogFinding> findings() const;
    qint64 notListed() const { return m_notListed; }
    std::vector<LogCover> covers() const { return m_covers.list(); }
    bool sawZoneless() const { return m_sawZoneless; }

private:
    using Order = std::pair<int, qint64>; ///< what goes first: what is less certain to be a loss, then what is old
    struct Beginning
    {
        std::array<char, LongestBeginning> bytes;
        qsizetype length = 0;
    };

    static Order orderOf(const LogFinding &finding);
    bool wasReadBefore(QByteArrayView line);
    void keepBeginning(QByteArrayView line);
    LogFinding findingOf(const LogLine &line, QByteArrayView text) const;
    void add(LogFinding finding);
    void forgetOne();

    LogReading m_reading;
    LogConnections m_connections;
    LogPlace m_place;
    QString m_log; ///< the files that rotation made of one log have one name
    bool m_sawLog = false;
    qint64 m_line = 0;
    quint64 m_next = 0;
    quint64 m_version = 0;
    qint64 m_notListed = 0;
    std::array<Beginning, 8> m_latest; ///< lines; not every one has a time
    std::optional<LogSpan> m_span;     ///< of this file
    LogCovers m_covers;
    bool m_sawZoneless = false;
    QHash<size_t, quint64> m_inFile; ///< lines by their hash, the number of the file that had it first
    quint64 m_file = 0;
    struct Kept
    {
        LogFinding finding;
        QString log;
        std::optional<LogConnections::Who> who; ///< as far as it was told by then
    };
    std::map<quint64, Kept> m_findings;
    std::map<QString, std::vector<quint64>> m_byThread;
    std::set<std::pair<Order, quint64>> m_order;
};

/// The name that all files of one log have, current and rotated, packed or not: "db1/mongodb.log.2026-11-27T09.gz" is
/// of "db1/mongodb.log".
QString logOf(const QString &file);

} // namespace tidemark
