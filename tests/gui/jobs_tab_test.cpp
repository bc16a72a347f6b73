#include "base/text.h"
#include "jobs_bench.h"
#include "session/order_memory.h"
#include "session/repeat_restore.h"
#include "support/file_contents.h"
#include "support/ui_driver.h"
#include "support/waiting.h"
#include "ui/jobs/forget_dialog.h"
#include "ui/widgets/reading_line.h"

#include <QClipboard>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;

/// What the tab shows of restores, and what it asks about them.
class JobsTabTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void invitesWithoutAConnection();
    void aBatchIsOneRowWithItsShards();
    void selectionStaysOverRefreshes();
    void noOldFilterHidesWhatIsLookedFor();
    void repeatsWhatWasOrdered();
    void whatCannotBeReadIsSaid();
    void aRestoreOnNoListCanBeGivenUp();
    void aJobThatAppearsTakesTheQuestionAlong();

private:
    std::unique_ptr<JobsBench> m_bench;
    QString m_batch;  ///< a download of the sharded cluster, ready
    QString m_single; ///< a download of the replica set, ready
};

void JobsTabTest::initTestCase()
{
    m_bench = std::make_unique<JobsBench>();
    QVERIFY2(m_bench->problem().isEmpty(), qPrintable(m_bench->problem()));
    m_batch = m_bench->order(RestoreMode::DownloadSnapshot, JobsBench::Sharded);
    m_single = m_bench->order(RestoreMode::DownloadSnapshot, JobsBench::ReplicaSet);
    QVERIFY(m_bench->waitUntilReady(m_batch));
    QVERIFY(m_bench->waitUntilReady(m_single));
}

void JobsTabTest::init()
{
    QGuiApplication::clipboard()->clear();
    m_bench->settings.clear();
    QVERIFY(m_bench->show());
}

void JobsTabTest::invitesWithoutAConnection()
{
    m_bench->tab->setSession(nullptr);
    QCOMPARE(m_bench->tab->model().rowCount(), 0);
    QVERIFY(driver::visibleText(m_bench->tab.get()).contains(QStringLiteral("No connection")));
    QSignalSpy asked(m_bench->tab.get(), &JobsTab::connectionsRequested);
    QCOMPARE(driver::press(m_bench->tab.get(), QStringLiteral("Add a connection…")), QString());
    QTRY_COMPARE(asked.count(), 1);
    for (const auto *name : {"Download", "Copy link", "Repeat as a new restore…", "Show JSON", "Save report…"})
        QVERIFY2(!driver::canPress(m_bench->tab.get(), QString::fromUtf8(name)), name);
}

void JobsTabTest::aBatchIsOneRowWithItsShards()
{
    const QModelIndex heading = m_bench->tab->model().indexOf(m_batch);
    QVERIFY(heading.isValid());
    QCOMPARE(m_bench->tab->model().rowCount(heading), 3);
    const auto text = [&](int column) { return heading.siblingAtColumn(column).data().toString(); };
    QVERIFY(text(JobsModel::ClusterColumn).contains(JobsBench::Sharded));
    QCOMPARE(text(JobsModel::ModeColumn), QStringLiteral("Download a snapshot"));
    QCOMPARE(text(JobsModel::StatusColumn), QStringLiteral("3 of 3 ready"));
    QVERIFY(!text(JobsModel::PointColumn).isEmpty());
    QVERIFY(text(JobsModel::ExpiryColumn).startsWith(QStringLiteral("in ")));
    QVERIFY(!text(JobsModel::DownloadsColumn).isEmpty());
}

void JobsTabTest::selectionStaysOverRefreshes()
{
    m_bench->tab->select(m_batch);
    const QModelIndex shard = m_bench->view()->model()->index(2, 0, m_bench->view()->currentIndex());
    m_bench->view()->setCurrentIndex(shard);
    const QPersistentModelIndex kept = shard;
    const QString fresh = m_bench->order(RestoreMode::DownloadSnapshot, JobsBench::ReplicaSet);
    QVERIFY(!fresh.isEmpty());
    QVERIFY(m_bench->waitUntilReady(fresh));
    QTRY_VERIFY(m_bench->tab->model().indexOf(fresh).isValid());
    QVERIFY(kept.isValid());
    QCOMPARE(m_bench->view()->currentIndex(), QModelIndex(kept));
    QVERIFY(m_bench->view()->isExpanded(kept.parent()));
}

