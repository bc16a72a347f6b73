#include "restore/checklist.h"

#include "base/honest_text.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QSet>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::Checklist)
};

const QLatin1String NameKey("name");
const QLatin1String TextKey("text");
const QLatin1String RequiredKey("required");
const QLatin1String TickedKey("ticked");

} // namespace

Checklist usualChecklist()
{
    return {{Text::tr("Clients are stopped"), false, false},
            {Text::tr("Who was told"), true, false},
            {Text::tr("Ticket"), true, false}};
}

QString objectionTo(const Checklist &list)
{
    if (list.size() > MostChecklistItems)
        return Text::tr("A list has %1 items at most.").arg(MostChecklistItems);
    QSet<QString> names;
    for (const ChecklistItem &item : list) {
        const QString name = item.name.trimmed();
        if (name.isEmpty())
            return Text::tr("Each item needs words that say what is to be ticked.");
        if (item.name.size() > LongestChecklistName)
            return Text::tr("“%1” is longer than %2 characters.")
                .arg(asLine(name, LongestChecklistName))
                .arg(LongestChecklistName);
        if (!isHonest(item.name, false))
            return Text::tr("“%1” has characters that are not seen and change how others are read.")
                .arg(asLine(name, LongestChecklistName));
        if (names.contains(name.toCaseFolded()))
            return Text::tr("“%1” is in the list twice: which one was ticked could not be told.").arg(name);
        names.insert(name.toCaseFolded());
    }
    return {};
}

std::vector<ChecklistTick> answered(const Checklist &list, const std::vector<bool> &ticked,
                                    const std::vector<QString> &texts)
{
    std::vector<ChecklistTick> ticks;
    for (size_t i = 0; i < list.size(); ++i) {
        ChecklistTick tick{list[i].name, i < ticked.size() && ticked[i], {}};
        if (tick.isTicked && list[i].takesText && i < texts.size())
            tick.text = asLine(texts[i], LongestChecklistText);
        ticks.push_back(std::move(tick));
    }
    return ticks;
}

QStringList stillRequired(const Checklist &list, const std::vector<ChecklistTick> &ticks)
{
    QStringList names;
    for (const ChecklistItem &item : list) {
        const auto tick = std::ranges::find(ticks, item.name, &ChecklistTick::name);
        const bool isGiven = tick != ticks.end() && tick->isTicked && (!item.takesText || !tick->text.isEmpty());
        if (item.isRequired && !isGiven)
            names.append(item.name);
    }
    return names;
}

QString tickText(const ChecklistTick &tick)
{
    if (!tick.isTicked)
        return Text::tr("not ticked");
    return tick.text.isEmpty() ? Text::tr("ticked") : Text::tr("ticked: %1").arg(tick.text);
}

QJsonArray checklistJson(const Checklist &list)
{
    QJsonArray json;
    for (const ChecklistItem &item : list)
        json.append(QJsonObject{{NameKey, item.name}, {TextKey, item.takesText}, {RequiredKey, item.isRequired}});
    return json;
}

std::optional<Checklist> checklistFromJson(const QJsonValue &json)
{
    if (!json.isArray())
        return std::nullopt;
    Checklist list;
    for (const QJsonValue one : json.toArray())
        list.push_back({one[NameKey].toString(), one[TextKey].toBool(), one[RequiredKey].toBool()});
    return objectionTo(list).isEmpty() ? std::optional(list) : std::nullopt;
}

QJsonArray ticksJson(const std::vector<ChecklistTick> &ticks)
{
    QJsonArray json;
    for (const ChecklistTick &tick : ticks) {
        QJsonObject one{{NameKey, tick.name}, {TickedKey, tick.isTicked}};
        if (!tick.text.isEmpty())
            one.insert(TextKey, tick.text);
        json.append(one);
    }
    return json;
}

std::vector<ChecklistTick> ticksFromJson(const QJsonValue &json)
{
    std::vector<ChecklistTick> ticks;
    for (const QJsonValue one : json.toArray()) {
        const ChecklistTick tick{asLine(one[NameKey].toString(), LongestChecklistName), one[TickedKey].toBool(),
                                 asLine(one[TextKey].toString(), LongestChecklistText)};
        if (!tick.name.isEmpty() && ticks.size() < MostChecklistItems)
            ticks.push_back(tick);
    }
    return ticks;
}

} // namespace tidemark
