#include "moment/zone_names.h"

#include "moment/plain_text.h"

#include <QDateTime>
#include <QHash>
#include <QMutex>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace tidemark {

namespace {

constexpr qint64 DayMilliseconds = 86400000;

NamedZone offsetZone(int seconds)
{
    const int minutes = std::abs(seconds) / 60;
    const QString name = QStringLiteral("UTC%1%2:%3")
                             .arg(seconds < 0 ? QLatin1Char('-') : QLatin1Char('+'))
                             .arg(minutes / 60, 2, 10, QLatin1Char('0'))
                             .arg(minutes % 60, 2, 10, QLatin1Char('0'));
    return {QTimeZone(seconds), name};
}

/// Abbreviations as mail programs, chats and logs write them, with all offsets (in minutes) that go by them. Those that
/// several parts of the world use have more than one.
const QHash<QString, std::vector<int>> &abbreviations()
{
    static const QHash<QString, std::vector<int>> known{
        {QStringLiteral("WET"), {0}},         {QStringLiteral("WEST"), {60}},
        {QStringLiteral("BST"), {60, 360}},   {QStringLiteral("CET"), {60}},
        {QStringLiteral("MEZ"), {60}},        {QStringLiteral("CEST"), {120}},
        {QStringLiteral("MESZ"), {120}},      {QStringLiteral("EET"), {120}},
        {QStringLiteral("EEST"), {180}},      {QStringLiteral("MSK"), {180}},
        {QStringLiteral("EST"), {-300}},      {QStringLiteral("EDT"), {-240}},
        {QStringLiteral("CST"), {-360, 480}}, {QStringLiteral("CDT"), {-300}},
        {QStringLiteral("MST"), {-420}},      {QStringLiteral("MDT"), {-360}},
        {QStringLiteral("PST"), {-480}},      {QStringLiteral("PDT"), {-420}},
        {QStringLiteral("AKST"), {-540}},     {QStringLiteral("AKDT"), {-480}},
        {QStringLiteral("HST"), {-600}},      {QStringLiteral("IST"), {60, 120, 330}},
        {QStringLiteral("JST"), {540}},       {QStringLiteral("KST"), {540}},
        {QStringLiteral("SGT"), {480}},       {QStringLiteral("HKT"), {480}},
        {QStringLiteral("AWST"), {480}},      {QStringLiteral("ACST"), {570}},
        {QStringLiteral("ACDT"), {630}},      {QStringLiteral("AEST"), {600}},
        {QStringLiteral("AEDT"), {660}},      {QStringLiteral("NZST"), {720}},
        {QStringLiteral("NZDT"), {780}},      {QStringLiteral("SAST"), {120}},
        {QStringLiteral("BRT"), {-180}},      {QStringLiteral("ART"), {-180}},
    };
    return known;
}

/// Ids of the data base without a region, and regions' that are no cities, with the zones that they are links to: not
/// every machine has the links.
const QHash<QString, QByteArray> &links()
{
    static const QHash<QString, QByteArray> known{{QStringLiteral("est5edt"), "America/New_York"},
                                                  {QStringLiteral("cst6cdt"), "America/Chicago"},
                                                  {QStringLiteral("mst7mdt"), "America/Denver"},
                                                  {QStringLiteral("pst8pdt"), "America/Los_Angeles"},
                                                  {QStringLiteral("us/eastern"), "America/New_York"},
                                                  {QStringLiteral("us/central"), "America/Chicago"},
                                                  {QStringLiteral("us/mountain"), "America/Denver"},
                                                  {QStringLiteral("us/pacific"), "America/Los_Angeles"},
                                                  {QStringLiteral("us/alaska"), "America/Anchorage"},
                                                  {QStringLiteral("us/hawaii"), "Pacific/Honolulu"},
                                                  {QStringLiteral("us/arizona"), "America/Phoenix"},
                                                  {QStringLiteral("navajo"), "America/Denver"},
                                                  {QStringLiteral("cuba"), "America/Havana"},
                                                  {QStringLiteral("jamaica"), "America/Jamaica"},
                                                  {QStringLiteral("egypt"), "Africa/Cairo"},
                                                  {QStringLiteral("libya"), "Africa/Tripoli"},
                                                  {QStringLiteral("gb"), "Europe/London"},
                                                  {QStringLiteral("gb-eire"), "Europe/London"},
                                                  {QStringLiteral("eire"), "Europe/Dublin"},
                                                  {QStringLiteral("iceland"), "Atlantic/Reykjavik"},
                                                  {QStringLiteral("poland"), "Europe/Warsaw"},
                                                  {QStringLiteral("portugal"), "Europe/Lisbon"},
                                                  {QStringLiteral("turkey"), "Europe/Istanbul"},
                                                  {QStringLiteral("met"), "Europe/Brussels"},
                                                  {QStringLiteral("w-su"), "Europe/Moscow"},
                                                  {QStringLiteral("iran"), "Asia/Tehran"},
                                                  {QStringLiteral("israel"), "Asia/Jerusalem"},
                                                  {QStringLiteral("hongkong"), "Asia/Hong_Kong"},
                                                  {QStringLiteral("japan"), "Asia/Tokyo"},
                                                  {QStringLiteral("prc"), "Asia/Shanghai"},
                                                  {QStringLiteral("roc"), "Asia/Taipei"},
                                                  {QStringLiteral("rok"), "Asia/Seoul"},
                                                  {QStringLiteral("singapore"), "Asia/Singapore"},
                                                  {QStringLiteral("kwajalein"), "Pacific/Kwajalein"},
                                                  {QStringLiteral("nz"), "Pacific/Auckland"},
                                                  {QStringLiteral("nz-chat"), "Pacific/Chatham"},
                                                  {QStringLiteral("zulu"), "UTC"},
                                                  {QStringLiteral("universal"), "UTC"},
                                                  {QStringLiteral("uct"), "UTC"},
                                                  {QStringLiteral("greenwich"), "UTC"},
                                                  {QStringLiteral("gmt0"), "UTC"}};
    return known;
}

/// Ids of the zone data base by their whole and by their city's name, small, with spaces.
const QHash<QString, QByteArray> &places()
{
    static const QHash<QString, QByteArray> known = [] {
        QHash<QString, QByteArray> found;
        for (const QByteArray &id : QTimeZone::availableTimeZoneIds()) {
            const QString name = QString::fromLatin1(id);
            if (!name.contains(QLatin1Char('/')))
                continue;
            found.insert(name.toLower(), id);
            if (name.startsWith(QLatin1String("Etc/")) || name.startsWith(QLatin1String("posix/")) ||
                name.startsWith(QLatin1String("right/")))
                continue;
            QString city = name.section(QLatin1Char('/'), -1).toLower();
            city.replace(QLatin1Char('_'), QLatin1Char(' '));
            // Old names ("US/Pacific") and regions are no cities; of two the shorter id is the usual one.
            if (name.startsWith(QLatin1String("US/")) || name.startsWith(QLatin1String("Canada/")) ||
                name.startsWith(QLatin1String("Mexico/")) || name.startsWith(QLatin1String("Brazil/")) ||
                name.startsWith(QLatin1String("Chile/")) || name.startsWith(QLatin1String("System")))
                continue;
            QByteArray &held = found[city];
            if (held.isEmpty() || id.size() < held.size())
                held = id;
        }
        return found;
    }();
    return known;
}

/// The zone of this name, as it is written ("Etc/GMT+5") or as it is listed; nothing where there is none.
std::optional<NamedZone> zoneCalled(const QString &written)
{
    const QString name = written.toLower();
    if (const auto link = links().constFind(name); link != links().cend())
        return *link == "UTC" ? utcZone() : NamedZone{QTimeZone(*link), QString::fromLatin1(*link)};
    QString spaced = name;
    if (!name.contains(QLatin1Char('/')))
        spaced.replace(QLatin1Char('_'), QLatin1Char(' '));
    if (const auto place = places().constFind(spaced); place != places().cend())
        return NamedZone{QTimeZone(*place), QString::fromLatin1(*place)};
    // Old names are not listed. What is looked for is a file: nothing else than an id may be looked for.
    static const QRegularExpression id(QStringLiteral("\\A[A-Z][A-Za-z]+(?:/[A-Za-z0-9_+-]+){1,2}\\z"));
    if (!id.match(written).hasMatch())
        return std::nullopt;
    static QHash<QString, bool> looked;
    static QMutex guard;
    const QMutexLocker lock(&guard);
    auto known = looked.constFind(written);
    if (known == looked.cend()) {
        if (looked.size() > 1000)
            looked.clear();
        known = looked.insert(written, QTimeZone(written.toLatin1()).isValid());
    }
    return *known ? std::optional(NamedZone{QTimeZone(written.toLatin1()), written}) : std::nullopt;
}

constexpr int MostWords = 4; // "port of spain", "dar es salaam"

ZoneMatch placeAt(const QString &text, qsizetype from)
{
    static const QRegularExpression word(QStringLiteral("\\G[A-Za-z][A-Za-z0-9_/.'+-]*"));
    static const QRegularExpression gap(QStringLiteral("\\G[ _]"));
    std::array<qsizetype, MostWords> ends{};
    size_t count = 0;
    for (qsizetype at = from; count < MostWords;) {
        const auto match = matchFrom(word, text, at);
        if (!match.hasMatch())
            break;
        ends[count++] = match.capturedEnd();
        const auto space = matchFrom(gap, text, match.capturedEnd());
        if (!space.hasMatch())
            break;
        at = space.capturedEnd();
    }
    for (size_t words = count; words > 0; --words) {
        QString name = text.mid(from, ends[words - 1] - from);
        while (name.endsWith(QLatin1Char('.')) || name.endsWith(QLatin1Char('\'')))
            name.chop(1);
        if (const auto found = zoneCalled(name))
            return {name.size(), {*found}};
    }
    return {};
}

ZoneMatch offsetAt(const QString &text, qsizetype from)
{
    static const QRegularExpression form(QStringLiteral("\\G(?:UTC|GMT)?([+-])(\\d{1,2})(?::?(\\d{2}))?(?![\\d:])"),
                                         QRegularExpression::CaseInsensitiveOption);
    const auto match = matchFrom(form, text, from);
    if (!match.hasMatch())
        return {};
    const int hours = match.captured(2).toInt();
    const int minutes = match.captured(3).toInt();
    // No zone is so many minutes off, or less than an hour: that is a span of time.
    if (hours > 14 || minutes % 15 != 0 || minutes > 45 || (hours == 0 && minutes > 0))
        return {};
    const int seconds = (hours * 3600 + minutes * 60) * (match.captured(1) == QLatin1String("-") ? -1 : 1);
    return {match.capturedLength(), {seconds == 0 ? utcZone() : offsetZone(seconds)}};
}

ZoneMatch abbreviationAt(const QString &text, qsizetype from)
{
    static const QRegularExpression form(QStringLiteral("\\G(?:(UTC|GMT|Z|utc|gmt|z)|([A-Z]{3,4}))(?![A-Za-z0-9/_])"));
    const auto match = matchFrom(form, text, from);
    if (!match.hasMatch())
        return {};
    if (match.hasCaptured(1) && !match.captured(1).isEmpty())
        return {match.capturedLength(), {utcZone()}};
    const auto known = abbreviations().constFind(match.captured(2));
    if (known == abbreviations().cend())
        return {};
    ZoneMatch result{match.capturedLength(), {}};
    for (const int minutes : *known)
        result.zones.push_back(minutes == 0 ? utcZone() : offsetZone(minutes * 60));
    return result;
}

} // namespace

