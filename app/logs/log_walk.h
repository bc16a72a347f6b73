#pragma once

#include "logs/byte_source.h"
#include "logs/log_finder.h"

#include <functional>

namespace tidemark {

/// Reads logs out of files, folders and streams, packed in whatever order of tar and gzip, and gives their lines to a
/// finder. Nothing is written anywhere, and no more than a few blocks are held. Blocks: worker threads only.
class LogWalk
{
public:
    LogWalk(LogReading reading, std::shared_ptr<LogSearchSignals> signs);

    /// Files, and folders with all that is in them; links to folders are not followed.
    void readPaths(const QStringList &paths);
    void readStream(const QString &name, ByteSource &source);
    /// Called now and then while it reads.
    void setBetween(std::function<void()> between) { m_between = std::move(between); }

    LogFindings findings() const;
    /// The same without what was found: what was read by now. Costs little.
    LogFindings readSoFar() const;
    /// Rises with what was found.
    quint64 version() const { return m_finder.version(); }

private:
    void readFile(const QString &path, const QString &name);
    void readAny(const QString &host, const QString &name, ByteSource &source, int depth);
    void readTar(const QString &host, const QString &name, ByteSource &source, int depth);
    void readLines(const QString &host, const QString &name, ByteSource &source);
    void noteProblem(const QString &name, const Error &error);
    void noteNoLog(const QString &name);
    void noteLinks(const QStringList &names);

    std::shared_ptr<LogSearchSignals> m_signals;
    LogFinder m_finder;
    std::function<void()> m_between;
    qint64 m_files = 0;
    bool m_isInFile = false;
    QString m_archive; ///< in which the file is
    qint64 m_lines = 0;
    qint64 m_longLines = 0;
    QStringList m_notLogs;
    qint64 m_notLogsCount = 0;
    QStringList m_problems;
    qint64 m_problemCount = 0;
    QStringList m_links;
    qint64 m_linkCount = 0;
    qint64 m_emptyFiles = 0;
    bool m_hasMoreFiles = false;
};

} // namespace tidemark
