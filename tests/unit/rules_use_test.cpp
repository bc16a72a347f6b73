#include "restore/rules_parts.h"
#include "support/rule_rows.h"
#include "support/use_cases.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

constexpr qint64 Needed = 2'855'605'344; // of the good snapshot's parts

Edit onUse(const std::function<void(TargetUse &)> &edit)
{
    return [=](RestoreDraft &draft, RestoreFacts &facts) {
        facts.target = TargetFacts{};
        facts.target->target = draft.targetCluster->id;
        facts.target->status = AutomationStatus{};
        facts.target->agents = std::vector<Agent>{};
        TargetUse use = goodUse(*draft.targetCluster);
        edit(use);
        facts.target->use = use;
    };
}

Edit onRoom(std::vector<PartitionRoom> room)
{
    return onUse([=](TargetUse &use) { use.processes.back().room = room; });
}

/// Two processes of one host.
Edit onShared(qint64 free, qint64 used)
{
    return onUse([=](TargetUse &use) {
        use.processes.back().room = std::vector<PartitionRoom>{{QStringLiteral("a"), free, used}};
        use.processes.push_back(use.processes.back());
        use.processes.back().name = QStringLiteral("db2.example.net:27018");
    });
}

Edit onWrites(const std::function<void(ClientWrites &)> &edit)
{
    return onUse([=](TargetUse &use) { edit(**use.processes.front().writes); });
}

Edit both(const Edit &one, const Edit &other)
{
    return [=](RestoreDraft &draft, RestoreFacts &facts) {
        one(draft, facts);
        other(draft, facts);
    };
}

Error refused()
{
    Error error;
    error.kind = ErrorKind::Permission;
    error.sentence = QStringLiteral("No. The key may not.");
    return error;
}

QStringList said(const Edit &edit, bool sharded, QStringList &passed)
{
    RestoreDraft draft = goodDraft(RestoreMode::AutomatedSnapshot, sharded);
    RestoreFacts facts = goodFacts(draft);
    edit(draft, facts);
    rules::Findings findings;
    rules::checkUse(draft, facts, findings);
    QStringList sentences;
    for (const Finding &finding : findings)
        sentences.append(QLatin1String(finding.severity == Severity::Note ? "note: "
                                       : finding.isUnchecked              ? "open: "
                                                                          : "warning: ") +
                         finding.sentence);
    passed = rules::passedUse(draft, facts);
    return sentences;
}

} // namespace

