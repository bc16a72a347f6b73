#include "ui/widgets/code_view.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/load_view.h"
#include "ui/widgets/scroll_accessible.h"
#include "ui/widgets/seconds_offer.h"
#include "ui/widgets/time_text.h"
#include "ui/widgets/utc_time_edit.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QStringListModel>
#include <QTest>
#include <QTextDocumentFragment>
#include <QToolTip>
#include <QVBoxLayout>

using namespace tidemark;

namespace {

QString accessibleName(QWidget *widget)
{
    return QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name);
}

QString accessibleDescription(QWidget *widget)
{
    return QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Description);
}

Error someError()
{
    Error error;
    error.sentence = QStringLiteral("The server did not answer.");
    error.hint = QStringLiteral("Look at the network.");
    return error;
}

} // namespace

class WidgetsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// A screen reader asks for a scroll bar that it has counted, and that has gone since.
    void aScrollAreaAnswersForWhatHasGone()
    {
        makeScrollAreasAccessible();
        QScrollArea area;
        area.setWidget(new QLabel(QString(500, QLatin1Char('x'))));
        area.resize(100, 100);
        area.show();
        QVERIFY(QTest::qWaitForWindowExposed(&area));
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(&area);
        QVERIFY(spoken && spoken->childCount() > 0 && spoken->child(0));
        for (int gone : {-1, spoken->childCount(), spoken->childCount() + 7})
            QVERIFY(!spoken->child(gone));
    }

    void labelIsTheAccessibleName_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << QStringLiteral("Project") << QStringLiteral("Project");
        QTest::newRow("mnemonic") << QStringLiteral("C&luster") << QStringLiteral("Cluster");
        QTest::newRow("ampersand itself") << QStringLiteral("This && that") << QStringLiteral("This & that");
    }
    void labelIsTheAccessibleName()
    {
        QFETCH(QString, text);
        QFETCH(QString, name);
        QWidget window;
        QLineEdit edit(&window);
        QListView view(&window);
        QComboBox combo(&window);
        combo.addItem(QStringLiteral("an entry"));
        for (QWidget *control : {static_cast<QWidget *>(&edit), static_cast<QWidget *>(&view)}) {
            QLabel *label = labelFor(text, control);
            label->setParent(&window);
            QCOMPARE(accessibleName(control), name);
            QCOMPARE(label->buddy(), control);
        }
        // A combo box answers with its current text in Qt 6.4, so its name is in its description too.
        labelFor(text, &combo)->setParent(&window);
        QCOMPARE(accessibleDescription(&combo), name);
    }

    void hintShowsIconAndText()
    {
        QWidget window;
        auto *layout = new QVBoxLayout(&window);
        auto *edit = new QLineEdit;
        edit->setAccessibleDescription(QStringLiteral("Seconds"));
        auto *hint = new FieldHint(edit);
        layout->addWidget(edit);
        layout->addWidget(hint);
        window.show();
        const int empty = hint->height();
        QVERIFY(empty > 0); // the place of a line is kept
        hint->say({{FieldHint::Level::Error, QStringLiteral("This is no number.")},
                   {FieldHint::Level::Note, QStringLiteral("Both or neither.")}});
        QCOMPARE(hint->level(), FieldHint::Level::Error);
        QCOMPARE(hint->text(), QStringLiteral("This is no number.\nBoth or neither."));
        QVERIFY(accessibleDescription(edit).startsWith(QStringLiteral("Seconds.")));
        QVERIFY(accessibleDescription(edit).contains(QStringLiteral("Problem: This is no number.")));
        int icons = 0;
        for (const QLabel *label : hint->findChildren<QLabel *>())
            icons += label->pixmap().isNull() ? 0 : 1;
        QCOMPARE(icons, 2);
        hint->clear();
        QCOMPARE(accessibleDescription(edit), QStringLiteral("Seconds."));
        QCOMPARE(hint->level(), FieldHint::Level::None);
    }

    void aSentenceGetsNoSecondFullStop()
    {
        QLineEdit edit;
        edit.setAccessibleDescription(QStringLiteral("Erases the target."));
        FieldHint hint(&edit);
        hint.say(FieldHint::Level::Calm, QStringLiteral("Choose a cluster."));
        QCOMPARE(accessibleDescription(&edit), QStringLiteral("Erases the target. Choose a cluster."));
    }

    void whatMerelyWaitsIsGrey()
    {
        FieldHint hint;
        hint.say(FieldHint::Level::Calm, QStringLiteral("Choose a cluster."));
        const QImage icon = hint.findChildren<QLabel *>().front()->pixmap().toImage();
        QVERIFY(!icon.isNull());
        for (int y = 0; y < icon.height(); ++y) {
            for (int x = 0; x < icon.width(); ++x) {
                const QColor colour = icon.pixelColor(x, y);
                if (colour.alpha() > 40)
                    QVERIFY2(colour.saturation() < 60, qPrintable(colour.name()));
            }
        }
    }

    /// Whoever arrives while the list is being read has the keyboard in it once it is there, and on no button
    /// meanwhile.
    void loadViewGivesTheKeyboardWhenItHasRead()
    {
        QWidget window;
        auto *layout = new QVBoxLayout(&window);
        auto *content = new QLineEdit;
        auto *view = new LoadView(content);
        auto *button = new QPushButton(QStringLiteral("Cancel"));
        layout->addWidget(view);
        layout->addWidget(button);
        view->showLoading(QStringLiteral("Reading…"));
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        button->setFocus();
        view->focusContent();
        QVERIFY(view->isAncestorOf(window.focusWidget()));
        view->showContent();
        QCOMPARE(window.focusWidget(), content);
        view->showLoading(QStringLiteral("Reading…"));
        button->setFocus(); // the person has gone elsewhere
        view->showContent();
        QCOMPARE(window.focusWidget(), button);
    }

    void wholeSecondsAroundAMoment_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        const auto row = [](const char *text, const char *before, const char *after) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(before)
                                << QString::fromLatin1(after);
        };
        row("2026-11-24 14:03:07.250", "2026-11-24 14:03:07", "2026-11-24 14:03:08");
        row("2026-11-24T14:03:07.250Z", "2026-11-24 14:03:07", "2026-11-24 14:03:08");
        row("2026-11-24 23:59:59,999", "2026-11-24 23:59:59", "2026-11-25 00:00:00");
        row("2026-11-24 14:03:07", "", "");
        row("2026-11-24 14:03.5", "", "");
        row("yesterday.5", "", "");
        row("", "", "");
    }
    void wholeSecondsAroundAMoment()
    {
        QFETCH(QString, text);
        const auto around = secondsAround(text);
        QTEST(around ? UtcTimeEdit::textOf((*around)[0]) : QString(), "before");
        QTEST(around ? UtcTimeEdit::textOf((*around)[1]) : QString(), "after");
    }

    void hintWithoutPlaceComesAndGoes()
    {
        QWidget window;
        auto *layout = new QVBoxLayout(&window);
        auto *hint = new FieldHint;
        hint->setKeepsPlace(false);
        hint->say(FieldHint::Level::Note, QStringLiteral("said before it had a window"));
        QVERIFY(!hint->isVisible()); // not a window of its own
        layout->addWidget(hint);
        window.show();
        QVERIFY(hint->isVisible());
        hint->clear();
        QVERIFY(!hint->isVisible());
    }

    void loadViewSaysWhatIsGoingOn()
    {
        auto *content = new QLineEdit;
        LoadView view(content);
        view.show();
        QVERIFY(content->isVisible());
        view.showLoading(QStringLiteral("Reading…"));
        QVERIFY(!content->isVisible());
        QCOMPARE(view.message(), QStringLiteral("Reading…"));
        auto *retry = view.findChild<QPushButton *>(QStringLiteral("retryButton"));
        QVERIFY(!retry->isVisible());
        view.showError(someError());
        QVERIFY(retry->isVisible());
        QCOMPARE(view.message(), QStringLiteral("The server did not answer.\nLook at the network."));
        const QSignalSpy retried(&view, &LoadView::retry);
        QTest::mouseClick(retry, Qt::LeftButton);
        QCOMPARE(retried.count(), 1);
        view.showEmpty(QStringLiteral("Nothing here."));
        QVERIFY(!retry->isVisible());
        QCOMPARE(view.state(), LoadView::State::Empty);
        view.showContent();
        QVERIFY(content->isVisible());
        QVERIFY(view.message().isEmpty());
    }

    void loadViewGivesTheKeyboardToRetry()
    {
        auto *content = new QLineEdit;
        LoadView view(content);
        view.show();
        view.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        content->setFocus();
        QVERIFY(content->hasFocus());
        view.showError(someError());
        QVERIFY(view.findChild<QPushButton *>(QStringLiteral("retryButton"))->hasFocus());
    }

    void filterEditLeadsToTheList()
    {
        QWidget window;
        QStringListModel model({QStringLiteral("a"), QStringLiteral("b")});
        auto *view = new QListView;
        view->setModel(&model);
        auto *filter = new FilterEdit(QStringLiteral("Filter things"), view);
        auto *layout = new QVBoxLayout(&window);
        layout->addWidget(filter);
        layout->addWidget(view);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QCOMPARE(accessibleName(filter), QStringLiteral("Filter things"));
        filter->setFocus();
        QTest::keyClicks(filter, QStringLiteral("x"));
        QTest::keyClick(filter, Qt::Key_Escape);
        QVERIFY(filter->text().isEmpty());
        QTest::keyClick(filter, Qt::Key_Down);
        QVERIFY(view->hasFocus());
        QCOMPARE(view->currentIndex().row(), 0);
    }

    void timeEditStepsThePartUnderTheCursor_data()
    {
        QTest::addColumn<int>("cursor");
        QTest::addColumn<int>("key");
        QTest::addColumn<QString>("text");
        QTest::newRow("year") << 2 << int(Qt::Key_Up) << QStringLiteral("2027-11-24 14:03:07");
        QTest::newRow("month") << 7 << int(Qt::Key_Up) << QStringLiteral("2026-12-24 14:03:07");
        QTest::newRow("day") << 9 << int(Qt::Key_Down) << QStringLiteral("2026-11-23 14:03:07");
        QTest::newRow("hour") << 13 << int(Qt::Key_PageUp) << QStringLiteral("2026-11-25 00:03:07");
        QTest::newRow("minute") << 15 << int(Qt::Key_PageDown) << QStringLiteral("2026-11-24 13:53:07");
        QTest::newRow("second") << 19 << int(Qt::Key_Down) << QStringLiteral("2026-11-24 14:03:06");
    }
    void timeEditStepsThePartUnderTheCursor()
    {
        QFETCH(int, cursor);
        QFETCH(int, key);
        QFETCH(QString, text);
        UtcTimeEdit edit;
        const QSignalSpy edited(&edit, &UtcTimeEdit::edited);
        edit.setText(QStringLiteral("2026-11-24 14:03:07"));
        edit.setCursorPosition(cursor);
        QTest::keyClick(&edit, Qt::Key(key));
        QCOMPARE(edit.text(), text);
        QCOMPARE(edit.cursorPosition(), cursor);
        QCOMPARE(edited.count(), 1);
        QCOMPARE(edited.first().first().toString(), text);
    }

    void timeEditTakesTextAsItIs()
    {
        UtcTimeEdit edit;
        const QSignalSpy edited(&edit, &UtcTimeEdit::edited);
        QGuiApplication::clipboard()->setText(QStringLiteral("2026-11-24T14:03:07Z"));
        edit.paste();
        QCOMPARE(edit.text(), QStringLiteral("2026-11-24T14:03:07Z"));
        QCOMPARE(edited.count(), 1);
        edit.setText(QStringLiteral("yesterday"));
        QTest::keyClick(&edit, Qt::Key_Up); // nothing to step in
        QCOMPARE(edit.text(), QStringLiteral("yesterday"));
    }

    void codeViewCopiesAllOfIt()
    {
        CodeView view(QStringLiteral("JSON"));
        view.setText(QStringLiteral("{\n  \"a\": 1\n}"));
        auto *text = view.findChild<QPlainTextEdit *>();
        QVERIFY(text->isReadOnly());
        QCOMPARE(accessibleName(text), QStringLiteral("JSON"));
        auto *copy = view.findChild<QPushButton *>();
        QCOMPARE(accessibleName(copy), QStringLiteral("Copy JSON"));
        QTest::mouseClick(copy, Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("{\n  \"a\": 1\n}"));
    }

    void whatIsElidedIsNotLost()
    {
        const QString path =
            QStringLiteral("/srv/R&D \"<b>restores</b>\"/") + QString(400, QLatin1Char('x')) + QStringLiteral("/here");
        const auto shownTip = [] { return QTextDocumentFragment::fromHtml(QToolTip::text()).toPlainText(); };
        QWidget window;
        auto *layout = new QHBoxLayout(&window);
        auto *label = new ElidedLabel(Qt::ElideMiddle);
        label->setText(path);
        label->setHint(QStringLiteral("Said beside it."));
        layout->addWidget(label);
        QVERIFY(window.minimumSizeHint().width() < 300); // a long name never widens a window
        window.resize(300, 40);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(label->width() <= 300);
        QCOMPARE(label->text(), path);
        QHelpEvent ask(QEvent::ToolTip, {1, 1}, label->mapToGlobal(QPoint(1, 1)));
        QCoreApplication::sendEvent(label, &ask);
        QVERIFY(Qt::mightBeRichText(QToolTip::text())); // else it would be shown as it is
        QCOMPARE(shownTip(), path + QStringLiteral("\nSaid beside it."));
        label->actions().front()->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), path);
        label->setText(QStringLiteral("/srv"));
        QCoreApplication::sendEvent(label, &ask);
        QCOMPARE(shownTip(), QStringLiteral("Said beside it."));
    }

    void timesAreShownInUtcAndLocal()
    {
        qputenv("TZ", "Europe/Berlin");
        const QDateTime time(QDate(2026, 11, 24), QTime(14, 3, 7), Qt::UTC);
        QCOMPARE(utcAndLocalText(time), QStringLiteral("2026-11-24 14:03:07 UTC (2026-11-24 15:03:07 CET)"));
        QVERIFY(utcAndLocalText({}).isEmpty());
        // Below a UTC time: without the date that stands there already.
        QCOMPARE(localTimeIfOther(time), QStringLiteral("15:03:07 CET"));
        QCOMPARE(localTimeIfOther(time.addSecs(9 * 3600)), QStringLiteral("2026-11-25 00:03:07 CET"));
        QVERIFY(localTimeIfOther({}).isEmpty());
        qputenv("TZ", "UTC"); // once where both are the same
        QCOMPARE(utcAndLocalText(time), QStringLiteral("2026-11-24 14:03:07 UTC"));
        QCOMPARE(localTimeIfOther(time), QString());
        qunsetenv("TZ");
    }
};

QTEST_MAIN(WidgetsTest)
#include "widgets_test.moc"
