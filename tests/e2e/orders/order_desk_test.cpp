#include "base/file_steps.h"
#include "orders/order_texts.h"
#include "support/demo_session.h"

#include <QDir>
#include <QJsonArray>
#include <QTest>

#include <cerrno>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

using Kind = OrderOutcome::Kind;

namespace {

class ShiftedClock final : public Clock
{
public:
    QDateTime now() const override { return SystemClock().now().addSecs(shift); }
    qint64 shift = 0;
};

/// Another profile of the same server, or the same one in another running program, over the same data folder.
struct Another
{
    explicit Another(DemoSession &demo, const std::function<void(Connection &)> &edit = {}, ReadingLimits limits = {})
    {
        folder = demo.folder() + QStringLiteral("-2");
        Connection connection = demo.connection();
        connection.id = ConnectionId(QStringLiteral("another"));
        if (edit)
            edit(connection);
        Credentials credentials;
        credentials.secret = Secret(demo.cloud().privateKey());
        session = std::make_unique<Session>(connection, credentials, clock, folder,
                                            Session::Timing{{200ms, 200ms}, limits, {200ms, 500ms}}, demo.folder());
    }

    bool open() const
    {
        session->catalogue().read();
        return QTest::qWaitFor(
            [this] {
                const auto &projects = session->catalogue().projects();
                return projects.size() > 1 && std::ranges::all_of(projects, [this](const Project &project) {
                           return session->catalogue().clusters(project.id) != nullptr;
                       });
            },
            20000);
    }

    QString audit() const
    {
        QFile file(folder + QStringLiteral("/audit.jsonl"));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

    /// With Order::ended connected; the order goes when it has been heard.
    Order *begin(const RestoreDraft &draft, const RestoreFacts &facts)
    {
        const Result<Order *> begun = session->orders().begin({draft, facts, {}, {}});
        if (!begun)
            return nullptr;
        outcome.reset();
        QObject::connect(*begun, &Order::ended, *begun, [this, order = *begun] { outcome = order->outcome(); });
        return *begun;
    }

    ShiftedClock clock;
    QString folder;
    std::unique_ptr<Session> session;
    std::optional<OrderOutcome> outcome;
};

bool isDiskFull = false;

int fullDisk(const char *call)
{
    return isDiskFull && qstrcmp(call, "write") == 0 ? ENOSPC : 0;
}

qsizetype posts(DemoSession &demo)
{
    return demo.requests(QStringLiteral("POST"), QStringLiteral("/restoreJobs")).size();
}

} // namespace

/// What one order, connection or program must know of another's.
class TestOrderDesk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { isDiskFull = false; }
    void anotherProfileMeetsARunningRestore();
    void aJobIsTakenOnce();
    void sendingWithWhatWasReadHasAnEnd_data();
    void sendingWithWhatWasReadHasAnEnd();
    void whatWasLeftOutIsInTheAuditLog();
    void aDiskThatIsFullWhenTheAnswerComes_data();
    void aDiskThatIsFullWhenTheAnswerComes();
    void whatCannotBeWrittenDownIsNotForgotten();
    void whatCannotBeReadStopsAnOrder();
    void whatWasCancelledAtOnceReadsNothing();
    void whatIsOnNoListRuns_data();
    void whatIsOnNoListRuns();
    void anOrderOutlivesItsConnectionsAddress_data();
    void anOrderOutlivesItsConnectionsAddress();
};

