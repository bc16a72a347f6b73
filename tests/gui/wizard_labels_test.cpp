#include "wizard_bench.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QLabel>
#include <QTest>

using namespace tidemark;
using test::WizardBench;

namespace {

const QString Shop = QStringLiteral("Shop");
const QString Drills = QStringLiteral("Restore drills");

/// The visible text of this name: a label whose buddy is the control, or the control's own text.
bool isVisibleText(RestoreWizard &wizard, const QString &name)
{
    const auto labels = wizard.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->isVisible() && label->text().remove(QLatin1Char('&')) == name)
            return true;
    }
    const auto buttons = wizard.findChildren<QAbstractButton *>();
    for (const QAbstractButton *button : buttons) {
        if (button->isVisible() && button->text().remove(QLatin1Char('&')) == name)
            return true;
    }
    return false;
}

} // namespace

#define VERIFY_CONTROL(name, role)                                                                                     \
    QVERIFY2(bench.control(QStringLiteral(name), QAccessible::role) != nullptr, name);                                 \
    QVERIFY2(isVisibleText(bench.wizard(), QStringLiteral(name)), name)

/// The labels are a contract with manual, tests and people's own scripts: each is seen, and each is what assistive
/// technology calls the control.
class WizardLabelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pagesOfADownload()
    {
        WizardBench bench;
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.open());
        QCOMPARE(bench.wizard().windowTitle(), QStringLiteral("New restore"));
        VERIFY_CONTROL("Project", ComboBox);
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), Shop));
        VERIFY_CONTROL("Cluster", Tree);
        VERIFY_CONTROL("Next", Button);
        QVERIFY(bench.chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, QStringLiteral("ledger")));
        QVERIFY(bench.press(QStringLiteral("Next")));
        VERIFY_CONTROL("Back", Button);
        VERIFY_CONTROL("Download a snapshot", RadioButton);
        VERIFY_CONTROL("Restore a snapshot to a cluster", RadioButton);
        VERIFY_CONTROL("Restore to an oplog timestamp", RadioButton);
        VERIFY_CONTROL("Restore to a point in time", RadioButton);
        VERIFY_CONTROL("Restore to a checkpoint", RadioButton);
        QVERIFY(bench.press(QStringLiteral("Download a snapshot")));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        VERIFY_CONTROL("Snapshots", Table);
        VERIFY_CONTROL("Link expires after (hours)", RadioButton);
        VERIFY_CONTROL("Link expires after (hours)", EditableText);
        VERIFY_CONTROL("Link expires at (UTC)", RadioButton);
        VERIFY_CONTROL("Link expires at (UTC)", EditableText);
        VERIFY_CONTROL("Maximum downloads", SpinBox);
        VERIFY_CONTROL("Unlimited", CheckBox);
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(ReviewPageId));
        VERIFY_CONTROL("Show request", CheckBox);
        QVERIFY(bench.press(QStringLiteral("Show request")));
        VERIFY_CONTROL("Copy JSON", Button);
        VERIFY_CONTROL("Create download link", Button);
        for (const auto &tab : {QStringLiteral("JSON"), QStringLiteral("curl"), QStringLiteral("mongocli")}) {
            QVERIFY2(test::findAccessible(QAccessible::queryAccessibleInterface(&bench.wizard()), QAccessible::PageTab,
                                          tab) != nullptr,
                     qPrintable(tab));
        }
        QVERIFY(bench.press(QStringLiteral("Create download link")));
        QVERIFY(bench.isOn(SubmittedPageId));
        VERIFY_CONTROL("Download now", Button);
        VERIFY_CONTROL("Restore jobs", Table);
        VERIFY_CONTROL("Close", Button);
    }

    void pagesOfAutomatedModes()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to an oplog timestamp")));
        VERIFY_CONTROL("Oplog timestamp (seconds)", EditableText);
        VERIFY_CONTROL("Oplog increment", EditableText);
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.press(QStringLiteral("Restore to a point in time")));
        QVERIFY(bench.press(QStringLiteral("Next")));
        VERIFY_CONTROL("Point in time", EditableText);
        QVERIFY(QTest::qWaitFor(
            [&] { return bench.control(QStringLiteral("Timeline"), QAccessible::Slider) != nullptr; }, 15000));
        bench.control(QStringLiteral("Timeline"), QAccessible::Slider)->setFocus();
        QTest::keyClick(bench.control(QStringLiteral("Timeline"), QAccessible::Slider), Qt::Key_End);
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(TargetPageId));
        VERIFY_CONTROL("Target project", ComboBox);
        QVERIFY(bench.chooseEntry(QStringLiteral("Target project"), Drills));
        VERIFY_CONTROL("Target cluster", Tree);
        QVERIFY(bench.chooseRow(QStringLiteral("Target cluster"), QAccessible::Tree, QStringLiteral("drill")));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(ReviewPageId));
        VERIFY_CONTROL("Type the target cluster's name to confirm", EditableText);
        QVERIFY(bench.control(test::eraseButton(QStringLiteral("drill")), QAccessible::Button) != nullptr);
    }

    void checkpointPage()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("legacy-orders"), QStringLiteral("Restore to a checkpoint")));
        QVERIFY(bench.chooseRow(QStringLiteral("Checkpoints"), QAccessible::Table, QStringLiteral("Yes")));
        VERIFY_CONTROL("Checkpoints", Table);
    }

    void everyControlHasAnObjectName()
    {
        WizardBench bench;
        for (const char *name : {"sourceProject",
                                 "sourceCluster",
                                 "mode0",
                                 "mode1",
                                 "mode2",
                                 "mode3",
                                 "mode4",
                                 "snapshots",
                                 "checkpoints",
                                 "oplogSeconds",
                                 "oplogIncrement",
                                 "pointInTime",
                                 "timeline",
                                 "expirationHours",
                                 "expiresAt",
                                 "expiresByHours",
                                 "expiresByEnd",
                                 "maxDownloads",
                                 "unlimitedDownloads",
                                 "targetProject",
                                 "targetCluster",
                                 "requestTabs",
                                 "showRequest",
                                 "commitButton",
                                 "typedTargetName",
                                 "downloadNow",
                                 "submittedJobs"})
            QVERIFY2(bench.wizard().findChild<QWidget *>(QLatin1String(name)) != nullptr, name);
    }
};

QTEST_MAIN(WizardLabelsTest)
#include "wizard_labels_test.moc"
