#include "demo/log_story.h"

#include "demo/api_error.h"
#include "demo/story.h"

#include <algorithm>
#include <cstdio>

namespace tidemark::demo {

using namespace std::chrono;

namespace {

/// One line to be: its time and how each form says it.
struct Entry
{
    Time time;
    std::string component;
    int id = 0;
    std::string context;
    std::string message;    ///< structured
    std::string attributes; ///< structured, without braces
    std::string text;       ///< before 4.4
};

constexpr int removals = 12;
constexpr int removedEach = 1734;

std::string stamp(Time time, const char *zone)
{
    const std::string seconds = isoTime(floor<std::chrono::seconds>(time)); // ends in Z
    char fraction[8];
    std::snprintf(fraction, sizeof(fraction), ".%03d",
                  static_cast<int>((time - floor<std::chrono::seconds>(time)).count()));
    return seconds.substr(0, seconds.size() - 1) + fraction + zone;
}

std::string quoted(const std::string &text)
{
    return Json(text).dump();
}

std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(text.size(), width), ' ');
    return text;
}

std::string lineOf(const Entry &entry, bool structured)
{
    if (!structured)
        return stamp(entry.time, "+0000") + " I " + padded(entry.component, 8) + " [" + entry.context + "] " +
               entry.text + "\n";
    return "{\"t\":{\"$date\":\"" + stamp(entry.time, "+00:00") + "\"},\"s\":\"I\",  " +
           padded("\"c\":\"" + entry.component + "\",", 15) + padded("\"id\":" + std::to_string(entry.id) + ",", 13) +
           "\"ctx\":\"" + entry.context + "\",\"msg\":\"" + entry.message + "\",\"attr\":{" + entry.attributes + "}}\n";
}

/// The driver, the user and the client behind a connection.
struct Visitor
{
    int number;
    std::string client;
    std::string application;
    std::string user;
};

void arrive(std::vector<Entry> &entries, Time time, const Visitor &visitor)
{
    const std::string number = std::to_string(visitor.number);
    const std::string context = "conn" + number;
    entries.push_back({time, "NETWORK", 22943, "listener", "Connection accepted",
                       "\"remote\":" + quoted(visitor.client) + ",\"uuid\":{\"uuid\":{\"$uuid\":\"" +
                           "2f1c0a64-0d57-4f0c-9a5e-5a3b8c7d1e02" + "\"}},\"connectionId\":" + number +
                           ",\"connectionCount\":31",
                       "connection accepted from " + visitor.client + " #" + number + " (31 connections now open)"});
    entries.push_back({time + milliseconds(1), "NETWORK", 51800, context, "client metadata",
                       "\"remote\":" + quoted(visitor.client) + ",\"client\":\"" + context +
                           "\",\"doc\":{\"application\":{\"name\":" + quoted(visitor.application) +
                           "},\"driver\":{\"name\":\"PyMongo\",\"version\":\"4.6.1\"},\"os\":{\"type\":\"Linux\"}}",
                       "received client metadata from " + visitor.client + " " + context +
                           ": { application: { name: " + quoted(visitor.application) +
                           " }, driver: { name: \"PyMongo\", version: \"4.6.1\" }, os: { type: \"Linux\" } }"});
    entries.push_back(
        {time + milliseconds(24), "ACCESS", 20250, context, "Authentication succeeded",
         "\"mechanism\":\"SCRAM-SHA-256\",\"speculative\":true,\"principalName\":" + quoted(visitor.user) +
             ",\"authenticationDatabase\":\"admin\",\"remote\":" + quoted(visitor.client) + ",\"extraInfo\":{}",
         "Successfully authenticated as principal " + visitor.user + " on admin from client " + visitor.client});
}

void leave(std::vector<Entry> &entries, Time time, const Visitor &visitor)
{
    const std::string context = "conn" + std::to_string(visitor.number);
    entries.push_back({time, "NETWORK", 22944, context, "Connection ended",
                       "\"remote\":" + quoted(visitor.client) + ",\"connectionId\":" + std::to_string(visitor.number) +
                           ",\"connectionCount\":30",
                       "end connection " + visitor.client + " (30 connections now open)"});
}

/// What every mongod writes on an ordinary day: an agent that comes and goes, and a query that takes its time.
void ordinaryDay(std::vector<Entry> &entries, Time from, Time to, const std::string &nameSpace)
{
    const std::string collection = nameSpace.substr(nameSpace.find('.') + 1);
    int number = 9000;
    for (Time time = from; time < to; time += minutes(5)) {
        const Visitor agent{number++, "10.20.4.2:40112", "MongoDB Monitoring Module", "mms-automation"};
        arrive(entries, time, agent);
        leave(entries, time + std::chrono::seconds(40), agent);
        entries.push_back({time + std::chrono::seconds(73), "COMMAND", 51803, "conn4107", "Slow query",
                           "\"type\":\"command\",\"ns\":" + quoted(nameSpace) +
                               ",\"appName\":\"checkout\",\"command\":{\"find\":" + quoted(collection) +
                               ",\"filter\":{\"state\":\"open\"}},\"planSummary\":\"COLLSCAN\",\"keysExamined\":0,"
                               "\"docsExamined\":57989,\"nreturned\":412,\"remote\":\"10.20.4.31:38110\","
                               "\"protocol\":\"op_msg\",\"durationMillis\":171",
                           "command " + nameSpace +
                               " appName: \"checkout\" command: find { find: " + quoted(collection) +
                               ", filter: { state: \"open\" } } planSummary: COLLSCAN keysExamined:0 "
                               "docsExamined:57989 nreturned:412 reslen:8230 protocol:op_msg 171ms"});
    }
}