void TestOrderDesk::anotherProfileMeetsARunningRestore()
{
    DemoSession demo({QStringLiteral("--control"), QStringLiteral("--job-seconds"), QStringLiteral("60")});
    QVERIFY2(demo.open(), qPrintable(demo.problem()));
    const Another another(demo);
    QVERIFY(another.open());
    const RestoreFacts facts = demo.facts(demo.cluster(QStringLiteral("ledger")));
    const RestoreDraft draft =
        demo.draft(RestoreMode::AutomatedSnapshot, QStringLiteral("ledger"), QStringLiteral("drill"), facts);
    const auto first = orderAndWait(demo.session(), draft, facts);
    QVERIFY(first && first->kind == Kind::Ordered);
    QTRY_VERIFY(demo.session().orders().views().empty());
    const auto second = orderAndWait(*another.session, draft, facts);
    QVERIFY(second);
    QCOMPARE(int(second->kind), int(Kind::Conflicting));
    QCOMPARE(posts(demo), 1);
}

/// Its jobs are on no list, and by this machine's clock it was ordered a week ago: neither is an end.
void TestOrderDesk::whatIsOnNoListRuns_data()
{
    QTest::addColumn<bool>("isStopped");
    QTest::addColumn<int>("expected");
    QTest::addRow("nothing is known of its end") << false << int(Kind::Conflicting);
    QTest::addRow("nobody follows it any more") << true << int(Kind::Ordered);
}

void TestOrderDesk::whatIsOnNoListRuns()
{
    QFETCH(bool, isStopped);
    QFETCH(int, expected);
    DemoSession demo({QStringLiteral("--control")});
    QVERIFY2(demo.open(), qPrintable(demo.problem()));
    const RestoreFacts facts = demo.facts(demo.cluster(QStringLiteral("ledger")));
    const RestoreDraft draft =
        demo.draft(RestoreMode::AutomatedSnapshot, QStringLiteral("ledger"), QStringLiteral("drill"), facts);
    RememberedSubmission before;
    before.order = QStringLiteral("o");
    before.jobs = {JobId(QStringLiteral("60dd00000000000000000001"))};
    before.ordered = SystemClock().now().addDays(-7);
    before.mode = *draft.mode;
    before.targetCluster = draft.targetCluster->id;
    before.stoppedFollowing = isStopped;
    SubmissionMemory(demo.folder() + QStringLiteral("/restores.json")).add(before);
    const auto outcome = orderAndWait(demo.session(), draft, facts);
    QVERIFY(outcome);
    QCOMPARE(int(outcome->kind), expected);
}

void TestOrderDesk::anOrderOutlivesItsConnectionsAddress_data()
{
    QTest::addColumn<QString>("profile");
    QTest::addColumn<int>("views");
    QTest::addRow("the same profile") << QStringLiteral("demo") << 1;
    QTest::addRow("another profile") << QStringLiteral("another") << 0;
}

/// The same server under another name: to the program it is another one.
void TestOrderDesk::anOrderOutlivesItsConnectionsAddress()
{
    QFETCH(QString, profile);
    QFETCH(int, views);
    DemoSession demo({QStringLiteral("--control")});
    QVERIFY2(demo.open(), qPrintable(demo.problem()));
    const RestoreFacts facts = demo.facts(demo.cluster(QStringLiteral("ledger")));
    const RestoreDraft draft =
        demo.draft(RestoreMode::AutomatedSnapshot, QStringLiteral("ledger"), QStringLiteral("drill"), facts);
    QVERIFY(demo.addFault("POST /restoreJobs=504 once"));
    const auto first = orderAndWait(demo.session(), draft, facts);
    QVERIFY(first && first->kind == Kind::NotKnownYet);
    const Another another(demo, [&](Connection &connection) {
        connection.id = ConnectionId(profile);
        connection.baseUrl.setHost(QStringLiteral("localhost"));
    });
    QVERIFY(another.open());
    QCOMPARE(int(another.session->orders().views().size()), views);
    QCOMPARE(another.session->orders().others(), 1 - views);
    const auto second = orderAndWait(*another.session, draft, facts);
    QVERIFY(second);
    QCOMPARE(int(second->kind), int(Kind::Conflicting));
    QCOMPARE(posts(demo), 1);
}

