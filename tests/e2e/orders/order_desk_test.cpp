#include "support/demo_session.h"

#include <QDir>
#include <QJsonArray>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

using Kind = OrderOutcome::Kind;

namespace {

/// Another profile of the same server, or the same one in another running program, over the same data folder.
struct Another
{
    explicit Another(DemoSession &demo, const std::function<void(Connection &)> &edit = {})
    {
        Connection connection = demo.connection();
        connection.id = ConnectionId(QStringLiteral("another"));
        if (edit)
            edit(connection);
        Credentials credentials;
        credentials.secret = Secret(demo.cloud().privateKey());
        session = std::make_unique<Session>(connection, credentials, clock, demo.folder() + QStringLiteral("-2"),
                                            Session::Timing{{200ms, 200ms}, {}, {200ms, 500ms}}, demo.folder());
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

    SystemClock clock;
    std::unique_ptr<Session> session;
};

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
    void anotherProfileMeetsARunningRestore();
    void aJobIsTakenOnce();
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

void TestOrderDesk::anOrderOutlivesItsConnectionsAddress_data()
{
    QTest::addColumn<QString>("profile");
    QTest::addColumn<int>("views");
    QTest::addRow("the same profile") << QStringLiteral("first") << 1;
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
        connection.id = profile == QStringLiteral("first") ? demo.connection().id : ConnectionId(profile);
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

QTEST_MAIN(TestOrderDesk)
#include "order_desk_test.moc"
