#include "support/restore_cases.h"
#include "ui/wizard/finding_lines.h"
#include "ui/wizard/review_facts.h"
#include "ui/wizard/submitted_agents.h"
#include "ui/wizard/target_page.h"

#include <QTest>

#include <ctime>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// The time zone of this machine, until the end of the test.
struct Zone
{
    explicit Zone(const char *name)
    {
        qputenv("TZ", name);
        tzset();
    }
    ~Zone()
    {
        qunsetenv("TZ");
        tzset();
    }
};

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// What the wizard's pages say of a decision, of findings and of agents, without a window.
class ReviewFactsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theMomentIsTheModes_data()
    {
        QTest::addColumn<RestoreDraft>("draft");
        QTest::addColumn<QString>("caption");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("second");
        const auto row = [](const char *name, const RestoreDraft &draft, const char *caption, const char *what,
                            const char *second) { QTest::newRow(name) << draft << s(caption) << s(what) << s(second); };
        row("a snapshot", goodDraft(RestoreMode::AutomatedSnapshot), "Snapshot of", "06:00:03 UTC", "8 h 29 min ago");
        row("a download", goodDraft(RestoreMode::DownloadSnapshot), "Snapshot of", "06:00:03 UTC", "8 h 29 min ago");
        row("a moment", goodDraft(RestoreMode::PointInTime), "Restored to just before", "14:03:07 UTC",
            "26 min 53 s ago, this second not included");
        row("an entry", goodDraft(RestoreMode::OplogTimestamp), "Restored up to and including", "14:03:07 UTC",
            "26 min 53 s ago, oplog timestamp 1795528987, 1");
        row("a checkpoint", goodDraft(RestoreMode::Checkpoint), "Restored to the checkpoint of", "13:45:00 UTC",
            "45 min 00 s ago");
        RestoreDraft unknown = goodDraft(RestoreMode::AutomatedSnapshot);
        unknown.snapshot = SnapshotId(s("60dd00000000000000000009"));
        row("a snapshot that nobody knows", unknown, "Snapshot of", "Not known", "");
        RestoreDraft later = goodDraft(RestoreMode::PointInTime);
        later.pointInTime = s("2026-11-24 15:00:00");
        row("a moment to come", later, "Restored to just before", "15:00:00 UTC", "this second not included");
        RestoreDraft wrong = goodDraft(RestoreMode::PointInTime);
        wrong.pointInTime = s("noon");
        row("no moment", wrong, "Restored to just before", "Not known", "this second not included");
    }
    void theMomentIsTheModes()
    {
        const Zone zone("UTC");
        QFETCH(RestoreDraft, draft);
        const DecisionFact moment = decisionFacts(draft, goodFacts(draft), now())[1];
        QTEST(moment.caption, "caption");
        QTEST(moment.what, "what");
        QTEST(moment.second, "second");
        QVERIFY(!moment.isErased);
    }

    void sourceAndTarget()
    {
        const RestoreDraft draft = goodDraft(RestoreMode::PointInTime, true);
        const auto facts = decisionFacts(draft, goodFacts(draft), now());
        QCOMPARE(facts[0].what, s("shop"));
        QCOMPARE(facts[0].first, s("Shop"));
        QCOMPARE(facts[0].second, s("Sharded cluster, 2 shards")); // the size of no snapshot
        QCOMPARE(facts[0].icon, s("sharded-cluster"));
        QCOMPARE(facts[2].caption, s("Target, erased first"));
        QCOMPARE(facts[2].what, s("shop-staging"));
        QCOMPARE(facts[2].first, s("Staging"));
        QVERIFY(facts[2].isErased);
        QVERIFY(wordsOf(facts).contains(s("Target, erased first: shop-staging, Staging, Sharded cluster, 2 shards")));
    }

    /// Nothing is red, and nothing is called erased.
    void aDownloadErasesNothing()
    {
        RestoreDraft draft = goodDraft(RestoreMode::DownloadSnapshot);
        draft.targetCluster = ordersTarget(); // chosen before in another mode
        const auto facts = decisionFacts(draft, goodFacts(draft), now());
        QCOMPARE(facts[2].what, s("This computer"));
        QCOMPARE(facts[2].first, s("by a link for 4 hours"));
        QCOMPARE(facts[2].second, s("No cluster is changed"));
        QVERIFY(!facts[2].isErased);
        QCOMPARE(facts[0].second, s("Replica set, 2.86 GB of files"));
        draft.linkLife = RestoreDraft::LinkLife::Until;
        draft.expiresAt = s("2026-11-25 14:00:00");
        QCOMPARE(decisionFacts(draft, goodFacts(draft), now())[2].first, s("by a link until 2026-11-25 14:00:00 UTC"));
    }

    void whatIsNotChosenIsSaid()
    {
        const auto facts = decisionFacts({}, {}, now());
        QCOMPARE(facts[0].what, s("Not chosen"));
        QCOMPARE(facts[1].what, s("Not known"));
        QCOMPARE(facts[2].what, s("Not chosen"));
        Cluster unknown;
        unknown.type = ClusterType::Unknown;
        QCOMPARE(kindText(unknown), s("Kind not known"));
    }

    void utcAndHere_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QString>("time");
        QTest::addColumn<QString>("text");
        QTest::newRow("the same") << QByteArray("UTC") << s("2026-11-24T14:03:07Z") << s("2026-11-24");
        QTest::newRow("winter in London")
            << QByteArray("Europe/London") << s("2026-11-24T14:03:07Z") << s("2026-11-24");
        QTest::newRow("summer in London")
            << QByteArray("Europe/London") << s("2026-07-24T14:03:07Z") << s("2026-07-24 · 15:03:07 BST");
        QTest::newRow("Paris") << QByteArray("Europe/Paris") << s("2026-11-24T14:03:07Z")
                               << s("2026-11-24 · 15:03:07 CET");
        QTest::newRow("another day") << QByteArray("Australia/Sydney") << s("2026-11-24T14:03:07Z")
                                     << s("2026-11-24 · 2026-11-25 01:03:07 AEDT");
    }
    void utcAndHere()
    {
        QFETCH(QByteArray, zone);
        QFETCH(QString, time);
        const Zone here(zone.constData());
        QTEST(dateAndLocalText(utc(time)), "text");
    }

    void findingsInTheirOrder()
    {
        const auto entries = findingEntries({{Severity::Note, Field::Mode, s("n")},
                                             {Severity::Warning, Field::Mode, s("u"), true},
                                             {Severity::Warning, Field::Mode, s("w1")},
                                             {Severity::Blocking, Field::Mode, s("e")},
                                             {Severity::Warning, Field::Mode, s("w2")}},
                                            {s("here")}, {s("a"), s("b")});
        const std::vector<FindingEntry> expected{{FindingKind::Error, s("e")},
                                                 {FindingKind::Warning, s("w1")},
                                                 {FindingKind::Warning, s("w2")},
                                                 {FindingKind::Unchecked, s("u")},
                                                 {FindingKind::Note, s("n")},
                                                 {FindingKind::Note, s("here")},
                                                 {FindingKind::Passed, s("Checks passed: a, b.")}};
        QCOMPARE(entries, expected);
        QStringList ticked;
        for (const FindingEntry &entry : entries)
            ticked << (needsTick(entry) ? entry.sentence : QString());
        ticked.removeAll(QString());
        QCOMPARE(ticked, QStringList({s("w1"), s("w2"), s("u")}));
        QVERIFY(findingEntries({}, {}, {}).empty());
    }

    void agentsThatHoldItUp()
    {
        AgentsProgress agents;
        agents.stage = AgentsStage::Working;
        agents.goal = 7;
        for (const auto &[name, version] : std::vector<std::pair<const char *, qint64>>{{"a", 7}, {"b", 6}, {"c", 6}}) {
            AutomationProcess process;
            process.name = s(name);
            process.hostname = s(name) + s(".example.net");
            process.lastGoalVersionAchieved = version;
            agents.processes.push_back(process);
        }
        agents.errors = {{s("c"), {}, s("disk full")}};
        const std::vector<AgentLine> expected{{s("c"), s("disk full")}, {s("b.example.net"), {}}};
        QCOMPARE(agentLines(agents, 6), expected);
        const std::vector<AgentLine> cut{{s("and 2 more"), {}}};
        QCOMPARE(agentLines(agents, 1), cut);
        agents.stage = AgentsStage::InPlace;
        QCOMPARE(agentLines(agents, 6).size(), size_t(1));
    }

    void whatIsKnownOfTheTarget()
    {
        RestoreDraft draft = goodDraft(RestoreMode::AutomatedSnapshot);
        RestoreFacts facts = goodFacts(draft);
        const auto valueOf = [&](const char *what) {
            for (const ErasePanel::Line &line : targetLines(draft, facts, now())) {
                if (line.first == s(what))
                    return line.second;
            }
            return QString();
        };
        QCOMPARE(valueOf("Kind"), s("Replica set"));
        QCOMPARE(valueOf("MongoDB"), s("6.0.14, FCV 6.0"));
        QCOMPARE(valueOf("Backup"), s("running, its snapshots stay"));
        QCOMPARE(valueOf("On"), s("not known")); // nothing has been read of it
        QCOMPARE(valueOf("Way back"), s("is being read"));
        TargetFacts target;
        target.target = draft.targetCluster->id;
        target.config = RedactedAutomationConfig{7,
                                                 {{s("p1"), s("h1"), {}, s("orders-staging"), {}, false},
                                                  {s("p2"), s("h1"), {}, s("orders-staging"), {}, false}}};
        facts.target = target;
        QCOMPARE(valueOf("On"), s("processes: 2, hosts: 1"));
        facts.target->target = ClusterId(s("another"));
        QCOMPARE(valueOf("On"), s("not known"));
        draft.targetCluster->backupRunning.reset();
        draft.targetCluster->versions.clear();
        draft.targetCluster->featureCompatibilityVersion.clear();
        QCOMPARE(valueOf("Backup"), s("not known"));
        QCOMPARE(valueOf("MongoDB"), s("not known"));
        draft.targetCluster.reset();
        QVERIFY(targetLines(draft, facts, now()).empty());
    }
};

QTEST_MAIN(ReviewFactsTest)
#include "review_facts_test.moc"
