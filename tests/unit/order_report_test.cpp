#include "restore/audit_log.h"
#include "session/order_report.h"
#include "support/fixed_clock.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

QString valueOf(const JobReport &report, const QString &what)
{
    for (const JobReport::Section &section : report.sections) {
        for (const auto &[name, value] : section.lines) {
            if (name == what)
                return value;
        }
    }
    return {};
}

} // namespace

/// A restore's report from the audit log alone, and beside what is known of its jobs.
class TestOrderReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void findsAllLinesOfARestore_data();
    void findsAllLinesOfARestore();
    void tellsWhatWasSaidAndWhatCameOfIt();
    void standsBesideWhatIsKnownOfTheJobs();
    void nothingIsNoReport();

private:
    void append(const QString &event, const QJsonObject &details);
    std::vector<HistoryEntry> entries() const
    {
        return readHistory(m_dir->filePath(QStringLiteral("audit.jsonl"))).entries;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

/// Two restores of one cluster, told of in turns; lines 1 to 8.
void TestOrderReport::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    const QString order = QStringLiteral("order");
    const QString restore = QStringLiteral("restore");
    const QString jobs = QStringLiteral("jobs");
    const auto job = [](const char *id, const char *batch) {
        return QJsonObject{{QStringLiteral("id"), QLatin1String(id)},
                           {QStringLiteral("batchId"), QLatin1String(batch)}};
    };
    append(QStringLiteral("sending"),
           {{order, QStringLiteral("one")},
            {QStringLiteral("project"), QStringLiteral("Shop")},
            {QStringLiteral("cluster"), QStringLiteral("orders")},
            {QStringLiteral("targetCluster"), QStringLiteral("drill")},
            {QStringLiteral("checklist"), ticksJson({{QStringLiteral("Ticket"), true, QStringLiteral("4711")},
                                                     {QStringLiteral("Clients are stopped"), false, {}}})},
            {QStringLiteral("ticked"), QJsonArray{QStringLiteral("The target has no running backup.")}},
            {QStringLiteral("plan"), QJsonObject{{QStringLiteral("sha256"), QString(64, u'a')},
                                                 {QStringLiteral("file"), QStringLiteral("a.tidemark-plan")},
                                                 {QStringLiteral("approvedBy"), QJsonArray{QStringLiteral("ada")}}}}});
    append(QStringLiteral("sending"), {{order, QStringLiteral("two")}});
    append(QStringLiteral("ordered"),
           {{order, QStringLiteral("one")}, {jobs, QJsonArray{job("j1", "b1"), job("j2", "b1")}}});
    append(QStringLiteral("not this order's job, as a person said"),
           {{order, QStringLiteral("two")}, {jobs, QJsonArray{QStringLiteral("j1")}}});
    append(QStringLiteral("state"),
           {{restore, QStringLiteral("b1")}, {QStringLiteral("state"), QStringLiteral("FINISHED")}});
    append(QStringLiteral("ordered, found in the job list"),
           {{order, QStringLiteral("two")}, {jobs, QJsonArray{QStringLiteral("j9")}}});
    append(QStringLiteral("state"),
           {{restore, QStringLiteral("j9")}, {QStringLiteral("state"), QStringLiteral("<b>BROKEN\n</b>")}});
    append(QStringLiteral("state"), {});
}

void TestOrderReport::append(const QString &event, const QJsonObject &details)
{
    const FixedClock clock(QDateTime(QDate(2026, 11, 24), QTime(14, 30, 5), Qt::UTC));
    AuditLog log(m_dir->filePath(QStringLiteral("audit.jsonl")), clock);
    QVERIFY(log.append(event, details));
}

void TestOrderReport::findsAllLinesOfARestore_data()
{
    QTest::addColumn<int>("line");
    QTest::addColumn<QList<qint64>>("lines");
    const QList<qint64> one{1, 3, 5};
    const QList<qint64> two{2, 4, 6, 7};
    for (const qint64 line : one)
        QTest::addRow("line %d", int(line)) << int(line) << one;
    for (const qint64 line : two)
        QTest::addRow("line %d", int(line)) << int(line) << two;
    QTest::newRow("of no restore") << 8 << QList<qint64>();
}

void TestOrderReport::findsAllLinesOfARestore()
{
    QFETCH(int, line);
    const std::vector<HistoryEntry> all = entries();
    const auto entry = std::ranges::find(all, line, &HistoryEntry::line);
    QVERIFY(entry != all.end());
    QList<qint64> found;
    for (const HistoryEntry &one : linesOfRestore(all, *entry))
        found.append(one.line);
    QTEST(found, "lines");
}

void TestOrderReport::tellsWhatWasSaidAndWhatCameOfIt()
{
    const std::vector<HistoryEntry> all = entries();
    const JobReport report = orderReport(linesOfRestore(all, all.back()), QStringLiteral("Prod"), std::nullopt);
    QCOMPARE(report.title, QStringLiteral("Restore of Shop / orders"));
    QCOMPARE(valueOf(report, QStringLiteral("Connection")), QStringLiteral("Prod"));
    QCOMPARE(valueOf(report, QStringLiteral("Target")), QStringLiteral("drill"));
    QCOMPARE(valueOf(report, QStringLiteral("Ticket")), QStringLiteral("ticked: 4711"));
    QCOMPARE(valueOf(report, QStringLiteral("Clients are stopped")), QStringLiteral("not ticked"));
    QCOMPARE(valueOf(report, QStringLiteral("Finding")), QStringLiteral("The target has no running backup."));
    QCOMPARE(valueOf(report, QStringLiteral("File")), QStringLiteral("a.tidemark-plan"));
    QCOMPARE(valueOf(report, QStringLiteral("Approved by")), QStringLiteral("ada"));
    const JobReport::Section &log = report.sections.back();
    QCOMPARE(log.lines.size(), size_t(3));
    QCOMPARE(log.lines.at(1).second, QStringLiteral("ordered: j1, j2"));
    QCOMPARE(log.lines.at(2).second, QStringLiteral("state: FINISHED"));
    // What stands in the log is a line of text here, whatever it was.
    const JobReport other = orderReport(linesOfRestore(all, all.at(1)), {}, std::nullopt);
    QCOMPARE(other.sections.back().lines.back().second, QStringLiteral("state: <b>BROKEN </b>"));
    QVERIFY(html(other).contains(QStringLiteral("&lt;b&gt;BROKEN")));
}

void TestOrderReport::standsBesideWhatIsKnownOfTheJobs()
{
    const std::vector<HistoryEntry> all = entries();
    JobReport known;
    known.title = QStringLiteral("Restore of orders");
    known.sections = {{QStringLiteral("Job j1"), {{QStringLiteral("Status"), QStringLiteral("FINISHED")}}}};
    const JobReport report = orderReport(linesOfRestore(all, all.back()), QStringLiteral("Prod"), known);
    QCOMPARE(report.title, known.title);
    QCOMPARE(report.sections.size(),
             size_t(3)); // what it was told of its jobs says what was said beside the order, too
    QCOMPARE(report.sections.at(1), known.sections.front());
}

void TestOrderReport::nothingIsNoReport()
{
    QCOMPARE(orderReport({}, QStringLiteral("Prod"), std::nullopt), JobReport());
}

QTEST_GUILESS_MAIN(TestOrderReport)
#include "order_report_test.moc"
