#pragma once

#include "base/later.h"
#include "restore/job_match.h"
#include "restore/submitter.h"

#include <QSet>

namespace tidemark {

/// One submission from its first step to its last; see Submitter for what it promises. Only Submitter makes one.
class SubmissionAttempt : public QObject
{
    Q_OBJECT

public:
    SubmissionAttempt(CloudClient &client, AuditLog &audit, RestoreRequest request, SubmissionTiming timing,
                      QObject *parent);
    ~SubmissionAttempt() override;

    Async<Submission> start();

Q_SIGNALS:
    void succeeded(const tidemark::Submission &submission);
    /// Before the result is given; nothing more happens afterwards.
    void ended();

private:
    /// New jobs that fit the request, by batch or alone.
    struct Candidate
    {
        BatchId batch;
        std::vector<RestoreJob> jobs;
        JobMatch match = JobMatch::Different;
    };

    void post();
    void answerLost(const Error &error);
    void lookAtJobList();
    void judge(const std::vector<RestoreJob> &list);
    std::vector<Candidate> candidatesIn(const std::vector<RestoreJob> &list) const;
    void listUnreadable(const Error &error);
    void created(std::vector<RestoreJob> jobs);
    void completeBatch();
    void succeed();
    void fail(const QString &event, const Error &error);
    void failUncertain(const QString &sentence);
    QJsonObject details() const;

    CloudClient &m_client;
    AuditLog &m_audit;
    const RestoreRequest m_request;
    const SubmissionTiming m_timing;
    Deferred<Submission> m_result;

    QSet<JobId> m_known; ///< jobs that were there before the POST
    Error m_lost;        ///< why there is no answer
    int m_readsWithout = 0;
    int m_unreadable = 0;
    int m_batchReads = 0;
    bool m_isPosted = false;
    bool m_isEnded = false;
    bool m_foundAfterLostAnswer = false;
    std::vector<RestoreJob> m_jobs;
};

} // namespace tidemark
