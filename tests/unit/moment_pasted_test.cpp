#include "moment_words.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

/// Texts as DBAs have them in their hands: of chats, tickets, mails, dashboards, journals and shells. The worst answer
/// is a wrong moment without a question.
class MomentPastedTest : public QObject
{
    Q_OBJECT

private:
    static void row(const char *written, const char *expected)
    {
        QTest::newRow(QByteArray(written).left(120).constData())
            << QString::fromUtf8(written) << QString::fromUtf8(expected);
    }
    static void addColumns()
    {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("expected");
    }
    static void compare()
    {
        QFETCH(QString, written);
        QFETCH(QString, expected);
        QCOMPARE(text(read(written)), expected);
    }

private Q_SLOTS:
    void arithmetic_data();
    void arithmetic() { compare(); }
    void daysBesideTimes_data();
    void daysBesideTimes() { compare(); }
    void zones_data();
    void zones() { compare(); }
    void timestamps_data();
    void timestamps() { compare(); }
    void chatsAndTickets_data();
    void chatsAndTickets() { compare(); }
    void logs_data();
    void logs() { compare(); }
    void shells_data();
    void shells() { compare(); }
};

/// A part of a sentence that moves the moment is no decoration.
void MomentPastedTest::arithmetic_data()
{
    addColumns();
    row("2026-11-27 14:03 UTC - 5 min", "! - 5 min");
    row("2026-11-27 14:03 UTC + 5 min", "! + 5 min");
    row("2026-11-27 14:03 UTC -5 or so", "! -5");
    row("2026-11-27 14:03:07+10 min", "! +10");
    row("2026-11-27 14:03:07-5 minutes", "! -5");
    row("2026-11-27 14:03 UTC-5 minutes", "! 5 minutes");
    row("2026-11-27 14:03:07 +2 Stunden", "! +2 Stunden");
    row("2026-11-27 14:03:07 -00:05", "! -00:05");
    row("2026-11-27 14:03:07+00:30", "! +00:30");
    row("2026-11-27 14:03:07+01:20", "! +01:20");
    row("2026-11-27 14:03:07+05:45", "2026-11-27 08:18:07");
    row("2026-11-27 14:03:07+0330 was when", "2026-11-27 10:33:07");
    // The half of the day keeps the date from being joined with the time.
    row("2026年11月27日 下午2:03:07", "! 2026年11月27日");
    row("2026年11月27日 星期五 下午2:03:07", "! 2026年11月27日 星期五");
    row("2026년 11월 27일 오후 2:03:07", "! 2026년 11월 27일");
    row("2026. 11. 27. 오후 2:03:07", "! 오후");
    row("2026年11月27日 午後2:03:07", "! 2026年11月27日");
    row("2026年11月27日(金) 14:03:07", "2026-11-27 14:03:07");
    row("2026년 11월 27일 금요일 14:03:07", "2026-11-27 14:03:07");
    row("2026-11-27 14:03 UTC (-5m)", "! (-5m)");
    row("2026-11-27 14:03 UTC, 5 min less", "! less");
    row("2026-11-27 14:03 UTC, 5 minutes prior", "! prior");
    row("just prior to 2026-11-27 14:03 UTC", "! prior");
    row("2026-11-27 14:03 UTC five minutes early", "! early");
    row("2026-11-27 14:03 UTC a few seconds late", "! late");
    row("2026-11-27 14:03 UTC, the clock was late", "! late");
    row("2026-11-27 14:03 UTC, one hour off", "! off");
    row("fine until 2026-11-27 14:03 UTC", "! until");
    row("a minute or two past 2026-11-27 14:03 UTC", "! past");
    row("2026-11-27 14:03 UTC and 30s", "! 30s");
    row("2026-11-27 14:03 UTC plus two hours", "! plus");
    row("2026-11-27T14:03:07Z/PT5M", "! Z/PT5M");
    row("eine Stunde vor 2026-11-27 14:03 UTC", "! vor");
    row("kurz vor 2026-11-27 14:03 UTC", "! vor");
    row("2026-11-27 14:03 UTC, 5 Minuten später", "! später");
    row("5 minutos antes de 2026-11-27 14:03 UTC", "! antes");
    row("juste avant 2026-11-27 14:03 UTC", "! avant");
    row("not 2026-11-27 14:03:07 UTC", "! not");
    row("it wasn't at 2026-11-27 14:03:07 UTC", "! wasn't at");
    row("until 14:05", "! until");
    row("now-5m", "! now-5m");
    row("five minutes and then 2026-11-27 14:03 UTC", "! five minutes");
    row("2026-11-27 14:03 UTC, 20 Minuten", "! 20 Minuten");
    row("14:03 Regina dropped it", "! Regina");
    row("2026-11-27 21:03:07 Davis dropped it", "! Davis");
    row("-  2026-11-27 14:03:07 UTC", "2026-11-27 14:03:07");
    row("Last modified: 2026-11-27 14:03:07", "2026-11-27 14:03:07");
    // Words and numbers that change nothing.
    row("order 4711 is gone since 2026-11-27 14:03:07 UTC", "2026-11-27 14:03:07");
    row("2026-11-27 14:03:07 UTC - 10.0.12.7 dropped it", "2026-11-27 14:03:07");
    row("2026-11-27 14:03:07 UTC - somebody dropped it", "2026-11-27 14:03:07");
    row("INC-4711 P1 2026-11-27 14:03:07 UTC orders lost", "2026-11-27 14:03:07");
    // What stands beside a line of a log or an entry of the oplog is prose again.
    row("5 minutes before {\"t\":{\"$date\":\"2026-11-27T14:03:07.000+00:00\"},\"s\":\"I\",\"c\":\"COMMAND\"}",
        "! before");
    row("an hour after 2026-11-27T15:03:07.123+0100 I COMMAND  [conn42] CMD: drop shop.orders", "! after");
    row("5 minutes before {ts: Timestamp({ t: 1536610288, i: 3 }), op: 'c', ns: 'shop.$cmd'}", "! before");
    row("{ts: Timestamp({ t: 1536610288, i: 3 }), op: 'c', ns: 'shop.$cmd'} - 5 min", "! - 5 min");
}

