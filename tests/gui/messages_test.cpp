#include "session/notices.h"
#include "support/fixed_clock.h"
#include "ui/messages/messages_dialog.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/notice_bar.h"

#include <QAbstractItemModelTester>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace tidemark;

/// Questions keep their answers, notices queue, and all of it can be read again.
class MessagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aQuestionKeepsItsAnswers();
    void theSameQuestionKeepsItsButtons();
    void anotherThingIsAnotherQuestion();
    void noticesQueueInTheBar();
    void messagesListAll();
    void aChosenMessageStaysWhenAnOlderOneGoes();

private:
    static QPushButton *button(const QWidget &bar, const QString &label)
    {
        QCoreApplication::processEvents(); // a layout shows what is added to a visible widget in its own time
        for (QPushButton *one : bar.findChildren<QPushButton *>()) {
            if (!one->isHidden() && one->text() == label)
                return one;
        }
        return nullptr;
    }
    static QString errorSentence(int number) { return QStringLiteral("Sentence %1.").arg(number); }

    test::FixedClock m_clock{QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC)};
};

/// A message that comes after the question, in the moment in which the mouse goes down on an answer.
void MessagesTest::aQuestionKeepsItsAnswers()
{
    MessageBar bar;
    int removed = 0;
    bar.ask(MessageBar::Kind::Warning, QStringLiteral("Remove it?"),
            {{QStringLiteral("Remove it"), [&removed] { ++removed; }}, {QStringLiteral("Keep it"), {}}});
    QPushButton *remove = button(bar, QStringLiteral("Remove it"));
    QVERIFY(remove);
    bar.say(MessageBar::Kind::Error, QStringLiteral("Something failed."));
    QTest::mouseClick(button(bar, QStringLiteral("Close")), Qt::LeftButton);
    QCOMPARE(removed, 0);
    QVERIFY(bar.isHidden());
    QVERIFY(!button(bar, QStringLiteral("Remove it")));
    bar.ask(MessageBar::Kind::Warning, QStringLiteral("Remove it?"),
            {{QStringLiteral("Remove it"), [&removed] { ++removed; }}, {QStringLiteral("Keep it"), {}}});
    QTest::mouseClick(button(bar, QStringLiteral("Keep it")), Qt::LeftButton);
    QCOMPARE(removed, 0);
    QVERIFY(bar.isHidden());
}

void MessagesTest::theSameQuestionKeepsItsButtons()
{
    MessageBar bar;
    bar.QWidget::show();
    const auto ask = [&bar] {
        bar.ask(MessageBar::Kind::Warning, QStringLiteral("Go on?"), {{QStringLiteral("Go on"), {}}},
                QStringLiteral("download 1"));
    };
    ask();
    const QPushButton *before = button(bar, QStringLiteral("Go on"));
    ask();
    QCOMPARE(button(bar, QStringLiteral("Go on")), before);
}

/// Two archives of one name.
void MessagesTest::anotherThingIsAnotherQuestion()
{
    MessageBar bar;
    QStringList answered;
    for (const QString &id : {QStringLiteral("1"), QStringLiteral("2")})
        bar.ask(MessageBar::Kind::Warning, QStringLiteral("Fetch a.tar.gz again?"),
                {{QStringLiteral("Go on"), [&answered, id] { answered << id; }}}, id);
    QTest::mouseClick(button(bar, QStringLiteral("Go on")), Qt::LeftButton);
    QCOMPARE(answered, QStringList(QStringLiteral("2")));
}

