#include "logs/log_line.h"

#include <QStringList>
#include <QTest>

using namespace tidemark;

namespace {

QString timeWord(qint64 milliseconds)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC);
    return time.date() == QDate(2026, 11, 27) ? time.toString(QStringLiteral("hh:mm:ss.zzz"))
                                              : time.toString(QStringLiteral("yyyy-MM-dd hh:mm:ss.zzz"));
}

QString eventWord(LogEvent event)
{
    static const QStringList words{
        QStringLiteral("drop"),   QStringLiteral("dropped"), QStringLiteral("database"),  QStringLiteral("rename"),
        QStringLiteral("capped"), QStringLiteral("delete"),  QStringLiteral("connected"), QStringLiteral("introduced"),
        QStringLiteral("user"),   QStringLiteral("started")};
    return words.at(static_cast<int>(event));
}

/// "drop shop.orders 14:03:07.214 conn5 …", "" for nothing.
QString word(const std::optional<LogLine> &line)
{
    if (!line)
        return {};
    QStringList words{eventWord(line->event)};
    if (!line->nameSpace.isEmpty())
        words << line->nameSpace;
    words << timeWord(line->milliseconds) << line->context;
    if (!line->target.isEmpty())
        words << QStringLiteral("to=") + line->target;
    if (line->dropsTarget)
        words << QStringLiteral("over");
    if (line->documents.isExact())
        words << (line->event == LogEvent::Delete ? QStringLiteral("n=%1").arg(line->documents.least) : QString());
    else if (line->documents.most)
        words << QStringLiteral("n<=%1").arg(*line->documents.most);
    if (line->parts)
        words << QStringLiteral("parts=%1").arg(*line->parts);
    if (line->took > 0)
        words << QStringLiteral("took=%1").arg(line->took);
    if (line->isCommand)
        words << QStringLiteral("command");
    for (const auto &[name, value] :
         {std::pair("user=", line->user), std::pair("from=", line->client), std::pair("app=", line->appName)}) {
        if (!value.isEmpty())
            words << QLatin1String(name) + value;
    }
    if (!line->zoneWasTold)
        words << QStringLiteral("~zone");
    if (!line->yearWasTold)
        words << QStringLiteral("~year");
    return words.join(QLatin1Char(' '));
}

LogReading reading()
{
    return {QTimeZone("Europe/Berlin"), QDateTime(QDate(2026, 11, 27), QTime(14, 20), Qt::UTC)};
}

/// A structured line of 14:03:07.214.
QByteArray structured(const char *component, int id, const char *context, const char *message, const QByteArray &attr)
{
    return "{\"t\":{\"$date\":\"2026-11-27T14:03:07.214+00:00\"},\"s\":\"I\",  \"c\":\"" + QByteArray(component) +
           "\",  \"id\":" + QByteArray::number(id) + ",  \"ctx\":\"" + context + "\",\"msg\":\"" + message +
           "\",\"attr\":{" + attr + "}}";
}

QByteArray slow(const QByteArray &attr)
{
    return structured("COMMAND", 51803, "conn26", "Slow query", attr);
}

/// A line of text of 14:03:07.214.
QByteArray text(const char *component, const char *context, const QByteArray &message)
{
    return "2026-11-27T15:03:07.214+0100 I " + QByteArray(component) + " [" + context + "] " + message;
}

} // namespace

