#include "focus_names.h"
#include "support/job_cases.h"
#include "ui/jobs/job_look.h"
#include "ui/jobs/job_pane.h"
#include "ui/jobs/jobs_model.h"
#include "ui/look/chip.h"
#include "ui/look/row_delegate.h"
#include "ui/look/stage_line.h"
#include "ui/look/stage_widgets.h"

#include <QLabel>
#include <QPointer>
#include <QScrollBar>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

JobGroup atWork()
{
    JobGroup group =
        groupOf({jobOf(QStringLiteral("60ff00000000000000000001"), JobStatus::Finished, DeliveryStatus::Ready)},
                RestoreMode::PointInTime);
    group.pointText = QStringLiteral("just before 2026-03-01 12:00:00 UTC");
    group.goalBefore = 37;
    group.agents = progressAfter(37, {agents(38, 1, 3)});
    return group;
}

QString wordsIn(const QWidget &widget)
{
    QStringList words;
    for (const QLabel *label : widget.findChildren<QLabel *>())
        words << label->text();
    return words.join(QLatin1Char('\n'));
}

} // namespace

/// The chosen restore beside the list, and how its row looks.
class JobPaneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsAllThatIsKnown()
    {
        JobGroup group = atWork();
        group.agents.errors = {{QStringLiteral("process_2"), QStringLiteral("host_2"), QStringLiteral("disk is full")}};
        AutomationStatus status = agents(38, 1, 3);
        status.processes[1].plan = {QStringLiteral("Start"), QStringLiteral("WaitRsInit")};
        JobPane pane;
        pane.show(jobPaneFacts(group, {}, QStringLiteral("Production"), now(), &status));
        const QString words = wordsIn(pane);
        for (const char *expected :
             {"plan: Start, WaitRsInit", "just before 2026-03-01 12:00:00 UTC", "host_2 reports an error",
              "disk is full", "Agents not at the goal: 2", "host_1", "Production", "60ff00000000000000000001"})
            QVERIFY2(words.contains(QLatin1String(expected)),
                     qPrintable(QLatin1String(expected) + QLatin1Char('\n') + words));
        QVERIFY(!words.contains(QStringLiteral("QUJD"))); // never a link
        const auto *stages = pane.findChild<StageColumn *>();
        QVERIFY(stages && !stages->stages().empty());
        QCOMPARE(pane.findChild<Chip *>()->chip(), chipOf(tidemark::stages(group, now())));
    }

    /// A hash that is being selected stays where it is while nothing changes, whatever the clock says.
    void staysWhileNothingChanges()
    {
        const JobGroup group = atWork();
        JobPane pane;
        pane.show(jobPaneFacts(group, {}, QStringLiteral("Production"), now()));
        const QWidget *content = pane.widget();
        pane.show(jobPaneFacts(group, {}, QStringLiteral("Production"), now().addSecs(1)));
        QCOMPARE(pane.widget(), content);
        pane.clear();
        QVERIFY(pane.widget() != content);
        QVERIFY(wordsIn(pane).contains(QStringLiteral("Select a restore")));
    }

    /// The life of a link counts down each second: its words change, and nothing else does.
    void aSelectedHashStaysWhileALinkCountsDown_data()
    {
        QTest::addColumn<int>("left");
        QTest::newRow("soon") << 1800;
        QTest::newRow("in hours") << 4 * 3600 + 30;
    }
    void aSelectedHashStaysWhileALinkCountsDown()
    {
        QFETCH(int, left);
        RestoreJob job = readyJob(QStringLiteral("60ff00000000000000000001"));
        const QString hash = QStringLiteral("0123456789012345678901234567890123456789");
        job.hashes = {FileHash{QStringLiteral("a.tar.gz"), hash, QStringLiteral("SHA1")}};
        job.delivery.expires = now().addSecs(left);
        const JobGroup group = groupOf({job}, RestoreMode::DownloadSnapshot);
        const auto facts = [&group](int seconds) {
            return jobPaneFacts(group, {}, QStringLiteral("Production"), now().addSecs(seconds));
        };
        JobPane pane;
        pane.show(facts(0));
        QPointer<QLabel> label;
        for (QLabel *one : pane.findChildren<QLabel *>()) {
            if (one->text().contains(hash))
                label = one;
        }
        QVERIFY(label);
        const auto at = label->text().indexOf(hash);
        label->setSelection(int(at), int(hash.size()));
        for (int i = 1; i <= 60; ++i) {
            pane.show(facts(i));
            QVERIFY2(label, qPrintable(QStringLiteral("built anew after %1 s").arg(i)));
            QCOMPARE(label->selectedText(), hash);
            QCOMPARE(pane.findChild<StageColumn *>()->stages(), facts(i).line.stages);
            QCOMPARE(pane.findChild<Chip *>()->chip(), chipOf(facts(i).line));
            const QString words = wordsIn(pane);
            for (const JobReport::Section &section : facts(i).report.sections) {
                for (const auto &[what, value] : section.lines)
                    QVERIFY2(words.contains(value), qPrintable(value));
            }
        }
    }

    /// A count that goes on each second does not throw the reader back to the top.
    void staysWhereItWasScrolledTo()
    {
        JobGroup group = atWork();
        JobPane pane;
        pane.resize(300, 200);
        pane.QWidget::show();
        QVERIFY(QTest::qWaitForWindowExposed(&pane));
        pane.show(jobPaneFacts(group, {}, QStringLiteral("Production"), now()));
        QTRY_VERIFY(pane.verticalScrollBar()->maximum() > 100);
        pane.verticalScrollBar()->setValue(100);
        group.agents = progressAfter(37, {agents(38, 2, 3)});
        pane.show(jobPaneFacts(group, {}, QStringLiteral("Production"), now()));
        QTest::qWait(50);
        QCOMPARE(pane.verticalScrollBar()->value(), 100);
    }

    void everyStopHasAName()
    {
        JobPane pane;
        pane.QWidget::show();
        pane.show(jobPaneFacts(groupOf({readyJob(QStringLiteral("a"))}, RestoreMode::DownloadSnapshot), {},
                               QStringLiteral("Production"), now()));
        QCOMPARE(spokenName(&pane), QStringLiteral("The chosen restore"));
        QCOMPARE(unnamedStops(&pane), QStringList());
    }

    void aRowHasTwoLines()
    {
        const JobGroup group = atWork();
        const auto look = [&group](int column, int role) { return groupLook(group, column, role, now()); };
        QCOMPARE(look(JobsModel::ClusterColumn, LookRole::FirstLine).toString(), group.clusterName);
        QCOMPARE(look(JobsModel::ClusterColumn, LookRole::SecondLine).toString(), group.project.name);
        QCOMPARE(look(JobsModel::ModeColumn, LookRole::SecondLine).toString(), group.pointText);
        const auto chip = look(JobsModel::StatusColumn, LookRole::Chip).value<ChipData>();
        QCOMPARE(chip.kind, ChipKind::Agents);
        QVERIFY(!look(JobsModel::StatusColumn, LookRole::Stages).value<QList<StageBar>>().isEmpty());
        QVERIFY(!look(JobsModel::TargetColumn, LookRole::Chip).isValid());
    }

    /// Handed over is no end, and an end counts nothing.
    void endsAreNoStages()
    {
        JobGroup ready = groupOf({readyJob(QStringLiteral("1"))}, RestoreMode::DownloadSnapshot);
        QCOMPARE(groupLook(ready, JobsModel::StatusColumn, LookRole::Chip, now()).value<ChipData>().kind,
                 ChipKind::Ready);
        QVERIFY(!groupLook(ready, JobsModel::StatusColumn, LookRole::Stages, now()).isValid());
        QCOMPARE(groupLook(ready, JobsModel::StatusColumn, LookRole::SecondIcon, now()).toString(),
                 QStringLiteral("hourglass"));
        const JobGroup handedOver = groupOf({jobOf(QStringLiteral("2"), JobStatus::Finished, DeliveryStatus::Ready)},
                                            RestoreMode::AutomatedSnapshot);
        const auto chip = groupLook(handedOver, JobsModel::StatusColumn, LookRole::Chip, now()).value<ChipData>();
        QVERIFY(chip.kind == ChipKind::HandedOver || chip.kind == ChipKind::Agents);
    }
};

QTEST_MAIN(JobPaneTest)
#include "job_pane_test.moc"
