#include "wizard_bench.h"

#include "history/history.h"
#include "safety/kept_safety.h"
#include "safety/safety_taker.h"
#include "support/patience.h"
#include "support/ui_driver.h"
#include "ui/widgets/count_box.h"
#include "ui/widgets/field_hint.h"

#include <QAbstractButton>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QTest>

using namespace tidemark;
using test::WizardBench;

namespace {

const QString Shop = QStringLiteral("Shop");
const QString Take = QStringLiteral("Take a safety snapshot first…");
const QString TakeNow = QStringLiteral("Take it now");
const QString Call = QStringLiteral("/onDemandSnapshot");
const QString NotComplete = QStringLiteral("The safety snapshot is not complete");

QStringList opsManager(const QStringList &more = {})
{
    return QStringList{QStringLiteral("--product"), QStringLiteral("ops-manager"), QStringLiteral("--job-seconds"),
                       QStringLiteral("1")} +
           more;
}

QString said(WizardBench &bench)
{
    const auto *line = bench.wizard().findChild<QLabel *>(QStringLiteral("safetyLine"));
    return line->isVisible() ? line->text() : QString();
}

QString outcome(WizardBench &bench)
{
    return bench.wizard().findChild<FieldHint *>(QStringLiteral("outcome"))->text();
}

QStringList findings(WizardBench &bench)
{
    QStringList texts;
    for (const QLabel *label : bench.wizard().findChildren<QLabel *>(QStringLiteral("findingSentence"))) {
        if (label->isVisible())
            texts << label->text();
    }
    return texts;
}

bool finds(WizardBench &bench, const QString &beginning)
{
    const QStringList all = findings(bench);
    return std::ranges::any_of(all, [&](const QString &one) { return one.startsWith(beginning); });
}

/// What the audit log says of it, oldest first.
QStringList audited(WizardBench &bench)
{
    QStringList events;
    for (const HistoryEntry &entry : readHistory(bench.session().auditFile()).entries)
        events.prepend(entry.outcome.isEmpty() ? entry.event
                                               : QStringLiteral("%1: %2").arg(entry.event, entry.outcome));
    return events;
}

bool isComplete(WizardBench &bench)
{
    return said(bench).startsWith(QStringLiteral("Safety snapshot: complete"));
}

} // namespace