void JobsTabTest::noOldFilterHidesWhatIsLookedFor()
{
    auto *filter = m_bench->tab->findChild<QLineEdit *>(QStringLiteral("jobsFilter"));
    QTRY_VERIFY(m_bench->tab->model().indexOf(m_single).isValid());
    filter->setText(QStringLiteral("of another day"));
    QCOMPARE(m_bench->view()->model()->rowCount(), 0);
    m_bench->tab->selectJob(m_bench->group(m_single).jobs.front().id);
    QCOMPARE(filter->text(), QString());
    QVERIFY(m_bench->view()->selectionModel()->isSelected(m_bench->view()->currentIndex()));
    QVERIFY(m_bench->view()->currentIndex().data().toString().contains(JobsBench::ReplicaSet));
}

void JobsTabTest::repeatsWhatWasOrdered()
{
    const QString key = m_bench->order(RestoreMode::PointInTime, JobsBench::ReplicaSet, QStringLiteral("drill"));
    QVERIFY(!key.isEmpty());
    m_bench->tab->select(key);
    QSignalSpy asked(m_bench->tab.get(), &JobsTab::restoreRequested);
    QCOMPARE(driver::press(m_bench->tab.get(), QStringLiteral("Repeat as a new restore…")), QString());
    QTRY_COMPARE(asked.count(), 1);
    const auto draft = asked.front().front().value<RestoreDraft>();
    QCOMPARE(draft.mode, RestoreMode::PointInTime);
    QCOMPARE(draft.cluster->name, JobsBench::ReplicaSet);
    QCOMPARE(draft.targetCluster->name, QStringLiteral("drill"));
    QVERIFY(draft.typedTargetName.isEmpty());
    const auto ordered = std::get<TimePoint>(*m_bench->group(key).point);
    QCOMPARE(parseUtc(draft.pointInTime).toMSecsSinceEpoch(), ordered.utcMilliseconds);
}

