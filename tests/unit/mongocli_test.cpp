#include "connection/environment_connection.h"
#include "connection/mongocli_import.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;

namespace {

using Missing = MongocliConnection::Missing;

/// What an import found, a line for each profile: name, kind and address, keys, project, CA, what is missing.
QString told(const MongocliImport &found)
{
    QStringList lines;
    for (const MongocliConnection &one : found.profiles) {
        const Connection &connection = one.connection;
        QStringList words{connection.name,
                          connection.service == Service::OpsManager ? QStringLiteral("OM") : QStringLiteral("CM"),
                          connection.baseUrl.toString(),
                          connection.userName,
                          QString::fromUtf8(one.credentials.secret.reveal()),
                          connection.defaultProject.value,
                          connection.caCertificateFile};
        if (one.missing != Missing::Nothing)
            words << (one.missing == Missing::Service ? QStringLiteral("service?") : QStringLiteral("address?"));
        lines << words.join(QLatin1Char('|'));
    }
    return lines.join(QLatin1Char('\n'));
}

const QByteArray Keys = "public_api_key = \"pub\"\nprivate_api_key = \"prv\"\n";
const QString CloudManager = QStringLiteral("CM|https://cloud.mongodb.com|pub|prv||");
const QString OpsManager = QStringLiteral("OM|https://om:8443|pub|prv||");

} // namespace

class MongocliTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void configurations_data();
    void configurations();
    void notes_data();
    void notes();
    void notTomlNamesTheLine();
    void noInputBreaksIt();
    void filesWhereMongocliKeepsThem();
    void environment_data();
    void environment();
    void nothingInTheEnvironment();
};

