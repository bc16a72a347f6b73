#pragma once

#include "base/later.h"
#include "downloads/download_queue.h"
#include "session/profiles.h"

#include <QObject>
#include <QPointer>

#include <map>
#include <memory>

namespace tidemark {

class CloudClient;
class Session;

/// What downloads of any connection need of it: their restore jobs, read through the open session where it is of the
/// same connection, else through a client of its own that is kept as long as it may be needed again; and the proxies.
class JobReading : public QObject
{
    Q_OBJECT

public:
    JobReading(Profiles &profiles, const Clock &clock, QObject *parent = nullptr);
    ~JobReading() override;

    /// nullptr while none is open.
    void setSession(Session *session);
    Async<RestoreJob> read(const DownloadSource &source);
    /// The connection's own once a job of it was read; before that the system's.
    std::shared_ptr<QNetworkProxyFactory> proxies(const ConnectionId &id) const;
    bool allowsPlainHttp(const ConnectionId &id) const;

private:
    /// `again`: once more where the client went away meanwhile.
    void start(const DownloadSource &source, const Deferred<RestoreJob> &job, bool again);
    void readThrough(CloudClient &client, const DownloadSource &source, const Deferred<RestoreJob> &job, bool again);
    CloudClient &clientFor(const Connection &connection, const Credentials &credentials);
    CloudClient *openClient(const ConnectionId &id);

    Profiles &m_profiles;
    const Clock &m_clock;
    QPointer<Session> m_session;
    // By connection id.
    std::map<QString, std::unique_ptr<CloudClient>> m_clients;
    std::map<QString, std::shared_ptr<QNetworkProxyFactory>> m_proxies;
};

} // namespace tidemark
