#include "support/paced_estate.h"
#include "support/waiting.h"
#include "support/window_bench.h"

#include <QLabel>
#include <QRegularExpression>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

/// How fast the whole program asks a server, counted there, and what the window says of it.
class WindowPaceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void pollingNeverUsesAllConnections();
    void aServerThatRefusesEverything();
    void aServerThatSaysNothing();

private:
    bool open();
    void readEverything();
    QString words() const;
    Async<RestoreJob> askAsPerson();

    std::unique_ptr<PacedEstate> m_server;
    std::unique_ptr<WindowBench> m_bench;
};

void WindowPaceTest::init()
{
    m_server = std::make_unique<PacedEstate>();
    m_bench = std::make_unique<WindowBench>(JobMonitor::Intervals{50ms, 50ms});
    QVERIFY(m_bench->makeWindow());
}

void WindowPaceTest::cleanup()
{
    m_bench.reset();
    m_server.reset();
}

/// With the catalogue read and every cluster's jobs polled.
bool WindowPaceTest::open()
{
    Connection connection;
    connection.id = ConnectionId(QStringLiteral("paced"));
    connection.name = QStringLiteral("Paced");
    connection.service = Service::OpsManager;
    connection.baseUrl = m_server->url();
    connection.userName = QStringLiteral("pubkey01");
    connection.timeout = 30s;
    m_bench->profiles.addTransient(connection, {Secret(QByteArray("key")), {}});
    m_bench->window->openConnection(connection.id);
    return QTest::qWaitFor(
        [&] {
            Session *session = m_bench->session();
            return session && session->catalogue().state().isComplete() && !session->catalogue().state().isReading &&
                   session->jobs().readings().size() == 12;
        },
        30000);
}

void WindowPaceTest::readEverything()
{
    m_bench->session()->catalogue().read();
    m_bench->session()->jobs().refreshNow();
}

QString WindowPaceTest::words() const
{
    const auto *label = m_bench->window->findChild<QLabel *>(QStringLiteral("statusPace"));
    return label->isVisible() ? label->text() : QString();
}

Async<RestoreJob> WindowPaceTest::askAsPerson()
{
    return m_bench->session()->client().restoreJob(ProjectId(QStringLiteral("60bb00000000000000000000")),
                                                   ClusterId(QStringLiteral("60cc00000000000000000000")),
                                                   JobId(PacedEstate::personsJob()));
}

void WindowPaceTest::pollingNeverUsesAllConnections()
{
    QVERIFY(open());
    constexpr auto slow = 1000ms;
    m_server->set(PacedEstate::Mood::Good, slow);
    const auto begin = Steady::now();
    readEverything(); // projects, clusters and jobs: more than a dozen requests want to leave
    QTest::qWait(1500);
    const auto asked = Steady::now();
    const auto person = askAsPerson();
    QTest::qWait(2500);
    std::vector<PacedEstate::Request> polled = m_server->requests();
    const auto persons = std::ranges::find_if(polled, [](const PacedEstate::Request &one) { return one.isPersons; });
    QVERIFY(persons != polled.end());
    const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(persons->came - asked);
    const auto beside = std::ranges::count_if(polled, [&](const PacedEstate::Request &one) {
        return !one.isPersons && one.came < persons->came && one.answered > persons->came;
    });
    std::erase_if(polled, [](const PacedEstate::Request &one) { return one.isPersons; });
    const int most = PacedEstate::mostAtOnce(polled, begin);
    qInfo("at most %d polled at once; a person's request left after %d ms beside %d of them", most,
          static_cast<int>(waited.count()), static_cast<int>(beside));
    QCOMPARE(most, 4); // of the six connections that Qt opens; and as many were wanted
    QVERIFY2(waited < slow / 2, "a person's request waited for what is polled");
    QVERIFY(beside > 0);
}

