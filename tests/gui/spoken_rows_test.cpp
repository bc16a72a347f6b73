#include "downloads_bench.h"
#include "support/restore_cases.h"
#include "ui/look/row_delegate.h"
#include "ui/snapshots/snapshot_rows.h"
#include "ui/widgets/cell_texts.h"
#include "ui/wizard/snapshots_model.h"

#include <QAccessible>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;

/// What is seen of a row is what a screen reader hears of it.
class SpokenRowsTest : public QObject
{
    Q_OBJECT

private:
    /// What is missing; empty where all is said.
    static QString missing(const QAbstractItemModel &model)
    {
        for (int column = 0; column < model.columnCount(); ++column) {
            const QModelIndex cell = model.index(0, column);
            const QString spoken = cell.data(Qt::AccessibleTextRole).toString();
            const QString heard = spoken.isEmpty() ? cell.data().toString() : spoken;
            for (const QString &seen : {cell.data(LookRole::Chip).value<ChipData>().text,
                                        cell.data(LookRole::SecondLine).toString(), cell.data().toString()}) {
                if (!heard.contains(seen))
                    return QStringLiteral("column %1: \"%2\" is not in \"%3\"").arg(column).arg(seen, heard);
            }
        }
        return {};
    }

private Q_SLOTS:
    void downloads()
    {
        DownloadsBench bench;
        QVERIFY(bench.show());
        Error error;
        error.sentence = QStringLiteral("Its link has expired.");
        const DownloadSource source = DownloadsBench::source(QStringLiteral("a"));
        bench.queue->addMissing(source, bench.folder.path(), source.fileName, DownloadState::LinkExpired, error);
        QCOMPARE(missing(*bench.view()->model()), QString());
        auto *table = QAccessible::queryAccessibleInterface(bench.view())->tableInterface();
        const QString heard = table->cellAt(0, 0)->text(QAccessible::Name);
        QVERIFY2(heard.startsWith(QStringLiteral("a.tar.gz")), qPrintable(heard));
    }

    void snapshots()
    {
        Snapshot doubtful = goodSnapshot(orders());
        doubtful.possiblyInconsistent = true;
        SnapshotsModel model;
        model.setSnapshots({doubtful});
        const SnapshotRows rows(&model);
        QCOMPARE(missing(rows), QString());
        const QModelIndex complete = rows.index(0, SnapshotsModel::Complete);
        QCOMPARE(complete.data().toString(), QStringLiteral("Possibly inconsistent"));
        QCOMPARE(copiedCell(complete), QStringLiteral("Possibly inconsistent"));
        model.setSnapshots({goodSnapshot(orders())});
        QCOMPARE(missing(rows), QString());
        QCOMPARE(rows.index(0, SnapshotsModel::Complete).data().toString(), QStringLiteral("Yes"));
    }
};

QTEST_MAIN(SpokenRowsTest)
#include "spoken_rows_test.moc"
