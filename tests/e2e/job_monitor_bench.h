#pragma once

#include "jobs/job_monitor.h"
#include "jobs/job_texts.h"
#include "support/fake_api.h"
#include "support/fixed_clock.h"
#include "support/restore_cases.h"

#include <QTemporaryDir>

/// A job monitor on a server of which a test decides every answer.
namespace tidemark::test {

using namespace std::chrono_literals;

constexpr JobMonitor::Intervals quick{100ms, 60s};

inline QByteArray job(const QByteArray &id, const char *status, const char *delivery, const QByteArray &extra = {})
{
    return "{\"id\":\"" + id + "\",\"created\":\"2026-11-24T14:29:00Z\",\"statusName\":\"" + status +
           "\",\"delivery\":{\"methodName\":\"HTTP\",\"statusName\":\"" + delivery + "\"" + extra + "}}";
}

inline QByteArray readyExtra(const QByteArray &id)
{
    return ",\"expires\":\"2026-11-24T18:29:00Z\",\"maxDownloads\":3,\"url\":\"https://archives.example.net/backup/"
           "restore/v2/pull/" +
           id + "/LINK-KEY-MARK/" + id + ".tar.gz\"";
}

/// A restore as it was ordered here and what its order's answer described.
struct Submission
{
    RestoreRequest request;
    BatchId batch;
    std::vector<RestoreJob> jobs;
};

inline Submission submissionOf(RestoreMode mode, const QStringList &ids, const BatchId &batch = {},
                               bool sharded = false)
{
    const RestoreDraft draft = goodDraft(mode, sharded);
    const auto request = buildRequest(draft, goodFacts(draft), now());
    Q_ASSERT(request);
    Submission submission{*request, batch, {}};
    for (const QString &id : ids) {
        RestoreJob created;
        created.id = JobId(id);
        created.batch = batch;
        created.created = now();
        created.status = JobStatus::InProgress;
        created.delivery.status = DeliveryStatus::NotStarted;
        submission.jobs.push_back(created);
    }
    return submission;
}

/// The same as it is remembered, with the goal version that the target's agents had before the order.
inline RememberedSubmission rememberedOf(const Submission &submission, const QString &order,
                                         std::optional<qint64> goalBefore)
{
    RememberedSubmission remembered;
    remembered.order = order;
    remembered.batch = submission.batch;
    for (const RestoreJob &created : submission.jobs)
        remembered.jobs.push_back(created.id);
    remembered.mode = submission.request.mode();
    remembered.point = submission.request.point();
    remembered.pointTime = submission.request.pointTime();
    if (const auto *target = std::get_if<AutomatedDelivery>(&submission.request.delivery())) {
        remembered.targetProject = target->project;
        remembered.targetProjectName = target->projectName;
        remembered.targetCluster = target->cluster;
        remembered.targetClusterName = target->clusterName;
    }
    remembered.goalBefore = goalBefore;
    return remembered;
}

class JobMonitorBench
{
public:
    JobMonitorBench() { start(); }

    void start(JobMonitor::Intervals intervals = quick)
    {
        monitor.reset();
        monitor = std::make_unique<JobMonitor>(client, clock, state, intervals);
    }

    const JobGroup &only() const { return monitor->groups().front(); }
    QString status() const { return groupStatusText(only(), now()); }
    size_t agentReads() const { return api.requests("GET", "automationStatus").size(); }

    /// Told without the key of a pending order, as entries from before there were any.
    void add(const Submission &submission)
    {
        monitor->addSubmission(rememberedOf(submission, {}, {}), submission.request.project(),
                               submission.request.cluster(), submission.jobs);
    }

    /// An oplog restore of "orders" that made the job `id`.
    QString order(const QString &id, std::optional<qint64> goalBefore = 37)
    {
        const Submission submission = submissionOf(RestoreMode::OplogTimestamp, {id});
        return monitor->addSubmission(rememberedOf(submission, QStringLiteral("order ") + id, goalBefore), shop(),
                                      orders(), submission.jobs);
    }

    FixedClock clock{now()};
    QTemporaryDir dir;
    QString state = dir.filePath(QStringLiteral("restores.json"));
    FakeApi api;
    CloudClient client{api.connection(), Credentials(), clock, CloudClient::Retries::None};
    std::unique_ptr<JobMonitor> monitor;
};

} // namespace tidemark::test