bool isZoneAbbreviation(const QString &word)
{
    return word == QLatin1String("UTC") || word == QLatin1String("GMT") || abbreviations().contains(word);
}

NamedZone utcZone()
{
    return {QTimeZone::utc(), QStringLiteral("UTC")};
}

QString zoneName(const QTimeZone &zone)
{
    const QString id = QString::fromLatin1(zone.id());
    const bool isUtc = id == QLatin1String("UTC") || id == QLatin1String("Etc/UTC");
    return isUtc ? utcZone().name : id;
}

ZoneMatch zoneAt(const QString &text, qsizetype from)
{
    if (from < text.size() && (text.at(from) == QLatin1Char('[') || text.at(from) == QLatin1Char('('))) {
        const QChar close = text.at(from) == QLatin1Char('[') ? QLatin1Char(']') : QLatin1Char(')');
        ZoneMatch inner = zoneAt(text, from + 1);
        if (inner.length > 0 && from + 1 + inner.length < text.size() && text.at(from + 1 + inner.length) == close) {
            inner.length += 2;
            return inner;
        }
        return {};
    }
    if (ZoneMatch match = offsetAt(text, from); match.length > 0)
        return match;
    if (ZoneMatch match = abbreviationAt(text, from); match.length > 0)
        return match;
    return placeAt(text, from);
}

std::vector<qint64> momentsAt(const QDate &date, const QTime &time, const QTimeZone &zone)
{
    const qint64 wall = QDateTime(date, time, Qt::UTC).toMSecsSinceEpoch();
    std::vector<qint64> found;
    for (const qint64 beside : {-DayMilliseconds, DayMilliseconds}) {
        const int offset = zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(wall + beside, Qt::UTC));
        const qint64 moment = wall - qint64{offset} * 1000;
        const bool isShown = zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(moment, Qt::UTC)) == offset;
        if (isShown && std::ranges::find(found, moment) == found.end())
            found.push_back(moment);
    }
    std::ranges::sort(found);
    return found;
}

std::vector<qint64> momentsBesideGap(const QDate &date, const QTime &time, const QTimeZone &zone)
{
    const qint64 wall = QDateTime(date, time, Qt::UTC).toMSecsSinceEpoch();
    std::vector<qint64> found;
    for (const qint64 beside : {-DayMilliseconds, DayMilliseconds})
        found.push_back(wall -
                        qint64{zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(wall + beside, Qt::UTC))} * 1000);
    std::ranges::sort(found);
    return found;
}

} // namespace tidemark
