#include "safety_samples.h"
#include "session/undo_restore.h"
#include "support/job_cases.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QString One = QStringLiteral("60ff00000000000000000001");
constexpr auto automated = RestoreMode::AutomatedSnapshot;

JobGroup restore(JobStatus status, const std::vector<AutomationStatus> &looks = {})
{
    JobGroup group = groupOf({jobOf(One, status, DeliveryStatus::Ready)}, automated);
    group.goalBefore = 37;
    group.agents = progressAfter(37, looks);
    return group;
}

JobGroup inPlace()
{
    return restore(JobStatus::Finished, {agents(38, 3, 3), agents(38, 3, 3)});
}

std::optional<SafetyTaker::Known> known(const SafetyState &state)
{
    return SafetyTaker::Known{answered(0), {}, state};
}

SafetyWhole whole()
{
    return {SnapshotId(QStringLiteral("a")), {Asked, 1}, at(86400), false};
}

} // namespace

class UndoRestoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offers_data()
    {
        QTest::addColumn<JobGroup>("group");
        QTest::addColumn<std::optional<SafetyTaker::Known>>("safety");
        QTest::addColumn<QString>("whyNot");
        const auto row = [](const char *name, const JobGroup &group, const std::optional<SafetyTaker::Known> &safety,
                            const char *whyNot) {
            QTest::newRow(name) << group << safety << QString::fromLatin1(whyNot);
        };
        row("in place", inPlace(), known(whole()), "");
        row("failed on the server", restore(JobStatus::Broken), known(whole()), "");
        row("cancelled", restore(JobStatus::Killed), known(whole()), "");
        row("under way on the server", restore(JobStatus::InProgress), known(whole()),
            "This restore is still under way.");
        row("agents at work", restore(JobStatus::Finished, {agents(38, 1, 3)}), known(whole()),
            "This restore is still under way.");
        row("nothing was taken", inPlace(), {}, "No safety snapshot is known that was taken before this restore.");
        row("being made", inPlace(), known(SafetyMaking{}), "The safety snapshot of this restore is not complete.");
        row("parts are missing", inPlace(), known(SafetyPartial{}),
            "The safety snapshot of this restore is not complete.");
        row("not listed", inPlace(), known(SafetyNotListed{}), "The safety snapshot of this restore is not complete.");
        row("gone", inPlace(), known(SafetyGone{}), "The safety snapshot of this restore is gone.");
        row("a download", groupOf({readyJob(One)}, RestoreMode::DownloadSnapshot), {},
            "Only a restore to a cluster can be undone.");
    }
    void offers()
    {
        QFETCH(JobGroup, group);
        QFETCH(std::optional<SafetyTaker::Known>, safety);
        QFETCH(QString, whyNot);
        const UndoOffer offer = undoOffer(group, safety, now());
        QCOMPARE(offer.whyNot, whyNot);
        QCOMPARE(offer.to, whyNot.isEmpty() ? std::optional(UndoTo{at(0), at(86400)}) : std::nullopt);
    }
};

QTEST_GUILESS_MAIN(UndoRestoreTest)
#include "undo_restore_test.moc"
