#pragma once

#include <QJsonArray>
#include <QString>

#include <optional>
#include <vector>

/// What people see to before a cluster is erased, as their house wants it: clients stopped, who was told, the ticket.
/// The program cannot look at any of it. It is asked for, and what was answered stays with the order.
namespace tidemark {

struct ChecklistItem
{
    QString name;
    bool takesText = false;  ///< the number of a ticket, the name of a person
    bool isRequired = false; ///< nothing is sent before it is ticked, and its text given

    bool operator==(const ChecklistItem &) const = default;
};
using Checklist = std::vector<ChecklistItem>;

constexpr size_t MostChecklistItems = 20;
constexpr qsizetype LongestChecklistName = 120; ///< characters
constexpr qsizetype LongestChecklistText = 200; ///< characters

/// What a project has that nobody gave another list. None of it is required: a house that says nothing gets no new
/// obstacle at three in the morning, and a tick that has to be set is soon one that nobody means. Who wants one that
/// holds up a restore marks it.
Checklist usualChecklist();

/// Why it cannot be a project's list, in a sentence; empty where it can. An empty list asks for nothing.
QString objectionTo(const Checklist &list);

/// An item with what was answered.
struct ChecklistTick
{
    QString name;
    bool isTicked = false;
    QString text; ///< of one that takes a text and is ticked

    bool operator==(const ChecklistTick &) const = default;
};

/// `ticked` and `texts` by place in the list; what is missing was not ticked, or said nothing. A text is one honest
/// line, and without its tick it is not said.
std::vector<ChecklistTick> answered(const Checklist &list, const std::vector<bool> &ticked,
                                    const std::vector<QString> &texts);

/// Names of what is required and is not there yet.
QStringList stillRequired(const Checklist &list, const std::vector<ChecklistTick> &ticks);

/// "ticked: 4711", "not ticked"
QString tickText(const ChecklistTick &tick);

QJsonArray checklistJson(const Checklist &list);
/// nullopt for what is no list that a project could have: what it asked for is not known then.
std::optional<Checklist> checklistFromJson(const QJsonValue &json);

QJsonArray ticksJson(const std::vector<ChecklistTick> &ticks);
/// As many as there may be; what has no name is none.
std::vector<ChecklistTick> ticksFromJson(const QJsonValue &json);

} // namespace tidemark