void MomentPastedTest::daysBesideTimes_data()
{
    addColumns();
    row("20 Nov 14:03:07", "2026-11-20 14:03:07");
    row("20. November, 14:03", "2026-11-20 14:03:00");
    row("20 December 14:03:07", "2025-12-20 14:03:07");
    row("20th of November at 14:03", "2026-11-20 14:03:00");
    row("14:03:07 UTC on 20 November", "2026-11-20 14:03:07");
    row("14:03:07 on the 20th of November 2026", "2026-11-20 14:03:07");
    row("14:03:07 Nov 20", "2026-11-20 14:03:07");
    row("15:03:07 CET, Fri Nov 20 2026", "2026-11-20 14:03:07");
    row("14:03 2026-11-20", "2026-11-20 14:03:00");
    row("14:03:07 20.11.2026", "2026-11-20 14:03:07");
    row("2:03:07 PM 11/20/2026", "2026-11-20 14:03:07");
    row("14:03 03/04/2024", "? DayOrMonth: 2024-03-04 14:03:00 | 2024-04-03 14:03:00");
    row("14:03:07, 31 Nov", "! 14:03:07, 31 Nov");
    row("20.11. 14:03:07", "2026-11-20 14:03:07");
    row("20.11., 14:03 Uhr", "2026-11-20 14:03:00");
    row("27.11.2026 15:03:07 Uhr MEZ", "2026-11-27 14:03:07");
    row("11/20 14:03:07", "2026-11-20 14:03:07");
    row("3/4 14:03", "? DayOrMonth: 2026-03-04 14:03:00 | 2026-04-03 14:03:00");
    row("Thu Nov 27 14:03:07", "2025-11-27 14:03:07"); // 27 November 2026 is a Friday
    row("Fri Nov 27 14:03:07", "2026-11-27 14:03:07");
    row("Mon, 27 Nov 2026 14:03:07 GMT", "! Mon, 27 Nov 2026 14:03:07");
    row("14:03:07 on 20", "! on 20");
    row("on the 20th, 14:03", "! 20th");
    row("20-Nov-26 14:03:07", "! 20-Nov");
    row("20 Nov '26 14:03", "! 20 Nov");
    row("Nov 20, around 14:03", "! Nov 20");
    row("20 Nov, around 14:03", "! 20 Nov");
    row("14:03 last Friday", "! last");
    row("14:03 on Thursday", "! Thursday");
    row("Donnerstag 14:03", "! Donnerstag");
    row("gestern 14:03", "2026-11-26 14:03:00");
    row("heute um 14:03:07", "2026-11-27 14:03:07");
    row("hier à 14:03", "! hier");
    row("ayer 14:03", "! ayer");
    row("27 de noviembre de 2026, 14:03", "2026-11-27 14:03:00");
    row("ven. 27 nov. 2026 15:03:07 CET", "2026-11-27 14:03:07");
    row("Fr 27. Nov 15:03:07 CET 2026", "2026-11-27 14:03:07");
    row("27. Dezember 2025 14:03:07", "2025-12-27 14:03:07");
    row("27. Okt. 2026, 14:03", "2026-10-27 14:03:00");
    row("27 août 2026 à 14:03:07", "2026-08-27 14:03:07");
    row("2026年11月27日 14:03:07", "2026-11-27 14:03:07");
    row("2026年 11月 27日 金曜日 23:03:07 JST", "2026-11-27 14:03:07");
    row("27 ноября 2026 14:03:07", "! 27 ноября 2026");
    row("Novak 27 14:03", "? Day: 2026-11-26 14:03:00 | 2026-11-27 14:03:00");
}

