#include "logs/log_finder.h"

#include <QTest>

using namespace tidemark;

namespace {

LogReading reading()
{
    return {QTimeZone::utc(), QDateTime(QDate(2026, 11, 27), QTime(14, 20), Qt::UTC)};
}

/// A structured line of 14:03:07 and so many milliseconds.
QByteArray line(int milliseconds, const char *context, const char *message, const QByteArray &attr)
{
    const QDateTime time = QDateTime(QDate(2026, 11, 27), QTime(14, 3, 7), Qt::UTC).addMSecs(milliseconds);
    return "{\"t\":{\"$date\":\"" + time.toString(QStringLiteral("yyyy-MM-ddThh:mm:ss.zzz")).toLatin1() +
           "+00:00\"},\"s\":\"I\",\"c\":\"COMMAND\",\"id\":1,\"ctx\":\"" + context + "\",\"msg\":\"" + message +
           "\",\"attr\":{" + attr + "}}";
}

QByteArray drop(int milliseconds, const char *context, const QByteArray &name = "shop.orders")
{
    return line(milliseconds, context, "CMD: drop", "\"namespace\":\"" + name + '"');
}

QByteArray finished(int milliseconds, const char *context, const QByteArray &name = "shop.orders")
{
    return line(milliseconds, context, "Finishing collection drop", "\"namespace\":\"" + name + '"');
}

QByteArray removed(int milliseconds, const char *context, int documents)
{
    return line(milliseconds, context, "Slow query",
                "\"type\":\"remove\",\"ns\":\"shop.orders\",\"ndeleted\":" + QByteArray::number(documents) +
                    ",\"durationMillis\":10");
}

QByteArray came(int milliseconds, int connection, const char *client)
{
    return line(milliseconds, "listener", "Connection accepted",
                "\"remote\":\"" + QByteArray(client) + "\",\"connectionId\":" + QByteArray::number(connection));
}

QByteArray isUser(int milliseconds, const char *context, const char *user)
{
    return line(milliseconds, context, "Authentication succeeded",
                "\"principalName\":\"" + QByteArray(user) + "\",\"authenticationDatabase\":\"admin\"");
}

void feed(LogFinder &finder, const char *host, const char *file, const QList<QByteArray> &lines)
{
    finder.beginFile(QString::fromLatin1(host), QString::fromLatin1(file));
    for (const QByteArray &one : lines)
        finder.take(one);
}

QString kindWord(LossKind kind)
{
    static const QStringList words{QStringLiteral("drop"), QStringLiteral("database"), QStringLiteral("rename"),
                                   QStringLiteral("capped"), QStringLiteral("delete")};
    return words.at(static_cast<int>(kind));
}

/// "drop shop.orders :07.214 deploy@admin 1.2.3.4:5 [a b]", one a line.
QStringList words(const LogFinder &finder)
{
    QStringList all;
    for (const LogFinding &finding : finder.findings()) {
        QStringList word{
            kindWord(finding.kind), finding.nameSpace,
            QDateTime::fromMSecsSinceEpoch(finding.milliseconds, Qt::UTC).toString(QStringLiteral(":ss.zzz"))};
        if (finding.documents)
            word << QStringLiteral("n=%1").arg(*finding.documents);
        if (finding.lines > 1)
            word << QStringLiteral("lines=%1").arg(finding.lines);
        for (const QString &who : {finding.user, finding.client}) {
            if (!who.isEmpty())
                word << who;
        }
        if (finding.byReplication)
            word << QStringLiteral("replica");
        if (finding.isConfirmed)
            word << QStringLiteral("done");
        word << QLatin1Char('[') + finding.hosts.join(QLatin1Char(' ')) + QLatin1Char(']');
        all << word.join(QLatin1Char(' '));
    }
    return all;
}

} // namespace

class LogFinderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesOneOfWhatTheMembersOfASetTell()
    {
        const QStringList expected{QStringLiteral("drop shop.orders :07.214 bot@admin 10.0.0.9:1 done [a b c]")};
        const QList<QByteArray> primary{came(-5000, 5, "10.0.0.9:1"), isUser(-4900, "conn5", "bot"), drop(214, "conn5"),
                                        finished(220, "conn5")};
        const QList<QByteArray> secondary{finished(250, "ReplWriterWorker-2")};
        LogFinder finder(reading());
        feed(finder, "a", "a/mongodb.log", primary);
        feed(finder, "b", "b/mongodb.log", secondary);
        feed(finder, "c", "c/mongodb.log", secondary);
        QCOMPARE(words(finder), expected);

        LogFinder otherOrder(reading());
        feed(otherOrder, "b", "b/mongodb.log", secondary);
        feed(otherOrder, "a", "a/mongodb.log", primary);
        feed(otherOrder, "c", "c/mongodb.log", secondary);
        QCOMPARE(words(otherOrder), expected);
    }

    void saysThatASecondaryAloneTellsIt()
    {
        LogFinder finder(reading());
        feed(finder, "b", "b/mongodb.log", {finished(250, "ReplWriterWorker-2")});
        feed(finder, "c", "c/mongodb.log", {finished(290, "ReplWriterWorker-1")});
        QCOMPARE(words(finder), QStringList{QStringLiteral("drop shop.orders :07.250 replica done [b c]")});
    }

    void keepsDropsOfDifferentTimesApart()
    {
        LogFinder finder(reading());
        feed(finder, "a", "a/mongodb.log", {drop(0, "conn5"), drop(30000, "conn5"), drop(31000, "conn6")});
        feed(finder, "b", "b/mongodb.log", {finished(30100, "ReplWriterWorker-2")});
        QCOMPARE(words(finder), (QStringList{QStringLiteral("drop shop.orders :38.000 [a]"),
                                             QStringLiteral("drop shop.orders :37.000 done [a b]"),
                                             QStringLiteral("drop shop.orders :07.000 [a]")}));
    }

    void takesCollectionsOfADroppedDatabaseForAPartOfIt()
    {
        LogFinder finder(reading());
        feed(finder, "b", "b/mongodb.log",
             {finished(60, "ReplWriterWorker-2", "shop.a"), finished(61, "ReplWriterWorker-2", "shop.b")});
        feed(finder, "a", "a/mongodb.log",
             {line(0, "conn5", "dropDatabase - starting", "\"db\":\"shop\""), finished(5, "conn5", "shop.a"),
              finished(6, "conn5", "shop.b"), finished(7, "conn6", "other.b")});
        QCOMPARE(words(finder), (QStringList{QStringLiteral("drop other.b :07.007 done [a]"),
                                             QStringLiteral("database shop :07.000 done [a b]")}));
    }

    void addsUpDeletesOfOneConnection()
    {
        LogFinder finder(reading());
        feed(finder, "a", "a/mongodb.log",
             {removed(10, "conn5", 60), removed(20010, "conn5", 70), removed(500010, "conn5", 99),
              removed(10, "conn6", 99), removed(10, "conn7", 5000)});
        QCOMPARE(words(finder), (QStringList{QStringLiteral("delete shop.orders :07.000 n=130 lines=2 [a]"),
                                             QStringLiteral("delete shop.orders :07.000 n=5000 [a]")}));
    }

    void countsADeleteOnce()
    {
        const QByteArray command = "\"type\":\"command\",\"ns\":\"shop.$cmd\",\"command\":{\"delete\":\"orders\","
                                   "\"deletes\":[{\"q\":{},\"limit\":0}],\"$db\":\"shop\"},\"durationMillis\":600";
        LogFinder finder(reading());
        feed(finder, "a", "a/mongodb.log", {removed(0, "conn5", 30), line(5, "conn5", "Slow query", command)});
        QCOMPARE(words(finder), QStringList());
        LogFinder many(reading());
        feed(many, "a", "a/mongodb.log", {removed(0, "conn5", 130), line(5, "conn5", "Slow query", command)});
        QCOMPARE(words(many), QStringList{QStringLiteral("delete shop.orders :06.405 n=130 done [a]")});
        feed(finder, "s", "s/mongos.log", {line(5, "conn9", "Slow query", command)});
        QCOMPARE(words(finder), QStringList{QStringLiteral("delete shop.orders :06.405 done [s]")});
    }

    void knowsWhoFromAFileThatWasRotatedAway()
    {
        LogFinder finder(reading());
        feed(finder, "a", "a/mongodb.log", {drop(214, "conn5")});
        feed(finder, "a", "a/mongodb.log.2026-11-27T14-00-00.gz",
             {came(-5000, 5, "10.0.0.9:1"), isUser(-4900, "conn5", "bot")});
        feed(finder, "a", "a/other.log", {came(-5000, 5, "6.6.6.6:6"), isUser(-4900, "conn5", "nobody")});
        QCOMPARE(words(finder), QStringList{QStringLiteral("drop shop.orders :07.214 bot@admin 10.0.0.9:1 [a]")});
    }

    void namesNobodyWhoCameLater()
    {
        LogFinder finder(reading());
        feed(finder, "a", "a/mongodb.log",
             {drop(214, "conn5"), came(9000, 5, "6.6.6.6:6"), isUser(9100, "conn5", "nobody")});
        QCOMPARE(words(finder), QStringList{QStringLiteral("drop shop.orders :07.214 [a]")});
    }

    void takesALineThatIsReadTwiceForOne()
    {
        LogFinder finder(reading());
        feed(finder, "", "mongodb.log", {drop(214, "conn5")});
        feed(finder, "", "copy of mongodb.log", {drop(214, "conn5")});
        QCOMPARE(finder.findings().size(), size_t(1));
    }

    void keepsTheNewestOfMany()
    {
        LogFinder finder(reading());
        finder.beginFile(QStringLiteral("a"), QStringLiteral("a/mongodb.log"));
        constexpr int more = 50;
        constexpr int most = static_cast<int>(LogFinder::MostFindings);
        for (int i = 0; i < most + more; ++i) {
            finder.take(drop(i * 3000, "conn5", "shop.c" + QByteArray::number(i)));
            finder.take(removed(i * 70000, "conn8", 1)); // no loss that is shown pushes one out that is
        }
        const auto found = finder.findings();
        QCOMPARE(found.size(), LogFinder::MostFindings);
        QCOMPARE(finder.notListed(), more);
        QCOMPARE(found.front().nameSpace, QStringLiteral("shop.c%1").arg(most + more - 1));
    }

    void keepsTheLineAsItIs()
    {
        const QByteArray told = drop(214, "conn5");
        LogFinder finder(reading());
        feed(finder, "a", "a/mongodb.log", {"nothing", told});
        const LogFinding found = finder.findings().front();
        QCOMPARE(found.text.toUtf8(), told);
        QCOMPARE(found.place, (LogPlace{QStringLiteral("a"), QStringLiteral("a/mongodb.log"), 2}));
        feed(finder, "a", "a/mongodb.log", {drop(90000, "conn5", QByteArray(100000, 'x'))});
        QCOMPARE(finder.findings().front().text.size(), LogFinder::LongestText);
    }

    void knowsTheFilesOfOneLog_data()
    {
        QTest::addColumn<QString>("log");
        QTest::newRow("a/mongodb.log") << QStringLiteral("a/mongodb.log");
        QTest::newRow("a/mongodb.log.2026-11-27T14-00-00.gz") << QStringLiteral("a/mongodb.log");
        QTest::newRow("a.log/mongod") << QStringLiteral("a.log/mongod");
        QTest::newRow("mongodb.gz") << QStringLiteral("mongodb");
        QTest::newRow("mongod.2") << QStringLiteral("mongod.2");
    }
    void knowsTheFilesOfOneLog()
    {
        QFETCH(QString, log);
        QCOMPARE(logOf(QString::fromLatin1(QTest::currentDataTag())), log);
    }
};

QTEST_GUILESS_MAIN(LogFinderTest)

#include "log_finder_test.moc"
