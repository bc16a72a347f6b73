#include "logs/log_text.h"

#include "logs/log_time.h"

#include <algorithm>
#include <string_view>

// Messages as the sources of MongoDB 2.4 to 4.2 have them, and logs in public reports.
namespace tidemark {

namespace {

/// Before what is said: time, severity, component, thread.
constexpr qsizetype LongestHead = 160;

bool skip(QByteArrayView &text, std::string_view word)
{
    if (!text.startsWith(QByteArrayView(word.data(), static_cast<qsizetype>(word.size()))))
        return false;
    text = text.sliced(static_cast<qsizetype>(word.size()));
    return true;
}

qsizetype find(QByteArrayView text, std::string_view word, qsizetype from = 0)
{
    const std::string_view all(text.data(), static_cast<size_t>(text.size()));
    const size_t at = all.find(word, static_cast<size_t>(from));
    return at == std::string_view::npos ? -1 : static_cast<qsizetype>(at);
}

QByteArrayView until(QByteArrayView text, std::string_view word)
{
    const qsizetype at = find(text, word);
    return at < 0 ? text : text.first(at);
}

/// What follows the word; empty where it is not there.
QByteArrayView after(QByteArrayView text, std::string_view word)
{
    const qsizetype at = find(text, word);
    return at < 0 ? QByteArrayView() : text.sliced(at + static_cast<qsizetype>(word.size()));
}

QString string(QByteArrayView text)
{
    return QString::fromUtf8(text);
}

/// `name: "value"` as the shell writes documents, from the first place of that name.
QString quoted(QByteArrayView text, std::string_view name)
{
    QByteArrayView rest = after(text, name);
    if (rest.isEmpty() || rest.front() != '"')
        return {};
    rest = rest.sliced(1);
    qsizetype end = 0;
    while (end < rest.size() && rest[end] != '"')
        end += rest[end] == '\\' ? 2 : 1;
    return end < rest.size() ? string(rest.first(end)) : QString();
}

std::optional<qint64> number(QByteArrayView text)
{
    qsizetype length = 0;
    while (length < text.size() && text[length] >= '0' && text[length] <= '9')
        ++length;
    bool isNumber = false;
    const qint64 value = text.first(length).toByteArray().toLongLong(&isNumber);
    return isNumber ? std::optional(value) : std::nullopt;
}

/// "… 619ms" at the end.
qint64 tookOf(QByteArrayView text)
{
    if (!text.endsWith("ms"))
        return 0;
    qsizetype from = text.size() - 2;
    while (from > 0 && text[from - 1] >= '0' && text[from - 1] <= '9')
        --from;
    return number(text.sliced(from)).value_or(0);
}

bool readRename(LogLine &line, QByteArrayView text)
{
    // "rename a.b to c.d." or "rename a.b to c.d and drop c.d."
    const qsizetype to = find(text, " to ");
    if (to < 0)
        return false;
    line.event = LogEvent::Rename;
    line.nameSpace = string(text.first(to));
    QByteArrayView target = text.sliced(to + 4);
    const qsizetype drop = find(target, " and drop ");
    line.dropsTarget = drop >= 0;
    target = drop >= 0 ? target.first(drop) : target;
    if (!line.dropsTarget && target.endsWith('.'))
        target.chop(1);
    line.target = string(target);
    return !line.target.isEmpty();
}

bool readAuthentication(LogLine &line, QByteArrayView text)
{
    const qsizetype from = find(text, " from client ");
    if (from >= 0) {
        line.client = string(until(text.sliced(from + 13), " "));
        text = text.first(from);
    }
    line.event = LogEvent::Authenticated;
    const qsizetype on = string(text).lastIndexOf(QLatin1String(" on "));
    const QString all = string(text);
    line.user = on < 0 ? all : all.first(on) + QLatin1Char('@') + all.sliced(on + 4).trimmed();
    return !line.user.isEmpty();
}

/// "10.0.0.1:5 #42 (3 connections now open)"
bool readAccepted(LogLine &line, QByteArrayView text)
{
    const auto id = number(after(text, " #"));
    line.event = LogEvent::Connected;
    line.client = string(until(text, " "));
    line.context = QStringLiteral("conn%1").arg(id.value_or(0));
    return id.has_value();
}

DocumentCount toldDocuments(QByteArrayView text)
{
    const auto told = number(after(text, " ndeleted:"));
    return told ? DocumentCount::exactly(*told) : DocumentCount();
}

struct Deletes
{
    qint64 parts = 0;
    qint64 singles = 0; ///< of them, those of one document at most
};

/// `text` is behind "deletes: [". Nothing where the list does not come to its end: mongod cuts a long one.
std::optional<Deletes> deletesIn(QByteArrayView text)
{
    Deletes all;
    int depth = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"') {
            for (++i; i < text.size() && text[i] != '"'; ++i)
                i += text[i] == '\\' ? 1 : 0;
        } else if (c == '{' || c == '[') {
            all.parts += depth++ == 0 ? 1 : 0;
        } else if (c == '}' || c == ']') {
            if (depth-- == 0)
                return c == ']' ? std::optional(all) : std::nullopt;
        } else if (depth == 1 && c == 'l' && text[i - 1] == ' ') {
            QByteArrayView rest = text.sliced(i);
            all.singles +=
                skip(rest, "limit: 1") && (rest.startsWith(' ') || rest.startsWith('.') || rest.startsWith(',')) ? 1
                                                                                                                 : 0;
        }
    }
    return std::nullopt;
}

