#include "wizard_bench.h"

#include "focus_names.h"
#include "plans/plan_disk.h"
#include "support/file_dialogs.h"
#include "ui/plans/plan_note_dialog.h"
#include "ui/widgets/message_bar.h"

#include <QAbstractButton>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
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
    /// Presses Save plan… and answers the question for a note.
    static bool savePlan(WizardBench &bench, const QString &note)
    {
        const auto dialog = [&bench] { return bench.wizard().findChild<QDialog *>(QStringLiteral("planNoteDialog")); };
        if (!bench.press(SavePlan) || !QTest::qWaitFor([&] { return dialog() && dialog()->isVisible(); }) ||
            !QTest::qWaitForWindowActive(dialog()))
            return false;
        QTest::keyClicks(dialog()->focusWidget(), note);
        QTest::keyClick(dialog()->focusWidget(), Qt::Key_Return);
        return QTest::qWaitFor([&] { return !dialog(); });
    }

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
        // Neither ticks nor the name are asked for: nothing is ordered.
        QVERIFY(savePlan(bench, QStringLiteral("Ticket 4711")));
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
        QCOMPARE(file->plan.note, QStringLiteral("Ticket 4711"));
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
        QVERIFY(savePlan(bench, {}));
        QVERIFY(test::answerFileDialog(&bench.wizard(), m_dir.filePath(QStringLiteral("nowhere/a.tidemark-plan"))));
        QTRY_VERIFY2(said(bench, "planMessage").contains(QStringLiteral("The plan could not be written to ")),
                     qPrintable(said(bench, "planMessage")));
        QVERIFY(said(bench, "planMessage").contains(QStringLiteral("Choose another folder.")));
        QVERIFY(said(bench, "savedFile").isEmpty());
        QVERIFY(bench.wizard().draft() == before);
        // Another try takes the sentence away.
        QVERIFY(savePlan(bench, {}));
        QVERIFY(test::answerFileDialog(&bench.wizard(), m_dir.filePath(QStringLiteral("b.tidemark-plan"))));
        QTRY_VERIFY(!said(bench, "savedFile").isEmpty());
        QVERIFY(said(bench, "planMessage").isEmpty());
    }

    /// It may be left, and is one line of what is seen.
    void theNote()
    {
        WizardBench bench;
        toReview(bench);
        QVERIFY(bench.press(SavePlan));
        const auto dialog = [&bench] {
            return bench.wizard().findChild<PlanNoteDialog *>(QStringLiteral("planNoteDialog"));
        };
        QTRY_VERIFY(dialog() && dialog()->isVisible());
        QCOMPARE(test::unnamedStops(dialog()), QStringList());
        auto *field = dialog()->findChild<QLineEdit *>(QStringLiteral("planNoteText"));
        QCOMPARE(dialog()->note(), QString());
        field->setText(QStringLiteral(" Ticket\t4711\u202e "));
        QCOMPARE(dialog()->note(), QStringLiteral("Ticket 4711"));
        field->setText(QString(1000, u'x'));
        QCOMPARE(dialog()->note().size(), qsizetype(PlanNoteDialog::LongestNote));
        dialog()->resize(640, 480);
        QCOMPARE(dialog()->size(), QSize(640, 480));
        if (const QString folder = qEnvironmentVariable("TIDEMARK_PICTURES"); !folder.isEmpty())
            QVERIFY(QDir().mkpath(folder) && dialog()->grab().save(folder + QStringLiteral("/plan-note.png")));
        QTest::keyClick(dialog(), Qt::Key_Escape);
        QTRY_VERIFY(!dialog());
        QVERIFY(!bench.wizard().findChild<QWidget *>(QStringLiteral("savePlanDialog")));
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
