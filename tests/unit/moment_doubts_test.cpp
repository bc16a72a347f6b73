#include "moment_words.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

/// What is asked about or refused, and the clocks of zones, by which a time of day can be two moments or none.
class MomentDoubtsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isNeverGuessed_data();
    void isNeverGuessed();
    void readsInAZone_data();
    void readsInAZone();
};

void MomentDoubtsTest::isNeverGuessed_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *written, const char *expected) {
        QTest::newRow(written) << QString::fromUtf8(written) << QString::fromUtf8(expected);
    };

    // Asked about.
    row("14:03", "? Day: 2026-11-26 14:03:00 | 2026-11-27 14:03:00");
    row("14:03:07", "? Day: 2026-11-26 14:03:07 | 2026-11-27 14:03:07");
    row("23:59", "? Day: 2026-11-25 23:59:00 | 2026-11-26 23:59:00");
    row("2:03 PM", "? Day: 2026-11-26 14:03:00 | 2026-11-27 14:03:00");
    row("around 14:03 I think", "? Day: 2026-11-26 14:03:00 | 2026-11-27 14:03:00");
    row("15:03 CET", "? Day: 2026-11-26 14:03:00 | 2026-11-27 14:03:00");
    row("15:03 Berlin", "? Day: 2026-11-26 14:03:00 | 2026-11-27 14:03:00");
    row("03/04/2024 10:00", "? DayOrMonth: 2024-03-04 10:00:00 | 2024-04-03 10:00:00");
    row("3/4/2024 10:00:00 UTC", "? DayOrMonth: 2024-03-04 10:00:00 | 2024-04-03 10:00:00");
    row("03-04-2024 10:00", "? DayOrMonth: 2024-03-04 10:00:00 | 2024-04-03 10:00:00");
    row("04/04/2024 10:00", "2024-04-04 10:00:00");
    row("2026-11-27 14:03:07 CST", "? Zone: 2026-11-27 06:03:07 | 2026-11-27 20:03:07");
    row("2026-07-27 14:03:07 BST", "? Zone: 2026-07-27 08:03:07 | 2026-07-27 13:03:07");
    row("2026-11-27 14:03:07 IST", "? Zone: 2026-11-27 08:33:07 | 2026-11-27 12:03:07 | 2026-11-27 13:03:07");
    row("from 2026-11-27 14:03:07 to 2026-11-27 14:05:00", "? Several: 2026-11-27 14:03:07 | 2026-11-27 14:05:00");
    row("2026-11-27T14:03:07Z\n2026-11-27T14:03:08Z", "? Several: 2026-11-27 14:03:07 | 2026-11-27 14:03:08");
    row("Timestamp(1536610288, 1) Timestamp(1536610288, 2)",
        "? Several: 2018-09-10 20:11:28/1 | 2018-09-10 20:11:28/2");
    row("[14:05] bob: it was 2026-11-27 14:03:07 UTC",
        "? Several: 2026-11-26 14:05:00 | 2026-11-27 14:03:07 | 2026-11-27 14:05:00");
    row("1536610288 1536610289", "? Several: 2018-09-10 20:11:28 | 2018-09-10 20:11:29");
    row("10 minutes ago or 20 minutes ago", "? Several: 2026-11-27 14:00:05 | 2026-11-27 14:10:05");
    row("ObjectId(\"5b96cff0e25a4f2a1c9b7d3e\") ObjectId(\"5b96cff1e25a4f2a1c9b7d3e\")",
        "? Several: 2018-09-10 20:11:28 | 2018-09-10 20:11:29");

    // Refused, with the part that was not understood.
    row("hello", "! hello");
    row("orders", "! orders");
    row("4711", "! 4711");
    row("2026-11-27", "! 2026-11-27");
    row("27.11.2026", "! 27.11.2026");
    row("27 November 2026", "! 27 November 2026");
    row("2026-11-27 25:03:07", "! 2026-11-27 25:03:07");
    row("2026-11-27 14:60", "! 2026-11-27 14:60");
    row("2026-11-27 14:03:60", "! 2026-11-27 14:03:60");
    row("2026-11-27 24:00", "! 2026-11-27 24:00");
    row("2026-13-27 14:03:07", "! 2026-13-27 14:03:07");
    row("2026-02-29 14:03:07", "! 2026-02-29 14:03:07");
    row("2026-11-31 14:03:07", "! 2026-11-31 14:03:07");
    row("31/02/2026 14:03", "! 31/02/2026 14:03");
    row("99/99/2026 14:03", "! 99/99/2026 14:03");
    row("27.11.26 14:03", "! 27.11.26 14:03");
    row("11/27/26 14:03", "! 11/27/26 14:03");
    row("Feb 30 12:00:00", "! Feb 30 12:00:00");
    row("13:03 PM", "! 13:03 PM");
    row("0:03 pm", "! 0:03 pm");
    row("2026-11-27T14:03:07Zabc", "! Zabc");
    row("2026-11-27 14:03:07x", "! x");
    row("2026-11-27 14:03:07:12", "! :12");
    row("2026-11-27 14:03:07.", "2026-11-27 14:03:07");
    row("2026-11-27 14:03:07+99:00", "! +99:00");
    row("2026-11-27 14:03:07 XYT", "! XYT");
    row("2026-11-27T15:03:07+02:00[Europe/Berlin]", "! 2026-11-27T15:03:07");
    row("2026-11-27 14:03:07 4", "! 4");
    row("2026-11-27 14:03:07 Z Z", "! Z");
    row("7 2026-11-27 14:03:07", "! 7");
    row("2026-11-27 14:03:07 = ?", "! = ?");
    row("12026-11-27 14:03:07", "! 12026-11-27");
    row("15366102881", "! 15366102881");
    row("15366102881234", "! 15366102881234");
    row("1536610288123456", "! 1536610288123456");
    row("99999999999999999999", "! 99999999999999999999");
    row("-1536610288", "! -1536610288");
    row("1536610288Z", "! 1536610288Z");
    row("0x5b96cff0", "! 0x5b96cff0");
    row("Timestamp(1536610288)", "! Timestamp(1536610288)");
    row("Timestamp(4294967296, 1)", "! 4294967296");
    row("Timestamp(1, 4294967296)", "! 4294967296");
    row("Timestamp(, )", "! Timestamp(, )");
    row("ISODate(\"2026-11-27\")", "! 2026-11-27");
    row("ISODate(\"soon\")", "! soon");
    row("ISODate(\"2026-11-27T14:03:07Z and more\")", "! 2026-11-27T14:03:07Z and more");
    row("new Date(99999999999999999)", "! 99999999999999999");
    row("{\"$date\":\"\"}", "! ");
    row("ObjectId(\"5b96cff0\")", "! ObjectId(\"5b96cff0\")");
    row("ago", "! ago");
    row("minutes ago", "! minutes ago");
    row("99999999999 days ago", "! 99999999999 days ago");
    row("999999999 weeks ago", "! 999999999 weeks ago");
    row("in 10 minutes", "! in 10 minutes");
    row("yesterday", "! yesterday");
    row("tomorrow", "! tomorrow");
    row("half past two", "! half past two");
    row("14.03 Uhr", "! 14.03 Uhr");
    row("14:3", "! 14:3");
    row("2026-11 14:03:07 was it", "! 2026-11");
    row("dropped at 2026-11-27 14:03:07 and 1:2:3:4", "! 1:2:3:4");
    row("{\"t\":{\"$date\":\"yesterday\"},\"s\":\"I\"}", "! yesterday");
    row("1e10", "! 1e10");
    row("(3, 4)", "! (3, 4)");

    // Words that change the moment are no decoration.
    row("half an hour ago", "! half");
    row("a quarter of an hour ago", "! quarter");
    row("half a day ago", "! half");
    row("the day before yesterday 14:00 UTC", "! before");
    row("5 minutes before 2026-11-27 14:03:07 UTC", "! before");
    row("2026-11-27 14:03:07 UTC minus 1 hour", "! minus");
    row("an hour after 2026-11-27 14:03:07 UTC", "! after");
    row("2026-11-27 09:03:07 Eastern", "! Eastern");
    row("2026-11-27 09:03:07 ET", "! ET");
    row("2026-11-27 09:03:07 Pacific Time", "! Pacific");
    row("2026-11-27 09:03:07 Central European Time", "! Central");
    row("2026-11-27 09:03:07 WIB", "! WIB");
    row("CET 2026-11-27 14:03:07 or so", "! CET");
    row("(UTC+2) 2026-11-27 14:03:07", "! UTC+2");
    row("2026-11-27 2:30 Uhr nachmittags", "! nachmittags");
    row("2026-11-27 8:00 in the evening", "! evening");
    row("Monday 14:03", "! Monday");
    row("ts 1536610288 inc 4", "! inc");
    row("{op: 'i', ns: 'a.b', o: {created: ISODate(\"2026-11-27T10:00:00Z\")}}",
        "! {op: 'i', ns: 'a.b', o: {created: ISODate(\"2026-11-27T10:00:…");
    row("2026-11-27T15:03:07.123+0100 I COMMAND  [conn42] after the election, CET MST half", "2026-11-27 14:03:07.123");
    row("١٤", "! 14");
}

