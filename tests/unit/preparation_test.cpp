#include "preparation/kept_draft.h"
#include "preparation/search_words.h"
#include "preparation/shown_ranges.h"
#include "preparation/used_sources.h"
#include "support/restore_cases.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

using namespace tidemark;

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
    }
};

QTEST_GUILESS_MAIN(TestPreparation)
#include "preparation_test.moc"
