#include "ui/look/row_delegate.h"
#include "ui/snapshots/snapshot_details.h"
#include "ui/snapshots/snapshot_rows.h"
#include "ui/snapshots/snapshot_texts.h"
#include "ui/wizard/snapshots_model.h"

#include <QLabel>
#include <QTest>

using namespace tidemark;

namespace {

Snapshot whole()
{
    Snapshot snapshot;
    snapshot.id = SnapshotId(QStringLiteral("60ff00000000000000000001"));
    snapshot.created.seconds = 1764244800; // 2025-11-27 12:00:00 UTC
    snapshot.complete = true;
    SnapshotPart part;
    part.typeName = QStringLiteral("REPLICA_SET");
    part.replicaSetName = QStringLiteral("ledger");
    part.mongodVersion = QStringLiteral("6.0.5");
    part.featureCompatibilityVersion = QStringLiteral("6.0");
    part.fileSizeBytes = 86300000000;
    part.encryptionEnabled = false;
    snapshot.parts = {part};
    return snapshot;
}

Snapshot changed(const std::function<void(Snapshot &)> &change)
{
    Snapshot snapshot = whole();
    change(snapshot);
    return snapshot;
}

} // namespace

/// A snapshot in its list and beside it.
class SnapshotDetailsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "Europe/Berlin"); } // local time is another one

    void badges_data()
    {
        QTest::addColumn<Snapshot>("snapshot");
        QTest::addColumn<QString>("badges");
        const auto row = [](const char *name, const Snapshot &snapshot, const char *badges) {
            QTest::newRow(name) << snapshot << QString::fromLatin1(badges);
        };
        row("whole", whole(), "Complete");
        row("not complete", changed([](Snapshot &s) { s.complete = false; }), "Not complete");
        // The server calls it complete; what is missing says that it is not.
        row("shards missing", changed([](Snapshot &s) {
                s.missingShards = {QStringLiteral("a"), QStringLiteral("b")};
            }),
            "2 shards missing: a, b");
        row("inconsistent", changed([](Snapshot &s) { s.possiblyInconsistent = true; }), "Possibly inconsistent");
        row("a part of it", changed([](Snapshot &s) { s.namespaceFilter = {QStringLiteral("shop.*")}; }),
            "Not all namespaces");
        row("encrypted", changed([](Snapshot &s) { s.parts[0].encryptionEnabled = true; }), "Complete Encrypted");
        row("kept", changed([](Snapshot &s) { s.doNotDelete = true; }), "Complete Kept");
    }
    void badges()
    {
        QFETCH(Snapshot, snapshot);
        QStringList words;
        for (const ChipData &badge : snapshotBadges(snapshot))
            words << badge.text;
        QTEST(words.join(QLatin1Char(' ')), "badges");
        // "Complete" beside missing shards is what nobody may read, in the row neither.
        SnapshotsModel model;
        model.setSnapshots({snapshot});
        const SnapshotRows rows(&model);
        const QModelIndex cell = rows.index(0, SnapshotsModel::Complete);
        const bool isWhole = snapshot.complete && snapshot.missingShards.isEmpty();
        QCOMPARE(model.index(0, SnapshotsModel::Complete).data().toString() == QStringLiteral("Yes"), isWhole);
        // Read aloud and copied it is a plain yes only where the chip warns of nothing.
        const std::vector<ChipData> warnings = snapshotWarnings(snapshot);
        QCOMPARE(cell.data().toString(), warnings.empty() ? QStringLiteral("Yes") : warnings.front().text);
        if (!isWhole)
            QVERIFY(!cell.data(LookRole::Chip).value<ChipData>().text.startsWith(QStringLiteral("Complete")));
    }

    void tellsAllThatIsKnown()
    {
        SnapshotDetails details;
        details.show(changed([](Snapshot &s) {
            s.parts[0].encryptionEnabled = true;
            s.parts[0].masterKeyUuid = QStringLiteral("6f1c-key");
            s.expires = QDateTime::fromSecsSinceEpoch(1764331200, Qt::UTC);
        }));
        QStringList words;
        for (const QLabel *label : details.findChildren<QLabel *>())
            words << label->text();
        const QString all = words.join(QLatin1Char('\n'));
        for (const char *expected :
             {"2025-11-27 12:00:00 UTC", "6.0.5", "6.0", "86.3 GB", "Encrypted, master key 6f1c-key",
              "2025-11-28 12:00:00 UTC", "60ff00000000000000000001", "1 part"})
            QVERIFY2(all.contains(QLatin1String(expected)),
                     qPrintable(QLatin1String(expected) + QLatin1Char('\n') + all));
    }

    void aRowHasTwoLines()
    {
        SnapshotsModel model;
        model.setSnapshots({whole()});
        const SnapshotRows rows(&model);
        QCOMPARE(rows.index(0, SnapshotsModel::Size).data(LookRole::SecondLine).toString(),
                 QStringLiteral("MongoDB 6.0.5, FCV 6.0"));
        QVERIFY(!rows.index(0, SnapshotsModel::CreatedUtc).data(LookRole::SecondLine).toString().isEmpty());
    }

    void encryption()
    {
        QCOMPARE(snapshotEncryption(whole()), QStringLiteral("Not encrypted"));
        QCOMPARE(snapshotEncryption(changed([](Snapshot &s) { s.parts[0].encryptionEnabled.reset(); })),
                 QStringLiteral("Not told"));
        QCOMPARE(snapshotEncryption(changed([](Snapshot &s) { s.parts[0].encryptionEnabled = true; })),
                 QStringLiteral("Encrypted, which key is not told"));
    }
};

QTEST_MAIN(SnapshotDetailsTest)
#include "snapshot_details_test.moc"