void MongocliTest::configurations_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &toml, const QString &expected) {
        QTest::newRow(name) << toml << expected;
    };
    const QByteArray om = "service = \"ops-manager\"\nops_manager_url = \"https://om:8443/\"\n";
    const QByteArray cm = "service = \"cloud-manager\"\n";

    row("cloud manager", "[default]\n" + cm + Keys, QStringLiteral("default|") + CloudManager);
    row("ops manager", "[default]\n" + om + Keys, QStringLiteral("default|") + OpsManager);
    row("an address without a service", "[default]\nops_manager_url = \"https://om:8443\"\n" + Keys,
        QStringLiteral("default|") + OpsManager);
    row("an address counts more than cloud-manager", "[a]\n" + cm + "ops_manager_url = \"https://om:8443\"\n" + Keys,
        QStringLiteral("a|") + OpsManager);
    row("the address of Cloud Manager",
        "[a]\n"
        "ops_manager_url = \"https://cloud.mongodb.com/\"\n" +
            Keys,
        QStringLiteral("a|") + CloudManager);
    row("base_url", "[a]\nbase_url = \"https://om:8443\"\n" + Keys, QStringLiteral("a|") + OpsManager);
    row("an address as pasted", "[a]\nops_manager_url = \"https://om:8443/v2/6193b2f1c0ffee0000000001#/x\"\n" + Keys,
        QStringLiteral("a|OM|https://om:8443|pub|prv|6193b2f1c0ffee0000000001|"));

    row("above the tables", om + "ops_manager_ca_certificate = \"/etc/ca.pem\"\n[default]\n" + Keys + "[b]\n" + Keys,
        QStringLiteral("default|OM|https://om:8443|pub|prv||/etc/ca.pem\nb|OM|https://om:8443|pub|prv||/etc/ca.pem"));
    row("above outranks", om + "project_id = \"p1\"\n[a]\n" + cm + "project_id = \"p2\"\n" + Keys,
        QStringLiteral("a|OM|https://om:8443|pub|prv|p1|"));
    row("empty above outranks nothing", "service = \"\"\nprivate_api_key = \" \"\n[a]\n" + cm + Keys,
        QStringLiteral("a|") + CloudManager);
    row("keys above all tables only", om + Keys, QStringLiteral("default|") + OpsManager);
    row("a key above", "public_api_key = \"pub\"\n[a]\n" + cm + "private_api_key = \"prv\"\n",
        QStringLiteral("a|") + CloudManager);

    row("names without case",
        "[Prod]\nService = \"Ops-Manager\"\nOPS_MANAGER_URL = \"https://om:8443\"\n"
        "Public_API_Key = \"pub\"\nPRIVATE_api_key = \"prv\"\n",
        QStringLiteral("Prod|") + OpsManager);
    row("one below another", "[my]\n" + cm + Keys + "[my.profile]\n" + om + Keys,
        QStringLiteral("my|") + CloudManager + QStringLiteral("\nmy.profile|") + OpsManager);
    row("below none", "[my.profile]\n" + om + Keys, QStringLiteral("my.profile|") + OpsManager);
    row("names in quotes", "[\"ops prod\"]\n" + om + Keys + "['a.b']\n" + om + Keys,
        QStringLiteral("ops prod|") + OpsManager + QStringLiteral("\na.b|") + OpsManager);
    row("in the file's order", "[z]\n" + cm + Keys + "[a]\n" + cm + Keys,
        QStringLiteral("z|") + CloudManager + QStringLiteral("\na|") + CloudManager);
    row("escapes", "[a]\n" + cm + "public_api_key = \"caf\\u00e9\"\nprivate_api_key = \"q\\\"\\U0001F511\\\\\"\n",
        QStringLiteral("a|CM|https://cloud.mongodb.com|café|q\"🔑\\||"));
    row("literal", "[a]\n" + cm + "public_api_key = 'pub'\nprivate_api_key = 'with # and \\ kept'\n",
        QStringLiteral("a|CM|https://cloud.mongodb.com|pub|with # and \\ kept||"));
    row("three quotation marks", "[a]\n" + cm + "public_api_key = '''pub'''\nprivate_api_key = \"\"\"prv\"\"\"\n",
        QStringLiteral("a|") + CloudManager);
    row("three over lines", "[a]\n" + cm + "public_api_key = \"pub\"\nprivate_api_key = \"\"\"\nprv\n\"\"\"\n",
        QStringLiteral("a|") + CloudManager);
    row("array over lines", "[a]\noutput = [\n \"x\", # one\n \"]\",\n]\n" + cm + Keys,
        QStringLiteral("a|") + CloudManager);
    row("array of tables", "[[x]]\npublic_api_key = \"no\"\n[[x]]\n[a]\n" + cm + Keys,
        QStringLiteral("a|") + CloudManager);
    row("dates", "d = 1979-05-27\n[a]\nt = 1979-05-27T07:32:00-08:00\n" + cm + Keys + "l = 07:32:00\n",
        QStringLiteral("a|") + CloudManager);
    row("dotted keys", "a.service = \"cloud-manager\"\na.public_api_key = \"pub\"\na.private_api_key = \"prv\"\n",
        QStringLiteral("a|") + CloudManager);
    row("dotted within", "[a]\nb.c = 1\n" + cm + Keys, QStringLiteral("a|") + CloudManager);
    row("inline table", "a = {service = \"cloud-manager\", public_api_key = \"pub\", private_api_key = \"prv\"}\n",
        QStringLiteral("a|") + CloudManager);
    row("numbers and floats", "n = 0x1F\nf = inf\n[a]\nm = 1_000\n" + cm + Keys, QStringLiteral("a|") + CloudManager);
    row("byte order mark and CRLF",
        "\xEF\xBB\xBF[a]\r\nservice = \"cloud-manager\"\r\npublic_api_key = \"pub\"\r\n"
        "private_api_key = \"prv\" # mine\r\n",
        QStringLiteral("a|") + CloudManager);
    row("a profile named as a setting", "[service]\n" + om + Keys, QStringLiteral("service|") + OpsManager);

    row("odd values are no secret",
        "[a]\n" + cm + "public_api_key = \"pub\"\nprivate_api_key = 1979-05-27\n[b]\n" + cm + Keys,
        QStringLiteral("a|CM|https://cloud.mongodb.com|pub|||\nb|") + CloudManager);
    row("an array for a key", "[a]\n" + cm + "public_api_key = \"pub\"\nprivate_api_key = [\"prv\"]\n",
        QStringLiteral("a|CM|https://cloud.mongodb.com|pub|||"));
    row("a number for a key", "[a]\n" + cm + "public_api_key = 12345678\nprivate_api_key = \"prv\"\n",
        QStringLiteral("a|CM|https://cloud.mongodb.com||prv||"));
    row("an odd one above hides none", "service = 5\nprivate_api_key = true\n[a]\n" + om + Keys,
        QStringLiteral("a|") + OpsManager);
    row("an odd address", "[a]\nops_manager_url = \"see wiki\"\n" + Keys, QStringLiteral("a|OM||pub|prv|||address?"));

    row("neither service nor address", "[a]\n" + Keys,
        QStringLiteral("a|") + CloudManager + QStringLiteral("|service?"));
    row("an unknown service", "[a]\nservice = \"ops_manager\"\n" + Keys,
        QStringLiteral("a|") + CloudManager + QStringLiteral("|service?"));
    row("ops manager without address", "[a]\nservice = \"ops-manager\"\n" + Keys,
        QStringLiteral("a|OM||pub|prv|||address?"));
    row("Atlas", "[a]\nservice = \"cloud\"\n" + Keys + "[b]\nservice = \"cloudgov\"\n" + Keys, QString());
    row("nothing of ours", "skip_update_check = true\n[a]\noutput = \"json\"\n", QString());
    row("empty", "", QString());
}

