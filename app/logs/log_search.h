#pragma once

#include "base/byte_pipe.h"
#include "logs/byte_source.h"
#include "logs/log_finding.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace tidemark {

/// Searches logs on a thread of its own and tells what it has found while it reads. One search at a time: a new one
/// ends the one before.
class LogSearch : public QObject
{
    Q_OBJECT

public:
    explicit LogSearch(QObject *parent = nullptr);
    ~LogSearch() override;

    /// Files and folders.
    void searchPaths(const QStringList &paths, const LogReading &reading);
    /// What will be written into the pipe, until its end.
    void searchStream(const QString &name, std::shared_ptr<BytePipe> pipe, const LogReading &reading);
    /// Ends it at once; what was found by then stays.
    void stop();
    /// Ends it, and what was found is gone.
    void clear();

    bool isRunning() const { return m_run != nullptr; }
    const LogFindings &findings() const { return m_findings; }
    qint64 readBytes() const;
    qint64 totalBytes() const; ///< 0: not known

Q_SIGNALS:
    /// Some times a second while it reads: more was read, and perhaps found.
    void moved();
    /// It has come to its end; not after stop().
    void finished();

private:
    struct Run;

    template<typename Read>
    void start(const LogReading &reading, std::shared_ptr<BytePipe> pipe, Read read);
    void look();

    std::shared_ptr<Run> m_run;
    LogFindings m_findings;
    quint64 m_seen = 0;
    QTimer m_look;
};

} // namespace tidemark