void MomentPastedTest::zones_data()
{
    addColumns();
    row("2026-11-27 09:03:07 EST5EDT", "2026-11-27 14:03:07");
    row("2026-07-27 10:03:07 EST5EDT", "2026-07-27 14:03:07");
    row("2026-11-27 23:03:07 Japan", "2026-11-27 14:03:07");
    row("2026-11-27 16:03:07 Israel", "2026-11-27 14:03:07");
    row("2026-11-27 17:03:07 W-SU", "2026-11-27 14:03:07");
    row("2026-11-28 03:48:07 NZ-CHAT", "2026-11-27 14:03:07");
    row("2026-11-27 14:03:07 Zulu", "2026-11-27 14:03:07");
    row("2026-11-27 14:03:07 Universal", "2026-11-27 14:03:07");
    row("2026-11-27 22:03:07 Singapore", "2026-11-27 14:03:07");
    row("2026-11-27 09:03:07 Etc/GMT+5", "2026-11-27 14:03:07");
    row("2026-11-27 14:03:07 local time", "! local time");
    row("2026-11-27 14:03:07 server time", "! server time");
    row("2026-11-27 14:03:07 (local)", "! local");
    row("2026-11-27 14:03:07 Ortszeit", "! Ortszeit");
    row("2026-11-27 14:03:07 our time", "! our time");
    row("2026-11-27 14:03:07 Bavarian time", "! Bavarian time");
    row("2026-11-27 15:03:07 Berlin time", "2026-11-27 14:03:07");
    row("2026-11-27 09:03:07 est", "! est");
    row("2026-11-27 15:03:07 cet, orders lost", "! cet");
    row("2026-11-27 17:03:07 МСК", "! МСК");
    row("2026-11-27 09:03:07 US/Eastern", "2026-11-27 14:03:07");
    row("Fri Nov 27 2026 15:03:07 GMT+0100 (Central European Standard Time)", "2026-11-27 14:03:07");
    row("Fri Nov 27 2026 14:03:07 GMT+0000 (Coordinated Universal Time)", "2026-11-27 14:03:07");
    row("Fri Nov 27 2026 15:03:07 GMT+0100 (Mitteleurop\u00e4ische Normalzeit)", "2026-11-27 14:03:07");
    row("UTC: 2026-11-27 14:03:07", "2026-11-27 14:03:07");
    row("Time (UTC) | 2026-11-27 14:03:07", "2026-11-27 14:03:07");
    row("CET: 2026-11-27 15:03:07", "! CET");
    row("2026-11-27 14:03:07 UTC | 2026-11-27 15:03:07 CET", "2026-11-27 14:03:07");
}

