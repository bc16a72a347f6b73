#include "base/text.h"
#include "moment/read_moment.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace tidemark;

namespace {

const QDateTime present(const QDate &date = QDate(2026, 11, 27))
{
    return QDateTime(date, QTime(14, 20, 5), Qt::UTC);
}

QString text(const Moment &moment)
{
    QString result = bareUtcText(moment.time());
    if (!moment.isWholeSecond())
        result += QLatin1Char('.') + QString::number(moment.milliseconds % 1000).rightJustified(3, QLatin1Char('0'));
    if (moment.increment)
        result += QLatin1Char('/') + QString::number(*moment.increment);
    return result;
}

/// "2026-11-27 14:03:07", "2026-11-27 14:03:07/1" with an increment, "? Day: a | b", "! what was not understood", "".
QString text(const MomentAnswer &answer)
{
    if (const auto *moment = std::get_if<Moment>(&answer))
        return text(*moment);
    if (const auto *refusal = std::get_if<MomentRefusal>(&answer))
        return QStringLiteral("! ") + refusal->part;
    if (const auto *question = std::get_if<MomentQuestion>(&answer)) {
        static const QStringList names{QStringLiteral("Day"), QStringLiteral("DayOrMonth"), QStringLiteral("Repeat"),
                                       QStringLiteral("Gap"), QStringLiteral("Zone"),       QStringLiteral("Several")};
        QStringList choices;
        for (const Moment &choice : question->choices)
            choices << text(choice);
        return QStringLiteral("? %1: %2")
            .arg(names.at(static_cast<int>(question->doubt)), choices.join(QStringLiteral(" | ")));
    }
    return {};
}

MomentAnswer read(const QString &written, const QByteArray &zone = "UTC", const QDateTime &now = present())
{
    return readMoment(written, {now, QTimeZone(zone)});
}

} // namespace

class ReadMomentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void readsInAZone_data();
    void readsInAZone();
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

void ReadMomentTest::reads()
{
    QFETCH(QString, written);
    QFETCH(QString, expected);
    QCOMPARE(text(read(written)), expected);
}

void ReadMomentTest::readsInAZone_data()
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

void ReadMomentTest::readsInAZone()
{
    QFETCH(QByteArray, zone);
    QFETCH(QString, written);
    QFETCH(QString, expected);
    QCOMPARE(text(read(written, zone)), expected);
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
    QString lines;
    for (int i = 0; i < 1000; ++i)
        lines += QStringLiteral("2026-11-27T14:%1:%2.123+0000 I COMMAND [conn%3] CMD: drop shop.orders\n")
                     .arg(i / 60 % 60, 2, 10, QLatin1Char('0'))
                     .arg(i % 60, 2, 10, QLatin1Char('0'))
                     .arg(i);
    QTest::newRow("a thousand lines of a log") << lines << QStringLiteral("? Several: 2026-11-27 14:00:00.123");
    QTest::newRow("a thousand lines without a time")
        << repeated("somebody dropped the orders of the shop\n", 1000) << QStringLiteral("! somebody");
    QTest::newRow("digits") << repeated("7", 200000) << QStringLiteral("! 7");
    QTest::newRow("colons") << repeated("1:", 100000) << QStringLiteral("! ");
    QTest::newRow("spaces between words") << repeated("a          ", 20000) << QStringLiteral("! a");
    QTest::newRow("open braces") << repeated("{", 200000) << QStringLiteral("! ");
    QTest::newRow("many times the same") << repeated("14:03 ", 5000) << QStringLiteral("? ");
    QTest::newRow("spans without an end") << repeated("1 h ", 50000) << QStringLiteral("! ");
    QTest::newRow("more than is read") << repeated("2026-11-27 14:03:07 ", 20000) << QStringLiteral("! ");
}

void ReadMomentTest::isBounded()
{
    QFETCH(QString, written);
    QFETCH(QString, start);
    read(QStringLiteral("14:03 Berlin")); // the names of zones are read once
    QElapsedTimer clock;
    clock.start();
    const QString answer = text(read(written));
    const qint64 took = clock.elapsed();
    QVERIFY2(answer.startsWith(start), qPrintable(answer.left(200)));
    qInfo("%lld ms for %lld characters", took, static_cast<long long>(written.size()));
    QVERIFY2(took < 2000, qPrintable(QString::number(took)));
}

QTEST_GUILESS_MAIN(ReadMomentTest)
#include "read_moment_test.moc"
