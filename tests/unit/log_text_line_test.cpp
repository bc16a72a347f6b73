#include "log_line_words.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// A line of text of 14:03:07.214.
QByteArray text(const char *component, const char *context, const QByteArray &message)
{
    return "2026-11-27T15:03:07.214+0100 I " + QByteArray(component) + " [" + context + "] " + message;
}

} // namespace

/// What is read in a line of text of a log, in the forms of MongoDB 2.4 to 4.2.
class LogTextLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
};

QTEST_GUILESS_MAIN(LogTextLineTest)

#include "log_text_line_test.moc"
