#include "connection/base_url.h"

#include <QTest>

using namespace tidemark;

class BaseUrlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addresses_data();
    void addresses();
    void cloudManager();
};

void BaseUrlTest::addresses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("project");
    const auto row = [](const char *text, const char *url, const char *project = "") {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(url) << QString::fromUtf8(project);
    };
    const char *id = "6193b2f1c0ffee0000000001";

    row("ops.example.net", "https://ops.example.net");
    row("ops.example.net:8443", "https://ops.example.net:8443");
    row("HTTPS://OPS.example.net", "https://ops.example.net");
    row("http://ops.example.net:8080/", "http://ops.example.net:8080");
    row("https://a:b@ops.example.net/?x=1#y", "https://ops.example.net");
    row("[::1]:8080", "https://[::1]:8080");
    row("localhost:8080", "https://localhost:8080");

    // The application's own pages, as the browser shows them.
    row("https://om:8443/v2/6193b2f1c0ffee0000000001#/deployment/topology", "https://om:8443", id);
    row("https://om:8443/v2/6193b2f1c0ffee0000000001#deployment/topology?a=b c|d", "https://om:8443", id);
    row("https://cloud.mongodb.com/v2/6193b2f1c0ffee0000000001#/clusters", "https://cloud.mongodb.com", id);
    row("https://cloud.mongodb.com/v2/…#/clusters", "https://cloud.mongodb.com");
    row("https://cloud.mongodb.com/v2#/org/6193b2f1c0ffee0000000001/projects", "https://cloud.mongodb.com");
    row("https://om.example.com/user#/profile/personal", "https://om.example.com");
    row("https://om.example.com/account/login?signedOut=true", "https://om.example.com");
    row("https://om.example.com/account/login;jsessionid=A1B2?signedOut=true", "https://om.example.com");
    row("https://om.example.com/;jsessionid=A1B2", "https://om.example.com");
    row("https://om.example.com/account/login?n=%2Fv2%2F6193b2f1c0ffee0000000001%23deployment",
        "https://om.example.com", id);
    row("https://account.mongodb.com/account/login?n=https%3A%2F%2Fcloud.mongodb.com%2Fv2%2F6193b2f1c0ffee0000000001",
        "https://cloud.mongodb.com", id);
    row("om.example.com:8443/account/login?n=https://om.example.com:8443/v2/6193b2f1c0ffee0000000001",
        "https://om.example.com:8443", id);
    row("https://om.example.com/admin#/general/overview", "https://om.example.com");
    row("https://om.example.com/host/list/6193b2f1c0ffee0000000001", "https://om.example.com", id);
    row("https://om.example.com/index.html", "https://om.example.com");

    // The interface's own addresses.
    row("https://cloud.mongodb.com/api/public/v1.0/", "https://cloud.mongodb.com");
    row("https://om/api/public/v1.0/groups/6193b2f1c0ffee0000000001/clusters?pretty=true", "https://om", id);
    row("https://gate.example.net/mms/api/public/v1.0", "https://gate.example.net/mms");

    // A prefix that is not the application's stays.
    row("https://gate.example.net/mms", "https://gate.example.net/mms");
    row("https://gate.example.net/mms/v2/6193b2f1c0ffee0000000001#/backup", "https://gate.example.net/mms", id);
    row("https://gate.example.net//db//mms//", "https://gate.example.net/db/mms");
    row("https://gate.example.net/api/mms", "https://gate.example.net/api/mms");
    row("https://gate.example.net/6193b2f1c0ffee0000000001", "https://gate.example.net/6193b2f1c0ffee0000000001");

    // What comes along from a mail or a second paste.
    row("  <https://om.example.com:8443/v2/6193b2f1c0ffee0000000001#/x>\n", "https://om.example.com:8443", id);
    row("\"https://om.example.com\",", "https://om.example.com");
    row("https://https://om.example.com", "https://om.example.com");
    row("//om.example.com/v2", "https://om.example.com");

    row("ftp://ops.example.net", "");
    row("https://", "");
    row("https:///v2/x", "");
    row("ops example net", "");
    row("  ", "");
}

void BaseUrlTest::addresses()
{
    QFETCH(QString, text);
    QFETCH(QString, url);
    QFETCH(QString, project);
    const PastedAddress found = pastedAddress(text);
    QCOMPARE(found.baseUrl.toString(), url);
    QCOMPARE(found.project.value, project);
    QCOMPARE(pastedAddress(url).baseUrl, found.baseUrl); // what was kept is kept again
}

void BaseUrlTest::cloudManager()
{
    QVERIFY(isCloudManager(baseUrlFromText(QStringLiteral("http://cloud.mongodb.com/v2/1#x"))));
    QVERIFY(!isCloudManager(baseUrlFromText(QStringLiteral("https://cloud.mongodb.com.example.net"))));
    QVERIFY(!isCloudManager({}));
}

QTEST_GUILESS_MAIN(BaseUrlTest)
#include "base_url_test.moc"
