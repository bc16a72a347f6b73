#include "moment/document_forms.h"

#include "moment/date_forms.h"
#include "moment/plain_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <limits>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::Moment)
};

constexpr quint64 LatestSecond = 253402300799; // the end of the year 9999

QRegularExpression form(const QString &pattern)
{
    QRegularExpression made(pattern,
                            QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    made.optimize();
    return made;
}

/// A timestamp's two numbers as a document, in either order; also as the drivers of Go print it.
QString pair(int number, const QString &seconds)
{
    const QString t = QStringLiteral("[\"']?t[\"']?\\s*:\\s*(?<t%1>%2)");
    const QString i = QStringLiteral("[\"']?i[\"']?\\s*:\\s*(?<i%1>\\d+)");
    const QString between = QStringLiteral("(?:\\s*,\\s*|[ ])");
    return QStringLiteral("\\{\\s*(?:") + t.arg(number).arg(seconds) + between + i.arg(number) + QLatin1Char('|') +
           i.arg(number + 1) + between + t.arg(number + 1).arg(seconds) + QStringLiteral(")\\s*\\}");
}

const QString anySeconds = QStringLiteral("\\d+");
const QString longSeconds = QStringLiteral("\\d{9,10}"); // where nothing says that they are some

const QString timestampForm =
    QStringLiteral("(?:(?:new[ ]+)?Timestamp[ ]*\\(\\s*(?:") + pair(1, anySeconds) +
    QStringLiteral("|(?<t3>\\d+)\\s*,\\s*(?<i3>\\d+))\\s*\\)|\\{\\s*[\"']?\\$timestamp[\"']?\\s*:\\s*") +
    pair(4, anySeconds) + QStringLiteral("\\s*\\}|") + pair(6, longSeconds) +
    QStringLiteral(
        "|\\(\\s*(?<t8>\\d{9,10})\\s*,\\s*(?<i8>\\d+)\\s*\\)"
        "|Timestamp\\{value=\\d+, seconds=(?<t9>\\d+), inc=(?<i9>\\d+)\\}" // Java's
        "|(?<![\\w.])t[\"']?\\s*[:=]\\s*(?<t10>\\d{9,10})\\s*,\\s*[\"']?i[\"']?\\s*[:=]\\s*(?<i10>\\d+)(?!\\w)"
        "|(?<![\\w.:-])(?<t11>\\d{9,10}):(?<i11>\\d{1,10})(?![\\w.:-])" // mongorestore's --oplogLimit
        "|(?:new[ ]+)?Timestamp[ ]*\\(\\s*[\"']?(?<bits>\\d{18,20})[\"']?\\s*\\)"
        "|\\{\\s*[\"']?\\$timestamp[\"']?\\s*:\\s*[\"'](?<bits2>\\d{18,20})[\"']\\s*\\})");

FoundMoment refused(const QString &sentence, const QString &part)
{
    FoundMoment found;
    found.refusal = {sentence, part};
    return found;
}

FoundMoment certain(Moment moment)
{
    FoundMoment found;
    found.moments.push_back(std::move(moment));
    return found;
}

FoundMoment fromBits(const QString &digits, MomentForm form)
{
    bool fits = false;
    const quint64 bits = digits.toULongLong(&fits);
    if (!fits)
        return refused(Text::tr("This number has more than 64 bits."), digits);
    const quint64 seconds = bits >> 32;
    return certain(
        {static_cast<qint64>(seconds) * 1000, static_cast<quint32>(bits & 0xffffffff), form, {}, true, true});
}

FoundMoment timestampOf(const QString &seconds, const QString &increment, MomentForm form)
{
    bool isSeconds = false;
    bool isIncrement = false;
    const quint32 t = seconds.toUInt(&isSeconds);
    const quint32 i = increment.toUInt(&isIncrement);
    if (!isSeconds || !isIncrement)
        return refused(Text::tr("A timestamp's two numbers have at most 32 bits each."),
                       isSeconds ? increment : seconds);
    return certain({qint64{t} * 1000, i, form, {}, true, true});
}

FoundMoment timestampOf(const QRegularExpressionMatch &match, MomentForm form)
{
    for (const char *name : {"bits", "bits2"}) {
        if (const QString bits = match.captured(QString::fromLatin1(name)); !bits.isEmpty())
            return fromBits(bits, form);
    }
    for (int number = 1; number <= 11; ++number) {
        if (const QString seconds = match.captured(QStringLiteral("t%1").arg(number)); !seconds.isEmpty())
            return timestampOf(seconds, match.captured(QStringLiteral("i%1").arg(number)), form);
    }
    return refused(Text::tr("This part was not understood."), match.captured());
}

FoundMoment millisecondsOf(const QString &digits, MomentForm form)
{
    bool fits = false;
    const qint64 milliseconds = digits.toLongLong(&fits);
    if (!fits || milliseconds < 0 || static_cast<quint64>(milliseconds) / 1000 > LatestSecond)
        return refused(Text::tr("This number is too large for a moment."), digits);
    return certain({milliseconds, {}, form, {}, true, true});
}

/// A date in quotes: the whole of it, in UTC where it names no zone and `zone` says so.
FoundMoment quotedDate(const QString &quoted, const QTimeZone &zone, const MomentReading &reading, MomentForm form)
{
    QString rest = quoted;
    std::vector<FoundMoment> found = takeDates(rest, {reading.now, zone});
    rest.remove(Taken);
    if (found.size() != 1 || !rest.trimmed().isEmpty())
        return refused(Text::tr("This is no date that was understood."), quoted);
    for (Moment &moment : found.front().moments)
        moment.form = form;
    return std::move(found.front());
}

FoundMoment objectIdOf(const QString &digits)
{
    const quint32 seconds = digits.left(8).toUInt(nullptr, 16);
    FoundMoment found = certain({qint64{seconds} * 1000, {}, MomentForm::ObjectId, {}, true, true});
    found.isMark = true;
    return found;
}

template<typename Make>
void take(QString &text, const QRegularExpression &expression, std::vector<FoundMoment> &all, const Make &make)
{
    const size_t before = all.size();
    qsizetype from = 0;
    for (auto match = matchFrom(expression, text, from); match.hasMatch(); match = matchFrom(expression, text, from)) {
        if (all.size() > MostPlaces)
            break;
        FoundMoment found = make(match);
        found.begin = match.capturedStart();
        found.end = match.capturedEnd();
        from = found.end;
        all.push_back(std::move(found));
    }
    blankAll(text, all, before);
}

/// With what journals and containers write before it: a time of their own, in a zone of their own.
void takeLogLines(QString &text, const MomentReading &reading, std::vector<FoundMoment> &all)
{
    static const QRegularExpression line = [] {
        QRegularExpression made = form(QStringLiteral(
            "(?:^(?:<\\d{1,3}>1?[ ]?)?(?:[A-Z][a-z]{2}[ ]+\\d{1,2}[ ]\\d\\d:\\d\\d:\\d\\d"
            "|\\d{4}-\\d\\d-\\d\\dT[\\d:.,]+(?:Z|[+-]\\d\\d:?\\d\\d))[ ]"
            "(?:[\\w.-]+[ ][\\w./-]+(?:\\[\\d+\\])?:|std(?:out|err)[ ][FP])[ ])?"
            "\\{[ ]*\"t\"[ ]*:[ ]*\\{[ ]*\"\\$date\"[ ]*:[ ]*\"(?<date>[^\"\\n]*)\"[ ]*\\}[ ]*,[ ]*\"s\"[ ]*:"
            "(?:[^\\n]*\\}|[^\\n]*)"));
        made.setPatternOptions(made.patternOptions() | QRegularExpression::MultilineOption);
        return made;
    }();
    take(text, line, all, [&](const QRegularExpressionMatch &match) {
        return quotedDate(match.captured(QStringLiteral("date")), QTimeZone::utc(), reading, MomentForm::LogLine);
    });
}

/// Entries of the oplog: each ts counts, and nothing else in them.
void takeOplogEntries(QString &text, std::vector<FoundMoment> &all)
{
    static const QRegularExpression operation =
        form(QStringLiteral("[\"']?\\bop[\"']?\\s*:\\s*[\"'][cdinu](?:[\"']|\\w)"));
    static const QRegularExpression space = form(QStringLiteral("[\"']?\\bns[\"']?\\s*:\\s*[\"']"));
    static const QRegularExpression wall = form(QStringLiteral("[\"']?\\bwall[\"']?\\s*:"));
    static const QRegularExpression stamp = form(QStringLiteral("[\"']?\\bts[\"']?\\s*:\\s*") + timestampForm);
    const auto has = [&text](const QRegularExpression &field) { return matchFrom(field, text, 0).hasMatch(); };
    if (!(has(operation) && has(space)) && !(has(wall) && has(stamp)))
        return;
    // Its document has times of its own, which say nothing of the entry's. What stands beside it is a person's.
    const qsizetype begin = std::max<qsizetype>(0, text.indexOf(QLatin1Char('{')));
    const qsizetype last = text.lastIndexOf(QLatin1Char('}'));
    const qsizetype end = last > begin ? last + 1 : text.size();
    const size_t before = all.size();
    take(text, stamp, all,
         [](const QRegularExpressionMatch &match) { return timestampOf(match, MomentForm::OplogEntry); });
    if (all.size() == before)
        all.push_back(refused(Text::tr("This entry of the oplog has no ts."), text.mid(begin, end - begin)));
    for (qsizetype at = begin; at < end; ++at)
        text[at] = Taken;
}

/// "oplogTs" and "oplogInc" as the request for a restore has them, mongocli's options and people's notes, in any order.
/// One without the other is left for halfRead().
void takeRequestedTimestamps(QString &text, std::vector<FoundMoment> &all)
{
    static const QRegularExpression key =
        form(QStringLiteral("(?<![\\w])(?:--)?[\"']?(?:(?<ts>oplogTs)|oplogInc)[\"']?(?:\\s*[:=]\\s*|[ "
                            "]+)[\"']?(?<number>\\d+)[\"']?(?!\\w)"));
    struct Key
    {
        qsizetype begin;
        qsizetype end;
        bool isSeconds;
        QString number;
    };
    std::vector<Key> keys;
    for (auto match = matchFrom(key, text, 0); match.hasMatch(); match = matchFrom(key, text, match.capturedEnd()))
        keys.push_back({match.capturedStart(), match.capturedEnd(), !match.captured(QStringLiteral("ts")).isEmpty(),
                        match.captured(QStringLiteral("number"))});
    for (size_t i = 0; i + 1 < keys.size(); ++i) {
        const Key &one = keys[i];
        const Key &other = keys[i + 1];
        if (one.isSeconds == other.isSeconds)
            continue;
        all.push_back(timestampOf(one.isSeconds ? one.number : other.number, one.isSeconds ? other.number : one.number,
                                  MomentForm::BsonTimestamp));
        for (const Key &taken : {one, other}) {
            for (qsizetype at = taken.begin; at < taken.end; ++at)
                text[at] = Taken;
        }
        ++i;
    }
}

/// As the Public API writes an oplog timestamp in a restore job: {"date": …, "increment": …}.
void takeJobTimestamps(QString &text, const MomentReading &reading, std::vector<FoundMoment> &all)
{
    static const QRegularExpression told =
        form(QStringLiteral("\"date\"\\s*:\\s*\"(?<d1>[^\"\\n]*)\"\\s*,\\s*\"increment\"\\s*:\\s*\"?(?<i1>\\d+)\"?"
                            "|\"increment\"\\s*:\\s*\"?(?<i2>\\d+)\"?\\s*,\\s*\"date\"\\s*:\\s*\"(?<d2>[^\"\\n]*)\""));
    take(text, told, all, [&](const QRegularExpressionMatch &match) {
        const QString date = match.captured(QStringLiteral("d1")) + match.captured(QStringLiteral("d2"));
        const QString number = match.captured(QStringLiteral("i1")) + match.captured(QStringLiteral("i2"));
        FoundMoment found = quotedDate(date, QTimeZone::utc(), reading, MomentForm::BsonTimestamp);
        bool fits = false;
        const quint32 increment = number.toUInt(&fits);
        if (!fits)
            return refused(Text::tr("A timestamp's two numbers have at most 32 bits each."), number);
        for (Moment &moment : found.moments)
            moment.increment = increment;
        return found;
    });
}

/// What the shells say of the oplog's length is no arithmetic.
void takeReplicationInfo(QString &text)
{
    static const QRegularExpression words = form(QStringLiteral(
        "log length start to end[:\\s']*\\d+[ ]?secs[ ]?\\([\\d.]+[ ]?hrs\\)|oplog (?:first|last) event time"));
    std::vector<FoundMoment> places;
    take(text, words, places, [](const QRegularExpressionMatch &) { return FoundMoment(); });
}

void takeShellDates(QString &text, const MomentReading &reading, std::vector<FoundMoment> &all)
{
    static const QRegularExpression date =
        form(QStringLiteral("(?:(?<iso>ISODate|\\{\\s*[\"']?\\$date[\"']?\\s*:)|(?:new[ ]+)?Date)\\s*\\(?\\s*"
                            "(?:[\"'](?<text>[^\"'\\n]*)[\"']|(?<number>\\d+)|\\{\\s*[\"']?\\$numberLong[\"']?\\s*:\\s*"
                            "[\"'](?<long>\\d+)[\"']\\s*\\})"
                            "\\s*[)}]"));
    take(text, date, all, [&](const QRegularExpressionMatch &match) {
        for (const char *name : {"number", "long"}) {
            if (const QString digits = match.captured(QString::fromLatin1(name)); !digits.isEmpty())
                return millisecondsOf(digits, MomentForm::BsonDate);
        }
        // The shells' ISODate() and Extended JSON mean UTC; Date() of JavaScript means the machine's zone.
        const bool isUtc = !match.captured(QStringLiteral("iso")).isEmpty();
        FoundMoment found = quotedDate(match.captured(QStringLiteral("text")), isUtc ? QTimeZone::utc() : reading.zone,
                                       reading, MomentForm::BsonDate);
        for (Moment &moment : found.moments)
            moment.zoneWasTold = moment.zoneWasTold || isUtc;
        return found;
    });
}

qint64 secondsOf(const QString &unit)
{
    switch (unit.at(0).toLower().unicode()) {
    case 's':
        return 1;
    case 'm':
        return 60;
    case 'h':
        return 3600;
    case 'd':
        return 86400;
    default:
        return 7 * 86400;
    }
}

} // namespace

