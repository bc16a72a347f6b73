#pragma once

#include "base/error.h"
#include "cloud/log_collection.h"
#include "cloud/values.h"
#include "logs/log_line.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace tidemark {

class BytePipe;
class CloudClient;
class LogSearch;

/// Has the server collect logs, waits until they are there and gives them to a search as they come; nothing of them is
/// kept. With network connections of its own.
class LogCollector : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Idle,
        Asking,     ///< the order is under way
        Collecting, ///< the agents are at it
        Reading     ///< the archive comes, and is searched
    };

    /// `interval`: between two looks at the job. Both others outlive it.
    LogCollector(const CloudClient &client, LogSearch &search,
                 std::chrono::milliseconds interval = std::chrono::seconds(2), QObject *parent = nullptr);
    ~LogCollector() override;

    /// Sends the order, once. Ends a collection that is under way.
    void start(const ProjectId &project, const LogRequest &request, const LogReading &reading);
    /// Ends it at once. What the agents have begun they bring to its end.
    void stop();
    /// Ends it, and what was told of it is gone.
    void forget();
    /// Whether what was collected can be read again.
    bool canReadAgain() const { return m_state == State::Idle && m_client && !m_job.isEmpty(); }
    /// The same logs, read in another zone. Only where they can be.
    void readAgain(const LogReading &reading);

    State state() const { return m_state; }
    /// Why there is nothing, or not all; kind Permission or Credentials: the key may not. Until the next start() or
    /// forget().
    const std::optional<Error> &error() const { return m_error; }
    /// "db1.example.net: the host could not be reached", of the parts that failed.
    const QStringList &partFailures() const { return m_partFailures; }
    qsizetype partsDone() const { return m_partsDone; }
    qsizetype parts() const { return m_parts; } ///< 0 while it is not known

Q_SIGNALS:
    /// state() or what is known of the parts.
    void changed();

private:
    void letGo();
    void enter(State state);
    void look();
    void takeJob(const LogJob &job);
    void noteParts(const LogJob &job, bool hasEnded);
    void read();
    void fail(const Error &error);

    const CloudClient &m_parent;
    LogSearch &m_search;
    std::unique_ptr<CloudClient> m_client;
    std::shared_ptr<BytePipe> m_pipe;
    QTimer m_next;
    quint64 m_run = 0; ///< which collection
    State m_state = State::Idle;
    ProjectId m_project;
    LogJobId m_job;
    LogReading m_reading;
    std::optional<Error> m_error;
    QStringList m_partFailures;
    qsizetype m_partsDone = 0;
    qsizetype m_parts = 0;
};

} // namespace tidemark
