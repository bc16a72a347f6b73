#pragma once

#include "base/clock.h"
#include "checkup/connection_report.h"
#include "checkup/server_probe.h"
#include "cloud/cloud_client.h"

#include <QNetworkProxyFactory>
#include <QObject>

#include <memory>
#include <vector>

namespace tidemark {

/// Tries a connection step by step, as far as it carries: the server's name and port, TLS, the credentials, the project
/// list, the rights that backups need. Each step says what was found, and a failure what a DBA does about it. Reads
/// only; nothing is created at the server, and a service account's token is given back at the end. One object, one
/// test.
class ConnectionTest final : public QObject
{
    Q_OBJECT

public:
    /// The clock must outlive the program's event loop, as the program's own does.
    ConnectionTest(Connection connection, Credentials credentials, const Clock &clock, QObject *parent = nullptr);
    ~ConnectionTest() override; ///< ends it without a word

    void start();
    /// The step that runs becomes Cancelled; finished() follows at once.
    void cancel();
    bool isRunning() const { return m_context != nullptr; }

    const ConnectionReport &report() const { return m_report; }
    /// What the key sees, once the project list was read.
    const std::vector<Project> &projects() const { return m_projects; }
    /// This computer's address as the server saw it, where it refused because of an API access list; else empty.
    const QString &seenAddress() const { return m_seenAddress; }
    /// Where the server answers in place of the connection's address; invalid where no such was found.
    const QUrl &betterAddress() const { return m_betterAddress; }

Q_SIGNALS:
    /// The report is another now. The object may be cancelled in answer, but not deleted.
    void changed();
    void finished();

private:
    StepReport &at(ConnectionStep step) { return m_report[static_cast<std::size_t>(step)]; }
    void begin(ConnectionStep step);
    void settle(ConnectionStep step, StepReport report);
    void fail(ConnectionStep step, const Error &error, const QStringList &facts = {});
    void end();

    void reach();
    void reachBy(QNetworkProxyFactory &factory);
    QString scriptNotice() const;
    void reached(const ServerProbe::Reached &reached);
    void secure();
    void signIn();
    void readProjects();
    void projectsFailed(Error error);
    void failUnlessElsewhere(ConnectionStep step, const Error &error);
    void failUnlessTls(ConnectionStep step, const Error &error);
    void projectsRead(std::vector<Project> projects);
    void tryRights();

    StepReport credentialsAccepted() const;
    Error worded(Error error) const;
    bool isPlainHttp() const;
    std::chrono::milliseconds limit() const { return m_connection.timeout; }

    Connection m_connection;
    Credentials m_credentials;
    const Clock &m_clock;
    ConnectionReport m_report;
    std::vector<Project> m_projects;
    QString m_seenAddress;
    QUrl m_betterAddress;
    QNetworkProxy m_proxy{QNetworkProxy::NoProxy};
    bool m_scriptWithoutProxy = false;
    QSslConfiguration m_tls;
    QList<QSslCertificate> m_own;
    std::unique_ptr<CloudClient> m_client;
    std::unique_ptr<ServerProbe> m_probe;
    std::unique_ptr<QObject> m_context; ///< while it runs; the first to go, so that late answers find nobody
};

} // namespace tidemark
