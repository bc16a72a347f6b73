#pragma once

#include "logs/log_cover.h"
#include "logs/log_line.h"

#include <QFlags>
#include <QStringList>

#include <vector>

namespace tidemark {

/// What the lines about it tell.
enum LossStep {
    Asked = 1,       ///< it was asked for
    CarriedOut = 2,  ///< by a member
    WholeCommand = 4 ///< the command came to its end
};
Q_DECLARE_FLAGS(LossSteps, LossStep)
Q_DECLARE_OPERATORS_FOR_FLAGS(LossSteps)

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

/// Of Delete: what must be known of the lines before to judge the next one.
struct DeleteRun
{
    qint64 largest = 0;          ///< documents of one line, at most where that is told
    bool isOpen = false;         ///< of one of them nothing is told
    std::optional<qint64> parts; ///< of a command that is alone: the deletes it has
    qint64 loose = 0;            ///< lines of single deletes since the last command's own
    qint64 looseDocuments = 0;
    qint64 looseFrom = 0; ///< when the first of them began

    bool operator==(const DeleteRun &) const = default;
};

/// Data that went, as one or more lines of logs tell it.
struct LogFinding
{
    LossKind kind = LossKind::Drop;
    qint64 milliseconds = 0;    ///< UTC; when it began
    qint64 endMilliseconds = 0; ///< when the last of what is told of it was done
    bool zoneWasTold = true;
    bool yearWasTold = true;
    QString nameSpace;
    QString target; ///< of Rename
    bool dropsTarget = false;
    DocumentCount documents; ///< of Delete
    DeleteRun run;
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
    LossSteps steps;

    bool isConfirmed() const { return (steps & (CarriedOut | WholeCommand)) != 0; }
    bool operator==(const LogFinding &) const = default;
};

/// A delete of so few documents, for certain, that it is not shown.
bool isSmall(const LogFinding &finding);

/// What a search has found so far, or at its end.
struct LogFindings
{
    std::vector<LogFinding> list; ///< the newest first
    qint64 notListed = 0;         ///< beyond what is kept
    qint64 files = 0;             ///< logs that were read, or are being read
    qint64 lines = 0;
    qint64 longLines = 0; ///< lines that were left out for their length
    QStringList notLogs;  ///< names of files that are no log of mongod, some of them
    qint64 notLogsCount = 0;
    QStringList problems; ///< "db1/mongodb.log.gz: the compressed data ends too early", some of them
    qint64 problemCount = 0;
    QStringList links; ///< names of links that were not followed, some of them
    qint64 linkCount = 0;
    qint64 emptyFiles = 0;
    bool hasMoreFiles = false; ///< than are read at most
    std::vector<LogCover> covers;
    bool hasZoneless = false; ///< of some lines the time was read in LogReading::zone
};

} // namespace tidemark
