#include "safety_bench.h"

#include "safety/kept_safety.h"
#include "ui/widgets/field_hint.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace tidemark;
using namespace tidemark::test;

namespace {

QString outcome(WizardBench &bench)
{
    return bench.wizard().findChild<FieldHint *>(QStringLiteral("outcome"))->text();
}

} // namespace

/// Whose way back a safety snapshot is: one restore's, whoever has ordered it.
class WizardSafetyOrdersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// A restore of which nobody knows yet has it: it is not the next one's too.
    void anOrderThatIsNotKnownYetHasIt()
    {
        WizardBench bench(opsManager());
        const SafetySnapshot kept = takeWhole(bench);
        QVERIFY(!kept.key.isEmpty());
        const ClusterId ledger(bench.clusterId(Shop, QStringLiteral("ledger")));
        QVERIFY(bench.addFault("POST /restoreJobs=504 once"));
        QVERIFY(bench.confirm(QStringLiteral("ledger")));
        QVERIFY(bench.press(eraseButton(QStringLiteral("ledger"))));
        QTRY_VERIFY_WITH_TIMEOUT(bench.session().orders().views().size() == 1 &&
                                     bench.session().orders().views().front().sending == SendingState::Ended,
                                 PatienceMs);
        QVERIFY(!bench.session().safety().forNextRestore(ledger));
    }

    /// Another program has ordered meanwhile, and its restore is over.
    void anotherProgramsOrderHasIt()
    {
        WizardBench bench(opsManager());
        const SafetySnapshot kept = takeWhole(bench);
        QVERIFY(!kept.key.isEmpty());
        const ClusterId ledger(bench.clusterId(Shop, QStringLiteral("ledger")));
        QVERIFY(bench.confirm(QStringLiteral("ledger")));
        const QDir folder = QFileInfo(bench.session().auditFile()).absoluteDir();
        const QDateTime now = bench.session().client().serverNow();
        QVERIFY(KeptSafety(folder.filePath(QStringLiteral("safety-snapshots.json")))
                    .keep(boundTo(kept, QStringLiteral("another's"), now, {}), now));
        QVERIFY(bench.press(eraseButton(QStringLiteral("ledger"))));
        QTRY_VERIFY2(outcome(bench).contains(QStringLiteral("is another restore's by now")),
                     qPrintable(outcome(bench)));
        QVERIFY(bench.postedBodies().isEmpty());
        QVERIFY(!isComplete(bench));
        take(bench);
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), PatienceMs);
        QVERIFY(bench.session().safety().forNextRestore(ledger)->kept.key != kept.key);
    }

    /// The disk did not take it, and the program ended: it is that order's all the same.
    void whatWasNotBoundIsBoundByTheNextStart()
    {
        WizardBench bench(opsManager());
        const SafetySnapshot kept = takeWhole(bench);
        QVERIFY(!kept.key.isEmpty());
        const QDir folder = QFileInfo(bench.session().auditFile()).absoluteDir();
        const QString file = folder.filePath(QStringLiteral("safety-snapshots.json"));
        QVERIFY(bench.confirm(QStringLiteral("ledger")));
        QVERIFY(QFile::rename(file, file + QStringLiteral(".away")) && folder.mkdir(file));
        QVERIFY(bench.press(eraseButton(QStringLiteral("ledger"))));
        QTRY_COMPARE_WITH_TIMEOUT(bench.postedBodies().size(), 1, PatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(bench.isOn(SubmittedPageId), PatienceMs);
        QCOMPARE(bench.session().orders().pending().all().size(), size_t(1)); // as long as that is not on the disk
        QVERIFY(folder.rmdir(file) && QFile::rename(file + QStringLiteral(".away"), file));

        const Session next(bench.session().connection(), {}, bench.clock(), folder.absolutePath(),
                           JobMonitor::Intervals{std::chrono::hours(1), std::chrono::hours(1)});
        const auto read = KeptSafety(file).read(kept.server, bench.session().client().serverNow());
        QVERIFY(read && read->size() == 1);
        QVERIFY(!read->front().order.isEmpty());
    }
};

QTEST_MAIN(WizardSafetyOrdersTest)
#include "wizard_safety_orders_test.moc"
