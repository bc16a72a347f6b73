#pragma once

#include "jobs/job_monitor.h"
#include "session/notices.h"
#include "session/session.h"

#include <QObject>

#include <memory>
#include <optional>

class QSettings;

namespace tidemark {

class DownloadQueue;
class DownloadStarter;
class JobReading;
class Profiles;

/// The life of the one open connection: its session, the reading of jobs for downloads, and what starts these. Another
/// connection is made ready first, which may take as long as a keychain needs, and opened when the person has nothing
/// against it. Who works on a session lets go of it in sessionAboutToEnd() and takes the next one in sessionOpened().
class Workspace : public QObject
{
    Q_OBJECT

public:
    /// All of it outlives the workspace.
    struct Parts
    {
        const Clock &clock;
        Profiles &profiles;
        DownloadQueue &downloads;
        JobReading &jobReading;
        QSettings &settings; ///< remembers which connection was open last
        QString dataDir;     ///< each connection's audit log and state are beneath it
        JobMonitor::Intervals intervals;
    };

    explicit Workspace(Parts parts, QObject *parent = nullptr);
    ~Workspace() override;

    /// Reads the connection's secrets; isReady() follows. Another one takes its place, and is not told of it.
    void prepare(const ConnectionId &id);
    /// Whose secrets are being read; empty while none are.
    const ConnectionId &preparing() const { return m_preparing; }
    /// What was made ready last, in place of the present session: the connection as it is by now. Does nothing where it
    /// is gone.
    void openPrepared();

    /// nullptr while no connection is open.
    Session *session() { return m_session.get(); }
    /// The one that was open last, in this run or an earlier one.
    ConnectionId lastConnection() const;
    /// Orders of other connections whose end is not known yet.
    int otherPendingOrders() const;

    /// Sentences: what of an order under way would be cut off with the session.
    QStringList runningOrders() const;
    /// Puts a restore's archives into the queue, as their links appear.
    void download(const QString &groupKey, const QString &folder);
    /// Reads the catalogue and all lists of jobs anew.
    void refresh();

    Notices &notices() { return m_notices; }

Q_SIGNALS:
    void preparingChanged();
    /// openPrepared() may be called.
    void isReady(const tidemark::ConnectionId &id);
    void sessionAboutToEnd();
    void sessionOpened(tidemark::Session *session);
    /// Once for each download(), when the first of the archives is in the queue.
    void downloadStarted();

private:
    void setPreparing(const ConnectionId &id);
    void end();
    QString sessionDir(const ConnectionId &id) const;

    Parts m_parts;
    Notices m_notices;
    ConnectionId m_preparing;
    std::optional<std::pair<ConnectionId, Credentials>> m_prepared;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<DownloadStarter> m_starter; ///< works on the session
};

} // namespace tidemark