void MomentPastedTest::timestamps_data()
{
    addColumns();
    row("--oplogTs 1536610288 --oplogInc 4", "2018-09-10 20:11:28/4");
    row("mongocli cm backup restores start AUTOMATED_RESTORE --clusterId 5b96cff0e25a4f2a1c9b7d3e --oplogTs=1536610288 "
        "--oplogInc=4",
        "2018-09-10 20:11:28/4");
    row("oplogTs=1536610288 oplogInc=4", "2018-09-10 20:11:28/4");
    row("oplogTs: 1536610288, oplogInc: 4", "2018-09-10 20:11:28/4");
    row("{\"oplogInc\":\"4\",\"oplogTs\":\"1536610288\"}", "2018-09-10 20:11:28/4");
    row("{\"oplogTs\":1536610288,\"delivery\":{\"methodName\":\"AUTOMATED_RESTORE\"},\"oplogInc\":4}",
        "2018-09-10 20:11:28/4");
    row("{\"oplogTs\":1536610288}", "! \"oplogTs\":");
    row("oplogTs=1536610288", "! oplogTs");
    row("1536610288 oplogInc=4", "! oplogInc");
    row("1536610288 \"i\": 4", "! \"i\":");
    row("{\"i\":4,\"t\":1536610288}", "2018-09-10 20:11:28/4");
    row("{\"$timestamp\":{\"i\":4,\"t\":1536610288}}", "2018-09-10 20:11:28/4");
    row("Timestamp({ i: 4, t: 1536610288 })", "2018-09-10 20:11:28/4");
    row("{\"increment\":7,\"date\":\"2019-02-08T23:20:25Z\"}", "2019-02-08 23:20:25/7");
    row("Timestamp{value=6599690933657141252, seconds=1536610288, inc=4}", "2018-09-10 20:11:28/4");
    row("{T:1536610288 I:4}", "2018-09-10 20:11:28/4");
    row("primitive.Timestamp{T:1536610288, I:4}", "2018-09-10 20:11:28/4");
    row("--oplogLimit 1536610288:4", "2018-09-10 20:11:28/4");
    row("1536610288:4", "2018-09-10 20:11:28/4");
    row("1536610288.4", "2018-09-10 20:11:28.400");
    row("t: 1536610288, i: 4", "2018-09-10 20:11:28/4");
    row("Timestamp(1536610288, 4), t: 12", "! , t: 12");
    row("{ ts: Timestamp({ t: 1732716187, i: 1 }), t: Long('7') }", "2024-11-27 14:03:07/1");
}

