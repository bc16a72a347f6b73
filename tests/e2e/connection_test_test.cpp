#include "base/clock.h"
#include "checkup/connection_test.h"
#include "e2e/connection_failures.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

using State = StepReport::State;

QString describe(const ConnectionReport &report)
{
    QStringList lines{reportSummary(report)};
    for (std::size_t i = 0; i < report.size(); ++i) {
        const StepReport &step = report[i];
        lines << stepName(static_cast<ConnectionStep>(i)) + QLatin1String(": ") + stateWord(step.state) +
                     QLatin1String(" | ") + step.sentence + QLatin1String(" | ") + step.hint + QLatin1String(" | ") +
                     step.warning + QLatin1String(" | ") + step.facts.join(QLatin1String("; "));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

/// Each failure over real sockets: at which step it is found, in which words, and with which advice.
class ConnectionTestTest : public QObject
{
    Q_OBJECT

private:
    SystemClock m_clock;
    ConnectionServers m_servers;
    std::vector<FailureRow> m_rows;

    ConnectionReport reportOf(const Setup &setup, QString *address = nullptr)
    {
        ConnectionTest test(setup.connection, setup.credentials, m_clock);
        QSignalSpy finished(&test, &ConnectionTest::finished);
        test.start();
        if (finished.isEmpty() && !finished.wait(30000))
            return {};
        if (address)
            *address = test.seenAddress();
        return test.report();
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray problem = m_servers.start();
        QVERIFY2(problem.isEmpty(), problem.constData());
    }

    void findsFailures_data()
    {
        m_rows = failureRows(m_servers);
        addRows(m_rows);
    }

    void findsFailures()
    {
        const FailureRow &row = thisRow(m_rows);
        const Setup setup = row.setup();
        QString address;
        const ConnectionReport report = reportOf(setup, &address);
        const QByteArray all = describe(report).toUtf8();
        const auto failing = static_cast<std::size_t>(row.step);
        for (std::size_t i = 0; i < report.size(); ++i) {
            const State state = report[i].state;
            if (i < failing)
                QVERIFY2(state == State::Passed || state == State::NotUsed || state == State::Untried, all.constData());
            else
                QVERIFY2(state == (i == failing ? State::Failed : State::Pending), all.constData());
        }
        const StepReport &step = report[failing];
        QVERIFY2(step.sentence.contains(QString::fromUtf8(row.sentence)), all.constData());
        QVERIFY2(!step.hint.isEmpty() && step.hint.contains(QString::fromUtf8(row.hint)), all.constData());
        QVERIFY2(step.facts.join(QLatin1Char('\n')).contains(QString::fromUtf8(row.fact)), all.constData());
        QCOMPARE(address, QString::fromUtf8(row.address));
        const QString stopped = QStringLiteral("Stopped at step %1 of 5: ").arg(failing + 1);
        QVERIFY2(reportSummary(report).startsWith(stopped), all.constData());
        QVERIFY(!allPassed(report));
        QVERIFY2(!all.contains(setup.credentials.secret.reveal()), all.constData());
        qInfo("%s", qPrintable(reportSummary(report) + QLatin1String(" → ") + step.hint));
    }

    void passes_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"key", "account", "envelope", "TLS 1.3", "TLS 1.2", "Ops Manager", "proxy",
                                 "proxy with a password", "base path"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }

    void passes()
    {
        QFETCH(QString, kind);
        Setup setup = m_servers.demo();
        const QUrl byName(
            QStringLiteral("http://%1:%2").arg(peers::proxiedName).arg(m_servers.cloud().baseUrl().port()));
        if (kind == QLatin1String("account")) {
            setup.connection.authentication = Authentication::ServiceAccount;
            setup.connection.userName = m_servers.cloud().clientId();
            setup.credentials.secret = Secret(m_servers.cloud().clientSecret());
        } else if (kind == QLatin1String("envelope")) {
            setup.connection.envelope = true;
        } else if (kind == QLatin1String("TLS 1.3")) {
            setup = m_servers.site("good", true);
        } else if (kind == QLatin1String("TLS 1.2")) {
            setup = m_servers.site("tls12", true);
        } else if (kind == QLatin1String("Ops Manager")) {
            setup = demoWith({QStringLiteral("--product"), QStringLiteral("ops-manager")});
        } else if (kind == QLatin1String("proxy")) {
            setup = m_servers.byProxy(byName, m_servers.squid().port());
        } else if (kind == QLatin1String("proxy with a password")) {
            setup = m_servers.byProxy(byName, m_servers.lockedSquid().port(), "dba", "open");
        } else if (kind == QLatin1String("base path")) {
            setup.connection.baseUrl.setPath(QStringLiteral("/api/public/v1.0/"));
        }
        const ConnectionReport report = reportOf(setup);
        const QByteArray all = describe(report).toUtf8();
        QVERIFY2(reportSummary(report) == QLatin1String("5 of 5 steps passed"), all.constData());
        QVERIFY2(allPassed(report), all.constData());
        const StepReport &tls = report[1];
        if (setup.connection.baseUrl.scheme() == QLatin1String("https"))
            QVERIFY2(tls.sentence.contains(kind), all.constData());
        else
            QVERIFY2(tls.state == State::NotUsed && tls.sentence.contains(QLatin1String("plain HTTP")),
                     all.constData());
        if (kind.startsWith(QLatin1String("proxy")))
            QVERIFY2(report[0].sentence.contains(QLatin1String("up the name")), all.constData());
        QVERIFY2(report[3].sentence.contains(QLatin1String("2 projects")), all.constData());
        QVERIFY2(report[3].warning.isEmpty(), all.constData());
        QVERIFY2(report[4].sentence.contains(QLatin1String("may be read")), all.constData());
        qInfo("%s", all.constData());
    }

    void tunnelsThroughTheProxy()
    {
        QUrl url = m_servers.siteUrl("good");
        url.setHost(peers::proxiedName);
        Setup setup = m_servers.byProxy(url, m_servers.squid().port());
        setup.connection.caCertificateFile = m_servers.caFile();
        const ConnectionReport report = reportOf(setup);
        const QByteArray all = describe(report).toUtf8();
        QVERIFY2(allPassed(report), all.constData());
        QVERIFY2(report[0].sentence.contains(QLatin1String("The proxy looked up the name")), all.constData());
        QVERIFY2(report[1].sentence.contains(QLatin1String("TLS 1.3")), all.constData());
        QVERIFY(m_servers.squid().accessLog().contains("CONNECT " + url.host().toUtf8()));
    }

    void warnsOfClocks_data()
    {
        QTest::addColumn<QString>("skew");
        QTest::addColumn<QString>("warning");
        QTest::newRow("ahead") << "3600"
                               << "1 h 00 min ahead";
        QTest::newRow("behind") << "-900"
                                << "behind this computer's";
        QTest::newRow("within bounds") << "120"
                                       << "";
    }

    void warnsOfClocks()
    {
        QFETCH(QString, skew);
        QFETCH(QString, warning);
        const ConnectionReport report = reportOf(demoWith({QStringLiteral("--clock-skew"), skew}));
        const QByteArray all = describe(report).toUtf8();
        QVERIFY2(allPassed(report), all.constData());
        QVERIFY2(report[3].warning.isEmpty() == warning.isEmpty(), all.constData());
        QVERIFY2(report[3].warning.contains(warning), all.constData());
    }

    void saysWhatCouldNotBeTried()
    {
        const ConnectionReport report = reportOf(scripted([](const RecordedRequest &request) {
            if (request.path().endsWith("/groups"))
                return ScriptedAnswer::json("{\"results\":[{\"id\":\"5f0c\",\"name\":\"Empty\"}],\"totalCount\":1}");
            return ScriptedAnswer::json("{\"results\":[],\"totalCount\":0}");
        }));
        const QByteArray all = describe(report).toUtf8();
        QCOMPARE(report[2].state, State::Untried);
        QCOMPARE(report[4].state, State::Untried);
        QVERIFY2(reportSummary(report) == QLatin1String("3 of 5 steps passed, 2 could not be tried"), all.constData());
        QVERIFY(!allPassed(report));
    }

    void canBeCancelled()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        const QUrl url(QStringLiteral("https://127.0.0.1:%1").arg(silent.serverPort()));
        ConnectionTest test(connectionTo(url), {}, m_clock);
        QSignalSpy finished(&test, &ConnectionTest::finished);
        test.start();
        QTRY_COMPARE(test.report()[1].state, State::Running);
        QCOMPARE(reportSummary(test.report()), QStringLiteral("Step 2 of 5: TLS…"));
        test.cancel();
        QCOMPARE(finished.size(), 1);
        QVERIFY(!test.isRunning());
        QCOMPARE(reportSummary(test.report()), QStringLiteral("Cancelled at step 2 of 5"));
        QTest::qWait(50);
        QCOMPARE(finished.size(), 1);
        test.start(); // one object, one test
        QVERIFY(!test.isRunning());
    }

    void canBeCancelledAtEveryStep()
    {
        for (std::size_t step = 0; step < ConnectionStepCount; ++step) {
            Setup setup = m_servers.demo();
            setup.connection.authentication = Authentication::ServiceAccount;
            setup.connection.userName = m_servers.cloud().clientId();
            setup.credentials.secret = Secret(m_servers.cloud().clientSecret());
            ConnectionTest test(setup.connection, setup.credentials, m_clock);
            connect(&test, &ConnectionTest::changed, &test, [&test, step] {
                if (test.report()[step].state == State::Running)
                    test.cancel();
            });
            QSignalSpy finished(&test, &ConnectionTest::finished);
            test.start();
            QTRY_COMPARE(finished.size(), 1);
            QVERIFY2(test.report()[step].state == State::Cancelled, qPrintable(describe(test.report())));
        }
        QTest::qWait(50);
    }

    void givesTheTokenBack()
    {
        Setup setup = demoWith({QStringLiteral("--verbose")});
        auto &cloud = *std::static_pointer_cast<DemoCloud>(setup.servers.front());
        setup.connection.authentication = Authentication::ServiceAccount;
        setup.connection.userName = cloud.clientId();
        setup.credentials.secret = Secret(cloud.clientSecret());
        QVERIFY(allPassed(reportOf(setup)));
        QByteArray seen;
        QTRY_VERIFY2((seen += cloud.output()).contains("/api/oauth/revoke"), seen.constData());
    }
};

QTEST_GUILESS_MAIN(ConnectionTestTest)
#include "connection_test_test.moc"
