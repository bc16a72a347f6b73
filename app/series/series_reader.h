#pragma once

#include "base/result.h"
#include "cloud/values.h"
#include "series/curve.h"
#include "series/edge.h"
#include "series/sets_to_read.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>

namespace tidemark {

class CloudClient;

/// What monitoring and the project's events tell of a cluster and a stretch of time.
struct SeriesFacts
{
    std::vector<Curve> curves; ///< those that have a value; without Updates and OplogRate nothing is shown of them
    std::vector<std::vector<Edge>> edges; ///< of the curve at the same place
    bool allPrimaries = true;
    QStringList missingSets; ///< those that could not be read: the sums are without them
    QString problem;         ///< a sentence: why there are no curves, or why those that there are are of before
    std::vector<ProjectEvent> events; ///< that concern the cluster, newest first

    const Curve *curve(CurveKind kind) const;
    const std::vector<Edge> &edgesOf(CurveKind kind) const;
    bool operator==(const SeriesFacts &) const = default;
};

/// The finest granularity in which servers keep samples of so long a time, and of it no more than can be shown.
qint64 granularityFor(qint64 seconds);
/// The next coarser one; 0 after the last.
qint64 coarserThan(qint64 step);

/// Reads them over network connections of its own: nobody waits for them, and what a key may not read is said, never an
/// error that stops anything. What is known stays while it is read anew; another cluster forgets it.
class SeriesReader : public QObject
{
    Q_OBJECT

public:
    struct Request
    {
        ProjectId project;
        Cluster cluster;
        qint64 from = 0; ///< seconds since the epoch
        qint64 to = 0;
        bool hasEvents = true; ///< whether the project's events are asked for, too
    };

    explicit SeriesReader(CloudClient &client, QObject *parent = nullptr);
    ~SeriesReader() override;

    /// Reads what is not known, older than some minutes or of another time.
    void need(const Request &request);
    /// What is known stays, but is fresh no longer: need() reads it anew, up to the moment that it names then.
    void expire();
    /// Ends what is under way, which need() begins again; what is known stays.
    void cancel();

    const SeriesFacts &facts() const { return m_facts; }

Q_SIGNALS:
    void changed();

private:
    struct Reading;

    void start();
    void readEvents();
    void takeHosts(const Result<std::vector<MonitoredHost>> &hosts);
    void readNames(const std::shared_ptr<Reading> &reading, size_t host);
    void readHosts(const std::shared_ptr<Reading> &reading);
    void combine(const std::shared_ptr<Reading> &reading);
    void end(SeriesFacts facts);
    void fail(const Error &error);
    bool isCurrent(int generation) const { return generation == m_generation; }

    CloudClient &m_origin;
    std::unique_ptr<CloudClient> m_client; ///< while something is read
    Request m_request;
    SeriesFacts m_facts;
    QElapsedTimer m_age;      ///< since the reading began
    bool m_isReading = false; ///< the curves
    bool m_areEventsAsked = false;
    int m_generation = 0; ///< answers to earlier questions are dropped
};

} // namespace tidemark