std::vector<FoundMoment> takeDocuments(QString &text, const MomentReading &reading)
{
    static const QRegularExpression stamp = form(timestampForm);
    static const QRegularExpression objectId = form(QStringLiteral(
        "(?:ObjectId\\(\\s*[\"']?|\\{\\s*[\"']?\\$oid[\"']?\\s*:\\s*[\"'])([0-9a-f]{24})[\"']?\\s*[)}]"));
    std::vector<FoundMoment> all;
    takeLogLines(text, reading, all);
    takeOplogEntries(text, all);
    takeReplicationInfo(text);
    take(text, stamp, all,
         [](const QRegularExpressionMatch &match) { return timestampOf(match, MomentForm::BsonTimestamp); });
    takeRequestedTimestamps(text, all);
    takeJobTimestamps(text, reading, all);
    takeShellDates(text, reading, all);
    take(text, objectId, all, [](const QRegularExpressionMatch &match) { return objectIdOf(match.captured(1)); });
    return all;
}

std::vector<FoundMoment> takeSpans(QString &text, const MomentReading &reading)
{
    static const QString units =
        QStringLiteral("(?:weeks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|min|m|seconds?|secs?|s)");
    static const QRegularExpression ago = form(QStringLiteral("(?<![\\w.,:-])((?:(?:\\d+[ ]?|an?[ ]+)") + units +
                                               QStringLiteral("[ ,]*(?:and[ ]+)?)+)[ ]*ago\\b"));
    static const QRegularExpression part = form(QStringLiteral("(\\d+[ ]?|an?[ ]+)(") + units + QStringLiteral(")\\b"));
    static const QRegularExpression now = form(QStringLiteral("^\\s*(?:just[ ]+)?now\\s*$"));
    std::vector<FoundMoment> all;
    const qint64 present = reading.now.toSecsSinceEpoch();
    take(text, now, all, [&](const QRegularExpressionMatch &) {
        return certain({present * 1000, {}, MomentForm::Relative, {}, true, true});
    });
    take(text, ago, all, [&](const QRegularExpressionMatch &match) {
        qint64 span = 0;
        auto parts = part.globalMatch(match.captured(1));
        while (parts.hasNext()) {
            const auto one = parts.next();
            bool isNumber = false;
            const qint64 count = one.captured(1).trimmed().toLongLong(&isNumber);
            const bool isTooMuch = isNumber && count > 1000000000;
            if (isTooMuch)
                return refused(Text::tr("That is too long ago."), match.captured());
            span += (isNumber ? count : 1) * secondsOf(one.captured(2));
        }
        if (span > present)
            return refused(Text::tr("That is too long ago."), match.captured());
        return certain({(present - span) * 1000, {}, MomentForm::Relative, {}, true, true});
    });
    return all;
}

