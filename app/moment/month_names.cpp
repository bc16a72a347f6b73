#include "moment/month_names.h"

#include <QHash>
#include <QStringList>

#include <algorithm>

namespace tidemark {

namespace {

using Names = QHash<QString, int>;

Names namesOf(const QStringList &lines)
{
    Names names;
    for (int number = 1; number <= lines.size(); ++number) {
        for (const QString &name : lines.at(number - 1).split(QLatin1Char(' ')))
            names.insert(name, number);
    }
    return names;
}

const Names &months()
{
    static const Names names = namesOf(
        {QString::fromUtf8("jan january januar januari janvier janv jänner enero ene gennaio gen janeiro"),
         QString::fromUtf8("feb february februar februari fév févr février fevr febrero febbraio fev fevereiro"),
         QString::fromUtf8("mar march mär märz mrz mars mrt maart marzo março"),
         QString::fromUtf8("apr april avr avril abr abril aprile"),
         QString::fromUtf8("may mai mei mayo mag maggio maio"),
         QString::fromUtf8("jun june juni juin junio giu giugno junho"),
         QString::fromUtf8("jul july juli juil juillet julio lug luglio julho"),
         QString::fromUtf8("aug august augustus août aout ago agosto"),
         QString::fromUtf8("sep sept september septembre septiembre set settembre setembro"),
         QString::fromUtf8("oct october okt oktober octobre octubre ott ottobre out outubro"),
         QString::fromUtf8("nov november novembre noviembre novembro"),
         QString::fromUtf8("dec december dez dezember déc décembre dic diciembre dicembre dezembro")});
    return names;
}

const Names &weekdays()
{
    static const Names names =
        namesOf({QString::fromUtf8("mon monday montag lun lundi lunes lunedì mo"),
                 QString::fromUtf8("tue tues tuesday dienstag mar mardi martes martedì di"),
                 QString::fromUtf8("wed wednesday mittwoch mer mercredi mié miércoles mercoledì mi"),
                 QString::fromUtf8("thu thur thurs thursday donnerstag jeu jeudi jue jueves gio giovedì do"),
                 QString::fromUtf8("fri friday freitag ven vendredi vie viernes venerdì fr"),
                 QString::fromUtf8("sat saturday samstag sonnabend sam samedi sáb sábado sab sabato sa"),
                 QString::fromUtf8("sun sunday sonntag dim dimanche dom domingo domenica so")});
    return names;
}

/// The longest first, so that none is taken for a shorter one's.
QString alternatives(QStringList names)
{
    std::ranges::sort(
        names, [](const QString &a, const QString &b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
    return names.join(QLatin1Char('|'));
}

QString patternOf(const QStringList &names)
{
    return QStringLiteral("(?<name>%1)(?!\\p{L})\\.?").arg(alternatives(names));
}

} // namespace

QString monthPattern()
{
    return patternOf(months().keys());
}

QString leadingMonthPattern()
{
    QStringList names = months().keys();
    for (const char *word : {"set", "out", "ago", "gen", "mag", "ene"})
        names.removeAll(QString::fromLatin1(word));
    return patternOf(names);
}

int monthOf(const QString &name)
{
    return months().value(name.toLower());
}

QString weekdayPattern()
{
    QStringList longer;
    for (const QString &name : weekdays().keys()) {
        if (name.size() > 2)
            longer << name;
    }
    // In small letters the short ones of German are words of English.
    return QStringLiteral("(?<weekday>%1|(?-i:Mo|Di|Mi|Do|Fr|Sa|So))(?!\\p{L})[.,]{0,2}").arg(alternatives(longer));
}

int weekdayOf(const QString &name)
{
    return weekdays().value(name.toLower());
}

} // namespace tidemark