/// The snapshot of the target that can be taken before it is erased.
class WizardSafetyTest : public QObject
{
    Q_OBJECT

private:
    static void toReview(WizardBench &bench, const QString &source = QStringLiteral("ledger"),
                         const QString &targetProject = Shop, const QString &target = QStringLiteral("ledger"))
    {
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.toPoint(Shop, source, QStringLiteral("Restore a snapshot to a cluster")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(bench.toReview(targetProject, target));
    }
    static void take(WizardBench &bench)
    {
        QTRY_VERIFY(bench.canPress(Take));
        QVERIFY(bench.press(Take));
        QVERIFY(bench.press(TakeNow));
    }

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
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), test::PatienceMs);
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
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), test::PatienceMs);
    }

    /// It may be sent before, by whoever ticks what that means; and once only.
    void beforeItIsCompleteThatIsTicked()
    {
        WizardBench bench({QStringLiteral("--product"), QStringLiteral("ops-manager"), QStringLiteral("--job-seconds"),
                           QStringLiteral("120")});
        toReview(bench);
        const QString erase = test::eraseButton(QStringLiteral("ledger"));
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
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), test::PatienceMs);
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
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), test::PatienceMs);
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
            QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), test::PatienceMs);
        } else {
            QTRY_VERIFY2_WITH_TIMEOUT(said(bench).contains(QStringLiteral("whether it is taken is not known")),
                                      qPrintable(said(bench)), test::PatienceMs);
            QTest::qWait(5000); // over two looks
            QVERIFY2(said(bench).contains(QStringLiteral("whether it is taken is not known")), qPrintable(said(bench)));
            QVERIFY(!bench.canPress(Take));
            QVERIFY(finds(bench, NotComplete));
        }
        QCOMPARE(bench.posted(Call).size(), 1);
    }

    /// A restore of which nobody knows yet has it: it is not the next one's too.
    void anOrderThatIsNotKnownYetHasIt()
    {
        WizardBench bench(opsManager());
        toReview(bench);
        take(bench);
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), test::PatienceMs);
        const ClusterId ledger(bench.clusterId(Shop, QStringLiteral("ledger")));
        QVERIFY(bench.session().safety().forNextRestore(ledger));
        QVERIFY(bench.addFault("POST /restoreJobs=504 once"));
        QTRY_VERIFY(findings(bench).filter(QStringLiteral("still being read")).isEmpty());
        QVERIFY(bench.confirm(QStringLiteral("ledger")));
        QVERIFY(bench.press(test::eraseButton(QStringLiteral("ledger"))));
        QTRY_VERIFY_WITH_TIMEOUT(bench.session().orders().views().size() == 1 &&
                                     bench.session().orders().views().front().sending == SendingState::Ended,
                                 test::PatienceMs);
        QVERIFY(!bench.session().safety().forNextRestore(ledger));
    }

    void withTheKeyboardAlone()
    {
        WizardBench bench(opsManager());
        toReview(bench);
        QTRY_VERIFY(bench.canPress(Take));
        QVERIFY(driver::tabTo(bench.wizard(), QStringLiteral("takeSafety")));
        QTest::keyClick(bench.wizard().focusWidget(), Qt::Key_Space);
        auto *days = bench.wizard().findChild<CountBox *>(QStringLiteral("safetyDays"));
        QTRY_VERIFY(days->isVisible() && days->hasFocus());
        QTest::keySequence(bench.wizard().focusWidget(), QKeySequence::SelectAll);
        QTest::keyClick(bench.wizard().focusWidget(), Qt::Key_3);
        QVERIFY(driver::tabTo(bench.wizard(), QStringLiteral("messageButton0")));
        QTest::keyClick(bench.wizard().focusWidget(), Qt::Key_Space);
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), test::PatienceMs);
        const ClusterId ledger(bench.clusterId(Shop, QStringLiteral("ledger")));
        const SafetySnapshot kept = bench.session().safety().forNextRestore(ledger)->kept;
        QCOMPARE(qRound64(double(kept.created.time().secsTo(kept.expires)) / 86400.0), 3);
    }

    /// Another program has ordered meanwhile, and its restore is over.
    void anotherProgramsOrderHasIt()
    {
        WizardBench bench(opsManager());
        toReview(bench);
        take(bench);
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), test::PatienceMs);
        const ClusterId ledger(bench.clusterId(Shop, QStringLiteral("ledger")));
        QTRY_VERIFY(findings(bench).filter(QStringLiteral("still being read")).isEmpty());
        QVERIFY(bench.confirm(QStringLiteral("ledger")));
        const SafetySnapshot kept = bench.session().safety().forNextRestore(ledger)->kept;
        const QDir folder = QFileInfo(bench.session().auditFile()).absoluteDir();
        const QDateTime now = bench.session().client().serverNow();
        QVERIFY(KeptSafety(folder.filePath(QStringLiteral("safety-snapshots.json")))
                    .keep(boundTo(kept, QStringLiteral("another's"), now, {}), now));
        QVERIFY(bench.press(test::eraseButton(QStringLiteral("ledger"))));
        QTRY_VERIFY2(outcome(bench).contains(QStringLiteral("is another restore's by now")),
                     qPrintable(outcome(bench)));
        QVERIFY(bench.postedBodies().isEmpty());
        QVERIFY(!isComplete(bench));
        take(bench);
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), test::PatienceMs);
        QVERIFY(bench.session().safety().forNextRestore(ledger)->kept.key != kept.key);
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
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), test::PatienceMs);
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
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), test::PatienceMs);
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
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), test::PatienceMs);
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
