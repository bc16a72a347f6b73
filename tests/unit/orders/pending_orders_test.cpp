#include "base/file_steps.h"
#include "orders/pending_orders.h"
#include "support/restore_cases.h"

#include <QtTest>

#include <cerrno>

using namespace tidemark;
using namespace tidemark::test;

namespace {

PendingOrder orderNamed(const QString &key)
{
    const RestoreDraft draft = goodDraft(RestoreMode::PointInTime);
    PendingOrder order = pendingOrderOf(*buildRequest(draft, goodFacts(draft), now()));
    order.key = key;
    order.server = QStringLiteral("https://cloud.example.net");
    order.written = now();
    return order;
}

bool isDiskFull = false;

int fullDisk(const char *call)
{
    return isDiskFull && qstrcmp(call, "write") == 0 ? ENOSPC : 0;
}

bool nobodyObjects(const std::vector<PendingOrder> &)
{
    return false;
}

} // namespace

class TestPendingOrders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comparingAndWritingAreOneStep();
    void anotherProgramsChangeIsKept();
    void whatIsNotUnderstoodStays();
    void aDamagedFileIsSaid_data();
    void aDamagedFileIsSaid();
    void whatHasHappenedIsKeptWhateverTheDiskSays();
    void whatAConnectionCanFollow();
    void oneSpellingOfAServer();

private:
    QString path() const { return m_folder.filePath(QStringLiteral("orders.json")); }
    QTemporaryDir m_folder;
};

void TestPendingOrders::comparingAndWritingAreOneStep()
{
    QFile::remove(path());
    PendingOrders first(path());
    PendingOrders second(path());
    QVERIFY(*first.admit(orderNamed(QStringLiteral("a")), &nobodyObjects));
    QVERIFY(second.all().empty()); // it has not looked since
    // Under the lock it meets what the first one wrote.
    const auto objects = [](const std::vector<PendingOrder> &onDisk) { return !onDisk.empty(); };
    QVERIFY(!*second.admit(orderNamed(QStringLiteral("b")), objects));
    QCOMPARE(second.all().size(), size_t(1));
    QVERIFY(second.find(QStringLiteral("a")));
}

void TestPendingOrders::anotherProgramsChangeIsKept()
{
    QFile::remove(path());
    PendingOrders first(path());
    PendingOrders second(path());
    QVERIFY(*first.admit(orderNamed(QStringLiteral("a")), &nobodyObjects));
    QVERIFY(*second.admit(orderNamed(QStringLiteral("b")), &nobodyObjects));
    QVERIFY(*first.change(QStringLiteral("b"), [](PendingOrder &order) { order.status = 504; }));
    QVERIFY(*second.remove(QStringLiteral("a")));
    QVERIFY(!*first.remove(QStringLiteral("a")));
    QVERIFY(!*first.change(QStringLiteral("a"), [](PendingOrder &) {}));
    const PendingOrders third(path());
    QCOMPARE(third.all().size(), size_t(1));
    QCOMPARE(third.all().front().status, 504);
}

void TestPendingOrders::whatIsNotUnderstoodStays()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"version":1,"orders":[{"key":"x","mode":"of another program","more":1}]})");
    file.close();
    PendingOrders orders(path());
    QVERIFY(orders.all().empty());
    QCOMPARE(orders.unread(), QStringList{path()});
    QVERIFY(*orders.admit(orderNamed(QStringLiteral("a")), &nobodyObjects));
    QVERIFY(*orders.remove(QStringLiteral("a")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("of another program"));
}

/// By everybody and in every run, until a person has taken it away.
void TestPendingOrders::aDamagedFileIsSaid_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("mark");
    QTest::addRow("damaged") << QByteArray("{\"version\":1,\"ord") << QStringLiteral(".unreadable-");
    QTest::addRow("newer") << QByteArray("{\"version\":99,\"orders\":[]}") << QStringLiteral(".version-99");
}