/// The list still shows what it knew, with a line above that says so until it is read again.
void JobsTabTest::whatCannotBeReadIsSaid()
{
    const auto *line = m_bench->tab->findChild<ReadingLine *>();
    QTRY_VERIFY_WITH_TIMEOUT(!line->isVisible(), 15000);
    const int rows = m_bench->tab->model().rowCount();
    QVERIFY(m_bench->demo->addFault("GET /restoreJobs=503 once"));
    m_bench->demo->session().jobs().refreshNow();
    QTRY_VERIFY_WITH_TIMEOUT(line->text().contains(QStringLiteral("could not be read. What is shown of them is from")),
                             15000);
    QVERIFY(line->isVisible());
    QCOMPARE(m_bench->tab->model().rowCount(), rows);
    QTest::mouseClick(m_bench->tab->findChild<QPushButton *>(QStringLiteral("readAgain")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!line->isVisible(), 15000);
}

/// An order whose job never appears holds up every later restore of its target until a person gives it up.
void JobsTabTest::aRestoreOnNoListCanBeGivenUp()
{
    Session &session = m_bench->demo->session();
    const Cluster target = m_bench->demo->cluster(QStringLiteral("drill"));
    RememberedSubmission lost;
    lost.order = QStringLiteral("an-order");
    lost.jobs = {JobId(QStringLiteral("5f0000000000000000000abc"))};
    lost.mode = RestoreMode::AutomatedSnapshot;
    lost.targetProject = target.project;
    lost.targetProjectName = QStringLiteral("Staging");
    lost.targetCluster = target.id;
    lost.targetClusterName = target.name;
    const Cluster source = m_bench->demo->cluster(JobsBench::ReplicaSet);
    session.jobs().addSubmission(lost, session.catalogue().projects().front(), source, {});
    session.jobs().refreshNow();

    const auto *box = m_bench->tab->findChild<QWidget *>(QStringLiteral("unlistedRestores"));
    QTRY_VERIFY_WITH_TIMEOUT(box->isVisible(), 15000);
    const QAbstractItemModel *rows = box->findChild<QTreeView *>()->model();
    QCOMPARE(rows->rowCount(), 1);
    QCOMPARE(rows->index(0, 0).data().toString(), JobsBench::ReplicaSet);
    QCOMPARE(rows->index(0, 2).data().toString(), QStringLiteral("Staging / drill"));
    QVERIFY(driver::visibleText(m_bench->tab.get()).contains(QStringLiteral("Restores that are on no list")));
    const auto runs = [&session] {
        const auto known = knownRestores(session.jobs(), session.client().serverNow());
        return std::ranges::any_of(*known, [](const KnownRestore &restore) {
            return restore.order == QStringLiteral("an-order") && restore.isRunning;
        });
    };
    QVERIFY(runs());
    const QString giveUp = QStringLiteral("Stop following this restore…");
    QCOMPARE(driver::press(m_bench->tab.get(), giveUp), QString());
    QCOMPARE(driver::press(m_bench->tab.get(), giveUp), QString()); // twice: one question
    const auto questions = [this] { return m_bench->tab->window()->findChildren<ForgetDialog *>(); };
    QTRY_COMPARE(questions().size(), 1);
    QPointer<ForgetDialog> question = questions().front();
    QTest::keyClick(question, Qt::Key_Return); // Cancel is the default
    QTRY_VERIFY(!question);
    QVERIFY(runs() && box->isVisible());

    const QString audit = QDir(m_bench->demo->folder()).filePath(QStringLiteral("audit.jsonl"));
    QCOMPARE(driver::press(m_bench->tab.get(), giveUp), QString());
    QTRY_COMPARE(questions().size(), 1);
    question = questions().front();
    auto *confirmed = question->findChild<QPushButton *>(QStringLiteral("forget"));
    QVERIFY(!confirmed->isEnabled());
    question->findChild<QLineEdit *>()->setText(QStringLiteral("drill-"));
    QVERIFY(!confirmed->isEnabled());
    question->findChild<QLineEdit *>()->setText(QStringLiteral("drill"));
    QVERIFY(!contents(audit).contains("no longer followed"));
    confirmed->click();
    QTRY_VERIFY(!box->isVisible());
    QVERIFY(!runs());
    QVERIFY(contents(audit).contains("no longer followed"));
}

/// The person reads the question while the job appears after all.
void JobsTabTest::aJobThatAppearsTakesTheQuestionAlong()
{
    Session &session = m_bench->demo->session();
    const Cluster source = m_bench->demo->cluster(JobsBench::ReplicaSet);
    const Cluster target = m_bench->demo->cluster(QStringLiteral("drill"));
    const auto jobs = resultOf(session.client().restoreJobs(source.project, source.id));
    QVERIFY(jobs && !jobs->empty());
    RememberedSubmission late;
    late.order = QStringLiteral("late");
    late.jobs = {JobId(QStringLiteral("5f0000000000000000000def"))};
    late.mode = RestoreMode::AutomatedSnapshot;
    late.targetCluster = target.id;
    late.targetClusterName = target.name;
    session.jobs().addSubmission(late, session.catalogue().projects().front(), source, {});
    session.jobs().refreshNow();
    const auto *box = m_bench->tab->findChild<QWidget *>(QStringLiteral("unlistedRestores"));
    QTRY_VERIFY_WITH_TIMEOUT(box->isVisible(), 15000);
    QCOMPARE(driver::press(m_bench->tab.get(), QStringLiteral("Stop following this restore…")), QString());
    QTRY_COMPARE(m_bench->tab->window()->findChildren<ForgetDialog *>().size(), 1);
    const QPointer<ForgetDialog> question = m_bench->tab->window()->findChildren<ForgetDialog *>().front();
    late.jobs.push_back(jobs->back().id); // as another answer names it
    session.jobs().addSubmission(late, session.catalogue().projects().front(), source, {});
    QTRY_VERIFY(!question);
    QVERIFY(!box->isVisible());
    QVERIFY(!session.jobs().submissionOf(QStringLiteral("late"))->stoppedFollowing);
    session.jobs().stopFollowing(session.jobs().submissionOf(QStringLiteral("late"))->key);
}

QTEST_MAIN(JobsTabTest)
#include "jobs_tab_test.moc"
