#include "cloud/api_error.h"

#include <QTest>

using namespace tidemark;
using namespace std::chrono_literals;

class ApiErrorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sortsAnswers_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("part"); ///< of the sentence
        const auto row = [](const char *name, int status, const char *body, ErrorKind kind, const char *code,
                            const char *part) {
            QTest::newRow(name) << status << QByteArray(body) << kind << QString::fromLatin1(code)
                                << QString::fromLatin1(part);
        };
        row("wrong key", 401, "", ErrorKind::Credentials, "", "credentials");
        row("no rights", 401, "{\"errorCode\":\"NOT_IN_GROUP\"}", ErrorKind::Permission, "NOT_IN_GROUP", "project");
        row("unknown code of 401", 401, "{\"errorCode\":\"X\"}", ErrorKind::Permission, "X", "X");
        row("field", 400, "{\"errorCode\":\"INVALID_ATTRIBUTE\",\"detail\":\"Invalid attribute foo.\"}",
            ErrorKind::Refused, "INVALID_ATTRIBUTE", "foo");
        row("unknown code", 409, "{\"errorCode\":\"BRAND_NEW\",\"detail\":\"Because.\"}", ErrorKind::Conflict,
            "BRAND_NEW", "BRAND_NEW: \u201cBecause.");
        row("damaged snapshot", 409, "{\"errorCode\":\"SNAPSHOT_BLOCKS_MISSING\"}", ErrorKind::Conflict,
            "SNAPSHOT_BLOCKS_MISSING", "damaged");
        row("malformed id", 404, "{\"errorCode\":\"INVALID_CLUSTER_ID\"}", ErrorKind::NotFound, "INVALID_CLUSTER_ID",
            "id");
        row("rate", 429, "{\"errorCode\":\"RATE_LIMITED\"}", ErrorKind::RateLimited, "RATE_LIMITED", "limits");
        row("page", 502, "<html>bad gateway</html>", ErrorKind::Server, "", "502");
        row("array", 500, "[1]", ErrorKind::Server, "", "500");
        row("proxy", 407, "", ErrorKind::Proxy, "", "proxy");
        row("teapot", 418, "", ErrorKind::Refused, "", "418");
    }

    void sortsAnswers()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, code);
        QFETCH(QString, part);
        const Error error = errorFromAnswer(status, body);
        QCOMPARE(error.kind, kind);
        QCOMPARE(error.apiCode, code);
        QCOMPARE(error.httpStatus, status);
        QVERIFY(!error.sentence.isEmpty());
        QVERIFY(!error.sentence.contains(QLatin1String("<html>")));
        if (!part.contains(QChar(0xe2)) && !part.contains(QLatin1Char(':')))
            QVERIFY2(error.sentence.contains(part), qPrintable(error.sentence));
        else
            QVERIFY2(error.sentence.contains(code) && error.sentence.contains(QLatin1String("Because.")),
                     qPrintable(error.sentence));
    }

    void namesTheCallersAddress_data()
    {
        QTest::addColumn<QByteArray>("code");
        for (const char *code : {"IP_ADDRESS_NOT_ON_ACCESS_LIST", "IP_ADDRESS_NOT_ON_WHITELIST",
                                 "RESOURCE_REQUIRES_ACCESS_LIST", "ORG_REQUIRES_ACCESS_LIST"})
            QTest::newRow(code) << QByteArray(code);
    }

    void namesTheCallersAddress()
    {
        QFETCH(QByteArray, code);
        const Error error =
            errorFromAnswer(403, "{\"errorCode\":\"" + code + "\",\"parameters\":[\"198.51.100.7\",2]}");
        QCOMPARE(error.kind, ErrorKind::Permission);
        QCOMPARE(callerAddress(error), QStringLiteral("198.51.100.7"));
        QCOMPARE(error.parameters, QStringList({QStringLiteral("198.51.100.7"), QStringLiteral("2")}));
        QVERIFY(error.hint.contains(QLatin1String("access list")));
    }

    void readsTokenErrors()
    {
        const Error wrong = errorFromTokenAnswer(401, "{\"error\":\"invalid_client\",\"error_description\":\"no\"}");
        QCOMPARE(wrong.kind, ErrorKind::Credentials);
        const Error often = errorFromTokenAnswer(429, "{\"error\":\"rate_limited\"}", 60s);
        QCOMPARE(often.kind, ErrorKind::RateLimited);
        QCOMPARE(often.retryAfter, 60s);
        QVERIFY(often.retryable);
        const Error api = errorFromTokenAnswer(403, "{\"error\":403,\"errorCode\":\"ORG_REQUIRES_ACCESS_LIST\"}");
        QCOMPARE(api.apiCode, QStringLiteral("ORG_REQUIRES_ACCESS_LIST"));
        const Error unknown = errorFromTokenAnswer(400, "{\"error\":\"something_new\"}");
        QCOMPARE(unknown.apiCode, QStringLiteral("something_new"));
        QVERIFY(unknown.sentence.contains(unknown.apiCode));
    }

    void readsRetryAfter_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<qint64>("milliseconds");
        QTest::newRow("none") << QByteArray() << qint64(0);
        QTest::newRow("seconds") << QByteArray("7") << qint64(7000);
        QTest::newRow("negative") << QByteArray("-7") << qint64(0);
        QTest::newRow("huge") << QByteArray("9999999999999") << qint64(3600000);
        QTest::newRow("date") << QByteArray("Tue, 24 Nov 2026 07:00:30 GMT") << qint64(30000);
        QTest::newRow("RFC 850") << QByteArray("Tuesday, 24-Nov-26 07:00:30 GMT") << qint64(30000);
        QTest::newRow("asctime") << QByteArray("Tue Nov 24 07:00:30 2026") << qint64(30000);
        QTest::newRow("past") << QByteArray("Tue, 24 Nov 2026 06:00:30 GMT") << qint64(0);
        QTest::newRow("words") << QByteArray("soon") << qint64(0);
    }

    void readsRetryAfter()
    {
        QFETCH(QByteArray, header);
        QFETCH(qint64, milliseconds);
        const QDateTime now(QDate(2026, 11, 24), QTime(7, 0), Qt::UTC);
        QCOMPARE(retryAfterOf(header, now).count(), milliseconds);
    }
};

QTEST_GUILESS_MAIN(ApiErrorTest)
#include "api_error_test.moc"
