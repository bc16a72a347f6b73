#include "moment/date_forms.h"

#include "moment/plain_text.h"
#include "moment/wall_clock.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::Moment)
};

/// Hour, minute, second, fraction and half of the day of a time of day.
const QString timeForm = QStringLiteral(
    "(?<h>\\d{1,2}):(?<min>\\d{2})(?::(?<s>\\d{2})(?:[.,](?<f>\\d{1,9}))?)?(?:[ ]?(?<half>[AaPp])\\.?[Mm]\\b\\.?)?");
const QString weekday = QStringLiteral("(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\\.?,?[ ]+)?");
const QString monthName = QStringLiteral("(?<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\\.?");

enum class Form { Iso, Compact, DotDate, SlashDate, LogDate, DayFirst, MonthFirst, DayWord, Clock };

struct Pattern
{
    Form form;
    QRegularExpression expression;
};

QRegularExpression expression(const QString &pattern)
{
    QRegularExpression made(pattern, QRegularExpression::CaseInsensitiveOption);
    made.optimize();
    return made;
}

/// The most telling first: what one has found, the next does not see.
const std::array<Pattern, 9> &patterns()
{
    static const std::array<Pattern, 9> all{{
        {Form::Iso, expression(QStringLiteral("(?<![\\w.-])(?<y>\\d{4})([-/.])(?<m>\\d{1,2})\\2(?<d>\\d{1,2})"
                                              "(?:(?:T[ ]?|[ _]+|,[ ]*|[ ]+at[ ]+)") +
                               timeForm + QStringLiteral(")?"))},
        {Form::Compact, expression(QStringLiteral("(?<![\\w.-])(?<y>\\d{4})(?<m>\\d{2})(?<d>\\d{2})T(?<h>\\d{2})"
                                                  "(?<min>\\d{2})(?<s>\\d{2})?(?:[.,](?<f>\\d{1,9}))?(?<half>)"))},
        {Form::LogDate, expression(QStringLiteral("(?<![\\w/])(?<d>\\d{1,2})/") + monthName +
                                   QStringLiteral("/(?<y>\\d{4})[: ]") + timeForm)},
        {Form::DotDate, expression(QStringLiteral("(?<![\\w.])(?<d>\\d{1,2})\\.[ ]?(?<m>\\d{1,2})\\.[ "
                                                  "]?(?<y>\\d{4}|\\d{2}(?=,?[ ]+(?:at[ ]+|um[ ]+)?\\d{1,2}:))"
                                                  "(?!\\d)(?:(?:[ ]+|,[ ]*|[ ]+(?:at|um)[ ]+)") +
                                   timeForm + QStringLiteral(")?"))},
        {Form::SlashDate,
         expression(QStringLiteral("(?<![\\w/-])(?<d>\\d{1,2})([/-])(?<m>\\d{1,2})\\2(?<y>\\d{4}|\\d{2}(?=,?[ ]+(?:at[ "
                                   "]+|um[ ]+)?\\d{1,2}:))"
                                   "(?!\\d)(?:(?:[ ]+|,[ ]*|[ ]+at[ ]+)") +
                    timeForm + QStringLiteral(")?"))},
        {Form::DayFirst,
         expression(QStringLiteral("(?<!\\w)") + weekday + QStringLiteral("(?<d>\\d{1,2})(?:\\.|st|nd|rd|th)?[ -]+") +
                    monthName + QStringLiteral("[ ,-]+(?<y>\\d{4})(?:(?:[ ]+|,[ ]*|[ ]+at[ ]+)") + timeForm +
                    QStringLiteral(")?"))},
        {Form::MonthFirst, expression(QStringLiteral("(?<!\\w)") + weekday + monthName +
                                      QStringLiteral("[ ]+(?<d>\\d{1,2})(?:st|nd|rd|th)?(?:,?[ ]+(?<y>\\d{4}))?"
                                                     "(?:[ ]+|,[ ]*|,?[ ]+at[ ]+)") +
                                      timeForm)},
        {Form::DayWord, expression(QStringLiteral("(?<!\\w)(?<word>today|yesterday)(?:,?[ ]+(?:at[ ]+)?)") + timeForm)},
        {Form::Clock, expression(QStringLiteral("(?<![\\w:.-])") + timeForm +
                                 QStringLiteral("(?:[ ]+(?<word>today|yesterday)\\b)?"))},
    }};
    return all;
}

