#include "restore/submitter.h"

#include "restore/submission_attempt.h"

namespace tidemark {

Submitter::Submitter(CloudClient &client, AuditLog &audit, QObject *parent, SubmissionTiming timing)
    : QObject(parent)
    , m_client(client)
    , m_audit(audit)
    , m_timing(timing)
{
}

Async<Submission> Submitter::submit(const RestoreRequest &request)
{
    if (m_busy) {
        Error error;
        error.kind = ErrorKind::Conflict;
        error.sentence = tr("Another restore is just being ordered. Nothing was sent.");
        error.hint = tr("Wait until it has been answered, then try again.");
        return resolved<Submission>(failure(error));
    }
    m_busy = true;
    auto *attempt = new SubmissionAttempt(m_client, m_audit, request, m_timing, this);
    connect(attempt, &SubmissionAttempt::succeeded, this, &Submitter::submitted);
    connect(attempt, &SubmissionAttempt::ended, this, [this, attempt] {
        m_busy = false;
        attempt->deleteLater();
    });
    return attempt->start();
}

} // namespace tidemark
