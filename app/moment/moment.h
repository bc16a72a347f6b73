#pragma once

#include <QDateTime>
#include <QString>
#include <QTimeZone>

#include <optional>
#include <variant>
#include <vector>

namespace tidemark {

/// What kind of text a moment was read from. Said to the person, since a number can be seconds or milliseconds.
enum class MomentForm {
    DateTime,          ///< ISO 8601, a log's or a mail's date
    EpochSeconds,      ///< seconds since the epoch
    EpochMilliseconds, ///< milliseconds since the epoch
    BsonTimestamp,     ///< Timestamp(…), {"$timestamp": …}
    BsonTimestamp64,   ///< the same as one number: seconds in the upper, increment in the lower 32 bits
    BsonDate,          ///< ISODate(…), new Date(…), {"$date": …}
    ObjectId,          ///< the second in which it was made
    LogLine,           ///< of mongod, JSON
    OplogEntry,        ///< its ts
    Relative,          ///< "10 minutes ago", counted from now
    DayAndTime         ///< "yesterday 23:59"
};

/// A moment that was understood.
struct Moment
{
    qint64 milliseconds = 0;          ///< UTC, since the epoch
    std::optional<quint32> increment; ///< where the text has that of an oplog entry
    MomentForm form = MomentForm::DateTime;
    QString zone; ///< in which it was read: "UTC", "UTC+02:00", "Europe/Berlin"; empty where a zone has no part in it
    bool zoneWasTold = true; ///< false: the text has none, and the chosen one was taken
    bool yearWasTold = true; ///< false: the text has none, and the latest that is not in the future was taken

    qint64 seconds() const; ///< rounded down
    bool isWholeSecond() const { return milliseconds % 1000 == 0; }
    QDateTime time() const { return QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC); }
    bool operator==(const Moment &) const = default;
};

/// Why a text alone does not say which moment is meant.
enum class MomentDoubt {
    Day,         ///< a time of day without a day
    DayOrMonth,  ///< 03/04/2024
    ClockRepeat, ///< a local time that came twice, since the clock was set back
    ClockGap,    ///< a local time that never was, since the clock was set forward
    ZoneName,    ///< CST: several zones are called so
    Several      ///< different moments in one text
};

/// What the person has to say. Never answered by guessing.
struct MomentQuestion
{
    MomentDoubt doubt = MomentDoubt::Several;
    QString sentence;
    std::vector<Moment> choices; ///< two or more, in the order of time
    bool operator==(const MomentQuestion &) const = default;
};

/// No moment, and why: `part` is what was not understood, as it was written.
struct MomentRefusal
{
    QString sentence;
    QString part;
    bool operator==(const MomentRefusal &) const = default;
};

struct NoMoment
{
    bool operator==(const NoMoment &) const = default;
};

/// NoMoment for a text of nothing but space.
using MomentAnswer = std::variant<NoMoment, Moment, MomentQuestion, MomentRefusal>;

/// What a text is read against.
struct MomentReading
{
    QDateTime now;  ///< the server's clock
    QTimeZone zone; ///< of times that name none
};

} // namespace tidemark