void TestPendingOrders::aDamagedFileIsSaid()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, mark);
    QFile::remove(path());
    PendingOrders running(path());
    QVERIFY(*running.admit(orderNamed(QStringLiteral("a")), &nobodyObjects));
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(content);
    file.close();
    PendingOrders orders(path());
    const QStringList unread = orders.unread();
    QCOMPARE(unread.size(), 1);
    QVERIFY2(unread.front().startsWith(path() + mark), qPrintable(unread.front()));
    QVERIFY(*orders.admit(orderNamed(QStringLiteral("b")), &nobodyObjects));
    QVERIFY(running.reload());
    QCOMPARE(running.unread(), unread);
    QCOMPARE(PendingOrders(path()).unread(), unread);
    QVERIFY(QFile::remove(unread.front()));
    QVERIFY(PendingOrders(path()).unread().isEmpty());
}

/// The disk is full in the moment in which an answer comes: what it said is known at once, and written later.
void TestPendingOrders::whatHasHappenedIsKeptWhateverTheDiskSays()
{
    QFile::remove(path());
    PendingOrders orders(path());
    QVERIFY(*orders.admit(orderNamed(QStringLiteral("a")), &nobodyObjects));
    QVERIFY(*orders.admit(orderNamed(QStringLiteral("b")), &nobodyObjects));
    QSignalSpy changed(&orders, &PendingOrders::changed);
    QSignalSpy trouble(&orders, &PendingOrders::fileTrouble);
    isDiskFull = true;
    file_steps::setHook(&fullDisk);
    orders.record(QStringLiteral("a"), [](PendingOrder &order) {
        order.isAnswered = true;
        return true;
    });
    orders.record(QStringLiteral("b"), [](PendingOrder &) { return false; });
    QVERIFY(!orders.reload());
    QCOMPARE(trouble.size(), 1); // and not with each try
    QCOMPARE(changed.size(), 2);
    QCOMPARE(orders.all().size(), size_t(1));
    QVERIFY(orders.all().front().isAnswered);
    std::vector<PendingOrder> compared;
    QVERIFY(!orders.admit(orderNamed(QStringLiteral("c")), [&compared](const std::vector<PendingOrder> &known) {
        compared = known;
        return true;
    }));
    QCOMPARE(compared.size(), size_t(1)); // with what is true
    QCOMPARE(PendingOrders(path()).all().size(), size_t(2));
    isDiskFull = false;
    QVERIFY(orders.reload());
    const PendingOrders next(path());
    QCOMPARE(next.all().size(), size_t(1));
    QVERIFY(next.all().front().isAnswered);
    file_steps::setHook(nullptr);
}

void TestPendingOrders::whatAConnectionCanFollow()
{
    QFile::remove(path());
    PendingOrders orders(path());
    const auto add = [&orders](const char *key, const char *server, const char *connection) {
        PendingOrder order = orderNamed(QString::fromLatin1(key));
        order.server = QString::fromLatin1(server);
        order.connection = ConnectionId(QString::fromLatin1(connection));
        QVERIFY(*orders.admit(order, &nobodyObjects));
    };
    add("its own", "https://cloud.example.net", "c");
    add("another profile's", "https://cloud.example.net", "d");
    add("its own, at another address", "https://before.example.net", "c");
    add("a stranger's", "https://elsewhere.example.net", "d");
    add("a stranger's without a profile", "https://elsewhere.example.net", "");
    Connection connection;
    connection.id = ConnectionId(QStringLiteral("c"));
    connection.baseUrl = QUrl(QStringLiteral("https://Cloud.example.net/"));
    QStringList keys;
    for (const PendingOrder &order : orders.of(connection))
        keys.append(order.key);
    QCOMPARE(keys, (QStringList{QStringLiteral("its own"), QStringLiteral("another profile's"),
                                QStringLiteral("its own, at another address")}));
    connection.id = {};
    QCOMPARE(orders.of(connection).size(), size_t(2));
}

void TestPendingOrders::oneSpellingOfAServer()
{
    const auto key = [](const char *url) {
        Connection connection;
        connection.baseUrl = QUrl(QString::fromLatin1(url));
        return serverKey(connection);
    };
    QCOMPARE(key("https://Cloud.example.net:443/"), key("https://cloud.example.net"));
    QCOMPARE(key("http://om.example.net:80/prefix/"), key("http://om.example.net/prefix"));
    QVERIFY(key("http://om.example.net:8080") != key("http://om.example.net"));
    QVERIFY(key("https://om.example.net") != key("http://om.example.net"));
}

QTEST_GUILESS_MAIN(TestPendingOrders)
#include "pending_orders_test.moc"
