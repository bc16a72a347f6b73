#include "look_palettes.h"
#include "support/held_key.h"
#include "ui/look/choice_card.h"
#include "ui/look/erase_button.h"
#include "ui/look/look_label.h"
#include "ui/look/metrics.h"
#include "ui/look/stage_widgets.h"

#include <QAccessible>
#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>
#include <QVBoxLayout>

using namespace tidemark;
using namespace tidemark::test;

namespace {

struct Cards
{
    explicit Cards(const std::vector<bool> &possible)
    {
        auto *layout = new QVBoxLayout(&window);
        for (size_t i = 0; i < possible.size(); ++i) {
            cards << new ChoiceCard(QStringLiteral("oplog"), QStringLiteral("Way %1").arg(i), QStringLiteral("Words."));
            if (!possible[i])
                cards.last()->setObjection(QStringLiteral("It cannot be."));
            layout->addWidget(cards.last());
        }
        window.show();
        window.activateWindow();
    }
    int chosen() const
    {
        for (int i = 0; i < cards.size(); ++i) {
            if (cards.at(i)->isChecked())
                return i;
        }
        return -1;
    }
    QWidget window;
    QList<ChoiceCard *> cards;
};

} // namespace

/// How one of several ways is chosen by keyboard, and what the button that orders says where it has no room.
class LookChoicesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QApplication::setPalette(lightPalette()); }
    void cleanup() { QApplication::setLayoutDirection(Qt::LeftToRight); }

    void keysChoose_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("key");
        QTest::addColumn<bool>("isRtl");
        QTest::addColumn<int>("chosen");
        // Of five ways the second cannot be gone.
        QTest::newRow("down, where none is chosen yet") << 0 << int(Qt::Key_Down) << false << 2;
        QTest::newRow("up, around the end") << 0 << int(Qt::Key_Up) << false << 4;
        QTest::newRow("right") << 2 << int(Qt::Key_Right) << false << 3;
        QTest::newRow("left") << 2 << int(Qt::Key_Left) << false << 0;
        QTest::newRow("right, where one reads from the right") << 2 << int(Qt::Key_Right) << true << 0;
        QTest::newRow("left, where one reads from the right") << 2 << int(Qt::Key_Left) << true << 3;
        QTest::newRow("digit") << 0 << int(Qt::Key_4) << false << 3;
        QTest::newRow("digit of one that cannot be gone") << 0 << int(Qt::Key_2) << false << -1;
        QTest::newRow("digit of none") << 0 << int(Qt::Key_6) << false << -1;
    }
    void keysChoose()
    {
        QFETCH(int, from);
        QFETCH(int, key);
        QFETCH(bool, isRtl);
        QApplication::setLayoutDirection(isRtl ? Qt::RightToLeft : Qt::LeftToRight);
        const Cards made({true, false, true, true, true});
        QVERIFY(QTest::qWaitForWindowActive(const_cast<QWidget *>(&made.window)));
        made.cards.at(from)->setFocus();
        QTest::keyClick(made.cards.at(from), Qt::Key(key));
        QTEST(made.chosen(), "chosen");
        if (made.chosen() >= 0)
            QVERIFY(made.cards.at(made.chosen())->hasFocus());
    }

    void aDigitWithAltIsTheWindows()
    {
        const Cards made({true, true});
        QTest::keyClick(made.cards.at(0), Qt::Key_2, Qt::AltModifier);
        QCOMPARE(made.chosen(), -1);
        QTest::keyClick(made.cards.at(0), Qt::Key_2, Qt::KeypadModifier);
        QCOMPARE(made.chosen(), 1);
    }

    void enterThatIsHeldDownChoosesNothing()
    {
        const Cards made({true, true});
        const QSignalSpy goOn(made.cards.at(1), &ChoiceCard::goOn);
        QVERIFY(test::keyHeld(made.cards.at(1), Qt::Key_Return));
        QCOMPARE(made.chosen(), -1);
        QCOMPARE(goOn.count(), 0);
        QTest::keyClick(made.cards.at(1), Qt::Key_Return);
        QCOMPARE(made.chosen(), 1);
        QCOMPARE(goOn.count(), 1);
    }

    void whatStandsAboveTheGroupIsSaidToo()
    {
        ChoiceCard card(QStringLiteral("oplog"), QStringLiteral("Way"), QStringLiteral("Words."));
        card.setGroupWords(QStringLiteral("The target is erased first."));
        card.setObjection(QStringLiteral("It cannot be."));
        QCOMPARE(QAccessible::queryAccessibleInterface(&card)->text(QAccessible::Description),
                 QStringLiteral("Words. The target is erased first. It cannot be."));
    }

    /// The name is asked for again in the field; on the button its middle may be missing, never its ends.
    void aLongNameLosesItsMiddle()
    {
        EraseButton button;
        const auto tip = [&button] {
            button.resize(button.sizeHint());
            QHelpEvent help(QEvent::ToolTip, {5, 5}, button.mapToGlobal(QPoint(5, 5)));
            QApplication::sendEvent(&button, &help);
            return QToolTip::text();
        };
        button.setWords(QStringLiteral("Erase drill and restore"));
        button.show();
        QVERIFY(tip().isEmpty());
        const QString name = QString(200, QLatin1Char('n'));
        button.setWords(QStringLiteral("&Erase %1 and restore").arg(name));
        QVERIFY(button.sizeHint().width() < u(110));
        QVERIFY(button.minimumSizeHint().width() < u(40));
        QCOMPARE(button.accessibleName(), QStringLiteral("Restore: Erase %1 and restore").arg(name));
        QVERIFY2(tip().contains(name), qPrintable(tip()));
        QToolTip::hideText();
    }

    void whatErasesNothingIsNotRed()
    {
        EraseButton button;
        button.setHarmlessWords(QStringLiteral("&Create download link"));
        QCOMPARE(button.accessibleName(), QStringLiteral("Create download link"));
        button.resize(button.sizeHint());
        const auto ground = [&button] { return button.grab().toImage().pixelColor(u(2), button.height() / 2); };
        QCOMPARE(ground().name(), roles().ink(Ink::Run).name());
        QVERIFY(contrast(roles().base, ground()) >= 4.5);
        button.setWords(QStringLiteral("Erase"));
        QCOMPARE(ground().name(), roles().eraseFill.name());
        button.setEnabled(false);
        QVERIFY(ground() != roles().eraseFill);
    }

    void theInkOfATextMayChange()
    {
        LookLabel label(QStringLiteral("Target"), TypeRole::Caption, Ink::Text2);
        label.show();
        label.setInk(Ink::Danger);
        QCOMPARE(label.palette().color(QPalette::WindowText), roles().ink(Ink::Danger));
        QApplication::setPalette(darkPalette());
        QTRY_COMPARE(label.palette().color(QPalette::WindowText), roles().ink(Ink::Danger));
    }

    void stagesStandBelowEachOtherWhereThereIsNoRoom()
    {
        StageStrip strip;
        strip.setStages(std::vector<Stage>(4, Stage{QStringLiteral("Agents at work"), StageState::Done, {}, {}, {}}));
        const int needed =
            4 * (typeMetrics(TypeRole::Strong).horizontalAdvance(QStringLiteral("Agents at work")) + u(4));
        strip.resize(needed, u(30));
        strip.show();
        QVERIFY(strip.findChild<StageRow *>()->isVisible());
        QVERIFY(!strip.findChild<StageColumn *>()->isVisible());
        strip.resize(needed * 3 / 4, u(60));
        QTRY_VERIFY(strip.findChild<StageColumn *>()->isVisible());
        QVERIFY(!strip.findChild<StageRow *>()->isVisible());
    }
};

QTEST_MAIN(LookChoicesTest)
#include "look_choices_test.moc"
