#pragma once

#include "logs/log_line.h"

#include <QStringList>

#include <vector>

namespace tidemark {

enum class LossKind { Drop, DropDatabase, Rename, Convert, Delete };

/// From how many documents on a delete is one that is shown.
constexpr qint64 LargeDelete = 100;

/// Where a line stands.
struct LogPlace
{
    QString host;    ///< as an archive's folder names it; may be empty
    QString file;    ///< path in the archive or folder, or the file's name
    qint64 line = 0; ///< from 1

    bool operator==(const LogPlace &) const = default;
};

/// Data that went, as one or more lines of logs tell it.
struct LogFinding
{
    LossKind kind = LossKind::Drop;
    qint64 milliseconds = 0;     ///< UTC; when it began
    qint64 lastMilliseconds = 0; ///< of several deletes the last one
    bool zoneWasTold = true;
    bool yearWasTold = true;
    QString nameSpace;
    QString target; ///< of Rename
    bool dropsTarget = false;
    std::optional<qint64> documents; ///< of Delete, the sum of those that are told
    qint64 took = 0;                 ///< milliseconds, where it is told
    QString context;
    QString user;
    QString client;
    QString appName;
    LogPlace place;
    QString text; ///< the line as it is, its beginning if it is long
    int lines = 1;
    QStringList hosts; ///< all in whose logs it was seen
    /// Seen on members that carried out what another one had ordered: who did it stands in that one's log.
    bool byReplication = false;
    bool isConfirmed = false; ///< another line tells that it was carried out

    bool operator==(const LogFinding &) const = default;
};

/// What a search has found so far, or at its end.
struct LogFindings
{
    std::vector<LogFinding> list; ///< the newest first
    qint64 notListed = 0;         ///< older ones beyond what is kept
    qint64 files = 0;             ///< logs that were read
    qint64 lines = 0;
    qint64 longLines = 0; ///< lines that were left out for their length
    QStringList notLogs;  ///< names of files that are no log of mongod, some of them
    qint64 notLogsCount = 0;
    QStringList problems; ///< "db1/mongodb.log.gz: the compressed data ends too early", some of them
    qint64 problemCount = 0;
};

} // namespace tidemark
