#include "moment/oplog_query.h"

#include <QRegularExpression>

#include <algorithm>
#include <limits>

namespace tidemark {

namespace {

using Operation = OplogSearch::Operation;

/// A string of JavaScript. What a terminal or an editor could take for something else is escaped: control characters,
/// separators of lines, marks that turn the direction of a text.
QString quoted(const QString &text)
{
    QString result = QStringLiteral("\"");
    for (const QChar c : text) {
        const bool isPlain = c.unicode() >= 0x20 && c.category() != QChar::Other_Format && c.unicode() != 0x7f &&
                             c.unicode() != 0x2028 && c.unicode() != 0x2029 && c.category() != QChar::Other_Control;
        if (c == QLatin1Char('"') || c == QLatin1Char('\\'))
            result += QLatin1Char('\\') + QString(c);
        else if (isPlain)
            result += c;
        else
            result += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
    }
    return result + QLatin1Char('"');
}

QString name(const QString &database, const QString &collection)
{
    return quoted(database + QLatin1Char('.') + collection);
}

/// Every collection of the database.
QString anyOf(const QString &database)
{
    static const QRegularExpression special(QStringLiteral("([\\\\^$.|?*+(){}\\[\\]])"));
    QString pattern = database;
    pattern.replace(special, QStringLiteral("\\\\1"));
    return QStringLiteral("{ $regex: %1 }").arg(quoted(QLatin1Char('^') + pattern + QStringLiteral("\\.")));
}

QString spaceOf(const OplogSearch &search)
{
    if (search.database.isEmpty())
        return {};
    return search.collection.isEmpty() ? anyOf(search.database) : name(search.database, search.collection);
}

/// "op: …, ns: …", or without one of them.
QString joined(const QStringList &conditions)
{
    QStringList told = conditions;
    told.removeAll(QString());
    return told.join(QStringLiteral(", "));
}

QString inSpace(const QString &key, const QString &space)
{
    return space.isEmpty() ? QString() : key + QStringLiteral(": ") + space;
}

/// A write, alone or within a transaction.
QString writes(const QString &operation, const QString &space)
{
    const QString write = joined({QStringLiteral("op: \"%1\"").arg(operation), inSpace(QStringLiteral("ns"), space)});
    return QStringLiteral("$or: [\n    { %1 },\n    { \"o.applyOps\": { $elemMatch: { %1 } } }\n  ]").arg(write);
}

QString command(const OplogSearch &search, const QString &key, const QString &value)
{
    const QString space = search.database.isEmpty() ? QString() : name(search.database, QStringLiteral("$cmd"));
    return joined({QStringLiteral("op: \"c\""), inSpace(QStringLiteral("ns"), space),
                   QStringLiteral("\"o.%1\": %2").arg(key, value)});
}

/// Both names stand whole in the entry, and it may be another database's.
QString renames(const OplogSearch &search)
{
    const QString space = spaceOf(search);
    if (space.isEmpty())
        return QStringLiteral("op: \"c\", \"o.renameCollection\": { $exists: true }");
    return QStringLiteral("op: \"c\", $or: [\n    { \"o.renameCollection\": %1 },\n    { \"o.to\": %1 }\n  ]")
        .arg(space);
}

QString anything(const OplogSearch &search)
{
    const QString space = spaceOf(search);
    if (space.isEmpty())
        return QStringLiteral("op: { $ne: \"n\" }");
    QStringList ways{inSpace(QStringLiteral("ns"), space), inSpace(QStringLiteral("\"o.applyOps.ns\""), space),
                     inSpace(QStringLiteral("\"o.to\""), space)};
    if (!search.collection.isEmpty())
        ways << inSpace(QStringLiteral("ns"), name(search.database, QStringLiteral("$cmd")));
    QStringList lines;
    for (const QString &way : ways)
        lines << QStringLiteral("    { %1 }").arg(way);
    return QStringLiteral("$or: [\n%1\n  ]").arg(lines.join(QStringLiteral(",\n")));
}

QString conditionOf(const OplogSearch &search)
{
    const QString exists = QStringLiteral("{ $exists: true }");
    switch (search.operation) {
    case Operation::Drop:
        return command(search, QStringLiteral("drop"),
                       search.collection.isEmpty() ? exists : quoted(search.collection));
    case Operation::DropDatabase:
        return command(search, QStringLiteral("dropDatabase"), exists);
    case Operation::RenameCollection:
        return renames(search);
    case Operation::Delete:
        return writes(QStringLiteral("d"), spaceOf(search));
    case Operation::Insert:
        return writes(QStringLiteral("i"), spaceOf(search));
    case Operation::Update:
        return writes(QStringLiteral("u"), spaceOf(search));
    case Operation::Any:
        break;
    }
    return anything(search);
}

/// Documents that were written may be large; of a command the whole tells what it did.
bool showsWhole(Operation operation)
{
    return operation == Operation::Drop || operation == Operation::DropDatabase ||
           operation == Operation::RenameCollection;
}

QString stamp(qint64 seconds)
{
    const qint64 bounded = std::clamp<qint64>(seconds, 0, std::numeric_limits<quint32>::max());
    return QStringLiteral("Timestamp({ t: %1, i: 0 })").arg(bounded);
}

} // namespace

QString oplogQuery(const OplogSearch &search)
{
    return QStringLiteral("db.getSiblingDB(\"local\").getCollection(\"oplog.rs\").find({\n  ts: { $gte: ") +
           stamp(search.from) + QStringLiteral(", $lt: ") + stamp(search.to + 1) + QStringLiteral(" },\n  ") +
           conditionOf(search) + QStringLiteral("\n}, { ts: 1, op: 1, ns: 1, ") +
           (showsWhole(search.operation) ? QStringLiteral("o: 1")
                                         : QStringLiteral("\"o._id\": 1, \"o.drop\": 1, \"o.dropDatabase\": 1")) +
           QStringLiteral(", wall: 1 })");
}

} // namespace tidemark
