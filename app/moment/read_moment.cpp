#include "moment/read_moment.h"

#include "moment/date_forms.h"
#include "moment/document_forms.h"
#include "moment/left_over.h"
#include "moment/plain_text.h"

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

/// Different moments of all places, in the order of time; nothing where one of them holds for all.
std::vector<Moment> differentOnes(const std::vector<FoundMoment> &all)
{
    std::vector<Moment> different;
    for (const FoundMoment &found : all)
        different.insert(different.end(), found.moments.begin(), found.moments.end());
    const auto which = [](const Moment &moment) { return std::pair(moment.milliseconds, moment.increment); };
    std::ranges::stable_sort(different, {}, which);
    const auto isSame = [&which](const Moment &one, const Moment &other) { return which(one) == which(other); };
    different.erase(std::unique(different.begin(), different.end(), isSame), different.end());
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

/// What is in a text, and what is left beside it.
struct Found
{
    std::vector<FoundMoment> all;
    QString half;     ///< what was read only in part
    QString left;     ///< all that was not read
    QString changing; ///< of it what changes the moment
};

Found findIn(const QString &plain, const MomentReading &reading)
{
    QString rest = plain;
    Found found{takeDocuments(rest, reading), {}, {}, {}};
    for (auto takeMore : {takeDates, takeSpans}) {
        for (FoundMoment &one : takeMore(rest, reading))
            found.all.push_back(std::move(one));
    }
    if (found.all.size() > MostPlaces)
        return found;
    found.half = halfRead(rest);
    const bool hasTimes = std::ranges::any_of(found.all, [](const FoundMoment &one) { return !one.isMark; });
    if (hasTimes) {
        std::erase_if(found.all, [](const FoundMoment &one) { return one.isMark; });
    } else {
        for (FoundMoment &one : takeNumbers(rest))
            found.all.push_back(std::move(one));
    }
    found.left = leftOver(rest);
    if (found.left.isEmpty())
        return found;
    static const QRegularExpression word(QStringLiteral("\\p{L}{2}"));
    if (!word.match(found.left).hasMatch()) {
        found.changing = found.left;
        return found;
    }
    const bool dayIsOpen = std::ranges::any_of(
        found.all, [](const FoundMoment &one) { return one.moments.size() > 1 && one.doubt == MomentDoubt::Day; });
    found.changing = halfTime(rest);
    if (found.changing.isEmpty())
        found.changing = changingPart(rest, dayIsOpen);
    return found;
}

MomentAnswer answerOf(const Found &found)
{
    const auto refused = [](const QString &sentence, const QString &part) {
        return MomentRefusal{sentence, shortened(part)};
    };
    if (found.all.size() > MostPlaces)
        return refused(
            Text::tr("This text has more times than are read: at most %1. Leave the line that counts.").arg(MostPlaces),
            {});
    if (!found.half.isEmpty())
        return refused(Text::tr("This part was not understood."), found.half);
    for (const FoundMoment &one : found.all) {
        if (one.moments.empty())
            return refused(one.refusal.sentence, one.refusal.part);
    }
    if (found.all.empty())
        return refused(Text::tr("There is no time in this text."), found.left);
    if (!found.changing.isEmpty())
        return refused(Text::tr("This part was not understood."), found.changing);
    return answerOf(found.all);
}

bool namesItsZone(const FoundMoment &found)
{
    return std::ranges::any_of(found.moments, &Moment::zoneWasTold);
}

MomentAnswer readAnew(const QString &text, const MomentReading &reading)
{
    if (text.size() > LongestMomentText)
        return MomentRefusal{Text::tr("This text is too long: %1 characters, at most %2 are read. Leave the line that "
                                      "counts, or have the file searched by “Find in the logs…”.")
                                 .arg(text.size())
                                 .arg(LongestMomentText),
                             {}};
    const QString plain = plainText(text);
    if (plain.trimmed().isEmpty())
        return NoMoment{};
    Found found = findIn(plain, reading);
    // "Time (UTC): 2026-11-27 14:03:07"
    const bool isHeadedUtc = found.changing == QLatin1String("UTC") || found.changing == QLatin1String("GMT");
    if (isHeadedUtc && std::ranges::none_of(found.all, namesItsZone)) {
        QString rest = plain;
        static const QRegularExpression utc(QStringLiteral("(?<![\\p{L}\\d_.])(?:UTC|GMT)(?![\\p{L}\\d_+-])"));
        found = findIn(rest.replace(utc, QStringLiteral("   ")), {reading.now, QTimeZone::utc()});
        for (FoundMoment &one : found.all) {
            for (Moment &moment : one.moments)
                moment.zoneWasTold = true;
        }
    }
    return answerOf(found);
}

/// Whether it says something else at another time.
bool movesOn(const MomentAnswer &answer)
{
    const auto moves = [](const Moment &moment) {
        return moment.form == MomentForm::Relative || moment.form == MomentForm::DayAndTime || !moment.yearWasTold;
    };
    if (const auto *moment = std::get_if<Moment>(&answer))
        return moves(*moment);
    const auto *question = std::get_if<MomentQuestion>(&answer);
    return question != nullptr; // not all of its choices are known here
}

} // namespace

qint64 Moment::seconds() const
{
    return milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000;
}

MomentAnswer readMoment(const QString &text, const MomentReading &reading)
{
    // With one key the field, the rules and the rail ask for the same text.
    struct Last
    {
        QString text;
        QByteArray zone;
        qint64 second = 0;
        MomentAnswer answer;
        bool movesOn = false;
    };
    static thread_local Last last;
    const QByteArray zone = reading.zone.id();
    const qint64 second = reading.now.toSecsSinceEpoch();
    const bool isKnown = text == last.text && zone == last.zone && (!last.movesOn || second == last.second);
    if (!isKnown) {
        MomentAnswer answer = readAnew(text, reading);
        const bool movesOn = tidemark::movesOn(answer);
        last = {text, zone, second, std::move(answer), movesOn};
    }
    return last.answer;
}

} // namespace tidemark
