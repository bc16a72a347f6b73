#pragma once

#include <QByteArrayView>
#include <QDateTime>
#include <QString>
#include <QTimeZone>

#include <optional>

namespace tidemark {

/// How many documents went, as far as it is told.
struct DocumentCount
{
    qint64 least = 0;
    std::optional<qint64> most; ///< nothing: the log does not tell

    static DocumentCount exactly(qint64 count);
    static DocumentCount atMost(qint64 count);
    bool isExact() const { return most == least; }
    DocumentCount &operator+=(const DocumentCount &other);
    bool operator==(const DocumentCount &) const = default;
};

/// What a line of a mongod's log tells: of data that went, or of who is behind a connection.
enum class LogEvent {
    Drop,
    DropFinished, ///< what a drop leaves in the log of every member that carried it out
    DropDatabase,
    Rename,
    Convert, ///< to a capped collection, which keeps what fits in its size
    Delete,
    Connected,
    Introduced, ///< the driver said which application it works for
    Authenticated,
    Started ///< the process: its connections are counted from 1 again
};

struct LogTime;

/// Its texts are bounded, whatever the line is.
struct LogLine
{
    LogEvent event = LogEvent::Drop;
    /// UTC, since 1970. Of what is logged at its end (a slow query) when it began.
    qint64 milliseconds = 0;
    bool zoneWasTold = true; ///< else it was read in LogReading::zone
    bool yearWasTold = true; ///< else it is the last year in which the moment is not yet to come
    QString context;         ///< the thread: "conn42", "ReplWriterWorker-3"; of Connected the one it will be
    QString nameSpace;       ///< "shop.orders"; of DropDatabase the database
    QString target;          ///< of Rename: the new name
    bool dropsTarget = false;
    DocumentCount documents;     ///< of Delete
    std::optional<qint64> parts; ///< of a command that deletes: how many deletes it has, where they are told
    bool isCommand = false;      ///< a slow command: mongod tells each of its deletes in a line of its own before
    qint64 took = 0;             ///< milliseconds, where it is told
    QString user;                ///< "deploy_bot@admin"
    QString client;              ///< "10.20.4.17:51514"
    QString appName;

    bool operator==(const LogLine &) const = default;
};

/// How times are read that do not say all.
struct LogReading
{
    QTimeZone zone;
    QDateTime now;
};

/// Reads a line of a log of mongod or mongos: JSON as from MongoDB 4.4 on, and text as before, with or without what a
/// container's log puts before it. Nothing where it tells none of this, or cannot be read.
std::optional<LogLine> parseLogLine(QByteArrayView line, const LogReading &reading);

/// Whether the line begins as mongod begins one.
bool looksLikeLog(QByteArrayView line, const LogReading &reading);

/// When the line was written, by its beginning: LongestBeginning bytes are enough.
std::optional<LogTime> lineTime(QByteArrayView line, const LogReading &reading);
constexpr qsizetype LongestBeginning = 320;

/// Collections that the server makes and drops for itself: no loss.
bool isScratch(const QString &nameSpace);

} // namespace tidemark
