#include "restore/rules.h"
#include "support/demo_window.h"
#include "ui/running_question.h"
#include "ui/widgets/message_bar.h"
#include "ui/wizard/restore_wizard.h"

#include <QAbstractButton>
#include <QLabel>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

/// What the window asks and says while a restore is ordered, and before another connection is opened.
class MainWindowOrdersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void theWizardOutlivesASecretThatCameLate();
    void theQuitQuestionFollowsTheOrder();
    void theEndOfTheDesktopsSessionAsksNothing();
    void anotherConnectionAsksWhileAnAnswerIsAwaited();
    void ordersOfOthersAreSaidAtTheStart();

private:
    void addConnection(const QString &name, const QString &secret)
    {
        test::addConnection(*m_bench, *m_cloud, name, secret);
    }
    bool open(const QString &name) { return openConnection(*m_bench, *m_cloud, name); }
    void addFault(const QByteArray &rule);
    /// Begins to order a download of the replica set, with faults that the stand-in has from then on.
    QPointer<Order> begin(const QByteArrayList &faults);
    QString asked(const char *name) const;
    void answer(const char *name, QMessageBox::ButtonRole role);

    std::unique_ptr<DemoCloud> m_cloud;
    std::unique_ptr<WindowBench> m_bench;
};

void MainWindowOrdersTest::initTestCase()
{
    m_cloud =
        std::make_unique<DemoCloud>(QStringList{QStringLiteral("--exit-with-parent"), QStringLiteral("--control")});
    QVERIFY2(m_cloud->isRunning(), qPrintable(m_cloud->problem()));
}

void MainWindowOrdersTest::init()
{
    m_bench = std::make_unique<WindowBench>(JobMonitor::Intervals{200ms, 1000ms});
    QVERIFY(m_bench->makeWindow());
}

void MainWindowOrdersTest::cleanup()
{
    m_bench.reset();
}

void MainWindowOrdersTest::addFault(const QByteArray &rule)
{
    QNetworkAccessManager manager;
    QNetworkRequest request(m_cloud->baseUrl().resolved(QUrl(QStringLiteral("/demo/faults"))));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("text/plain"));
    const std::unique_ptr<QNetworkReply> reply(manager.post(request, rule));
    QVERIFY(QTest::qWaitFor([&reply] { return reply->isFinished(); }, 15000));
    QCOMPARE(reply->error(), QNetworkReply::NoError);
}

QPointer<Order> MainWindowOrdersTest::begin(const QByteArrayList &faults)
{
    Session &session = *m_bench->session();
    const auto [draft, facts] = ledgerDownload(session);
    for (const QByteArray &fault : faults)
        addFault(fault);
    return session.orders().begin({draft, facts, {}, {}}).value_or(nullptr);
}

QString MainWindowOrdersTest::asked(const char *name) const
{
    const auto *question = m_bench->window->findChild<RunningQuestion *>(QString::fromLatin1(name));
    return question && question->isVisible() ? question->text() : QString();
}

void MainWindowOrdersTest::answer(const char *name, QMessageBox::ButtonRole role)
{
    auto *question = m_bench->window->findChild<RunningQuestion *>(QString::fromLatin1(name));
    QVERIFY(question);
    for (QAbstractButton *button : question->buttons()) {
        if (question->buttonRole(button) == role) {
            QTest::mouseClick(button, Qt::LeftButton);
            return;
        }
    }
    QFAIL("no such button");
}

/// The connection was chosen before the wizard was opened, and its secret comes after.
void MainWindowOrdersTest::theWizardOutlivesASecretThatCameLate()
{
    QVERIFY(open(QStringLiteral("one")));
    addConnection(QStringLiteral("two"), {});
    m_bench->window->openConnection(ConnectionId(QStringLiteral("two")));
    QCOMPARE(m_bench->workspace->preparing(), ConnectionId(QStringLiteral("two")));
    m_bench->window->newRestore();
    const QPointer<Session> session = m_bench->session();
    Credentials credentials;
    credentials.secret = Secret(m_cloud->privateKey());
    m_bench->profiles.giveSecret(ConnectionId(QStringLiteral("two")), credentials);
    // Said when the secret is there and the wizard is in the way.
    QTRY_VERIFY(m_bench->window->findChild<MessageBar *>(QStringLiteral("noticeBar"))->isVisible());
    QVERIFY(session);
    QCOMPARE(m_bench->session()->connection().name, QStringLiteral("one"));
    QVERIFY(m_bench->window->findChild<RestoreWizard *>()->isVisible());
}

