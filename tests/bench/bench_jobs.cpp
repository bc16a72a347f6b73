#include "bench/bench_jobs.h"

#include "support/scripted_server.h"

#include <QCoreApplication>
#include <QTextStream>
#include <QUrlQuery>

#include <algorithm>
#include <map>

namespace tidemark::bench {

using namespace test;

namespace {

QByteArray jobOf(int cluster, int number, int revision)
{
    const bool changed = (number + revision) % 100 == 0;
    const QByteArray id =
        QByteArray::number(cluster).rightJustified(8, '0') + QByteArray::number(number).rightJustified(16, '0');
    const QByteArray name = "rs" + QByteArray::number(cluster) + "-1609947369-" + id + ".tar.gz";
    return "{\"id\":\"" + id + "\",\"groupId\":\"60bb00000000000000000001\",\"clusterId\":\"cluster" +
           QByteArray::number(cluster) + "\",\"snapshotId\":\"5ff5e4a1e4b0a1c2d3e4f5a6\",\"created\":\"2026-11-" +
           QByteArray::number(1 + number % 23).rightJustified(2, '0') + "T14:29:00Z\",\"statusName\":\"" +
           (changed ? "IN_PROGRESS" : "FINISHED") + "\",\"delivery\":{\"methodName\":\"HTTP\",\"statusName\":\"" +
           (changed ? "IN_PROGRESS" : "READY") + "\",\"url\":\"https://api-backup.example.net/backup/restore/v2/pull/" +
           id + "/QUJD/" + name +
           "\",\"expires\":\"2036-11-25T14:29:00Z\",\"maxDownloads\":3,\"expirationHours\":4},"
           "\"hashes\":[{\"typeName\":\"SHA1\",\"fileName\":\"" +
           name +
           "\",\"hash\":\"da39a3ee5e6b4b0d3255bfef95601890afd80709\"}],\"links\":[{\"rel\":\"self\",\"href\":"
           "\"https://example.net/api/public/v1.0/groups/60bb00000000000000000001/clusters/c/restoreJobs/" +
           id + "\"}],\"timestamp\":{\"date\":\"2026-11-24T14:29:00Z\",\"increment\":1},\"pointInTime\":false}";
}

} // namespace

int serveJobs(int jobsPerCluster)
{
    std::map<QByteArray, int> revisions;
    ScriptedServer server;
    server.setHandler([&](const RecordedRequest &request) {
        const qsizetype begin = request.target.indexOf("/clusters/cluster");
        if (begin < 0 || !request.path().endsWith("/restoreJobs"))
            return ScriptedAnswer::json("{\"results\":[],\"totalCount\":0}");
        const QByteArray cluster = request.target.mid(begin + 17).split('/').first();
        const QUrlQuery query(QString::fromLatin1(request.target.mid(request.target.indexOf('?') + 1)));
        const int page = query.queryItemValue(QStringLiteral("pageNum")).toInt();
        const int perPage = query.queryItemValue(QStringLiteral("itemsPerPage")).toInt();
        const int revision = page == 1 ? ++revisions[cluster] : revisions[cluster];
        QByteArrayList jobs;
        for (int i = (page - 1) * perPage; i < std::min(page * perPage, jobsPerCluster); ++i)
            jobs << jobOf(cluster.toInt(), i, revision);
        return ScriptedAnswer::json("{\"results\":[" + jobs.join(',') +
                                    "],\"totalCount\":" + QByteArray::number(jobsPerCluster) + "}");
    });
    QTextStream(stdout) << server.url().toString() << Qt::endl;
    return QCoreApplication::exec();
}

} // namespace tidemark::bench