/// What is read in a line of a log, in the forms of MongoDB 2.4 to 8.0.
class LogLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAStructuredLine_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QByteArray &line, const char *expected) {
            QTest::newRow(name) << line << QString::fromUtf8(expected);
        };
        const QByteArray drop = structured("COMMAND", 518070, "conn5", "CMD: drop", "\"namespace\":\"shop.orders\"");
        row("drop", drop, "drop shop.orders 14:03:07.214 conn5");
        row("behind a container's name", "smp-mongo  | " + drop, "drop shop.orders 14:03:07.214 conn5");
        row("behind a container's time", "2025-01-13T01:39:26.520555851Z " + drop,
            "drop shop.orders 14:03:07.214 conn5");
        row("with service (8.0)", QByteArray(drop).replace("\"ctx\"", "\"svc\":\"S\", \"ctx\""),
            "drop shop.orders 14:03:07.214 conn5");
        row("with a carriage return", drop + "\r", "drop shop.orders 14:03:07.214 conn5");
        row("local time", QByteArray(drop).replace("14:03:07.214+00:00", "22:03:07.214+08:00"),
            "drop shop.orders 14:03:07.214 conn5");
        row("west of Greenwich", QByteArray(drop).replace("14:03:07.214+00:00", "10:33:07.214-03:30"),
            "drop shop.orders 14:03:07.214 conn5");
        row("Z", QByteArray(drop).replace("+00:00", "Z"), "drop shop.orders 14:03:07.214 conn5");
        row("no zone", QByteArray(drop).replace("+00:00", ""), "drop shop.orders 13:03:07.214 conn5 ~zone");
        row("no such day", QByteArray(drop).replace("2026-11-27", "2026-02-30"), "");
        row("no such hour", QByteArray(drop).replace("T14:", "T25:"), "");
        row("something behind the time", QByteArray(drop).replace("+00:00", "+00:00x"), "");
        row("a name with blanks, dots and quotes",
            structured("COMMAND", 518070, "conn5", "CMD: drop", "\"namespace\":\"shop.my \\\"old\\\" orders.2020\""),
            "drop shop.my \"old\" orders.2020 14:03:07.214 conn5");
        row("no namespace", structured("COMMAND", 518070, "conn5", "CMD: drop", ""), "");
        row("indexes are no loss",
            structured("COMMAND", 51806, "conn5", "CMD: dropIndexes",
                       "\"namespace\":\"shop.orders\",\"indexes\":\"a_1\""),
            "");
        row("carried out",
            structured("STORAGE", 20318, "conn5", "Finishing collection drop", "\"namespace\":\"shop.orders\""),
            "dropped shop.orders 14:03:07.214 conn5");
        row("carried out on a secondary",
            structured("STORAGE", 20318, "ReplWriterWorker-2", "Finishing collection drop",
                       "\"namespace\":\"shop.orders\""),
            "dropped shop.orders 14:03:07.214 ReplWriterWorker-2");
        row("database", structured("COMMAND", 20337, "conn258", "dropDatabase - starting", "\"db\":\"shop\""),
            "database shop 14:03:07.214 conn258");
        row("a database's collection is a part of it",
            structured("COMMAND", 20338, "conn258", "dropDatabase - dropping collection",
                       "\"db\":\"shop\",\"namespace\":\"shop.orders\""),
            "");
        row("rename",
            structured("COMMAND", 20400, "conn5", "renameCollectionForCommand",
                       "\"sourceNamespace\":\"shop.new\",\"targetNamespace\":\"shop.orders\",\"dropTarget\":\"yes\""),
            "rename shop.new 14:03:07.214 conn5 to=shop.orders over");
        row("rename to a free name",
            structured("COMMAND", 20400, "conn5", "renameCollectionForCommand",
                       "\"sourceNamespace\":\"shop.orders\",\"targetNamespace\":\"shop.old\",\"dropTarget\":\"no\""),
            "rename shop.orders 14:03:07.214 conn5 to=shop.old");
        row("accepted",
            structured("NETWORK", 22943, "listener", "Connection accepted",
                       "\"remote\":\"10.20.4.17:51514\",\"connectionId\":482,\"connectionCount\":31"),
            "connected 14:03:07.214 conn482 from=10.20.4.17:51514");
        row("metadata",
            structured("NETWORK", 51800, "conn482", "client metadata",
                       "\"remote\":\"10.20.4.17:51514\",\"client\":\"conn482\",\"doc\":{\"application\":{\"name\":"
                       "\"mongosh 2.5.6\"},\"driver\":{\"name\":\"nodejs\"}}"),
            "introduced 14:03:07.214 conn482 from=10.20.4.17:51514 app=mongosh 2.5.6");
        row("authenticated (4.4 to 6.0)",
            structured("ACCESS", 20250, "conn482", "Authentication succeeded",
                       "\"mechanism\":\"SCRAM-SHA-256\",\"speculative\":true,\"principalName\":\"deploy_bot\","
                       "\"authenticationDatabase\":\"admin\",\"remote\":\"10.20.4.17:51514\",\"extraInfo\":{}"),
            "user 14:03:07.214 conn482 user=deploy_bot@admin from=10.20.4.17:51514");
        row("authenticated (7.0)",
            structured("ACCESS", 5286306, "conn2", "Successfully authenticated",
                       "\"client\":\"172.23.0.4:46532\",\"isSpeculative\":true,\"isClusterMember\":false,\"mechanism\":"
                       "\"SCRAM-SHA-256\",\"user\":\"admin\",\"db\":\"admin\",\"result\":0"),
            "user 14:03:07.214 conn2 user=admin@admin from=172.23.0.4:46532");
        row("not authenticated", structured("ACCESS", 5286307, "conn2", "Failed to authenticate", "\"user\":\"admin\""),
            "");
        row("slow remove",
            slow("\"type\":\"remove\",\"ns\":\"shop.orders\",\"appName\":\"mongosh "
                 "2.5.6\",\"command\":{\"q\":{\"a\":1},\"limit\":0},\"ndeleted\":1734,\"remote\":\"127.0.0.1:5\","
                 "\"durationMillis\":612"),
            "delete shop.orders 14:03:06.602 conn26 n=1734 took=612 from=127.0.0.1:5 app=mongosh 2.5.6");
        row("slow remove, small letters (4.4 at first)",
            QByteArray(
                slow("\"type\":\"remove\",\"ns\":\"a.b\",\"command\":{\"q\":{}},\"ndeleted\":0,\"durationMillis\":148"))
                .replace("Slow", "slow"),
            "delete a.b 14:03:07.066 conn26 n=0 took=148");
        row("slow remove, a long number",
            slow("\"type\":\"remove\",\"ns\":\"a.b\",\"ndeleted\":{\"$numberLong\":\"5000000000\"}"),
            "delete a.b 14:03:07.214 conn26 n=5000000000");
        row("slow delete command",
            slow("\"type\":\"command\",\"ns\":\"shop.$cmd\",\"command\":{\"delete\":\"orders\",\"deletes\":[{\"q\":{},"
                 "\"limit\":0}],\"$db\":\"shop\"},\"durationMillis\":2000"),
            "delete shop.orders 14:03:05.214 conn26 parts=1 took=2000 command");
        row("slow delete of single documents",
            slow("\"type\":\"command\",\"ns\":\"shop.$cmd\",\"command\":{\"delete\":\"orders\",\"deletes\":[{\"q\":{},"
                 "\"limit\":1},{\"q\":{},\"limit\":1}],\"$db\":\"shop\"}"),
            "delete shop.orders 14:03:07.214 conn26 n<=2 parts=2 command");
        const QByteArray singles = "\"type\":\"command\",\"ns\":\"shop.$cmd\",\"command\":{\"delete\":\"orders\","
                                   "\"deletes\":[{\"q\":{},\"limit\":1}],\"$db\":\"shop\"}";
        row("slow delete whose document was cut",
            slow(singles).chopped(1) + R"(,"truncated":{"command":{"deletes":{"1":{"type":"object","size":50}}}}})",
            "delete shop.orders 14:03:07.214 conn26 command");
        row("slow delete whose documents came beside it",
            slow(R"("type":"command","ns":"shop.$cmd","command":{"delete":"orders","ordered":true,"$db":"shop"})"),
            "delete shop.orders 14:03:07.214 conn26 command");
        row("slow delete that tells its number", slow(singles + ",\"ndeleted\":1"),
            "delete shop.orders 14:03:07.214 conn26 n=1 parts=1 command");
        row("a delete that took longer than there are databases",
            slow(R"("type":"remove","ns":"a.b","ndeleted":5,"durationMillis":9223372036854775807)"),
            "delete a.b 14:03:07.214 conn26 n=5");
        row("started", structured("CONTROL", 20698, "main", "***** SERVER RESTARTED *****", ""),
            "started 14:03:07.214 main");
        row("starting", structured("CONTROL", 4615611, "initandlisten", "MongoDB starting", "\"pid\":1"),
            "started 14:03:07.214 initandlisten");
        row("slow drop",
            slow("\"type\":\"command\",\"ns\":\"shop.orders\",\"command\":{\"drop\":\"orders\",\"$db\":\"shop\"},"
                 "\"durationMillis\":7214"),
            "drop shop.orders 14:03:00.000 conn26 took=7214 command");
        row("slow drop that was refused",
            slow("\"type\":\"command\",\"ns\":\"shop.orders\",\"command\":{\"drop\":\"orders\",\"$db\":\"shop\"},"
                 "\"ok\":0,\"errName\":\"NamespaceNotFound\""),
            "");
        row("slow drop of a database",
            slow("\"type\":\"command\",\"ns\":\"shop\",\"command\":{\"dropDatabase\":1,\"$db\":\"shop\"}"),
            "database shop 14:03:07.214 conn26 command");
        row("slow rename",
            slow("\"type\":\"command\",\"ns\":\"admin.$cmd\",\"command\":{\"renameCollection\":\"shop.a\",\"to\":"
                 "\"shop.b\",\"dropTarget\":true,\"$db\":\"admin\"}"),
            "rename shop.a 14:03:07.214 conn26 to=shop.b over command");
        row("slow conversion",
            slow("\"type\":\"command\",\"ns\":\"shop.orders\",\"command\":{\"convertToCapped\":\"orders\",\"size\":"
                 "1000,\"$db\":\"shop\"}"),
            "capped shop.orders 14:03:07.214 conn26 command");
        row("slow find for the word drop",
            slow("\"type\":\"command\",\"ns\":\"shop.orders\",\"command\":{\"find\":\"orders\",\"filter\":{\"drop\":"
                 "\"orders\"}}"),
            "");
        row("slow find", slow("\"type\":\"command\",\"ns\":\"shop.orders\",\"command\":{\"find\":\"orders\"}"), "");
        row("slow update",
            slow("\"type\":\"update\",\"ns\":\"shop.orders\",\"command\":{\"q\":{},\"u\":{\"drop\":\"x\"}},"
                 "\"ndeleted\":3"),
            "");
        row("a drop in quotes of another message",
            structured("COMMAND", 1, "conn5", "Note",
                       "\"text\":\"\\\"msg\\\":\\\"CMD: drop\\\"\",\"namespace\":\"shop.orders\""),
            "");
        row("cut", drop.chopped(3), "");
        row("attributes that are no object", QByteArray(drop).replace("{\"namespace\":\"shop.orders\"}", "7"), "");
        row("deep",
            "{\"t\":{\"$date\":\"2026-11-27T14:03:07.214+00:00\"},\"msg\":\"CMD: drop\",\"attr\":" +
                QByteArray(5000, '['),
            "");
        row("other JSON", "{\"ts\":{\"$timestamp\":{\"t\":1,\"i\":1}},\"op\":\"c\",\"o\":{\"drop\":\"orders\"}}", "");
    }
    void readsAStructuredLine()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, expected);
        QCOMPARE(word(parseLogLine(line, reading())), expected);
    }

    void readsATextLine_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QByteArray &line, const char *expected) {
            QTest::newRow(name) << line << QString::fromUtf8(expected);
        };
        row("drop", text("COMMAND ", "conn194051", "CMD: drop shop.orders"),
            "drop shop.orders 14:03:07.214 conn194051");
        row("drop, a name with blanks", text("COMMAND ", "conn1", "CMD: drop shop.my orders"),
            "drop shop.my orders 14:03:07.214 conn1");
        row("indexes", text("COMMAND ", "conn1", "CMD: dropIndexes shop.orders"), "");
        row("UTC", "2026-11-27T14:03:07.214Z I COMMAND  [conn1] CMD: drop a.b", "drop a.b 14:03:07.214 conn1");
        row("two blanks (4.2)", "2026-11-27T14:03:07.214+0000 I  COMMAND  [conn1] CMD: drop a.b",
            "drop a.b 14:03:07.214 conn1");
        row("ctime", "Fri Nov 27 15:03:07.214 I COMMAND  [conn2898] CMD: drop a.b",
            "drop a.b 14:03:07.214 conn2898 ~zone ~year");
        row("ctime of 2.4", "Fri Nov 27 15:03:07.214 [conn7] CMD: drop a.b", "drop a.b 14:03:07.214 conn7 ~zone ~year");
        row("ctime, a day of one figure", "Tue Nov  3 15:03:07.214 [conn7] CMD: drop a.b",
            "drop a.b 2026-11-03 14:03:07.214 conn7 ~zone ~year");
        row("ctime of last year", "Mon Dec 29 15:03:07 [conn7] CMD: drop a.b",
            "drop a.b 2025-12-29 14:03:07.000 conn7 ~zone ~year");
        row("ctime of a leap day", "Thu Feb 29 15:03:07 [conn7] CMD: drop a.b",
            "drop a.b 2024-02-29 14:03:07.000 conn7 ~zone ~year");
        row("ctime in summer", "Wed Jul  1 15:03:07.214 [conn7] CMD: drop a.b",
            "drop a.b 2026-07-01 13:03:07.214 conn7 ~zone ~year");
        row("before 2.6, iso", "2026-11-27T14:03:07.214+0000 [conn148] CMD: drop test.x",
            "drop test.x 14:03:07.214 conn148");
        row("behind a container's name", "db        | " + text("COMMAND ", "conn1", "CMD: drop a.b"),
            "drop a.b 14:03:07.214 conn1");
        row("indented", "\t" + text("COMMAND ", "conn1", "CMD: drop a.b"), "drop a.b 14:03:07.214 conn1");
        row("carried out", text("STORAGE ", "repl-writer-worker-3", "Finishing collection drop for a.b (c7bb4a7f)."),
            "dropped a.b 14:03:07.214 repl-writer-worker-3");
        row("database", text("COMMAND ", "conn634", "dropDatabase config - starting"),
            "database config 14:03:07.214 conn634");
        row("database, 2.0", "Fri Nov 27 15:03:07.214 [conn999] dropDatabase basisdata starting",
            "database basisdata 14:03:07.214 conn999 ~zone ~year");
        row("database, its end", text("COMMAND ", "conn634", "dropDatabase config - dropped 1 collection(s)"), "");
        row("rename over another",
            text("COMMAND ", "conn1", "renameCollectionForCommand: rename a.b to a.c and drop a.c."),
            "rename a.b 14:03:07.214 conn1 to=a.c over");
        row("rename", text("COMMAND ", "conn1", "renameCollectionForCommand: rename a.b to a.c.d."),
            "rename a.b 14:03:07.214 conn1 to=a.c.d");
        row("rename without an end", text("COMMAND ", "conn1", "renameCollectionForCommand: rename a.b"), "");
        row("accepted",
            text("NETWORK ", "listener", "connection accepted from 127.0.0.1:42378 #3 (1 connection now open)"),
            "connected 14:03:07.214 conn3 from=127.0.0.1:42378");
        row("metadata",
            text("NETWORK ", "conn1",
                 "received client metadata from 127.0.0.1:52690 conn1: { application: { name: \"MongoDB Shell\" }, "
                 "driver: { name: \"x\" } }"),
            "introduced 14:03:07.214 conn1 from=127.0.0.1:52690 app=MongoDB Shell");
        row("metadata without an application",
            text("NETWORK ", "conn2",
                 "received client metadata from 1.2.3.4:5 conn2: { driver: { name: \"PyMongo\" } }"),
            "introduced 14:03:07.214 conn2 from=1.2.3.4:5");
        row("authenticated",
            text("ACCESS  ", "conn3",
                 "Successfully authenticated as principal root_user on admin from client 127.0.0.1:42378"),
            "user 14:03:07.214 conn3 user=root_user@admin from=127.0.0.1:42378");
        row("authenticated, 3.6", text("ACCESS  ", "conn2", "Successfully authenticated as principal sammy on admin"),
            "user 14:03:07.214 conn2 user=sammy@admin");
        row("authenticated by certificate",
            text("ACCESS  ", "conn2", "Successfully authenticated as principal CN=bot on duty,O=X on $external"),
            "user 14:03:07.214 conn2 user=CN=bot on duty,O=X@$external");
        row("remove",
            text("WRITE   ", "conn9",
                 "remove shop.orders appName: \"x y\" command: { q: {}, limit: 0 } planSummary: COLLSCAN ndeleted:1734 "
                 "numYields:7 612ms"),
            "delete shop.orders 14:03:06.602 conn9 n=1734 took=612 app=x y");
        row("remove, 2.6",
            text("WRITE   ", "conn9", "remove test.foo query: { a: { $gte: 9.0 } } ndeleted:1 keyUpdates:0 0ms"),
            "delete test.foo 14:03:07.214 conn9 n=1");
        row("remove that was refused",
            text("WRITE   ", "conn9", "remove a.b command: { q: {} } exception: interrupted code:11601 5ms"), "");
        row("slow drop",
            text("COMMAND ", "conn9",
                 "command shop.orders appName: \"x\" command: drop { drop: \"orders\", $db: \"shop\" } numYields:0 "
                 "reslen:143 619ms"),
            "drop shop.orders 14:03:06.595 conn9 took=619 command app=x");
        row("slow drop, 2.4",
            "Fri Dec  4 23:41:43.013 [conn35] command blog.$cmd command: { drop: \"entries\" } ntoreturn:1 reslen:143 "
            "619ms",
            "drop blog.entries 2025-12-04 22:41:42.394 conn35 took=619 command ~zone ~year");
        row("slow drop of a database",
            text("COMMAND ", "conn9", "command test command: dropDatabase { dropDatabase: 1 } 5ms"),
            "database test 14:03:07.209 conn9 took=5 command");
        row("slow rename",
            text("COMMAND ", "conn9",
                 "command admin.$cmd command: renameCollection { renameCollection: \"a.b\", to: \"a.c\", dropTarget: "
                 "true } 5ms"),
            "rename a.b 14:03:07.209 conn9 to=a.c over took=5 command");
        row("slow conversion",
            text("COMMAND ", "conn9",
                 "command a.$cmd command: convertToCapped { convertToCapped: \"b\", size: 5 } 5ms"),
            "capped a.b 14:03:07.209 conn9 took=5 command");
        row("slow delete",
            text("COMMAND ", "conn9",
                 "command a.$cmd command: delete { delete: \"b\", deletes: [ { q: {}, limit: 0 } ], $db: \"a\" } 5ms"),
            "delete a.b 14:03:07.209 conn9 parts=1 took=5 command");
        row("slow delete of one document",
            text("COMMAND ", "conn9",
                 "command a.$cmd command: delete { delete: \"b\", deletes: [ { q: {}, limit: 1 } ], $db: \"a\" } 5ms"),
            "delete a.b 14:03:07.209 conn9 n<=1 parts=1 took=5 command");
        const auto slowDelete = [](const QByteArray &deletes) {
            return text("COMMAND ", "conn9", "command a.$cmd command: delete { delete: \"b\"" + deletes + " } 5ms");
        };
        row("slow delete of three times one document",
            slowDelete(
                ", deletes: [ { q: { a: 1.0 }, limit: 1 }, { q: {}, limit: 1, hint: { a: 1 } }, { q: {}, limit: 1 } "
                "], $db: \"a\""),
            "delete a.b 14:03:07.209 conn9 n<=3 parts=3 took=5 command");
        row("slow delete, one of them of many",
            slowDelete(", deletes: [ { q: {}, limit: 1 }, { q: { n: \"limit: 1 }, {\" }, limit: 0 } ]"),
            "delete a.b 14:03:07.209 conn9 parts=2 took=5 command");
        row("slow delete of what has such a field",
            slowDelete(", deletes: [ { q: { limit: 1, x: { limit: 1 } }, limit: 0 } ], $db: \"a\""),
            "delete a.b 14:03:07.209 conn9 parts=1 took=5 command");
        row("slow delete that was cut", slowDelete(", deletes: [ { q: {}, limit: 1 }, { q: { x: ..."),
            "delete a.b 14:03:07.209 conn9 took=5 command");
        row("slow delete whose documents came beside it", slowDelete(", ordered: true, $db: \"a\""),
            "delete a.b 14:03:07.209 conn9 took=5 command");
        row("started", text("CONTROL ", "main", "***** SERVER RESTARTED *****"), "started 14:03:07.214 main");
        row("starting", text("CONTROL ", "initandlisten", "MongoDB starting : pid=1 port=27017"),
            "started 14:03:07.214 initandlisten");
        row("slow drop that was refused",
            text("COMMAND ", "conn9",
                 "command a.$cmd command: drop { drop: \"b\" } exception: ns not found code:26 5ms"),
            "");
        row("slow find",
            text("COMMAND ", "conn9", "command a.b command: find { find: \"b\", filter: { drop: \"b\" } } 171ms"), "");
        row("a drop that a query quotes",
            text("COMMAND ", "conn9",
                 "command a.b command: find { find: \"b\", filter: { x: \"] CMD: drop a.b\" } } 171ms"),
            "");
        row("no thread", "2026-11-27T14:03:07.214+0000 I COMMAND  CMD: drop a.b", "");
        row("no time", "I COMMAND  [conn1] CMD: drop a.b", "");
        row("nothing", "", "");
        row("a brace", "{", "");
        row("binary", QByteArray("\0\1\2[conn1] CMD: drop a.b", 23), "");
        row("another program's", "2026-11-27 14:03:07 ERROR [main] CMD dropped", "");
        row("no UTF-8", text("COMMAND ", "conn1", "CMD: drop a.\xff\xfe"),
            "drop a.\xEF\xBF\xBD\xEF\xBF\xBD 14:03:07.214 conn1");
    }
    void readsATextLine()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, expected);
        QCOMPARE(word(parseLogLine(line, reading())), expected);
    }

    void knowsWhatTheServerDropsForItself_data()
    {
        QTest::addColumn<bool>("isScratch");
        for (const char *name :
             {"shop.tmp.agg_out.1f2c", "shop.tmp.mr.orders_3", "local.replset.x", "config.cache.chunks.shop.a",
              "shop.tmpab12c.renameCollection", "shop.tmp0.convertToCapped"})
            QTest::newRow(name) << true;
        for (const char *name :
             {"shop.orders", "shop.tmp", "shop.tmp.orders", "config.shards", "shop", "shop.renameCollection", ""})
            QTest::newRow(name) << false;
    }
    void knowsWhatTheServerDropsForItself()
    {
        QFETCH(bool, isScratch);
        QCOMPARE(tidemark::isScratch(QString::fromLatin1(QTest::currentDataTag())), isScratch);
    }
};

QTEST_GUILESS_MAIN(LogLineTest)

#include "log_line_test.moc"
