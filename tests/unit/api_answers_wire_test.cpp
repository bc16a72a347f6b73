#include "unit/api_wire.h"

#include <QSignalSpy>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

/// What ApiTransport makes of answers, and how it ends, on real sockets.
class ApiAnswersWireTest : public QObject
{
    Q_OBJECT

private:
    SystemClock m_clock;

private Q_SLOTS:
    void opensTheEnvelope_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status"); ///< that comes out
        QTest::newRow("content") << QByteArray(R"({"status":200,"content":{"id":"x"}})") << 200;
        QTest::newRow("envelope") << QByteArray(R"({"status":200,"envelope":{"id":"x"}})") << 200;
        QTest::newRow("status beside") << QByteArray(R"({"status":200,"id":"x","results":[]})") << 200;
        QTest::newRow("ignored by the server") << QByteArray(R"({"id":"x"})") << 200;
        QTest::newRow("status as text") << QByteArray(R"({"status":"201","content":{"id":"x"}})") << 201;
        QTest::newRow("failure") << QByteArray(R"({"status":404,"content":{"errorCode":"SNAPSHOT_NOT_FOUND"}})") << 404;
        QTest::newRow("failure beside") << QByteArray(R"({"status":404,"errorCode":"SNAPSHOT_NOT_FOUND"})") << 404;
    }

    void opensTheEnvelope()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        ScriptedServer server;
        server.enqueue(ScriptedAnswer::json(body));
        Connection connection = connectionTo(server.url());
        connection.envelope = true;
        ApiTransport transport(connection, key(), m_clock, fast());
        const auto answer = resultOf(transport.get(QStringLiteral("groups")));
        QCOMPARE(server.requests().at(0).target, QByteArray("/api/public/v1.0/groups?envelope=true"));
        if (status < 300) {
            QVERIFY(answer);
            QCOMPARE(answer->status, status);
            QCOMPARE(answer->content.toObject().value(QLatin1String("id")).toString(), QStringLiteral("x"));
        } else {
            QVERIFY(!answer);
            QCOMPARE(answer.error().apiCode, QStringLiteral("SNAPSHOT_NOT_FOUND"));
            QCOMPARE(answer.error().httpStatus, status);
        }
    }

    void keepsAStatusFieldThatIsNoEnvelope()
    {
        ScriptedServer server;
        server.enqueue(ScriptedAnswer::json(R"({"status":404,"content":{}})"));
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
    }

    void refusesAnEndlessBody()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &) {
            ScriptedAnswer endless = ScriptedAnswer::json({});
            endless.generator = [](qint64, qint64 length) { return QByteArray(static_cast<qsizetype>(length), 'x'); };
            endless.size = std::numeric_limits<qint64>::max() / 2;
            endless.framing = ScriptedAnswer::Framing::Chunked;
            return endless;
        });
        ApiTransport::Policy policy = fast();
        policy.bodyBytes = 4 * 1024 * 1024;
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, policy);
        const auto answer = resultOf(transport.get(QStringLiteral("groups")));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Parse);
        QCOMPARE(server.requestCount(), 1);
    }

    void givesUpOnSilence()
    {
        ScriptedServer server;
        ScriptedAnswer silent = ScriptedAnswer::json(R"({"a":"b"})");
        silent.end = ScriptedAnswer::End::Stall;
        silent.dropAfter = 3;
        server.setHandler([silent](const RecordedRequest &) { return silent; });
        Connection connection = connectionTo(server.url());
        connection.timeout = 1s;
        ApiTransport::Policy policy = fast();
        policy.attempts = 1;
        ApiTransport transport(connection, key(), m_clock, policy);
        const auto answer = resultOf(transport.get(QStringLiteral("groups")));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Network);
        QCOMPARE(answer.error().httpStatus, 0);
        QVERIFY(answer.error().sentence.contains(QLatin1String("in time")));
    }

    void saysWhatIsNoJson_data()
    {
        QTest::addColumn<ScriptedAnswer>("answer");
        QTest::newRow("a page") << ScriptedAnswer::text("<html>hotel login</html>", 200, "text/html");
        QTest::newRow("nothing") << ScriptedAnswer::json({});
        QTest::newRow("cut JSON") << ScriptedAnswer::json(R"({"results":[)");
    }

    void saysWhatIsNoJson()
    {
        QFETCH(ScriptedAnswer, answer);
        ScriptedServer server;
        server.enqueue(answer);
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        const auto result = resultOf(transport.get(QStringLiteral("groups")));
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Parse);
        QCOMPARE(result.error().httpStatus, 200);
    }

    void readsLatin1ErrorDocuments()
    {
        ScriptedServer server;
        server.enqueue(ScriptedAnswer::json("{\"detail\":\"Gr\xfc\xdf\",\"errorCode\":\"NEW_CODE\"}", 400));
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        const auto result = resultOf(transport.get(QStringLiteral("groups")));
        QVERIFY(!result);
        QCOMPARE(result.error().apiCode, QStringLiteral("NEW_CODE"));
        QVERIFY(result.error().sentence.contains(QStringLiteral(u"Gr\u00fc\u00df")));
    }

    void learnsAboutTheServer()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &) {
            return ScriptedAnswer::json("{}")
                .with("X-MongoDB-Service-Version", "gitHash=abc; versionString=8.0.4.500.20250101T0000Z")
                .with("Date", "Tue, 24 Nov 2026 07:00:00 GMT");
        });
        class FixedClock final : public Clock
        {
        public:
            QDateTime now() const override { return QDateTime(QDate(2026, 11, 24), QTime(6, 59), Qt::UTC); }
        } clock;
        ApiTransport transport(connectionTo(server.url()), key(), clock, fast());
        QSignalSpy changes(&transport, &ApiTransport::serverInfoChanged);
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QCOMPARE(transport.serverInfo().version, QStringLiteral("8.0.4.500.20250101T0000Z"));
        QCOMPARE(transport.serverInfo().clockOffset, 60500ms);
        QCOMPARE(changes.size(), 1);
    }

    void sendsNothingOverPlainHttp()
    {
        Connection connection = connectionTo(QUrl(QStringLiteral("http://opsmanager.example.net:8080")));
        ApiTransport transport(connection, key(), m_clock, fast());
        const auto answer = resultOf(transport.get(QStringLiteral("groups")));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Refused);
        QVERIFY(answer.error().sentence.contains(QLatin1String("Plain HTTP")));
    }

    void keepsNoCookies()
    {
        ScriptedServer server;
        server.setHandler(
            [](const RecordedRequest &) { return ScriptedAnswer::json("{}").with("Set-Cookie", "session=1"); });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QVERIFY(!server.everythingReceived().contains("Cookie"));
    }

    void closingEndsWhatIsUnderWay()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &) {
            ScriptedAnswer slow = ScriptedAnswer::json("{}");
            slow.delay = 10s;
            return slow;
        });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        const auto first = transport.get(QStringLiteral("groups"));
        const auto second = transport.get(QStringLiteral("clusters"));
        QTRY_COMPARE(server.requestCount(), 1);
        QVERIFY(resultOf(transport.close()));
        QCOMPARE(resultOf(first, 1s).error().kind, ErrorKind::Cancelled);
        QCOMPARE(resultOf(second, 1s).error().kind, ErrorKind::Cancelled);
        QCOMPARE(resultOf(transport.get(QStringLiteral("groups")), 1s).error().kind, ErrorKind::Cancelled);
    }

    void deletingEndsWhatIsUnderWay()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &) {
            ScriptedAnswer slow = ScriptedAnswer::json("{}");
            slow.delay = 10s;
            return slow;
        });
        auto transport = std::make_unique<ApiTransport>(connectionTo(server.url()), key(), m_clock, fast());
        const auto call = transport->get(QStringLiteral("groups"));
        QTRY_COMPARE(server.requestCount(), 1);
        transport.reset();
        QCOMPARE(resultOf(call, 1s).error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(ApiAnswersWireTest)
#include "api_answers_wire_test.moc"
