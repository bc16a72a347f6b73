#include "support/fixed_clock.h"
#include "support/job_cases.h"
#include "ui/jobs/job_actions.h"
#include "ui/jobs/job_cells.h"
#include "ui/jobs/jobs_filter.h"
#include "ui/jobs/jobs_model.h"

#include <QSignalSpy>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

/// What the cells of the list of restore jobs say, what time does to them, and why a button cannot be pressed.
class JobCellsTest : public QObject
{
    Q_OBJECT

private:
    static JobGroup single(const QString &key, qint64 life)
    {
        RestoreJob job = readyJob(key);
        job.delivery.expires = test::now().addSecs(life);
        return groupOf({job}, RestoreMode::DownloadSnapshot);
    }

private Q_SLOTS:
    void theHashIsThatOfTheOwnFile_data()
    {
        QTest::addColumn<std::vector<FileHash>>("hashes");
        QTest::addColumn<bool>("hasLink");
        QTest::addColumn<QString>("shown");
        const QString own(40, QLatin1Char('a'));
        const QString others(40, QLatin1Char('b'));
        const FileHash mine{QStringLiteral("j.tar.gz"), own, QStringLiteral("SHA1")};
        const FileHash another{QStringLiteral("k.tar.gz"), others, QStringLiteral("SHA1")};
        QTest::newRow("none") << std::vector<FileHash>{} << true << QString();
        QTest::newRow("own") << std::vector{mine} << true << own;
        QTest::newRow("own comes second") << std::vector{another, mine} << true << own;
        QTest::newRow("another's only") << std::vector{another} << true << QString();
        QTest::newRow("no link any more, one hash") << std::vector{mine} << false << own;
        QTest::newRow("no link any more, whose is not known") << std::vector{another, mine} << false << QString();
    }
    void theHashIsThatOfTheOwnFile()
    {
        QFETCH(std::vector<FileHash>, hashes);
        QFETCH(bool, hasLink);
        RestoreJob job = readyJob(QStringLiteral("j"));
        job.hashes = hashes;
        if (!hasLink)
            job.delivery.url.clear();
        QTEST(hashText(job), "shown");
    }

    /// A link ends while the list is sorted and filtered by the words for it.
    void timeChangesOrderAndFilter()
    {
        FixedClock clock(test::now());
        JobsModel model(clock);
        model.update({single(QStringLiteral("short"), 60), single(QStringLiteral("long"), 6000)}, {});
        JobsFilter filter(model);
        filter.setText(QStringLiteral("ready"));
        filter.sort(JobsModel::DeliveryColumn, Qt::AscendingOrder);
        QCOMPARE(filter.rowCount(), 2);
        QSignalSpy changed(&model, &JobsModel::dataChanged);
        clock.set(test::now().addSecs(30));
        model.timePassed();
        QCOMPARE(changed.count(), 0); // nothing ended
        clock.set(test::now().addSecs(61));
        model.timePassed();
        QCOMPARE(changed.count(), 1);
        QCOMPARE(filter.rowCount(), 1);
        QCOMPARE(model.group(filter.mapToSource(filter.index(0, 0)))->key, QStringLiteral("long"));
        filter.setText(QStringLiteral("link expired"));
        QCOMPARE(filter.rowCount(), 1);
        QCOMPARE(model.group(filter.mapToSource(filter.index(0, 0)))->key, QStringLiteral("short"));
        model.timePassed();
        QCOMPARE(changed.count(), 1); // it never changes again, and is not asked for it
    }

    void aDisabledButtonSaysWhy_data()
    {
        QTest::addColumn<std::optional<JobGroup>>("group");
        QTest::addColumn<QString>("download");
        QTest::addColumn<QString>("follow");
        const auto row = [](const char *name, const std::optional<JobGroup> &group, const char *download,
                            const char *follow) {
            QTest::newRow(name) << group << QString::fromLatin1(download) << QString::fromLatin1(follow);
        };
        JobGroup automated = groupOf({jobOf(QStringLiteral("a"), JobStatus::InProgress, DeliveryStatus::Unknown)},
                                     RestoreMode::PointInTime);
        row("nothing", {}, "Select a restore first.", "Select a restore first.");
        row("ready", single(QStringLiteral("r"), 100), "", "Only a restore to a cluster");
        row("expired", single(QStringLiteral("e"), -1), "Delivery: Link expired", "Only a restore to a cluster");
        row("to a cluster", automated, "went to a cluster", "");
        automated.stoppedFollowing = true;
        row("stopped", automated, "went to a cluster", "not followed any more");
        automated.stoppedFollowing = false;
        automated.ordered = {};
        row("ordered elsewhere", automated, "went to a cluster", "ordered elsewhere");
    }
    void aDisabledButtonSaysWhy()
    {
        QFETCH(std::optional<JobGroup>, group);
        const JobGroup *shown = group ? &*group : nullptr;
        const auto expect = [](const QString &said, const QString &words) {
            QVERIFY2(words.isEmpty() ? said.isEmpty() : said.contains(words), qPrintable(said));
        };
        QFETCH(QString, download);
        expect(whyNoDownload(shown, test::now()), download);
        QFETCH(QString, follow);
        expect(whyNotFollowed(shown, test::now()), follow);
    }
};

QTEST_MAIN(JobCellsTest)
#include "job_cells_test.moc"
