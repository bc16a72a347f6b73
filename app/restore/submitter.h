#pragma once

#include "base/result.h"
#include "cloud/cloud_client.h"
#include "restore/restore_request.h"

#include <QObject>

#include <chrono>

namespace tidemark {

class AuditLog;

/// What a submission came to. `jobs` is never empty.
struct Submission
{
    RestoreRequest request;
    BatchId batch; ///< empty for a single job
    std::vector<RestoreJob> jobs;
    /// The POST's answer was lost and the job list showed that it was carried out.
    bool foundAfterLostAnswer = false;

    bool operator==(const Submission &) const = default;
};

/// How long to wait for what.
struct SubmissionTiming
{
    std::chrono::milliseconds settle{2000}; ///< from a lost answer to the first look at the job list
    std::chrono::milliseconds again{8000};  ///< between looks at the job list
    std::chrono::milliseconds batch{750};   ///< between looks at a batch that is not complete yet
};

/// Posts a request exactly once. The job list is read before, so that new jobs can be told from older ones; where it
/// cannot be read nothing is sent. After a lost answer (no HTTP status at all, any 5xx, or an answer that names no job)
/// the job list decides: a new job of the same snapshot, moment or checkpoint means that it was carried out; a list
/// that was read without a new job that fits, twice, means that it was not (the error says so and is retryable by the
/// person), unless the status was 2xx; anything else is ErrorKind::Uncertain. Every step is in the audit log before and
/// after. Nothing is ever sent again by itself.
///
/// The create answer for a sharded cluster may name one job of the batch or all; the rest is read from the batch's
/// list. Destroying the submitter while a POST is under way leaves "uncertain" in the audit log.
class Submitter : public QObject
{
    Q_OBJECT

public:
    Submitter(CloudClient &client, AuditLog &audit, QObject *parent = nullptr, SubmissionTiming timing = {});

    /// One at a time: a second call while the first is under way fails with ErrorKind::Conflict and sends nothing.
    Async<Submission> submit(const RestoreRequest &request);

Q_SIGNALS:
    /// Each submission that succeeded, whether or not its asker is still there.
    void submitted(const tidemark::Submission &submission);

private:
    CloudClient &m_client;
    AuditLog &m_audit;
    SubmissionTiming m_timing;
    bool m_busy = false;
};

} // namespace tidemark
