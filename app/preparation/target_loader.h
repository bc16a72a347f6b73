#pragma once

#include "restore/target_facts.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <set>

namespace tidemark {

class CloudClient;
class TargetUseReading;

/// Reads what may stand against the chosen target of an automated restore: what its project's agents do and are told,
/// whether they are alive, and which restores the job lists show. All of it at once, over network connections of its
/// own: whoever waits for snapshots does not wait for this. What is known stays while it is read anew; answers about an
/// earlier target are dropped.
class TargetLoader : public QObject
{
    Q_OBJECT

public:
    struct Target
    {
        ProjectId project;
        Cluster cluster;
        ProjectId sourceProject;
        Cluster source;
        std::vector<Cluster> others; ///< of the target's project, as far as they are known

        bool operator==(const Target &) const = default;
    };

    explicit TargetLoader(CloudClient &client, QObject *parent = nullptr);
    ~TargetLoader() override;

    /// Reads what is not known of it, after a moment in which no other one is chosen: an arrow key held down passes
    /// many. nullopt: nothing is chosen.
    void setTarget(std::optional<Target> target);
    /// Reads again what could not be read or is older than a minute.
    void need();
    /// Reads everything again.
    void refresh();
    /// Reads once the full automation configurations of those that the server cannot show without secrets. Only after a
    /// person agreed, see CloudClient::fullAutomationConfig(). What they told holds as long as this target is chosen.
    void readFullConfigs();
    bool readsFullConfigs() const { return !m_fullConfigs.empty(); }

    const std::optional<TargetFacts> &facts() const { return m_facts; }

Q_SIGNALS:
    void changed();

private:
    /// One read: when it was asked for last, and whether it is under way.
    struct Entry
    {
        QElapsedTimer age;
        bool isLoading = false;
        int asked = 0; ///< how often: only the last answer counts
    };
    enum class Ask { Unknown, Old, All };

    void ask(Ask which);
    void askLists(Ask which);
    void readConfig(const QString &key, const ProjectId &project,
                    std::optional<Result<RedactedAutomationConfig>> TargetFacts::*config, Ask which);
    template<typename T, typename Read, typename Take>
    void read(const QString &key, const std::optional<Result<T>> &known, Ask which, Read read, Take take);

    std::unique_ptr<CloudClient> m_client;
    std::optional<Target> m_target;
    std::optional<TargetFacts> m_facts;
    std::map<QString, Entry> m_entries;
    std::unique_ptr<TargetUseReading> m_useReading; ///< of this target
    std::set<QString> m_fullConfigs;                ///< keys of entries
    QTimer m_settle;
    int m_generation = 0; ///< answers about an earlier target are dropped
};

} // namespace tidemark
