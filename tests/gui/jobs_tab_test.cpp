#include "base/text.h"
#include "session/download_starter.h"
#include "session/order_memory.h"
#include "session/repeat_restore.h"
#include "support/demo_session.h"
#include "support/file_dialogs.h"
#include "support/ui_driver.h"
#include "support/waiting.h"
#include "ui/jobs/forget_dialog.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/jobs_tab.h"
#include "ui/widgets/reading_line.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QString Jobs = QStringLiteral("Restore jobs");
const QString Sharded = QStringLiteral("shop-prod");
const QString ReplicaSet = QStringLiteral("ledger");

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// The tab over a session on the stand-in Cloud Manager.
class JobsTabTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void invitesWithoutAConnection();
    void aBatchIsOneRowWithItsShards();
    void onlyCopyLinkGivesALinkAway();
    void jsonMasksLinks();
    void reportsHaveNoLinks_data();
    void reportsHaveNoLinks();
    void selectionStaysOverRefreshes();
    void noOldFilterHidesWhatIsLookedFor();
    void repeatsWhatWasOrdered();
    void aBatchIsFetchedAsAGroup();
    void aUsedUpPartOfABatchIsARow();
    void anExpiredLinkCannotBeUsed();
    void whatCannotBeReadIsSaid();
    void aRestoreOnNoListCanBeGivenUp();
    void aJobThatAppearsTakesTheQuestionAlong();

private:
    /// Orders it and waits until the archives are ready; the group's key.
    QString order(RestoreMode mode, const QString &source, const QString &target = {});
    bool waitUntilReady(const QString &key);
    const JobGroup &group(const QString &key) { return *m_demo->session().jobs().group(key); }
    QTreeView *view() const { return m_tab->findChild<QTreeView *>(QStringLiteral("jobs")); }
    QStringList links(const QString &key);

    std::unique_ptr<DemoSession> m_demo;
    SystemClock m_clock;
    QTemporaryDir m_dir;
    QSettings m_settings{m_dir.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
    std::unique_ptr<DownloadQueue> m_queue;
    std::unique_ptr<JobsTab> m_tab;
    QString m_batch;  ///< a download of the sharded cluster, ready
    QString m_single; ///< a download of the replica set, ready
};

void JobsTabTest::initTestCase()
{
    m_demo = std::make_unique<DemoSession>();
    QVERIFY2(m_demo->open(), qPrintable(m_demo->problem()));
    m_queue = std::make_unique<DownloadQueue>(
        [this](const DownloadSource &source) {
            return m_demo->session().client().restoreJob(source.project, source.cluster, source.job);
        },
        m_clock, m_dir.filePath(QStringLiteral("state")), DownloadOptions());
    m_batch = order(RestoreMode::DownloadSnapshot, Sharded);
    m_single = order(RestoreMode::DownloadSnapshot, ReplicaSet);
    QVERIFY(waitUntilReady(m_batch));
    QVERIFY(waitUntilReady(m_single));
}

void JobsTabTest::init()
{
    QGuiApplication::clipboard()->clear();
    m_settings.clear();
    m_tab = std::make_unique<JobsTab>(*m_queue, m_clock, m_settings);
    new QAbstractItemModelTester(&m_tab->model(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_tab.get());
    new QAbstractItemModelTester(view()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_tab.get());
    m_tab->setSession(&m_demo->session());
    m_tab->resize(1400, 600);
    m_tab->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_tab.get()));
}

