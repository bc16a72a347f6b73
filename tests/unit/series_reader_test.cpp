#include "unit/api_wire.h"

#include "cloud/cloud_client.h"
#include "series/losses.h"
#include "series/series_reader.h"
#include "series/series_texts.h"

#include <QTest>
#include <QUrlQuery>

#include <atomic>

using namespace tidemark;
using namespace tidemark::test;

namespace {

constexpr qint64 Start = 1795701600; // 2026-11-26 14:00:00 UTC
const ProjectId project(QStringLiteral("G"));

QByteArray iso(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(Qt::ISODate).toLatin1();
}

QByteArray host(const char *id, const char *shard)
{
    return QByteArray(R"({"id":")") + id + R"(","clusterId":")" + shard + R"(","replicaSetName":"rs_)" + shard +
           R"(","hostname":")" + id + R"(","port":27017,"typeName":"SHARD_PRIMARY","replicaStateName":"PRIMARY"})";
}

QByteArray series(const QByteArray &name, qint64 from, qint64 to)
{
    QByteArrayList points;
    for (qint64 at = from; at <= to; at += 60)
        points << R"({"timestamp":")" + iso(at) + R"(","value":2})";
    return R"({"name":")" + name + R"(","units":"SCALAR_PER_SECOND","dataPoints":[)" + points.join(',') + "]}";
}

/// A sharded cluster whose three shards' hosts tell of two kinds, as long as nothing is in the way.
struct Monitored
{
    std::atomic<bool> refuses = false;     ///< measurements
    std::atomic<bool> isFirstGone = false; ///< host "a"
    std::atomic<bool> isThirdUnseen = false;
    std::atomic<bool> hasStray = false;
    std::atomic<bool> areEventsSlow = false;
    std::atomic<int> eventsAsked = 0;

    ScriptedAnswer answer(const RecordedRequest &request)
    {
        if (request.path().endsWith("/hosts")) {
            QByteArrayList hosts{host("a", "s0"), host("b", "s1")};
            if (!isThirdUnseen)
                hosts << host("c", "s2");
            return ScriptedAnswer::json(R"({"results":[)" + hosts.join(',') + "]}");
        }
        if (request.path().endsWith("/events")) {
            ++eventsAsked;
            ScriptedAnswer events = ScriptedAnswer::json(
                R"({"results":[{"id":"e","eventTypeName":"OPLOG_BEHIND","created":")" + iso(Start + 600) + R"("}]})");
            events.delay = areEventsSlow ? 2000ms : 0ms;
            return events;
        }
        if (refuses)
            return ScriptedAnswer::json("{}", 500);
        if (isFirstGone && request.path().contains("/hosts/a/"))
            return ScriptedAnswer::json(R"({"error":404,"errorCode":"HOST_NOT_FOUND"})", 404);
        const QUrlQuery query(QUrl::fromEncoded(request.target));
        const qint64 from =
            QDateTime::fromString(query.queryItemValue(QStringLiteral("start")), Qt::ISODate).toSecsSinceEpoch();
        const qint64 to =
            QDateTime::fromString(query.queryItemValue(QStringLiteral("end")), Qt::ISODate).toSecsSinceEpoch();
        const bool isNames = !query.hasQueryItem(QStringLiteral("start"));
        QByteArray deletes = series("DOCUMENT_METRICS_DELETED", isNames ? Start : from, isNames ? Start : to);
        if (hasStray)
            deletes.replace("\"dataPoints\":[", R"("dataPoints":[{"timestamp":"2099-01-01T00:00:00Z","value":1},)");
        return ScriptedAnswer::json(R"({"hostId":"x","measurements":[)" + deletes + "]}");
    }
};

Cluster sharded()
{
    Cluster cluster;
    cluster.id = ClusterId(QStringLiteral("c"));
    cluster.type = ClusterType::ShardedCluster;
    for (const char *id : {"s0", "s1", "s2"}) {
        Cluster shard;
        shard.id = ClusterId(QLatin1String(id));
        shard.replicaSetName = QStringLiteral("rs_") + QLatin1String(id);
        cluster.shards.push_back(shard);
    }
    return cluster;
}

} // namespace

