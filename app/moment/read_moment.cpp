#include "moment/read_moment.h"

#include "moment/date_forms.h"
#include "moment/document_forms.h"
#include "moment/plain_text.h"
#include "moment/zone_names.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::Moment)
};

constexpr size_t MostChoices = 6;
constexpr qsizetype LongestPart = 60;

QString shortened(const QString &part)
{
    const QString line = part.simplified();
    return line.size() > LongestPart ? line.left(LongestPart) + QStringLiteral("…") : line;
}

QString sentenceOf(MomentDoubt doubt, size_t all)
{
    switch (doubt) {
    case MomentDoubt::Day:
        return Text::tr("This is a time without a day. Which day?");
    case MomentDoubt::DayOrMonth:
        return Text::tr("Day and month can be read in two ways. Which one?");
    case MomentDoubt::ClockRepeat:
        return Text::tr("The clock was set back, so that this time came twice. Which one?");
    case MomentDoubt::ClockGap:
        return Text::tr("The clock was set forward, so that this time never was. Which one is meant?");
    case MomentDoubt::ZoneName:
        return Text::tr("Several zones are called so. Which one?");
    case MomentDoubt::Several:
        break;
    }
    return Text::tr("The text has %1 different times. Which one?").arg(all);
}

/// A shell's call that was not read as a whole, so that the numbers in it mean something else than they seem to.
QString halfCall(const QString &rest)
{
    static const QRegularExpression call(QStringLiteral("\\b(?:Timestamp|ISODate|Date|ObjectId)\\s*\\([^)\\n]*\\)?"
                                                        "|\\{\\s*\"?\\$(?:timestamp|date|oid)\\b[^}\\n]*\\}?"));
    return call.match(rest).captured();
}

/// What is left beside what was found; nothing where it is but marks.
QString leftOver(QString rest)
{
    static const QRegularExpression marks(QStringLiteral("^[\\s,;.()\\[\\]{}<>\"'`|]*$"));
    rest.remove(Taken);
    return marks.match(rest).hasMatch() ? QString() : rest;
}

/// A piece of a date or a time that no form took: to leave it out would be half a reading. No version, address or port.
QString halfTime(const QString &rest)
{
    static const QRegularExpression timeLike(QStringLiteral(
        "(?<![\\w.:])(?:\\d{1,2}(?::\\d{1,2}){2,}(?!\\d)\\S*|\\d{1,2}:\\d{2}(?!\\d)\\S*|\\d{4}-\\d{1,2}(?:-\\S*)?"
        "|\\d{1,2}/\\d{1,2}/\\d{2,4}\\S*|\\d{1,2}\\.\\d{1,2}\\.\\d{4}\\S*)"));
    return timeLike.match(rest).captured();
}

