#include "cloud/digest_auth.h"
#include "e2e/peers_tests.h"

#include <QJsonDocument>
#include <QProcess>
#include <QTest>

#include <set>

namespace tidemark::test {

namespace {

const QString user = QStringLiteral("pubkey01");
const QString password = QStringLiteral("private-key: with \"quotes\"");

struct LogLine
{
    QByteArray method;
    QByteArray path;
    int status = 0;
    QByteArray authorization;

    QByteArray field(const QByteArray &name) const
    {
        const auto challenges = digest::parseChallenges(authorization);
        return challenges.empty() ? QByteArray() : challenges.front().parameter(name).value_or(QByteArray());
    }
};

std::vector<LogLine> linesOf(const peers::ApacheDigest &apache)
{
    std::vector<LogLine> lines;
    for (const QByteArray &line : apache.accessLog().split('\n')) {
        const QList<QByteArray> words = line.split(' ');
        if (words.size() > 3)
            lines.push_back({words[0], words[1], words[2].toInt(), words.mid(3).join(' ').replace("\\\"", "\"")});
    }
    return lines;
}

qsizetype count(const std::vector<LogLine> &lines, const QByteArray &method, int status)
{
    return std::count_if(lines.begin(), lines.end(),
                         [&](const LogLine &line) { return line.method == method && line.status == status; });
}

QByteArray curl(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral("curl"),
                  QStringList{QStringLiteral("--silent"), QStringLiteral("--max-time"), QStringLiteral("20")} +
                      arguments);
    process.waitForFinished(30000);
    return process.readAllStandardOutput();
}

Credentials key()
{
    return {Secret(password), {}};
}

} // namespace

void PeersDigestTest::initTestCase()
{
    QVERIFY2(m_cloud.isRunning(), qPrintable(m_cloud.problem()));
    const QByteArray answer =
        curl({QStringLiteral("--user"), m_cloud.clientId() + QLatin1Char(':') + m_cloud.clientSecret(),
              QStringLiteral("--data"), QStringLiteral("grant_type=client_credentials"),
              m_cloud.baseUrl().resolved(QUrl(QStringLiteral("/api/oauth/token"))).toString()});
    m_token = QJsonDocument::fromJson(answer).object().value(QLatin1String("access_token")).toString().toUtf8();
    QVERIFY2(!m_token.isEmpty(), answer.constData());
}

std::unique_ptr<peers::ApacheDigest> PeersDigestTest::apache(int nonceLifeSeconds)
{
    QString backend = m_cloud.baseUrl().toString();
    while (backend.endsWith(QLatin1Char('/')))
        backend.chop(1);
    auto server = std::make_unique<peers::ApacheDigest>(backend, m_token, user, password, nonceLifeSeconds);
    if (server->start())
        return server;
    qWarning("Apache: %s", server->peer().output().constData());
    return nullptr;
}

void PeersDigestTest::signsIn_data()
{
    QTest::addColumn<int>("nonceLife");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("password");
    QTest::addColumn<bool>("right");
    QTest::newRow("MD5, qop=auth, right key") << 300 << user << password << true;
    QTest::newRow("MD5, qop=auth, wrong private key") << 300 << user << QStringLiteral("wrong") << false;
    QTest::newRow("MD5, qop=auth, unknown public key") << 300 << QStringLiteral("nobody") << password << false;
    QTest::newRow("MD5, qop=auth, nonces that never end") << -1 << user << password << true;
}

void PeersDigestTest::signsIn()
{
    QFETCH(int, nonceLife);
    QFETCH(QString, user);
    QFETCH(QString, password);
    QFETCH(bool, right);
    const auto server = apache(nonceLife);
    QVERIFY(server);
    const Projects outcome = readProjects(connectionTo(server->baseUrl(), user), {Secret(password), {}});
    record(QString::fromLatin1(QTest::currentDataTag()), outcomeText(outcome));
    const QString objection = objectionTo(outcome, right ? Expected::projects() : Expected{ErrorKind::Credentials, {}});
    QVERIFY2(objection.isEmpty(), qPrintable(objection));

    const auto lines = linesOf(*server);
    QCOMPARE(lines.size(), size_t(2)); // the challenge, and one answer: no loop
    QCOMPARE(lines[0].authorization, QByteArray("-"));
    QVERIFY2(lines[1].authorization.startsWith("Digest "), lines[1].authorization.constData());
    QCOMPARE(lines[1].field("qop"), QByteArray("auth"));
    QVERIFY(!server->accessLog().contains("Basic "));
}