/// Two answers were lost, and one job may be either's.
void TestOrderDesk::aJobIsTakenOnce()
{
    DemoSession demo({QStringLiteral("--control")});
    QVERIFY2(demo.open(), qPrintable(demo.problem()));
    const RestoreFacts facts = demo.facts(demo.cluster(QStringLiteral("ledger")));
    const RestoreDraft draft = demo.draft(RestoreMode::DownloadSnapshot, QStringLiteral("ledger"), {}, facts);
    QVERIFY(demo.addFault("POST /restoreJobs=lost once"));
    const auto first = orderAndWait(demo.session(), draft, facts);
    QVERIFY(first && first->kind == Kind::NotKnownYet);
    OrderDesk &desk = demo.session().orders();
    const QString one = desk.views().front().order.key;
    // A second one, on purpose, that has never arrived.
    QVERIFY(demo.addFault("POST /restoreJobs=504 once"));
    const auto held = orderAndWait(demo.session(), draft, facts);
    QVERIFY(held && held->kind == Kind::Conflicting);
    QSet<QString> accepted;
    for (const OrderConflict &conflict : held->conflicts)
        accepted.insert(conflict.key);
    const auto second = orderAndWait(demo.session(), draft, facts, accepted);
    QVERIFY(second && second->kind == Kind::NotKnownYet);
    const QString two = second->order.key;
    const auto candidates = [&desk](const QString &key) {
        const OrderView *view = desk.view(key);
        return view ? int(view->candidates.size()) : -1;
    };
    QTRY_COMPARE_WITH_TIMEOUT(candidates(one), 1, 15000);
    const QString job = desk.view(one)->candidates.front().key();
    // The job stood on the list before the second left, so it is the first's alone; say it was not.
    QVERIFY(desk.pending().change(two, [](PendingOrder &order) { order.listedBefore.clear(); }));
    desk.lookAgain(two);
    QTRY_COMPARE_WITH_TIMEOUT(candidates(two), 1, 15000);
    QVERIFY(*desk.itIsThisOne(one, job));
    QVERIFY(!desk.itIsThisOne(two, job)); // before the next look
    QVERIFY(desk.view(two));
    desk.lookAgain(two);
    QTRY_COMPARE_WITH_TIMEOUT(candidates(two), 0, 15000);
}

/// The POST waits for a nonce. What was decided holds as long as what is read may be old.
void TestOrderDesk::sendingWithWhatWasReadHasAnEnd_data()
{
    QTest::addColumn<bool>("isWithdrawn");
    QTest::addColumn<QByteArray>("nonce");
    QTest::addRow("it takes too long") << false << QByteArray("GET /groups$=delay:3 once");
    QTest::addRow("the person waits after all") << true << QByteArray("GET /groups$=delay:1 once");
}

void TestOrderDesk::sendingWithWhatWasReadHasAnEnd()
{
    QFETCH(bool, isWithdrawn);
    QFETCH(QByteArray, nonce);
    DemoSession demo({QStringLiteral("--control")});
    QVERIFY2(demo.open(), qPrintable(demo.problem()));
    Another another(demo, {}, {1500ms, 20});
    QVERIFY(another.open());
    const RestoreFacts facts = demo.facts(demo.cluster(QStringLiteral("ledger")));
    const RestoreDraft draft = demo.draft(RestoreMode::DownloadSnapshot, QStringLiteral("ledger"), {}, facts);
    QVERIFY(demo.addFault("GET /snapshots=delay:8 once"));
    QVERIFY(demo.addFault(nonce));
    Order *order = another.begin(draft, facts);
    QVERIFY(order);
    QTRY_VERIFY(order->phase() == Order::Phase::Late && order->canSendAnyway());
    another.clock.shift = 3600; // the nonce is too old to be sent
    order->sendWithWhatWasRead();
    QVERIFY(order->isMakingReady());
    QVERIFY(!order->canSendAnyway());
    QVERIFY2(orderStateText(*order).contains(QStringLiteral("being made ready")), qPrintable(orderStateText(*order)));
    if (isWithdrawn)
        order->keepWaiting();
    QTRY_VERIFY_WITH_TIMEOUT(another.outcome || !order->isMakingReady(), 30000);
    QVERIFY(!another.outcome);
    QCOMPARE(int(order->phase()), int(Order::Phase::Late));
    QCOMPARE(posts(demo), 0);
    if (!order->canSendAnyway())
        order->keepWaiting();
    QTRY_VERIFY(another.outcome || order->canSendAnyway());
    QVERIFY(!another.outcome);
    order->sendWithWhatWasRead();
    QTRY_VERIFY_WITH_TIMEOUT(another.outcome, 10000);
    QCOMPARE(int(another.outcome->kind), int(Kind::Ordered));
    QCOMPARE(posts(demo), 1);
}

