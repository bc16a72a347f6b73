#include "jobs/stages.h"
#include "restore/rules.h"
#include "safety/safety_taker.h"
#include "support/demo_window.h"
#include "support/patience.h"
#include "support/ui_driver.h"
#include "ui/jobs/jobs_tab.h"
#include "ui/wizard/restore_wizard.h"
#include "ui/wizard/step_page.h"

#include <QCheckBox>
#include <QLabel>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

const QString Ledger = QStringLiteral("ledger");
const QString Undo = QStringLiteral("Undo this restore…");

} // namespace

/// From the safety snapshot over the restore to the restore that undoes it, in the program's window.
class UndoRestoreWindowTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<DemoCloud> m_cloud;
    std::unique_ptr<WindowBench> m_bench;

    RestoreWizard *wizard() const { return m_bench->window->findChild<RestoreWizard *>(); }
    bool open() { return openConnection(*m_bench, *m_cloud, QStringLiteral("one")); }
    QString text(const QString &objectName) const
    {
        const auto *label = wizard() ? wizard()->findChild<QLabel *>(objectName) : nullptr;
        return label ? label->text() : QString();
    }
    /// Once it can be pressed.
    bool pressOnce(const QString &button)
    {
        return QTest::qWaitFor([&] { return driver::canPress(wizard(), button); }, PatienceMs) &&
               driver::press(wizard(), button).isEmpty();
    }
    /// From the Restore point to Review.
    void toReview()
    {
        for (const PageId page : {TargetPageId, ReviewPageId}) {
            QVERIFY(pressOnce(QStringLiteral("Next")));
            QTRY_COMPARE_WITH_TIMEOUT(wizard()->currentId(), int(page), PatienceMs);
        }
    }
    bool tickAll()
    {
        for (QCheckBox *box : wizard()->findChildren<QCheckBox *>(QStringLiteral("findingTick"))) {
            if (box->isVisible())
                box->setChecked(true);
        }
        return driver::canPress(wizard(), QStringLiteral("Restore: Erase ledger and restore"));
    }
    /// Orders what is on Review; the restore's key, once its data are in place.
    QString order()
    {
        const QStringList before = keys();
        if (!driver::type(wizard(), QStringLiteral("Type the target cluster's name to confirm"), Ledger).isEmpty())
            return {};
        if (!QTest::qWaitFor([this] { return tickAll(); }, PatienceMs))
            return {};
        if (!driver::press(wizard(), QStringLiteral("Restore: Erase ledger and restore")).isEmpty())
            return {};
        if (!QTest::qWaitFor([this] { return wizard()->currentId() == SubmittedPageId; }, PatienceMs))
            return {};
        wizard()->close();
        QString key;
        const auto isInPlace = [&] {
            for (const JobGroup &group : m_bench->session()->jobs().groups()) {
                if (!before.contains(group.key) && group.isOrderedHere())
                    key = group.key;
            }
            return !key.isEmpty() && state(key) == RestoreState::InPlace;
        };
        return QTest::qWaitFor(isInPlace, 60000) ? key : QString();
    }
    QStringList keys() const
    {
        QStringList all;
        for (const JobGroup &group : m_bench->session()->jobs().groups())
            all << group.key;
        return all;
    }
    RestoreState state(const QString &key) const
    {
        const JobGroup *group = m_bench->session()->jobs().group(key);
        return group ? stages(*group, m_bench->session()->client().serverNow()).state : RestoreState::NotKnownYet;
    }
    bool canUndo(const QString &key)
    {
        m_bench->window->findChild<JobsTab *>()->select(key);
        return driver::canPress(m_bench->window.get(), Undo);
    }