void MongocliTest::configurations()
{
    QFETCH(QByteArray, toml);
    QFETCH(QString, expected);
    const auto found = importMongocli(toml);
    QVERIFY2(found, found ? "" : qPrintable(found.error().sentence));
    QCOMPARE(told(*found), expected);
}

void MongocliTest::notes_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("note");
    QTest::newRow("all taken over") << QByteArray() << QString();
    QTest::newRow("skip verify") << QByteArray("ops_manager_skip_verify = \"yes\"\n") << QStringLiteral("certificate");
    QTest::newRow("skip verify, true") << QByteArray("ops_manager_skip_verify = true\n")
                                       << QStringLiteral("certificate");
    QTest::newRow("no skip") << QByteArray("ops_manager_skip_verify = \"no\"\n") << QString();
    QTest::newRow("no skip, false") << QByteArray("ops_manager_skip_verify = false\n") << QString();
    QTest::newRow("odd") << QByteArray("project_id = 7\n") << QStringLiteral("project_id");
    QTest::newRow("not ours") << QByteArray("org_id = 7\n") << QString();
}

void MongocliTest::notes()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, note);
    const auto found = importMongocli("[a]\nservice = \"cloud-manager\"\n" + line + Keys);
    QVERIFY(found);
    const QString said = found->profiles.at(0).notes.join(QLatin1Char('\n'));
    QVERIFY2(note.isEmpty() ? said.isEmpty() : said.contains(note), qPrintable(said));
}

void MongocliTest::notTomlNamesTheLine()
{
    for (const QByteArray &broken : {QByteArray("<html>\n"), QByteArray("private_api_key = \n"),
                                     QByteArray("private_api_key = prv\n"), QByteArray("x = \"\xFF\"\n")}) {
        const auto found = importMongocli("[default]\npublic_api_key = \"a\"\n" + broken);
        QVERIFY(!found);
        QCOMPARE(found.error().kind, ErrorKind::Parse);
        QVERIFY2(found.error().sentence.contains(QLatin1Char('3')), qPrintable(found.error().sentence));
        QVERIFY(!found.error().sentence.contains(QLatin1String("prv"))); // what stands there may be a secret
    }
}