std::vector<FoundMoment> takeNumbers(QString &text)
{
    static const QRegularExpression wrapped = form(QStringLiteral(
        "(?:(?:NumberLong|Long)\\(\\s*[\"']?|\\{\\s*[\"']?\\$numberLong[\"']?\\s*:\\s*[\"'])(\\d+)[\"']?\\s*[)}]"));
    static const QRegularExpression number = form(
        QStringLiteral("(?:(?<=\":)|(?<![\\w.,:/"
                       "-]))(?:(?<id>[0-9a-f]{24})|(?<whole>\\d{9,20})(?:\\.(?<f>\\d{1,9}))?)(?![\\w:/-]|[.,]\\d)"));
    const auto read = [](const QString &digits, const QString &fraction) {
        const qsizetype count = digits.size();
        if (count <= 10) {
            FoundMoment found =
                millisecondsOf(digits + fraction.leftJustified(3, QLatin1Char('0')).left(3), MomentForm::EpochSeconds);
            return found;
        }
        if ((count == 12 || count == 13) && fraction.isEmpty())
            return millisecondsOf(digits, MomentForm::EpochMilliseconds);
        if (count >= 18 && fraction.isEmpty())
            return fromBits(digits, MomentForm::BsonTimestamp64);
        return refused(Text::tr("This number is neither seconds (10 digits), nor milliseconds (13), nor a timestamp of "
                                "64 bits (19)."),
                       digits);
    };
    std::vector<FoundMoment> all;
    take(text, wrapped, all, [&](const QRegularExpressionMatch &match) { return read(match.captured(1), {}); });
    take(text, number, all, [&](const QRegularExpressionMatch &match) {
        if (const QString id = match.captured(QStringLiteral("id")); !id.isEmpty())
            return objectIdOf(id);
        return read(match.captured(QStringLiteral("whole")), match.captured(QStringLiteral("f")));
    });
    for (FoundMoment &found : all)
        found.isMark = true;
    return all;
}

} // namespace tidemark
