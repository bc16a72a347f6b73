#pragma once

#include "support/fake_api.h"

namespace tidemark::test {

/// A server with two projects, one cluster and, of everything else, what a test puts there.
class SmallCloud
{
public:
    static inline const QByteArray project = "60bb00000000000000000001"; ///< "Shop"
    static inline const QByteArray empty = "60bb00000000000000000002";   ///< "Empty"
    static inline const QByteArray cluster = "60cc000000000000000000c0"; ///< "orders"

    SmallCloud()
    {
        m_api.server().setHandler([this](const RecordedRequest &request) { return answer(request.path()); });
    }
    Connection connection() const { return m_api.connection(); }

    QByteArray type = "REPLICA_SET";
    QByteArray snapshots;

private:
    ScriptedAnswer answer(const QByteArray &path) const
    {
        if (path.endsWith("/groups"))
            return listAnswer("{\"id\":\"" + project + "\",\"name\":\"Shop\"},{\"id\":\"" + empty +
                              "\",\"name\":\"Empty\"}");
        if (path.endsWith("/groups/" + project + "/clusters"))
            return listAnswer("{\"id\":\"" + cluster + "\",\"groupId\":\"" + project + "\",\"typeName\":\"" + type +
                              "\",\"clusterName\":\"orders\",\"replicaSetName\":\"orders\"}");
        if (path.endsWith("/groups/" + project + "/backupConfigs"))
            return listAnswer("{\"clusterId\":\"" + cluster + "\",\"statusName\":\"STARTED\"}");
        if (path.endsWith("/snapshots"))
            return listAnswer(snapshots);
        return listAnswer({});
    }

    FakeApi m_api;
};

} // namespace tidemark::test
