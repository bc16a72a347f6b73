#include "moment/date_forms.h"

#include "moment/month_names.h"
#include "moment/plain_text.h"
#include "moment/wall_clock.h"
#include "moment/zone_after.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::Moment)
};

/// Hour, minute, second, fraction and half of the day of a time of day.
const QString timeForm = QStringLiteral("(?<h>\\d{1,2}):(?<min>\\d{2})(?::(?<s>\\d{2})(?:[.,](?<f>\\d{1,9}))?)?"
                                        "(?:[ ]?(?<half>[AaPp])\\.?[Mm]\\b\\.?)?(?:[ ]?(?:Uhr|hrs?)\\b)?");
/// What stands between a day and its time.
const QString gapForm =
    QString::fromUtf8("(?:[ ]+|,[ ]*|,?[ ]+(?:at|um|\u00e0|alle|om|kl\\.?)[ ]+|[ ]*[@\u00b7\u2022|][ ]*|[ ]+-[ ]+)");
/// A year of two digits is one only before a time.
const QString yearForm = QStringLiteral("(?<y>\\d{4}|\\d{2}(?=") + gapForm + QStringLiteral("\\d{1,2}:))");

enum class Form { Iso, Compact, Cjk, DotDate, SlashDate, LogDate, DayFirst, MonthFirst, DayWord, Clock };

QRegularExpression expression(const QString &pattern)
{
    QRegularExpression made(pattern, QRegularExpression::CaseInsensitiveOption);
    made.optimize();
    return made;
}

/// The day alone, without what may stand before it.
QString dayPattern(Form form)
{
    switch (form) {
    case Form::Iso:
        return QStringLiteral("(?<y>\\d{4})([-/.])(?<m>\\d{1,2})\\g{-2}(?<d>\\d{1,2})(?!\\d)");
    case Form::Cjk:
        return QString::fromUtf8(
            "(?<y>\\d{4})[ ]?[年년][ ]?(?<m>\\d{1,2})[ ]?[月월][ ]?(?<d>\\d{1,2})[ ]?[日일]"
            "(?:[ ]*(?:\\([월화수목금토일月火水木金土]\\)|星期[一二三四五六日天]|周[一二三四五六日]|"
            "[月火水木金土日]曜日?|[월화수목금토일]요일))?");
    case Form::DotDate:
        return QStringLiteral("(?<d>\\d{1,2})\\.[ ]?(?<m>\\d{1,2})\\.(?:[ ]?%1(?!\\d))?").arg(yearForm);
    case Form::SlashDate:
        return QStringLiteral("(?<d>\\d{1,2})(?<mark>[/-])(?<m>\\d{1,2})(?:\\g{mark}%1)?(?![\\d/-])").arg(yearForm);
    case Form::LogDate:
        return QStringLiteral("(?<d>\\d{1,2})/%1/(?<y>\\d{4}|\\d{2}(?=[: ]))").arg(monthPattern());
    case Form::DayFirst:
        return QString::fromUtf8("(?<d>\\d{1,2})(?:\\.|st|nd|rd|th|er|\u00ba)?(?:[ -]+|[ ]+(?:of|de)[ ]+)%1"
                                 "(?:(?:[ ,-]+|[ ]+(?:of|de)[ ]+)(?<y>\\d{4})(?![\\d:]))?")
            .arg(monthPattern());
    case Form::MonthFirst:
        return QStringLiteral("%1[ ]+(?<d>\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])(?:,?[ ]+(?<y>\\d{4})(?![\\d:]))?")
            .arg(leadingMonthPattern());
    case Form::Compact:
    case Form::DayWord:
    case Form::Clock:
        break;
    }
    return {};
}

struct Pattern
{
    Form form;
    QRegularExpression expression;
};

Pattern dayAndTime(Form form, const QString &before, const QString &gap)
{
    return {form, expression(before + dayPattern(form) + QStringLiteral("(?:%1%2)?").arg(gap, timeForm))};
}

