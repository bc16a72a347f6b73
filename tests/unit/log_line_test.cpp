#include "log_line_words.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

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

} // namespace

/// What is read in a structured line of a log, in the forms of MongoDB 4.4 to 8.0.
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
