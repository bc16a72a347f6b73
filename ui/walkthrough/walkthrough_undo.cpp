#include "ui/walkthrough/walkthrough_undo.h"

#include "ui/wizard/safety_bar.h"

#include <QWidget>

namespace tidemark {

namespace driver = window_driver;

namespace {

QString takeButton()
{
    return QStringLiteral("takeSafety");
}

void takeSafetySnapshot(WalkScript &s, const QString &name)
{
    s.inWizard(
        QStringLiteral("%1: how long the safety snapshot is kept is asked").arg(name), name + QStringLiteral("-safety"),
        [] { return driver::press(walkedWizard(), takeButton()); },
        [] {
            return needs(driver::find(walkedWizard(), QStringLiteral("safetyDays")) != nullptr &&
                             driver::canPress(walkedWizard(), QStringLiteral("messageButton0")),
                         QStringLiteral("nothing was asked"));
        });
    s.inWizard(
        QStringLiteral("%1: it is followed until it is complete").arg(name), name + QStringLiteral("-safe"),
        [] { return driver::press(walkedWizard(), QStringLiteral("messageButton0")); },
        [] {
            const auto *bar = walkedWizard()->findChild<SafetyBar *>();
            return needs(bar != nullptr && bar->isWhole(),
                         QStringLiteral("it is not complete: ") +
                             driver::textOf(walkedWizard(), QStringLiteral("safetyLine")));
        },
        std::chrono::seconds(120));
}

} // namespace

void undoARestore(const std::shared_ptr<WalkScript> &script, int inPlace)
{
    WalkScript &s = *script;
    const QString shop = QStringLiteral("Shop");
    const QString ledger = QStringLiteral("ledger");
    const Walk walk{
        QStringLiteral("safety"), RestoreMode::AutomatedSnapshot, shop, ledger, chooseSnapshot, shop, ledger};
    s.wizardTo(walk);
    s.review(walk);
    takeSafetySnapshot(s, walk.shortName);
    s.send(walk);
    s.closeWizard(walk.shortName + QStringLiteral("-jobs"));
    s.inPlace(walk.shortName, inPlace + 1);

    Walk undo = walk;
    undo.shortName = QStringLiteral("undo");
    s.inWizard(
        QStringLiteral("%1: the wizard opens with the way back").arg(undo.shortName),
        undo.shortName + QStringLiteral("-open"),
        [script] { return driver::press(script->mainWindow(), QStringLiteral("undoRestoreButton")); },
        [] { return needs(walkedWizard() != nullptr, QStringLiteral("the wizard did not open")); });
    s.reviewAgain(undo.shortName);
    s.send(undo);
    s.closeWizard(undo.shortName + QStringLiteral("-jobs"));
    s.inPlace(undo.shortName, inPlace + 2);
}

} // namespace tidemark
