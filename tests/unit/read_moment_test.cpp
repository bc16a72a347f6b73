#include "moment_words.h"

#include <QtTest>

#include <ctime>

using namespace tidemark;
using namespace tidemark::test;

class ReadMomentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void saysHowItWasRead_data();
    void saysHowItWasRead();
    void isBounded_data();
    void isBounded();
};

void ReadMomentTest::reads_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *written, const char *expected) {
        QTest::newRow(written) << QString::fromUtf8(written) << QString::fromUtf8(expected);
    };

    // ISO 8601 and its kin.
    row("2026-11-27 14:03:07", "2026-11-27 14:03:07");
    row("2026-11-27T14:03:07", "2026-11-27 14:03:07");
    row("2026-11-27T14:03:07Z", "2026-11-27 14:03:07");
    row("2026-11-27t14:03:07z", "2026-11-27 14:03:07");
    row("2026-11-27 14:03", "2026-11-27 14:03:00");
    row("2026-11-27 9:03", "2026-11-27 09:03:00");
    row("2026-11-27T15:03:07+01:00", "2026-11-27 14:03:07");
    row("2026-11-27T15:03:07+0100", "2026-11-27 14:03:07");
    row("2026-11-27T15:03:07+01", "2026-11-27 14:03:07");
    row("2026-11-27 08:33:07 -0530", "2026-11-27 14:03:07");
    row("2026-11-27T14:03:07.250Z", "2026-11-27 14:03:07.250");
    row("2026-11-27T14:03:07,250Z", "2026-11-27 14:03:07.250");
    row("2026-11-27T14:03:07.000001Z", "2026-11-27 14:03:07.001");
    row("2026-11-27T14:03:07.000000Z", "2026-11-27 14:03:07");
    row("2026/11/27 14:03:07", "2026-11-27 14:03:07");
    row("2026.11.27 14:03:07", "2026-11-27 14:03:07");
    row("20261127T140307Z", "2026-11-27 14:03:07");
    row("20261127T140307+0100", "2026-11-27 13:03:07");
    row("  2026-11-27   14:03:07   UTC ", "2026-11-27 14:03:07");
    row("2026-11-27 14:03:07 GMT", "2026-11-27 14:03:07");
    row("2026-11-27, 14:03:07", "2026-11-27 14:03:07");
    row("2026-11-27 at 14:03:07", "2026-11-27 14:03:07");
    row("2026-11-27_14:03:07", "2026-11-27 14:03:07");
    row("2026-11-27 15:03:07 CET", "2026-11-27 14:03:07");
    row("2026-07-27 16:03:07 CEST", "2026-07-27 14:03:07");
    row("2026-07-27 16:03:07 MESZ", "2026-07-27 14:03:07");
    row("2026-11-27 09:03:07 EST", "2026-11-27 14:03:07");
    row("2026-11-27 15:03:07 Europe/Berlin", "2026-11-27 14:03:07");
    row("2026-11-27T15:03:07+01:00[Europe/Berlin]", "2026-11-27 14:03:07");
    row("2026-11-27T15:03:07[Europe/Berlin]", "2026-11-27 14:03:07");
    row("2026-11-27 15:03:07 Berlin", "2026-11-27 14:03:07");
    row("2026-11-27 15:03:07 (Berlin)", "2026-11-27 14:03:07");
    row("2026-11-27 15:03:07 in Berlin", "2026-11-27 14:03:07");
    row("2026-11-27 15:03:07 berlin", "2026-11-27 14:03:07");
    row("2026-11-27 09:03:07 New York", "2026-11-27 14:03:07");
    row("2026-11-27 09:03:07 America/New_York", "2026-11-27 14:03:07");
    row("2026-11-27 19:48:07 Asia/Kathmandu", "2026-11-27 14:03:07");
    row("2026-11-27 14:03:07 UTC+2", "2026-11-27 12:03:07");
    row("2026-11-27 14:03:07 GMT-03:30", "2026-11-27 17:33:07");
    row("2024-02-29 12:00:00", "2024-02-29 12:00:00");
    row("\"2026-11-27T14:03:07Z\"", "2026-11-27 14:03:07");
    row("2026-11-27 2:03:07 PM", "2026-11-27 14:03:07");
    row("2026-11-27 12:03 am", "2026-11-27 00:03:00");
    row("2026-11-27 12:03 pm", "2026-11-27 12:03:00");

    // As mails, programs and people write dates.
    row("Fri, 27 Nov 2026 15:03:07 +0100", "2026-11-27 14:03:07");
    row("27 Nov 2026 14:03:07 GMT", "2026-11-27 14:03:07");
    row("Fri Nov 27 14:03:07 UTC 2026", "2026-11-27 14:03:07");
    row("Fri Nov 27 14:03:07 2026", "2026-11-27 14:03:07");
    row("Fri Nov 27 14:03:07.250", "2026-11-27 14:03:07.250");
    row("Nov 27 14:03:07", "2026-11-27 14:03:07");
    row("Dec 31 23:59:59", "2025-12-31 23:59:59");
    row("Feb 29 12:00:00", "2024-02-29 12:00:00");
    row("Nov  3 14:03:07", "2026-11-03 14:03:07");
    row("27/Nov/2026:15:03:07 +0100", "2026-11-27 14:03:07");
    row("November 27, 2026 2:03 PM", "2026-11-27 14:03:00");
    row("27th November 2026, 14:03", "2026-11-27 14:03:00");
    row("27. November 2026 14:03", "2026-11-27 14:03:00");
    row("27.11.2026 14:03:07", "2026-11-27 14:03:07");
    row("27.11.2026, 14:03", "2026-11-27 14:03:00");
    row("27/11/2026 14:03:07", "2026-11-27 14:03:07");
    row("11/27/2026 14:03:07", "2026-11-27 14:03:07");

    // Numbers.
    row("1536610288", "2018-09-10 20:11:28");
    row("1536610288.5", "2018-09-10 20:11:28.500");
    row("1536610288123", "2018-09-10 20:11:28.123");
    row("1536610288000", "2018-09-10 20:11:28");
    row("999999999", "2001-09-09 01:46:39");
    row("6599690933657141249", "2018-09-10 20:11:28/1");
    row("NumberLong(\"1536610288123\")", "2018-09-10 20:11:28.123");
    row("{\"$numberLong\":\"1536610288123\"}", "2018-09-10 20:11:28.123");
    row("Long(\"6599690933657141249\")", "2018-09-10 20:11:28/1");

    // The shells and Extended JSON.
    row("Timestamp(1536610288, 1)", "2018-09-10 20:11:28/1");
    row("Timestamp(1536610288,17)", "2018-09-10 20:11:28/17");
    row("new Timestamp(1536610288, 1)", "2018-09-10 20:11:28/1");
    row("Timestamp({ t: 1536610288, i: 1 })", "2018-09-10 20:11:28/1");
    row("Timestamp({t:1536610288,i:1})", "2018-09-10 20:11:28/1");
    row("{\"$timestamp\":{\"t\":1536610288,\"i\":1}}", "2018-09-10 20:11:28/1");
    row("{ \"$timestamp\" : { \"t\" : 1536610288, \"i\" : 1 } }", "2018-09-10 20:11:28/1");
    row("ts: Timestamp({ t: 1536610288, i: 1 })", "2018-09-10 20:11:28/1");
    row("{ts: {$timestamp: {t: 1536610288, i: 1}}}", "2018-09-10 20:11:28/1");
    row("Timestamp(\"6599690933657141249\")", "2018-09-10 20:11:28/1");
    row("Timestamp(4294967295, 4294967295)", "2106-02-07 06:28:15/4294967295");
    row("{\"t\":1536610288,\"i\":1}", "2018-09-10 20:11:28/1");
    row(" (1536610288, 1) ", "2018-09-10 20:11:28/1");
    row("ISODate(\"2026-11-27T14:03:07Z\")", "2026-11-27 14:03:07");
    row("ISODate(\"2026-11-27T14:03:07.250Z\")", "2026-11-27 14:03:07.250");
    row("ISODate('2026-11-27T14:03:07')", "2026-11-27 14:03:07");
    row("ISODate(\"2026-11-27T15:03:07+01:00\")", "2026-11-27 14:03:07");
    row("new Date(1536610288123)", "2018-09-10 20:11:28.123");
    row("new Date(\"2026-11-27T14:03:07Z\")", "2026-11-27 14:03:07");
    row("{\"$date\":\"2026-11-27T14:03:07Z\"}", "2026-11-27 14:03:07");
    row("{\"$date\":{\"$numberLong\":\"1536610288123\"}}", "2018-09-10 20:11:28.123");
    row("{\"$date\":1536610288123}", "2018-09-10 20:11:28.123");
    row("ObjectId(\"5b96cff0e25a4f2a1c9b7d3e\")", "2018-09-10 20:11:28");
    row("ObjectId('5b96cff0e25a4f2a1c9b7d3e')", "2018-09-10 20:11:28");
    row("5b96cff0e25a4f2a1c9b7d3e", "2018-09-10 20:11:28");
    row("{\"$oid\":\"5b96cff0e25a4f2a1c9b7d3e\"}", "2018-09-10 20:11:28");
    row("{_id: ObjectId(\"5b96cff0e25a4f2a1c9b7d3e\"), at: ISODate(\"2026-11-27T14:03:07Z\")}", "2026-11-27 14:03:07");

    // The API's own, as its documentation's samples have them.
    row("{\"date\":\"2019-02-08T23:20:25Z\",\"increment\":1}", "2019-02-08 23:20:25/1");
    row("\"timestamp\" : { \"date\" : \"2019-02-08T23:20:25Z\", \"increment\" : 7 }", "2019-02-08 23:20:25/7");
    row("{\"oplogTs\":\"1536610288\",\"oplogInc\":\"1\"}", "2018-09-10 20:11:28/1");
    row("{\"oplogTs\" : 1536610288, \"oplogInc\" : 4}", "2018-09-10 20:11:28/4");
    row("{\"date\":\"2019-02-08T23:20:25Z\",\"increment\":4294967296}", "! 4294967296");

    // Logs and the oplog.
    row("{\"t\":{\"$date\":\"2026-11-27T14:03:07.123+00:00\"},\"s\":\"I\",\"c\":\"COMMAND\",\"id\":51803,\"ctx\":"
        "\"conn1\","
        "\"msg\":\"Slow query\",\"attr\":{\"lastDate\":{\"$date\":\"2026-11-26T00:00:00Z\"},\"durationMillis\":101}}",
        "2026-11-27 14:03:07.123");
    row("{\"t\":{\"$date\":\"2026-11-27T15:03:07.123+01:00\"},\"s\":\"I\",  \"c\":\"STORAGE\",  \"id\":20318,   "
        "\"ctx\":\"conn42\",\"msg\":\"Finishing collection drop\",\"attr\":{\"namespace\":\"shop.orders\"}}",
        "2026-11-27 14:03:07.123");
    row("2026-11-27T15:03:07.123+0100 I COMMAND  [conn42] CMD: drop shop.orders", "2026-11-27 14:03:07.123");
    row("Fri Nov 27 14:03:07.123 [conn42] CMD: drop shop.orders", "2026-11-27 14:03:07.123");
    row("Nov 27 14:03:07 db1 mongod.27017[4711]: CMD: drop shop.orders", "2026-11-27 14:03:07");
    row("{ts: Timestamp({ t: 1536610288, i: 3 }), t: Long(\"12\"), op: 'c', ns: 'shop.$cmd', wall: "
        "ISODate('2018-09-10T20:11:28.912Z'), o: { drop: 'orders' }}",
        "2018-09-10 20:11:28/3");
    row("{\"ts\":{\"$timestamp\":{\"t\":1536610288,\"i\":3}},\"t\":{\"$numberLong\":\"12\"},\"op\":\"d\",\"ns\":\"shop."
        "orders\","
        "\"wall\":{\"$date\":\"2018-09-10T20:11:28.912Z\"},\"o\":{\"_id\":{\"$oid\":\"5b96cff0e25a4f2a1c9b7d3e\"}}}",
        "2018-09-10 20:11:28/3");
    row("{ \"ts\" : Timestamp(1536610288, 3), \"op\" : \"i\", \"ns\" : \"a.b\", \"o\" : { \"at\" : "
        "ISODate(\"2001-01-01T00:00:00Z\") } }",
        "2018-09-10 20:11:28/3");

    row("2026-11-27T15:03:07.123+0100 I NETWORK  [conn42] end connection 10.0.12.7:51234 (3 connections now open)",
        "2026-11-27 14:03:07.123");

    // People.
    row("since the upgrade to 4.4.10 at 2026-11-27 14:03:07 UTC from db-1:27017 and 10.0.12.7:27017",
        "2026-11-27 14:03:07");
    row("somebody dropped orders at 2026-11-27 14:03:07 UTC, please help", "2026-11-27 14:03:07");
    row("@dba prod lost orders (27 Nov 2026 14:03:07 UTC) order 4711", "2026-11-27 14:03:07");
    row("it was at 1536610288 or so", "2018-09-10 20:11:28");
    row("2026-11-27 14:03:07 UTC (15:03:07 CET)", "2026-11-27 14:03:07");
    row("2026-11-27T14:03:07Z 2026-11-27 15:03:07 CET", "2026-11-27 14:03:07");
    row("10 minutes ago", "2026-11-27 14:10:05");
    row("10 min ago", "2026-11-27 14:10:05");
    row("10m ago", "2026-11-27 14:10:05");
    row("an hour ago", "2026-11-27 13:20:05");
    row("2 hours ago", "2026-11-27 12:20:05");
    row("2 h 5 min ago", "2026-11-27 12:15:05");
    row("1 day and 2 hours ago", "2026-11-26 12:20:05");
    row("90 seconds ago", "2026-11-27 14:18:35");
    row("3 days ago", "2026-11-24 14:20:05");
    row("a week ago", "2026-11-20 14:20:05");
    row("somebody dropped it 10 minutes ago", "2026-11-27 14:10:05");
    row("now", "2026-11-27 14:20:05");
    row("today 14:03", "2026-11-27 14:03:00");
    row("today at 14:03:07", "2026-11-27 14:03:07");
    row("Today, 2:03 PM", "2026-11-27 14:03:00");
    row("yesterday 23:59", "2026-11-26 23:59:00");
    row("yesterday 23:59 Berlin", "2026-11-26 22:59:00");
    row("yesterday at 23:59 New York", "2026-11-27 04:59:00");
    row("14:03 today", "2026-11-27 14:03:00");

    // Other scripts, invisible and typographic characters.
    row("٢٠٢٦-١١-٢٧ ١٤:٠٣:٠٧", "2026-11-27 14:03:07");
    row("२०२६-११-२७ १४:०३:०७", "2026-11-27 14:03:07");
    row("２０２６-１１-２７ １４：０３：０７", "2026-11-27 14:03:07");
    row("2026-11-27\u00a014:03:07\u202fUTC", "2026-11-27 14:03:07");
    row("\u20662026-11-27 14:03:07\u2069", "2026-11-27 14:03:07");
    row("2026\u201111\u201127 14:03:07", "2026-11-27 14:03:07");
    row("2026-11-27T14:03:07\u22120100", "2026-11-27 15:03:07");
    row("ISODate(\u201c2026-11-27T14:03:07Z\u201d)", "2026-11-27 14:03:07");
    row("\t2026-11-27\t14:03:07\n", "2026-11-27 14:03:07");
    row("", "");
    row(" \n\t\u00a0", "");
}