/// A word that changes the moment and that no form took: arithmetic ("5 minutes before …"), the day of the week of a
/// bare time, another day's word, a part of the day, a zone by a name that is not known, an increment.
QString changingWord(const QString &rest)
{
    static const QRegularExpression word(
        QStringLiteral("(?<![\\p{L}\\d])(?:half|quarter|before|after|minus|plus|earlier|later|tomorrow|yesterday|today"
                       "|noon|midnight|morning|afternoon|evening|night|tonight|nachmittags|abends|morgens|fr\u00fch"
                       "|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?"
                       "|sun(?:day)?|eastern|pacific|mountain|central|standard time|daylight|summer time|inc(?:rement)?"
                       "|ago|last|next)(?![\\p{L}\\d])"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression zone(QStringLiteral("(?<![\\p{L}\\d_.])(?:(?:UTC|GMT)[+-]?\\d*|[CEMP]T|[A-Z]{3,5})"
                                                        "(?![\\p{L}\\d_])"));
    if (const auto match = word.match(rest); match.hasMatch())
        return match.captured();
    static const QStringList others{QStringLiteral("WIB"), QStringLiteral("WITA"), QStringLiteral("WIT")};
    for (auto match = matchFrom(zone, rest, 0); match.hasMatch(); match = matchFrom(zone, rest, match.capturedEnd())) {
        const QString name = match.captured();
        const bool isZone = name.size() == 2 || name.startsWith(QLatin1String("UTC")) ||
                            name.startsWith(QLatin1String("GMT")) || others.contains(name) || isZoneAbbreviation(name);
        if (isZone)
            return name;
    }
    return {};
}

/// Different moments of all places, in the order of time; nothing where one of them holds for all.
std::vector<Moment> differentOnes(const std::vector<FoundMoment> &all)
{
    std::vector<Moment> different;
    for (const FoundMoment &found : all) {
        for (const Moment &moment : found.moments) {
            const auto isSame = [&moment](const Moment &other) {
                return other.milliseconds == moment.milliseconds && other.increment == moment.increment;
            };
            if (std::ranges::none_of(different, isSame))
                different.push_back(moment);
            if (different.size() > 4096)
                return different; // they are asked about, and not all are shown
        }
    }
    std::ranges::stable_sort(different, {}, &Moment::milliseconds);
    return different;
}

bool tells(const FoundMoment &found, const Moment &moment)
{
    return std::ranges::any_of(found.moments, [&](const Moment &one) {
        const bool isOtherEntry = one.increment && moment.increment && one.increment != moment.increment;
        return one.milliseconds == moment.milliseconds && !isOtherEntry;
    });
}

MomentAnswer question(MomentDoubt doubt, std::vector<Moment> choices)
{
    const size_t all = choices.size();
    if (choices.size() > MostChoices) // the first and the last, since what is searched is mostly an edge
        choices.erase(choices.begin() + MostChoices / 2, choices.end() - MostChoices / 2);
    return MomentQuestion{doubt, sentenceOf(doubt, all), std::move(choices)};
}

MomentAnswer answerOf(const std::vector<FoundMoment> &all)
{
    if (all.size() == 1 && all.front().moments.size() > 1)
        return question(all.front().doubt, all.front().moments);
    // "14:03:07 UTC (15:03:07 CET)": what one place says for certain, the others may say too.
    for (const FoundMoment &found : all) {
        const bool isCertain = found.moments.size() == 1;
        if (isCertain &&
            std::ranges::all_of(all, [&](const FoundMoment &one) { return tells(one, found.moments.front()); }))
            return found.moments.front();
    }
    std::vector<Moment> different = differentOnes(all);
    if (different.size() == 1)
        return different.front();
    return question(MomentDoubt::Several, std::move(different));
}

} // namespace

qint64 Moment::seconds() const
{
    return milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000;
}

MomentAnswer readMoment(const QString &text, const MomentReading &reading)
{
    if (text.size() > LongestMomentText)
        return MomentRefusal{Text::tr("This text is too long: %1 characters, at most %2 are read.")
                                 .arg(text.size())
                                 .arg(LongestMomentText),
                             {}};
    QString rest = plainText(text);
    if (rest.trimmed().isEmpty())
        return NoMoment{};
    std::vector<FoundMoment> all = takeDocuments(rest, reading);
    for (auto takeMore : {takeDates, takeSpans}) {
        for (FoundMoment &found : takeMore(rest, reading))
            all.push_back(std::move(found));
    }
    if (const QString call = halfCall(rest); !call.isEmpty())
        return MomentRefusal{Text::tr("This part was not understood."), shortened(call)};
    const bool hasTimes = std::ranges::any_of(all, [](const FoundMoment &found) { return !found.isMark; });
    if (!hasTimes) {
        for (FoundMoment &found : takeNumbers(rest))
            all.push_back(std::move(found));
    } else {
        std::erase_if(all, [](const FoundMoment &found) { return found.isMark; });
    }
    for (const FoundMoment &found : all) {
        if (found.moments.empty())
            return MomentRefusal{found.refusal.sentence, shortened(found.refusal.part)};
    }
    const QString left = leftOver(rest);
    if (all.empty())
        return MomentRefusal{Text::tr("There is no time in this text."), shortened(left)};
    static const QRegularExpression word(QStringLiteral("\\p{L}{2}"));
    const bool hasWords = word.match(left).hasMatch();
    // A line of a log or a document has words of its own, and no person's arithmetic.
    const bool isProse = std::ranges::none_of(all, [](const FoundMoment &found) { return found.isWhole; });
    QString half = hasWords ? halfTime(rest) : left;
    if (half.isEmpty() && hasWords && isProse)
        half = changingWord(rest);
    if (!half.isEmpty())
        return MomentRefusal{Text::tr("This part was not understood."), shortened(half)};
    return answerOf(all);
}

} // namespace tidemark
