#include "session/job_reading.h"

#include "session/session.h"

#include <QPromise>

namespace tidemark {

JobReading::JobReading(Profiles &profiles, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_profiles(profiles)
    , m_clock(clock)
{
    connect(&profiles, &Profiles::connectionChanged, this,
            [this](const ConnectionId &id) { m_clients.erase(id.value); });
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
    if (CloudClient *client = openClient(source.connection))
        return client->restoreJob(source.project, source.cluster, source.job);
    const Connection *connection = m_profiles.find(source.connection);
    if (!connection) {
        Error error;
        error.kind = ErrorKind::Credentials;
        error.sentence = tr("The connection of this download is no longer there.");
        error.hint = tr("Add it again under Connections, then request a new link.");
        return QtFuture::makeReadyFuture(Result<RestoreJob>(failure(error)));
    }
    return m_profiles.credentials(source.connection)
        .then(this,
              [this, source, connection = *connection](const Result<Credentials> &credentials) -> Async<RestoreJob> {
                  if (!credentials)
                      return QtFuture::makeReadyFuture(Result<RestoreJob>(failure(credentials.error())));
                  CloudClient *client = openClient(source.connection);
                  if (!client) {
                      auto opened = std::make_unique<CloudClient>(connection, *credentials, m_clock);
                      client = opened.get();
                      m_clients[source.connection.value] = std::move(opened);
                  }
                  return client->restoreJob(source.project, source.cluster, source.job);
              })
        .unwrap();
}

} // namespace tidemark
