#include "cloud/decode.h"
#include "jobs/job_grouping.h"
#include "jobs/job_json.h"
#include "jobs/job_texts.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace tidemark;

namespace {

QByteArray sample(const char *name)
{
    QFile file(QStringLiteral(TIDEMARK_CREATE_ANSWERS "/create-%1.json").arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject firstResult(const QByteArray &answer)
{
    return QJsonDocument::fromJson(answer).object().value(QLatin1String("results")).toArray().first().toObject();
}

RestoreJob decoded(const char *text)
{
    return decode::restoreJob(QJsonDocument::fromJson(text).object());
}

QJsonObject shown(const RestoreJob &job)
{
    JobGroup group;
    group.jobs = {job};
    return QJsonDocument::fromJson(groupJson(group)).object();
}

} // namespace

/// A restore job as the server sent it: kept, and shown without its secrets.
class JobDocumentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Each form of answer that the documentation prints, whole: what is shown is what stands there, but for the key.
    void showsWhatTheServerSent_data()
    {
        QTest::addColumn<bool>("hasLink");
        for (const char *name : {"http", "snapshot", "oplog", "point-in-time", "checkpoint"})
            QTest::newRow(name) << (qstrcmp(name, "snapshot") == 0);
    }

    void showsWhatTheServerSent()
    {
        QFETCH(bool, hasLink);
        const QJsonObject sent = firstResult(sample(QTest::currentDataTag()));
        QVERIFY(sent.contains(QLatin1String("links")));
        const RestoreJob job = decode::restoreJob(sent);
        QCOMPARE(QJsonDocument::fromJson(job.document).object(), sent);
        QCOMPARE(job.encryptionEnabled, std::optional(false));
        QCOMPARE(job.status, JobStatus::Finished);
        QCOMPARE(job.pointInTime.has_value(), sent.contains(QLatin1String("pointInTime")));
        QJsonObject seen = shown(job);
        if (hasLink) {
            const QString url = seen[QLatin1String("delivery")][QLatin1String("url")].toString();
            QVERIFY2(url.contains(QLatin1String("/***/electron_0-1492636465-")), qPrintable(url));
            QJsonObject delivery = seen[QLatin1String("delivery")].toObject();
            delivery[QLatin1String("url")] = sent[QLatin1String("delivery")][QLatin1String("url")];
            seen[QLatin1String("delivery")] = delivery;
        }
        QCOMPARE(seen, sent);
    }

    void keepsWhatItDoesNotKnow()
    {
        const char *text = R"({"id":"1","newField":{"deep":[1,"2",null]},"statusName":"SIMMERING","increment":"7",
            "expirationHours":"4","masterKeyUUID":"3f1c","hostId":"da303f3fec69b2100bacf10dd9e6d5e0"})";
        const RestoreJob job = decoded(text);
        QCOMPARE(shown(job), QJsonDocument::fromJson(text).object());
        QCOMPARE(job.statusName, QStringLiteral("SIMMERING"));
        QCOMPARE(job.masterKeyUuid, QStringLiteral("3f1c"));
        QCOMPARE(job.host.value, QStringLiteral("da303f3fec69b2100bacf10dd9e6d5e0"));
    }

    void masksSecretsWhereverTheyStand()
    {
        const QJsonObject seen =
            shown(decoded("{\"id\":\"1\",\"delivery\":{\"url\":\"https://h/backup/restore/v2/pull/J/S3CRET/f.tar.gz\""
                          ",\"urlV2\":\"https://h/backup/restore/v3/pull/J/f.tar.gz\",\"authHeader\":\"Authorization"
                          "\",\"authBearer\":\"Bearer\",\"authValue\":\"S3CRET\"},\"mirrors\":[\"https://m/backup/res"
                          "tore/v2/pull/J/S3CRET/f.tar.gz\",{\"href\":\"https://u:S3CRET@h/x?sig=S3CRET&pageNum=1\"}]"
                          ",\"accessToken\":\"S3CRET\",\"path\":\"/pull/J/S3CRET/f\",\"links\":[{\"rel\":\"self\",\"h"
                          "ref\":\"https://h/groups/G/clusters/my cluster/restoreJobs/1\"}]}"));
        const QByteArray text = QJsonDocument(seen).toJson();
        QVERIFY2(!text.contains("S3CRET"), text.constData());
        QVERIFY(text.contains("https://h/backup/restore/v2/pull/J/***/f.tar.gz"));
        QVERIFY(text.contains("https://h/groups/G/clusters/my cluster/restoreJobs/1"));
        QCOMPARE(seen[QLatin1String("delivery")][QLatin1String("authBearer")].toString(), QStringLiteral("Bearer"));
        QVERIFY(text.contains("pageNum=1"));
    }

    void encryptionThatIsNotToldIsNotFalse_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QString>("text");
        QTest::newRow("not told") << QByteArray(R"({"id":"1"})") << QString();
        QTest::newRow("null") << QByteArray(R"({"id":"1","encryptionEnabled":null})") << QString();
        QTest::newRow("false") << QByteArray(R"({"id":"1","encryptionEnabled":false})") << QStringLiteral("none");
        QTest::newRow("true as text") << QByteArray(R"({"id":"1","encryptionEnabled":"true","masterKeyUUID":"3f"})")
                                      << QStringLiteral("encrypted, master key 3f");
        QTest::newRow("key alone") << QByteArray(R"({"id":"1","masterKeyUUID":"3f"})")
                                   << QStringLiteral("master key 3f");
    }

    void encryptionThatIsNotToldIsNotFalse()
    {
        QFETCH(QByteArray, fields);
        QFETCH(QString, text);
        RestoreJob job = decoded(fields.constData());
        QCOMPARE(encryptionText(job), text);
        job.document.clear(); // as of a job that was too long to keep
        const bool told = fields.contains("false") || fields.contains("true");
        QCOMPARE(shown(job).contains(QLatin1String("encryptionEnabled")), told);
    }

    void documentsHaveBounds()
    {
        const QByteArray longText(LongestDocument, 'x');
        const QByteArray document = "{\"id\":\"1\",\"x\":\"" + longText + "\"}";
        const RestoreJob tooLong = decoded(document.constData());
        QVERIFY(tooLong.document.isEmpty());
        QCOMPARE(shown(tooLong)[QLatin1String("id")].toString(), QStringLiteral("1"));

        std::vector<RestoreJob> jobs(20);
        const qsizetype each = DocumentBytesOfList / 10;
        for (size_t i = 0; i < jobs.size(); ++i) {
            jobs[i].created = QDateTime::fromSecsSinceEpoch(static_cast<qint64>(1000 + i), Qt::UTC);
            jobs[i].document = QByteArray(each, 'x');
        }
        arrangeJobs(jobs);
        QCOMPARE(jobs.front().created.toSecsSinceEpoch(), 1019);
        for (size_t i = 0; i < jobs.size(); ++i)
            QCOMPARE(!jobs[i].document.isEmpty(), i < 10);
        JobGroup group;
        group.jobs = {jobs.front()};
        QVERIFY(isAsSent(group) && jsonNote(group).contains(QLatin1String("As the server sent it")));
        group.jobs.push_back(jobs.back());
        QVERIFY(!isAsSent(group) && jsonNote(group).contains(QLatin1String("understood")));
    }

    /// A mirrored config server has a host in place of a cluster, and a row with a name.
    void namesAMirroredConfigServer()
    {
        Cluster cluster;
        cluster.id = ClusterId(QStringLiteral("C"));
        cluster.name = QStringLiteral("shop");
        cluster.type = ClusterType::ShardedCluster;
        Cluster shard;
        shard.id = ClusterId(QStringLiteral("S"));
        shard.shardName = QStringLiteral("shop_0");
        cluster.shards = {shard};
        const std::vector<RestoreJob> list{decoded(R"({"id":"1","batchId":"B","hostId":"da30"})"),
                                           decoded(R"({"id":"2","batchId":"B","clusterId":"S"})")};
        const auto groups = groupJobs({}, cluster, list, SubmissionMemory({}));
        QCOMPARE(groups.size(), size_t(1));
        QCOMPARE(groups[0].jobs[0].clusterName, QStringLiteral("shop_0"));
        QCOMPARE(groups[0].jobs[1].clusterName, QStringLiteral("config server da30"));
        QCOMPARE(partName(list[0]), QStringLiteral("config server da30"));
    }
};

QTEST_GUILESS_MAIN(JobDocumentTest)
#include "job_document_test.moc"
