#include "support/restore_cases.h"
#include "ui/wizard/checkpoints_model.h"
#include "ui/wizard/chooser_table.h"
#include "ui/wizard/cluster_model.h"
#include "ui/wizard/finding_lines.h"
#include "ui/wizard/snapshots_model.h"
#include "ui/wizard/submitted_jobs_model.h"

#include <QAbstractItemModelTester>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace tidemark;

namespace {

using Mode = QAbstractItemModelTester::FailureReportingMode;

std::vector<Snapshot> manySnapshots(int count)
{
    std::vector<Snapshot> snapshots;
    for (int i = 0; i < count; ++i) {
        Snapshot snapshot = test::goodSnapshot(test::orders());
        snapshot.id = SnapshotId(QStringLiteral("60dd%1").arg(i, 20, 16, QLatin1Char('0')));
        snapshot.created.seconds -= i * 3600;
        snapshots.push_back(snapshot);
    }
    return snapshots;
}

QString cell(const QAbstractItemModel &model, int row, int column, const QModelIndex &parent = {})
{
    return model.index(row, column, parent).data().toString();
}

RestoreJob job(const QString &id)
{
    RestoreJob made;
    made.id = JobId(id);
    made.clusterName = QStringLiteral("shop_1");
    made.status = JobStatus::Finished;
    made.statusName = QStringLiteral("FINISHED");
    made.delivery.status = DeliveryStatus::Ready;
    made.delivery.maxDownloads = UnlimitedDownloads;
    made.delivery.expires = test::now().addSecs(3600);
    made.delivery.url = QStringLiteral("https://host.example.net/backup/restore/v2/pull/1/KEY/shop_1-1-1.tar.gz");
    made.hashes = {{QStringLiteral("shop_1-1-1.tar.gz"), QStringLiteral("da39a3ee"), QStringLiteral("SHA1")}};
    return made;
}

} // namespace

class WizardModelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clustersNestTheirShards()
    {
        const Snapshot latest = test::goodSnapshot(test::orders());
        ClusterModel model([&latest](const ClusterId &id) { return id == test::orders().id ? &latest : nullptr; });
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        Cluster stopped = test::legacy();
        stopped.backupRunning = false;
        stopped.backupState = QStringLiteral("STOPPED");
        model.setClusters({test::orders(), test::shopCluster(), stopped});
        QCOMPARE(model.rowCount(), 3);
        const QModelIndex sharded = model.index(1, 0);
        QCOMPARE(model.rowCount(sharded), 3);
        QCOMPARE(cell(model, 1, ClusterModel::Type), QStringLiteral("Sharded cluster"));
        QCOMPARE(cell(model, 0, ClusterModel::Type, sharded), QStringLiteral("Shard"));
        QCOMPARE(cell(model, 2, ClusterModel::Name, sharded), QStringLiteral("config"));
        QCOMPARE(cell(model, 0, ClusterModel::Versions), QStringLiteral("6.0.14"));
        QCOMPARE(cell(model, 0, ClusterModel::Fcv), QStringLiteral("6.0"));
        QCOMPARE(cell(model, 0, ClusterModel::Backup), QStringLiteral("Running"));
        QCOMPARE(cell(model, 2, ClusterModel::Backup), QStringLiteral("Not running (STOPPED)"));
        QCOMPARE(cell(model, 0, ClusterModel::LatestSnapshot), QStringLiteral("2026-11-24 06:00:03 UTC"));
        QCOMPARE(cell(model, 1, ClusterModel::LatestSnapshot), QString());

        // A shard can be seen and not chosen.
        const QModelIndex shard = model.index(0, 0, sharded);
        QVERIFY(!model.flags(shard).testFlag(Qt::ItemIsSelectable));
        QVERIFY(model.flags(sharded).testFlag(Qt::ItemIsSelectable));
        QCOMPARE(model.cluster(shard), nullptr);
        QCOMPARE(model.cluster(sharded)->name, QStringLiteral("shop"));
        QVERIFY(!model.indexOf(ClusterId(shard.data(ClusterModel::IdRole).toString())).isValid());

        const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.latestSnapshotChanged(test::orders().id);
        QCOMPARE(changed.count(), 1);
        model.setClusters({test::orders()});
        QCOMPARE(model.rowCount(), 1);
        model.setClusters({});
        QCOMPARE(model.rowCount(), 0);
    }

    void clustersAreFiltered()
    {
        ClusterModel model([](const ClusterId &) { return nullptr; });
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        model.setClusters({test::orders(), test::shopCluster(), test::legacy()});
        QCOMPARE(model.rowCount(), 3);
        model.setFilter(QStringLiteral("LEGACY"));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.rowCount(model.index(0, 0)), 3); // a match keeps its shards
        model.setFilter(QStringLiteral("shop_2"));
        QCOMPARE(model.rowCount(), 1); // a matching shard keeps its cluster
        QCOMPARE(model.rowCount(model.index(0, 0)), 1);
        model.setFilter(QStringLiteral("no such thing"));
        QCOMPARE(model.rowCount(), 0);
        model.setChosen(test::orders().id);
        model.setFilter(QStringLiteral("legacy"));
        QCOMPARE(model.rowCount(), 2); // what is chosen stays in view
        model.setFilter({});
        model.setShardsShown(false);
        QCOMPARE(model.rowCount(), 3);
        for (int row = 0; row < model.rowCount(); ++row)
            QCOMPARE(model.rowCount(model.index(row, 0)), 0);
    }

    void aShardCannotBeSelected()
    {
        ClusterModel model([](const ClusterId &) { return nullptr; });
        model.setClusters({test::shopCluster()});
        QTreeView view;
        view.setModel(&model);
        view.expandAll();
        view.resize(600, 300);
        view.show();
        const QModelIndex top = model.index(0, 0);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(top).center());
        QCOMPARE(view.selectionModel()->selectedRows().size(), 1);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(model.index(0, 0, top)).center());
        QVERIFY(view.selectionModel()->selectedRows().isEmpty());
    }

    void snapshotsShowWhatMatters()
    {
        SnapshotsModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        Snapshot bad = test::goodSnapshot(test::shopCluster());
        bad.id = SnapshotId(QStringLiteral("bad"));
        bad.complete = false;
        bad.possiblyInconsistent = true;
        bad.missingShards = QStringList{QStringLiteral("shop_1")};
        bad.namespaceFilter = QStringList{QStringLiteral("db.coll")};
        bad.expires = {};
        bad.parts.front().encryptionEnabled = true;
        model.setNow(test::now());
        model.setSnapshots({test::goodSnapshot(test::orders()), bad});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(cell(model, 0, SnapshotsModel::CreatedUtc), QStringLiteral("2026-11-24 06:00:03"));
        QVERIFY(!cell(model, 0, SnapshotsModel::CreatedLocal).isEmpty());
        QCOMPARE(cell(model, 0, SnapshotsModel::Age), QStringLiteral("8 h 29 min"));
        QCOMPARE(cell(model, 0, SnapshotsModel::Size), QStringLiteral("2.86 GB"));
        QCOMPARE(cell(model, 0, SnapshotsModel::Complete), QStringLiteral("Yes"));
        QCOMPARE(cell(model, 0, SnapshotsModel::Warnings), QString());
        QCOMPARE(cell(model, 0, SnapshotsModel::Expires), QStringLiteral("2026-11-26 06:00:03 UTC"));
        QCOMPARE(cell(model, 1, SnapshotsModel::Complete), QStringLiteral("No"));
        QCOMPARE(cell(model, 1, SnapshotsModel::Parts), QStringLiteral("3"));
        QCOMPARE(cell(model, 1, SnapshotsModel::Warnings),
                 QStringLiteral("Not complete; 1 shards missing: shop_1; Possibly inconsistent; Not all namespaces; "
                                "Encrypted"));
        QCOMPARE(cell(model, 1, SnapshotsModel::Expires), QStringLiteral("never"));
        QCOMPARE(model.snapshot(model.indexOf(bad.id))->id, bad.id);
        QVERIFY(!model.indexOf(SnapshotId(QStringLiteral("other"))).isValid());
        model.setSnapshots({});
        QCOMPARE(model.rowCount(), 0);
    }

    /// A snapshot that the server calls complete is not called so beside the shards that it lacks.
    void whatLacksShardsIsNotComplete()
    {
        SnapshotsModel model;
        Snapshot snapshot = test::goodSnapshot(test::shopCluster());
        snapshot.missingShards = QStringList{QStringLiteral("shop_1")};
        model.setSnapshots({snapshot});
        QCOMPARE(cell(model, 0, SnapshotsModel::Complete), QStringLiteral("Not all shards"));
    }

    void thousandsOfSnapshotsSortAndSelect()
    {
        SnapshotsModel model;
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        ChooserTable table(&model, SnapshotsModel::SortRole, snapshotViewOptions(), settings);
        table.resize(800, 400);
        table.show();
        QElapsedTimer timer;
        timer.start();
        auto snapshots = manySnapshots(2000);
        model.setNow(test::now());
        model.setSnapshots(snapshots);
        QCOMPARE(table.model()->rowCount(), 2000);
        QCOMPARE(cell(*table.model(), 0, 0), QStringLiteral("2026-11-24 06:00:03")); // newest first
        table.sortByColumn(SnapshotsModel::Age, Qt::DescendingOrder);
        QCOMPARE(cell(*table.model(), 0, 0), QStringLiteral("2026-09-01 23:00:03"));
        const QSignalSpy chosen(&table, &ChooserTable::chosen);
        table.setChosen(model.indexOf(snapshots.back().id));
        QCOMPARE(chosen.count(), 0); // the program chose, not the person
        QCOMPARE(table.selectionModel()->selectedRows().size(), 1);
        QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));

        // Another list takes the selection away without the person having done anything.
        snapshots.pop_back();
        model.setSnapshots(snapshots);
        QCOMPARE(chosen.count(), 0);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(table.model()->index(3, 0)).center());
        QCOMPARE(chosen.count(), 1);
        QTest::keyClick(&table, Qt::Key_Down);
        QCOMPARE(chosen.count(), 2);
    }

    void checkpointsShowWhatMatters()
    {
        CheckpointsModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        Checkpoint other = test::goodCheckpoint(test::legacy());
        other.id = CheckpointId(QStringLiteral("other"));
        other.restorable = false;
        model.setNow(test::now());
        model.setCheckpoints({test::goodCheckpoint(test::legacy()), other});
        QCOMPARE(cell(model, 0, CheckpointsModel::TimestampUtc), QStringLiteral("2026-11-24 13:45:00 UTC"));
        QCOMPARE(cell(model, 0, CheckpointsModel::Age), QStringLiteral("45 min 00 s"));
        QCOMPARE(cell(model, 0, CheckpointsModel::Restorable), QStringLiteral("Yes"));
        QCOMPARE(cell(model, 1, CheckpointsModel::Restorable), QStringLiteral("No"));
        QCOMPARE(cell(model, 0, CheckpointsModel::Completed), QStringLiteral("not yet"));
        QCOMPARE(model.checkpoint(model.indexOf(other.id))->id, other.id);
    }

    void submittedJobsKeepTheirRows()
    {
        Download download;
        download.state = DownloadState::Verified;
        bool queued = false;
        SubmittedJobsModel model([](const RestoreJob &one) { return one.clusterName; },
                                 [&](const JobId &) { return queued ? &download : nullptr; },
                                 [](const RestoreJob &) {
                                     return ChipData{ChipKind::Ready, QStringLiteral("Ready")};
                                 });
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        model.setNow(test::now());
        model.setJobs({job(QStringLiteral("1")), job(QStringLiteral("2"))});
        QCOMPARE(cell(model, 0, SubmittedJobsModel::Part), QStringLiteral("shop_1"));
        QCOMPARE(cell(model, 0, SubmittedJobsModel::DownloadsAllowed), QStringLiteral("unlimited"));
        QCOMPARE(cell(model, 0, SubmittedJobsModel::File), QStringLiteral("shop_1-1-1.tar.gz"));
        QCOMPARE(cell(model, 0, SubmittedJobsModel::Hash), QStringLiteral("da39a3ee"));
        for (int column = 0; column < model.columnCount(); ++column)
            QVERIFY(!cell(model, 0, column).contains(QStringLiteral("KEY"))); // a link's key is a secret
        const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        RestoreJob expired = job(QStringLiteral("2"));
        expired.delivery.status = DeliveryStatus::Expired;
        model.setJobs({job(QStringLiteral("1")), expired});
        QCOMPARE(reset.count(), 0);
        QVERIFY(changed.count() > 0);
        queued = true;
        model.downloadsChanged();
        QVERIFY(cell(model, 0, SubmittedJobsModel::Download).contains(QStringLiteral("Verified")));
        model.setJobs({job(QStringLiteral("3"))});
        QCOMPARE(reset.count(), 1);
    }

    void untouchedFieldsAreNotShoutedAt()
    {
        const Finding blocking{Severity::Blocking, Field::Snapshot, QStringLiteral("Choose a snapshot.")};
        QCOMPARE(findingLine(blocking, false).level, FieldHint::Level::Calm);
        QCOMPARE(findingLine(blocking, true).level, FieldHint::Level::Error);
        const auto sorted = worstFirst({{FieldHint::Level::Note, QStringLiteral("n")},
                                        {FieldHint::Level::Error, QStringLiteral("e")},
                                        {FieldHint::Level::Warning, QStringLiteral("w")}});
        QCOMPARE(sorted.front().text, QStringLiteral("e"));
        QCOMPARE(sorted.back().text, QStringLiteral("n"));
    }
};

QTEST_MAIN(WizardModelsTest)
#include "wizard_models_test.moc"
