#pragma once

#include "base/result.h"
#include "preparation/target_loader.h"
#include "restore/restore_draft.h"

#include <QElapsedTimer>
#include <QObject>

#include <array>

namespace tidemark {

class CloudClient;

/// Reads what the chosen restore mode needs to know about the source cluster, and only that, and what may stand against
/// the target of an automated one. Known facts stay while
/// they are read anew, so that nothing flickers; another source forgets all of them.
class FactsLoader : public QObject
{
    Q_OBJECT

public:
    enum class Fact { Snapshots, Checkpoints, Ranges, Schedule };
    enum class State { NotAsked, Loading, Ready, Failed };

    explicit FactsLoader(CloudClient &client, QObject *parent = nullptr);

    void setSource(const ProjectId &project, const ClusterId &cluster);
    void setTarget(std::optional<TargetLoader::Target> target) { m_target.setTarget(std::move(target)); }
    void needTarget() { m_target.need(); }
    /// See TargetLoader.
    void readFullConfigs() { m_target.readFullConfigs(); }
    bool readsFullConfigs() const { return m_target.readsFullConfigs(); }
    /// Asks for what the mode needs where it is unknown, failed or older than a minute.
    void need(RestoreMode mode);
    /// The same for what the cluster can be restored to at all.
    void needRanges();
    /// The same as need() and what is asked about the target, however fresh it is.
    void refresh(RestoreMode mode);

    const RestoreFacts &facts() const { return m_facts; }
    int revision() const { return m_revision; } ///< another one where facts() may be others
    State state(Fact fact) const { return entry(fact).state; }
    bool isKnown(Fact fact) const; ///< possibly being read anew
    const Error &error(Fact fact) const { return entry(fact).error; }

Q_SIGNALS:
    void changed();

private:
    struct Entry
    {
        State state = State::NotAsked;
        Error error;
        QElapsedTimer age; ///< since it became Ready
    };

    const Entry &entry(Fact fact) const { return m_entries.at(size_t(fact)); }
    Entry &entry(Fact fact) { return m_entries.at(size_t(fact)); }
    void ask(Fact fact, bool evenIfFresh);
    std::optional<std::chrono::milliseconds> serverAhead() const;
    void askAll(RestoreMode mode, bool evenIfFresh);
    template<typename T>
    void receive(Fact fact, Async<T> future, void (FactsLoader::*take)(T));
    void takeSnapshots(std::vector<Snapshot> snapshots);
    void takeCheckpoints(std::vector<Checkpoint> checkpoints);
    void takeRanges(std::optional<std::vector<RestorableRange>> ranges);
    void rangesFailed(const Error &error);
    void takeSchedule(SnapshotSchedule schedule);

    CloudClient &m_client;
    ProjectId m_project;
    ClusterId m_cluster;
    int m_revision = 0;
    int m_generation = 0; ///< answers about an earlier source are dropped
    RestoreFacts m_facts;
    std::array<Entry, 4> m_entries;
    TargetLoader m_target;
};

} // namespace tidemark
