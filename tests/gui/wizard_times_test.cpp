#include "wizard_bench.h"

#include "session/timekeeper.h"

#include <QLabel>
#include <QTest>

using namespace tidemark;
using test::WizardBench;

/// What finished restores took is kept, and said before the next one.
class WizardTimesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void threeFinishedRestoresAreToldOf()
    {
        WizardBench bench({QStringLiteral("--job-seconds"), QStringLiteral("0.1"), QStringLiteral("--restore-seconds"),
                           QStringLiteral("1.5")});
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        const auto plan = [&bench] {
            QStringList texts;
            for (const QLabel *label : bench.wizard().currentPage()->findChildren<QLabel *>())
                texts << label->text();
            return texts.join(QLatin1Char('\n'));
        };
        for (int done = 0; done < 4; ++done) {
            QVERIFY(bench.toPoint(QStringLiteral("Shop"), QStringLiteral("ledger"),
                                  QStringLiteral("Restore a snapshot to a cluster")));
            QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
            QVERIFY(bench.toReview(QStringLiteral("Restore drills"), QStringLiteral("drill")));
            QVERIFY2(plan().contains(QStringLiteral("The last 3 restores of this cluster")) == (done == 3),
                     qPrintable(plan()));
            if (done == 3)
                break;
            QVERIFY(bench.confirm(QStringLiteral("drill")));
            QVERIFY(bench.press(test::eraseButton(QStringLiteral("drill"))));
            QVERIFY(bench.isOn(SubmittedPageId));
            QTRY_COMPARE(bench.session().times().times().size(), size_t(done + 1));
            const RestoreTime &kept = bench.session().times().times().back();
            QVERIFY(kept.taken >= std::chrono::seconds(1) && kept.taken < std::chrono::seconds(60));
            QVERIFY(kept.bytes > 0);
            bench.newWizard();
        }
    }
};

QTEST_MAIN(WizardTimesTest)
#include "wizard_times_test.moc"