void readDeletes(LogLine &line, QByteArrayView text, QByteArrayView command)
{
    line.documents = toldDocuments(text);
    const auto deletes = deletesIn(after(command, " deletes: ["));
    if (!deletes || deletes->parts == 0)
        return;
    line.parts = deletes->parts;
    if (deletes->singles == deletes->parts && !line.documents.most)
        line.documents = DocumentCount::atMost(deletes->parts);
}

/// The command's document: "command: drop { drop: "orders", … }", and "command: { drop: "orders" }" before 3.2.
bool readCommand(LogLine &line, QByteArrayView text)
{
    const QString nameSpace = string(until(text, " "));
    QByteArrayView command = after(text, " command: ");
    const qsizetype brace = find(command, "{ ");
    if (brace < 0)
        return false;
    command = command.sliced(brace + 2);
    const QString told = quoted(command, "$db: ");
    const QString database = told.isEmpty() ? nameSpace.section(QLatin1Char('.'), 0, 0) : told;
    const auto named = [&](std::string_view key) {
        return command.startsWith(QByteArrayView(key.data(), static_cast<qsizetype>(key.size()))) ? quoted(command, key)
                                                                                                  : QString();
    };
    line.isCommand = true;
    if (const QString name = named("drop: "); !name.isEmpty()) {
        line.event = LogEvent::Drop;
        line.nameSpace = database + QLatin1Char('.') + name;
    } else if (command.startsWith("dropDatabase: ")) {
        line.event = LogEvent::DropDatabase;
        line.nameSpace = database;
    } else if (const QString from = named("renameCollection: "); !from.isEmpty()) {
        line.event = LogEvent::Rename;
        line.nameSpace = from;
        line.target = quoted(command, " to: ");
        line.dropsTarget = find(command, "dropTarget: true") >= 0;
    } else if (const QString capped = named("convertToCapped: "); !capped.isEmpty()) {
        line.event = LogEvent::Convert;
        line.nameSpace = database + QLatin1Char('.') + capped;
    } else if (const QString deleted = named("delete: "); !deleted.isEmpty()) {
        line.event = LogEvent::Delete;
        line.nameSpace = database + QLatin1Char('.') + deleted;
        readDeletes(line, text, command);
    } else {
        return false;
    }
    return true;
}

/// "remove shop.orders appName: "x" command: { q: {}, limit: 0 } … ndeleted:7 … 12ms"; `text` is behind the first word.
bool readOperation(LogLine &line, QByteArrayView text, bool isRemove)
{
    if (find(text, " exception: ") >= 0 || find(text, " errMsg:") >= 0)
        return false; // it was refused
    line.took = tookOf(text);
    line.appName = quoted(until(text, "{"), " appName: ");
    if (!isRemove)
        return readCommand(line, text);
    line.event = LogEvent::Delete;
    line.nameSpace = string(until(text, " "));
    line.documents = toldDocuments(text);
    return !line.nameSpace.isEmpty();
}

bool readMessage(LogLine &line, QByteArrayView text)
{
    if (skip(text, "CMD: drop ")) {
        line.event = LogEvent::Drop;
        line.nameSpace = string(text.trimmed());
        return !line.nameSpace.isEmpty();
    }
    if (skip(text, "dropDatabase ")) {
        const QByteArrayView name = until(text, " ");
        const QByteArrayView rest = text.sliced(name.size()).trimmed();
        line.event = LogEvent::DropDatabase;
        line.nameSpace = string(name);
        return !name.isEmpty() && (rest == "- starting" || rest == "starting");
    }
    if (skip(text, "renameCollectionForCommand: rename "))
        return readRename(line, text);
    if (skip(text, "Finishing collection drop for ")) {
        line.event = LogEvent::DropFinished;
        line.nameSpace = string(until(text, " ("));
        return !line.nameSpace.isEmpty();
    }
    if (skip(text, "connection accepted from "))
        return readAccepted(line, text);
    if (skip(text, "received client metadata from ")) {
        line.event = LogEvent::Introduced;
        line.client = string(until(text, " "));
        line.appName = quoted(text, "application: { name: ");
        return true;
    }
    if (text == "***** SERVER RESTARTED *****" || text.startsWith("MongoDB starting : ")) {
        line.event = LogEvent::Started;
        return true;
    }
    if (skip(text, "Successfully authenticated as principal "))
        return readAuthentication(line, text);
    if (skip(text, "remove "))
        return readOperation(line, text, true);
    return skip(text, "command ") && readOperation(line, text, false);
}

} // namespace

std::optional<LogLine> parseTextLine(QByteArrayView line, const LogReading &reading)
{
    const QByteArrayView head = line.first(std::min(line.size(), LongestHead));
    const qsizetype open = find(head, "[");
    const qsizetype close = open < 0 ? -1 : find(head, "] ", open);
    LogLine read;
    // The time last: most lines are about something else.
    if (close < 0 || !readMessage(read, line.sliced(close + 2)))
        return std::nullopt;
    const auto time = logTimeAt(line, reading);
    if (!time || time->length > open)
        return std::nullopt;
    read.zoneWasTold = time->zoneWasTold;
    read.yearWasTold = time->yearWasTold;
    if (read.event != LogEvent::Connected)
        read.context = string(line.sliced(open + 1, close - open - 1));
    read.milliseconds = time->milliseconds - read.took;
    return read;
}

} // namespace tidemark