/// The list still shows what it knew, with a line above that says so until it is read again.
void JobsTabTest::whatCannotBeReadIsSaid()
{
    const auto *line = m_tab->findChild<ReadingLine *>();
    QTRY_VERIFY_WITH_TIMEOUT(!line->isVisible(), 15000);
    const int rows = m_tab->model().rowCount();
    QVERIFY(m_demo->addFault("GET /restoreJobs=503 once"));
    m_demo->session().jobs().refreshNow();
    QTRY_VERIFY_WITH_TIMEOUT(line->text().contains(QStringLiteral("could not be read. What is shown of them is from")),
                             15000);
    QVERIFY(line->isVisible());
    QCOMPARE(m_tab->model().rowCount(), rows);
    QTest::mouseClick(m_tab->findChild<QPushButton *>(QStringLiteral("readAgain")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!line->isVisible(), 15000);
}

/// An order whose job never appears holds up every later restore of its target until a person gives it up.
void JobsTabTest::aRestoreOnNoListCanBeGivenUp()
{
    Session &session = m_demo->session();
    const Cluster target = m_demo->cluster(QStringLiteral("drill"));
    RememberedSubmission lost;
    lost.order = QStringLiteral("an-order");
    lost.jobs = {JobId(QStringLiteral("5f0000000000000000000abc"))};
    lost.mode = RestoreMode::AutomatedSnapshot;
    lost.targetProject = target.project;
    lost.targetProjectName = QStringLiteral("Staging");
    lost.targetCluster = target.id;
    lost.targetClusterName = target.name;
    const Cluster source = m_demo->cluster(ReplicaSet);
    session.jobs().addSubmission(lost, session.catalogue().projects().front(), source, {});
    session.jobs().refreshNow();

    const auto *box = m_tab->findChild<QWidget *>(QStringLiteral("unlistedRestores"));
    QTRY_VERIFY_WITH_TIMEOUT(box->isVisible(), 15000);
    const QAbstractItemModel *rows = box->findChild<QTreeView *>()->model();
    QCOMPARE(rows->rowCount(), 1);
    QCOMPARE(rows->index(0, 0).data().toString(), ReplicaSet);
    QCOMPARE(rows->index(0, 2).data().toString(), QStringLiteral("Staging / drill"));
    QVERIFY(driver::visibleText(m_tab.get()).contains(QStringLiteral("Restores that are on no list")));
    const auto runs = [&session] {
        const auto known = knownRestores(session.jobs(), session.client().serverNow());
        return std::ranges::any_of(*known, [](const KnownRestore &restore) {
            return restore.order == QStringLiteral("an-order") && restore.isRunning;
        });
    };
    QVERIFY(runs());
    const QString giveUp = QStringLiteral("Stop following this restore…");
    QCOMPARE(driver::press(m_tab.get(), giveUp), QString());
    QCOMPARE(driver::press(m_tab.get(), giveUp), QString()); // twice: one question
    const auto questions = [this] { return m_tab->window()->findChildren<ForgetDialog *>(); };
    QTRY_COMPARE(questions().size(), 1);
    QPointer<ForgetDialog> question = questions().front();
    QTest::keyClick(question, Qt::Key_Return); // Cancel is the default
    QTRY_VERIFY(!question);
    QVERIFY(runs() && box->isVisible());

    const QString audit = QDir(m_demo->folder()).filePath(QStringLiteral("audit.jsonl"));
    QCOMPARE(driver::press(m_tab.get(), giveUp), QString());
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
    Session &session = m_demo->session();
    const Cluster source = m_demo->cluster(ReplicaSet);
    const Cluster target = m_demo->cluster(QStringLiteral("drill"));
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
    const auto *box = m_tab->findChild<QWidget *>(QStringLiteral("unlistedRestores"));
    QTRY_VERIFY_WITH_TIMEOUT(box->isVisible(), 15000);
    QCOMPARE(driver::press(m_tab.get(), QStringLiteral("Stop following this restore…")), QString());
    QTRY_COMPARE(m_tab->window()->findChildren<ForgetDialog *>().size(), 1);
    const QPointer<ForgetDialog> question = m_tab->window()->findChildren<ForgetDialog *>().front();
    late.jobs.push_back(jobs->back().id); // as another answer names it
    session.jobs().addSubmission(late, session.catalogue().projects().front(), source, {});
    QTRY_VERIFY(!question);
    QVERIFY(!box->isVisible());
    QVERIFY(!session.jobs().submissionOf(QStringLiteral("late"))->stoppedFollowing);
    session.jobs().stopFollowing(session.jobs().submissionOf(QStringLiteral("late"))->key);
}

QString JobsTabTest::order(RestoreMode mode, const QString &source, const QString &target)
{
    const Result<OrderOutcome> outcome = m_demo->order(mode, source, target);
    return outcome && outcome->kind == OrderOutcome::Kind::Ordered ? groupKeyOf(*outcome) : QString();
}

bool JobsTabTest::waitUntilReady(const QString &key)
{
    return QTest::qWaitFor(
        [&] {
            const JobGroup *found = m_demo->session().jobs().group(key);
            return found && std::ranges::all_of(found->jobs, [this](const RestoreJob &job) {
                       return hasUsableLink(job, m_clock.now());
                   });
        },
        30000);
}

QStringList JobsTabTest::links(const QString &key)
{
    QStringList all;
    for (const RestoreJob &job : group(key).jobs)
        all << job.delivery.url;
    return all;
}

void JobsTabTest::invitesWithoutAConnection()
{
    m_tab->setSession(nullptr);
    QCOMPARE(m_tab->model().rowCount(), 0);
    QVERIFY(driver::visibleText(m_tab.get()).contains(QStringLiteral("No connection")));
    QSignalSpy asked(m_tab.get(), &JobsTab::connectionsRequested);
    QCOMPARE(driver::press(m_tab.get(), QStringLiteral("Add a connection…")), QString());
    QTRY_COMPARE(asked.count(), 1);
    for (const auto *name : {"Download", "Copy link", "Repeat as a new restore…", "Show JSON", "Save report…"})
        QVERIFY2(!driver::canPress(m_tab.get(), QString::fromUtf8(name)), name);
}

void JobsTabTest::aBatchIsOneRowWithItsShards()
{
    const QModelIndex heading = m_tab->model().indexOf(m_batch);
    QVERIFY(heading.isValid());
    QCOMPARE(m_tab->model().rowCount(heading), 3);
    const auto text = [&](int column) { return heading.siblingAtColumn(column).data().toString(); };
    QVERIFY(text(JobsModel::ClusterColumn).contains(Sharded));
    QCOMPARE(text(JobsModel::ModeColumn), QStringLiteral("Download a snapshot"));
    QCOMPARE(text(JobsModel::StatusColumn), QStringLiteral("3 of 3 ready"));
    QVERIFY(!text(JobsModel::PointColumn).isEmpty());
    QVERIFY(text(JobsModel::ExpiryColumn).startsWith(QStringLiteral("in ")));
    QVERIFY(!text(JobsModel::DownloadsColumn).isEmpty());
}

void JobsTabTest::onlyCopyLinkGivesALinkAway()
{
    m_tab->select(m_batch);
    QVERIFY(!driver::canPress(m_tab.get(), QStringLiteral("Copy link")));
    const QModelIndex shard = view()->model()->index(1, 0, view()->currentIndex());
    view()->setCurrentIndex(shard);
    QVERIFY(driver::canPress(m_tab.get(), QStringLiteral("Copy link")));
    QCOMPARE(QGuiApplication::clipboard()->text(), QString());
    for (const QString &link : links(m_batch))
        QVERIFY(!driver::visibleText(m_tab.get()).contains(link));
    QCOMPARE(driver::press(m_tab.get(), QStringLiteral("Copy link")), QString());
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), links(m_batch).at(1));
    QTRY_VERIFY(driver::visibleText(m_tab.get()).contains(QStringLiteral("The link is on the clipboard")));
    QVERIFY(!driver::visibleText(m_tab.get()).contains(links(m_batch).at(1)));
}

