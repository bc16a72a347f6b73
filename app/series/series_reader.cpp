#include "series/series_reader.h"

#include "base/background.h"
#include "base/later.h"
#include "cloud/cloud_client.h"
#include "series/gap_cause.h"
#include "series/series_texts.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tidemark {

namespace {

constexpr qint64 FreshMilliseconds = 5 * 60 * 1000;
constexpr qint64 Hour = 3600;
constexpr qint64 Day = 24 * Hour;

constexpr size_t HostsAskedForNames = 3;

using Answers = std::vector<std::optional<Measurements>>; // one for each host that is asked

/// What was asked for, in seconds since the epoch.
struct Stretch
{
    qint64 from = 0;
    qint64 to = 0;
};

/// A sample of another time would stretch the curve over all that is between.
std::vector<DataPoint> within(const Stretch &stretch, const std::vector<DataPoint> &points)
{
    std::vector<DataPoint> inside;
    std::ranges::copy_if(points, std::back_inserter(inside), [&stretch](const DataPoint &point) {
        const qint64 at = point.time.toSecsSinceEpoch();
        return at >= stretch.from && at <= stretch.to;
    });
    return inside;
}

std::vector<SetSeries> seriesOf(const QString &name, const std::vector<SetToRead> &sets, const Answers &answers,
                                const Stretch &stretch, QStringList &missing)
{
    std::vector<SetSeries> all;
    size_t host = 0;
    for (const SetToRead &set : sets) {
        SetSeries series;
        bool isTold = false;
        for (size_t i = 0; i < set.hosts.size(); ++i, ++host) {
            if (!answers[host])
                continue;
            isTold = true;
            for (const Measurement &measurement : answers[host]->measurements) {
                if (measurement.name == name)
                    series.push_back(within(stretch, measurement.points));
            }
        }
        if (isTold)
            all.push_back(std::move(series));
        else if (!missing.contains(set.name))
            missing << set.name;
    }
    return all;
}

} // namespace

/// One question to all hosts; answers come in any order.
struct SeriesReader::Reading
{
    int generation = 0;
    qint64 step = 60;
    Stretch stretch;
    std::vector<SetToRead> sets;
    std::vector<HostId> hosts; ///< of all sets, in their order
    QStringList names;
    Answers answers;
    std::optional<Error> error; ///< the first one
    size_t pending = 0;
};

const Curve *SeriesFacts::curve(CurveKind kind) const
{
    const auto found =
        std::find_if(curves.begin(), curves.end(), [kind](const Curve &one) { return one.kind == kind; });
    return found == curves.end() ? nullptr : &*found;
}

const std::vector<Edge> &SeriesFacts::edgesOf(CurveKind kind) const
{
    static const std::vector<Edge> none;
    const Curve *one = curve(kind);
    return one ? edges[size_t(one - curves.data())] : none;
}

qint64 granularityFor(qint64 seconds)
{
    if (seconds <= 2 * Day)
        return 60;
    return seconds <= 10 * Day ? 300 : Hour;
}

qint64 coarserThan(qint64 step)
{
    if (step < 300)
        return 300;
    return step < Hour ? Hour : 0;
}

SeriesReader::SeriesReader(CloudClient &client, QObject *parent)
    : QObject(parent)
    , m_origin(client)
{
}

SeriesReader::~SeriesReader() = default;

void SeriesReader::need(const Request &request)
{
    const bool isOther = request.project != m_request.project || request.cluster.id != m_request.cluster.id;
    const bool isOlder = m_request.to == 0 || request.from < m_request.from;
    if (!isOther && !isOlder && m_age.isValid() && !m_age.hasExpired(FreshMilliseconds))
        return;
    if (isOther && std::exchange(m_facts, {}) != SeriesFacts())
        Q_EMIT changed();
    m_request = request;
    start();
}

void SeriesReader::expire()
{
    m_age.invalidate();
}

void SeriesReader::cancel()
{
    ++m_generation;
    m_client.reset();
    const bool wereEventsAsked = std::exchange(m_areEventsAsked, false);
    if (std::exchange(m_isReading, false) || wereEventsAsked)
        expire();
}

void SeriesReader::start()
{
    cancel();
    m_isReading = true;
    m_age.start();
    m_client = m_origin.sibling(CloudClient::Retries::Usual, Traffic::Polling);
    whenDone(this, m_client->hosts(m_request.project),
             [this, generation = m_generation](const Result<std::vector<MonitoredHost>> &hosts) {
                 if (isCurrent(generation))
                     takeHosts(hosts);
             });
    if (m_request.hasEvents)
        readEvents();
}

/// They may be refused without any word: marks are left out then.
void SeriesReader::readEvents()
{
    m_areEventsAsked = true;
    const QDateTime since = QDateTime::fromSecsSinceEpoch(m_request.from - Hour, Qt::UTC);
    whenDone(this, m_client->events(m_request.project, markedEventTypes(), since),
             [this, generation = m_generation](const Result<std::vector<ProjectEvent>> &events) {
                 if (!isCurrent(generation))
                     return;
                 m_areEventsAsked = false;
                 if (!events)
                     return;
                 m_facts.events.clear();
                 std::copy_if(events->begin(), events->end(), std::back_inserter(m_facts.events),
                              [this](const ProjectEvent &event) { return concerns(event, m_request.cluster); });
                 Q_EMIT changed();
             });
}

