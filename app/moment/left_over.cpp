#include "moment/left_over.h"

#include "moment/found_moment.h"
#include "moment/month_names.h"
#include "moment/plain_text.h"
#include "moment/zone_names.h"

#include <QStringList>

#include <array>

namespace tidemark {

namespace {

QRegularExpression form(const QString &pattern)
{
    QRegularExpression made(pattern,
                            QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    made.optimize();
    return made;
}

/// A word by itself, in any script.
QRegularExpression words(const char *alternatives)
{
    return form(QStringLiteral("(?<![\\p{L}\\d])(?:%1)(?![\\p{L}\\d])").arg(QString::fromUtf8(alternatives)));
}

const QString &count()
{
    static const QString numbers = QString::fromUtf8(
        "(?:\\d+(?:[.,]\\d+)?[ -]?|(?:a few|a couple of|several|some|few|an?|one|two|three|four|five|six|seven|eight|"
        "nine|ten|fifteen|twenty|thirty|eine[rnm]?|zwei|drei|vier|f\u00fcnf|zehn|une?|deux|trois|cinq|dix|un[ao]?|dos|"
        "tres|cinco|diez)[ -]+)");
    return numbers;
}

/// "- 5 min", "a few seconds", "2 Stunden", "30s", "PT5M", "T+5".
QString span(const QString &rest)
{
    static const QRegularExpression spans = form(
        QStringLiteral("(?<![\\p{L}\\d.:])(?:[+-][ ]?)?(?:%1").arg(count()) +
        QString::fromUtf8("(?:weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|years?|months?|Wochen?|Tage?n?|"
                          "Stunden?|Std|Minuten?|Sekunden?|Sek|semaines?|jours?|heures?|secondes?|minut[oi]s?|horas?|"
                          "segundos?|d[i\u00ed]as?|ore|ora|secondi|giorn[oi])|\\d+[ ]?[wdhms])(?![\\p{L}\\d_])"
                          "|(?<![\\p{L}\\d])P(?:T?\\d+[YMWDHS])+(?![\\p{L}\\d])|(?<![\\p{L}\\d])T[ ]?[+-][ ]?\\d+"
                          "|(?<![\\w)\\]+-])[+-][ ]?\\d{1,4}(?![\\w.:/-])|(?<![\\p{L}])now[ ]?[+-][ ]?\\d+\\w*"));
    return spans.match(rest).captured();
}

QString changingWord(const QString &rest)
{
    static const std::array<QRegularExpression, 4> all{
        words(
            "half|quarter|before|after|minus|plus|less|prior|earlier|later|latest|earliest|early|late|until|till|hence|"
            "past|ahead|behind|off|tomorrow|yesterday|today|noon|midnight|morning|afternoon|evening|night|tonight|"
            "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|"
            "eastern|pacific|mountain|central|standard time|daylight|summer time|ago|"
            "(?:last|next|previous|following)(?=[ ]+(?:mon|tue|wed|thu|fri|sat|sun|night|week|month|year|hour|minute|"
            "second|day|one|time))"),
        words("vor|nach|bevor|davor|danach|fr\u00fcher|sp\u00e4ter|vorher|nachher|bis|vorgestern|gestern|heute|morgen|"
              "halb|viertel|nachmittags|vormittags|mittags|abends|morgens|nachts|fr\u00fch|avant|apr\u00e8s|plus tard|"
              "il y a|jusqu|hier|demain|aujourd'hui|antes|despu\u00e9s|hace|hasta|ayer|hoy|ma\u00f1ana|prima|dopo|ieri|"
              "oggi|domani|ontem|hoje|gisteren|vandaag"),
        // Halves of the day, which stand right beside other letters.
        form(QString::fromUtf8("上午|下午|午前|午後|中午|正午|凌晨|早上|晚上|오전|오후|새벽|저녁")),
        // An increment that no timestamp took.
        form(QStringLiteral("(?<![\\p{L}\\d])inc(?:rement)?(?=[\"']?[ ]*[:=]?[ ]*\\d)"))};
    for (const QRegularExpression &word : all) {
        if (const auto match = word.match(rest); match.hasMatch())
            return match.captured();
    }
    return {};
}

/// What stands right beside a time and makes another of it: "not 14:03", "14:03 or 04", "14:03 our time".
QString besideTime(const QString &rest)
{
    static const QRegularExpression denied =
        form(QStringLiteral("(?<!\\p{L})((?:not|never|kein|nicht|\\p{L}+n't)(?:[ ]+(?:at|on|um|am))?)[ ]+\\x01"));
    static const QRegularExpression second =
        form(QStringLiteral("\\x01[ ]*((?:or|to|oder|through)[ ]+\\d{1,2})(?!\\d)"));
    static const QRegularExpression clock = form(
        QStringLiteral("\\x01[ ]*\\(?((?:(?!(?:the|a|an|this|that|at|for|was|is|in|it|some|first|same)\\b)\\p{L}+[ "
                       "]+){1,3}time|local|ortszeit|\\p{L}+zeit|hora|heure|ora)(?!\\p{L})"));
    for (const QRegularExpression &one : {denied, second, clock}) {
        if (const auto match = one.match(rest); match.hasMatch())
            return match.captured(1);
    }
    return {};
}

/// A zone that was not taken: by another name, in another script or in small letters, or before the time.
QString zoneLeft(const QString &rest)
{
    static const QRegularExpression upper(QStringLiteral("(?<![\\p{L}\\d_.])(?:(?:UTC|GMT)[+-]?\\d*|[CEMP]T|[A-Z]{3,5})"
                                                         "(?![\\p{L}\\d_])"));
    static const QRegularExpression other(QString::fromUtf8(
        "\\x01[ "
        "]*\\(?(?:(?<small>[A-Za-z]{3,4})(?![\\p{L}\\d])|(?<script>(?![A-Za-z\u00c0-\u024f])\\p{Lu}{2,5})(?!\\p{L}))"));
    static const QRegularExpression region(QStringLiteral(
        "(?<![\\w/.])(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Etc|Europe|Indian|"
        "Mexico|Pacific|US)/[\\w/+-]+"));
    static const QStringList others{QStringLiteral("WIB"), QStringLiteral("WITA"), QStringLiteral("WIT")};
    static const QStringList words{QStringLiteral("ist"), QStringLiteral("art")}; // of German and English
    for (auto match = matchFrom(upper, rest, 0); match.hasMatch();
         match = matchFrom(upper, rest, match.capturedEnd())) {
        const QString name = match.captured();
        const bool isZone = name.size() == 2 || name.startsWith(QLatin1String("UTC")) ||
                            name.startsWith(QLatin1String("GMT")) || others.contains(name) || isZoneAbbreviation(name);
        if (isZone)
            return name;
    }
    for (auto match = matchFrom(other, rest, 0); match.hasMatch();
         match = matchFrom(other, rest, match.capturedEnd())) {
        if (const QString script = match.captured(QStringLiteral("script")); !script.isEmpty())
            return script;
        const QString small = match.captured(QStringLiteral("small"));
        if (isZoneAbbreviation(small.toUpper()) && !words.contains(small))
            return small;
    }
    return region.match(rest).captured();
}

/// Beside a time whose day is asked for.
QString pieceOfDay(const QString &rest)
{
    static const QRegularExpression piece = form(
        QStringLiteral("(?<![\\w./:])\\d{1,2}(?:/\\d{1,2}|\\.\\d{1,2}\\.?)(?![\\w/])|(?<!\\w)\\d{1,2}(?:st|nd|rd|th)\\b"
                       "|(?<!\\w)on[ ]+(?:the[ ]+)?\\d{1,2}(?!\\w)|(?<!\\w)[IWEF]\\d{4}(?=[ ]+\\x01)"));
    static const QRegularExpression behind =
        form(QStringLiteral("(?<!\\w)\\d{1,2}\\.?[ /-]*%1(?:[ /-]*'?\\d{2,4})?(?!\\w)").arg(monthPattern()));
    static const QRegularExpression before =
        form(QStringLiteral("(?<!\\w)%1[ ]+\\d{1,4}(?!\\w)").arg(leadingMonthPattern()));
    static const QRegularExpression other = form(QStringLiteral("(?<!\\w)\\d{1,2}\\.?[ ]+\\p{L}{3,}[ ]+\\d{4}(?!\\w)"));
    static const QRegularExpression weekday = form(QStringLiteral("(?<!\\p{L})%1").arg(weekdayPattern()));
    for (const QRegularExpression &one : {piece, behind, before, other, weekday}) {
        if (const auto match = one.match(rest); match.hasMatch())
            return match.captured();
    }
    return {};
}

} // namespace

QString leftOver(QString rest)
{
    static const QRegularExpression marks(QStringLiteral("^[\\s,;.()\\[\\]{}<>\"'`|/!?:-]*$"));
    rest.remove(Taken);
    return marks.match(rest).hasMatch() ? QString() : rest;
}

QString halfRead(const QString &rest)
{
    static const QRegularExpression call(QStringLiteral("\\b(?:Timestamp|ISODate|Date|ObjectId)\\s*\\([^)\\n]*\\)?"
                                                        "|\\{\\s*\"?\\$(?:timestamp|date|oid)\\b[^}\\n]*\\}?"));
    static const QRegularExpression part(
        QStringLiteral("(?<![\\w$])[\"']?(?:oplogTs|oplogInc|i(?=[\"']?\\s*[:=]\\s*[\"']?\\d))\\b[\"']?(?:\\s*:)?"));
    if (const auto match = call.match(rest); match.hasMatch())
        return match.captured();
    return part.match(rest).captured();
}

QString halfTime(const QString &rest)
{
    static const QRegularExpression timeLike(QStringLiteral(
        "(?<![\\w.:])(?:\\d{1,2}(?::\\d{1,2}){2,}(?!\\d)\\S*|\\d{1,2}:\\d{2}(?!\\d)\\S*|\\d{4}-\\d{1,2}(?:-\\S*)?"
        "|\\d{1,2}/\\d{1,2}/\\d{2,4}\\S*|\\d{1,2}\\.\\d{1,2}\\.\\d{4}\\S*)"));
    return timeLike.match(rest).captured();
}

QString changingPart(const QString &rest, bool dayIsOpen)
{
    if (const QString word = changingWord(rest); !word.isEmpty())
        return word;
    if (const QString moved = span(rest); !moved.isEmpty())
        return moved;
    if (const QString beside = besideTime(rest); !beside.isEmpty())
        return beside;
    if (const QString zone = zoneLeft(rest); !zone.isEmpty())
        return zone;
    return dayIsOpen ? pieceOfDay(rest) : QString();
}

} // namespace tidemark