void JobsTabTest::jsonMasksLinks()
{
    m_tab->select(m_batch);
    QCOMPARE(driver::press(m_tab.get(), QStringLiteral("Show JSON")), QString());
    QTRY_VERIFY(driver::window(QStringLiteral("Restore job of ") + Sharded));
    QWidget *dialog = driver::window(QStringLiteral("Restore job of ") + Sharded);
    const QString json = dialog->findChild<QPlainTextEdit *>()->toPlainText();
    const QJsonArray jobs = QJsonDocument::fromJson(json.toUtf8()).array();
    QCOMPARE(jobs.size(), 3);
    QVERIFY(json.contains(QStringLiteral("\"batchId\"")));
    QVERIFY(json.contains(QStringLiteral("***")));
    QCOMPARE(links(m_batch).size(), 3);
    for (const QString &link : links(m_batch)) {
        QVERIFY(!json.contains(link));
        QVERIFY(!json.contains(link.section(QLatin1Char('/'), -2, -2))); // the key
    }
    dialog->close();
}

void JobsTabTest::reportsHaveNoLinks_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("PDF") << QStringLiteral("r.pdf") << QByteArray("%PDF-");
    QTest::newRow("Markdown") << QStringLiteral("r.md") << QByteArray("# Restore of");
    QTest::newRow("plain text") << QStringLiteral("r.txt") << QByteArray("Restore of");
}

