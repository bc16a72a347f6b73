#include "session/job_reading.h"

#include "cloud/network_setup.h"
#include "session/session.h"

namespace tidemark {

JobReading::JobReading(Profiles &profiles, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_profiles(profiles)
    , m_clock(clock)
{
    connect(&profiles, &Profiles::connectionChanged, this, [this](const ConnectionId &id) {
        m_clients.erase(id.value);
        m_proxies.erase(id.value);
    });
}

JobReading::~JobReading() = default;

void JobReading::setSession(Session *session)
{
    m_session = session;
}

CloudClient *JobReading::openClient(const ConnectionId &id)
{
    if (m_session && m_session->connection().id == id)
        return &m_session->client();
    const auto found = m_clients.find(id.value);
    return found == m_clients.end() ? nullptr : found->second.get();
}

Async<RestoreJob> JobReading::read(const DownloadSource &source)
{
    const Deferred<RestoreJob> job;
    start(source, job, true);
    return job.future();
}

void JobReading::start(const DownloadSource &source, const Deferred<RestoreJob> &job, bool again)
{
    CloudClient *client = openClient(source.connection);
    if (client && m_proxies.contains(source.connection.value)) {
        readThrough(*client, source, job, again);
        return;
    }
    const Connection *connection = m_profiles.find(source.connection);
    if (!connection) {
        Error error;
        error.kind = ErrorKind::Credentials;
        error.sentence = tr("The connection of this download is no longer there.");
        error.hint = tr("Add it again under Connections, then request a new link.");
        job.resolve(failure(error));
        return;
    }
    // Without a secret it waits: a request signed with none would only be refused.
    whenDone(this, m_profiles.secretFor(source.connection),
             [this, source, connection = *connection, job, again](const Result<Credentials> &credentials) {
                 if (credentials)
                     readThrough(clientFor(connection, *credentials), source, job, again);
                 else
                     job.resolve(failure(credentials.error()));
             });
}

CloudClient &JobReading::clientFor(const Connection &connection, const Credentials &credentials)
{
    m_proxies[connection.id.value] = proxyFactory(connection, credentials);
    CloudClient *client = openClient(connection.id);
    if (!client) {
        auto opened = std::make_unique<CloudClient>(connection, credentials, m_clock);
        client = opened.get();
        m_clients[connection.id.value] = std::move(opened);
    }
    return *client;
}

void JobReading::readThrough(CloudClient &client, const DownloadSource &source, const Deferred<RestoreJob> &job,
                             bool again)
{
    whenDone(this, client.restoreJob(source.project, source.cluster, source.job),
             [this, source, job, again](const Result<RestoreJob> &read) {
                 // The session's client ends with the session, the download does not.
                 if (!read && read.error().kind == ErrorKind::Cancelled && again)
                     start(source, job, false);
                 else
                     job.resolve(read);
             });
}

std::shared_ptr<QNetworkProxyFactory> JobReading::proxies(const ConnectionId &id) const
{
    const auto found = m_proxies.find(id.value);
    return found == m_proxies.end() ? std::shared_ptr<QNetworkProxyFactory>(proxyFactory({}, {})) : found->second;
}

bool JobReading::allowsPlainHttp(const ConnectionId &id) const
{
    const Connection *connection = m_profiles.find(id);
    return connection && connection->allowPlainHttp;
}

} // namespace tidemark