void MainWindowOrdersTest::theQuitQuestionFollowsTheOrder()
{
    QVERIFY(open(QStringLiteral("one")));
    // The delay is for the order's reading, not for what the catalogue still reads.
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->session()->catalogue().state().isComplete(), 20000);
    const QPointer<Order> order = begin({"GET /snapshots=delay:3 once", "POST /restoreJobs=delay:5 once"});
    QVERIFY(order && order->phase() == Order::Phase::Reading);
    m_bench->window->close();
    QVERIFY2(asked("quitQuestion").contains(QStringLiteral("Nothing has been sent")),
             qPrintable(asked("quitQuestion")));
    QTRY_VERIFY_WITH_TIMEOUT(asked("quitQuestion").contains(QStringLiteral("was sent")), 30000);
    QVERIFY(order && order->phase() == Order::Phase::Sending);
    // Once it is answered there is nothing left to ask.
    QTRY_VERIFY_WITH_TIMEOUT(!order, 30000);
    QTRY_VERIFY(asked("quitQuestion").isEmpty());
    QVERIFY(m_bench->window->isVisible());
}

/// The desktop waits for nobody.
void MainWindowOrdersTest::theEndOfTheDesktopsSessionAsksNothing()
{
    QVERIFY(open(QStringLiteral("one")));
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->session()->catalogue().state().isComplete(), 20000);
    const QPointer<Order> order = begin({"GET /snapshots=delay:20 once"}); // it is never sent here
    QVERIFY(order);
    m_bench->window->close();
    QVERIFY(asked("quitQuestion").contains(QStringLiteral("Nothing has been sent")));
    answer("quitQuestion", QMessageBox::RejectRole);
    QTRY_VERIFY(asked("quitQuestion").isEmpty());
    QVERIFY(m_bench->window->isVisible());
    m_bench->window->expectSessionEnd();
    m_bench->window->close();
    QVERIFY(!m_bench->window->isVisible());
    QVERIFY(asked("quitQuestion").isEmpty());
}

void MainWindowOrdersTest::anotherConnectionAsksWhileAnAnswerIsAwaited()
{
    QVERIFY(open(QStringLiteral("one")));
    const QPointer<Order> order = begin({"POST /restoreJobs=delay:6 once"});
    QTRY_VERIFY_WITH_TIMEOUT(order && order->phase() == Order::Phase::Sending, 10000);
    addConnection(QStringLiteral("two"), m_cloud->privateKey());
    m_bench->window->openConnection(ConnectionId(QStringLiteral("two")));
    QTRY_VERIFY2(asked("switchQuestion").contains(QStringLiteral("was sent")), qPrintable(asked("switchQuestion")));
    answer("switchQuestion", QMessageBox::RejectRole);
    QTest::qWait(100);
    QVERIFY(order);
    QCOMPARE(m_bench->session()->connection().name, QStringLiteral("one"));
    m_bench->window->openConnection(ConnectionId(QStringLiteral("two")));
    QTRY_VERIFY(!asked("switchQuestion").isEmpty());
    answer("switchQuestion", QMessageBox::AcceptRole);
    QTRY_COMPARE(m_bench->session()->connection().name, QStringLiteral("two"));
    QVERIFY(!order);
    // It was left behind, and is shown at once.
    QCOMPARE(m_bench->session()->orders().views().size(), size_t(1));
    QCOMPARE(int(m_bench->session()->orders().views().front().sending), int(SendingState::Ended));
}

void MainWindowOrdersTest::ordersOfOthersAreSaidAtTheStart()
{
    QVERIFY(open(QStringLiteral("one")));
    const QPointer<Order> order = begin({"POST /restoreJobs=504 once"});
    QVERIFY(QTest::qWaitFor([&order] { return !order; }, 15000));
    QVERIFY(m_bench->makeWindow());
    const auto said = [this] {
        const auto *bar = m_bench->window->findChild<MessageBar *>(QStringLiteral("noticeBar"));
        QString text;
        for (const QLabel *label : bar->findChildren<QLabel *>())
            text += bar->isVisible() ? label->text() : QString();
        return text;
    };
    QCOMPARE(said(), QString()); // its connection is opened first
    m_bench->closeWindow();
    m_bench->settings.setValue(QStringLiteral("connections/last"), QStringLiteral("two"));
    QVERIFY(m_bench->makeWindow());
    QVERIFY2(said().contains(QStringLiteral("not known yet")), qPrintable(said()));
}

QTEST_MAIN(MainWindowOrdersTest)
#include "main_window_orders_test.moc"
