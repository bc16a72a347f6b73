#include "wizard_bench.h"

#include "restore/restore_request.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/utc_time_edit.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace tidemark;
using test::WizardBench;

namespace {

const QString Shop = QStringLiteral("Shop");
const QString Drills = QStringLiteral("Restore drills");

QJsonObject automated(const WizardBench &bench, const QString &target)
{
    return {{QStringLiteral("methodName"), QStringLiteral("AUTOMATED_RESTORE")},
            {QStringLiteral("targetGroupId"), bench.projectId(Drills)},
            {QStringLiteral("targetClusterId"), bench.clusterId(Drills, target)}};
}

QJsonObject object(const QString &json)
{
    return QJsonDocument::fromJson(json.toUtf8()).object();
}

QString text(QWidget &window, const char *objectName)
{
    const auto *label = window.findChild<QLabel *>(QLatin1String(objectName));
    return label != nullptr ? label->text() : QString();
}

} // namespace

/// Each mode from the empty wizard to what became of it, with key and mouse, and the bytes that went over the wire.
class WizardModesTest : public QObject
{
    Q_OBJECT

private:
    /// Confirms, sends, and expects exactly this body.
    void finishAutomated(WizardBench &bench, const QString &target, const QJsonObject &body)
    {
        const QString erase = test::eraseButton(target);
        QVERIFY(bench.button(erase) != nullptr);
        QVERIFY(!bench.canPress(erase));
        QVERIFY(bench.confirm(target));
        QVERIFY(bench.canPress(erase));
        QVERIFY(bench.control(QStringLiteral("JSON"), QAccessible::EditableText) == nullptr); // folded
        QVERIFY(bench.press(QStringLiteral("Show request")));
        const auto *json =
            qobject_cast<QPlainTextEdit *>(bench.control(QStringLiteral("JSON"), QAccessible::EditableText));
        QVERIFY(json != nullptr);
        QCOMPARE(object(json->toPlainText()), body);
        QVERIFY(bench.postedBodies().isEmpty());
        QVERIFY(bench.press(erase));
        QVERIFY(bench.isOn(SubmittedPageId));
        const QStringList bodies = bench.postedBodies();
        QCOMPARE(bodies.size(), 1);
        QCOMPARE(object(bodies.constFirst()), body);
        QVERIFY(bench.table(QStringLiteral("Restore jobs"))->model()->rowCount() > 0);
        QVERIFY(QTest::qWaitFor([&] { return !text(bench.wizard(), "submittedStatus").isEmpty(); }));
        QVERIFY(bench.button(QStringLiteral("Download now")) == nullptr); // nothing to fetch
        QVERIFY(bench.button(QStringLiteral("Back")) == nullptr || !bench.canPress(QStringLiteral("Back")));
    }

    void chooseSnapshot(WizardBench &bench)
    {
        // The newest complete one: the newest of all may be under way.
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY2(QTest::qWaitFor([&] { return bench.canPress(QStringLiteral("Next")); }),
                 qPrintable(bench.hint(QStringLiteral("snapshots"))));
    }

private Q_SLOTS:
    void download()
    {
        WizardBench bench({QStringLiteral("--job-seconds"), QStringLiteral("0.5")});
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Download a snapshot")));
        chooseSnapshot(bench);
        QVERIFY(bench.typeInto(QStringLiteral("Link expires after (hours)"), QStringLiteral("6")));
        auto *most = qobject_cast<QSpinBox *>(bench.control(QStringLiteral("Maximum downloads"), QAccessible::SpinBox));
        QVERIFY(most != nullptr);
        most->setFocus();
        most->selectAll();
        QTest::keyClicks(most, QStringLiteral("5"));
        const SnapshotId snapshot = bench.wizard().draft().snapshot;
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(ReviewPageId)); // a download has no target
        QVERIFY(text(bench.wizard(), "plan").contains(QStringLiteral("ledger")));
        QVERIFY(!bench.wizard().findChild<QWidget *>(QStringLiteral("erasure"))->isVisible());
        QVERIFY(bench.edit(QStringLiteral("Type the target cluster's name to confirm")) == nullptr);
        QVERIFY(bench.press(QStringLiteral("Create download link")));
        QVERIFY(bench.isOn(SubmittedPageId));
        const QStringList bodies = bench.postedBodies();
        QCOMPARE(bodies.size(), 1);
        QCOMPARE(object(bodies.constFirst()),
                 QJsonObject(
                     {{QStringLiteral("delivery"), QJsonObject({{QStringLiteral("methodName"), QStringLiteral("HTTP")},
                                                                {QStringLiteral("expirationHours"), 6},
                                                                {QStringLiteral("maxDownloads"), 5}})},
                      {QStringLiteral("snapshotId"), snapshot.value}}));

