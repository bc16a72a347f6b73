#pragma once

#include <QString>

#include <map>
#include <vector>

namespace tidemark {

/// From when to when, milliseconds UTC, both included.
struct LogSpan
{
    qint64 first = 0;
    qint64 last = 0;

    bool operator==(const LogSpan &) const = default;
};

/// The times that the logs of a host tell of.
struct LogCover
{
    QString host;
    std::vector<LogSpan> spans; ///< by time, none touching the next

    bool operator==(const LogCover &) const = default;
};

/// Whether the logs tell of this moment's second.
bool isCovered(const LogCover &cover, qint64 milliseconds);
/// Of any host.
bool isCovered(const std::vector<LogCover> &covers, qint64 milliseconds);

/// Gathers them from the files of many hosts. Bounded: what is beyond is left out, never made longer than it is.
class LogCovers
{
public:
    void add(const QString &host, const LogSpan &span);
    std::vector<LogCover> list() const;

private:
    std::map<QString, std::vector<LogSpan>> m_spans;
};

} // namespace tidemark