void ReadMomentTest::reads()
{
    QFETCH(QString, written);
    QFETCH(QString, expected);
    QCOMPARE(text(read(written)), expected);
}

void ReadMomentTest::saysHowItWasRead_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<MomentForm>("form");
    QTest::addColumn<QString>("zone");
    QTest::addColumn<bool>("zoneWasTold");
    QTest::addColumn<bool>("yearWasTold");
    const auto row = [](const char *written, MomentForm form, const char *zone, bool zoneTold, bool yearTold) {
        QTest::newRow(written) << QString::fromUtf8(written) << form << QString::fromUtf8(zone) << zoneTold << yearTold;
    };
    using F = MomentForm;
    row("2026-11-27 15:03:07", F::DateTime, "Europe/Berlin", false, true);
    row("2026-11-27 15:03:07Z", F::DateTime, "UTC", true, true);
    row("2026-11-27 15:03:07+02:00", F::DateTime, "UTC+02:00", true, true);
    row("2026-11-27 15:03:07-0330", F::DateTime, "UTC-03:30", true, true);
    row("2026-11-27 15:03:07 New York", F::DateTime, "America/New_York", true, true);
    row("Nov 27 14:03:07", F::DateTime, "Europe/Berlin", false, false);
    row("1536610288", F::EpochSeconds, "", true, true);
    row("1536610288123", F::EpochMilliseconds, "", true, true);
    row("6599690933657141249", F::BsonTimestamp64, "", true, true);
    row("Timestamp(1536610288, 1)", F::BsonTimestamp, "", true, true);
    row("ISODate(\"2026-11-27T14:03:07\")", F::BsonDate, "UTC", true, true);
    row("new Date(\"2026-11-27T14:03:07\")", F::BsonDate, "Europe/Berlin", false, true);
    row("new Date(1536610288123)", F::BsonDate, "", true, true);
    row("5b96cff0e25a4f2a1c9b7d3e", F::ObjectId, "", true, true);
    row("{\"t\":{\"$date\":\"2026-11-27T14:03:07.123+00:00\"},\"s\":\"I\"}", F::LogLine, "UTC", true, true);
    row("{ts: Timestamp(1536610288, 3), op: 'c', ns: 'a.b'}", F::OplogEntry, "", true, true);
    row("10 minutes ago", F::Relative, "", true, true);
    row("yesterday 23:59", F::DayAndTime, "Europe/Berlin", false, true);
    row("yesterday 23:59 UTC", F::DayAndTime, "UTC", true, true);
}

