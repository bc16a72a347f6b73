#include "wizard_bench.h"

#include "ui/widgets/timeline.h"

#include <QTest>

using namespace tidemark;
using test::WizardBench;

static const QString Shop = QStringLiteral("Shop");

/// The point in time page where the server does not tell, or fails to tell, which times can be restored.
class WizardRangesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rangesThatCannotBeReadLeaveTheWindow_data()
    {
        QTest::addColumn<QByteArray>("fault");
        for (const char *status : {"403", "409", "500"})
            QTest::newRow(status) << QByteArray("POST /restoreJobs/restorableTimeRanges=") + status + " always";
    }

    void rangesThatCannotBeReadLeaveTheWindow()
    {
        QFETCH(QByteArray, fault);
        WizardBench bench;
        QVERIFY(bench.addFault(fault));
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to a point in time")));
        QVERIFY(QTest::qWaitFor(
            [&] {
                const QWidget *timeline = bench.control(QStringLiteral("Timeline"), QAccessible::Slider);
                return timeline != nullptr && timeline->isVisible();
            },
            30000));
        QWidget *timeline = bench.control(QStringLiteral("Timeline"), QAccessible::Slider);
        timeline->setFocus();
        QTest::keyClick(timeline, Qt::Key_End);
        QTest::keyClick(timeline, Qt::Key_PageDown);
        QVERIFY2(bench.canPress(QStringLiteral("Next")), qPrintable(bench.hint(QStringLiteral("pointInTime"))));
        QVERIFY2(QTest::qWaitFor([&] {
                     return bench.hint(QStringLiteral("pointInTime"))
                         .contains(QStringLiteral("could not be read, the window of 24 hours applies"));
                 }),
                 qPrintable(bench.hint(QStringLiteral("pointInTime"))));
        QVERIFY(bench.canPress(QStringLiteral("Try again")));
    }

    /// While the pointer is dragged the snapshots stay the same, of which there may be thousands.
    void draggingCopiesNoSnapshots()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to a point in time")));
        const auto timeline = [&bench] {
            return qobject_cast<TimelineWidget *>(bench.control(QStringLiteral("Timeline"), QAccessible::Slider));
        };
        QTRY_VERIFY_WITH_TIMEOUT(timeline() != nullptr && !timeline()->snapshots().empty(), 15000);
        const QDateTime *before = timeline()->snapshots().data();
        timeline()->setFocus();
        for (int step = 0; step < 5; ++step) {
            QTest::keyClick(timeline(), Qt::Key_Left);
            QCOMPARE(timeline()->snapshots().data(), before);
        }
        QVERIFY(!bench.wizard().draft().pointInTime.isEmpty());
    }

    void aServerWithoutRangesUsesTheScheduleWindow()
    {
        WizardBench bench({QStringLiteral("--no-time-ranges")});
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to a point in time")));
        QVERIFY(QTest::qWaitFor(
            [&] { return bench.control(QStringLiteral("Timeline"), QAccessible::Slider) != nullptr; }, 15000));
        QWidget *timeline = bench.control(QStringLiteral("Timeline"), QAccessible::Slider);
        timeline->setFocus();
        QTest::keyClick(timeline, Qt::Key_End);
        QTest::keyClick(timeline, Qt::Key_PageDown);
        QVERIFY2(bench.canPress(QStringLiteral("Next")), qPrintable(bench.hint(QStringLiteral("pointInTime"))));
        QVERIFY(QTest::qWaitFor(
            [&] { return !bench.requestedPaths().filter(QStringLiteral("/snapshotSchedule")).isEmpty(); }));
    }
};

QTEST_MAIN(WizardRangesTest)
#include "wizard_ranges_test.moc"
