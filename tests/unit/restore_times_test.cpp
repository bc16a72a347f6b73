#include "history/restore_times.h"
#include "session/timekeeper.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;
using namespace std::chrono_literals;

namespace {

const ClusterId Ledger(QStringLiteral("60aa00000000000000000001"));
constexpr qint64 Gib = 1024LL * 1024 * 1024;

QDateTime at(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(1'795'788'000 + seconds, Qt::UTC);
}

RestoreTime took(std::chrono::seconds taken, qint64 bytes = 100 * Gib, qint64 ended = 0)
{
    return {Ledger, bytes, taken, at(ended)};
}

} // namespace

/// How long restores took, and what is said of it.
class RestoreTimesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsMeasured_data()
    {
        QTest::addColumn<QDateTime>("ordered");
        QTest::addColumn<bool>("wasUnderWay");
        QTest::addColumn<QDateTime>("lookBefore");
        QTest::addColumn<qint64>("taken"); ///< seconds; -1: not known
        QTest::newRow("seen to its end") << at(-2400) << true << at(-5) << qint64(2400);
        QTest::newRow("looked at every three minutes") << at(-2400) << true << at(-180) << qint64(2400);
        QTest::newRow("asleep before") << at(-2400) << true << at(-181) << qint64(-1);
        QTest::newRow("in place when the program began") << at(-2400) << false << at(-5) << qint64(-1);
        QTest::newRow("the first look") << at(-2400) << true << QDateTime() << qint64(-1);
        QTest::newRow("ordered elsewhere") << QDateTime() << true << at(-5) << qint64(-1);
        QTest::newRow("clock set back before the order") << at(10) << true << at(-5) << qint64(-1);
        QTest::newRow("clock set back since the last look") << at(-2400) << true << at(1) << qint64(-1);
        QTest::newRow("clock set on by months") << at(-90 * 86400) << true << at(-5) << qint64(-1);
    }
    void whatIsMeasured()
    {
        QFETCH(QDateTime, ordered);
        QFETCH(bool, wasUnderWay);
        QFETCH(QDateTime, lookBefore);
        const auto taken = timeTaken(ordered, wasUnderWay, lookBefore, at(0));
        QTEST(taken ? qint64(taken->count()) : qint64(-1), "taken");
    }

    /// While the agents could not be read it may have ended at any moment, however often the lists were.
    void anOutageOfTheAgentsTellsNoEnd()
    {
        LookedAt agents;
        for (const qint64 good : {-7200, -7200, -7200, 0})
            agents.note(at(good));
        QCOMPARE(agents.before, at(-7200));
        QVERIFY(!timeTaken(at(-9000), true, agents.before, at(0)));
        agents.note(at(5));
        agents.note(at(5));
        QCOMPARE(agents.before, at(0));
    }

    void threeOfTheSameSizeAreNeeded()
    {
        std::vector<RestoreTime> known{took(38min), took(52min)};
        QVERIFY(!expectedTime(known, Ledger, 100 * Gib));
        known.push_back({ClusterId(QStringLiteral("another")), 100 * Gib, 1min, at(0)});
        QVERIFY(!expectedTime(known, Ledger, 100 * Gib));
        known.push_back(took(45min));
        QCOMPARE(expectedTime(known, Ledger, 100 * Gib), (ExpectedTime{3, 38min, 52min}));
        QCOMPARE(expectedTime(known, Ledger, 200 * Gib), (ExpectedTime{3, 38min, 52min}));
        QCOMPARE(expectedTime(known, Ledger, 50 * Gib), (ExpectedTime{3, 38min, 52min}));
        QVERIFY(!expectedTime(known, Ledger, 200 * Gib + 2));
        QVERIFY(!expectedTime(known, Ledger, 50 * Gib - 2));
        QVERIFY(!expectedTime(known, Ledger, 0));
        QCOMPARE(expectedTimeText({3, 38min, 52min}),
                 QStringLiteral("The last 3 restores of this cluster at about this size took 38 min 00 s to 52 min "
                                "00 s."));
    }

    void theNewestTenCount()
    {
        std::vector<RestoreTime> known;
        for (int i = 0; i < 12; ++i)
            known.push_back(took(std::chrono::minutes(60 - i), 100 * Gib, i));
        QCOMPARE(expectedTime(known, Ledger, 100 * Gib), (ExpectedTime{10, 49min, 58min}));
    }

    void theNewestCompleteSnapshotTellsTheSize()
    {
        const auto snapshot = [](qint64 seconds, bool isComplete, qint64 bytes) {
            Snapshot one;
            one.created = {seconds, 1};
            one.complete = isComplete;
            one.parts.resize(2);
            one.parts[0].fileSizeBytes = one.parts[1].fileSizeBytes = bytes;
            return one;
        };
        QCOMPARE(sourceBytes({}), 0);
        QCOMPARE(sourceBytes({snapshot(1, true, 10), snapshot(3, false, 99), snapshot(2, true, 20)}), 40);
    }

    void theFileKeepsThem()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("restore-times.jsonl"));
        QVERIFY(readRestoreTimes(path).empty());
        QVERIFY(addRestoreTime(path, took(38min)));
        QFile file(path);
        QVERIFY(file.open(QIODevice::Append));
        file.write("{\"bytes\":1,\"cluster\":\"60\",\"ended\":\"2026-11-27T14:00:00Z\",\"seconds\":-4}\n");
        file.write("not a line\n{\"bytes\":107374182400,\"cluster\":\"60aa"); // cut off
        file.close();
        QVERIFY(addRestoreTime(path, took(52min, 100 * Gib, 60)));
        QCOMPARE(readRestoreTimes(path), (std::vector<RestoreTime>{took(38min), took(52min, 100 * Gib, 60)}));
        QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        QVERIFY(!addRestoreTime(folder.filePath(QStringLiteral("none/restore-times.jsonl")), took(1min)));
    }

    /// Of a file that grew without end its end is read.
    void aLongFileIsReadFromItsEnd()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("restore-times.jsonl"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(2'000'000, 'x'));
        file.close();
        QVERIFY(addRestoreTime(path, took(38min)));
        QCOMPARE(readRestoreTimes(path), std::vector<RestoreTime>{took(38min)});
    }
};

QTEST_GUILESS_MAIN(RestoreTimesTest)
#include "restore_times_test.moc"
