#include "support/restore_cases.h"

#include <QtTest>

using namespace tidemark;
using namespace std::chrono_literals;

using Difference = std::optional<std::chrono::milliseconds>;
Q_DECLARE_METATYPE(Difference)

/// A server's clock that is not the one that a person sees.
class TestRulesClock : public QObject
{
    Q_OBJECT

private:
    static QStringList clockFindings(RestoreMode mode, const Difference &ahead)
    {
        RestoreDraft draft;
        draft.mode = mode;
        RestoreFacts facts;
        facts.serverAhead = ahead;
        QStringList found;
        for (const Finding &finding : check(Step::Point, draft, facts, test::now())) {
            if (finding.sentence.contains(QStringLiteral("The server's clock is")))
                found << QStringLiteral("%1 %2").arg(int(finding.severity)).arg(int(finding.field));
        }
        return found;
    }

private Q_SLOTS:
    void difference_data()
    {
        QTest::addColumn<Difference>("ahead");
        QTest::addColumn<QString>("said"); ///< a part of it; empty: nothing
        QTest::newRow("unknown") << Difference() << QString();
        QTest::newRow("none") << Difference(0ms) << QString();
        QTest::newRow("29.9 s ahead") << Difference(29900ms) << QString();
        QTest::newRow("30 s ahead") << Difference(30000ms) << QString();
        QTest::newRow("30.1 s ahead") << Difference(30100ms)
                                      << QStringLiteral(
                                             "is 30 s ahead of this computer's. Moments are the server's: add");
        QTest::newRow("29.9 s behind") << Difference(-29900ms) << QString();
        QTest::newRow("30 s behind") << Difference(-30000ms) << QString();
        QTest::newRow("30.1 s behind") << Difference(-30100ms)
                                       << QStringLiteral(
                                              "is 30 s behind this computer's. Moments are the server's: take");
        QTest::newRow("hours") << Difference(2h) << QStringLiteral("2 h 00 min ahead");
    }
    void difference()
    {
        QFETCH(Difference, ahead);
        QFETCH(QString, said);
        const QString warning = clockWarning(ahead);
        QCOMPARE(warning.isEmpty(), said.isEmpty());
        QVERIFY2(warning.contains(said), qPrintable(warning));
    }

    /// A warning beside what the moment is chosen with, which Review shows too; it holds nothing up.
    void itStandsBesideTheMoment()
    {
        const auto warning = [](Field field) {
            return QStringList{QStringLiteral("%1 %2").arg(int(Severity::Warning)).arg(int(field))};
        };
        const Difference much(60s);
        QCOMPARE(clockFindings(RestoreMode::PointInTime, much), warning(Field::PointInTime));
        QCOMPARE(clockFindings(RestoreMode::OplogTimestamp, much), warning(Field::OplogSeconds));
        QCOMPARE(clockFindings(RestoreMode::Checkpoint, much), warning(Field::Checkpoint));
        QCOMPARE(clockFindings(RestoreMode::AutomatedSnapshot, much), warning(Field::Snapshot));
        QCOMPARE(clockFindings(RestoreMode::DownloadSnapshot, much), warning(Field::Snapshot));
        QCOMPARE(clockFindings(RestoreMode::PointInTime, {}), QStringList());
        QCOMPARE(clockFindings(RestoreMode::PointInTime, Difference(30s)), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestRulesClock)
#include "rules_clock_test.moc"
