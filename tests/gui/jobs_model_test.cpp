#include "support/fixed_clock.h"
#include "support/job_cases.h"
#include "ui/jobs/jobs_filter.h"
#include "ui/jobs/jobs_model.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace tidemark;
using test::FixedClock;

class JobsModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsABatchAsATree();
    void changesOnlyTheChangedRow();
    void looksOnlyAtTheNamedGroups();
    void aJobBecomesABatch();
    void keepsIndexesWhileRowsComeAndGo();
    void countsExpiryDown();
    void whatHasItsEndIsLeftAlone();
    void masksLinks();
    void showsWhatIsKnownOfTheKind_data();
    void showsWhatIsKnownOfTheKind();
    void filtersByAnythingShown_data();
    void filtersByAnythingShown();
    void shardsKeepTheirOrderWhenSortedDownwards();
    void sortsBy_data();
    void sortsBy();
    void whatIsUnderWayStandsFirst();
    void anyHistoryLeavesTheSameRows();

private:
    QString text(const QModelIndex &index, int column) const { return index.siblingAtColumn(column).data().toString(); }
    JobGroup batch(const QString &key) const;
    JobGroup single(const QString &key) const;

    FixedClock m_clock{test::now()};
    std::unique_ptr<JobsModel> m_model;
};

void JobsModelTest::init()
{
    m_clock.set(test::now());
    m_model = std::make_unique<JobsModel>(m_clock);
    new QAbstractItemModelTester(m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_model.get());
}

JobGroup JobsModelTest::single(const QString &key) const
{
    return test::groupOf({test::readyJob(key)}, RestoreMode::DownloadSnapshot);
}

JobGroup JobsModelTest::batch(const QString &key) const
{
    std::vector<RestoreJob> jobs{test::readyJob(key + u'1'), test::readyJob(key + u'2'), test::readyJob(key + u'3')};
    jobs[0].clusterName = QStringLiteral("shard-0");
    jobs[1].clusterName = QStringLiteral("shard-1");
    jobs[2].clusterName = QStringLiteral("configs");
    JobGroup group = test::groupOf(jobs, RestoreMode::DownloadSnapshot);
    group.key = key;
    group.batch = BatchId(key);
    return group;
}

void JobsModelTest::showsABatchAsATree()
{
    m_model->update({batch(QStringLiteral("b")), single(QStringLiteral("s"))}, {});
    QCOMPARE(m_model->rowCount(), 2);
    const QModelIndex heading = m_model->index(0, 0);
    QCOMPARE(m_model->rowCount(heading), 3);
    QCOMPARE(text(m_model->index(1, 0, heading), JobsModel::ClusterColumn), QStringLiteral("shard-1"));
    QCOMPARE(text(heading, JobsModel::StatusColumn), QStringLiteral("3 of 3 ready"));
    QCOMPARE(m_model->rowCount(m_model->index(1, 0)), 0);
    QVERIFY(!m_model->job(heading));
    QCOMPARE(m_model->job(m_model->index(2, 0, heading))->id, JobId(QStringLiteral("b3")));
    QCOMPARE(m_model->job(m_model->index(1, 0))->id, JobId(QStringLiteral("s")));
}

