#pragma once

#include "downloads/download_queue.h"
#include "session/profiles.h"

#include <QObject>
#include <QPointer>

#include <map>
#include <memory>

namespace tidemark {

class CloudClient;
class Session;

/// Reads restore jobs for downloads of any connection: through the open session where the download is of its
/// connection, else through a client of its own that is kept as long as it may be needed again.
class JobReading : public QObject
{
    Q_OBJECT

public:
    JobReading(Profiles &profiles, const Clock &clock, QObject *parent = nullptr);
    ~JobReading() override;

    /// nullptr while none is open.
    void setSession(Session *session);
    Async<RestoreJob> read(const DownloadSource &source);

private:
    CloudClient *openClient(const ConnectionId &id);

    Profiles &m_profiles;
    const Clock &m_clock;
    QPointer<Session> m_session;
    std::map<QString, std::unique_ptr<CloudClient>> m_clients; ///< by connection id
};

} // namespace tidemark
