#include "support/restore_cases.h"
#include "ui/widgets/time_text.h"
#include "ui/wizard/restorable_text.h"

#include <QTest>

using namespace tidemark;

using State = FactsLoader::State;

/// What is said of the moments to which a cluster can be restored, and that nothing is filled in.
class RestorableTextTest : public QObject
{
    Q_OBJECT

private:
    static RestorableRange range(int from, int to)
    {
        const qint64 now = test::now().toSecsSinceEpoch();
        return {{now - from, 1}, {now - to, 1}, {}};
    }
    static QString at(int before) { return utcAndLocalText(test::now().addSecs(-before)); }
    static QString said(const RestoreFacts &facts, State state, const NewestSnapshot &newest = {})
    {
        const RestorableText text = restorableText(QStringLiteral("orders"), facts, state,
                                                   effectiveRanges(facts, test::now()), newest, test::now());
        QStringList lines{text.title, text.oplog, text.problem};
        lines.removeAll(QString());
        return lines.join(QStringLiteral(" | ")) + (text.isGood ? QStringLiteral(" (good)") : QString());
    }

private Q_SLOTS:
    void ranges()
    {
        RestoreFacts facts;
        QCOMPARE(said(facts, State::NotAsked),
                 QStringLiteral("Which moments orders can be restored to is not known yet"));
        QCOMPARE(said(facts, State::Loading), QStringLiteral("Reading which moments orders can be restored to…"));
        facts.ranges.emplace();
        facts.ranges->emplace();
        QCOMPARE(said(facts, State::Ready),
                 QStringLiteral("At present no moment of orders can be restored, only its snapshots | "
                                "Oplog: not backed up, or only with gaps"));
        facts.ranges->emplace({range(7200, 60)});
        QCOMPARE(said(facts, State::Ready),
                 QStringLiteral("orders can be restored to any moment up to %1 | Oplog: from %2, without a gap (good)")
                     .arg(at(60), at(7200)));
        facts.ranges->emplace({range(7200, 3600), range(3000, 2000), range(1000, 60)});
        QCOMPARE(said(facts, State::Ready),
                 QStringLiteral("orders can be restored to moments up to %1 | Oplog: from %2, with 2 gaps (good)")
                     .arg(at(60), at(7200)));
        // What could not be read again keeps what was read, and is said.
        facts.rangesError = Error{};
        facts.rangesError->sentence = QStringLiteral("No access.");
        QVERIFY(said(facts, State::Failed).endsWith(QStringLiteral("| No access. (good)")));
        facts.ranges.emplace();
        QVERIFY(said(facts, State::Failed)
                    .startsWith(QStringLiteral("Which moments orders can be restored to could not be read | Oplog: the "
                                               "window of its backups reaches from ")));
        facts.rangesError.reset();
        QVERIFY(
            said(facts, State::Ready)
                .startsWith(QStringLiteral("This server does not tell which moments orders can be restored to | ")));
        QVERIFY(said(facts, State::Ready).contains(QStringLiteral("gaps are not known")));
    }

    void newestSnapshot()
    {
        const auto said = [](const NewestSnapshot &newest) {
            return restorableText({}, {}, State::NotAsked, {}, newest, test::now()).snapshot;
        };
        QCOMPARE(said({}), QStringLiteral("Newest snapshot: not known yet"));
        QCOMPARE(said({true, {}}), QStringLiteral("Newest snapshot: there is no complete one"));
        Snapshot snapshot;
        snapshot.created.seconds = test::now().addSecs(-3600).toSecsSinceEpoch();
        QCOMPARE(said({true, snapshot}), QStringLiteral("Newest snapshot: %1, 1 h 00 min ago").arg(at(3600)));
    }
};

QTEST_GUILESS_MAIN(RestorableTextTest)
#include "restorable_text_test.moc"
