#include "session/job_report.h"
#include "support/job_cases.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

JobGroup inPlace()
{
    JobGroup group =
        groupOf({jobOf(QStringLiteral("60ff00000000000000000001"), JobStatus::Finished, DeliveryStatus::Ready)},
                RestoreMode::PointInTime);
    group.goalBefore = 37;
    group.agents = progressAfter(37, {agents(38, 3, 3), agents(38, 3, 3)});
    return group;
}

QStringList valuesOf(const JobReport &report, const QString &what)
{
    QStringList values;
    for (const JobReport::Section &section : report.sections) {
        for (const auto &[name, value] : section.lines) {
            if (name == what)
                values << value;
        }
    }
    return values;
}

JobReport reportOf(const JobGroup &group)
{
    return jobReport(group, {}, QStringLiteral("Prod"), now());
}

} // namespace

class JobReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRestoreHasOneState();
    void aDownloadsJobsHaveTheirOwn();
    void tellsWhatWasSaidBesideTheOrder();
    void textOfAServerStaysText();
};

void JobReportTest::aRestoreHasOneState()
{
    const JobReport report = reportOf(inPlace());
    const QStringList states = valuesOf(report, QStringLiteral("Status"));
    QCOMPARE(states.size(), 1);
    QVERIFY2(states.constFirst().startsWith(QStringLiteral("Data in place")), qPrintable(states.constFirst()));
    QCOMPARE(valuesOf(report, QStringLiteral("Server's part")),
             QStringList(QStringLiteral("Handed over to the agents")));
}

void JobReportTest::aDownloadsJobsHaveTheirOwn()
{
    const JobGroup group = groupOf(
        {readyJob(QStringLiteral("60ff00000000000000000001")), readyJob(QStringLiteral("60ff00000000000000000002"))},
        RestoreMode::DownloadSnapshot);
    QCOMPARE(valuesOf(reportOf(group), QStringLiteral("Status")).size(), 3); // the restore's and each job's
}

void JobReportTest::tellsWhatWasSaidBesideTheOrder()
{
    JobGroup group = inPlace();
    QVERIFY(valuesOf(reportOf(group), QStringLiteral("Approved by")).isEmpty());
    group.record.checklist = {{QStringLiteral("Ticket"), true, QStringLiteral("<b>4711</b>")},
                              {QStringLiteral("Clients are stopped"), false, {}}};
    group.record.ticked = {QStringLiteral("The target has no running backup.")};
    group.record.plan = {QString(64, u'a'), QStringLiteral("a.tidemark-plan"), {}};
    const JobReport report = reportOf(group);
    QCOMPARE(valuesOf(report, QStringLiteral("Ticket")), QStringList(QStringLiteral("ticked: <b>4711</b>")));
    QCOMPARE(valuesOf(report, QStringLiteral("Clients are stopped")), QStringList(QStringLiteral("not ticked")));
    QCOMPARE(valuesOf(report, QStringLiteral("Finding")), group.record.ticked);
    QCOMPARE(valuesOf(report, QStringLiteral("Approved by")), QStringList(QStringLiteral("nobody")));
    QVERIFY(!html(report).contains(QStringLiteral("<b>4711")));
    group.record.plan.file.clear(); // chosen in the wizard: that a plan of it is kept is the log's matter
    QVERIFY(valuesOf(reportOf(group), QStringLiteral("Approved by")).isEmpty());
}

void JobReportTest::textOfAServerStaysText()
{
    JobGroup group = inPlace();
    group.clusterName = QStringLiteral("<b>a|b</b>");
    const JobReport report = reportOf(group);
    QVERIFY(html(report).contains(QStringLiteral("&lt;b&gt;a|b&lt;/b&gt;")));
    QVERIFY(!html(report).contains(QStringLiteral("<b>a")));
    QVERIFY(markdown(report).contains(QStringLiteral("\\<b\\>a\\|b\\</b\\>")));
    QVERIFY(plainText(report).contains(QStringLiteral("<b>a|b</b>")));
}

QTEST_GUILESS_MAIN(JobReportTest)
#include "job_report_test.moc"