/// A day with its time behind it. The most telling first: what one has found, the next does not see.
const std::array<Pattern, 9> &patterns()
{
    static const std::array<Pattern, 9> all{
        {dayAndTime(Form::Iso, QStringLiteral("(?<![\\w.-])"), QStringLiteral("(?:T[ ]?|_+|%1)").arg(gapForm)),
         {Form::Compact, expression(QStringLiteral("(?<![\\w.-])(?<y>\\d{4})(?<m>\\d{2})(?<d>\\d{2})T(?<h>\\d{2})"
                                                   "(?<min>\\d{2})(?<s>\\d{2})?(?:[.,](?<f>\\d{1,9}))?(?<half>)"))},
         dayAndTime(Form::Cjk, QStringLiteral("(?<!\\w)"), QStringLiteral("[ ]*")),
         dayAndTime(Form::LogDate, QStringLiteral("(?<![\\w/])"), QStringLiteral("(?::|%1)").arg(gapForm)),
         dayAndTime(Form::DotDate, QStringLiteral("(?<![\\w.])"), gapForm),
         dayAndTime(Form::SlashDate, QStringLiteral("(?<![\\w/-])"), gapForm),
         dayAndTime(Form::DayFirst, QStringLiteral("(?<![\\w:.])"), gapForm),
         dayAndTime(Form::MonthFirst, QStringLiteral("(?<!\\w)"), gapForm),
         {Form::DayWord, expression(QStringLiteral("(?<!\\w)(?<word>today|yesterday|heute|gestern)"
                                                   "(?:,?[ ]+(?:(?:at|um)[ ]+)?)") +
                                    timeForm)}}};
    return all;
}

const QRegularExpression &clock()
{
    static const QRegularExpression form =
        expression(QStringLiteral("(?<![\\w:.-])") + timeForm + QStringLiteral("(?:[ ]+(?<word>today|yesterday)\\b)?"));
    return form;
}

/// A day behind its time and its zone.
const std::array<Pattern, 5> &daysBehind()
{
    const auto made = [](Form form) {
        return Pattern{form,
                       expression(QStringLiteral("\\G(?:[ ]*,)?[ ]+(?:(?:on|am|le|el)[ ]+)?(?:the[ ]+)?(?:%1[ ]+)?")
                                      .arg(weekdayPattern()) +
                                  dayPattern(form) + QStringLiteral("(?![\\w:])(?!%1\\d{1,2}:)").arg(gapForm))};
    };
    static const std::array<Pattern, 5> all{made(Form::Iso), made(Form::DotDate), made(Form::SlashDate),
                                            made(Form::DayFirst), made(Form::MonthFirst)};
    return all;
}

/// Invalid where the digits are no time of day.
QTime timeOf(const QRegularExpressionMatch &match)
{
    int hour = match.captured(QStringLiteral("h")).toInt();
    const QString half = match.captured(QStringLiteral("half")).toLower();
    if (!half.isEmpty()) {
        if (hour < 1 || hour > 12)
            return {};
        hour = hour % 12 + (half == QLatin1String("p") ? 12 : 0);
    }
    const QString fraction = match.captured(QStringLiteral("f"));
    int milliseconds = fraction.leftJustified(3, QLatin1Char('0')).left(3).toInt();
    // What is finer than a millisecond is still a part of a second.
    const bool isFiner =
        milliseconds == 0 && std::ranges::any_of(fraction, [](QChar c) { return c != QLatin1Char('0'); });
    if (isFiner)
        milliseconds = 1;
    return QTime(hour, match.captured(QStringLiteral("min")).toInt(), match.captured(QStringLiteral("s")).toInt(),
                 milliseconds);
}

/// Its last two days of this time of day, not after now, or the day that a word names.
void addDays(WallClock &wall, const QString &word, const QTimeZone &zone, const QDateTime &now)
{
    const QDateTime here = now.toTimeZone(zone);
    const QString day = word.toLower();
    wall.form = MomentForm::DayAndTime;
    if (!day.isEmpty()) {
        const bool isToday = day == QLatin1String("today") || day == QLatin1String("heute");
        wall.dates = {here.date().addDays(isToday ? 0 : -1)};
        return;
    }
    wall.doubtOfDate = MomentDoubt::Day;
    const int last = wall.time <= here.time() ? 0 : -1;
    wall.dates = {here.date().addDays(last), here.date().addDays(last - 1)};
}

struct Day
{
    int year = 0; ///< 0: the latest that is not in the future, with a day's room for zones
    int month = 0;
    int day = 0;
    int weekday = 0; ///< 0: none is told
};

void addDate(WallClock &wall, const Day &told, const QDateTime &now)
{
    const QDate last = now.date().addDays(1);
    wall.yearWasTold = told.year > 0;
    // 29 February comes every four years, and the same day of the week after eleven at the latest.
    const int latest = told.year > 0 ? told.year : last.year();
    const int earliest = told.year > 0 ? told.year : last.year() - (told.weekday > 0 ? 28 : 5);
    for (int year = latest; year >= earliest; --year) {
        const QDate date(year, told.month, told.day);
        const bool fits = date.isValid() && (told.year > 0 || date <= last) &&
                          (told.weekday == 0 || date.dayOfWeek() == told.weekday);
        if (!fits)
            continue;
        if (std::ranges::find(wall.dates, date) == wall.dates.end())
            wall.dates.push_back(date);
        return;
    }
}

