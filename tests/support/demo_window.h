#pragma once

#include "support/demo_cloud.h"
#include "support/ordering.h"
#include "support/window_bench.h"

#include <QTest>

#include <algorithm>

/// A main window with connections to the stand-in Cloud Manager.
namespace tidemark::test {

inline void addConnection(WindowBench &bench, const DemoCloud &cloud, const QString &name, const QString &secret)
{
    Connection connection;
    connection.id = ConnectionId(name);
    connection.name = name;
    connection.service = Service::OpsManager;
    connection.baseUrl = cloud.baseUrl();
    connection.userName = cloud.publicKey();
    Credentials credentials;
    credentials.secret = Secret(secret);
    bench.profiles.addTransient(connection, credentials);
}

/// Adds it where it is not there yet, and waits until the clusters of both projects are read.
inline bool openConnection(WindowBench &bench, const DemoCloud &cloud, const QString &name)
{
    if (!bench.profiles.findByName(name))
        addConnection(bench, cloud, name, cloud.privateKey());
    bench.window->openConnection(ConnectionId(name));
    return QTest::qWaitFor(
        [&] {
            Session *session = bench.session();
            return session && session->connection().name == name && session->catalogue().projects().size() == 2 &&
                   std::ranges::all_of(session->catalogue().projects(), [session](const Project &project) {
                       return session->catalogue().clusters(project.id);
                   });
        },
        20000);
}

/// What a download of the newest whole snapshot of the replica set "ledger" asks for.
inline std::pair<RestoreDraft, RestoreFacts> ledgerDownload(Session &session)
{
    RestoreDraft draft;
    for (const Project &project : session.catalogue().projects()) {
        for (const Cluster &cluster : *session.catalogue().clusters(project.id)) {
            if (cluster.name == QStringLiteral("ledger")) {
                draft.project = project;
                draft.cluster = cluster;
            }
        }
    }
    draft.mode = RestoreMode::DownloadSnapshot;
    RestoreFacts facts;
    facts.snapshots = *resultOf(session.client().snapshots(draft.project.id, draft.cluster->id));
    for (const Snapshot &snapshot : *facts.snapshots) {
        if (draft.snapshot.isEmpty() && snapshot.complete && snapshot.missingShards.isEmpty())
            draft.snapshot = snapshot.id;
    }
    return {draft, facts};
}

} // namespace tidemark::test
