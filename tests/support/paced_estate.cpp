#include "support/paced_estate.h"

#include <algorithm>

namespace tidemark::test {

namespace {

constexpr int Projects = 3;
constexpr int ClustersOfEach = 4;

QByteArray projectId(int project)
{
    return "60bb0000000000000000000" + QByteArray::number(project);
}

QByteArray clusterId(const QByteArray &project, int cluster)
{
    return "60cc000000000000000000" + project.right(1) + QByteArray::number(cluster);
}

ScriptedAnswer listOf(const QList<QByteArray> &items)
{
    return ScriptedAnswer::json("{\"links\":[],\"totalCount\":" + QByteArray::number(items.size()) + ",\"results\":[" +
                                items.join(',') + "]}");
}

ScriptedAnswer content(const RecordedRequest &request)
{
    const QByteArray path = request.path();
    QList<QByteArray> items;
    if (path.endsWith("/groups")) {
        for (int project = 0; project < Projects; ++project)
            items << R"({"id":")" + projectId(project) + R"(","name":"Project )" + QByteArray::number(project) + "\"}";
        return listOf(items);
    }
    const QByteArray project = path.mid(path.indexOf("/groups/") + 8, projectId(0).size());
    for (int number = 0; number < ClustersOfEach; ++number) {
        const QByteArray id = clusterId(project, number);
        const QByteArray name = "db" + project.right(1) + QByteArray::number(number);
        if (path.endsWith("/clusters"))
            items << R"({"id":")" + id + R"(","groupId":")" + project + R"(","clusterName":")" + name +
                         R"(","replicaSetName":")" + name + R"(","typeName":"REPLICA_SET"})";
        else if (path.endsWith("/backupConfigs"))
            items << R"({"clusterId":")" + id + R"(","groupId":")" + project + R"(","statusName":"STARTED"})";
    }
    return listOf(items);
}

} // namespace

PacedEstate::PacedEstate()
{
    m_server.setHandler([this](const RecordedRequest &request) { return answer(request); });
}

void PacedEstate::set(Mood mood, std::chrono::milliseconds delay)
{
    const std::scoped_lock lock(m_mutex);
    m_mood = mood;
    m_delay = delay;
}

ScriptedAnswer PacedEstate::answer(const RecordedRequest &request)
{
    // Without a challenge each request would be a handshake that the others wait for.
    if (request.header("Authorization").isEmpty())
        return ScriptedAnswer::json("{}", 401).with(
            "WWW-Authenticate",
            R"(Digest realm="MMS Public API", domain="", nonce="4711", algorithm=MD5, qop="auth", stale=false)");
    const std::scoped_lock lock(m_mutex);
    const bool isRefused = m_mood == Mood::Refusing;
    const bool isPersons = request.target.contains(personsJob().toLatin1());
    // The timer of an answer may be early by a twentieth.
    m_requests.push_back({request.at, request.at + m_delay * 9 / 10, isPersons, isRefused});
    ScriptedAnswer answer = isRefused ? ScriptedAnswer::json(R"({"error":429,"reason":"Too Many Requests",)"
                                                             R"("errorCode":"RATE_LIMITED","detail":"Too many."})",
                                                             429)
                                            .with("Retry-After", "1")
                                      : content(request);
    answer.delay = m_delay;
    return answer;
}

std::vector<PacedEstate::Request> PacedEstate::requests() const
{
    const std::scoped_lock lock(m_mutex);
    return m_requests;
}

int PacedEstate::mostAtOnce(const std::vector<Request> &requests, Time from, Time to)
{
    const auto counts = [&](const Request &one) { return one.came >= from && one.came < to; };
    std::ptrdiff_t most = 0;
    for (const Request &one : requests) {
        if (!counts(one))
            continue;
        most = std::max(most, std::ranges::count_if(requests, [&](const Request &other) {
                            return counts(other) && other.came <= one.came && other.answered > one.came;
                        }));
    }
    return static_cast<int>(most);
}

} // namespace tidemark::test
