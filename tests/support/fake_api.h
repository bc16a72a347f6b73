#pragma once

#include "cloud/cloud_client.h"
#include "support/scripted_server.h"

#include <QMutex>

namespace tidemark::test {

/// The restore part of the Public API on a real socket, small enough that a test decides every answer. Without
/// authentication. What it does not know it answers with an empty list.
class FakeApi
{
public:
    FakeApi();

    /// A connection to it.
    Connection connection() const;

    /// Answers to GET …/restoreJobs, one after the other; the last one stays. Each is the inside of "results".
    void setLists(const QList<QByteArray> &results);
    void setListAnswers(const QList<ScriptedAnswer> &answers);
    void setBatchLists(const QList<QByteArray> &results);
    void setPostAnswer(const ScriptedAnswer &answer);
    void setJobAnswers(const QList<ScriptedAnswer> &answers); ///< GET …/restoreJobs/ID
    void setAgents(const QList<QByteArray> &documents);       ///< GET …/automationStatus, the last one stays
    void setConfigs(const QList<ScriptedAnswer> &answers); ///< GET …/automationConfig/noSecrets, the last one stays

    std::vector<RecordedRequest> posts() const;
    int lists() const;
    int batchLists() const;
    std::vector<RecordedRequest> requests(const QByteArray &method, const QByteArray &pathPart) const;
    ScriptedServer &server() { return m_server; }

private:
    ScriptedAnswer answer(const RecordedRequest &request);

    mutable QMutex m_mutex;
    QList<ScriptedAnswer> m_lists;
    QList<ScriptedAnswer> m_batchLists;
    QList<ScriptedAnswer> m_agents;
    QList<ScriptedAnswer> m_configs;
    ScriptedAnswer m_post;
    QList<ScriptedAnswer> m_jobs;
    ScriptedServer m_server; ///< last: its thread uses the others
};

/// The envelope of a list around its results.
ScriptedAnswer listAnswer(const QByteArray &results);

/// A job as the API writes it. `extra` is put before the closing brace, beginning with a comma.
QByteArray jobJson(const QByteArray &id, const QByteArray &extra = {});

} // namespace tidemark::test