        const QSignalSpy wanted(&bench.wizard(), &RestoreWizard::downloadRequested);
        QVERIFY(!bench.canPress(QStringLiteral("Download now")));
        QVERIFY(QTest::qWaitFor([&] { return bench.canPress(QStringLiteral("Download now")); }, 15000));
        bench.button(QStringLiteral("Download now"))->setFocus();
        QVERIFY(bench.press(QStringLiteral("Download now")));
        // The button that is disabled now does not hand the keyboard to whatever is next.
        QCOMPARE(bench.wizard().focusWidget()->objectName(), QStringLiteral("submittedJobs"));
        QCOMPARE(wanted.count(), 1);
        const auto *group = bench.session().jobs().group(wanted.first().first().toString());
        QVERIFY(group != nullptr);
        QCOMPARE(group->jobs.size(), size_t(1));
        QVERIFY(bench.press(QStringLiteral("Close")));
        QVERIFY(!bench.wizard().isVisible());
    }

    void downloadOfASharded()
    {
        WizardBench bench({QStringLiteral("--job-seconds"), QStringLiteral("0.5")});
        QVERIFY(bench.toPoint(Shop, QStringLiteral("shop-prod"), QStringLiteral("Download a snapshot")));
        chooseSnapshot(bench);
        const QDateTime until = bench.session().client().serverNow().addSecs(7200);
        QVERIFY(bench.typeInto(QStringLiteral("Link expires at (UTC)"), UtcTimeEdit::textOf(until)));
        QVERIFY(bench.press(QStringLiteral("Unlimited")));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(ReviewPageId));
        QVERIFY(bench.press(QStringLiteral("Create download link")));
        QVERIFY(bench.isOn(SubmittedPageId));
        const QJsonObject delivery = object(bench.postedBodies().value(0)).value(QStringLiteral("delivery")).toObject();
        QCOMPARE(delivery,
                 QJsonObject({{QStringLiteral("methodName"), QStringLiteral("HTTP")},
                              {QStringLiteral("expires"), until.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ssZ"))},
                              {QStringLiteral("maxDownloads"), 2147483647}}));
        QCOMPARE(bench.table(QStringLiteral("Restore jobs"))->model()->rowCount(), 3);
        const auto readyRows = [&] {
            const auto *model = bench.table(QStringLiteral("Restore jobs"))->model();
            int ready = 0;
            for (int row = 0; row < model->rowCount(); ++row)
                ready += model->index(row, 7).data().toString().endsWith(QStringLiteral(".tar.gz")) ? 1 : 0;
            return ready;
        };
        // The button waits for the last job of the batch.
        QVERIFY(QTest::qWaitFor(
            [&] {
                const bool enabled = bench.canPress(QStringLiteral("Download now"));
                return enabled && readyRows() == 3;
            },
            15000));
    }

    void snapshotToACluster()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore a snapshot to a cluster")));
        chooseSnapshot(bench);
        QVERIFY(bench.edit(QStringLiteral("Link expires after (hours)")) == nullptr); // no link in this mode
        const SnapshotId snapshot = bench.wizard().draft().snapshot;
        QVERIFY(bench.toReview(Drills, QStringLiteral("drill")));
        finishAutomated(bench, QStringLiteral("drill"),
                        {{QStringLiteral("delivery"), automated(bench, QStringLiteral("drill"))},
                         {QStringLiteral("snapshotId"), snapshot.value}});
    }

    void oplogTimestamp()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to an oplog timestamp")));
        const qint64 seconds = bench.session().client().serverNow().addSecs(-1800).toSecsSinceEpoch();
        QVERIFY(bench.typeInto(QStringLiteral("Oplog timestamp (seconds)"), QString::number(seconds)));
        QVERIFY(bench.typeInto(QStringLiteral("Oplog increment"), QStringLiteral("1")));
        QVERIFY(
            text(bench.wizard(), "oplogReadout")
                .contains(
                    QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"))));
        QVERIFY(bench.toReview(Drills, QStringLiteral("drill")));
        finishAutomated(bench, QStringLiteral("drill"),
                        {{QStringLiteral("delivery"), automated(bench, QStringLiteral("drill"))},
                         {QStringLiteral("oplogTs"), QString::number(seconds)},
                         {QStringLiteral("oplogInc"), QStringLiteral("1")}});
    }

    void pointInTime()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("shop-prod"), QStringLiteral("Restore to a point in time")));
        const QDateTime time = bench.session().client().serverNow().addSecs(-1800);
        QVERIFY(bench.typeInto(QStringLiteral("Point in time"), UtcTimeEdit::textOf(time)));
        QVERIFY(bench.toReview(Drills, QStringLiteral("drill-sharded")));
        finishAutomated(bench, QStringLiteral("drill-sharded"),
                        {{QStringLiteral("delivery"), automated(bench, QStringLiteral("drill-sharded"))},
                         {QStringLiteral("pointInTimeUTCMillis"), time.toSecsSinceEpoch() * 1000}});
    }

    void pointInTimeFromTheTimeline()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to a point in time")));
        QVERIFY(QTest::qWaitFor(
            [&] { return bench.control(QStringLiteral("Timeline"), QAccessible::Slider) != nullptr; }, 15000));
        QWidget *timeline = bench.control(QStringLiteral("Timeline"), QAccessible::Slider);
        timeline->setFocus();
        QTest::keyClick(timeline, Qt::Key_End);
        const QString newest = bench.edit(QStringLiteral("Point in time"))->text();
        QVERIFY(!newest.isEmpty());
        QTest::keyClick(timeline, Qt::Key_Left, Qt::ControlModifier);
        QVERIFY(bench.edit(QStringLiteral("Point in time"))->text() < newest);
        QVERIFY2(bench.canPress(QStringLiteral("Next")), qPrintable(bench.hint(QStringLiteral("pointInTime"))));
    }

    void checkpoint()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("legacy-orders"), QStringLiteral("Restore to a checkpoint")));
        QVERIFY(bench.chooseRow(QStringLiteral("Checkpoints"), QAccessible::Table, QStringLiteral("Yes")));
        const CheckpointId checkpoint = bench.wizard().draft().checkpoint;
        QVERIFY(bench.toReview(Drills, QStringLiteral("legacy-drill")));
        finishAutomated(bench, QStringLiteral("legacy-drill"),
                        {{QStringLiteral("delivery"), automated(bench, QStringLiteral("legacy-drill"))},
                         {QStringLiteral("checkpointId"), checkpoint.value}});
    }

    void onlyWhatTheModeNeedsIsAsked()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("legacy-orders"), QStringLiteral("Restore to a checkpoint")));
        QVERIFY(bench.chooseRow(QStringLiteral("Checkpoints"), QAccessible::Table, QStringLiteral("Yes")));
        const QStringList paths = bench.requestedPaths();
        QCOMPARE(paths.filter(QStringLiteral("/checkpoints")).isEmpty(), false);
        QVERIFY(paths.filter(QStringLiteral("restorableTimeRanges")).isEmpty());
        QVERIFY(paths.filter(QStringLiteral("snapshotSchedule")).isEmpty());
    }

    void prefilledStartsWhereSomethingIsLeftToChoose()
    {
        WizardBench bench;
        QVERIFY(bench.open());
        const auto *clusters = bench.session().catalogue().clusters(ProjectId(bench.projectId(Shop)));
        RestoreDraft draft;
        draft.project = *bench.session().catalogue().project(ProjectId(bench.projectId(Shop)));
        for (const Cluster &cluster : *clusters) {
            if (cluster.name == QStringLiteral("ledger"))
                draft.cluster = cluster;
        }
        bench.wizard().setDraft(draft);
        QCOMPARE(bench.wizard().currentId(), int(ModePageId));
        draft.mode = RestoreMode::PointInTime;
        draft.pointInTime = QStringLiteral("2026-11-24 14:03:07");
        draft.typedTargetName = QStringLiteral("drill");
        bench.wizard().setDraft(draft);
        QCOMPARE(bench.wizard().currentId(), int(PointPageId));
        QCOMPARE(bench.edit(QStringLiteral("Point in time"))->text(), QStringLiteral("2026-11-24 14:03:07"));
        QVERIFY(bench.wizard().draft().typedTargetName.isEmpty()); // is always typed by hand
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.button(QStringLiteral("Restore to a point in time"))->isChecked());
        QVERIFY(bench.press(QStringLiteral("Back")));
        QCOMPARE(bench.table(QStringLiteral("Cluster"), QAccessible::Tree)->currentIndex().data().toString(),
                 QStringLiteral("ledger"));
    }
};

QTEST_MAIN(WizardModesTest)
#include "wizard_modes_test.moc"