void MongocliTest::noInputBreaksIt()
{
    const QByteArray whole =
        "service = \"ops-manager\"\n[a.b]\nops_manager_url = '''https://om'''\nx = [1, {y = 2}]\n" + Keys;
    for (qsizetype length = 0; length < whole.size(); ++length) {
        (void)importMongocli(whole.left(length));
        QByteArray changed = whole;
        for (const char byte : {'\0', '"', '[', '\xFF', '\n'}) {
            changed[length] = byte;
            (void)importMongocli(changed);
        }
    }
    QVERIFY(!importMongocli("x = " + QByteArray(100'000, '[')));
}

void MongocliTest::filesWhereMongocliKeepsThem()
{
    const QTemporaryDir home;
    const auto restore = qScopeGuard([before = qgetenv("HOME"), xdg = qgetenv("XDG_CONFIG_HOME")] {
        qputenv("HOME", before);
        qputenv("XDG_CONFIG_HOME", xdg);
    });
    qputenv("HOME", home.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", home.filePath(QStringLiteral("xdg")).toUtf8());
    QVERIFY(mongocliConfigFiles().isEmpty());
    const QStringList places{QStringLiteral("xdg/mongocli/config.toml"), QStringLiteral("xdg/mongocli.toml"),
                             QStringLiteral(".config/mongocli/config.toml"), QStringLiteral(".config/mongocli.toml"),
                             QStringLiteral(".mongocli.toml")};
    QStringList expected;
    for (const QString &place : places) {
        const QString path = home.filePath(place);
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        expected << path;
    }
    QCOMPARE(mongocliConfigFiles(), expected);
}

void MongocliTest::environment_data()
{
    QTest::addColumn<QStringList>("variables");
    QTest::addColumn<QString>("expected");
    QTest::newRow("keys alone") << QStringList() << QStringLiteral("CM|https://cloud.mongodb.com||");
    QTest::newRow("address") << QStringList{QStringLiteral("MCLI_OPS_MANAGER_URL=http://127.0.0.1:8080/")}
                             << QStringLiteral("OM|http://127.0.0.1:8080||");
    QTest::newRow("base url") << QStringList{QStringLiteral("MCLI_BASE_URL=https://om")}
                              << QStringLiteral("OM|https://om||");
    QTest::newRow("service, CA and project")
        << QStringList{QStringLiteral("MCLI_SERVICE=ops-manager"), QStringLiteral("MCLI_OPS_MANAGER_URL=om:8443"),
                       QStringLiteral("MCLI_OPS_MANAGER_CA_CERTIFICATE=/etc/ca.pem"),
                       QStringLiteral("MCLI_PROJECT_ID=p1")}
        << QStringLiteral("OM|https://om:8443|p1|/etc/ca.pem");
    QTest::newRow("ops manager without address")
        << QStringList{QStringLiteral("MCLI_SERVICE=ops-manager")} << QStringLiteral("OM|||");
    QTest::newRow("project in the address")
        << QStringList{QStringLiteral("MCLI_OPS_MANAGER_URL=https://om/v2/6193b2f1c0ffee0000000001#/x")}
        << QStringLiteral("OM|https://om|6193b2f1c0ffee0000000001|");
}

void MongocliTest::environment()
{
    QFETCH(QStringList, variables);
    QFETCH(QString, expected);
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("MCLI_PUBLIC_API_KEY"), QStringLiteral("pub"));
    environment.insert(QStringLiteral("MCLI_PRIVATE_API_KEY"), QStringLiteral("prv"));
    for (const QString &variable : variables)
        environment.insert(variable.section(QLatin1Char('='), 0, 0), variable.section(QLatin1Char('='), 1));
    const auto found = environmentConnection(environment);
    QVERIFY(found);
    const Connection &connection = found->connection;
    QCOMPARE(connection.name, QStringLiteral("Environment"));
    QVERIFY(isFromEnvironment(connection));
    QCOMPARE(connection.userName, QStringLiteral("pub"));
    QCOMPARE(found->credentials.secret.reveal(), QByteArray("prv"));
    const QStringList told{connection.service == Service::OpsManager ? QStringLiteral("OM") : QStringLiteral("CM"),
                           connection.baseUrl.toString(), connection.defaultProject.value,
                           connection.caCertificateFile};
    QCOMPARE(told.join(QLatin1Char('|')), expected);
}

void MongocliTest::nothingInTheEnvironment()
{
    QProcessEnvironment environment;
    QVERIFY(!environmentConnection(environment));
    environment.insert(QStringLiteral("MCLI_PUBLIC_API_KEY"), QStringLiteral("pub"));
    QVERIFY(!environmentConnection(environment));
    environment.insert(QStringLiteral("MCLI_PRIVATE_API_KEY"), QStringLiteral("prv"));
    QVERIFY(environmentConnection(environment));
    environment.insert(QStringLiteral("MCLI_SERVICE"), QStringLiteral("cloud"));
    QVERIFY(!environmentConnection(environment));
}

QTEST_GUILESS_MAIN(MongocliTest)
#include "mongocli_test.moc"
