#include "ui/wizard/rail_steps.h"

#include <QTest>

using namespace tidemark;

/// What the rail says of a draft.
class RailStepsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void steps_data()
    {
        QTest::addColumn<RestoreDraft>("draft");
        QTest::addColumn<int>("page");
        QTest::addColumn<QString>("said");
        RestoreDraft draft;
        QTest::newRow("empty") << draft << int(SourcePageId)
                               << QStringLiteral("*Source, Restore mode, Restore point, Target, Review, Submitted");
        draft.cluster.emplace();
        draft.cluster->name = QStringLiteral("ledger");
        draft.mode = RestoreMode::DownloadSnapshot;
        QTest::newRow("a download has no target")
            << draft << int(ReviewPageId)
            << QStringLiteral("Source: ledger, Restore mode: Download a snapshot, Restore point, *Review, Submitted");
        draft.mode = RestoreMode::PointInTime;
        draft.pointInTime = QStringLiteral("2026-03-01 12:00:00");
        draft.targetCluster.emplace();
        draft.targetCluster->name = QStringLiteral("drill");
        QTest::newRow("all of it")
            << draft << int(TargetPageId)
            << QStringLiteral("Source: ledger, Restore mode: Restore to a point in time, Restore point: 2026-03-01 "
                              "12:00:00 UTC, *Target: drill, Review, Submitted");
    }
    void steps()
    {
        QFETCH(RestoreDraft, draft);
        QFETCH(int, page);
        const RailSteps rail = railSteps(draft, PageId(page), QDateTime(QDate(2026, 11, 27), QTime(14, 20), Qt::UTC));
        QStringList said;
        for (size_t i = 0; i < rail.steps.size(); ++i) {
            const RailStep &step = rail.steps[i];
            const QString text = step.chosen.isEmpty() ? step.title : step.title + QStringLiteral(": ") + step.chosen;
            said << (i == rail.current ? QLatin1Char('*') + text : text);
        }
        QTEST(said.join(QStringLiteral(", ")), "said");
    }
};

QTEST_GUILESS_MAIN(RailStepsTest)
#include "rail_steps_test.moc"
