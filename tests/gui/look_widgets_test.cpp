#include "look_palettes.h"
#include "ui/look/choice_card.h"
#include "ui/look/disclosure.h"
#include "ui/look/empty_state.h"
#include "ui/look/erase_button.h"
#include "ui/look/finding_row.h"
#include "ui/look/look_label.h"
#include "ui/look/look_style.h"
#include "ui/look/metrics.h"
#include "ui/look/notice.h"
#include "ui/look/stage_widgets.h"
#include "ui/look/step_rail.h"

#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QDialog>
#include <QHelpEvent>
#include <QLineEdit>
#include <QScrollArea>
#include <QSettings>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTemporaryDir>
#include <QTest>
#include <QToolTip>
#include <QVBoxLayout>

using namespace tidemark;
using namespace tidemark::test;

namespace {

struct Cards
{
    Cards()
    {
        auto *layout = new QVBoxLayout(&window);
        for (const char *title : {"Download a snapshot", "Restore to a point in time", "Restore to a checkpoint"}) {
            cards << new ChoiceCard(QStringLiteral("point-in-time"), QString::fromLatin1(title),
                                    QStringLiteral("A sentence."));
            layout->addWidget(cards.last());
        }
        window.show();
        window.activateWindow();
    }
    QWidget window;
    QList<ChoiceCard *> cards;
};

QAccessibleInterface *accessible(QWidget *widget)
{
    return QAccessible::queryAccessibleInterface(widget);
}

/// A font twice as large as before, until the end of the test.
struct LargeFont
{
    LargeFont()
    {
        QFont font = before;
        font.setPointSizeF(before.pointSizeF() * 2);
        QApplication::setFont(font);
        QCoreApplication::processEvents();
    }
    ~LargeFont() { QApplication::setFont(before); }
    QFont before = QApplication::font();
};

} // namespace

class LookWidgetsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion"))); }
    void init() { QApplication::setPalette(lightPalette()); }
    void cleanup() { QApplication::setLayoutDirection(Qt::LeftToRight); }

    /// Where there is no room for the stages beside each other they stand below each other, each of them whole.
    void noStageIsCutOff()
    {
        QScrollArea area;
        area.setWidgetResizable(true);
        auto *page = new QWidget;
        auto *layout = new QVBoxLayout(page);
        auto *text = new LookLabel(QStringLiteral("A text that wraps. ").repeated(9), TypeRole::Body, Ink::Text,
                                   LookLabel::Wrap::Yes);
        layout->addWidget(text);
        auto *panel = new QWidget;
        auto *strip = new StageStrip;
        (new QVBoxLayout(panel))->addWidget(strip);
        layout->addWidget(panel);
        auto *rest = new QWidget; // wants all that there is
        rest->setMinimumHeight(u(40));
        rest->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
        layout->addWidget(rest, 1);
        area.setWidget(page);
        std::vector<Stage> stages(4);
        for (Stage &stage : stages)
            stage.title = QStringLiteral("Agents at work");
        strip->setStages(stages);
        const auto isWhole = [strip](const StageView *view) {
            return view->isVisible() && view->height() >= view->sizeHint().height() &&
                   strip->rect().contains(view->geometry());
        };
        area.resize(u(220), u(60));
        area.show();
        QTRY_VERIFY(isWhole(strip->findChild<StageRow *>()));
        area.resize(u(90), u(60));
        QTRY_VERIFY(isWhole(strip->findChild<StageColumn *>()));
        area.resize(u(220), u(60));
        QTRY_VERIFY(isWhole(strip->findChild<StageRow *>()));
    }

    void aCardIsARadioButton()
    {
        Cards made;
        QCOMPARE(accessible(made.cards.at(0))->role(), QAccessible::RadioButton);
        QCOMPARE(accessible(made.cards.at(0))->text(QAccessible::Name), QStringLiteral("Download a snapshot"));
        QCOMPARE(accessible(made.cards.at(0))->text(QAccessible::Description), QStringLiteral("A sentence."));
        made.cards.at(0)->click();
        made.cards.at(1)->click();
        QVERIFY(!made.cards.at(0)->isChecked());
        QVERIFY(made.cards.at(1)->isChecked());
        made.cards.at(1)->click(); // choosing again does not take the choice away
        QVERIFY(made.cards.at(1)->isChecked());
    }

    void arrowsChooseAndEnterGoesOn()
    {
        Cards made;
        QVERIFY(QTest::qWaitForWindowActive(&made.window));
        made.cards.at(0)->click();
        made.cards.at(0)->setFocus();
        QTest::keyClick(made.cards.at(0), Qt::Key_Down);
        QVERIFY(made.cards.at(1)->isChecked());
        QVERIFY(made.cards.at(1)->hasFocus());
        QTest::keyClick(made.cards.at(1), Qt::Key_Up);
        QVERIFY(made.cards.at(0)->isChecked());
        QSignalSpy goOn(made.cards.at(2), &ChoiceCard::goOn);
        QSignalSpy chosen(made.cards.at(2), &ChoiceCard::clicked);
        QTest::keyClick(made.cards.at(2), Qt::Key_Return);
        QVERIFY(made.cards.at(2)->isChecked());
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(goOn.size(), 1);
        QTest::keyClick(made.cards.at(2), Qt::Key_Enter);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(goOn.size(), 2);
    }

    void aWayThatCannotBeGoneSaysWhy()
    {
        Cards made;
        ChoiceCard *card = made.cards.at(2);
        const int before = card->heightForWidth(u(120));
        QCOMPARE(before, u(15.5));
        card->setObjection(QStringLiteral("Checkpoints exist up to FCV 4.0."));
        QVERIFY(!card->isEnabled());
        QVERIFY(card->heightForWidth(u(120)) > before);
        QCOMPARE(accessible(card)->text(QAccessible::Description),
                 QStringLiteral("A sentence. Checkpoints exist up to FCV 4.0."));
        // A long reason is told in full where the card is narrow.
        card->setObjection(QStringLiteral("Checkpoints exist up to FCV 4.0; shop-prod has 6.0. ").repeated(4));
        QVERIFY(card->heightForWidth(u(70)) > card->heightForWidth(u(160)) + u(4));
        card->setObjection({});
        QVERIFY(card->isEnabled());
        QCOMPARE(card->heightForWidth(u(120)), before);
    }

    void aDisclosureKeepsItsTextAndItsState()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        const QString key = QStringLiteral("review/request");
        {
            QWidget content;
            Disclosure disclosure(QStringLiteral("Show &request"));
            disclosure.setContent(&content);
            disclosure.remember(settings, key);
            QVERIFY(content.isHidden());
            QCOMPARE(disclosure.icon().name(), QStringLiteral("chevron-right"));
            disclosure.click();
            QVERIFY(!content.isHidden());
            QCOMPARE(disclosure.icon().name(), QStringLiteral("chevron-down"));
            QCOMPARE(disclosure.text(), QStringLiteral("Show &request"));
        }
        Disclosure next(QStringLiteral("Show &request"));
        next.remember(settings, key);
        QVERIFY(next.isChecked());
        QCOMPARE(next.icon().name(), QStringLiteral("chevron-down"));
    }

    void enterNeverErases()
    {
        QDialog dialog;
        auto *layout = new QVBoxLayout(&dialog);
        auto *name = new QLineEdit;
        auto *erase = new EraseButton;
        erase->setWords(QStringLiteral("&Erase drill-sharded && restore"));
        layout->addWidget(name);
        layout->addWidget(erase);
        QSignalSpy pressed(erase, &QPushButton::clicked);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        name->setFocus();
        QTest::keyClick(name, Qt::Key_Return);
        erase->setFocus();
        QVERIFY(!erase->isDefault());
        QVERIFY(!erase->autoDefault());
        QTest::keyClick(erase, Qt::Key_Return);
        QCOMPARE(pressed.size(), 0);
        QTest::keyClick(erase, Qt::Key_Space);
        QCOMPARE(pressed.size(), 1);
        QCOMPARE(accessible(erase)->text(QAccessible::Name), QStringLiteral("Restore: Erase drill-sharded & restore"));
        QCOMPARE(accessible(erase)->role(), QAccessible::Button);
    }

    void theEraseButtonIsFlatRed()
    {
        EraseButton erase;
        erase.setWords(QStringLiteral("Erase"));
        erase.resize(erase.sizeHint());
        const auto ground = [&erase] { return erase.grab().toImage().pixelColor(u(2), erase.height() / 2).name(); };
        QCOMPARE(ground(), QStringLiteral("#c02a22"));
        QApplication::setPalette(darkPalette());
        QCOMPARE(ground(), QStringLiteral("#c02a22"));
        QApplication::setPalette(highContrastPalette());
        QCOMPARE(ground(), QStringLiteral("#000000"));
    }

    void aFindingThatIsTickedIsNamedByItsSentence()
    {
        FindingRow row;
        row.setTickable();
        row.setFinding(FindingKind::Warning, QStringLiteral("drill-sharded is in use."), QStringLiteral("Stop it."));
        QVERIFY(row.checkBox() != nullptr);
        QCOMPARE(accessible(row.checkBox())->text(QAccessible::Name), QStringLiteral("drill-sharded is in use."));
        FindingRow plain;
        plain.setFinding(FindingKind::Passed, QStringLiteral("5 checks passed."));
        QCOMPARE(plain.checkBox(), nullptr);
    }

    void theRailTellsItsStepsAndTakesNoFocus()
    {
        StepRail rail;
        rail.setSteps({{QStringLiteral("Source"), QStringLiteral("shop-prod")}, {QStringLiteral("Review"), {}}}, 1);
        rail.setFoot(QStringLiteral("shield"), Ink::Ok, QStringLiteral("Nothing is sent yet"));
        QCOMPARE(rail.accessibleName(), QStringLiteral("Steps"));
        QCOMPARE(rail.accessibleDescription(),
                 QStringLiteral("Source, done: shop-prod; Review, current step; Nothing is sent yet"));
        QCOMPARE(rail.focusPolicy(), Qt::NoFocus);
        QCOMPARE(rail.sizeHint().width(), u(49));
        rail.setNarrow(true);
        QCOMPARE(rail.sizeHint().width(), u(15));
        // Then its names are tool tips.
        rail.resize(rail.sizeHint().width(), u(60));
        rail.show();
        const auto tipAt = [&rail](int y) {
            const QPoint at(u(7), y);
            QHelpEvent help(QEvent::ToolTip, at, rail.mapToGlobal(at));
            QApplication::sendEvent(&rail, &help);
            return QToolTip::text();
        };
        QCOMPARE(tipAt(u(8)), QStringLiteral("Source: shop-prod"));
        QCOMPARE(tipAt(rail.height() - u(5)), QStringLiteral("Nothing is sent yet"));
        QToolTip::hideText();
    }

    void textsFollowFontAndPalette()
    {
        QWidget window;
        auto *layout = new QVBoxLayout(&window);
        auto *title = new LookLabel(QStringLiteral("Review"), TypeRole::Title, Ink::Text2);
        auto *notice = new NoticePanel;
        notice->say(NoticeKind::Soon, QStringLiteral("db-09 reports an error."), QStringLiteral("Put it right."));
        layout->addWidget(title);
        layout->addWidget(notice);
        window.show();
        const double before = title->font().pointSizeF();
        const int margin = notice->contentsMargins().top();
        QCOMPARE(title->palette().color(QPalette::WindowText), roles().ink(Ink::Text2));
        QCOMPARE(title->palette().color(QPalette::Text), roles().ink(Ink::Text2));
        {
            const LargeFont large;
            QCOMPARE(title->font().pointSizeF(), before * 2);
            QVERIFY(notice->contentsMargins().top() >= margin * 18 / 10);
        }
        QApplication::setPalette(darkPalette());
        QTRY_COMPARE(title->palette().color(QPalette::Text).name(), QStringLiteral("#a7a9aa"));
    }

    void anEmptyListHasOneThingToDo()
    {
        QDialog dialog;
        auto *layout = new QVBoxLayout(&dialog);
        auto *empty = new EmptyState(QStringLiteral("history"));
        layout->addWidget(empty);
        empty->say(
            {QStringLiteral("No restore jobs yet"), QStringLiteral("Start one."), QStringLiteral("New restore…"), {}});
        QSignalSpy pressed(empty, &EmptyState::buttonClicked);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        QTest::keyClick(&dialog, Qt::Key_Return);
        QCOMPARE(pressed.size(), 1);
        empty->say({QStringLiteral("No connection"), QStringLiteral("Connect first."), {}, {}});
        QVERIFY(empty->findChild<QPushButton *>()->isHidden());
        QCOMPARE(empty->findChild<QLabel *>(QStringLiteral("emptyTitle"))->text(), QStringLiteral("No connection"));
    }

    void aNoticeIsTheStrongerTheMoreItSays()
    {
        NoticePanel notice;
        auto *title = notice.findChild<QLabel *>(QStringLiteral("noticeTitle"));
        notice.say(NoticeKind::Note, QStringLiteral("What is going on."));
        QCOMPARE(title->font().weight(), QFont::Normal);
        QCOMPARE(int(*notice.tone()), int(Ink::Run));
        notice.say(NoticeKind::Lost, QStringLiteral("Do not restore from this file."), QStringLiteral("Retry."));
        QCOMPARE(title->font().weight(), QFont::DemiBold);
        QCOMPARE(int(*notice.tone()), int(Ink::Danger));
        auto *button = new QPushButton(QStringLiteral("Retry"));
        notice.addButton(button);
        QCOMPARE(button->parentWidget(), &notice);
    }

    void textsBeginWhereOneBeginsToRead()
    {
        const auto inkLeftOfMiddle = [] {
            LookLabel label(QStringLiteral("db-09"));
            label.resize(u(100), u(6));
            const QImage image = label.grab().toImage();
            for (int x = 0; x < image.width() / 2; ++x) {
                for (int y = 0; y < image.height(); ++y) {
                    if (contrast(image.pixelColor(x, y), roles().window) > 3)
                        return true;
                }
            }
            return false;
        };
        QVERIFY(inkLeftOfMiddle());
        QApplication::setLayoutDirection(Qt::RightToLeft);
        QVERIFY(!inkLeftOfMiddle());
    }

    void indicatorsGrowWithTheFont()
    {
        const LookStyle style;
        const int before = style.pixelMetric(QStyle::PM_IndicatorWidth, nullptr, nullptr);
        const LargeFont large;
        QVERIFY(style.pixelMetric(QStyle::PM_IndicatorWidth, nullptr, nullptr) >= before * 15 / 10);
    }

    void aTextThatWrapsNeitherClipsNorLeavesAHole()
    {
        const LookLabel label(QStringLiteral("one two three four five six seven ").repeated(6), TypeRole::Body,
                              Ink::Text, LookLabel::Wrap::Yes);
        const int line = typeMetrics(TypeRole::Body).height();
        QCOMPARE(label.minimumSizeHint().height(), line);
        QVERIFY(label.heightForWidth(u(40)) > label.heightForWidth(u(120)));
        QCOMPARE(label.heightForWidth(100'000), line);
    }

    void outlinesAreOursInFusionAlone()
    {
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Windows")));
        useLookStyle();
        QVERIFY(qobject_cast<LookStyle *>(QApplication::style()) == nullptr);
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        useLookStyle();
        QVERIFY(qobject_cast<LookStyle *>(QApplication::style()) != nullptr);
        for (const QPalette &palette : {lightPalette(), darkPalette()}) {
            QApplication::setPalette(palette);
            QLineEdit edit;
            edit.resize(u(40), u(7));
            const QImage image = edit.grab().toImage();
            const QColor outline = image.pixelColor(image.width() / 2, 0);
            QVERIFY2(contrast(outline, roles().base) >= 3, qPrintable(outline.name()));
            QVERIFY2(contrast(outline, roles().window) >= 3, qPrintable(outline.name()));
        }
        QPalette unreadable = darkPalette();
        unreadable.setColor(QPalette::PlaceholderText, unreadable.color(QPalette::Base));
        QApplication::style()->polish(unreadable);
        QVERIFY(contrast(unreadable.color(QPalette::PlaceholderText), unreadable.color(QPalette::Base)) >= 4.5);
        QCOMPARE(QApplication::style()->pixelMetric(QStyle::PM_HeaderMargin), u(1.75));
    }
};

QTEST_MAIN(LookWidgetsTest)

#include "look_widgets_test.moc"