void JobsTabTest::reportsHaveNoLinks()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, start);
    m_tab->select(m_batch);
    QCOMPARE(driver::press(m_tab.get(), QStringLiteral("Save report…")), QString());
    const QString path = m_dir.filePath(name);
    QVERIFY(answerFileDialog(m_tab.get(), path));
    QTRY_VERIFY(QFile::exists(path));
    QTRY_VERIFY(driver::visibleText(m_tab.get()).contains(QStringLiteral("The report is in")));
    const QByteArray report = contents(path);
    QVERIFY(report.startsWith(start));
    QVERIFY(!report.contains("/pull/"));
    if (!name.endsWith(QStringLiteral(".pdf"))) {
        for (const RestoreJob &job : group(m_batch).jobs)
            QVERIFY(report.contains(job.id.value.toUtf8()));
        QVERIFY(report.contains("3 of 3 ready"));
        QVERIFY(report.contains(isoText(m_clock.now()).left(10).toUtf8()));
    }
}

void JobsTabTest::selectionStaysOverRefreshes()
{
    m_tab->select(m_batch);
    const QModelIndex shard = view()->model()->index(2, 0, view()->currentIndex());
    view()->setCurrentIndex(shard);
    const QPersistentModelIndex kept = shard;
    const QString fresh = order(RestoreMode::DownloadSnapshot, ReplicaSet);
    QVERIFY(!fresh.isEmpty());
    QVERIFY(waitUntilReady(fresh));
    QTRY_VERIFY(m_tab->model().indexOf(fresh).isValid());
    QVERIFY(kept.isValid());
    QCOMPARE(view()->currentIndex(), QModelIndex(kept));
    QVERIFY(view()->isExpanded(kept.parent()));
}

void JobsTabTest::noOldFilterHidesWhatIsLookedFor()
{
    auto *filter = m_tab->findChild<QLineEdit *>(QStringLiteral("jobsFilter"));
    QTRY_VERIFY(m_tab->model().indexOf(m_single).isValid());
    filter->setText(QStringLiteral("of another day"));
    QCOMPARE(view()->model()->rowCount(), 0);
    m_tab->selectJob(group(m_single).jobs.front().id);
    QCOMPARE(filter->text(), QString());
    QVERIFY(view()->selectionModel()->isSelected(view()->currentIndex()));
    QVERIFY(view()->currentIndex().data().toString().contains(ReplicaSet));
}

void JobsTabTest::repeatsWhatWasOrdered()
{
    const QString key = order(RestoreMode::PointInTime, ReplicaSet, QStringLiteral("drill"));
    QVERIFY(!key.isEmpty());
    m_tab->select(key);
    QSignalSpy asked(m_tab.get(), &JobsTab::repeatRequested);
    QCOMPARE(driver::press(m_tab.get(), QStringLiteral("Repeat as a new restore…")), QString());
    QTRY_COMPARE(asked.count(), 1);
    const RestoreDraft draft = repeatedDraft(group(key), m_demo->session());
    QCOMPARE(draft.mode, RestoreMode::PointInTime);
    QCOMPARE(draft.cluster->name, ReplicaSet);
    QCOMPARE(draft.targetCluster->name, QStringLiteral("drill"));
    QVERIFY(draft.typedTargetName.isEmpty());
    const auto ordered = std::get<TimePoint>(*group(key).point);
    QCOMPARE(parseUtc(draft.pointInTime).toMSecsSinceEpoch(), ordered.utcMilliseconds);
}

