#include "cloud/cloud_client.h"
#include "preparation/target_use_reading.h"
#include "support/demo_cloud.h"
#include "support/waiting.h"

#include <QTest>

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

/// What is read of a cluster of the stand-in.
struct Reading
{
    explicit Reading(const QByteArray &fault = {}, const QStringList &switches = {})
        : cloud(QStringList{QStringLiteral("--control")} + switches)
    {
        if (!cloud.isRunning() || (!fault.isEmpty() && !cloud.addFault(fault)))
            return;
        Connection connection;
        connection.service = Service::OpsManager;
        connection.baseUrl = cloud.baseUrl();
        connection.userName = cloud.publicKey();
        connection.timeout = 5s;
        client = std::make_unique<CloudClient>(connection, Credentials{Secret(cloud.privateKey().toUtf8()), {}}, clock,
                                               CloudClient::Retries::None);
    }

    Result<TargetUse> of(const QString &projectName, const QString &name)
    {
        const auto projects = resultOf(client->projects());
        const auto project = std::ranges::find(*projects, projectName, &Project::name);
        const auto clusters = resultOf(client->clusters(project->id));
        TargetUseReading reading(*client, project->id, *std::ranges::find(*clusters, name, &Cluster::name));
        return resultOf(reading.result());
    }

    qsizetype asked(const QString &word) const
    {
        const QJsonArray all = cloud.requests();
        return std::ranges::count_if(all, [&word](const QJsonValue &one) {
            return one.toObject().value(QLatin1String("path")).toString().contains(word);
        });
    }

    DemoCloud cloud;
    SystemClock clock;
    std::unique_ptr<CloudClient> client;
};

const QString Drills = QStringLiteral("Restore drills");

} // namespace

/// What the processes of a target hold and are used for, as a server tells it.
class TargetUseReadingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aReplicaSet()
    {
        Reading reading;
        QVERIFY2(reading.client, qPrintable(reading.cloud.problem()));
        const auto use = reading.of(Drills, QStringLiteral("drill"));
        QVERIFY2(use, qPrintable(use ? QString() : use.error().sentence));
        QCOMPARE(use->processes.size(), size_t(3));
        for (const ProcessUse &process : use->processes) {
            QVERIFY(process.room && process.room->size() == 2);
            QCOMPARE(process.room->front().name, QStringLiteral("nvme0n1p1"));
            QVERIFY(process.room->front().freeBytes > 40'000'000'000 &&
                    process.room->front().usedBytes > 60'000'000'000);
            QCOMPARE(process.writes.has_value(), process.isPrimary);
            QCOMPARE(process.dataBytes, std::optional<qint64>(3'200'000'000));
        }
        const auto &writes = *use->processes.front().writes;
        QVERIFY(writes);
        QCOMPARE(writes->mostPerSecond, 0.0);
        QVERIFY(!writes->last.isValid());
        QVERIFY(writes->newest > use->read.addSecs(-120));
        QVERIFY(writes->since < use->read.addSecs(-23 * 3600));
        QVERIFY(use->databases);
        QCOMPARE(use->databases->size(), size_t(2)); // and not the server's own
        QCOMPARE(use->databases->front().name, QStringLiteral("orders"));
        QVERIFY(use->databases->front().bytes > 2'000'000'000 && use->databases->back().bytes > 1'000'000'000);
    }

    void aShardedCluster()
    {
        Reading reading;
        const auto use = reading.of(QStringLiteral("Shop"), QStringLiteral("shop-prod"));
        QVERIFY(use);
        QCOMPARE(use->processes.size(), size_t(9)); // two shards and the config servers, no mongos
        QCOMPARE(std::ranges::count_if(use->processes, &ProcessUse::isConfigServer), 3);
        int writing = 0;
        for (const ProcessUse &process : use->processes) {
            QCOMPARE(process.writes.has_value(), process.isPrimary && !process.isConfigServer);
            if (process.writes && *process.writes && (*process.writes)->mostPerSecond > 10)
                ++writing;
        }
        QCOMPARE(writing, 2);
        QVERIFY(use->databases);
        QVERIFY(use->databases->front().bytes > 4'000'000'000); // of both shards
    }

    void whatCannotBeRead_data()
    {
        QTest::addColumn<QByteArray>("fault");
        QTest::addColumn<QString>("without");
        const auto add = [](const char *name, const char *fault, const char *without) {
            QTest::newRow(name) << QByteArray(fault) << QString::fromLatin1(without);
        };
        add("hosts", "GET /hosts=403 always code=USER_UNAUTHORIZED", "all");
        add("disks", "GET /disks=403 always code=USER_UNAUTHORIZED", "room room room");
        add("measurements of disks", "GET /nvme0n1p1=403 always code=USER_UNAUTHORIZED", "room room room");
        add("names of databases", "GET /databases=403 always code=USER_UNAUTHORIZED", "databases");
        add("the size of one", "GET /orders/measurements=403 always code=USER_UNAUTHORIZED", "databases");
        add("everything measured", "GET /measurements=403 always code=USER_UNAUTHORIZED",
            "room room room writes databases");
    }

    void whatCannotBeRead()
    {
        QFETCH(QByteArray, fault);
        QFETCH(QString, without);
        Reading reading(fault);
        QVERIFY2(reading.client, qPrintable(reading.cloud.problem()));
        const auto use = reading.of(Drills, QStringLiteral("drill"));
        QStringList missing;
        if (!use) {
            missing << QStringLiteral("all");
        } else {
            for (const ProcessUse &process : use->processes) {
                if (!process.room)
                    missing << QStringLiteral("room");
            }
            for (const ProcessUse &process : use->processes) {
                if (process.writes && !*process.writes)
                    missing << QStringLiteral("writes");
            }
            if (!use->databases)
                missing << QStringLiteral("databases");
        }
        QCOMPARE(missing.join(QLatin1Char(' ')), without);
    }

    /// Nothing more is asked once nobody wants the answer.
    void endsWithItsObject()
    {
        Reading reading;
        const auto projects = resultOf(reading.client->projects());
        const auto project = std::ranges::find(*projects, Drills, &Project::name);
        const auto clusters = resultOf(reading.client->clusters(project->id));
        const auto before = reading.asked(QStringLiteral("/disks"));
        {
            const TargetUseReading dropped(*reading.client, project->id, clusters->front());
        }
        QTest::qWait(500);
        QCOMPARE(reading.asked(QStringLiteral("/disks")), before);
    }
};

QTEST_GUILESS_MAIN(TargetUseReadingTest)
#include "target_use_reading_test.moc"