void PeersDigestTest::parallelCallsShareOneNonce()
{
    constexpr int calls = 20;
    const auto server = apache();
    QVERIFY(server);
    const SystemClock clock;
    CloudClient client(connectionTo(server->baseUrl(), user), key(), clock, CloudClient::Retries::None);
    std::vector<Async<std::vector<Project>>> pending;
    for (int i = 0; i < calls; ++i)
        pending.push_back(client.projects());
    for (const auto &one : pending) {
        const Projects outcome = resultOf(one);
        QVERIFY2(outcome, qPrintable(outcomeText(outcome)));
    }
    const auto lines = linesOf(*server);
    QCOMPARE(count(lines, "GET", 401), 1);
    std::set<QByteArray> nonces;
    std::set<quint32> counts;
    for (const LogLine &line : lines) {
        if (line.status != 200)
            continue;
        nonces.insert(line.field("nonce"));
        counts.insert(line.field("nc").toUInt(nullptr, 16));
    }
    QCOMPARE(nonces.size(), size_t(1));
    QCOMPARE(counts.size(), size_t(calls)); // each once
    QCOMPARE(*counts.begin(), 1U);
    QCOMPARE(*counts.rbegin(), quint32(calls)); // none left out
    record(QStringLiteral("20 calls at once"), QStringLiteral("one challenge, one nonce, nc 1 to 20 each once"));
}

void PeersDigestTest::aNonceEnds()
{
    const auto server = apache(1);
    QVERIFY(server);
    const SystemClock clock;
    CloudClient client(connectionTo(server->baseUrl(), user), key(), clock, CloudClient::Retries::None);
    const Projects first = resultOf(client.projects());
    QVERIFY2(first, qPrintable(outcomeText(first)));
    QTest::qWait(2500);
    const Projects second = resultOf(client.projects());
    QVERIFY2(second, qPrintable(outcomeText(second)));
    const auto lines = linesOf(*server);
    QCOMPARE(lines.size(), size_t(4));
    QCOMPARE(count(lines, "GET", 401), 2);
    QVERIFY(lines[1].field("nonce") != lines[3].field("nonce"));
    QCOMPARE(lines[3].field("nc"), QByteArray("00000001"));
    record(QStringLiteral("nonce ended (stale=true)"), QStringLiteral("answered once more with the new nonce"));
}

void PeersDigestTest::aNonceThatEndedDelaysAPostButNeverDoublesIt()
{
    const auto server = apache(1);
    QVERIFY(server);
    const SystemClock clock;
    CloudClient client(connectionTo(server->baseUrl(), user), key(), clock, CloudClient::Retries::None);
    const Projects projects = resultOf(client.projects());
    QVERIFY2(projects, qPrintable(outcomeText(projects)));
    const auto clusters = resultOf(client.clusters(projects->front().id));
    QVERIFY(clusters && !clusters->empty());
    const auto snapshots = resultOf(client.snapshots(projects->front().id, clusters->front().id));
    QVERIFY(snapshots && !snapshots->empty());
    QTest::qWait(2500);
    const QByteArray body = R"({"delivery":{"methodName":"HTTP","expirationHours":4,"maxDownloads":3},"snapshotId":")" +
                            snapshots->front().id.value.toLatin1() + "\"}";
    const auto created =
        resultOf(client.createRestoreJobs(projects->front().id, clusters->front().id, body, [](int) { return true; }));
    QVERIFY2(created && !created->jobs.empty(), created ? qPrintable(created->error.sentence) : "");
    const auto lines = linesOf(*server);
    QCOMPARE(count(lines, "POST", 401), 1); // refused before anything was done
    QCOMPARE(count(lines, "POST", 200), 1);
    record(QStringLiteral("POST with a nonce that ended"), QStringLiteral("refused as stale, then carried out once"));
}

/// The server itself is judged too: what it refuses from this client, it refuses from curl.
void PeersDigestTest::curlAgrees()
{
    const auto server = apache();
    QVERIFY(server);
    const auto status = [&](const QString &secret) {
        return curl({QStringLiteral("--digest"), QStringLiteral("--user"), user + QLatin1Char(':') + secret,
                     QStringLiteral("--output"), QStringLiteral("/dev/null"), QStringLiteral("--write-out"),
                     QStringLiteral("%{http_code}"), server->baseUrl() + QStringLiteral("/api/public/v1.0/groups")});
    };
    QCOMPARE(status(password), QByteArray("200"));
    QCOMPARE(status(QStringLiteral("wrong")), QByteArray("401"));
}

} // namespace tidemark::test