void TestOrderDesk::whatWasLeftOutIsInTheAuditLog()
{
    DemoSession demo({QStringLiteral("--control")});
    QVERIFY2(demo.open(), qPrintable(demo.problem()));
    const Another another(demo);
    QVERIFY(another.open());
    const RestoreFacts facts = demo.facts(demo.cluster(QStringLiteral("ledger")));
    const auto outcome = orderAndWait(
        *another.session,
        demo.draft(RestoreMode::AutomatedSnapshot, QStringLiteral("ledger"), QStringLiteral("drill"), facts), facts);
    QVERIFY(outcome && outcome->kind == Kind::Ordered);
    const QStringList sending = another.audit().split(u'\n').filter(QStringLiteral("\"event\":\"sending\""));
    QCOMPARE(sending.size(), 1);
    QVERIFY2(sending.front().contains(QStringLiteral("\"leftOut\":[\"Jobs are listed by")),
             qPrintable(sending.front()));
}

void TestOrderDesk::aDiskThatIsFullWhenTheAnswerComes_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<bool>("isOrdered");
    QTest::addRow("ordered") << QByteArray() << true;
    QTest::addRow("lost") << QByteArray("POST /restoreJobs=lost once") << false;
}

void TestOrderDesk::aDiskThatIsFullWhenTheAnswerComes()
{
    QFETCH(QByteArray, fault);
    QFETCH(bool, isOrdered);
    DemoSession demo({QStringLiteral("--control")});
    QVERIFY2(demo.open(), qPrintable(demo.problem()));
    Another another(demo);
    QVERIFY(another.open());
    OrderDesk &desk = another.session->orders();
    const RestoreFacts facts = demo.facts(demo.cluster(QStringLiteral("ledger")));
    QVERIFY(fault.isEmpty() || demo.addFault(fault));
    QStringList troubles;
    connect(another.session.get(), &Session::fileTrouble, this,
            [&troubles](const Error &error) { troubles.append(error.sentence); });
    Order *order = another.begin(demo.draft(RestoreMode::DownloadSnapshot, QStringLiteral("ledger"), {}, facts), facts);
    QVERIFY(order);
    file_steps::setHook(&fullDisk);
    connect(order, &Order::changed, order,
            [order] { isDiskFull = isDiskFull || order->phase() == Order::Phase::Sending; });
    QTRY_VERIFY_WITH_TIMEOUT(another.outcome, 20000);
    QCOMPARE(int(another.outcome->kind), int(isOrdered ? Kind::Ordered : Kind::NotKnownYet));
    QCOMPARE(desk.views().size(), size_t(1));
    QVERIFY2(viewStateText(desk.views().front(), another.session->client().serverNow())
                 .startsWith(isOrdered ? QStringLiteral("Ordered") : QStringLiteral("Not known yet")),
             qPrintable(viewStateText(desk.views().front(), another.session->client().serverNow())));
    QVERIFY2(!troubles.isEmpty() && troubles.front().contains(QStringLiteral("orders.json")),
             qPrintable(troubles.join(u'\n')));
    isDiskFull = false;
    QTRY_COMPARE_WITH_TIMEOUT(desk.views().size(), size_t(isOrdered ? 0 : 1), 15000);
    QTRY_COMPARE_WITH_TIMEOUT(PendingOrders(demo.folder() + QStringLiteral("/orders.json")).all().size(),
                              size_t(isOrdered ? 0 : 1), 15000);
    if (!isOrdered) {
        QTRY_VERIFY(PendingOrders(demo.folder() + QStringLiteral("/orders.json")).all().front().isAnswered);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.views().front().candidates.empty(), 15000);
        QVERIFY(*desk.itIsThisOne(desk.views().front().order.key, desk.views().front().candidates.front().key()));
        QVERIFY(desk.views().empty());
    }
    file_steps::setHook(nullptr);
    QCOMPARE(another.audit().count(QStringLiteral("found in the job list")) > 1, false);
}

