#pragma once

#include "base/clock.h"
#include "base/error.h"

#include <QJsonObject>
#include <QString>

#include <functional>
#include <optional>

namespace tidemark {

/// What was ordered, when, with which body and what came of it: one JSON object a line, appended and synced before the
/// next step, mode 0600, under a lock that several processes respect. No secret and no download link is ever in it.
///
/// Each line begins with "previous", the SHA-256 (hex) of the whole line before it without its newline, 64 zeros in a
/// file's first line. So a line that was changed, taken out or put in is found, as long as a later one is there. A last
/// line that was cut short, by a crash or a full disk, is a line like any other: the next one follows from its bytes.
class AuditLog
{
public:
    AuditLog(QString path, const Clock &clock);

    /// Appends `{"previous": …, "time": this machine's clock, "serverTime": the server's where known, "osUser": …,
    /// "host": …, "event": event, …details}`, times in UTC. False when it could not be written; a restore is not
    /// submitted then. Blocks for the disk's sync, and at most 2 s where another process is appending.
    bool append(const QString &event, const QJsonObject &details, const std::optional<QDateTime> &serverTime = {});
    const QString &path() const { return m_path; }

    struct Verdict
    {
        qint64 lines = 0;
        std::optional<qint64> firstBroken; ///< number of the line, from 1, that does not follow from the one before it
        std::optional<Error> trouble;      ///< what the person is told: a broken chain, or a file that cannot be read
    };
    /// Reads the whole file and blocks: not for the window's thread. A file that is not there is no trouble. Lines of
    /// earlier versions of the program, which have no "previous", may stand before the first that has.
    static Verdict verify(const QString &path) { return read(path, {}); }

    /// A line of the file as it stands there, without its newline, LongestLine bytes of it at most.
    struct Line
    {
        qint64 number = 0; ///< from 1
        QByteArray bytes;
        bool follows = true; ///< from the line before it
    };
    static constexpr qsizetype LongestLine = 1024 * 1024; ///< bytes
    /// The same, and hands on each line.
    static Verdict read(const QString &path, const std::function<void(const Line &)> &take);

private:
    QString m_path;
    const Clock &m_clock;
};

} // namespace tidemark
