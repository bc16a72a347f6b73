#pragma once

#include "base/clock.h"
#include "base/later.h"
#include "cloud/cluster_facts.h"

#include <QObject>

namespace tidemark {

class ApiTransport;

/// Whether it says that the server cannot leave the secrets out of an automation configuration (Ops Manager before
/// 8.0.12 and 7.0.18), and not that a project or a gateway does not know it.
bool isRedactedConfigUnknown(const Error &error);

/// Reads a project's clusters together with what other resources say about them. Only the list of clusters itself must
/// succeed: the others depend on roles and on the server's age, and what they cannot tell stays unknown.
class ClusterReader final : public QObject
{
    Q_OBJECT

public:
    ClusterReader(ApiTransport &transport, const Clock &clock);

    Async<std::vector<Cluster>> read(const ProjectId &project);

private:
    struct Gathering;
    enum class Secrets { LeftOut, In };

    void addFacts(const std::shared_ptr<Gathering> &gathering);
    void readBackupConfigs(const std::shared_ptr<Gathering> &gathering);
    void readAutomationConfig(const std::shared_ptr<Gathering> &gathering, Secrets secrets);
    void readOverview(const std::shared_ptr<Gathering> &gathering);
    void readHosts(const std::shared_ptr<Gathering> &gathering);
    void oneRead(const std::shared_ptr<Gathering> &gathering);

    ApiTransport &m_transport;
    const Clock &m_clock;
    /// GET clusters answers for all projects at once, so projects that are read one after the other share it.
    Async<std::vector<QJsonObject>> m_overview;
    QDateTime m_overviewAt;
};

} // namespace tidemark
