#include "moment/moment_texts.h"

#include "base/text.h"
#include "moment/zone_names.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::Moment)
};

/// The clock of the zone; its date only where that is another.
QString clockText(const QDateTime &utc, const QTimeZone &zone)
{
    const QDateTime there(utc.date(), utc.time(), Qt::UTC);
    const int offset = zone.offsetFromUtc(there);
    const QDateTime shown = there.addSecs(offset);
    const QString full = bareUtcText(shown);
    return Text::tr("%1 %2").arg(shown.date() == utc.date() ? full.mid(11) : full, zoneName(zone));
}

QString formNote(const Moment &moment)
{
    switch (moment.form) {
    case MomentForm::EpochSeconds:
        return Text::tr("Read as seconds since the epoch.");
    case MomentForm::EpochMilliseconds:
        return Text::tr("Read as milliseconds since the epoch.");
    case MomentForm::BsonTimestamp64:
        return Text::tr("Read as a BSON timestamp of 64 bits.");
    case MomentForm::ObjectId:
        return Text::tr("The second in which this object id was made, by the clock of the machine that made it.");
    case MomentForm::LogLine:
        return Text::tr("The time at the head of the log line.");
    case MomentForm::OplogEntry:
        return Text::tr("The ts of the entry of the oplog.");
    case MomentForm::DateTime:
    case MomentForm::BsonTimestamp:
    case MomentForm::BsonDate:
    case MomentForm::Relative:
    case MomentForm::DayAndTime:
        break;
    }
    return {};
}

} // namespace

QString momentDistance(const Moment &moment, const QDateTime &now)
{
    const qint64 seconds = now.toSecsSinceEpoch() - moment.seconds();
    if (seconds < 0)
        return Text::tr("in %1").arg(durationText(std::chrono::seconds(-seconds)));
    return Text::tr("%1 ago").arg(durationText(std::chrono::seconds(seconds)));
}

QString momentText(const Moment &moment, const std::vector<QTimeZone> &zones)
{
    const QDateTime utc = moment.time();
    QStringList parts{utcText(utc)};
    std::vector<int> offsets{0};
    for (const QTimeZone &zone : zones) {
        const int offset = zone.offsetFromUtc(utc);
        if (std::ranges::find(offsets, offset) != offsets.end())
            continue;
        offsets.push_back(offset);
        parts << clockText(utc, zone);
    }
    return parts.join(QStringLiteral(" · "));
}

QStringList momentNotes(const Moment &moment)
{
    QStringList notes;
    if (const QString note = formNote(moment); !note.isEmpty())
        notes << note;
    if (!moment.zoneWasTold)
        notes << Text::tr("It names no zone: read as %1.").arg(moment.zone);
    if (!moment.yearWasTold)
        notes << Text::tr("It names no year: the latest one that is not in the future.");
    return notes;
}

QString momentFieldText(const Moment &moment)
{
    if (moment.isWholeSecond())
        return utcText(moment.time());
    return QStringLiteral("%1.%2 UTC")
        .arg(bareUtcText(moment.time()))
        .arg(moment.time().time().msec(), 3, 10, QLatin1Char('0'));
}

QString refusalText(const MomentRefusal &refusal)
{
    return refusal.part.isEmpty() ? refusal.sentence : Text::tr("%1 (\"%2\")").arg(refusal.sentence, refusal.part);
}

} // namespace tidemark