void SeriesReader::takeHosts(const Result<std::vector<MonitoredHost>> &hosts)
{
    if (!hosts) {
        fail(hosts.error());
        return;
    }
    const auto reading = std::make_shared<Reading>();
    reading->generation = m_generation;
    reading->step = granularityFor(m_request.to - m_request.from);
    reading->sets = setsToRead(*hosts, m_request.cluster);
    for (const SetToRead &set : reading->sets)
        reading->hosts.insert(reading->hosts.end(), set.hosts.begin(), set.hosts.end());
    if (reading->hosts.empty()) {
        SeriesFacts facts;
        facts.problem = nothingMeasuredText(false);
        end(std::move(facts));
        return;
    }
    readNames(reading, 0);
}

/// A name that the server does not know makes it refuse the whole question: those that it knows are asked for first.
void SeriesReader::readNames(const std::shared_ptr<Reading> &reading, size_t host)
{
    MeasurementsQuery query;
    query.granularity = std::chrono::minutes(5);
    query.span = std::chrono::seconds(300);
    whenDone(this, m_client->measurements(m_request.project, reading->hosts[host], MeasuredProcess{}, query),
             [this, reading, host](const Result<Measurements> &told) {
                 if (!isCurrent(reading->generation))
                     return;
                 if (!told) {
                     // One host that is gone says nothing of the others; a key that lacks a right does.
                     const bool isOfTheKey =
                         told.error().kind == ErrorKind::Permission || told.error().kind == ErrorKind::Credentials;
                     if (!isOfTheKey && host + 1 < std::min(reading->hosts.size(), HostsAskedForNames))
                         readNames(reading, host + 1);
                     else
                         fail(told.error());
                     return;
                 }
                 QStringList valid;
                 for (const Measurement &measurement : told->measurements)
                     valid << measurement.name;
                 reading->names = namesToAsk(valid);
                 if (reading->names.isEmpty()) {
                     SeriesFacts facts;
                     facts.problem = nothingMeasuredText(false);
                     end(std::move(facts));
                     return;
                 }
                 readHosts(reading);
             });
}

void SeriesReader::readHosts(const std::shared_ptr<Reading> &reading)
{
    // The first edge needs the hour before it, a rate one sample more.
    const qint64 from = (m_request.from - Hour) / reading->step * reading->step - reading->step;
    MeasurementsQuery query;
    query.granularity = std::chrono::seconds(reading->step);
    query.span =
        TimeSpan{QDateTime::fromSecsSinceEpoch(from, Qt::UTC), QDateTime::fromSecsSinceEpoch(m_request.to, Qt::UTC)};
    reading->stretch = {from, m_request.to + reading->step};
    query.names = reading->names;
    reading->answers.assign(reading->hosts.size(), std::nullopt);
    reading->error.reset();
    reading->pending = reading->hosts.size();
    for (size_t i = 0; i < reading->hosts.size(); ++i) {
        whenTaken(this, m_client->measurements(m_request.project, reading->hosts[i], MeasuredProcess{}, query),
                  [this, reading, i](Result<Measurements> told) {
                      if (!isCurrent(reading->generation))
                          return;
                      if (told)
                          reading->answers[i] = std::move(*told);
                      else if (!reading->error)
                          reading->error = told.error();
                      if (--reading->pending == 0)
                          combine(reading);
                  });
    }
}

void SeriesReader::combine(const std::shared_ptr<Reading> &reading)
{
    const bool isTold = std::any_of(reading->answers.begin(), reading->answers.end(),
                                    [](const auto &answer) { return answer.has_value(); });
    const bool isGranularityRefused = reading->error && reading->error->httpStatus == 400;
    if (!isTold && !isGranularityRefused) {
        fail(*reading->error);
        return;
    }
    auto work = [step = reading->step, stretch = reading->stretch, sets = reading->sets,
                 answers = std::move(reading->answers), names = reading->names] {
        SeriesFacts facts;
        for (const CurveKind kind : AllCurves) {
            Curve curve =
                curveOf(kind, step, seriesOf(measurementName(kind, names), sets, answers, stretch, facts.missingSets));
            if (!mostOf(curve))
                continue;
            facts.edges.push_back(edgesOf(curve));
            facts.curves.push_back(std::move(curve));
        }
        facts.allPrimaries = std::all_of(sets.begin(), sets.end(),
                                         [](const auto &set) { return set.isPrimaryKnown || set.hosts.empty(); });
        return facts;
    };
    inBackground(this, std::move(work), [this, reading](SeriesFacts facts) {
        if (!isCurrent(reading->generation))
            return;
        // Servers keep the finer samples for a shorter time, and may refuse any granularity.
        if (facts.curves.empty() && coarserThan(reading->step) != 0) {
            reading->step = coarserThan(reading->step);
            readHosts(reading);
            return;
        }
        if (facts.curves.empty() && reading->error) {
            fail(*reading->error);
            return;
        }
        if (facts.curves.empty())
            facts.problem = nothingMeasuredText(true);
        end(std::move(facts));
    });
}

/// What is known stays, and is said to be of before.
void SeriesReader::fail(const Error &error)
{
    SeriesFacts facts = m_facts;
    qint64 until = 0;
    for (const Curve &curve : facts.curves)
        until = std::max(until, curve.samples.back().end);
    facts.problem = facts.curves.empty() ? noCurveText(error) : oldCurveText(error, until);
    end(std::move(facts));
}

/// Events come by themselves, before or after.
void SeriesReader::end(SeriesFacts facts)
{
    facts.events = std::move(m_facts.events);
    m_facts = std::move(facts);
    m_isReading = false;
    Q_EMIT changed();
}

} // namespace tidemark