void WindowPaceTest::aServerThatRefusesEverything()
{
    QVERIFY(open());
    QVERIFY2(!words().contains(QLatin1String("requests")), qPrintable(words()));
    m_server->set(PacedEstate::Mood::Refusing, 150ms);
    const auto began = Steady::now();
    const size_t before = m_server->requests().size();
    readEverything();
    std::vector<Async<RestoreJob>> persons;
    for (int i = 0; i < 5; ++i)
        persons.push_back(askAsPerson());

    // The words, and the time in them.
    QTRY_VERIFY2(words().contains(QLatin1String("Too many requests")), qPrintable(words()));
    const QString said = words();
    const auto match = QRegularExpression(QStringLiteral("^Too many requests: the server is asked again at "
                                                         "(\\d\\d:\\d\\d:\\d\\d) UTC, one request at a time$"))
                           .match(said);
    QVERIFY2(match.hasMatch(), qPrintable(said));
    const int seconds = QDateTime::currentDateTimeUtc().time().secsTo(QTime::fromString(match.captured(1)));
    QVERIFY2((seconds >= -1 && seconds <= 2) || seconds < -86000, qPrintable(said)); // or it is about midnight

    // One request after each second of rest, on whoever's behalf.
    QTest::qWait(4500);
    const auto refused = m_server->requests();
    const auto first =
        std::find_if(refused.begin() + static_cast<std::ptrdiff_t>(before), refused.end(),
                     [&](const PacedEstate::Request &one) { return one.isRefused && one.came >= began; });
    QVERIFY(first != refused.end());
    const auto heard = first->answered + 400ms; // it has come here, and what had left before has arrived there
    const auto later =
        std::ranges::count_if(refused, [&](const PacedEstate::Request &one) { return one.came >= heard; });
    const int mostRefused = PacedEstate::mostAtOnce(refused, heard);
    qInfo("after the first 429: %d requests, %d at once", static_cast<int>(later), mostRefused);
    QCOMPARE(mostRefused, 1);
    QVERIFY2(later >= 2 && later <= 5, qPrintable(QString::number(later)));

    // The cause ends: slowly at first, then as before, and the words go.
    m_server->set(PacedEstate::Mood::Good, 250ms);
    const auto better = Steady::now();
    QTRY_VERIFY_WITH_TIMEOUT(
        words() == QStringLiteral("Too many requests: the server is asked for one thing at a time"), 10000);
    QTRY_VERIFY2_WITH_TIMEOUT(!words().contains(QLatin1String("Too many requests")), qPrintable(words()), 30000);
    QVERIFY(!m_bench->session()->client().pace().isSlowed());
    std::vector<PacedEstate::Request> good = m_server->requests();
    std::erase_if(good, [&](const PacedEstate::Request &one) { return one.isRefused || one.came < better; });
    QVERIFY(good.size() > 8);
    QCOMPARE(PacedEstate::mostAtOnce(good, better, good[7].came + 1ms), 1); // the first eight
    const auto free = Steady::now();
    QTRY_VERIFY_WITH_TIMEOUT(PacedEstate::mostAtOnce(m_server->requests(), free) > 1, 10000);
}

void WindowPaceTest::aServerThatSaysNothing()
{
    QVERIFY(open());
    m_server->set(PacedEstate::Mood::Good, 8000ms);
    readEverything();
    QTRY_VERIFY_WITH_TIMEOUT(words().startsWith(QLatin1String("No answer for ")), 8000);
    const QString said = words();
    QVERIFY2(QRegularExpression(QStringLiteral("^No answer for [5-8] s$")).match(said).hasMatch(), qPrintable(said));
    m_server->set(PacedEstate::Mood::Good, 20ms);
    QTRY_VERIFY2_WITH_TIMEOUT(!words().startsWith(QLatin1String("No answer")), qPrintable(words()), 15000);
}

QTEST_MAIN(WindowPaceTest)
#include "window_pace_test.moc"
