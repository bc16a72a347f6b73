#pragma once

#include "restore/rules.h"
#include "session/session.h"
#include "support/demo_cloud.h"
#include "support/ordering.h"
#include "support/waiting.h"

#include <QTemporaryDir>

namespace tidemark::test {

/// A session on the stand-in Cloud Manager with its catalogue read.
class DemoSession
{
public:
    explicit DemoSession(const QStringList &switches = {});

    /// Waits until every project's clusters and the newest snapshots are known; false when that takes too long.
    bool open();
    QString problem() const { return m_cloud.problem(); }

    Session &session() { return *m_session; }
    const Connection &connection() const { return m_connection; }
    DemoCloud &cloud() { return m_cloud; }
    QString folder() const { return m_dir.filePath(QStringLiteral("connection")); }

    Project project(const QString &name) const;
    Cluster cluster(const QString &name) const;
    /// Everything that the rules want to know about a source.
    RestoreFacts facts(const Cluster &source);
    /// A complete draft from what the stand-in has: the newest good snapshot or checkpoint, a moment 10 minutes ago.
    RestoreDraft draft(RestoreMode mode, const QString &source, const QString &target, const RestoreFacts &facts);
    /// The draft as a request; fails the test's expectations when the rules object.
    Result<RestoreRequest> request(RestoreMode mode, const QString &source, const QString &target = {});
    /// Orders it and waits for the end.
    Result<OrderOutcome> order(RestoreMode mode, const QString &source, const QString &target = {},
                               std::chrono::milliseconds limit = std::chrono::seconds(30));

    /// One more --fault rule.
    bool addFault(const QByteArray &rule);
    /// The requests that were made so far with this method and a target ending in `suffix`.
    QJsonArray requests(const QString &method, const QString &suffix);

private:
    DemoCloud m_cloud;
    SystemClock m_clock;
    QTemporaryDir m_dir;
    Connection m_connection;
    std::unique_ptr<Session> m_session;
};

} // namespace tidemark::test
