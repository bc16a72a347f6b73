#include "log_lines.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

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

    /// Connections are counted from 1 again with each start of mongod.
    void namesWhoHadTheConnectionThen_data()
    {
        QTest::addColumn<QList<QByteArray>>("older");
        QTest::addColumn<QList<QByteArray>>("newer");
        QTest::addColumn<QString>("expected"); ///< of the drop at 14:03:07
        const auto row = [](const char *name, const QList<QByteArray> &older, const QList<QByteArray> &newer,
                            const char *expected) {
            QTest::newRow(name) << older << newer << QString::fromUtf8(expected);
        };
        const QByteArray started = line(60'000, "main", "***** SERVER RESTARTED *****", {});
        const QByteArray startedBefore = line(-60'000, "main", "MongoDB starting", {});
        row("before the start", {came(-5000, 5, "1.1.1.1:1"), isUser(-4900, "conn5", "bot"), drop(0, "conn5")},
            {started, came(61'000, 5, "6.6.6.6:6"), isUser(61'100, "conn5", "other")}, "bot@admin 1.1.1.1:1");
        row("after the start", {came(-90'000, 5, "6.6.6.6:6"), isUser(-89'000, "conn5", "other")},
            {startedBefore, came(-5000, 5, "1.1.1.1:1"), isUser(-4900, "conn5", "bot"), drop(0, "conn5")},
            "bot@admin 1.1.1.1:1");
        row("after a start, and nobody came", {came(-90'000, 5, "6.6.6.6:6"), isUser(-89'000, "conn5", "other")},
            {startedBefore, drop(0, "conn5")}, "");
        row("told in two files", {came(-5000, 5, "1.1.1.1:1")}, {isUser(-4900, "conn5", "bot"), drop(0, "conn5")},
            "bot@admin 1.1.1.1:1");
        row("another one came between",
            {isUser(-90'000, "conn5", "other"), came(-5000, 5, "1.1.1.1:1"), isUser(-4900, "conn5", "bot")},
            {drop(0, "conn5")}, "bot@admin 1.1.1.1:1");
        row("another one came between, and said no name",
            {isUser(-90'000, "conn5", "other"), came(-5000, 5, "1.1.1.1:1")}, {drop(0, "conn5")}, "1.1.1.1:1");
        row("another user afterwards", {came(-5000, 5, "1.1.1.1:1"), isUser(-4900, "conn5", "bot"), drop(0, "conn5")},
            {isUser(30'000, "conn5", "other")}, "bot@admin 1.1.1.1:1");
    }
    void namesWhoHadTheConnectionThen()
    {
        QFETCH(QList<QByteArray>, older);
        QFETCH(QList<QByteArray>, newer);
        QFETCH(QString, expected);
        for (const bool newerFirst : {false, true}) {
            LogFinder finder(reading());
            if (newerFirst)
                feed(finder, "a", "a/mongodb.log", newer);
            feed(finder, "a", "a/mongodb.log.2026-11-27T14-00-00", older);
            if (!newerFirst)
                feed(finder, "a", "a/mongodb.log", newer);
            const LogFinding found = finder.findings().at(0);
            QCOMPARE((found.user + QLatin1Char(' ') + found.client).trimmed(), expected);
        }
    }

    /// Of three files the one between is read last, and has the truth.
    void namesAgainWhenMoreIsRead()
    {
        LogFinder finder(reading());
        feed(finder, "a", "a/mongodb.log.2", {came(-90'000, 5, "6.6.6.6:6"), isUser(-89'000, "conn5", "other")});
        feed(finder, "a", "a/mongodb.log", {drop(0, "conn5")});
        QCOMPARE(finder.findings().at(0).user, QStringLiteral("other@admin"));
        feed(finder, "a", "a/mongodb.log.1", {came(-5000, 5, "1.1.1.1:1"), isUser(-4900, "conn5", "bot")});
        QCOMPARE(finder.findings().at(0).user, QStringLiteral("bot@admin"));
    }

    void filesOfTwoArchivesAreOfTwoLogs()
    {
        LogFinder finder(reading());
        finder.beginFile({}, QStringLiteral("mongodb.log"), QStringLiteral("/a.tar.gz"));
        finder.take(isUser(-4900, "conn5", "other"));
        finder.beginFile({}, QStringLiteral("mongodb.log"), QStringLiteral("/b.tar.gz"));
        finder.take(drop(0, "conn5"));
        QCOMPARE(finder.findings().at(0).user, QString());
    }

    /// A line of a megabyte may have any of it where a name should be.
    void keepsNoLongNames()
    {
        const QByteArray longer(500'000, 'x');
        LogFinder finder(reading());
        feed(finder, "a", "a/mongodb.log",
             {isUser(-100, "conn" + longer, longer),
              line(0, "conn" + longer, "renameCollectionForCommand",
                   "\"sourceNamespace\":\"" + longer + "\",\"targetNamespace\":\"" + longer + "\""),
              line(0, "conn" + longer, "Slow query",
                   "\"type\":\"remove\",\"ns\":\"a.b\",\"appName\":\"" + longer + "\",\"remote\":\"" + longer + '"')});
        const std::vector<LogFinding> found = finder.findings();
        QCOMPARE(found.size(), size_t(2));
        for (const LogFinding &one : found) {
            QCOMPARE(one.context.size(), 64);
            QCOMPARE(one.user.size(), 200);
            for (const QString &name : {one.nameSpace, one.target, one.client, one.appName})
                QVERIFY2(name.size() <= 300, qPrintable(QString::number(name.size())));
        }
    }

    void tellsFromWhenToWhenItRead()
    {
        LogFinder finder(reading());
        const auto one = [&finder](const char *file, const QList<QByteArray> &lines) {
            feed(finder, "a", file, lines);
            finder.noteTimes();
        };
        const auto seconds = [&finder] {
            QStringList all;
            for (const LogCover &cover : finder.covers()) {
                for (const LogSpan &span : cover.spans)
                    all << QStringLiteral("%1 %2-%3")
                               .arg(cover.host)
                               .arg(span.first / 1000 % 86400 - 50587)
                               .arg(span.last / 1000 % 86400 - 50587);
            }
            return all.join(QLatin1Char(' '));
        };
        const auto quiet = [](int second) { return line(second * 1000, "x", "Note", {}); };
        one("a/mongodb.log", {quiet(0), "  at nothing", quiet(5), quiet(100), "  at something", "  at something"});
        QCOMPARE(seconds(), QStringLiteral("a 0-100"));
        one("a/mongodb.log.1", {quiet(-7000), quiet(-5000)}); // and one between them is not there
        QCOMPARE(seconds(), QStringLiteral("a -7000--5000 a 0-100"));
        one("a/mongodb.log.2", {quiet(-4990), quiet(-1)});
        QCOMPARE(seconds(), QStringLiteral("a -7000-100"));
        const QByteArray wrong = QByteArray(quiet(101)).replace("2026-11-27", "2099-11-27");
        one("a/mongodb.log.3", {quiet(10), wrong, QByteArray(wrong).replace("2099", "1970")});
        QCOMPARE(seconds(), QStringLiteral("a -7000-100"));
        one("a/page.html", {"<html>"});
        QCOMPARE(seconds(), QStringLiteral("a -7000-100"));
        QVERIFY(!finder.sawZoneless());
        one("a/old.log", {"Fri Nov 27 14:03:07.214 [conn7] nothing"});
        QVERIFY(finder.sawZoneless());
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

    /// A job that drops what is not there, again and again, pushes no loss out.
    void keepsWhatWasCarriedOut()
    {
        LogFinder finder(reading());
        feed(finder, "a", "a/mongodb.log", {drop(-9000, "conn1"), finished(-8990, "conn1")});
        for (int i = 0; i < static_cast<int>(LogFinder::MostFindings) + 50; ++i)
            finder.take(drop(i * 3000, "conn5", "shop.nothing"));
        const auto found = finder.findings();
        QCOMPARE(found.size(), LogFinder::MostFindings);
        QCOMPARE(found.back().nameSpace, QStringLiteral("shop.orders"));
        // Nor does a delete of which the number alone is not told.
        for (int i = 0; i < static_cast<int>(LogFinder::MostFindings) + 50; ++i)
            finder.take(line(5'000'000 + i, "conn1" + QByteArray::number(i), "Slow query",
                             R"("type":"remove","ns":"shop.carts","durationMillis":10)"));
        QCOMPARE(finder.findings().back().nameSpace, QStringLiteral("shop.orders"));
    }

    /// Each member tells of each collection.
    void keepsTheOrderAndNotItsParts()
    {
        LogFinder finder(reading());
        feed(finder, "a", "a/mongodb.log",
             {line(0, "conn5", "dropDatabase - starting", "\"db\":\"shop\""), finished(5, "conn5", "shop.c0")});
        for (const char *host : {"b", "c"}) {
            finder.beginFile(QString::fromLatin1(host), QString::fromLatin1(host) + QStringLiteral("/mongodb.log"));
            for (int i = 0; i < static_cast<int>(LogFinder::MostFindings); ++i) {
                const QByteArray number = QByteArray::number(i);
                finder.take(finished(10 + i, "ReplWriterWorker-1", "shop.c" + number));
            }
        }
        QCOMPARE(words(finder), QStringList{QStringLiteral("database shop :07.000 done [a c b]")});
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
