#include "downloads/download_queue.h"
#include "session/download_starter.h"
#include "session/repeat_restore.h"
#include "support/demo_session.h"
#include "support/job_cases.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

/// What is taken over of a restore that was made elsewhere, and that a download that is begun says what came of it.
class RepeatAndStartTest : public QObject
{
    Q_OBJECT

private:
    SystemClock m_clock;
    QTemporaryDir m_dir;
    std::unique_ptr<DemoSession> m_demo;
    std::unique_ptr<DownloadQueue> m_queue;

private Q_SLOTS:
    void initTestCase()
    {
        m_demo = std::make_unique<DemoSession>();
        QVERIFY2(m_demo->open(), qPrintable(m_demo->problem()));
        m_queue = std::make_unique<DownloadQueue>(
            [this](const DownloadSource &source) {
                return m_demo->session().client().restoreJob(source.project, source.cluster, source.job);
            },
            m_clock, m_dir.filePath(QStringLiteral("state")), DownloadOptions());
    }

    /// A point in time excludes its second, the job's timestamp is what was restored: which was typed is not known.
    void theMomentOfAJobMadeElsewhereIsLeftOpen()
    {
        RestoreJob job = jobOf(QStringLiteral("j"), JobStatus::Finished, DeliveryStatus::Unknown);
        job.pointInTime = true;
        job.timestamp = OplogTimestamp{1764244800, 3};
        JobGroup elsewhere = groupOf({job});
        QCOMPARE(repeatedDraft(elsewhere, m_demo->session()).mode, RestoreMode::PointInTime);
        QCOMPARE(repeatedDraft(elsewhere, m_demo->session()).pointInTime, QString());
        elsewhere.point = TimePoint{1764244800000}; // ordered here: it is known
        QCOMPARE(repeatedDraft(elsewhere, m_demo->session()).pointInTime, QStringLiteral("2025-11-27 12:00:00"));
    }

    void aSecondPressBeginsNothingMore()
    {
        const Result<OrderOutcome> ordered = m_demo->order(RestoreMode::DownloadSnapshot, QStringLiteral("ledger"));
        QVERIFY(ordered && !ordered->jobs.empty());
        const QString key = ordered->jobs.front().id.value;
        QTRY_VERIFY_WITH_TIMEOUT(m_demo->session().jobs().group(key) &&
                                     hasUsableLink(m_demo->session().jobs().group(key)->jobs.front(), m_clock.now()),
                                 20000);
        DownloadStarter starter(m_demo->session(), *m_queue);
        QSignalSpy started(&starter, &DownloadStarter::started);
        QSignalSpy failed(&starter, &DownloadStarter::failed);
        starter.start(key, m_dir.path());
        starter.start(key, m_dir.path()); // while the first still reads the snapshot
        QTRY_COMPARE(started.count(), 1);
        QTest::qWait(500);
        QCOMPARE(started.count(), 1);
        QCOMPARE(failed.count(), 0);
        m_queue->pauseAll();
    }

    void whatAddsNothingIsSaid()
    {
        const Result<OrderOutcome> ordered = m_demo->order(RestoreMode::DownloadSnapshot, QStringLiteral("ledger"));
        QVERIFY(ordered && !ordered->jobs.empty());
        const QString key = ordered->jobs.front().id.value;
        const auto job = [&] { return m_demo->session().jobs().group(key)->jobs.front(); };
        QTRY_VERIFY_WITH_TIMEOUT(m_demo->session().jobs().group(key) && hasUsableLink(job(), m_clock.now()), 20000);
        QNetworkAccessManager network;
        for (qint64 i = 0; i < job().delivery.maxDownloads; ++i) {
            const std::unique_ptr<QNetworkReply> reply(network.get(QNetworkRequest(QUrl(job().delivery.url))));
            QVERIFY(QTest::qWaitFor([&] { return reply->isFinished(); }, 60000));
        }
        QVERIFY(QTest::qWaitFor(
            [&] {
                m_demo->session().jobs().refreshNow();
                return !hasUsableLink(job(), m_clock.now());
            },
            60000));
        DownloadStarter starter(m_demo->session(), *m_queue);
        QSignalSpy failed(&starter, &DownloadStarter::failed);
        starter.start(key, m_dir.path());
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 10000);
        QVERIFY(!starter.isWaiting(key));
    }
};

QTEST_MAIN(RepeatAndStartTest)
#include "repeat_and_start_test.moc"
