#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "cloud/cloud_client.h"
#include "restore/restore_request.h"

#include <QObject>

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
};

/// Posts a request exactly once. After a lost answer (no HTTP status at all, or a gateway's 502/504) the job list
/// decides: a job of the same snapshot, point or checkpoint created since the POST means that it was carried out; a
/// list that was read without one, twice, means that it was not (the error says so and is retryable by the person);
/// anything else is ErrorKind::Uncertain. Every step is in the audit log before and after. Nothing is ever sent again
/// by itself.
class Submitter : public QObject
{
    Q_OBJECT

public:
    Submitter(CloudClient &client, AuditLog &audit, const Clock &clock, QObject *parent = nullptr);

    /// One at a time: a second call while the first is under way fails with ErrorKind::Conflict and sends nothing.
    Async<Submission> submit(const RestoreRequest &request);

private:
    CloudClient &m_client;
    AuditLog &m_audit;
    const Clock &m_clock;
    bool m_busy = false;
};

} // namespace tidemark