FoundMoment refused(const QString &sentence, const QString &part)
{
    FoundMoment found;
    found.refusal = {sentence, part};
    return found;
}

/// What a pattern has found: the day and its time, in one place or in two.
struct Place
{
    Form form;
    QRegularExpressionMatch day;
    QRegularExpressionMatch time;
    ToldZone told; ///< its end is that of the whole place
    int weekday = 0;
    QString part; ///< the whole, as it is written
};

void addDates(WallClock &wall, Place &place, const QString &text, const MomentReading &reading)
{
    const auto number = [&place](const char *name) { return place.day.captured(QString::fromLatin1(name)).toInt(); };
    Day day{number("y"), number("m"), number("d"), place.weekday};
    const bool isByName = place.form == Form::LogDate || place.form == Form::DayFirst || place.form == Form::MonthFirst;
    if (isByName)
        day.month = monthOf(place.day.captured(QStringLiteral("name")));
    if (isByName && day.year == 0) { // "Fri Nov 27 15:22:59 UTC 2026"
        static const QRegularExpression yearAfter(QStringLiteral("\\G[ ]+(\\d{4})(?![\\d:.-])"));
        if (const auto after = matchFrom(yearAfter, text, place.told.end); after.hasMatch()) {
            day.year = after.captured(1).toInt();
            place.told.end = after.capturedEnd();
        }
    }
    switch (place.form) {
    case Form::DayWord:
    case Form::Clock:
        addDays(wall, place.time.captured(QStringLiteral("word")),
                place.told.zones.empty() ? reading.zone : place.told.zones.front().zone, reading.now);
        break;
    case Form::SlashDate:
        wall.doubtOfDate = MomentDoubt::DayOrMonth;
        addDate(wall, day, reading.now);
        std::swap(day.month, day.day);
        addDate(wall, day, reading.now);
        break;
    default:
        addDate(wall, day, reading.now);
        break;
    }
}

FoundMoment foundAt(Place place, const QString &text, const MomentReading &reading)
{
    WallClock wall;
    wall.time = timeOf(place.time);
    addDates(wall, place, text, reading);
    const ToldZone &told = place.told;
    FoundMoment found;
    const QString glued = told.unsure.isEmpty() ? gluedPart(text, told.end) : told.unsure;
    if (place.day.captured(QStringLiteral("y")).size() == 2)
        found = refused(Text::tr("Write the year with four digits."), place.part);
    else if (!glued.isEmpty())
        found = refused(Text::tr("This part was not understood."), glued);
    else if (wall.dates.empty() && place.weekday > 0)
        found = refused(Text::tr("There is no such day, or it is another day of the week."), place.part);
    else
        found = momentsOf(wall, told.zones, reading);
    const auto contradicts = [&](const Moment &moment) {
        return told.named->offsetFromUtc(moment.time()) != told.zones.front().zone.offsetFromUtc(moment.time());
    };
    if (told.named && std::ranges::any_of(found.moments, contradicts))
        found = refused(Text::tr("Offset and zone contradict each other."), place.part);
    if (found.moments.empty() && found.refusal.part.isEmpty())
        found.refusal.part = place.part;
    found.end = told.end;
    return found;
}

/// The day of the week that stands before a date, and where it begins.
std::pair<int, qsizetype> weekdayBefore(const QString &text, qsizetype begin)
{
    static const QRegularExpression form =
        expression(QStringLiteral("(?<![\\p{L}\\d])%1[ ]+\\z").arg(weekdayPattern()));
    constexpr qsizetype Longest = 16;
    const qsizetype from = std::max<qsizetype>(0, begin - Longest);
    const auto match = form.match(text.mid(from, begin - from));
    if (!match.hasMatch())
        return {0, begin};
    return {weekdayOf(match.captured(QStringLiteral("weekday"))), from + match.capturedStart()};
}

/// Small words of English that are months elsewhere, and a day of a month without its year, are no date by themselves.
bool isDateAlone(Form form, const QRegularExpressionMatch &match)
{
    if (!match.captured(QStringLiteral("y")).isEmpty())
        return true;
    const QString name = match.captured(QStringLiteral("name"));
    const bool isByName = form == Form::DayFirst || form == Form::MonthFirst;
    return isByName && (name.at(0).isUpper() || name.size() > 4);
}

