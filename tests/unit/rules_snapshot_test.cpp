#include "support/rule_rows.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

class TestSnapshotRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void condition_data();
    void condition();
};

void TestSnapshotRules::condition_data()
{
    addColumns();
    for (const auto mode : {RestoreMode::DownloadSnapshot, RestoreMode::AutomatedSnapshot}) {
        const QByteArray prefix = modeName(mode).toUtf8() + ": ";
        const auto add = [&](const char *name, const Edit &edit, Expect expect, const QString &words = {}) {
            row((prefix + name).constData(), mode, Single, edit, expect, Field::Snapshot, words);
        };
        add(
            "none chosen", [](RestoreDraft &draft, RestoreFacts &) { draft.snapshot = {}; }, Expect::Blocking,
            QStringLiteral("Choose"));
        add(
            "snapshots not read yet", [](RestoreDraft &, RestoreFacts &facts) { facts.snapshots.reset(); },
            Expect::Blocking, QStringLiteral("not been read"));
        add("gone", onSnapshot([](Snapshot &s) { s.id = SnapshotId(QStringLiteral("x")); }), Expect::Blocking,
            QStringLiteral("no such snapshot"));
        add("of another cluster", onSnapshot([](Snapshot &s) { s.cluster = ClusterId(QStringLiteral("x")); }),
            Expect::Blocking, QStringLiteral("another cluster"));
        add("cluster not named", onSnapshot([](Snapshot &s) { s.cluster = {}; }), Expect::Nothing);
        add(
            "incomplete",
            [](RestoreDraft &draft, RestoreFacts &facts) {
                facts.snapshots->push_back(snapshotOf(facts));
                facts.snapshots->back().id = SnapshotId(QStringLiteral("other"));
                facts.snapshots->back().complete = false;
                draft.snapshot = facts.snapshots->back().id;
            },
            Expect::Blocking, QStringLiteral("not complete"));
        add("missing shards", onSnapshot([](Snapshot &s) { s.missingShards = QStringList{QStringLiteral("shop_1")}; }),
            Expect::Warning, QStringLiteral("shop_1"));
        add("possibly inconsistent", onSnapshot([](Snapshot &s) { s.possiblyInconsistent = true; }), Expect::Warning,
            QStringLiteral("balancer"));
        add("namespace filter",
            onSnapshot([](Snapshot &s) { s.namespaceFilter = QStringList{QStringLiteral("shop.carts")}; }),
            Expect::Warning, QStringLiteral("shop.carts"));
        add("encrypted", onSnapshot([](Snapshot &s) { s.parts.front().encryptionEnabled = true; }), Expect::Note,
            QStringLiteral("key management"));
        const auto expiresIn = [](qint64 seconds) {
            return onSnapshot([seconds](Snapshot &s) { s.expires = now().addSecs(seconds); });
        };
        add("expires within the time of a restore", expiresIn(ExpectedRestoreHours * 3600), Expect::Warning,
            QStringLiteral("within the 12 hours that a restore may take"));
        add("expires a second later", expiresIn(ExpectedRestoreHours * 3600 + 1), Expect::Nothing);
        add("expires soon but is kept", onSnapshot([](Snapshot &s) {
                s.expires = now().addSecs(ExpectedRestoreHours * 3600 - 60);
                s.doNotDelete = true;
            }),
            Expect::Nothing);
        add("kept for ever", onSnapshot([](Snapshot &s) { s.expires = {}; }), Expect::Nothing);
    }
    row("expired snapshot", RestoreMode::AutomatedSnapshot, Single, onSnapshot([](Snapshot &s) { s.expires = now(); }),
        Expect::Warning, Field::Snapshot, QStringLiteral("deleted at any moment"));
    row("only an incomplete snapshot", RestoreMode::DownloadSnapshot, Single,
        onSnapshot([](Snapshot &s) { s.complete = false; }), Expect::Blocking, Field::Mode,
        QStringLiteral("complete snapshot"));

    const auto mode = RestoreMode::Checkpoint;
    const auto add = [&](const char *name, const Edit &edit, Expect expect, const QString &words = {}) {
        row(name, mode, Single, edit, expect, Field::Checkpoint, words);
    };
    add(
        "no checkpoint chosen", [](RestoreDraft &draft, RestoreFacts &) { draft.checkpoint = {}; }, Expect::Blocking);
    add(
        "checkpoints not read yet", [](RestoreDraft &, RestoreFacts &facts) { facts.checkpoints.reset(); },
        Expect::Blocking, QStringLiteral("not been read"));
    add(
        "checkpoint gone",
        [](RestoreDraft &draft, RestoreFacts &) { draft.checkpoint = CheckpointId(QStringLiteral("x")); },
        Expect::Blocking, QStringLiteral("no such checkpoint"));
    add(
        "checkpoint of another cluster",
        [](RestoreDraft &, RestoreFacts &facts) {
            facts.checkpoints->front().cluster = ClusterId(QStringLiteral("x"));
        },
        Expect::Blocking, QStringLiteral("another cluster"));
    add(
        "checkpoint not restorable",
        [](RestoreDraft &draft, RestoreFacts &facts) {
            facts.checkpoints->push_back(facts.checkpoints->front());
            facts.checkpoints->back().id = draft.checkpoint = CheckpointId(QStringLiteral("other"));
            facts.checkpoints->back().restorable = false;
        },
        Expect::Blocking, QStringLiteral("cannot be restored"));
}

void TestSnapshotRules::condition()
{
    verifyRow();
}

QTEST_GUILESS_MAIN(TestSnapshotRules)
#include "rules_snapshot_test.moc"