/// What is read of monitoring on real sockets, and what stays of it.
class SeriesReaderTest : public QObject
{
    Q_OBJECT

private:
    SystemClock m_clock;
    std::unique_ptr<Monitored> m_told;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<CloudClient> m_client;
    std::unique_ptr<SeriesReader> m_reader;

    void need(qint64 to = Start + 3600) { m_reader->need({project, sharded(), Start, to}); }
    const SeriesFacts &facts() const { return m_reader->facts(); }
    qint64 end() const { return facts().curves.empty() ? 0 : facts().curves.front().samples.back().end; }

private Q_SLOTS:
    void init()
    {
        m_told = std::make_unique<Monitored>();
        m_server = std::make_unique<ScriptedServer>(
            [told = m_told.get()](const RecordedRequest &request) { return told->answer(request); });
        m_client = std::make_unique<CloudClient>(connectionTo(m_server->url()), key(), m_clock);
        m_reader = std::make_unique<SeriesReader>(*m_client);
    }
    void cleanup()
    {
        m_reader.reset();
        m_client.reset();
        m_server.reset();
    }

    /// Who asks for it anew sees what has happened since, not the same once more.
    void itIsReadAnewUpToNow()
    {
        need();
        QTRY_COMPARE(end(), Start + 3600);
        need(Start + 3660); // it is fresh
        QTest::qWait(200);
        QCOMPARE(end(), Start + 3600);
        m_reader->expire();
        need(Start + 3720);
        QTRY_COMPARE(end(), Start + 3720);
    }

    void whatIsKnownStaysWhenItCannotBeReadAnew()
    {
        need();
        QTRY_COMPARE(end(), Start + 3600);
        QTRY_COMPARE(facts().events.size(), size_t(1));
        const auto curves = facts().curves;
        const auto edges = facts().edges;
        m_told->refuses = true;
        m_reader->expire();
        need(Start + 3720);
        QTRY_VERIFY_WITH_TIMEOUT(!facts().problem.isEmpty(), 20000);
        QCOMPARE(facts().curves, curves);
        QCOMPARE(facts().edges, edges);
        QCOMPARE(facts().problem,
                 QStringLiteral("The measurements could not be read anew: they end at 2026-11-26 15:00:00 UTC."));
        m_told->refuses = false;
        m_reader->expire();
        need(Start + 3720);
        QTRY_COMPARE(end(), Start + 3720);
        QCOMPARE(facts().problem, QString());
    }

    /// Another page is seen before they came: the one that comes back asks for them again.
    void eventsThatDidNotComeAreAskedForAgain()
    {
        m_told->areEventsSlow = true;
        need();
        QTRY_COMPARE(end(), Start + 3600);
        QCOMPARE(facts().events.size(), size_t(0));
        m_reader->cancel();
        QCOMPARE(end(), Start + 3600);
        m_told->areEventsSlow = false;
        need();
        QTRY_COMPARE(facts().events.size(), size_t(1));
        QCOMPARE(m_told->eventsAsked.load(), 2);
    }

    void aShardThatNobodyMonitorsIsNamed()
    {
        m_told->isThirdUnseen = true;
        need();
        QTRY_COMPARE(end(), Start + 3600);
        QCOMPARE(facts().missingSets, QStringList{QStringLiteral("rs_s2")});
        QVERIFY(facts().allPrimaries);
        QCOMPARE(facts().curves.front().samples.back().value, std::optional(4.0));
        const auto losses = lossesOf(facts().curves, facts().missingSets, Start + 3000, Start + 3600);
        QVERIFY2(lossText(*losses).contains(QStringLiteral("Without rs_s2,")), qPrintable(lossText(*losses)));
    }

    /// The first host is asked what there is to ask for. It says nothing of the others.
    void oneHostThatIsGoneIsNotAll()
    {
        m_told->isFirstGone = true;
        need();
        QTRY_COMPARE_WITH_TIMEOUT(end(), Start + 3600, 20000);
        QCOMPARE(facts().missingSets, QStringList{QStringLiteral("rs_s0")});
    }

    void aSampleOfAnotherTimeIsLeftOut()
    {
        m_told->hasStray = true;
        need();
        QTRY_COMPARE(end(), Start + 3600);
    }
};

QTEST_GUILESS_MAIN(SeriesReaderTest)
#include "series_reader_test.moc"
