#include "ui/connections/last_tests.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;

namespace {

using State = StepReport::State;

ConnectionReport reportOf(std::array<State, ConnectionStepCount> states, const QString &warning = {})
{
    ConnectionReport report;
    for (size_t i = 0; i < states.size(); ++i)
        report[i].state = states[i];
    report[1].warning = warning;
    return report;
}

} // namespace

/// What is kept of the last test of a connection.
class LastTestsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void outcomes_data()
    {
        QTest::addColumn<ConnectionReport>("report");
        QTest::addColumn<int>("outcome"); ///< -1: none
        const auto p = State::Passed;
        const auto row = [](const char *name, const ConnectionReport &report, std::optional<LastTests::Outcome> is) {
            QTest::newRow(name) << report << (is ? int(*is) : -1);
        };
        using Outcome = LastTests::Outcome;
        row("all passed", reportOf({p, p, p, p, p}), Outcome::Passed);
        row("no TLS is needed", reportOf({p, State::NotUsed, p, p, p}), Outcome::Passed);
        row("a certificate that ends soon", reportOf({p, p, p, p, p}, QStringLiteral("ends soon")), Outcome::Warned);
        row("nothing to try it with", reportOf({p, p, p, p, State::Untried}), Outcome::Warned);
        row("failed", reportOf({p, p, State::Failed, State::Pending, State::Pending}), Outcome::Failed);
        row("stopped", reportOf({p, State::Cancelled, State::Pending, State::Pending, State::Pending}), std::nullopt);
        row("not begun", ConnectionReport(), std::nullopt);
    }
    void outcomes()
    {
        QFETCH(ConnectionReport, report);
        const auto outcome = outcomeOf(report);
        QTEST(outcome ? int(*outcome) : -1, "outcome");
    }

    void keptOverARestart()
    {
        QTemporaryDir dir;
        const QString file = dir.filePath(QStringLiteral("settings.ini"));
        const ConnectionId id(QStringLiteral("{one}"));
        const LastTests::Test test{LastTests::Outcome::Warned, QDateTime::fromSecsSinceEpoch(1764244800, Qt::UTC)};
        {
            QSettings settings(file, QSettings::IniFormat);
            LastTests tests(settings);
            QVERIFY(!tests.of(id));
            tests.keep(id, test);
        }
        QSettings settings(file, QSettings::IniFormat);
        LastTests tests(settings);
        QVERIFY(tests.of(id) == test);
        tests.forget(id);
        QVERIFY(!tests.of(id));
        for (const char *odd : {"", "passed", "passed:", "perfect:2026-01-01T00:00:00Z", ":2026-01-01T00:00:00Z"}) {
            settings.setValue(QStringLiteral("connections/tests/{one}"), QString::fromLatin1(odd));
            QVERIFY2(!tests.of(id), odd);
        }
    }
};

QTEST_GUILESS_MAIN(LastTestsTest)
#include "last_tests_test.moc"