/// Room for the data and clients that write: from what is measured, each edge, and what could not be.
class TestUseRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void condition_data()
    {
        QTest::addColumn<Edit>("edit");
        QTest::addColumn<bool>("sharded");
        QTest::addColumn<QStringList>("begins"); ///< of each sentence
        const auto add = [](const char *name, const Edit &edit, const QStringList &begins = {}, bool sharded = false) {
            QTest::newRow(name) << edit << sharded << begins;
        };
        const QString tooSmall = QStringLiteral("warning: These hosts of “orders-staging” cannot hold the 2.86 GB that "
                                                "the restore brings to each process, even when their disks are empty: "
                                                "db2.example.net:27017.");
        const QString onceErased = QStringLiteral("warning: On these hosts of “orders-staging” less is free than the "
                                                  "2.86 GB that the restore brings to each process: "
                                                  "db2.example.net:27017. It may fit once");
        const QString shared =
            QStringLiteral("warning: These hosts of “orders-staging” cannot hold the 2.86 GB that the "
                           "restore brings to each process, even when their disks are empty: "
                           "db2.example.net:27017, db2.example.net:27018.");
        const QString sharedErased = QStringLiteral("warning: On these hosts of “orders-staging” less is free than the "
                                                    "2.86 GB that the restore brings to each process: "
                                                    "db2.example.net:27017, db2.example.net:27018.");
        const QString noRoom = QStringLiteral("open: Whether the data fit on these hosts of “orders-staging” could not "
                                              "be checked: ");
        const QString noSize =
            QStringLiteral("open: Whether the data fit on the disks of “orders-staging” could not be "
                           "checked: their size is not known.");
        const QString writing = QStringLiteral("warning: Clients write to “orders-staging” now (seen on "
                                               "db1.example.net:27017).");
        const QString noWrites =
            QStringLiteral("open: Whether clients write to “orders-staging” now could not be checked");
        const QString nothing = QStringLiteral("open: Whether the data fit on the disks of “orders-staging”, and "
                                               "whether clients write to it now, could not be checked");

        add("all is well", onUse([](TargetUse &) {}));
        add("all is well, sharded", onUse([](TargetUse &) {}), {}, true);
        add("being read",
            both(onUse([](TargetUse &) {}), [](RestoreDraft &, RestoreFacts &facts) { facts.target->use.reset(); }),
            {QStringLiteral("note: How full the disks of “orders-staging” are")});
        add("refused",
            both(onUse([](TargetUse &) {}),
                 [](RestoreDraft &, RestoreFacts &facts) { facts.target->use = failure(refused()); }),
            {nothing + QStringLiteral(". No. The key may not.")});
        add("nothing of it is monitored", onUse([](TargetUse &use) { use.processes.clear(); }), {nothing});

        add("room to the byte", onRoom({{QStringLiteral("a"), Needed, 0}}));
        add("one byte less, and nothing to be erased", onRoom({{QStringLiteral("a"), Needed - 1, 0}}), {tooSmall});
        add("one byte less, and one that is in use", onRoom({{QStringLiteral("a"), Needed - 1, 1}}), {onceErased});
        add("the larger one counts", onRoom({{QStringLiteral("a"), 1, 1}, {QStringLiteral("b"), 1, Needed}}),
            {onceErased});
        add("one that is free, whatever the others are",
            onRoom({{QStringLiteral("a"), 1, {}}, {QStringLiteral("b"), Needed, {}}}));
        add("how much is in use is not told", onRoom({{QStringLiteral("a"), 1, {}}}), {noRoom});
        add("disks without an end",
            onRoom({{QStringLiteral("a"), MostBytes, MostBytes}, {QStringLiteral("b"), MostBytes, 0}}));
        add("two processes share a host's disks, to the byte", onShared(2 * Needed, 0));
        add("one byte less for both", onShared(2 * Needed - 1, 0), {shared});
        add("one byte less, and one that is in use for both", onShared(2 * Needed - 1, 1), {sharedErased});
        add("another one's use is not told", onRoom({{QStringLiteral("a"), 1, {}}, {QStringLiteral("b"), 1, Needed}}),
            {noRoom});
        add("no partition", onRoom({}), {noRoom + QStringLiteral("how full their disks are is not told")});
        add("a disk that may not be read",
            onUse([](TargetUse &use) { use.processes.back().room = failure(refused()); }),
            {noRoom + QStringLiteral("db2.example.net:27017. No. The key may not.")});
        add("no disk may be read", onUse([](TargetUse &use) {
                for (ProcessUse &process : use.processes)
                    process.room = failure(refused());
            }),
            {QStringLiteral("open: Whether the data fit on the disks of “orders-staging” could not be checked. No. The "
                            "key may not.")});
        add("more processes than are asked", onUse([](TargetUse &use) { use.notAsked = 1; }),
            {QStringLiteral("open: Whether the data fit on the disks of “orders-staging” could not be checked "
                            "everywhere")});
        add("a snapshot without a size",
            both(onUse([](TargetUse &) {}), onSnapshot([](Snapshot &s) { s.parts.front().fileSizeBytes = 0; })),
            {noSize});
        add("a part of it without a size",
            both(onUse([](TargetUse &) {}), onSnapshot([](Snapshot &s) { s.parts.push_back({}); })), {noSize});
        add("a part of it is missing", both(onUse([](TargetUse &) {}), onSnapshot([](Snapshot &s) {
                                                s.missingShards = {QStringLiteral("shard0")};
                                            })),
            {noSize});
        add("what is stored counts where it is more",
            both(onRoom({{QStringLiteral("a"), Needed, 0}}),
                 onSnapshot([](Snapshot &s) { s.parts.front().storageSizeBytes = Needed + 10'000'000; })),
            {QStringLiteral("warning: These hosts")});

        add("clients write", onWrites([](ClientWrites &w) { w.mostPerSecond = WritingPerSecond; }), {writing});
        const QString little = QStringLiteral("note: A little is written to “orders-staging” now (seen on "
                                              "db1.example.net:27017)");
        add("less than that may be anybody's",
            onWrites([](ClientWrites &w) { w.mostPerSecond = WritingPerSecond - 0.01; }), {little});
        add("a little", onWrites([](ClientWrites &w) { w.mostPerSecond = QuietPerSecond + 0.01; }), {little});
        add("the server's own", onWrites([](ClientWrites &w) { w.mostPerSecond = QuietPerSecond; }));
        add("one small partition, and one that is not told", onUse([](TargetUse &use) {
                use.processes.back().room = std::vector<PartitionRoom>{{QStringLiteral("a"), 1, 1}};
                use.processes.back().partitionsUntold = 1;
            }),
            {noRoom});
        add("one that has the room, and one that is not told", onUse([](TargetUse &use) {
                use.processes.back().room = std::vector<PartitionRoom>{{QStringLiteral("a"), Needed, 1}};
                use.processes.back().partitionsUntold = 1;
            }));
        add("as old as a sample may be", onWrites([](ClientWrites &w) { w.newest = now().addSecs(-600); }));
        add("older", onWrites([](ClientWrites &w) { w.newest = now().addSecs(-601); }), {noWrites});
        add("old, though they wrote then", onWrites([](ClientWrites &w) {
                w.newest = now().addSecs(-601);
                w.mostPerSecond = 100;
            }),
            {noWrites});
        add("no sample", onWrites([](ClientWrites &w) { w.newest = {}; }), {noWrites});
        add("samples that may not be read",
            onUse([](TargetUse &use) { use.processes.front().writes = failure(refused()); }),
            {noWrites + QStringLiteral(". No. The key may not.")});
        add("no primary", onUse([](TargetUse &use) { use.processes.front().writes.reset(); }),
            {noWrites + QStringLiteral(": monitoring knows no primary of orders-staging.")});
        add("a shard of which nothing is monitored", onUse([](TargetUse &use) { use.processes.pop_back(); }),
            {QStringLiteral(
                 "open: Whether the data fit on the disks of “shop-staging” could not be checked everywhere: nothing "
                 "of shop-staging_2 is monitored."),
             QStringLiteral("open: Whether clients write to “shop-staging” now could not be checked: monitoring knows "
                            "no primary of shop-staging_2.")},
            Sharded);
        add("a shard without a primary", onUse([](TargetUse &use) { use.processes.back().writes.reset(); }),
            {QStringLiteral("open: Whether clients write to “shop-staging” now could not be checked: monitoring knows "
                            "no primary of shop-staging_2.")},
            Sharded);
        add("one set that writes, one that is not told", onUse([](TargetUse &use) {
                use.processes.back().writes = failure(refused());
                (*use.processes.front().writes)->mostPerSecond = 3;
            }),
            {writing, noWrites});
    }

    void condition()
    {
        QFETCH(Edit, edit);
        QFETCH(bool, sharded);
        QFETCH(QStringList, begins);
        QStringList passed;
        const QStringList sentences = said(edit, sharded, passed);
        QVERIFY2(sentences.size() == begins.size(), qPrintable(sentences.join(QLatin1Char('\n'))));
        for (qsizetype n = 0; n < begins.size(); ++n)
            QVERIFY2(sentences[n].startsWith(begins[n]), qPrintable(sentences[n]));
        // What is said to have passed is what nothing was found against, and never what is not known.
        const bool isRoomIn = passed.contains(QStringLiteral("room on a partition of each host"));
        const bool isQuietIn = passed.contains(QStringLiteral("hardly any writes"));
        const QString all = sentences.join(QLatin1Char('\n'));
        QCOMPARE(isRoomIn, !all.contains(QLatin1String("fit")) && !all.contains(QLatin1String("disks")));
        QCOMPARE(isQuietIn, !all.contains(QLatin1String("clients write")) && !all.contains(QLatin1String("Clients")) &&
                                !all.contains(QLatin1String("A little")));
    }

    /// Config servers get their own part of the snapshot, which is small.
    void configServersNeedTheirOwn()
    {
        QStringList passed;
        const auto edit = [](qint64 room) {
            return both(onUse([room](TargetUse &use) {
                            ProcessUse config = dataProcess(QStringLiteral("cfg:27019"), QStringLiteral("c"), false);
                            config.isConfigServer = true;
                            config.room = std::vector<PartitionRoom>{{QStringLiteral("a"), room, 0}};
                            use.processes.push_back(config);
                        }),
                        onSnapshot([](Snapshot &snapshot) {
                            snapshot.parts.back().typeName = QStringLiteral("CONFIG_SERVER_REPLICA_SET");
                            snapshot.parts.back().fileSizeBytes = 1000;
                        }));
        };
        QVERIFY(said(edit(1000), true, passed).isEmpty());
        const QStringList small = said(edit(999), true, passed);
        QCOMPARE(small.size(), 1);
        QVERIFY2(small.front().contains(QLatin1String("cfg:27019")), qPrintable(small.front()));
    }

    /// A restore to a moment begins with the newest snapshot before it, whose size counts.
    void aMomentHasTheSizeOfItsSnapshot()
    {
        RestoreDraft draft = goodDraft(RestoreMode::PointInTime);
        RestoreFacts facts = goodFacts(draft);
        onRoom({{QStringLiteral("a"), Needed - 1, 0}})(draft, facts);
        const auto findings = check(Step::Target, draft, facts, now());
        QVERIFY2(describe(findings).contains(QLatin1String("cannot hold the")), qPrintable(describe(findings)));
        facts.snapshots->front().created.seconds = now().toSecsSinceEpoch(); // after the moment
        const auto later = check(Step::Target, draft, facts, now());
        QVERIFY2(describe(later).contains(QLatin1String("their size is not known")), qPrintable(describe(later)));
    }
};

QTEST_APPLESS_MAIN(TestUseRules)
#include "rules_use_test.moc"
