#pragma once

#include "wizard_bench.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QLabel>
#include <QTest>

/// The checklist on Review, before the drill cluster is erased.
namespace tidemark::test {

inline const QString Shop = QStringLiteral("Shop");
inline const QString Drills = QStringLiteral("Restore drills");
inline const QString Drill = QStringLiteral("drill");

template<typename Widget>
QList<Widget *> seen(const QWidget &in, const char *objectName)
{
    QList<Widget *> found;
    for (Widget *one : in.findChildren<Widget *>(QLatin1String(objectName))) {
        if (one->isVisible())
            found << one;
    }
    return found;
}

inline QList<QCheckBox *> ticks(WizardBench &bench)
{
    return seen<QCheckBox>(bench.wizard(), "checklistTick");
}

inline QString said(WizardBench &bench, const char *objectName)
{
    const auto labels = seen<QLabel>(bench.wizard(), objectName);
    return labels.isEmpty() ? QString() : labels.constFirst()->text();
}

inline QWidget *dialogOf(WizardBench &bench)
{
    QWidget *dialog = nullptr;
    const bool isOpen = QTest::qWaitFor([&] {
        dialog = bench.wizard().findChild<QWidget *>(QStringLiteral("checklistDialog"));
        return dialog != nullptr && dialog->isVisible();
    });
    return isOpen ? dialog : nullptr;
}

inline QAbstractButton *buttonOf(QWidget *dialog, const char *objectName)
{
    return dialog->findChild<QAbstractButton *>(QLatin1String(objectName));
}

inline void toReview(WizardBench &bench)
{
    QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
    QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore a snapshot to a cluster")));
    QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
    QVERIFY(bench.toReview(Drills, Drill));
}

} // namespace tidemark::test