void TestOrderDesk::whatCannotBeWrittenDownIsNotForgotten()
{
    DemoSession demo({QStringLiteral("--control")});
    QVERIFY2(demo.open(), qPrintable(demo.problem()));
    const RestoreFacts facts = demo.facts(demo.cluster(QStringLiteral("ledger")));
    QVERIFY(demo.addFault("POST /restoreJobs=504 once"));
    const auto outcome = orderAndWait(
        demo.session(), demo.draft(RestoreMode::DownloadSnapshot, QStringLiteral("ledger"), {}, facts), facts);
    QVERIFY(outcome && outcome->kind == Kind::NotKnownYet);
    const QString log = demo.folder() + QStringLiteral("/audit.jsonl");
    QVERIFY(QFile::remove(log));
    QVERIFY(QDir().mkdir(log));
    OrderDesk &desk = demo.session().orders();
    QVERIFY(!desk.forget(outcome->order.key));
    QVERIFY(desk.view(outcome->order.key));
    QVERIFY(QDir().rmdir(log));
    QVERIFY(*desk.forget(outcome->order.key));
    QVERIFY(!desk.view(outcome->order.key));
}

void TestOrderDesk::whatCannotBeReadStopsAnOrder()
{
    DemoSession demo({QStringLiteral("--control")});
    QVERIFY2(demo.open(), qPrintable(demo.problem()));
    const RestoreFacts facts = demo.facts(demo.cluster(QStringLiteral("ledger")));
    const RestoreDraft draft = demo.draft(RestoreMode::DownloadSnapshot, QStringLiteral("ledger"), {}, facts);
    QVERIFY(QDir().mkdir(demo.folder() + QStringLiteral("/restores.json")));
    const auto outcome = orderAndWait(demo.session(), draft, facts);
    QVERIFY(outcome);
    QCOMPARE(int(outcome->kind), int(Kind::NotSent));
    QVERIFY2(outcome->error.sentence.contains(QStringLiteral("restores.json")), qPrintable(outcome->error.sentence));
    QCOMPARE(posts(demo), 0);
}

void TestOrderDesk::whatWasCancelledAtOnceReadsNothing()
{
    DemoSession demo({QStringLiteral("--control")});
    QVERIFY2(demo.open(), qPrintable(demo.problem()));
    Another another(demo);
    const RestoreFacts facts = demo.facts(demo.cluster(QStringLiteral("ledger")));
    const RestoreDraft draft = demo.draft(RestoreMode::DownloadSnapshot, QStringLiteral("ledger"), {}, facts);
    const auto read = [&demo] { return demo.requests(QStringLiteral("GET"), QStringLiteral("/snapshots")).size(); };
    const qsizetype before = read();
    another.begin(draft, facts)->cancel();
    QTest::qWait(1000);
    QVERIFY(another.outcome);
    QCOMPARE(int(another.outcome->kind), int(Kind::Cancelled));
    QCOMPARE(read(), before);
}

QTEST_MAIN(TestOrderDesk)
#include "order_desk_test.moc"