void ReadMomentTest::saysHowItWasRead()
{
    QFETCH(QString, written);
    const MomentAnswer answer = read(written, "Europe/Berlin");
    const auto *moment = std::get_if<Moment>(&answer);
    QVERIFY2(moment, qPrintable(text(answer)));
    QTEST(moment->form, "form");
    QTEST(moment->zone, "zone");
    QTEST(moment->zoneWasTold, "zoneWasTold");
    QTEST(moment->yearWasTold, "yearWasTold");
}

void ReadMomentTest::isBounded_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("start"); // of the answer
    const auto repeated = [](const char *line, int count) { return QString::fromUtf8(line).repeated(count); };
    const auto log = [](int count) {
        QString lines;
        for (int i = 0; i < count; ++i)
            lines += QStringLiteral("2026-11-27T14:%1:%2.123+0000 I COMMAND [conn%3] CMD: drop shop.orders\n")
                         .arg(i / 60 % 60, 2, 10, QLatin1Char('0'))
                         .arg(i % 60, 2, 10, QLatin1Char('0'))
                         .arg(i);
        return lines;
    };
    const auto upTo = [&repeated](const char *line) {
        return repeated(line, int(LongestMomentText) / int(QString::fromUtf8(line).size()));
    };
    QTest::newRow("a thousand lines of a log") << log(1000) << QStringLiteral("! ");
    QTest::newRow("as many times as are read") << log(500) << QStringLiteral("? Several: 2026-11-27 14:00:00.123");
    QTest::newRow("one more") << log(501) << QStringLiteral("! ");
    QTest::newRow("a thousand lines without a time")
        << repeated("somebody dropped the orders of the shop\n", 1000) << QStringLiteral("! somebody");
    QTest::newRow("digits") << upTo("7") << QStringLiteral("! 7");
    QTest::newRow("one digit too many") << upTo("7") + QLatin1Char('7') << QStringLiteral("! ");
    QTest::newRow("colons") << upTo("1:") << QStringLiteral("! ");
    QTest::newRow("spaces between words") << upTo("a          ") << QStringLiteral("! a");
    QTest::newRow("open braces") << upTo("{") << QStringLiteral("! ");
    QTest::newRow("many times the same") << repeated("14:03 ", 500) << QStringLiteral("? ");
    QTest::newRow("spans without an end") << upTo("1 h ") << QStringLiteral("! ");
    QTest::newRow("more times than are read") << upTo("14:03 ") << QStringLiteral("! ");
}

void ReadMomentTest::isBounded()
{
    QFETCH(QString, written);
    QFETCH(QString, start);
    read(QStringLiteral("14:03 Berlin")); // the names of zones are read once
    // Of this thread alone: others may keep the machine busy.
    const auto used = [] {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return double(now.tv_sec) * 1000 + double(now.tv_nsec) / 1e6;
    };
    const double before = used();
    const QString answer = text(read(written));
    const double took = used() - before;
    QVERIFY2(answer.startsWith(start), qPrintable(answer.left(200)));
    qInfo("%.1f ms for %lld characters", took, static_cast<long long>(written.size()));
    QVERIFY2(took < 300, qPrintable(QString::number(took))); // also with sanitizers; a frame's 16 ms are a release's
}

QTEST_GUILESS_MAIN(ReadMomentTest)
#include "read_moment_test.moc"
