#include "safety_bench.h"

#include "history/history.h"
#include "ui/widgets/count_box.h"

#include <QAbstractButton>
#include <QDir>
#include <QFileInfo>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// What the audit log says of it, oldest first.
QStringList audited(WizardBench &bench)
{
    QStringList events;
    for (const HistoryEntry &entry : readHistory(bench.session().auditFile()).entries)
        events.prepend(entry.outcome.isEmpty() ? entry.event
                                               : QStringLiteral("%1: %2").arg(entry.event, entry.outcome));
    return events;
}

} // namespace

/// The snapshot of the target that can be taken before it is erased.
class WizardSafetyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAskedForFollowedAndSaid()
    {
        WizardBench bench(opsManager());
        toReview(bench);
        QTRY_VERIFY(bench.canPress(Take));
        QVERIFY(bench.press(Take));
        const auto *question = bench.wizard().findChild<QWidget *>(QStringLiteral("safetyQuestion"));
        const QString asked = question->findChild<QLabel *>(QStringLiteral("messageText"))->text();
        QVERIFY2(asked.contains(QStringLiteral("Global Backup Admin")) && asked.contains(QStringLiteral("ledger")),
                 qPrintable(asked));
        auto *days = bench.wizard().findChild<CountBox *>(QStringLiteral("safetyDays"));
        QVERIFY(days->isVisible() && days->hasFocus());
        QCOMPARE(days->value(), 7);
        QVERIFY(bench.press(QStringLiteral("Not now")));
        QVERIFY(!days->isVisible());
        QVERIFY(bench.posted(Call).isEmpty());

        QVERIFY(bench.press(Take));
        QTest::keyClick(days, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(days, QStringLiteral("0"));
        QVERIFY(bench.press(TakeNow));
        QVERIFY2(bench.hint(QStringLiteral("safetyDays")).startsWith(QStringLiteral("Type how many days")),
                 qPrintable(bench.hint(QStringLiteral("safetyDays"))));
        QCOMPARE(days->text(), QStringLiteral("0")); // neither cut nor replaced
        QVERIFY(days->hasFocus() && bench.canPress(TakeNow));
        QVERIFY(bench.posted(Call).isEmpty());
        QTest::keyClick(days, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(days, QStringLiteral("3"));
        QVERIFY(bench.press(TakeNow));
        QVERIFY(finds(bench, NotComplete));
        QTRY_VERIFY2(said(bench).contains(QStringLiteral("being made, 1 of 1 parts listed")), qPrintable(said(bench)));
        QVERIFY(!bench.canPress(Take));
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), PatienceMs);
        QVERIFY(!finds(bench, NotComplete));
        const QStringList posted = bench.posted(Call);
        QCOMPARE(posted.size(), 1);
        QVERIFY2(posted.front().endsWith(QStringLiteral("?retentionDays=3")), qPrintable(posted.front()));
        const auto known = bench.session().safety().forNextRestore(bench.wizard().draft().targetCluster->id);
        QCOMPARE(known->kept.expires, known->kept.created.time().addDays(3));
        // What comes to the page again finds it there.
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(ReviewPageId));
        QVERIFY(isComplete(bench));
    }

    void allPartsOfAShardedClusterCount()
    {
        WizardBench bench(opsManager());
        toReview(bench, QStringLiteral("shop-prod"), QStringLiteral("Restore drills"), QStringLiteral("drill-sharded"));
        take(bench);
        QTRY_VERIFY2(said(bench).contains(QStringLiteral("3 of 3 parts listed")), qPrintable(said(bench)));
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), PatienceMs);
    }

    /// It may be sent before, by whoever ticks what that means; and once only.
    void beforeItIsCompleteThatIsTicked()
    {
        WizardBench bench({QStringLiteral("--product"), QStringLiteral("ops-manager"), QStringLiteral("--job-seconds"),
                           QStringLiteral("120")});
        toReview(bench);
        const QString erase = eraseButton(QStringLiteral("ledger"));
        QVERIFY(bench.confirm(QStringLiteral("ledger")));
        QVERIFY(bench.canPress(erase));
        take(bench);
        QVERIFY(finds(bench, NotComplete));
        QVERIFY(!bench.canPress(erase));
        QTRY_VERIFY2(said(bench).contains(QStringLiteral("being made")), qPrintable(said(bench)));
        QVERIFY(bench.confirm(QStringLiteral("ledger")));
        QVERIFY(bench.canPress(erase));
        QTest::qWait(2500); // over the next look at the list
        QVERIFY(bench.canPress(erase));
    }

    void pressedTwiceIsAskedOnce()
    {
        WizardBench bench(opsManager());
        toReview(bench);
        QTRY_VERIFY(bench.canPress(Take));
        QVERIFY(bench.press(Take));
        QAbstractButton *now = bench.button(TakeNow);
        now->setFocus();
        QTest::keyClick(now, Qt::Key_Space);
        if (QWidget *focused = QApplication::focusWidget())
            QTest::keyClick(focused, Qt::Key_Space);
        if (QWidget *focused = QApplication::focusWidget())
            QTest::keyClick(focused, Qt::Key_Return);
        // Nor is it by another way to the same.
        const RestoreDraft &draft = bench.wizard().draft();
        bench.session().safety().take(draft.targetProject, *draft.targetCluster, 7);
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), PatienceMs);
        QCOMPARE(bench.posted(Call).size(), 1);
        QVERIFY(bench.postedBodies().isEmpty());
    }

    void aRefusalNamesTheRole()
    {
        WizardBench bench(opsManager());
        toReview(bench);
        QVERIFY(bench.addFault("POST /onDemandSnapshot=403 once code=USER_UNAUTHORIZED"));
        take(bench);
        QTRY_VERIFY2(said(bench).startsWith(QStringLiteral("Safety snapshot: not taken. It needs the role Global "
                                                           "Backup Admin.")),
                     qPrintable(said(bench)));
        QVERIFY(finds(bench, QStringLiteral("The safety snapshot was not taken")));
        QCOMPARE(bench.posted(Call).size(), 1);
        take(bench); // by whoever has got it
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), PatienceMs);
    }

    /// The answer is lost: nobody asks again, the list tells.
    void anAnswerThatGotLost_data()
    {
        QTest::addColumn<QByteArray>("fault");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("carried out") << QByteArray("POST /onDemandSnapshot=lost once") << true;
        QTest::newRow("not carried out") << QByteArray("POST /onDemandSnapshot=drop once") << false;
        QTest::newRow("a gateway gives up, not carried out") << QByteArray("POST /onDemandSnapshot=504 once") << false;
        QTest::newRow("an answer that cannot be read") << QByteArray("POST /onDemandSnapshot=truncated once") << true;
    }
    void anAnswerThatGotLost()
    {
        QFETCH(QByteArray, fault);
        QFETCH(bool, isTaken);
        WizardBench bench(opsManager());
        toReview(bench);
        QVERIFY(bench.addFault(fault));
        take(bench);
        if (isTaken) {
            QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), PatienceMs);
        } else {
            QTRY_VERIFY2_WITH_TIMEOUT(said(bench).contains(QStringLiteral("whether it is taken is not known")),
                                      qPrintable(said(bench)), PatienceMs);
            QTest::qWait(5000); // over two looks
            QVERIFY2(said(bench).contains(QStringLiteral("whether it is taken is not known")), qPrintable(said(bench)));
            QVERIFY(!bench.canPress(Take));
            QVERIFY(finds(bench, NotComplete));
        }
        QCOMPARE(bench.posted(Call).size(), 1);
    }

    void aListThatCannotBeReadIsSaid()
    {
        WizardBench bench(opsManager());
        toReview(bench);
        QTRY_VERIFY(bench.canPress(Take));
        QVERIFY(bench.addFault("GET /snapshots=503 x2"));
        take(bench);
        const auto *trouble = bench.wizard().findChild<QLabel *>(QStringLiteral("safetyTrouble"));
        QTRY_VERIFY(trouble->isVisible());
        QVERIFY2(trouble->text().startsWith(QStringLiteral("The list of snapshots could not be read")),
                 qPrintable(trouble->text()));
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), PatienceMs);
        QVERIFY(!trouble->isVisible());
    }

    /// What is not on disk would be forgotten by the next start.
    void whatCannotBeKeptIsNotAskedFor()
    {
        WizardBench bench(opsManager());
        toReview(bench);
        const QDir folder = QFileInfo(bench.session().auditFile()).absoluteDir();
        QVERIFY(folder.mkdir(QStringLiteral("safety-snapshots.json")));
        take(bench);
        QVERIFY2(said(bench).startsWith(QStringLiteral("Safety snapshot: not taken.")), qPrintable(said(bench)));
        QTest::qWait(500);
        QVERIFY(bench.posted(Call).isEmpty());
    }

    void whatCannotBeAuditedIsNotAskedFor()
    {
        WizardBench bench(opsManager());
        toReview(bench);
        const QString audit = bench.session().auditFile();
        QFile::remove(audit);
        QVERIFY(QDir().mkdir(audit));
        take(bench);
        QVERIFY2(said(bench).startsWith(QStringLiteral("Safety snapshot: not taken. Nothing was sent: the audit log")),
                 qPrintable(said(bench)));
        QTest::qWait(500);
        QVERIFY(bench.posted(Call).isEmpty());
        QVERIFY(QDir().rmdir(audit));
        take(bench);
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), PatienceMs);
        QCOMPARE(audited(bench),
                 (QStringList{QStringLiteral("safety snapshot asked for"), QStringLiteral("safety snapshot: taken up"),
                              QStringLiteral("safety snapshot: complete")}));
    }

    /// From the field in which the page begins, over the question, to where it is said how far it is.
    void theKeyboardAloneDoesIt()
    {
        WizardBench bench(opsManager());
        toReview(bench);
        QTRY_VERIFY(bench.canPress(Take));
        const auto focused = [] {
            const QWidget *widget = QApplication::focusWidget();
            return widget ? widget->objectName() : QString();
        };
        QTRY_COMPARE(focused(), QStringLiteral("typedTargetName"));
        constexpr int Most = 40;
        for (int i = 0; i < Most && focused() != QStringLiteral("takeSafety"); ++i)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab);
        QCOMPARE(focused(), QStringLiteral("takeSafety"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QCOMPARE(focused(), QStringLiteral("safetyDays"));
        const QAbstractButton *now = bench.button(TakeNow);
        for (int i = 0; i < Most && !now->hasFocus(); ++i)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(now->hasFocus());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QCOMPARE(focused(), QStringLiteral("safetyLine"));
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), PatienceMs);
        QCOMPARE(focused(), QStringLiteral("safetyLine"));
        QCOMPARE(bench.posted(Call).size(), 1);
    }

    void whereNoneAreTakenThatIsSaid_data()
    {
        QTest::addColumn<QStringList>("switches");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("Cloud Manager") << QStringList()
                                       << QStringLiteral("Cloud Manager cannot take a snapshot on demand.");
        QTest::newRow("Ops Manager 7.0.22")
            << opsManager({QStringLiteral("--server-version"), QStringLiteral("7.0.22")})
            << QStringLiteral("Ops Manager 7.0.22 cannot take a snapshot on demand.");
    }
    void whereNoneAreTakenThatIsSaid()
    {
        QFETCH(QStringList, switches);
        QFETCH(QString, sentence);
        WizardBench bench(switches);
        toReview(bench);
        const QString whole = sentence + QStringLiteral(" The target's newest complete snapshot is of ");
        QTRY_VERIFY2(said(bench).startsWith(whole), qPrintable(said(bench)));
        QVERIFY(!bench.canPress(Take));
    }

    /// There is nothing to take one of, which stands beside it already.
    void aTargetWithoutBackupIsOfferedNone()
    {
        WizardBench bench(opsManager());
        toReview(bench, QStringLiteral("ledger"), QStringLiteral("Restore drills"), QStringLiteral("drill"));
        QVERIFY(!bench.canPress(Take));
        QCOMPARE(said(bench), QString());
    }
};

QTEST_MAIN(WizardSafetyTest)
#include "wizard_safety_test.moc"
