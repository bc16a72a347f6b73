#include "moment/zone_after.h"

#include "moment/plain_text.h"

namespace tidemark {

namespace {

/// "+0100 (CET)", "GMT+0000 (Coordinated Universal Time)": a name in brackets says the offset again.
void takeComment(const QString &text, ToldZone &told)
{
    static const QRegularExpression comment(QStringLiteral("\\G[ ]*\\((\\p{L}[\\p{L} .'-]*)\\)"));
    const auto match = matchFrom(comment, text, told.end);
    if (!match.hasMatch())
        return;
    told.end = match.capturedEnd();
    const QString name = match.captured(1);
    const ZoneMatch known = zoneAt(name, 0);
    if (known.length == name.size() && known.zones.size() == 1)
        told.named = known.zones.front().zone;
}

bool isOffset(QStringView written)
{
    return written.contains(QLatin1Char('+')) || written.contains(QLatin1Char('-'));
}

/// "14:03+10 min", "14:03 UTC-5 minutes": what is counted there is a span and no offset.
bool isSpan(const QString &text, qsizetype from, qsizetype length)
{
    static const QRegularExpression unit(
        QString::fromUtf8(
            "\\G[ ]*(?:weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|Wochen?|Tage?n?|Stunden?|Std|"
            "Minuten?|Sekunden?|Sek|heures?|secondes?|minut[oi]s?|horas?|segundos?|jours?|ore|secondi|[hms])"
            "(?!\\p{L})"),
        QRegularExpression::CaseInsensitiveOption);
    return isOffset(QStringView(text).mid(from, length)) && matchFrom(unit, text, from + length).hasMatch();
}

ToldZone gluedZone(const QString &text, qsizetype end, ZoneMatch match)
{
    ToldZone told{end + match.length, std::move(match.zones), {}, {}};
    const bool isNamedToo = told.end < text.size() && text.at(told.end) == QLatin1Char('[');
    if (const ZoneMatch named = isNamedToo ? zoneAt(text, told.end) : ZoneMatch(); named.length > 0) {
        told.end += named.length;
        told.named = named.zones.front().zone;
    } else if (isOffset(QStringView(text).mid(end, match.length))) {
        takeComment(text, told);
    }
    return told;
}

} // namespace

ToldZone zoneAfter(const QString &text, qsizetype end)
{
    static const QRegularExpression lone(QStringLiteral("\\G[+-]\\d{1,2}(?![\\d:])"));
    static const QRegularExpression gap(QStringLiteral("\\G[ ]+(?:in[ ]+|\\()?"));
    static const QRegularExpression sentence(QStringLiteral("\\G[ ]+(?!time\\b|or\\b|and\\b)\\p{Ll}"));
    if (ZoneMatch match = zoneAt(text, end); match.length > 0 && !isSpan(text, end, match.length))
        return gluedZone(text, end, std::move(match));
    const auto space = matchFrom(gap, text, end);
    if (!space.hasMatch() || matchFrom(lone, text, space.capturedEnd()).hasMatch())
        return {end, {}, {}, {}};
    ZoneMatch match = zoneAt(text, space.capturedEnd());
    if (match.length == 0 || isSpan(text, space.capturedEnd(), match.length))
        return {end, {}, {}, {}};
    const QString written = text.mid(space.capturedEnd(), match.length);
    const qsizetype behind = space.capturedEnd() + match.length;
    const bool isBracketed =
        space.captured().endsWith(QLatin1Char('(')) && behind < text.size() && text.at(behind) == QLatin1Char(')');
    const bool isWord = written.at(0).isLower() && written != QLatin1String("utc") && written != QLatin1String("gmt");
    // "north" is a word of English and a zone; a city in small letters ends the text.
    if (isWord && !text.mid(behind).trimmed().isEmpty())
        return {end, {}, {}, {}};
    ToldZone told{behind + (isBracketed ? 1 : 0), std::move(match.zones), {}, {}};
    if (isOffset(written))
        takeComment(text, told);
    // "14:03 Regina dropped it"
    const bool isCity = written.size() > 1 && written.at(1).isLower() && !written.contains(QLatin1Char('/'));
    if (isCity && !isBracketed && matchFrom(sentence, text, behind).hasMatch())
        told.unsure = written;
    return told;
}

QString gluedPart(const QString &text, qsizetype end)
{
    static const QRegularExpression glued(QStringLiteral("\\G(?:[\\w:+]|[.,-](?=\\d))\\S*"));
    static const QRegularExpression zoneLike(QStringLiteral("\\G[ ]+([A-Z]{2,4}T)\\b"));
    if (const auto match = matchFrom(glued, text, end); match.hasMatch())
        return match.captured();
    const auto unknown = matchFrom(zoneLike, text, end);
    return unknown.hasMatch() ? unknown.captured(1) : QString();
}

} // namespace tidemark
