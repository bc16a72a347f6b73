#include "restore/submission_attempt.h"

#include "restore/audit_log.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>

#include <algorithm>

namespace tidemark {

namespace {

constexpr int readsThatSettle = 2;    ///< a list without a fitting job counts when it was read this often
constexpr int unreadableThatEnds = 3; ///< after so many failed reads it cannot be settled
constexpr int mostBatchReads = 4;

bool isAccepted(const Error &error)
{
    return error.httpStatus >= 200 && error.httpStatus < 300;
}

/// Whether the POST may have been carried out although it came back as this error. A failed TLS handshake comes before
/// anything is sent.
bool mayHaveBeenCarriedOut(const Error &error)
{
    const bool noAnswer = error.httpStatus == 0 && error.kind != ErrorKind::Tls;
    return noAnswer || error.httpStatus >= 500 || isAccepted(error);
}

QJsonArray jobsDetails(const std::vector<RestoreJob> &jobs)
{
    QJsonArray array;
    for (const RestoreJob &job : jobs) {
        QJsonObject entry{{QStringLiteral("id"), job.id.value}};
        if (!job.batch.isEmpty())
            entry.insert(QStringLiteral("batchId"), job.batch.value);
        array.append(entry);
    }
    return array;
}

} // namespace

SubmissionAttempt::SubmissionAttempt(CloudClient &client, AuditLog &audit, RestoreRequest request,
                                     SubmissionTiming timing, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_audit(audit)
    , m_request(std::move(request))
    , m_timing(timing)
{
}

SubmissionAttempt::~SubmissionAttempt()
{
    if (m_isEnded || !m_isPosted)
        return;
    QJsonObject entry = details();
    entry.insert(QStringLiteral("error"), tr("The program ended before the answer came."));
    m_audit.append(QStringLiteral("uncertain"), entry);
}

Async<Submission> SubmissionAttempt::start()
{
    whenDone(this, m_client.restoreJobs(m_request.project().id, m_request.cluster().id),
             [this](const Result<std::vector<RestoreJob>> &list) {
                 if (!list) {
                     Error error = list.error();
                     error.sentence = tr("Nothing was sent: the job list, which tells a new job from older ones, could "
                                         "not be read. %1")
                                          .arg(error.sentence);
                     fail(QStringLiteral("not sent"), error);
                     return;
                 }
                 for (const RestoreJob &job : *list)
                     m_known.insert(job.id);
                 post();
             });
    return m_result.future();
}

void SubmissionAttempt::post()
{
    if (!m_audit.append(QStringLiteral("sending"), details())) {
        Error error;
        error.kind = ErrorKind::Disk;
        error.sentence = tr("Nothing was sent: the audit log %1 could not be written.").arg(m_audit.path());
        error.hint = tr("Make room on the disk, or make the file writable, and try again.");
        fail(QStringLiteral("not sent"), error);
        return;
    }
    m_isPosted = true;
    whenDone(this,
             m_client.createRestoreJobs(m_request.project().id, m_request.cluster().id, m_request.json(),
                                        [](int) { return true; }),
             [this](const Result<OrderAnswer> &answer) {
                 const Error error = answer ? answer->error : answer.error();
                 if (answer && !answer->jobs.empty())
                     created(answer->jobs);
                 else if (answer && answer->left && mayHaveBeenCarriedOut(error))
                     answerLost(error);
                 else
                     fail(QStringLiteral("refused"), error);
             });
}

void SubmissionAttempt::answerLost(const Error &error)
{
    m_lost = error;
    QJsonObject entry = details();
    entry.insert(QStringLiteral("error"), error.sentence);
    entry.insert(QStringLiteral("httpStatus"), error.httpStatus);
    m_audit.append(QStringLiteral("answer lost"), entry);
    QTimer::singleShot(m_timing.settle, this, &SubmissionAttempt::lookAtJobList);
}

void SubmissionAttempt::lookAtJobList()
{
    whenDone(this, m_client.restoreJobs(m_request.project().id, m_request.cluster().id),
             [this](const Result<std::vector<RestoreJob>> &list) {
                 if (list)
                     judge(*list);
                 else
                     listUnreadable(list.error());
             });
}

void SubmissionAttempt::judge(const std::vector<RestoreJob> &list)
{
    const std::vector<Candidate> candidates = candidatesIn(list);
    if (candidates.size() == 1 && candidates.front().match == JobMatch::Same) {
        m_foundAfterLostAnswer = true;
        created(candidates.front().jobs);
        return;
    }
    if (!candidates.empty()) {
        failUncertain(candidates.size() == 1
                          ? tr("The answer was lost. A new job has appeared since, and it cannot be told whether it is "
                               "the one that was ordered.")
                          : tr("The answer was lost. %1 new restores that fit have appeared since, and it cannot be "
                               "told which one was ordered here.")
                                .arg(candidates.size()));
        return;
    }
    if (++m_readsWithout < readsThatSettle) {
        QTimer::singleShot(m_timing.again, this, &SubmissionAttempt::lookAtJobList);
        return;
    }
    if (isAccepted(m_lost)) {
        failUncertain(tr("The server accepted the request, but its answer cannot be used, and the job list, read twice "
                         "since, does not show the job. %1")
                          .arg(m_lost.sentence));
        return;
    }
    Error error = m_lost;
    error.sentence = tr("No restore was ordered: the answer was lost, and the job list, read twice since, has no such "
                        "job. %1")
                         .arg(m_lost.sentence);
    error.hint = tr("It can be ordered again.");
    error.retryable = true;
    fail(QStringLiteral("not created"), error);
}

std::vector<SubmissionAttempt::Candidate> SubmissionAttempt::candidatesIn(const std::vector<RestoreJob> &list) const
{
    std::vector<Candidate> all;
    for (const RestoreJob &job : list) {
        if (m_known.contains(job.id))
            continue;
        auto place = job.batch.isEmpty() ? all.end() : std::find_if(all.begin(), all.end(), [&](const Candidate &it) {
            return it.batch == job.batch;
        });
        if (place == all.end())
            place = all.insert(all.end(), Candidate{job.batch, {}, JobMatch::Same});
        place->jobs.push_back(job);
        // One job that contradicts the request speaks for its whole batch.
        place->match = std::min(place->match, matchJob(job, m_request));
    }
    std::erase_if(all, [](const Candidate &candidate) { return candidate.match == JobMatch::Different; });
    return all;
}

void SubmissionAttempt::listUnreadable(const Error &error)
{
    if (++m_unreadable < unreadableThatEnds) {
        QTimer::singleShot(m_timing.again, this, &SubmissionAttempt::lookAtJobList);
        return;
    }
    failUncertain(tr("The answer was lost, and the job list that would tell whether the restore was ordered cannot be "
                     "read. %1")
                      .arg(error.sentence));
}

void SubmissionAttempt::created(std::vector<RestoreJob> jobs)
{
    m_jobs = std::move(jobs);
    QJsonObject entry = details();
    entry.insert(QStringLiteral("jobs"), jobsDetails(m_jobs));
    m_audit.append(
        m_foundAfterLostAnswer ? QStringLiteral("created, found in the job list") : QStringLiteral("created"), entry);
    completeBatch();
}

void SubmissionAttempt::completeBatch()
{
    const BatchId batch = m_jobs.front().batch;
    const bool isComplete = m_jobs.size() >= static_cast<size_t>(m_request.expectedJobs());
    if (batch.isEmpty() || isComplete || m_batchReads == mostBatchReads) {
        succeed(); // what is still missing comes with the next list
        return;
    }
    ++m_batchReads;
    whenDone(this, m_client.restoreJobsOfBatch(m_request.project().id, m_request.cluster().id, batch),
             [this](const Result<std::vector<RestoreJob>> &list) {
                 if (list && list->size() > m_jobs.size())
                     m_jobs = *list;
                 if (m_jobs.size() >= static_cast<size_t>(m_request.expectedJobs()) || m_batchReads == mostBatchReads)
                     succeed();
                 else
                     QTimer::singleShot(m_timing.batch, this, &SubmissionAttempt::completeBatch);
             });
}

void SubmissionAttempt::succeed()
{
    const Submission submission{m_request, m_jobs.front().batch, m_jobs, m_foundAfterLostAnswer};
    m_isEnded = true;
    Q_EMIT succeeded(submission);
    Q_EMIT ended();
    m_result.resolve(submission);
}

void SubmissionAttempt::fail(const QString &event, const Error &error)
{
    QJsonObject entry = details();
    entry.insert(QStringLiteral("error"), error.sentence);
    if (error.httpStatus != 0)
        entry.insert(QStringLiteral("httpStatus"), error.httpStatus);
    if (!error.apiCode.isEmpty())
        entry.insert(QStringLiteral("errorCode"), error.apiCode);
    m_audit.append(event, entry);
    m_isEnded = true;
    Q_EMIT ended();
    m_result.resolve(failure(error));
}

void SubmissionAttempt::failUncertain(const QString &sentence)
{
    Error error = m_lost;
    error.kind = ErrorKind::Uncertain;
    error.sentence = sentence;
    error.hint =
        tr("Before it is ordered again, look at the cluster's restore jobs, here and in the web interface. The "
           "request was not repeated.");
    error.retryable = false;
    fail(QStringLiteral("uncertain"), error);
}

QJsonObject SubmissionAttempt::details() const
{
    const Connection &connection = m_client.connection();
    QJsonObject entry{
        {QStringLiteral("server"), connection.baseUrl.toString(QUrl::RemoveUserInfo | QUrl::FullyEncoded)},
        {QStringLiteral("user"), connection.userName},
        {QStringLiteral("project"), m_request.project().name},
        {QStringLiteral("projectId"), m_request.project().id.value},
        {QStringLiteral("cluster"), m_request.cluster().name},
        {QStringLiteral("clusterId"), m_request.cluster().id.value},
        {QStringLiteral("point"), pointText(m_request.point(), m_request.pointTime())},
        {QStringLiteral("body"), QJsonDocument::fromJson(m_request.json()).object()}};
    if (const auto *target = std::get_if<AutomatedDelivery>(&m_request.delivery())) {
        entry.insert(QStringLiteral("targetProject"), target->projectName);
        entry.insert(QStringLiteral("targetCluster"), target->clusterName);
    }
    return entry;
}

} // namespace tidemark