void MessagesTest::noticesQueueInTheBar()
{
    Notices notices(m_clock);
    NoticeBar bar(notices);
    const QSignalSpy asked(&bar, &NoticeBar::allRequested);
    QVERIFY(bar.isHidden());
    for (int i = 1; i <= 5; ++i)
        notices.say(Notice::Kind::Information, errorSentence(i), QStringLiteral("Do %1.").arg(i));
    QVERIFY(!bar.isHidden());
    QCOMPARE(bar.text(), QStringLiteral("Sentence 1. Do 1.\nSentence 2. Do 2.\nSentence 3. Do 3.\nAnd 2 more."));
    QTest::mouseClick(button(bar, QStringLiteral("Messages…")), Qt::LeftButton);
    QCOMPARE(asked.count(), 1);
    QVERIFY(!bar.isHidden());
    QTest::mouseClick(button(bar, QStringLiteral("Close")), Qt::LeftButton);
    QCOMPARE(bar.text(), QStringLiteral("Sentence 4. Do 4.\nSentence 5. Do 5."));
    QTest::mouseClick(button(bar, QStringLiteral("Close")), Qt::LeftButton);
    QVERIFY(bar.isHidden());
    notices.say(Notice::Kind::Information, errorSentence(1), {}, QStringLiteral("cause"));
    QVERIFY(!bar.isHidden());
    notices.resolve(QStringLiteral("cause"));
    QVERIFY(bar.isHidden());
}

void MessagesTest::messagesListAll()
{
    const QTemporaryDir dir;
    QSettings settings(dir.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    Notices notices(m_clock);
    MessagesDialog dialog(notices, settings);
    dialog.show();
    const auto *pages = dialog.findChild<QStackedWidget *>();
    auto *view = dialog.findChild<QTreeView *>();
    QVERIFY(pages && view);
    QCOMPARE(pages->currentIndex(), 0);
    auto *model = dialog.findChild<MessagesModel *>();
    QVERIFY(model);
    const QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    notices.keep(QStringLiteral("GET /groups"),
                 {.sentence = QStringLiteral("No answer."), .hint = QStringLiteral("Wait.")});
    QCOMPARE(pages->currentIndex(), 1);
    m_clock.set(m_clock.now().addSecs(60));
    notices.say(Notice::Kind::Warning, errorSentence(1));
    QCOMPARE(view->model()->rowCount(), 2);
    // The last one first, and the others stay where they are while they happen again.
    QCOMPARE(view->model()->index(0, MessagesModel::What).data().toString(), errorSentence(1));
    QCOMPARE(view->model()->index(1, MessagesModel::Request).data().toString(), QStringLiteral("GET /groups"));
    QCOMPARE(view->model()->index(1, MessagesModel::Advice).data().toString(), QStringLiteral("Wait."));
    for (size_t i = 0; i < 2 * Notices::Most; ++i)
        notices.keep(QString::number(i), {.sentence = QStringLiteral("No.")});
    QCOMPARE(view->model()->rowCount(), int(Notices::Most));
}

void MessagesTest::aChosenMessageStaysWhenAnOlderOneGoes()
{
    const QTemporaryDir dir;
    QSettings settings(dir.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    Notices notices(m_clock);
    MessagesDialog dialog(notices, settings);
    dialog.show();
    auto *view = dialog.findChild<QTreeView *>();
    const QAbstractItemModelTester tester(dialog.findChild<MessagesModel *>(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (size_t i = 0; i < Notices::Most; ++i)
        notices.keep(QString::number(i), {.sentence = QStringLiteral("No.")});
    QCOMPARE(view->model()->rowCount(), int(Notices::Most));
    view->setCurrentIndex(view->model()->index(150, 0));
    const QString chosen = view->currentIndex().siblingAtColumn(MessagesModel::Request).data().toString();
    notices.keep(QStringLiteral("one more"), {.sentence = QStringLiteral("No.")});
    QCOMPARE(view->model()->rowCount(), int(Notices::Most));
    QCOMPARE(view->selectionModel()->selectedRows().size(), 1);
    QCOMPARE(view->currentIndex().siblingAtColumn(MessagesModel::Request).data().toString(), chosen);
}

QTEST_MAIN(MessagesTest)
#include "messages_test.moc"
