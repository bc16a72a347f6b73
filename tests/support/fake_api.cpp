#include "support/fake_api.h"

namespace tidemark::test {

namespace {

/// The first answer, which is used up unless it is the last one.
ScriptedAnswer take(QList<ScriptedAnswer> &answers)
{
    if (answers.isEmpty())
        return listAnswer({});
    return answers.size() > 1 ? answers.takeFirst() : answers.first();
}

QList<ScriptedAnswer> listAnswers(const QList<QByteArray> &results)
{
    QList<ScriptedAnswer> answers;
    for (const QByteArray &one : results)
        answers.append(listAnswer(one));
    return answers;
}

} // namespace

ScriptedAnswer listAnswer(const QByteArray &results)
{
    return ScriptedAnswer::json("{\"links\":[],\"results\":[" + results + "]}");
}

QByteArray jobJson(const QByteArray &id, const QByteArray &extra)
{
    return "{\"id\":\"" + id + "\",\"groupId\":\"60bb00000000000000000001\",\"created\":\"2026-11-24T14:29:00Z\"," +
           "\"statusName\":\"IN_PROGRESS\",\"delivery\":{\"methodName\":\"HTTP\",\"statusName\":\"NOT_STARTED\"}" +
           extra + "}";
}

FakeApi::FakeApi()
{
    m_server.setHandler([this](const RecordedRequest &request) { return answer(request); });
}

Connection FakeApi::connection() const
{
    Connection connection;
    connection.name = QStringLiteral("Fake");
    connection.service = Service::OpsManager;
    connection.baseUrl = m_server.url();
    connection.userName = QStringLiteral("abcdefgh");
    return connection;
}

void FakeApi::setLists(const QList<QByteArray> &results)
{
    setListAnswers(listAnswers(results));
}

void FakeApi::setListAnswers(const QList<ScriptedAnswer> &answers)
{
    const QMutexLocker lock(&m_mutex);
    m_lists = answers;
}

void FakeApi::setBatchLists(const QList<QByteArray> &results)
{
    const QMutexLocker lock(&m_mutex);
    m_batchLists = listAnswers(results);
}

void FakeApi::setPostAnswer(const ScriptedAnswer &answer)
{
    const QMutexLocker lock(&m_mutex);
    m_post = answer;
}

void FakeApi::setJobAnswers(const QList<ScriptedAnswer> &answers)
{
    const QMutexLocker lock(&m_mutex);
    m_jobs = answers;
}

void FakeApi::setConfigs(const QList<ScriptedAnswer> &answers)
{
    const QMutexLocker lock(&m_mutex);
    m_configs = answers;
}

void FakeApi::setAgents(const QList<QByteArray> &documents)
{
    const QMutexLocker lock(&m_mutex);
    m_agents.clear();
    for (const QByteArray &document : documents)
        m_agents.append(ScriptedAnswer::json(document));
}

ScriptedAnswer FakeApi::answer(const RecordedRequest &request)
{
    const QMutexLocker lock(&m_mutex);
    if (request.method == "POST")
        return m_post;
    if (request.path().endsWith("/automationStatus"))
        return take(m_agents);
    if (request.path().endsWith("/automationConfig/noSecrets"))
        return take(m_configs);
    if (request.path().contains("/restoreJobs/"))
        return take(m_jobs);
    if (request.path().endsWith("/restoreJobs"))
        return take(request.target.contains("batchId=") ? m_batchLists : m_lists);
    return listAnswer({});
}

std::vector<RecordedRequest> FakeApi::requests(const QByteArray &method, const QByteArray &pathPart) const
{
    std::vector<RecordedRequest> found;
    for (const RecordedRequest &request : m_server.requests()) {
        if (request.method == method && request.target.contains(pathPart))
            found.push_back(request);
    }
    return found;
}

std::vector<RecordedRequest> FakeApi::posts() const
{
    return requests("POST", "");
}

int FakeApi::lists() const
{
    return static_cast<int>(requests("GET", "/restoreJobs?").size()) - batchLists();
}

int FakeApi::batchLists() const
{
    return static_cast<int>(requests("GET", "batchId=").size());
}

} // namespace tidemark::test
