#pragma once

#include "safety/safety_taker.h"
#include "support/patience.h"
#include "wizard_bench.h"

#include <QLabel>
#include <QTest>

/// The snapshot of a target before it is erased, on Review of a wizard over an Ops Manager.
namespace tidemark::test {

inline const QString Shop = QStringLiteral("Shop");
inline const QString Take = QStringLiteral("Take a safety snapshot first…");
inline const QString TakeNow = QStringLiteral("Take it now");
inline const QString Call = QStringLiteral("/onDemandSnapshot");
inline const QString NotComplete = QStringLiteral("The safety snapshot is not complete");

inline QStringList opsManager(const QStringList &more = {})
{
    return QStringList{QStringLiteral("--product"), QStringLiteral("ops-manager"), QStringLiteral("--job-seconds"),
                       QStringLiteral("1")} +
           more;
}

inline QString said(WizardBench &bench)
{
    const auto *line = bench.wizard().findChild<QLabel *>(QStringLiteral("safetyLine"));
    return line->isVisible() ? line->text() : QString();
}

inline QStringList findings(WizardBench &bench)
{
    QStringList texts;
    for (const QLabel *label : bench.wizard().findChildren<QLabel *>(QStringLiteral("findingSentence"))) {
        if (label->isVisible())
            texts << label->text();
    }
    return texts;
}

inline bool finds(WizardBench &bench, const QString &beginning)
{
    const QStringList all = findings(bench);
    return std::ranges::any_of(all, [&](const QString &one) { return one.startsWith(beginning); });
}

inline bool isComplete(WizardBench &bench)
{
    return said(bench).startsWith(QStringLiteral("Safety snapshot: complete"));
}

inline void toReview(WizardBench &bench, const QString &source = QStringLiteral("ledger"),
                     const QString &targetProject = Shop, const QString &target = QStringLiteral("ledger"))
{
    QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
    QVERIFY(bench.toPoint(Shop, source, QStringLiteral("Restore a snapshot to a cluster")));
    QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
    QVERIFY(bench.toReview(targetProject, target));
}
inline void take(WizardBench &bench)
{
    QTRY_VERIFY(bench.canPress(Take));
    QVERIFY(bench.press(Take));
    QVERIFY(bench.press(TakeNow));
}
/// Takes one of the ledger, and waits for all of it.
inline SafetySnapshot takeWhole(WizardBench &bench)
{
    const auto wait = [&bench] {
        toReview(bench);
        take(bench);
        QTRY_VERIFY2_WITH_TIMEOUT(isComplete(bench), qPrintable(said(bench)), PatienceMs);
        QTRY_VERIFY(findings(bench).filter(QStringLiteral("still being read")).isEmpty());
    };
    wait();
    const auto known =
        bench.session().safety().forNextRestore(ClusterId(bench.clusterId(Shop, QStringLiteral("ledger"))));
    return known ? known->kept : SafetySnapshot();
}

} // namespace tidemark::test
