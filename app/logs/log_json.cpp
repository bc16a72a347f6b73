#include "logs/log_json.h"

#include "logs/log_time.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

// Messages and attributes as the sources of MongoDB 4.4 to 8.0 have them (LOGV2), and logs in public reports.
namespace tidemark {

namespace {

/// What a container's log may put before the line.
constexpr qsizetype LongestPrefix = 256;

std::string_view viewOf(QByteArrayView text)
{
    return {text.data(), static_cast<size_t>(text.size())};
}

bool has(QByteArrayView line, std::string_view word)
{
    return memmem(line.data(), static_cast<size_t>(line.size()), word.data(), word.size()) != nullptr;
}

/// The line's message as it is written, without taking the document apart: most lines are about something else.
QByteArrayView messageOf(QByteArrayView line)
{
    constexpr std::string_view key = "\"msg\":\"";
    const std::string_view text = viewOf(line);
    const size_t at = text.find(key);
    if (at == std::string_view::npos)
        return {};
    const size_t from = at + key.size();
    const size_t to = text.find('"', from);
    return to == std::string_view::npos ? QByteArrayView()
                                        : line.sliced(static_cast<qsizetype>(from), static_cast<qsizetype>(to - from));
}

enum class Message {
    Other,
    Drop,
    Finishing,
    DropDatabase,
    Rename,
    Slow,
    Accepted,
    Metadata,
    Succeeded,
    Authenticated,
    Started
};

Message messageKind(QByteArrayView message)
{
    static constexpr std::array<std::pair<std::string_view, Message>, 12> known{
        {{"CMD: drop", Message::Drop},
         {"Finishing collection drop", Message::Finishing},
         {"dropDatabase - starting", Message::DropDatabase},
         {"renameCollectionForCommand", Message::Rename},
         {"Slow query", Message::Slow},
         {"slow query", Message::Slow},
         {"Connection accepted", Message::Accepted},
         {"client metadata", Message::Metadata},
         {"Authentication succeeded", Message::Succeeded},
         {"Successfully authenticated", Message::Authenticated},
         {"***** SERVER RESTARTED *****", Message::Started},
         {"MongoDB starting", Message::Started}}};
    for (const auto &[text, kind] : known) {
        if (viewOf(message) == text)
            return kind;
    }
    return Message::Other;
}

/// Slow queries are many, and few of them lose data.
bool mayLoseData(QByteArrayView line)
{
    static constexpr std::array<std::string_view, 7> words{
        "\"type\":\"remove\"",   "\"ndeleted\":",        "\"drop\":",  "\"dropDatabase\":",
        "\"renameCollection\":", "\"convertToCapped\":", "\"delete\":"};
    return std::any_of(words.begin(), words.end(), [line](std::string_view word) { return has(line, word); });
}

QString text(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1String(name)).toString();
}

QString userOf(const QString &name, const QString &database)
{
    return database.isEmpty() || name.isEmpty() ? name : name + QLatin1Char('@') + database;
}

QString databaseOf(const QString &nameSpace)
{
    return nameSpace.section(QLatin1Char('.'), 0, 0);
}

/// A number, also where it is written as {"$numberLong": "…"}.
std::optional<qint64> count(const QJsonValue &value)
{
    if (value.isDouble())
        return value.toInteger();
    bool isNumber = false;
    const qint64 number = text(value.toObject(), "$numberLong").toLongLong(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

DocumentCount toldDocuments(const QJsonObject &attr)
{
    const auto told = count(attr.value(QLatin1String("ndeleted")));
    return told ? DocumentCount::exactly(*told) : DocumentCount();
}

/// The documents of a delete command: told, or one at most for each of its parts, where they all say so. The parts may
/// have come beside the document, which then has none of them, and mongod cuts a long one.
void readDeletes(LogLine &line, const QJsonObject &attr, const QJsonObject &command, bool isCut)
{
    line.documents = toldDocuments(attr);
    const QJsonArray parts = command.value(QLatin1String("deletes")).toArray();
    if (isCut || parts.isEmpty())
        return;
    line.parts = parts.size();
    const bool areSingle = std::all_of(parts.begin(), parts.end(), [](const QJsonValue &part) {
        return count(part.toObject().value(QLatin1String("limit"))) == 1;
    });
    if (areSingle && !line.documents.most)
        line.documents = DocumentCount::atMost(parts.size());
}

bool readCommand(LogLine &line, const QJsonObject &attr, bool isCut)
{
    const QJsonObject command = attr.value(QLatin1String("command")).toObject();
    const QString told = text(command, "$db");
    const QString database = told.isEmpty() ? databaseOf(text(attr, "ns")) : told;
    const auto within = [&](const char *name) { return database + QLatin1Char('.') + text(command, name); };
    const auto names = [&](const char *name) { return command.value(QLatin1String(name)).isString(); };
    line.isCommand = true;
    if (names("drop")) {
        line.event = LogEvent::Drop;
        line.nameSpace = within("drop");
    } else if (command.contains(QLatin1String("dropDatabase"))) {
        line.event = LogEvent::DropDatabase;
        line.nameSpace = database;
    } else if (names("renameCollection")) {
        line.event = LogEvent::Rename;
        line.nameSpace = text(command, "renameCollection");
        line.target = text(command, "to");
        line.dropsTarget = command.value(QLatin1String("dropTarget")).toBool();
    } else if (names("convertToCapped")) {
        line.event = LogEvent::Convert;
        line.nameSpace = within("convertToCapped");
    } else if (names("delete")) {
        line.event = LogEvent::Delete;
        line.nameSpace = within("delete");
        readDeletes(line, attr, command, isCut);
    } else {
        return false;
    }
    return true;
}

bool readSlow(LogLine &line, const QJsonObject &attr, bool isCut)
{
    if (const auto ok = count(attr.value(QLatin1String("ok"))); ok == 0)
        return false; // it was refused
    line.took = std::max<qint64>(count(attr.value(QLatin1String("durationMillis"))).value_or(0), 0);
    line.client = text(attr, "remote");
    line.appName = text(attr, "appName");
    if (text(attr, "type") == QLatin1String("remove")) {
        line.event = LogEvent::Delete;
        line.nameSpace = text(attr, "ns");
        line.documents = toldDocuments(attr);
        return true;
    }
    return text(attr, "type") == QLatin1String("command") && readCommand(line, attr, isCut);
}

bool readAttributes(LogLine &line, Message message, const QJsonObject &attr, bool isCut)
{
    switch (message) {
    case Message::Drop:
    case Message::Finishing:
        line.event = message == Message::Drop ? LogEvent::Drop : LogEvent::DropFinished;
        line.nameSpace = text(attr, "namespace");
        return !line.nameSpace.isEmpty();
    case Message::DropDatabase:
        line.event = LogEvent::DropDatabase;
        line.nameSpace = text(attr, "db");
        return !line.nameSpace.isEmpty();
    case Message::Rename:
        line.event = LogEvent::Rename;
        line.nameSpace = text(attr, "sourceNamespace");
        line.target = text(attr, "targetNamespace");
        line.dropsTarget = text(attr, "dropTarget") == QLatin1String("yes");
        return !line.nameSpace.isEmpty();
    case Message::Slow:
        return readSlow(line, attr, isCut) && !line.nameSpace.isEmpty();
    case Message::Accepted: {
        const auto id = count(attr.value(QLatin1String("connectionId")));
        line.event = LogEvent::Connected;
        line.context = QStringLiteral("conn%1").arg(id.value_or(0));
        line.client = text(attr, "remote");
        return id.has_value();
    }
    case Message::Metadata:
        line.event = LogEvent::Introduced;
        line.client = text(attr, "remote");
        line.appName =
            text(attr.value(QLatin1String("doc")).toObject().value(QLatin1String("application")).toObject(), "name");
        return true;
    case Message::Succeeded:
        line.event = LogEvent::Authenticated;
        line.user = userOf(text(attr, "principalName"), text(attr, "authenticationDatabase"));
        line.client = text(attr, "remote");
        return !line.user.isEmpty();
    case Message::Authenticated:
        line.event = LogEvent::Authenticated;
        line.user = userOf(text(attr, "user"), text(attr, "db"));
        line.client = text(attr, "client");
        return !line.user.isEmpty();
    case Message::Started:
        line.event = LogEvent::Started;
        return true;
    case Message::Other:
        break;
    }
    return false;
}

} // namespace

qsizetype structuredLineAt(QByteArrayView line)
{
    const std::string_view begin = viewOf(line.first(std::min(line.size(), LongestPrefix)));
    const size_t at = begin.find("{\"t\":{\"$date\":");
    return at == std::string_view::npos ? -1 : static_cast<qsizetype>(at);
}

std::optional<LogLine> parseStructured(QByteArrayView line, const LogReading &reading)
{
    const Message message = messageKind(messageOf(line));
    if (message == Message::Other || (message == Message::Slow && !mayLoseData(line)))
        return std::nullopt;
    const QJsonObject document = QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), line.size())).object();
    const QString date = text(document.value(QLatin1String("t")).toObject(), "$date");
    const auto time = logTimeAt(date.toLatin1(), reading);
    if (!time || time->length != date.size())
        return std::nullopt;
    LogLine read;
    read.zoneWasTold = time->zoneWasTold;
    read.yearWasTold = time->yearWasTold;
    read.context = text(document, "ctx");
    const bool isCut = document.contains(QLatin1String("truncated"));
    if (!readAttributes(read, message, document.value(QLatin1String("attr")).toObject(), isCut))
        return std::nullopt;
    read.milliseconds = time->milliseconds - read.took;
    return read;
}

} // namespace tidemark
