#include "support/rule_rows.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

class TestRulesProperty : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingBlockingIsEverBuilt();
};

void TestRulesProperty::nothingBlockingIsEverBuilt()
{
    // Random drafts from good and bad pieces: a request comes out exactly when nothing blocks, and its body then holds
    // the keys of its mode and no other.
    QRandomGenerator random(20261124);
    const auto pick = [&random](const std::vector<QString> &choices) {
        return choices[static_cast<size_t>(random.bounded(static_cast<int>(choices.size())))];
    };
    const auto text = [](const char *characters) { return QString::fromUtf8(characters); };
    int built = 0;
    int refused = 0;
    for (int round = 0; round < 20000; ++round) {
        const auto mode = static_cast<RestoreMode>(random.bounded(5));
        RestoreDraft draft = goodDraft(mode, random.bounded(2) == 1);
        RestoreFacts facts = goodFacts(draft);
        if (random.bounded(2) == 1) {
            draft.expirationHours =
                pick({text("1"), text("4"), text("39"), text("40"), text("0"), text(""), text("x")});
            draft.maxDownloads = pick({text("1"), text("2147483647"), text("2147483648"), text("0"), text("∞")});
            draft.expiresAt = pick({text("2026-11-25 00:00"), text("2026-11-24 00:00"), text("2027-01-01 00:00")});
            draft.linkLife = random.bounded(2) == 1 ? RestoreDraft::LinkLife::Hours : RestoreDraft::LinkLife::Until;
        }
        if (random.bounded(3) == 0)
            draft.oplogSeconds = pick({draft.oplogSeconds + text("000"), text(""), text("1"), text("١٢٣٤٥٦٧٨٩٠")});
        if (random.bounded(3) == 0)
            draft.oplogIncrement = pick({text("0"), text("7"), text("4294967296")});
        if (random.bounded(3) == 0)
            draft.pointInTime =
                pick({text("2026-11-24 09:30:00"), text("2026-11-24 12:00:00.1"), text("2026-11-24 12:00")});
        if (random.bounded(4) == 0)
            snapshotOf(facts).complete = false;
        if (random.bounded(4) == 0)
            facts.checkpoints->front().restorable = false;
        if (random.bounded(4) == 0)
            draft.cluster->featureCompatibilityVersion = pick({text("4.0"), text("4.2"), text("6.0"), text("?")});
        if (draft.targetCluster && random.bounded(4) == 0)
            draft.targetCluster->versions = QStringList{pick({text("4.4.1"), text("6.0.14"), text("7.0.1")})};
        if (random.bounded(4) == 0)
            draft.typedTargetName += pick({text(""), text(" "), text("x")});
        const auto findings = check(draft, facts, now());
        const auto request = buildRequest(draft, facts, now());
        QCOMPARE(request.has_value(), isComplete(findings));
        if (!request) {
            ++refused;
            continue;
        }
        ++built;
        const QJsonObject body = QJsonDocument::fromJson(request->json()).object();
        QStringList keys = body.keys();
        keys.removeOne(QStringLiteral("delivery"));
        switch (mode) {
        case RestoreMode::DownloadSnapshot:
        case RestoreMode::AutomatedSnapshot:
            QCOMPARE(keys, QStringList{QStringLiteral("snapshotId")});
            break;
        case RestoreMode::OplogTimestamp:
            QCOMPARE(keys, (QStringList{QStringLiteral("oplogInc"), QStringLiteral("oplogTs")}));
            break;
        case RestoreMode::PointInTime:
            QCOMPARE(keys, QStringList{QStringLiteral("pointInTimeUTCMillis")});
            break;
        case RestoreMode::Checkpoint:
            QCOMPARE(keys, QStringList{QStringLiteral("checkpointId")});
            break;
        }
        const QJsonObject delivery = body.value(QLatin1String("delivery")).toObject();
        QCOMPARE(delivery.value(QLatin1String("methodName")).toString(),
                 isAutomated(mode) ? QStringLiteral("AUTOMATED_RESTORE") : QStringLiteral("HTTP"));
        QCOMPARE(delivery.size(), 3);
    }
    QVERIFY2(built > 1000 && refused > 1000, "the pieces must give both kinds");
}

QTEST_GUILESS_MAIN(TestRulesProperty)
#include "rules_property_test.moc"