void MomentPastedTest::chatsAndTickets_data()
{
    addColumns();
    row("Maria Huber  14:05\nsomebody dropped shop.orders at 14:03:07", "? Several: 2026-11-26 14:03:07 | 2026-11-26 "
                                                                        "14:05:00 | 2026-11-27 14:03:07 | 2026-11-27 "
                                                                        "14:05:00");
    row("Maria Huber [2:05 PM]\norders are gone since 2026-11-27 14:03:07 UTC",
        "? Several: 2026-11-26 14:05:00 | 2026-11-27 14:03:07 | 2026-11-27 14:05:00");
    row("[27/11/2026 14:03:07] Maria: who dropped orders?", "2026-11-27 14:03:07");
    row("[27.11.26, 14:03:07] Maria: who dropped orders?", "! 27.11.26, 14:03:07");
    row("Huber, Maria\nFriday, November 27, 2026 2:03 PM", "2026-11-27 14:03:00");
    row("Sent: Friday, November 27, 2026 2:03 PM\nTo: DBA", "2026-11-27 14:03:00");
    row("Date: Fri, 27 Nov 2026 15:03:07 +0100 (CET)", "2026-11-27 14:03:07");
    row("On Fri, Nov 27, 2026 at 2:03 PM Maria <maria@shop.example> wrote:", "2026-11-27 14:03:00");
    row("Am Fr., 27. Nov. 2026 um 15:03 Uhr schrieb Maria:", "2026-11-27 15:03:00");
    row("Le ven. 27 nov. 2026 \u00e0 15:03, Maria a \u00e9crit :", "2026-11-27 15:03:00");
    row("Created: 27/Nov/26 2:03 PM", "! 27/Nov/26 2:03 PM");
    row("27/Nov/2026 2:03 PM", "2026-11-27 14:03:00");
    row("Created 2026-11-27T14:03:07.000+0000", "2026-11-27 14:03:07");
    row("<t:1795788187:F>", "! <t:1795788187:F>");
    row("https://shop.slack.com/archives/C024BE91L/p1795788187000200",
        "! https://shop.slack.com/archives/C024BE91L/p1795788187000200");
    row("https://grafana/d/x?from=1795788187000&to=1795791787000",
        "? Several: 2026-11-27 14:03:07 | 2026-11-27 15:03:07");
    row("https://grafana/d/x?from=now-1h&to=now", "! https://grafana/d/x?from=now-1h&to=now");
    row("2026-11-27 14:03:07 to 2026-11-27 15:03:07", "? Several: 2026-11-27 14:03:07 | 2026-11-27 15:03:07");
    row("Last 6 hours", "! Last 6 hours");
    row("Alert: REPLICATION_LAG opened 11/27/26 - 14:03:07 on shard-0", "! 11/27/26 - 14:03:07");
    row("11/27/2026 - 02:03 PM", "2026-11-27 14:03:00");
    row("11/27/26 - 02:03 PM", "! 11/27/26 - 02:03 PM");
    row("Snapshot 11/27/2026 02:03 PM (UTC)", "2026-11-27 14:03:00");
    row("2026-11-27 \u00b7 14:03:07", "2026-11-27 14:03:07");
    row("Nov 27, 2026 \u2022 2:03:07 PM", "2026-11-27 14:03:07");
    row("Nov 27, 2026 @ 14:03:07.000", "2026-11-27 14:03:07");
    row("November 27th 2026, 14:03:07.000", "2026-11-27 14:03:07");
    row("2026-11-27 @ 14:03", "2026-11-27 14:03:00");
    row("2026-11-27 14:03:07 UTC (16m 58s ago)", "2026-11-27 14:03:07");
    row("27.11. gegen 14:03", "! 27.11.");
    row("about 2pm", "! about 2pm");
    row("2pm today", "! 2pm today");
    row("14:03 \u2013 14:05 UTC on 2026-11-27", "? Several: 2026-11-26 14:03:00 | 2026-11-27 14:03:00 | 2026-11-27 "
                                                "14:05:00");
    row("Week 48, Fri 14:03", "! Fri");
    row("2026-W48-5T14:03:07", "! 2026-W48-5T14:03:07");
    row("2026-331T14:03:07Z", "! 2026-331T14:03:07Z");
    row("T+5 2026-11-27 14:03:07 UTC", "! T+5");
    row("2026-11-27 14:03:07 UTC?", "2026-11-27 14:03:07");
    row("2026-11-27 14:03:xx", "! :xx");
    row("2026-11-27 14:03:0", "! :0");
    row("2026-11-27 14:03:07 or 08", "! or 08");
    row("2026-11-27 14:03:07 / 14:04", "? Several: 2026-11-26 14:04:00 | 2026-11-27 14:03:07 | 2026-11-27 14:04:00");
    row("2026-11-27 14:03:07 UTC at the latest", "! latest");
    row("no later than 2026-11-27 14:03:07 UTC", "! later");
    row("by 2026-11-27 14:03:07 UTC at most 3 rows", "2026-11-27 14:03:07");
}