void accident(std::vector<Entry> &entries, const Accident &accident, bool isPrimary, const std::string &nameSpace)
{
    const Time dropped = accident.dropped + milliseconds(214);
    const std::string uuid = "\"uuid\":{\"uuid\":{\"$uuid\":\"c7bb4a7f-314c-4751-80ab-463cb6105f9c\"}}";
    if (!isPrimary) {
        entries.push_back({dropped + milliseconds(19), "STORAGE", 20318, "ReplWriterWorker-2",
                           "Finishing collection drop", "\"namespace\":" + quoted(nameSpace) + "," + uuid,
                           "Finishing collection drop for " + nameSpace + " (c7bb4a7f-314c-4751-80ab-463cb6105f9c)."});
        return;
    }
    const Visitor culprit{48213, accidentClient, "cleanup-job", accidentUser};
    arrive(entries, accident.deletesBegan - std::chrono::seconds(9), culprit);
    for (int i = 0; i < removals; ++i) {
        const Time time = accident.deletesBegan + std::chrono::seconds(20 * i) + milliseconds(800 + i);
        entries.push_back({time, "WRITE", 51803, "conn48213", "Slow query",
                           "\"type\":\"remove\",\"ns\":" + quoted(nameSpace) +
                               ",\"appName\":\"cleanup-job\",\"command\":{\"q\":{\"created\":{\"$lt\":{\"$date\":"
                               "\"2026-01-01T00:00:00.000Z\"}}},\"limit\":0},\"planSummary\":\"COLLSCAN\","
                               "\"keysExamined\":0,\"docsExamined\":91244,\"ndeleted\":" +
                               std::to_string(removedEach) + ",\"keysDeleted\":3468,\"numYields\":713,\"remote\":" +
                               quoted(accidentClient) + ",\"durationMillis\":612",
                           "remove " + nameSpace +
                               " appName: \"cleanup-job\" command: { q: { created: { $lt: new Date(1767225600000) } }, "
                               "limit: 0 } planSummary: COLLSCAN keysExamined:0 docsExamined:91244 ndeleted:" +
                               std::to_string(removedEach) + " keysDeleted:3468 numYields:713 612ms"});
    }
    entries.push_back({dropped, "COMMAND", 518070, "conn48213", "CMD: drop", "\"namespace\":" + quoted(nameSpace),
                       "CMD: drop " + nameSpace});
    entries.push_back({dropped + milliseconds(4), "STORAGE", 20318, "conn48213", "Finishing collection drop",
                       "\"namespace\":" + quoted(nameSpace) + "," + uuid,
                       "Finishing collection drop for " + nameSpace + " (c7bb4a7f-314c-4751-80ab-463cb6105f9c)."});
    leave(entries, dropped + std::chrono::seconds(31), culprit);
}

/// Another text each time for the same name would tell nothing apart, the same one would tell too much.
std::string shownName(const std::string &nameSpace, bool redacted)
{
    return redacted ? "x" + idFor("redacted " + nameSpace).substr(4, 12) : nameSpace;
}

std::string written(const std::vector<Entry> &entries, const LogWish &wish, bool structured, Time from, Time to)
{
    std::string text;
    for (const Entry &entry : entries) {
        const bool isWished = !wish.from || (entry.time >= *wish.from && entry.time <= *wish.to);
        if (isWished && entry.time >= from && entry.time < to)
            text += lineOf(entry, structured);
    }
    if (text.size() <= wish.bytesPerFile)
        return text;
    return text.substr(text.size() - wish.bytesPerFile);
}

} // namespace

std::vector<LogFile> mongodbLogs(const World &world, const Cluster &cluster, const Host &host, const LogWish &wish,
                                 Time now)
{
    const bool structured = compareVersions(cluster.version, "4.4") >= 0;
    const Accident story = accidentOf(world);
    const std::string nameSpace = shownName(std::string(accidentDatabase) + "." + accidentCollection, wish.redacted);
    const Time begin = story.deletesBegan - hours(2);
    const Time rotated = story.deletesBegan - std::chrono::seconds(4); // between who came and what was done
    std::vector<Entry> entries;
    ordinaryDay(entries, begin, now, nameSpace);
    const bool isPrimary = host.state == "PRIMARY";
    if (cluster.name == accidentCluster)
        accident(entries, story, isPrimary, nameSpace);
    if (!structured && isPrimary)
        entries.push_back({begin + minutes(31), "COMMAND", 0, "conn77", "", "",
                           "CMD: drop " + shownName("reports.daily_import", wish.redacted)});
    std::stable_sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) { return a.time < b.time; });

    const std::string folder =
        host.name + "/" + (host.setName.empty() ? "mongos" : host.setName) + "/" + std::to_string(host.port) + "/";
    std::string day = isoTime(rotated); // 2026-11-27T14-03-07, as mongod names what it rotates
    std::replace(day.begin(), day.end(), ':', '-');
    std::vector<LogFile> files{{folder + "mongodb.log", written(entries, wish, structured, rotated, now + hours(1))}};
    if (const std::string before = written(entries, wish, structured, begin, rotated); !before.empty())
        files.push_back({folder + "mongodb.log." + day.substr(0, day.size() - 1) + ".gz", gzipped(before)});
    return files;
}

} // namespace tidemark::demo
