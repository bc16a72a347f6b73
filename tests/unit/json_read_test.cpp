#include "cloud/json_read.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace tidemark;

namespace {

QJsonValue value(const char *json)
{
    return QJsonDocument::fromJson("{\"v\":" + QByteArray(json) + "}").object().value(QLatin1String("v"));
}

QDateTime utc(const char *iso)
{
    return QDateTime::fromString(QString::fromLatin1(iso), Qt::ISODate).toUTC();
}

} // namespace

/// Numbers and moments as servers write them.
class JsonReadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsIntegers_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<bool>("valid");
        QTest::addColumn<qint64>("number");
        const auto row = [](const char *json, bool valid, qint64 number) {
            QTest::newRow(json) << QByteArray(json) << valid << number;
        };
        row("7", true, 7);
        row("-7", true, -7);
        row("7.0", true, 7);
        row("7.5", false, 0);
        row("1e3", true, 1000);
        row("1e300", false, 0);
        row("9007199254740993", true, 9007199254740993);
        row("\"7\"", true, 7);
        row("\" 7 \"", true, 7);
        row("\"7h\"", false, 0);
        row("\"\"", false, 0);
        row("{\"$numberLong\":\"1536610288000\"}", true, 1536610288000);
        row("{}", false, 0);
        row("[7]", false, 0);
        row("null", false, 0);
        row("true", false, 0);
    }

    void readsIntegers()
    {
        QFETCH(QByteArray, json);
        QFETCH(bool, valid);
        QFETCH(qint64, number);
        const auto read = json::integer(value(json.constData()));
        QCOMPARE(read.has_value(), valid);
        if (valid)
            QCOMPARE(*read, number);
    }

    void readsTimes_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QDateTime>("time");
        const auto row = [](const char *json, const QDateTime &time) {
            QTest::newRow(json) << QByteArray(json) << time;
        };
        const QDateTime noon = utc("2018-09-27T12:00:00Z");
        row("\"2018-09-27T12:00:00Z\"", noon);
        row("\"2018-09-27T12:00:00\"", noon);
        row("\"2018-09-27T08:00-04:00\"", noon);
        row("\"2018-09-27T12:00:00.000Z\"", noon);
        row("\"2018-09-27\"", utc("2018-09-27T00:00:00Z"));
        row("1538049600", noon);
        row("1538049600000", noon);
        row("\"1538049600\"", noon);
        row("{\"$date\":\"2018-09-27T12:00:00Z\"}", noon);
        row("{\"$date\":1538049600000}", noon);
        row("\"2018-09-27 12:00:00\"", noon);
        row("\"2018-09-27 12:00:00Z\"", noon);
        row("\"2018-09-27 14:00:00+02:00\"", noon);
        row("\"yesterday\"", {});
        row("0", {});
        row("null", {});
        row("[]", {});
    }

    void readsTimes()
    {
        QFETCH(QByteArray, json);
        QFETCH(QDateTime, time);
        const QDateTime read = json::time(value(json.constData()));
        QCOMPARE(read, time);
        if (read.isValid())
            QCOMPARE(read.timeSpec(), Qt::UTC);
    }

    /// UTC without its Z is never taken for a local time first, not even on the way: this one does not exist there.
    void readsUtcThatIsNoLocalTime()
    {
        qputenv("TZ", "Europe/Berlin");
        const QDateTime inTheGap(QDate(2026, 3, 29), QTime(2, 30), Qt::UTC);
        QCOMPARE(json::time(value("\"2026-03-29T02:30:00\"")), inTheGap);
        QCOMPARE(json::time(value("\"2026-03-29T02:30:00.000\"")), inTheGap);
        QCOMPARE(json::time(value("\"2026-03-29T02:30:00Z\"")), inTheGap);
        QCOMPARE(json::time(value("\"2026-03-29\"")), QDateTime(QDate(2026, 3, 29), QTime(0, 0), Qt::UTC));
        qunsetenv("TZ");
    }

    void readsTimestamps_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<bool>("valid");
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<quint32>("increment");
        const auto row = [](const char *json, bool valid, qint64 seconds, quint32 increment) {
            QTest::newRow(json) << QByteArray(json) << valid << seconds << increment;
        };
        row("{\"date\":\"2018-09-27T12:00:00Z\",\"increment\":5}", true, 1538049600, 5);
        row("{\"date\":1538049600,\"increment\":\"5\"}", true, 1538049600, 5);
        row("{\"date\":\"1538049600\"}", true, 1538049600, 0);
        row("{\"$timestamp\":{\"t\":1538049600,\"i\":7}}", true, 1538049600, 7);
        row("\"2018-09-27T12:00:00Z\"", true, 1538049600, 0);
        row("{\"date\":1538049600,\"increment\":4294967295}", true, 1538049600, 4294967295U);
        row("{\"date\":1538049600,\"increment\":4294967296}", false, 0, 0);
        row("{\"date\":1538049600,\"increment\":-1}", false, 0, 0);
        row("{\"increment\":1}", false, 0, 0);
        row("null", false, 0, 0);
    }

    void readsTimestamps()
    {
        QFETCH(QByteArray, json);
        QFETCH(bool, valid);
        QFETCH(qint64, seconds);
        QFETCH(quint32, increment);
        const auto read = json::timestamp(value(json.constData()));
        QCOMPARE(read.has_value(), valid);
        if (valid) {
            QCOMPARE(read->seconds, seconds);
            QCOMPARE(read->increment, increment);
        }
    }
};

QTEST_GUILESS_MAIN(JsonReadTest)
#include "json_read_test.moc"