void MomentPastedTest::logs_data()
{
    addColumns();
    row("Nov 27 14:03:07 db1 mongod[4711]: {\"t\":{\"$date\":\"2026-11-27T14:03:07.123+00:00\"},\"s\":\"I\",  "
        "\"c\":\"COMMAND\",\"msg\":\"CMD: drop\"}",
        "2026-11-27 14:03:07.123");
    row("Nov 27 15:03:07 db1 mongod[4711]: {\"t\":{\"$date\":\"2026-11-27T15:03:07.123+01:00\"},\"s\":\"I\",  "
        "\"c\":\"COMMAND\",\"msg\":\"CMD: drop\"}",
        "2026-11-27 14:03:07.123");
    row("2026-11-27T14:03:07.200Z stdout F {\"t\":{\"$date\":\"2026-11-27T14:03:07.123+00:00\"},\"s\":\"I\",\"c\":"
        "\"COMMAND\"}",
        "2026-11-27 14:03:07.123");
    row("2026-11-27T15:03:07+0100 db1 mongod[4711]: {\"t\":{\"$date\":\"2026-11-27T14:03:07.123Z\"},\"s\":\"I\",\"c\":"
        "\"COMMAND\"}",
        "2026-11-27 14:03:07.123");
    row("mongo-0 mongod {\"t\":{\"$date\":\"2026-11-27T14:03:07.123Z\"},\"s\":\"I\",\"c\":\"COMMAND\"}",
        "2026-11-27 14:03:07.123");
    row("-- Logs begin at Mon 2026-11-02 08:00:01 CET. --\nNov 27 15:03:07 db1 mongod[4711]: CMD: drop",
        "? Several: 2026-11-02 07:00:01 | 2026-11-27 15:03:07");
    row("<165>1 2026-11-27T15:03:07.123+01:00 db1 mongod 4711 ID47 [ex@32473 iut=\"3\"] CMD: drop shop.orders",
        "2026-11-27 14:03:07.123");
    row("<34>Nov 27 14:03:07 db1 mongod: CMD: drop shop.orders", "2026-11-27 14:03:07");
    row("2026-11-27 14:03:07,123 [main] ERROR c.shop.Orders - collection vanished, 5 min timeout",
        "2026-11-27 14:03:07.123");
    row("2026-11-27 14:03:07.123  INFO 4711 --- [main] c.shop.Orders : retry in 30s", "2026-11-27 14:03:07.123");
    row("2026-11-27T14:03:07.123Z ERROR orders: last seen 5 min ago", "2026-11-27 14:03:07.123");
    row("INFO  2026-11-27 14:03:07,123 dropped", "2026-11-27 14:03:07.123");
    row("I1127 14:03:07.123456 1 controller.go:42] lost", "! I1127");
    row("10.0.12.7 - - [27/Nov/2026:15:03:07 +0100] \"DELETE /orders HTTP/1.1\" 200 12", "2026-11-27 14:03:07");
    row("[Fri Nov 27 14:03:07.123456 2026] [mpm:notice] [pid 4711] orders", "2026-11-27 14:03:07.123");
    row("2026/11/27 14:03:07 main.go:42: dropped", "2026-11-27 14:03:07");
    row("time=\"2026-11-27T14:03:07Z\" level=error msg=\"gone\"", "2026-11-27 14:03:07");
    row("{\"level\":\"error\",\"ts\":1795788187.123,\"msg\":\"gone\"}", "2026-11-27 14:03:07.123");
    row("[2026-11-27T14:03:07Z WARN  shop] gone", "2026-11-27 14:03:07");
    row("2026-11-27 14:03:07.123 UTC [4711] LOG:  duration: 5.1 ms", "2026-11-27 14:03:07.123");
    row("type=DROP msg=audit(1795788187.123:4711)", "! type=DROP msg=audit(1795788187.123:4711)");
    row("{ \"atype\" : \"dropCollection\", \"ts\" : { \"$date\" : \"2026-11-27T14:03:07.123+00:00\" }, \"local\" : { "
        "\"ip\" : \"127.0.0.1\", \"port\" : 27017 }, \"param\" : { \"ns\" : \"shop.orders\" }, \"result\" : 0 }",
        "2026-11-27 14:03:07.123");
    row("Fri Nov 27 15:03:07 CET 2026", "2026-11-27 14:03:07");
    row("Fri 27 Nov 2026 03:03:07 PM CET", "2026-11-27 14:03:07");
    row("Fri 27 Nov 15:03:07 CET 2026", "2026-11-27 14:03:07");
    row("               Local time: Fri 2026-11-27 15:03:07 CET\n           Universal time: Fri 2026-11-27 14:03:07 "
        "UTC\n                 RTC time: Fri 2026-11-27 14:03:07",
        "2026-11-27 14:03:07");
    row("2026-11-27 14:03:07.123456789 +0100", "2026-11-27 13:03:07.123");
    row("Modify: 2026-11-27 15:03:07.123456789 +0100", "2026-11-27 14:03:07.123");
    row("-rw-r--r-- 1 mongodb mongodb 4096 Nov 27 14:03 orders.bson", "2026-11-27 14:03:00");
}

