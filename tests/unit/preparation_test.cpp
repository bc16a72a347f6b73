#include "preparation/kept_draft.h"
#include "preparation/search_words.h"
#include "preparation/shown_ranges.h"
#include "preparation/used_sources.h"
#include "support/restore_cases.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

using namespace tidemark;

Q_DECLARE_METATYPE(std::function<void(RestoreDraft &)>)

/// What the pages on which a restore is prepared share, without a window.
class TestPreparation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void words_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isFound");
        const auto row = [](const char *typed, const char *text, bool isFound) {
            QTest::addRow("%s in %s", typed, text) << QString::fromUtf8(typed) << QString::fromUtf8(text) << isFound;
        };
        row("", "Shop", true);
        row("  ", "Shop", true);
        row("sho", "Shop", true);
        row("HOP", "Shop", true);
        row("hops", "Shop", false);
        row("eu shop", "Shop EU", true);
        row("shop  eu ", "Shop EU", true);
        row("shop us", "Shop EU", false);
        row("o o", "Shop", true);
        row("ÉCOLE", "Grande école", true);
        row("חנות", "חנות ראשית", true);
        row(".*", "Shop", false);
    }
    void words()
    {
        QFETCH(QString, typed);
        QFETCH(QString, text);
        QTEST(SearchWords(typed).areIn(SearchWords::fold(text)), "isFound");
    }
    void wordsMayStandInEither()
    {
        const SearchWords words(QStringLiteral("shop ledger"));
        QVERIFY(words.areIn(QStringLiteral("shop"), QStringLiteral("ledger")));
        QVERIFY(!words.areIn(QStringLiteral("shop"), QStringLiteral("orders")));
    }

    void whatWasUsedLastStandsFirst()
    {
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        UsedSources used(settings);
        QVERIFY(used.ids().isEmpty());
        const auto note = [&used](const char *project, const char *cluster) {
            used.note(ProjectId(QString::fromLatin1(project)), ClusterId(QString::fromLatin1(cluster)));
        };
        note("p", "a");
        note("q", "b");
        note("p", "c");
        const QStringList expected{QStringLiteral("c"), QStringLiteral("p"), QStringLiteral("b"), QStringLiteral("q"),
                                   QStringLiteral("a")};
        QCOMPARE(used.ids(), expected);
        QCOMPARE(UsedSources(settings).ids(), expected);
        for (int i = 0; i < 100; ++i)
            note("p", qPrintable(QString::number(i)));
        QCOMPARE(used.ids().size(), 24);
        QCOMPARE(used.ids().constFirst(), QStringLiteral("99"));
    }

    /// A drag makes hundreds of steps in a second: what they stand on is worked out once.
    void rangesAreWorkedOutOnce()
    {
        RestoreFacts facts;
        ShownRanges shown;
        const QDateTime now = test::now();
        QVERIFY(shown.update(facts, 1, now));
        QVERIFY(shown.ranges().empty());
        facts.ranges.emplace();
        facts.ranges->emplace({RestorableRange{{100, 0}, {200, 0}, {}}});
        QVERIFY(shown.update(facts, 2, now));
        QCOMPARE(shown.ranges().size(), size_t(1));
        for (int step = 1; step < 300; ++step)
            QVERIFY(!shown.update(facts, 2, now.addSecs(step))); // they do not move with the time
        QVERIFY(shown.update(facts, 3, now));
        // The window up to now does, by the second.
        facts.ranges.emplace();
        QVERIFY(shown.update(facts, 4, now));
        QVERIFY(!shown.update(facts, 4, now.addMSecs(400)));
        QVERIFY(shown.update(facts, 4, now.addSecs(1)));
        QCOMPARE(shown.ranges().back().end.seconds, now.addSecs(1).toSecsSinceEpoch());
    }

    void whatIsWorthKeeping()
    {
        RestoreDraft draft;
        QVERIFY(!isWorthKeeping(draft, {}));
        draft.project.id = ProjectId(QStringLiteral("p")); // it may have been proposed
        draft.project.name = QStringLiteral("Shop");
        QVERIFY(!isWorthKeeping(draft, {}));
        draft.cluster = test::orders();
        QVERIFY(isWorthKeeping(draft, {}));
        QVERIFY(!isWorthKeeping(draft, draft));
        RestoreDraft read = draft;
        read.cluster->versions = QStringList{QStringLiteral("9.9")}; // read anew, not chosen anew
        read.typedTargetName = QStringLiteral("orders");
        QVERIFY(!isWorthKeeping(read, draft));
        read.mode = RestoreMode::PointInTime;
        QVERIFY(isWorthKeeping(read, draft));
        QCOMPARE(draftText(read), QStringLiteral("Shop / orders, Restore to a point in time"));
        read.cluster.reset(); // it has gone, or another project was looked at: what was typed has not
        read.pointInTime = QStringLiteral("2026-11-27 14:03:07");
        read.targetCluster = test::orders();
        QVERIFY(isWorthKeeping(read, draft));
        QCOMPARE(draftText(read), QStringLiteral("Shop, Restore to a point in time, 2026-11-27 14:03:07, to orders"));
        read.pointInTime = QString(300000, QLatin1Char('x'));
        QVERIFY(draftText(read).size() < 120);
        RestoreDraft seen = draft;
        seen.momentMode = RestoreMode::PointInTime; // a page was looked at, nothing chosen
        QVERIFY(!isWorthKeeping(seen, draft));
    }

    /// What another mode would read makes no other restore of it.
    void whatAsksForTheSame_data()
    {
        using Change = std::function<void(RestoreDraft &)>;
        QTest::addColumn<RestoreMode>("mode");
        QTest::addColumn<Change>("change");
        QTest::addColumn<bool>("isSame");
        const auto row = [](const char *name, RestoreMode mode, bool isSame, const Change &change) {
            QTest::newRow(name) << mode << change << isSame;
        };
        const auto snapshot = [](RestoreDraft &draft) { draft.snapshot = SnapshotId(QStringLiteral("other")); };
        const auto point = [](RestoreDraft &draft) { draft.pointInTime = QStringLiteral("other"); };
        const auto oplog = [](RestoreDraft &draft) { draft.oplogIncrement = QStringLiteral("9"); };
        const auto checkpoint = [](RestoreDraft &draft) { draft.checkpoint = CheckpointId(QStringLiteral("other")); };
        const auto link = [](RestoreDraft &draft) { draft.maxDownloads = QStringLiteral("9"); };
        const auto target = [](RestoreDraft &draft) { draft.targetCluster = test::orders(); };
        row("a snapshot, of a point in time", RestoreMode::PointInTime, true, snapshot);
        row("a snapshot", RestoreMode::AutomatedSnapshot, false, snapshot);
        row("a snapshot to download", RestoreMode::DownloadSnapshot, false, snapshot);
        row("a point in time", RestoreMode::PointInTime, false, point);
        row("a point in time, of an oplog timestamp", RestoreMode::OplogTimestamp, true, point);
        row("an increment", RestoreMode::OplogTimestamp, false, oplog);
        row("a checkpoint", RestoreMode::Checkpoint, false, checkpoint);
        row("a checkpoint, of a snapshot", RestoreMode::AutomatedSnapshot, true, checkpoint);
        row("a link", RestoreMode::DownloadSnapshot, false, link);
        row("a link, of a target", RestoreMode::PointInTime, true, link);
        row("a target", RestoreMode::PointInTime, false, target);
        row("a target, of a download", RestoreMode::DownloadSnapshot, true, target);
        row("another mode", RestoreMode::PointInTime, false,
            [](RestoreDraft &draft) { draft.mode = RestoreMode::Checkpoint; });
        row("marks and a confirmation", RestoreMode::PointInTime, true, [](RestoreDraft &draft) {
            draft.incidents = {1};
            draft.typedTargetName = QStringLiteral("x");
        });
    }
    void whatAsksForTheSame()
    {
        QFETCH(RestoreMode, mode);
        QFETCH(std::function<void(RestoreDraft &)>, change);
        const RestoreDraft one = test::goodDraft(mode);
        RestoreDraft other = one;
        change(other);
        QTEST(isSameRestore(one, other), "isSame");
    }
};

QTEST_GUILESS_MAIN(TestPreparation)
#include "preparation_test.moc"