void JobsModelTest::changesOnlyTheChangedRow()
{
    std::vector<JobGroup> groups{single(QStringLiteral("a")), single(QStringLiteral("b")), single(QStringLiteral("c"))};
    m_model->update(groups, {});
    QSignalSpy changes(m_model.get(), &QAbstractItemModel::dataChanged);
    QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
    groups[1].jobs.front().delivery.status = DeliveryStatus::MaxDownloadsExceeded;
    m_model->update(groups, {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
    QCOMPARE(changes.count(), 1);
    QCOMPARE(changes.front().at(0).toModelIndex().row(), 1);
    QCOMPARE(changes.front().at(1).toModelIndex().row(), 1);
    QCOMPARE(resets.count(), 0);
    QCOMPARE(text(m_model->index(1, 0), JobsModel::DeliveryColumn), QStringLiteral("Link used up"));
}

void JobsModelTest::looksOnlyAtTheNamedGroups()
{
    std::vector<JobGroup> groups{single(QStringLiteral("a")), single(QStringLiteral("b"))};
    m_model->update(groups, {});
    QSignalSpy changes(m_model.get(), &QAbstractItemModel::dataChanged);
    groups[0].clusterName = QStringLiteral("renamed");
    m_model->update(groups, {QStringLiteral("b")});
    QCOMPARE(changes.count(), 0);
    m_model->update(groups, {QStringLiteral("a")});
    QCOMPARE(changes.count(), 1);
}

void JobsModelTest::aJobBecomesABatch()
{
    JobGroup group = batch(QStringLiteral("b"));
    const std::vector<RestoreJob> all = group.jobs;
    group.jobs.resize(1);
    m_model->update({group}, {});
    const QPersistentModelIndex row = m_model->index(0, 0);
    QCOMPARE(m_model->rowCount(row), 0);
    group.jobs = all;
    m_model->update({group}, {group.key});
    QCOMPARE(m_model->rowCount(row), 3);
    group.jobs.resize(2);
    m_model->update({group}, {group.key});
    QCOMPARE(m_model->rowCount(row), 2);
}

void JobsModelTest::keepsIndexesWhileRowsComeAndGo()
{
    std::vector<JobGroup> groups;
    for (const auto *key : {"a", "b", "c", "d", "e"})
        groups.push_back(batch(QString::fromLatin1(key)));
    m_model->update(groups, {});
    const QPersistentModelIndex kept = m_model->index(1, 0, m_model->indexOf(QStringLiteral("d")));
    const QPersistentModelIndex gone = m_model->indexOf(QStringLiteral("b"));
    groups.erase(groups.begin() + 1, groups.begin() + 3);
    groups.insert(groups.begin(), single(QStringLiteral("new")));
    m_model->update(groups, {QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("new")});
    QCOMPARE(m_model->rowCount(), 4);
    QVERIFY(!gone.isValid());
    QVERIFY(kept.isValid());
    QCOMPARE(m_model->job(kept)->id, JobId(QStringLiteral("d2")));
    QCOMPARE(m_model->group(kept)->key, QStringLiteral("d"));
}

void JobsModelTest::countsExpiryDown()
{
    m_model->update({single(QStringLiteral("a"))}, {});
    const QModelIndex row = m_model->index(0, 0);
    const QString before = text(row, JobsModel::ExpiryColumn);
    m_clock.set(test::now().addSecs(3600));
    const QString after = text(row, JobsModel::ExpiryColumn);
    QVERIFY(before != after);
    QVERIFY2(after.contains(QStringLiteral("2 h 20 min")), qPrintable(after));
    m_clock.set(test::now().addDays(1));
    QCOMPARE(text(row, JobsModel::ExpiryColumn), QStringLiteral("expired"));
    QCOMPARE(text(row, JobsModel::DeliveryColumn), QStringLiteral("Link expired"));
}

/// A row is told of when time changes it, and not once more: a link that is over, a restore that has failed.
void JobsModelTest::whatHasItsEndIsLeftAlone()
{
    const JobGroup failed = test::groupOf({test::jobOf(QStringLiteral("f"), JobStatus::Broken, DeliveryStatus::Failed)},
                                          RestoreMode::DownloadSnapshot);
    m_model->update({single(QStringLiteral("a")), failed}, {});
    QSignalSpy told(m_model.get(), &QAbstractItemModel::dataChanged);
    m_clock.set(test::now().addDays(1)); // the link is over
    m_model->timePassed();
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.front().front().toModelIndex().row(), 0);
    m_clock.set(test::now().addDays(2));
    m_model->timePassed();
    QCOMPARE(told.size(), 1);
}

void JobsModelTest::masksLinks()
{
    m_model->update({single(QStringLiteral("a")), batch(QStringLiteral("b"))}, {});
    QStringList all;
    const std::function<void(const QModelIndex &)> collect = [&](const QModelIndex &parent) {
        for (int row = 0; row < m_model->rowCount(parent); ++row) {
            for (int column = 0; column < JobsModel::ColumnCount; ++column) {
                const QModelIndex index = m_model->index(row, column, parent);
                all << index.data().toString() << index.data(Qt::ToolTipRole).toString();
            }
            collect(m_model->index(row, 0, parent));
        }
    };
    collect({});
    QVERIFY(all.filter(QStringLiteral("/pull/")).size() >= 4);
    QVERIFY(all.filter(QStringLiteral("QUJD")).isEmpty());
}

void JobsModelTest::showsWhatIsKnownOfTheKind_data()
{
    QTest::addColumn<JobGroup>("group");
    QTest::addColumn<QStringList>("texts"); ///< mode, target, status, delivery, link's end, downloads
    const RestoreJob bare = test::jobOf(QStringLiteral("a"), JobStatus::Finished, DeliveryStatus::Ready);
    RestoreJob query = bare;
    query.delivery.methodName = QStringLiteral("QUERY");
    const auto row = [](const char *name, const JobGroup &group, const QStringList &texts) {
        QTest::newRow(name) << group << texts;
    };
    // An erasing restore that was ordered elsewhere looked like a download that waits for its link.
    row("not told", test::groupOf({bare}),
        {QStringLiteral("Kind not told"), QStringLiteral("Not told"), QStringLiteral("Server's part done"),
         QStringLiteral("No link"), QString(), QString()});
    row("not told, with a link", test::groupOf({test::readyJob(QStringLiteral("a"))}),
        {QStringLiteral("Kind not told"), QStringLiteral("Not told"), QStringLiteral("Server's part done"),
         QStringLiteral("Ready"), QStringLiteral("in 3 h 20 min"), QStringLiteral("3")});
    row("queryable", test::groupOf({query}),
        {QStringLiteral("Queryable backup"), QString(), QStringLiteral("Server's part done"), QStringLiteral("No link"),
         QString(), QString()});
    row("a download from here", test::groupOf({test::readyJob(QStringLiteral("a"))}, RestoreMode::DownloadSnapshot),
        {QStringLiteral("Download a snapshot"), QStringLiteral("Download"), QStringLiteral("Finished"),
         QStringLiteral("Ready"), QStringLiteral("in 3 h 20 min"), QStringLiteral("3")});
    row("a restore from here", test::groupOf({bare}, RestoreMode::AutomatedSnapshot),
        {QStringLiteral("Restore a snapshot to a cluster"), QStringLiteral("Staging / orders-staging"),
         QStringLiteral("Handed over to the agents"), QStringLiteral("To cluster “orders-staging”"), QString(),
         QString()});
}

void JobsModelTest::showsWhatIsKnownOfTheKind()
{
    QFETCH(JobGroup, group);
    QFETCH(QStringList, texts);
    m_model->update({group}, {});
    const QModelIndex row = m_model->index(0, 0);
    QStringList shown;
    for (const int column : {JobsModel::ModeColumn, JobsModel::TargetColumn, JobsModel::StatusColumn,
                             JobsModel::DeliveryColumn, JobsModel::ExpiryColumn, JobsModel::DownloadsColumn})
        shown.append(text(row, column));
    QCOMPARE(shown, texts);
}

void JobsModelTest::filtersByAnythingShown_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("keys");
    const QStringList all{QStringLiteral("batch-x"), QStringLiteral("single-y")};
    QTest::newRow("nothing") << QString() << all;
    QTest::newRow("blanks") << QStringLiteral("   ") << all;
    QTest::newRow("a shard") << QStringLiteral("SHARD-1") << QStringList{all[0]};
    QTest::newRow("a job's id") << QStringLiteral("batch-x3") << QStringList{all[0]};
    QTest::newRow("a mode") << QStringLiteral("download a snap") << all;
    QTest::newRow("a hash") << QStringLiteral("c0ffee") << QStringList{all[1]};
    QTest::newRow("no such thing") << QStringLiteral("zebra") << QStringList();
}