private Q_SLOTS:
    void init()
    {
        m_cloud = std::make_unique<DemoCloud>(QStringList{QStringLiteral("--exit-with-parent"),
                                                          QStringLiteral("--product"), QStringLiteral("ops-manager"),
                                                          QStringLiteral("--job-seconds"), QStringLiteral("0.5"),
                                                          QStringLiteral("--restore-seconds"), QStringLiteral("1")});
        QVERIFY2(m_cloud->isRunning(), qPrintable(m_cloud->problem()));
        m_bench = std::make_unique<WindowBench>(JobMonitor::Intervals{200ms, 1000ms});
        QVERIFY(m_bench->makeWindow());
        QVERIFY(open());
    }
    void cleanup()
    {
        m_bench.reset();
        m_cloud.reset();
    }

    void isOfferedAndPreparedAfterARestart();
    void withoutASafetySnapshotItIsNotOffered();
};

void UndoRestoreWindowTest::isOfferedAndPreparedAfterARestart()
{
    RestoreDraft draft = ledgerDownload(*m_bench->session()).first;
    draft.mode = RestoreMode::AutomatedSnapshot;
    draft.targetProject = draft.project;
    draft.targetCluster = draft.cluster;
    QVERIFY(m_bench->window->newRestore(draft));
    toReview();
    QVERIFY(pressOnce(QStringLiteral("Take a safety snapshot first…")));
    QVERIFY(pressOnce(QStringLiteral("Take it now")));
    QTRY_VERIFY2_WITH_TIMEOUT(
        text(QStringLiteral("safetyLine")).startsWith(QStringLiteral("Safety snapshot: complete")),
        qPrintable(text(QStringLiteral("safetyLine"))), PatienceMs);
    const auto taken = m_bench->session()->safety().forNextRestore(draft.cluster->id);
    QVERIFY(taken && taken->kept.snapshot != draft.snapshot);

    const QString key = order();
    QVERIFY(!key.isEmpty());
    QVERIFY(!m_bench->session()->safety().forNextRestore(draft.cluster->id)); // it is that restore's own
    QTRY_VERIFY(canUndo(key));
    QVERIFY(driver::visibleText(m_bench->window.get()).contains(QStringLiteral("Undo this restore brings back")));

    QVERIFY(m_bench->makeWindow());
    QVERIFY(open());
    QTRY_VERIFY_WITH_TIMEOUT(canUndo(key), PatienceMs);
    QVERIFY(driver::tabTo(*m_bench->window, QStringLiteral("undoRestoreAdvised"))); // for who has no mouse
    QTest::keyClick(m_bench->window->focusWidget(), Qt::Key_Space);
    QTRY_VERIFY(wizard() && wizard()->isVisible());
    toReview();
    const RestoreDraft &undo = wizard()->draft();
    QCOMPARE(undo.mode, std::optional(RestoreMode::AutomatedSnapshot));
    QCOMPARE(undo.cluster->id, draft.cluster->id);
    QCOMPARE(undo.snapshot, taken->kept.snapshot);
    QCOMPARE(undo.targetCluster->id, draft.cluster->id);
    QCOMPARE(undo.targetProject.id, draft.project.id);
    QVERIFY(undo.typedTargetName.isEmpty());
    tickAll();
    QVERIFY(!driver::canPress(wizard(), QStringLiteral("Restore: Erase ledger and restore"))); // the name is typed

    const QString undone = order();
    QVERIFY(!undone.isEmpty() && undone != key);
    const JobGroup *group = m_bench->session()->jobs().group(undone);
    QCOMPARE(std::get<SnapshotPoint>(*group->point).snapshot, taken->kept.snapshot);
    QVERIFY(!canUndo(undone)); // for it none was taken
    QTRY_VERIFY(canUndo(key));
}

void UndoRestoreWindowTest::withoutASafetySnapshotItIsNotOffered()
{
    RestoreDraft draft = ledgerDownload(*m_bench->session()).first;
    draft.mode = RestoreMode::AutomatedSnapshot;
    draft.targetProject = draft.project;
    draft.targetCluster = draft.cluster;
    QVERIFY(m_bench->window->newRestore(draft));
    toReview();
    const QString key = order();
    QVERIFY(!key.isEmpty());
    QVERIFY(!canUndo(key));
    QVERIFY(!driver::visibleText(m_bench->window.get()).contains(QStringLiteral("Undo this restore brings back")));
}

QTEST_MAIN(UndoRestoreWindowTest)
#include "undo_restore_window_test.moc"