void MomentDoubtsTest::isNeverGuessed()
{
    QFETCH(QString, written);
    QFETCH(QString, expected);
    QCOMPARE(text(read(written)), expected);
}

void MomentDoubtsTest::readsInAZone_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *zone, const char *written, const char *expected) {
        QTest::addRow("%s %s", zone, written)
            << QByteArray(zone) << QString::fromUtf8(written) << QString::fromUtf8(expected);
    };
    // The clocks of Berlin go forward on 29 March 2026 at 01:00 UTC and back on 25 October 2026 at 01:00 UTC.
    row("Europe/Berlin", "2026-11-27 15:03:07", "2026-11-27 14:03:07");
    row("Europe/Berlin", "2026-11-27 15:03:07Z", "2026-11-27 15:03:07");
    row("Europe/Berlin", "2026-03-29 01:59:59", "2026-03-29 00:59:59");
    row("Europe/Berlin", "2026-03-29 02:00:00", "? Gap: 2026-03-29 00:00:00 | 2026-03-29 01:00:00");
    row("Europe/Berlin", "2026-03-29 02:30:00", "? Gap: 2026-03-29 00:30:00 | 2026-03-29 01:30:00");
    row("Europe/Berlin", "2026-03-29 02:59:59", "? Gap: 2026-03-29 00:59:59 | 2026-03-29 01:59:59");
    row("Europe/Berlin", "2026-03-29 03:00:00", "2026-03-29 01:00:00");
    row("Europe/Berlin", "2026-10-25 01:59:59", "2026-10-24 23:59:59");
    row("Europe/Berlin", "2026-10-25 02:00:00", "? Repeat: 2026-10-25 00:00:00 | 2026-10-25 01:00:00");
    row("Europe/Berlin", "2026-10-25 02:59:59", "? Repeat: 2026-10-25 00:59:59 | 2026-10-25 01:59:59");
    row("Europe/Berlin", "2026-10-25 03:00:00", "2026-10-25 02:00:00");
    row("Europe/Berlin", "2026-10-25 02:30:00 CEST", "2026-10-25 00:30:00");
    row("Europe/Berlin", "2026-10-25 02:30:00 CET", "2026-10-25 01:30:00");
    row("Europe/Berlin", "2026-10-25 02:30:00 UTC", "2026-10-25 02:30:00");
    row("UTC", "2026-10-25 02:30:00 Berlin", "? Repeat: 2026-10-25 00:30:00 | 2026-10-25 01:30:00");
    row("UTC", "2026-03-29 02:30:00 Europe/Berlin", "? Gap: 2026-03-29 00:30:00 | 2026-03-29 01:30:00");
    // New York: forward on 8 March 2026 at 07:00 UTC, back on 1 November 2026 at 06:00 UTC.
    row("America/New_York", "2026-11-27 09:03:07", "2026-11-27 14:03:07");
    row("America/New_York", "2026-03-08 01:59:59", "2026-03-08 06:59:59");
    row("America/New_York", "2026-03-08 02:30:00", "? Gap: 2026-03-08 06:30:00 | 2026-03-08 07:30:00");
    row("America/New_York", "2026-03-08 03:00:00", "2026-03-08 07:00:00");
    row("America/New_York", "2026-11-01 00:59:59", "2026-11-01 04:59:59");
    row("America/New_York", "2026-11-01 01:30:00", "? Repeat: 2026-11-01 05:30:00 | 2026-11-01 06:30:00");
    row("America/New_York", "2026-11-01 01:30:00 EST", "2026-11-01 06:30:00");
    row("America/New_York", "2026-11-01 02:00:00", "2026-11-01 07:00:00");
    // Lord Howe moves by half an hour: back on 4 April 2026 at 15:00 UTC, forward on 3 October 2026 at 15:30 UTC.
    row("Australia/Lord_Howe", "2026-11-28 01:03:07", "2026-11-27 14:03:07");
    row("Australia/Lord_Howe", "2026-04-05 01:29:59", "2026-04-04 14:29:59");
    row("Australia/Lord_Howe", "2026-04-05 01:30:00", "? Repeat: 2026-04-04 14:30:00 | 2026-04-04 15:00:00");
    row("Australia/Lord_Howe", "2026-04-05 01:59:59", "? Repeat: 2026-04-04 14:59:59 | 2026-04-04 15:29:59");
    row("Australia/Lord_Howe", "2026-04-05 02:00:00", "2026-04-04 15:30:00");
    row("Australia/Lord_Howe", "2026-10-04 01:59:59", "2026-10-03 15:29:59");
    row("Australia/Lord_Howe", "2026-10-04 02:15:00", "? Gap: 2026-10-03 15:15:00 | 2026-10-03 15:45:00");
    row("Australia/Lord_Howe", "2026-10-04 02:30:00", "2026-10-03 15:30:00");
    // What names no zone of its own, and what never takes the chosen one.
    row("Europe/Berlin", "15:03", "? Day: 2026-11-26 14:03:00 | 2026-11-27 14:03:00");
    row("Europe/Berlin", "today 15:03", "2026-11-27 14:03:00");
    row("Europe/Berlin", "yesterday 23:59", "2026-11-26 22:59:00");
    row("Australia/Lord_Howe", "today 00:30", "2026-11-27 13:30:00");
    row("Europe/Berlin", "ISODate(\"2026-11-27T14:03:07\")", "2026-11-27 14:03:07");
    row("Europe/Berlin", "new Date(\"2026-11-27T15:03:07\")", "2026-11-27 14:03:07");
    row("Europe/Berlin", "{\"t\":{\"$date\":\"2026-11-27T14:03:07.123\"},\"s\":\"I\"}", "2026-11-27 14:03:07.123");
    row("Europe/Berlin", "1536610288", "2018-09-10 20:11:28");
    row("Europe/Berlin", "10 minutes ago", "2026-11-27 14:10:05");
    row("Europe/Berlin", "Nov 27 15:03:07", "2026-11-27 14:03:07");
}

void MomentDoubtsTest::readsInAZone()
{
    QFETCH(QByteArray, zone);
    QFETCH(QString, written);
    QFETCH(QString, expected);
    QCOMPARE(text(read(written, zone)), expected);
}

QTEST_GUILESS_MAIN(MomentDoubtsTest)
#include "moment_doubts_test.moc"