int monthOf(const QString &name)
{
    static const QString names = QStringLiteral("janfebmaraprmayjunjulaugsepoctnovdec");
    return static_cast<int>(names.indexOf(name.left(3).toLower())) / 3 + 1;
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

void addDate(WallClock &wall, int year, int month, int day)
{
    const QDate date(year, month, day);
    if (date.isValid() && std::ranges::find(wall.dates, date) == wall.dates.end())
        wall.dates.push_back(date);
}

/// Where a text of this form stands in the zone; its last two days of this time of day, not after now.
void addDays(WallClock &wall, const QString &word, const QTimeZone &zone, const QDateTime &now)
{
    const QDateTime here = now.toTimeZone(zone);
    wall.form = MomentForm::DayAndTime;
    if (!word.isEmpty()) {
        wall.dates = {here.date().addDays(word.compare(QLatin1String("today"), Qt::CaseInsensitive) == 0 ? 0 : -1)};
        return;
    }
    wall.doubtOfDate = MomentDoubt::Day;
    const int last = wall.time <= here.time() ? 0 : -1;
    wall.dates = {here.date().addDays(last), here.date().addDays(last - 1)};
}

/// The latest year in which the day is not in the future, with a day's room for zones.
void addLatestYear(WallClock &wall, int month, int day, const QDateTime &now)
{
    wall.yearWasTold = false;
    const QDate last = now.date().addDays(1);
    for (int year = last.year(); year > last.year() - 5; --year) { // 29 February comes every four years
        const QDate date(year, month, day);
        if (date.isValid() && date <= last) {
            wall.dates = {date};
            return;
        }
    }
}

struct Told
{
    qsizetype end = 0;
    std::vector<NamedZone> zones;
    std::optional<QTimeZone> named; ///< beside an offset, as Java writes it: "+01:00[Europe/Berlin]"
};

/// The zone after a time: glued to it or after a space, where a lone "-5" would be a number.
Told zoneAfter(const QString &text, qsizetype end)
{
    static const QRegularExpression lone(QStringLiteral("\\G[+-]\\d{1,2}(?![\\d:])"));
    static const QRegularExpression gap(QStringLiteral("\\G[ ]+(?:in[ ]+|\\()?"));
    if (ZoneMatch match = zoneAt(text, end); match.length > 0) {
        const qsizetype after = end + match.length;
        const bool isNamedToo = after < text.size() && text.at(after) == QLatin1Char('[');
        if (const ZoneMatch named = isNamedToo ? zoneAt(text, after) : ZoneMatch(); named.length > 0)
            return {after + named.length, std::move(match.zones), named.zones.front().zone};
        return {after, std::move(match.zones), {}};
    }
    const auto space = matchFrom(gap, text, end);
    if (!space.hasMatch() || matchFrom(lone, text, space.capturedEnd()).hasMatch())
        return {end, {}, {}};
    ZoneMatch match = zoneAt(text, space.capturedEnd());
    if (match.length == 0)
        return {end, {}, {}};
    qsizetype after = space.capturedEnd() + match.length;
    if (space.captured().endsWith(QLatin1Char('(')) && after < text.size() && text.at(after) == QLatin1Char(')'))
        ++after;
    const QString written = text.mid(space.capturedEnd(), match.length);
    const bool isWord = written.at(0).isLower() && written != QLatin1String("utc") && written != QLatin1String("gmt");
    // "north" is a word of English and a zone; a city in small letters ends the text.
    if (isWord && !text.mid(after).trimmed().isEmpty())
        return {end, {}, {}};
    return {after, std::move(match.zones), {}};
}

/// What is glued to a time and belongs to no form: "14:03:07Zabc", "14:03:99:1". An upper-case word that ends like a
/// zone's and is none would change the moment by hours.
QString gluedPart(const QString &text, qsizetype end)
{
    static const QRegularExpression glued(QStringLiteral("\\G(?:[\\w:+]|[.,-](?=\\d))\\S*"));
    static const QRegularExpression zoneLike(QStringLiteral("\\G[ ]+([A-Z]{2,4}T)\\b"));
    if (const auto match = matchFrom(glued, text, end); match.hasMatch())
        return match.captured();
    const auto unknown = matchFrom(zoneLike, text, end);
    return unknown.hasMatch() ? unknown.captured(1) : QString();
}

FoundMoment refused(const QString &sentence, const QString &part)
{
    FoundMoment found;
    found.refusal = {sentence, part};
    return found;
}

FoundMoment foundBy(Form form, const QRegularExpressionMatch &match, const QString &text, const MomentReading &reading)
{
    const auto number = [&match](const char *name) { return match.captured(QString::fromLatin1(name)).toInt(); };
    if (match.captured(QStringLiteral("h")).isEmpty()) {
        FoundMoment found = refused(Text::tr("This is a day without a time."), match.captured());
        found.end = match.capturedEnd();
        return found;
    }
    Told told = zoneAfter(text, match.capturedEnd());
    WallClock wall;
    wall.time = timeOf(match);
    int year = number("y");
    if (form == Form::MonthFirst && year == 0) { // "Fri Nov 27 15:22:59 UTC 2026"
        static const QRegularExpression yearAfter(QStringLiteral("\\G[ ]+(\\d{4})(?![\\d:.-])"));
        if (const auto after = matchFrom(yearAfter, text, told.end); after.hasMatch()) {
            year = after.captured(1).toInt();
            told.end = after.capturedEnd();
        }
    }
    const QString yearText = match.captured(QStringLiteral("y"));
    switch (form) {
    case Form::Iso:
    case Form::Compact:
    case Form::DotDate:
        addDate(wall, year, number("m"), number("d"));
        break;
    case Form::SlashDate:
        wall.doubtOfDate = MomentDoubt::DayOrMonth;
        addDate(wall, year, number("m"), number("d"));
        addDate(wall, year, number("d"), number("m"));
        break;
    case Form::LogDate:
    case Form::DayFirst:
        addDate(wall, year, monthOf(match.captured(QStringLiteral("name"))), number("d"));
        break;
    case Form::MonthFirst:
        if (year == 0)
            addLatestYear(wall, monthOf(match.captured(QStringLiteral("name"))), number("d"), reading.now);
        else
            addDate(wall, year, monthOf(match.captured(QStringLiteral("name"))), number("d"));
        break;
    case Form::DayWord:
    case Form::Clock:
        addDays(wall, match.captured(QStringLiteral("word")),
                told.zones.empty() ? reading.zone : told.zones.front().zone, reading.now);
        break;
    }
    FoundMoment found;
    const QString glued = gluedPart(text, told.end);
    if (yearText.size() == 2)
        found = refused(Text::tr("Write the year with four digits."), match.captured());
    else if (!glued.isEmpty())
        found = refused(Text::tr("This part was not understood."), glued);
    else
        found = momentsOf(wall, told.zones, reading);
    const auto contradicts = [&](const Moment &moment) {
        return told.named->offsetFromUtc(moment.time()) != told.zones.front().zone.offsetFromUtc(moment.time());
    };
    if (told.named && std::ranges::any_of(found.moments, contradicts))
        found = refused(Text::tr("Offset and zone contradict each other."), match.captured());
    if (found.moments.empty() && found.refusal.part.isEmpty())
        found.refusal.part = match.captured();
    static const QRegularExpression logTail( // mongod's up to 4.2, syslog's
        QStringLiteral("\\G[ ]+(?:[DIWEF][ ]+[A-Z_-]+[ ]+\\[|\\[[A-Za-z0-9]+\\][ ]|[\\w.-]+[ ]mongod[.\\w]*\\[)"));
    found.isWhole = matchFrom(logTail, text, told.end).hasMatch();
    found.end = told.end;
    return found;
}

} // namespace

std::vector<FoundMoment> takeDates(QString &text, const MomentReading &reading)
{
    std::vector<FoundMoment> all;
    for (const Pattern &pattern : patterns()) {
        const size_t before = all.size();
        qsizetype from = 0;
        for (auto match = matchFrom(pattern.expression, text, from); match.hasMatch();
             match = matchFrom(pattern.expression, text, from)) {
            FoundMoment found = foundBy(pattern.form, match, text, reading);
            found.begin = match.capturedStart();
            from = found.end;
            all.push_back(std::move(found));
        }
        blankAll(text, all, before);
    }
    return all;
}

} // namespace tidemark