void JobsModelTest::filtersByAnythingShown()
{
    QFETCH(QString, typed);
    QFETCH(QStringList, keys);
    JobGroup hashed = single(QStringLiteral("single-y"));
    hashed.jobs.front().hashes = {{QStringLiteral("f"), QStringLiteral("c0ffee00"), QStringLiteral("SHA1")}};
    m_model->update({batch(QStringLiteral("batch-x")), hashed}, {});
    JobsFilter filter(*m_model);
    new QAbstractItemModelTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest, &filter);
    filter.setText(typed);
    QStringList found;
    for (int row = 0; row < filter.rowCount(); ++row) {
        const QModelIndex index = filter.index(row, 0);
        found << m_model->group(filter.mapToSource(index))->key;
        QCOMPARE(filter.rowCount(index), found.back() == QStringLiteral("batch-x") ? 3 : 0);
    }
    found.sort();
    QCOMPARE(found, keys);
}

void JobsModelTest::shardsKeepTheirOrderWhenSortedDownwards()
{
    m_model->update({batch(QStringLiteral("b"))}, {});
    JobsFilter filter(*m_model);
    for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        filter.sort(JobsModel::ClusterColumn, order);
        const QModelIndex heading = filter.index(0, 0);
        QCOMPARE(filter.index(0, 0, heading).data().toString(), QStringLiteral("shard-0"));
        QCOMPARE(filter.index(2, 0, heading).data().toString(), QStringLiteral("configs"));
    }
}

void JobsModelTest::sortsBy_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QStringList>("keys");
    const auto keys = [](const char *a, const char *b, const char *c) {
        return QStringList{QString::fromLatin1(a), QString::fromLatin1(b), QString::fromLatin1(c)};
    };
    QTest::newRow("created") << int(JobsModel::CreatedColumn) << keys("old", "middle", "new");
    QTest::newRow("link expires") << int(JobsModel::ExpiryColumn) << keys("middle", "new", "old");
    QTest::newRow("downloads") << int(JobsModel::DownloadsColumn) << keys("new", "old", "middle");
    QTest::newRow("cluster") << int(JobsModel::ClusterColumn) << keys("middle", "old", "new");
}

