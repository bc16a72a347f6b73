#include "ui/wizard/findings_panel.h"

#include <QAccessible>
#include <QCheckBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace tidemark;

namespace {

FindingEntry entry(FindingKind kind, const char *sentence)
{
    return {kind, QString::fromLatin1(sentence)};
}

const FindingEntry Misfit = entry(FindingKind::Error, "It does not fit.");
const FindingEntry Backup = entry(FindingKind::Warning, "It has no backup.");
const FindingEntry Agents = entry(FindingKind::Unchecked, "Its agents are not known.");
const FindingEntry Note = entry(FindingKind::Note, "It is being read.");

struct Shown
{
    explicit Shown(FindingsPanel::Ticks ticks = FindingsPanel::Ticks::Yes)
        : panel(new FindingsPanel(QStringLiteral("To be seen"), ticks))
    {
        auto *layout = new QVBoxLayout(&window);
        layout->addWidget(panel);
        window.show();
        window.activateWindow();
    }
    QList<QCheckBox *> boxes()
    {
        QList<QCheckBox *> found;
        for (QCheckBox *box : panel->findChildren<QCheckBox *>()) {
            if (box->isVisible())
                found << box;
        }
        return found;
    }
    QCheckBox *box(const FindingEntry &of)
    {
        for (QCheckBox *box : boxes()) {
            if (box->accessibleName() == of.sentence)
                return box;
        }
        return nullptr;
    }
    QString count() { return panel->findChild<QLabel *>(QStringLiteral("findingsCount"))->text(); }
    QWidget window;
    FindingsPanel *panel;
};

} // namespace

/// What has to be ticked before a restore is sent, and what stays ticked.
class FindingsPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void warningsAndWhatIsNotKnownAreTicked()
    {
        Shown shown;
        QVERIFY(shown.panel->isSeen());
        shown.panel->setEntries({Misfit, Backup, Agents, Note});
        QCOMPARE(shown.boxes().size(), 2);
        QVERIFY(!shown.panel->isSeen());
        QCOMPARE(shown.count(), QStringLiteral("0 of 2 ticked"));
        const QSignalSpy changed(shown.panel, &FindingsPanel::seenChanged);
        shown.box(Backup)->click();
        QCOMPARE(changed.count(), 1);
        QVERIFY(!shown.panel->isSeen());
        shown.box(Agents)->click();
        QVERIFY(shown.panel->isSeen());
        QCOMPARE(shown.count(), QStringLiteral("2 of 2 ticked"));
        shown.box(Agents)->click();
        QVERIFY(!shown.panel->isSeen());
    }

    void anotherSentenceIsTickedAnew()
    {
        Shown shown;
        shown.panel->setEntries({Backup, Agents});
        for (QCheckBox *box : shown.boxes())
            box->click();
        QVERIFY(shown.panel->isSeen());
        const FindingEntry silent = entry(FindingKind::Warning, "Its agents are silent.");
        shown.panel->setEntries({Backup, silent});
        QVERIFY(!shown.panel->isSeen());
        QVERIFY(shown.box(Backup)->isChecked());
        QVERIFY(!shown.box(silent)->isChecked());
        QVERIFY(shown.box(Agents) == nullptr);
        // The same sentence is the same finding, though it was read anew in between.
        shown.panel->setEntries({Backup, Agents});
        QVERIFY(shown.panel->isSeen());
        shown.panel->forgetTicks();
        QVERIFY(!shown.panel->isSeen());
        shown.panel->setEntries({});
        shown.panel->setEntries({Backup, Agents});
        QVERIFY(!shown.panel->isSeen());
    }

    void rowsThatStayKeepTheKeyboard()
    {
        Shown shown;
        QVERIFY(QTest::qWaitForWindowActive(&shown.window));
        shown.panel->setEntries({Backup, Agents});
        QCheckBox *box = shown.box(Agents);
        box->setFocus();
        shown.panel->setEntries({Misfit, Agents, Note});
        QCOMPARE(shown.box(Agents), box);
        QVERIFY(box->hasFocus());
    }

    void theTabKeyGoesFromBoxToBox()
    {
        Shown shown;
        auto *before = new QCheckBox;
        auto *after = new QCheckBox;
        static_cast<QVBoxLayout *>(shown.window.layout())->insertWidget(0, before);
        shown.window.layout()->addWidget(after);
        shown.panel->setTabStopBefore(before);
        QVERIFY(QTest::qWaitForWindowActive(&shown.window));
        shown.panel->setEntries({Agents});
        shown.panel->setEntries({Backup, Agents});
        before->setFocus();
        QTest::keyClick(before, Qt::Key_Tab);
        QVERIFY(shown.box(Backup)->hasFocus());
        QTest::keyClick(shown.box(Backup), Qt::Key_Tab);
        QVERIFY(shown.box(Agents)->hasFocus());
        QTest::keyClick(shown.box(Agents), Qt::Key_Tab);
        QVERIFY(after->hasFocus());
    }

    void withoutTicksNothingIsAsked()
    {
        Shown shown(FindingsPanel::Ticks::No);
        shown.panel->setEntries({Backup, Agents});
        shown.panel->setMoment(QStringLiteral("as of 14:20:05 UTC"));
        QVERIFY(shown.boxes().isEmpty());
        QVERIFY(shown.panel->isSeen());
        QCOMPARE(shown.count(), QStringLiteral("as of 14:20:05 UTC"));
    }
};

QTEST_MAIN(FindingsPanelTest)
#include "findings_panel_test.moc"
