#include "safety/safety_texts.h"
#include "safety_samples.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// A second more than is recent a minute after the request.
OplogTimestamp older()
{
    return {Asked + 60 - 15 * 60 - 1, 1};
}

const QDateTime Until = at(3 + 7 * 86400);
const QString OnItsWay = QStringLiteral("The safety snapshot is not complete: what is erased before it is complete "
                                        "cannot be brought back by it.");

Error error(ErrorKind kind)
{
    Error made;
    made.kind = kind;
    made.sentence = QStringLiteral("It may not.");
    return made;
}

OplogTimestamp created()
{
    return {Asked + 3, 1};
}

Cluster target(std::optional<bool> backupRunning)
{
    Cluster cluster;
    cluster.id = asked().cluster;
    cluster.backupRunning = backupRunning;
    return cluster;
}

std::optional<TargetFacts> facts(std::optional<Result<std::vector<Snapshot>>> snapshots)
{
    TargetFacts known;
    known.target = asked().cluster;
    known.snapshots = std::move(snapshots);
    return known;
}

} // namespace

class SafetyTextsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lines_data()
    {
        QTest::addColumn<SafetyState>("state");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("finding"); ///< to be ticked; empty: none
        const auto row = [](const char *name, const SafetyState &state, const char *line, const QString &finding) {
            QTest::newRow(name) << state << QStringLiteral("Safety snapshot: ") + QString::fromUtf8(line) << finding;
        };
        const QString refused =
            QStringLiteral("The safety snapshot was not taken: what is erased cannot be brought back by it.");
        row("asking", SafetyAsking{}, "the server is being asked…", OnItsWay);
        row("refused", SafetyRefused{error(ErrorKind::Refused)}, "not taken. It may not.", refused);
        row("without the right", SafetyRefused{error(ErrorKind::Permission)},
            "not taken. It needs the role Global Backup Admin. It may not.", refused);
        row("not listed", SafetyNotListed{true, false}, "asked for at 2026-11-27 14:20:00 UTC, not listed yet.",
            OnItsWay);
        row("uncertain", SafetyNotListed{false, false},
            "asked for at 2026-11-27 14:20:00 UTC, without an answer: whether it is taken is not known. It is looked "
            "for in the "
            "list.",
            OnItsWay);
        row("late", SafetyNotListed{true, true},
            "asked for at 2026-11-27 14:20:00 UTC, and still not listed. Look on the server whether it is being made "
            "before you "
            "ask for another.",
            OnItsWay);
        row("uncertain and late", SafetyNotListed{false, true},
            "asked for at 2026-11-27 14:20:00 UTC, without an answer, and none is listed since. Look on the server "
            "whether one is "
            "being made before you ask for another.",
            OnItsWay);
        row("making", SafetyMaking{created(), 2, 3}, "of 2026-11-27 14:20:03 UTC, being made, 2 of 3 parts listed.",
            OnItsWay);
        row("making, of how many parts is not known", SafetyMaking{created(), 2, 0},
            "of 2026-11-27 14:20:03 UTC, being made.", OnItsWay);
        row("partial", SafetyPartial{created(), 2, 3},
            "of 2026-11-27 14:20:03 UTC, with 2 of 3 parts alone. The cluster cannot be brought back by it.",
            QStringLiteral("Parts of the safety snapshot are missing: what is erased cannot be brought back by it."));
        row("whole", SafetyWhole{{}, created(), Until, false},
            "complete, of 2026-11-27 14:20:03 UTC, kept until 2026-12-04 14:20:03 UTC.", {});
        row("whole, without an end", SafetyWhole{{}, created(), {}, false},
            "complete, of 2026-11-27 14:20:03 UTC, kept without an end.", {});
        row("whole, one of several", SafetyWhole{{}, created(), Until, true},
            "complete, of 2026-11-27 14:20:03 UTC, kept until 2026-12-04 14:20:03 UTC. It is the earliest of several "
            "since it was "
            "asked for.",
            {});
        row("whole, of a while ago", SafetyWhole{{}, older(), Until, false},
            "complete, of 2026-11-27 14:05:59 UTC, kept until 2026-12-04 14:20:03 UTC.",
            QStringLiteral(
                "What was written since 2026-11-27 14:05:59 UTC is not in the safety snapshot, and cannot be "
                "brought back by it."));
        const QString gone =
            QStringLiteral("The safety snapshot is gone: what is erased cannot be brought back by it.");
        row("gone", SafetyGone{created(), {}}, "of 2026-11-27 14:20:03 UTC, no longer in the server's list.", gone);
        row("expired", SafetyGone{created(), Until}, "of 2026-11-27 14:20:03 UTC, expired at 2026-12-04 14:20:03 UTC.",
            gone);
    }
    void lines()
    {
        QFETCH(SafetyState, state);
        QTEST(safetyLine(asked(), state), "line");
        const std::vector<Finding> found = safetyFindings(state, at(60));
        QTEST(found.empty() ? QString() : found.front().sentence, "finding");
        for (const Finding &one : found)
            QCOMPARE(int(one.severity), int(Severity::Warning));
    }

    void theListThatFails()
    {
        QCOMPARE(safetyTrouble({}), QString());
        SafetyLook look;
        look.trouble = error(ErrorKind::Network);
        QCOMPARE(safetyTrouble(look),
                 QStringLiteral("The list of snapshots could not be read, it is tried again. It may not."));
    }

    void offers_data()
    {
        QTest::addColumn<std::optional<bool>>("backup");
        QTest::addColumn<QString>("version");
        QTest::addColumn<std::optional<TargetFacts>>("known");
        QTest::addColumn<SafetyOffer>("offer");
        using Running = std::optional<bool>;
        using Facts = std::optional<TargetFacts>;
        const QString eight = QStringLiteral("8.0.0.500.20250101T0000Z");
        const QString before = QStringLiteral("7.0.22.500.20250101T0000Z");
        const QString cloud = QStringLiteral("v20261111");
        const SafetyOffer yes{true, {}};
        const auto no = [](const char *why) { return SafetyOffer{false, QString::fromUtf8(why)}; };
        const auto row = [](const char *name, Running running, const QString &version, const Facts &known,
                            const SafetyOffer &offer) { QTest::newRow(name) << running << version << known << offer; };
        row("Ops Manager 8.0.0", true, eight, {}, yes);
        row("whether its backup runs is not known", {}, eight, {}, yes);
        row("its backup does not run", false, eight, {}, no(""));
        row("a version that is not told", true, {}, {}, yes);
        row("Ops Manager 7.0.22", true, before, {}, no("Ops Manager 7.0.22 cannot take a snapshot on demand."));
        row("Cloud Manager, its snapshots are being read", true, cloud, facts({}),
            no("Cloud Manager cannot take a snapshot on demand."));
        row("Cloud Manager, they cannot be read", true, cloud,
            facts(Result<std::vector<Snapshot>>(failure(error(ErrorKind::Permission)))),
            no("Cloud Manager cannot take a snapshot on demand."));
        row("Cloud Manager", true, cloud,
            facts(std::vector<Snapshot>{snapshot("b", 5, false), snapshot("a", -3600), snapshot("c", -7200)}),
            no("Cloud Manager cannot take a snapshot on demand. The target's newest complete snapshot is of "
               "2026-11-27 13:20:00 UTC."));
        row("Cloud Manager, there is none", true, cloud, facts(std::vector<Snapshot>{snapshot("b", 5, false)}),
            no("Cloud Manager cannot take a snapshot on demand. There is no complete snapshot of the target."));
        TargetFacts other = *facts(std::vector<Snapshot>{snapshot("a", -3600)});
        other.target = ClusterId(QStringLiteral("other"));
        row("Cloud Manager, facts of another target", true, cloud, other,
            no("Cloud Manager cannot take a snapshot on demand."));
        row("Cloud Manager, its backup does not run", false, cloud, {}, no(""));
    }
    void offers()
    {
        QFETCH(std::optional<bool>, backup);
        QFETCH(QString, version);
        QFETCH(std::optional<TargetFacts>, known);
        QFETCH(SafetyOffer, offer);
        const SafetyOffer made = safetyOffer(target(backup), serverVersion(version), known, at(0));
        QCOMPARE(made.whyNot, offer.whyNot);
        QCOMPARE(made.canBeTaken, offer.canBeTaken);
    }

    void daysThatAreTyped_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("days"); ///< 0: none
        QTest::newRow("the least") << QStringLiteral("1") << 1;
        QTest::newRow("none") << QStringLiteral("0") << 0;
        QTest::newRow("less") << QStringLiteral("-1") << 0;
        QTest::newRow("the most") << QStringLiteral("3650") << 3650;
        QTest::newRow("more") << QStringLiteral("3651") << 0;
        QTest::newRow("beyond all numbers") << QStringLiteral("99999999999999999999") << 0;
        QTest::newRow("with spaces") << QStringLiteral(" 7 ") << 7;
        QTest::newRow("nothing") << QString() << 0;
        QTest::newRow("a word") << QStringLiteral("week") << 0;
        QTest::newRow("a part") << QStringLiteral("1.5") << 0;
    }
    void daysThatAreTyped()
    {
        QFETCH(QString, typed);
        QTEST(retentionDays(typed).value_or(0), "days");
    }

    void theQuestionNamesTheRole()
    {
        const QString asked =
            safetyQuestion(QStringLiteral("ledger"), serverVersion(QStringLiteral("8.0.17.500.20251208T1355Z")));
        QVERIFY2(asked.startsWith(QStringLiteral("Have Ops Manager 8.0.17 take a snapshot of “ledger” now?")),
                 qPrintable(asked));
        QVERIFY2(asked.contains(QStringLiteral("Global Backup Admin")), qPrintable(asked));
    }
};

QTEST_GUILESS_MAIN(SafetyTextsTest)
#include "safety_texts_test.moc"