/// The rest of a line that a program has written: the times and words in it are not the line's own time.
qsizetype endOfLogLine(const QString &text, qsizetype end)
{
    static const QRegularExpression tail(
        QStringLiteral("\\G(?:[ ]+[DIWEF]\\d?[ ]+[A-Z_-]+[ ]+\\[" // mongod's up to 4.2
                       "|[ "
                       "]+\\[(?:conn\\d+|initandlisten|rs[A-Z]\\w*|repl\\w*|TTLMonitor|journal|clientcursormon|\\w*[Tt]"
                       "hread\\w*)\\][ ]"
                       "|[ ]+[\\w.-]+[ ]+[\\w./-]+\\[\\d+\\]:" // syslog's
                       "|[ ]+[\\w.-]+[ ]mongod[.\\w]*\\["
                       "|[ ]+(?:\\[[^\\]\\n]{1,60}\\][ "
                       "]+)?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|SEVERE|LOG)\\b)[^\\n]*"));
    const auto match = matchFrom(tail, text, end);
    return match.hasMatch() ? match.capturedEnd() : end;
}

/// RFC 5424: a version before the date, and the host, the program, its process and an id behind it.
void takeSyslogHead(const QString &text, FoundMoment &found)
{
    static const QRegularExpression head(QStringLiteral("<\\d{1,3}>1[ ]\\z"));
    static const QRegularExpression line(QStringLiteral("\\G[^\\n]*"));
    const qsizetype from = std::max<qsizetype>(0, found.begin - 8);
    const auto match = head.match(text.mid(from, found.begin - from));
    if (!match.hasMatch())
        return;
    found.begin = from + match.capturedStart();
    found.end = matchFrom(line, text, found.end).capturedEnd();
}

/// Days with a time behind them, or those left without one.
void takeDays(QString &text, const MomentReading &reading, bool withTime, std::vector<FoundMoment> &all)
{
    for (const Pattern &pattern : patterns()) {
        const size_t before = all.size();
        qsizetype from = 0;
        for (auto match = matchFrom(pattern.expression, text, from); match.hasMatch();
             match = matchFrom(pattern.expression, text, from)) {
            if (all.size() > MostPlaces)
                break;
            from = match.capturedEnd();
            const bool hasTime = !match.captured(QStringLiteral("h")).isEmpty();
            // "3-4 14:03" and "1.2. 14:03" without a year: of dashes none is a date.
            const bool isPart = pattern.form == Form::SlashDate && match.captured(QStringLiteral("y")).isEmpty() &&
                                match.captured(QStringLiteral("mark")) == QLatin1String("-");
            if (isPart || hasTime != withTime || (!hasTime && !isDateAlone(pattern.form, match)))
                continue;
            const auto [weekday, begin] = weekdayBefore(text, match.capturedStart());
            FoundMoment found;
            if (hasTime) {
                found = foundAt({pattern.form, match, match, zoneAfter(text, match.capturedEnd()), weekday,
                                 text.mid(begin, match.capturedEnd() - begin)},
                                text, reading);
            } else {
                found = refused(Text::tr("This is a day without a time."), match.captured());
                found.end = match.capturedEnd();
            }
            found.begin = begin;
            found.end = endOfLogLine(text, found.end);
            takeSyslogHead(text, found);
            from = found.end;
            all.push_back(std::move(found));
        }
        blankAll(text, all, before);
    }
}

/// Times of day: those with a day behind them, or those left without any.
void takeClocks(QString &text, const MomentReading &reading, bool withDay, std::vector<FoundMoment> &all)
{
    const size_t before = all.size();
    qsizetype from = 0;
    size_t looked = 0; // at more there are too many, with a day or without
    for (auto match = matchFrom(clock(), text, from); match.hasMatch(); match = matchFrom(clock(), text, from)) {
        if (looked++ > MostPlaces)
            break;
        Place place{Form::Clock, match, match, zoneAfter(text, match.capturedEnd()), 0, match.captured()};
        from = place.told.end;
        if (withDay) {
            for (const Pattern &pattern : daysBehind()) {
                place.day = matchFrom(pattern.expression, text, place.told.end);
                if (place.day.hasMatch()) {
                    place.form = pattern.form;
                    break;
                }
            }
            if (!place.day.hasMatch())
                continue;
            place.weekday = weekdayOf(place.day.captured(QStringLiteral("weekday")));
            place.told.end = place.day.capturedEnd();
            place.part = text.mid(match.capturedStart(), place.told.end - match.capturedStart());
        }
        FoundMoment found = foundAt(std::move(place), text, reading);
        found.begin = match.capturedStart();
        from = found.end;
        all.push_back(std::move(found));
    }
    blankAll(text, all, before);
}

} // namespace

std::vector<FoundMoment> takeDates(QString &text, const MomentReading &reading)
{
    std::vector<FoundMoment> all;
    takeDays(text, reading, true, all);
    takeClocks(text, reading, true, all);
    takeDays(text, reading, false, all);
    takeClocks(text, reading, false, all);
    return all;
}

} // namespace tidemark