void JobsTabTest::aBatchIsFetchedAsAGroup()
{
    m_tab->select(m_batch);
    DownloadStarter starter(m_demo->session(), *m_queue);
    QSignalSpy started(&starter, &DownloadStarter::started);
    connect(m_tab.get(), &JobsTab::downloadRequested, &starter,
            [&](const QString &key) { starter.start(key, m_dir.filePath(QStringLiteral("files"))); });
    QDir().mkpath(m_dir.filePath(QStringLiteral("files")));
    QCOMPARE(driver::press(m_tab.get(), QStringLiteral("Download")), QString());
    QTRY_COMPARE(started.count(), 1);
    QCOMPARE(started.front().at(1).toInt(), 3);
    QVERIFY(!starter.isWaiting(m_batch));
    std::vector<Download> ours;
    for (const Download &download : m_queue->downloads()) {
        if (download.source.batch.value == m_batch)
            ours.push_back(download);
    }
    QCOMPARE(ours.size(), 3U);
    for (const Download &download : ours) {
        QVERIFY2(download.source.expectedFileSizeBytes > 0,
                 qPrintable(download.source.fileName + QLatin1Char(' ') + download.source.snapshot.value));
        QVERIFY(download.source.batchTitle.contains(QStringLiteral("3 archives")));
    }
    m_queue->pauseAll();
}

void JobsTabTest::aUsedUpPartOfABatchIsARow()
{
    const QString batch = order(RestoreMode::DownloadSnapshot, Sharded);
    QVERIFY(waitUntilReady(batch));
    const RestoreJob spent = group(batch).jobs.front();
    QNetworkAccessManager network;
    for (qint64 i = 0; i < spent.delivery.maxDownloads; ++i) {
        const std::unique_ptr<QNetworkReply> reply(network.get(QNetworkRequest(QUrl(spent.delivery.url))));
        QVERIFY(QTest::qWaitFor([&] { return reply->isFinished(); }, 60000));
        QVERIFY2(reply->error() == QNetworkReply::NoError, qPrintable(reply->errorString()));
    }
    const auto isSpent = [&] {
        return std::ranges::any_of(group(batch).jobs, [&spent](const RestoreJob &job) {
            return job.id == spent.id && job.delivery.status == DeliveryStatus::MaxDownloadsExceeded;
        });
    };
    QVERIFY(QTest::qWaitFor(
        [&] {
            m_demo->session().jobs().refreshNow();
            return isSpent();
        },
        60000));
    DownloadStarter starter(m_demo->session(), *m_queue);
    QSignalSpy started(&starter, &DownloadStarter::started);
    starter.start(batch, m_dir.filePath(QStringLiteral("files")));
    QTRY_COMPARE(started.count(), 1);
    QCOMPARE(started.front().at(1).toInt(), 2);
    QVERIFY(!starter.isWaiting(batch));
    int rows = 0;
    for (const Download &download : m_queue->downloads()) {
        if (download.source.batch.value != batch)
            continue;
        ++rows;
        QCOMPARE(download.source.batchArchives, 3);
        QCOMPARE(download.state == DownloadState::UsedUp, download.source.job == spent.id);
        QVERIFY(!download.source.ordered.mongodbVersion.isEmpty());
    }
    QCOMPARE(rows, 3);
    m_queue->pauseAll();
}

void JobsTabTest::anExpiredLinkCannotBeUsed()
{
    RestoreJob job = group(m_single).jobs.front();
    QVERIFY(hasUsableLink(job, m_clock.now()));
    QVERIFY(!hasUsableLink(job, job.delivery.expires.addSecs(1)));
    job.delivery.status = DeliveryStatus::MaxDownloadsExceeded;
    QVERIFY(!hasUsableLink(job, m_clock.now()));
}

QTEST_MAIN(JobsTabTest)
#include "jobs_tab_test.moc"
