#include "wizard_bench.h"

#include "plans/plan_disk.h"
#include "support/file_dialogs.h"
#include "ui/widgets/message_bar.h"

#include <QAbstractButton>
#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace tidemark;
using test::WizardBench;

namespace {

const QString Shop = QStringLiteral("Shop");
const QString Drills = QStringLiteral("Restore drills");
const QString Drill = QStringLiteral("drill");
const QString SavePlan = QStringLiteral("Save plan…");

QString said(WizardBench &bench, const char *bar)
{
    const auto *found = bench.wizard().findChild<MessageBar *>(QLatin1String(bar));
    return found && found->isVisible() ? found->text() : QString();
}

} // namespace

/// **Save plan…** on Review: a file that can be read again, and nothing else.
class PlanSaveTest : public QObject
{
    Q_OBJECT

private:
    void toReview(WizardBench &bench)
    {
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore a snapshot to a cluster")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(bench.toReview(Drills, Drill));
    }

    QTemporaryDir m_dir;

private Q_SLOTS:
    void whatIsReviewedIsWritten()
    {
        WizardBench bench;
        toReview(bench);
        const RestoreDraft before = bench.wizard().draft();
        const QString path = m_dir.filePath(QStringLiteral("a.tidemark-plan"));
        QVERIFY(bench.press(SavePlan)); // neither ticks nor the name are asked for: nothing is ordered
        QVERIFY(test::answerFileDialog(&bench.wizard(), path));
        QTRY_VERIFY2(said(bench, "savedFile").contains(QStringLiteral("Nothing was ordered.")),
                     qPrintable(said(bench, "planMessage")));
        const auto file = readPlanFrom(path);
        QVERIFY2(file, file ? "" : qPrintable(file.error().sentence));
        QCOMPARE(file->plan.author, bench.session().connection().userName);
        QCOMPARE(file->plan.mode, RestoreMode::AutomatedSnapshot);
        QCOMPARE(file->plan.source.name, QStringLiteral("ledger"));
        QCOMPARE(file->plan.target->name, Drill);
        QCOMPARE(std::get<SnapshotPoint>(file->plan.point).snapshot, before.snapshot);
        QVERIFY(file->signatures.empty());
        QVERIFY(bench.wizard().draft() == before);
        QVERIFY(bench.isOn(ReviewPageId));
        QVERIFY(bench.postedBodies().isEmpty());
        // The rest of the page still works.
        QVERIFY(bench.confirm(Drill));
        QVERIFY(bench.canPress(test::eraseButton(Drill)));
    }

    void whyItCouldNotBeWritten()
    {
        WizardBench bench;
        toReview(bench);
        const RestoreDraft before = bench.wizard().draft();
        QVERIFY(bench.press(SavePlan));
        QVERIFY(test::answerFileDialog(&bench.wizard(), m_dir.filePath(QStringLiteral("nowhere/a.tidemark-plan"))));
        QTRY_VERIFY2(said(bench, "planMessage").contains(QStringLiteral("The plan could not be written to ")),
                     qPrintable(said(bench, "planMessage")));
        QVERIFY(said(bench, "planMessage").contains(QStringLiteral("Choose another folder.")));
        QVERIFY(said(bench, "savedFile").isEmpty());
        QVERIFY(bench.wizard().draft() == before);
        // Another try takes the sentence away.
        QVERIFY(bench.press(SavePlan));
        QVERIFY(test::answerFileDialog(&bench.wizard(), m_dir.filePath(QStringLiteral("b.tidemark-plan"))));
        QTRY_VERIFY(!said(bench, "savedFile").isEmpty());
        QVERIFY(said(bench, "planMessage").isEmpty());
    }

    /// Enter on the page must not open a file dialog in place of what it was for.
    void enterDoesNotPressIt()
    {
        WizardBench bench;
        toReview(bench);
        const auto *button = bench.wizard().findChild<QPushButton *>(QStringLiteral("savePlan"));
        QVERIFY(button && button->isVisible() && !button->isDefault() && !button->autoDefault());
    }
};

QTEST_MAIN(PlanSaveTest)
#include "plan_save_test.moc"