void JobsModelTest::sortsBy()
{
    QFETCH(int, column);
    QFETCH(QStringList, keys);
    const auto make = [this](const char *key, int age, int life, qint64 downloads, const char *cluster) {
        JobGroup group = single(QString::fromLatin1(key));
        group.clusterName = QString::fromLatin1(cluster);
        RestoreJob &job = group.jobs.front();
        job.created = test::now().addSecs(-age);
        job.delivery.expires = test::now().addSecs(life);
        job.delivery.maxDownloads = downloads;
        return group;
    };
    m_model->update({make("middle", 200, 10, UnlimitedDownloads, "a"), make("new", 100, 20, 2, "B10"),
                     make("old", 300, 30, 10, "b2")},
                    {});
    JobsFilter filter(*m_model);
    filter.sort(column, Qt::AscendingOrder);
    QStringList found;
    for (int row = 0; row < filter.rowCount(); ++row)
        found << m_model->group(filter.mapToSource(filter.index(row, 0)))->key;
    QCOMPARE(found, keys);
}

/// Whatever came and went before, the rows are those of the last list, and sorting and filtering agree with it.
/// However old it is; and not any more once it has not moved for a day.
void JobsModelTest::whatIsUnderWayStandsFirst()
{
    const auto group = [](const char *key, JobStatus status, DeliveryStatus delivery, int minutesAgo) {
        RestoreJob job = test::jobOf(QString::fromLatin1(key), status, delivery);
        job.created = test::now().addSecs(-60 * minutesAgo);
        return test::groupOf({job}, RestoreMode::DownloadSnapshot);
    };
    m_model->update({group("new", JobStatus::Killed, DeliveryStatus::NotStarted, 1),
                     group("broken", JobStatus::Broken, DeliveryStatus::NotStarted, 2),
                     group("running", JobStatus::InProgress, DeliveryStatus::InProgress, 600),
                     group("old", JobStatus::Killed, DeliveryStatus::NotStarted, 900)},
                    {});
    JobsFilter filter(*m_model);
    filter.sort(JobsModel::CreatedColumn, Qt::DescendingOrder);
    const auto order = [&filter, this] {
        QStringList keys;
        for (int row = 0; row < filter.rowCount(); ++row)
            keys << m_model->group(filter.mapToSource(filter.index(row, 0)))->key;
        return keys.join(QLatin1Char(' '));
    };
    QCOMPARE(order(), QStringLiteral("running new broken old"));
    QVERIFY((m_model->counts() == JobsModel::Counts{1, 1}));
    m_clock.set(test::now().addDays(2));
    m_model->timePassed();
    QCOMPARE(order(), QStringLiteral("new broken running old"));
    QVERIFY((m_model->counts() == JobsModel::Counts{0, 1}));
}

void JobsModelTest::anyHistoryLeavesTheSameRows()
{
    QRandomGenerator random(20261124);
    JobsFilter filter(*m_model);
    new QAbstractItemModelTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest, &filter);
    filter.sort(JobsModel::CreatedColumn, Qt::DescendingOrder);
    for (int round = 0; round < 60; ++round) {
        std::vector<JobGroup> groups;
        QStringList keys;
        for (int number = 0; number < 12; ++number) {
            const QString key = QStringLiteral("k%1-").arg(number);
            keys << key;
            if (random.bounded(3) == 0)
                continue;
            JobGroup group = random.bounded(2) == 0 ? single(key) : batch(key);
            group.jobs.resize(static_cast<size_t>(1 + random.bounded(static_cast<int>(group.jobs.size()))));
            for (RestoreJob &job : group.jobs)
                job.created = test::now().addSecs(-random.bounded(1000));
            groups.push_back(group);
        }
        m_model->update(groups, keys);
        QCOMPARE(m_model->rowCount(), static_cast<int>(groups.size()));
        QCOMPARE(filter.rowCount(), static_cast<int>(groups.size()));
        for (const JobGroup &group : groups)
            QVERIFY(*m_model->group(m_model->indexOf(group.key)) == group);
        for (int row = 1; row < filter.rowCount(); ++row) {
            const auto created = [&](int at) {
                return m_model->group(filter.mapToSource(filter.index(at, 0)))->jobs.front().created;
            };
            QVERIFY(created(row - 1) >= created(row));
        }
    }
}

QTEST_MAIN(JobsModelTest)
#include "jobs_model_test.moc"
