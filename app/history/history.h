#pragma once

#include "restore/audit_log.h"

#include <QSet>

#include <vector>

/// The audit log as people read it: what was ordered, by whom, and what came of it.
namespace tidemark {

struct HistoryEntry
{
    /// Under which a plan of what was sent is kept; empty where the line names none.
    QString planHash() const;

    qint64 line = 0;     ///< of the file, from 1
    QDateTime time;      ///< UTC, of the machine that wrote it; invalid where the line tells none
    QString event;       ///< "sending", "ordered", "state", …; verbatim
    QString order;       ///< the key under which it was ordered, or that of the restore; empty where it is not told
    QString user;        ///< of the server: a public key
    QString person;      ///< of the machine: "dba@host"
    QString source;      ///< "Shop / orders"
    QString target;      ///< the same; empty for a download
    QString point;       ///< in words
    QString outcome;     ///< the state, the jobs, or what was seen
    QSet<QString> names; ///< what the line calls the restore that it is about: the order's key, jobs, batches
    QJsonObject details; ///< all that the line tells
    QByteArray verbatim; ///< the line, where it is no entry of this program
    bool follows = true; ///< from the line before it
    QString searched;    ///< all that the line tells, folded (see SearchWords): it is searched with each key

    bool operator==(const HistoryEntry &) const = default;
};

struct History
{
    std::vector<HistoryEntry> entries; ///< the newest first, MostHistoryEntries at most
    qint64 older = 0;                  ///< lines before them, which were counted and checked
    AuditLog::Verdict verdict;
};

constexpr size_t MostHistoryEntries = 20000;

/// Reads the whole file and blocks: not for the window's thread.
History readHistory(const QString &path, size_t most = MostHistoryEntries);

/// All lines about the restore of this one, the oldest first: by the key of the order, and by the jobs and batches that
/// its lines name, since what came of it later is told of by those. `entry` may be any of them.
std::vector<HistoryEntry> linesOfRestore(const std::vector<HistoryEntry> &entries, const HistoryEntry &entry);

/// RFC 4180, UTF-8, a heading and a line for each. What a spreadsheet would take for a formula begins with an
/// apostrophe.
QByteArray historyCsv(const std::vector<HistoryEntry> &entries);
/// A list of what the lines tell, with their numbers and whether they follow.
QByteArray historyJson(const std::vector<HistoryEntry> &entries);

} // namespace tidemark