/// What mongosh and its kin print.
void MomentPastedTest::shells_data()
{
    addColumns();
    row("[\n  {\n    op: 'c',\n    ns: 'shop.$cmd',\n    ui: UUID('1f0c'),\n    o: { drop: 'orders' },\n    o2: { "
        "numRecords: 41 },\n    ts: Timestamp({ t: 1732716187, i: 1 }),\n    t: Long('7'),\n    v: Long('2'),\n    "
        "wall: ISODate('2024-11-27T14:03:07.912Z')\n  }\n]",
        "2024-11-27 14:03:07/1");
    row("{ ts: Timestamp({ t: 1732716187, i: 1 }), wall: ISODate('2024-11-27T14:03:09.912Z') }",
        "2024-11-27 14:03:07/1");
    row("{ wall: ISODate('2024-11-27T14:03:09.912Z'), ts: Timestamp({ t: 1732716187, i: 1 }) }",
        "2024-11-27 14:03:07/1");
    row("[\n  { ts: Timestamp({ t: 1732716187, i: 1 }), op: 'd', ns: 'shop.orders', wall: ISODate('2024-11-27T14:03:"
        "07.1Z') },\n  { ts: Timestamp({ t: 1732716187, i: 2 }), op: 'd', ns: 'shop.orders', wall: "
        "ISODate('2024-11-27T14:03:07.2Z') }\n]",
        "? Several: 2024-11-27 14:03:07/1 | 2024-11-27 14:03:07/2");
    row("rs0 [direct: primary] local> db.oplog.rs.find({ts: {$gte: Timestamp({t: 1732716000, i: 0})}, op: 'c'})\n[ { "
        "op: 'c', ns: 'shop.$cmd', o: { drop: 'orders' }, ts: Timestamp({ t: 1732716187, i: 1 }), wall: "
        "ISODate('2024-11-27T14:03:07.912Z') } ]",
        "2024-11-27 14:03:07/1");
    row("{ \"ts\" : Timestamp(1732716187, 1), \"t\" : NumberLong(7), \"h\" : NumberLong(0), \"v\" : 2, \"op\" : \"c\", "
        "\"ns\" : \"shop.$cmd\", \"wall\" : ISODate(\"2024-11-27T14:03:07.912Z\"), \"o\" : { \"drop\" : \"orders\" } }",
        "2024-11-27 14:03:07/1");
    row("{ \"ts\": { \"$timestamp\": { \"t\": 1732716187, \"i\": 1 } }, \"wall\": { \"$date\": "
        "\"2024-11-27T14:03:07.912Z\" } }",
        "2024-11-27 14:03:07/1");
    row("{'ts': Timestamp(1732716187, 1), 't': 7, 'op': 'c', 'ns': 'shop.$cmd', 'wall': datetime.datetime(2024, 11, "
        "27, 14, 3, 7, 912000), 'o': {'drop': 'orders'}}",
        "2024-11-27 14:03:07/1");
    row("{ wall: ISODate('2024-11-27T14:03:09.912Z'), op: 'c', ns: 'shop.$cmd' }",
        "! { wall: ISODate('2024-11-27T14:03:09.912Z'), op: 'c', ns: 's…");
    row("actual oplog size\n'1024 MB'\n---\nlog length start to end\n'3600 secs (1 hrs)'\n---\noplog first event "
        "time\n'Fri Nov 27 2026 13:03:07 GMT+0000 (Coordinated Universal Time)'\n---\noplog last event time\n'Fri Nov "
        "27 2026 14:03:07 GMT+0000 (Coordinated Universal Time)'\n---\nnow\n'Fri Nov 27 2026 14:20:05 GMT+0000 "
        "(Coordinated Universal Time)'",
        "? Several: 2026-11-27 13:03:07 | 2026-11-27 14:03:07 | 2026-11-27 14:20:05");
    row("configured oplog size:   990MB\nlog length start to end: 3600secs (1hrs)\noplog first event time:  Fri Nov 27 "
        "2026 13:03:07 GMT+0000 (UTC)\noplog last event time:   Fri Nov 27 2026 14:03:07 GMT+0000 (UTC)",
        "? Several: 2026-11-27 13:03:07 | 2026-11-27 14:03:07");
    row("{\n  logSizeMB: 1024,\n  usedMB: 0.5,\n  timeDiff: 3600,\n  timeDiffHours: 1,\n  tFirst: 'Fri Nov 27 2026 "
        "13:03:07 GMT+0000 (Coordinated Universal Time)',\n  tLast: 'Fri Nov 27 2026 14:03:07 GMT+0000 (Coordinated "
        "Universal Time)'\n}",
        "? Several: 2026-11-27 13:03:07 | 2026-11-27 14:03:07");
    row("{ clusterTime: Timestamp({ t: 1732716187, i: 1 }) }", "2024-11-27 14:03:07/1");
    row("operationTime: Timestamp({ t: 1732716187, i: 2 }), '$clusterTime': { clusterTime: Timestamp({ t: 1732716187, "
        "i: 2 }) }",
        "2024-11-27 14:03:07/2");
    row("optime: { ts: Timestamp({ t: 1732716187, i: 1 }), t: Long('7') }, optimeDate: "
        "ISODate('2024-11-27T14:03:07.000Z')",
        "2024-11-27 14:03:07/1");
    row("{ _id: ObjectId('5b96cff0e25a4f2a1c9b7d3e'), deletedAt: ISODate('2026-11-27T14:03:07.000Z'), n: 41 }",
        "2026-11-27 14:03:07");
    row("{ createdAt: ISODate('2026-11-26T10:00:00.000Z'), deletedAt: ISODate('2026-11-27T14:03:07.000Z') }",
        "? Several: 2026-11-26 10:00:00 | 2026-11-27 14:03:07");
}

QTEST_GUILESS_MAIN(MomentPastedTest)
#include "moment_pasted_test.moc"
