#include "demo/log_jobs.h"

#include "demo/crypto.h"
#include "demo/log_story.h"

#include <algorithm>

namespace tidemark::demo {

using namespace std::chrono;

namespace {

bool isOneOf(const std::string &word, std::initializer_list<const char *> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

struct Meant
{
    const Cluster *cluster;
    const Host *host;
};

/// The hosts whose logs are meant; none where there is no such thing.
std::vector<Meant> hostsOf(const World &world, const Project &project, const std::string &type, const std::string &name)
{
    std::vector<Meant> hosts;
    for (const auto &cluster : world.clusters) {
        if (cluster.projectId != project.id)
            continue;
        for (const auto &host : cluster.hosts) {
            const bool meant = type == "CLUSTER"      ? cluster.name == name || cluster.id == name
                               : type == "REPLICASET" ? host.setName == name
                                                      : host.name + "_" + std::to_string(host.port) == name;
            if (meant)
                hosts.push_back({&cluster, &host});
        }
    }
    return hosts;
}

std::optional<ApiError> readDates(LogWish &wish, const Json &body, const Options &options, Time now)
{
    std::vector<Time> dates;
    for (const char *name : {"logCollectionFromDate", "logCollectionToDate"}) {
        if (!body.contains(name))
            continue;
        const Json &value = body[name];
        if (options.product == "ops-manager" && value.is_number_integer()) {
            dates.push_back(Time(milliseconds(value.get<std::int64_t>())));
        } else if (options.product != "ops-manager" && value.is_string() && parseIsoTime(value.get<std::string>())) {
            dates.push_back(parseIsoTime(value.get<std::string>())->time);
        } else {
            return invalidAttribute(name);
        }
    }
    const bool fits = dates.empty() || (dates.size() == 2 && dates[0] < dates[1] && dates[1] <= now);
    if (!fits)
        return invalidAttribute("logCollectionToDate");
    if (!dates.empty()) {
        wish.from = dates[0];
        wish.to = dates[1];
    }
    return std::nullopt;
}

std::vector<LogFile> filesOf(const World &world, const Meant &meant, const Json &request, const LogWish &wish, Time now)
{
    std::vector<LogFile> files;
    for (const auto &type : request["logTypes"]) {
        const std::string name = lower(type.get<std::string>());
        if (name == "mongodb") {
            for (LogFile &file : mongodbLogs(world, *meant.cluster, *meant.host, wish, now))
                files.push_back(std::move(file));
        } else {
            files.push_back({meant.host->name + "/" + name + "/" + name + ".log",
                             "[" + isoTime(now) + "] [.info] All plans are finished\n"});
        }
    }
    return files;
}

} // namespace

std::variant<LogJob, ApiError> readLogRequest(const World &world, const Options &options, const Project &project,
                                              const std::string &body, Time now)
{
    const Json request = Json::parse(body, nullptr, false);
    if (!request.is_object())
        return ApiError{400, "INVALID_JSON", "Received JSON is malformed.", {}};
    for (const auto &[name, value] : request.items()) {
        if (!isOneOf(name, {"resourceType", "resourceName", "sizeRequestedPerFileBytes", "logTypes", "redacted",
                            "logCollectionFromDate", "logCollectionToDate"}))
            return invalidAttribute(name);
    }
    for (const char *name : {"resourceType", "resourceName", "sizeRequestedPerFileBytes", "logTypes", "redacted"}) {
        if (!request.contains(name))
            return missingAttribute(name);
    }
    const Json &size = request["sizeRequestedPerFileBytes"];
    if (!size.is_number_integer() || size.get<std::int64_t>() < 1)
        return ApiError{400, "INVALID_LOG_REQUEST_SIZE", "The size requested must be positive.", {}};
    if (!request["redacted"].is_boolean())
        return invalidAttribute("redacted");
    const Json &types = request["logTypes"];
    const bool known = types.is_array() && !types.empty() && std::all_of(types.begin(), types.end(), [](const Json &t) {
                           return t.is_string() &&
                                  isOneOf(t.get<std::string>(),
                                          {"AUTOMATION_AGENT", "BACKUP_AGENT", "MONITORING_AGENT", "MONGODB", "FTDC"});
                       });
    if (!known)
        return invalidAttribute("logTypes");
    const Json &type = request["resourceType"];
    if (!type.is_string() || !isOneOf(type.get<std::string>(), {"CLUSTER", "REPLICASET", "PROCESS"}))
        return invalidAttribute("resourceType");
    LogWish wish;
    wish.redacted = request["redacted"].get<bool>();
    wish.bytesPerFile = size.get<std::size_t>();
    if (const auto error = readDates(wish, request, options, now))
        return *error;
    LogJob job;
    job.projectId = project.id;
    job.created = now;
    job.doneAt = now + milliseconds(static_cast<std::int64_t>(options.jobSeconds * 1000));
    job.request = request;
    if (request["resourceName"].is_string()) {
        for (const Meant &meant :
             hostsOf(world, project, type.get<std::string>(), request["resourceName"].get<std::string>())) {
            job.hosts.push_back(meant.host->name);
            job.files.push_back(filesOf(world, meant, request, wish, now));
        }
    }
    if (job.hosts.empty())
        return invalidAttribute("resourceName");
    job.id = hex(randomBytes(12));
    job.expires = now + hours(24 * 30);
    job.fails = options.logsFail;
    return job;
}

std::string statusOf(const LogJob &job, Time now)
{
    if (now >= job.expires)
        return "EXPIRED";
    if (now < job.doneAt)
        return "IN_PROGRESS";
    return job.fails ? "FAILURE" : "SUCCESS";
}

std::string archiveOf(const LogJob &job)
{
    std::vector<LogFile> files;
    const std::size_t hosts = job.hosts.size() - (job.fails ? 1 : 0);
    for (std::size_t i = 0; i < hosts; ++i)
        files.insert(files.end(), job.files[i].begin(), job.files[i].end());
    return logArchive(files);
}

std::optional<ApiError> changeExpiry(LogJob &job, const std::string &body, Time now)
{
    const Json request = Json::parse(body, nullptr, false);
    if (!request.is_object())
        return ApiError{400, "INVALID_JSON", "Received JSON is malformed.", {}};
    if (!request.contains("expirationDate"))
        return missingAttribute("expirationDate");
    const auto date = request["expirationDate"].is_string() ? parseIsoTime(request["expirationDate"].get<std::string>())
                                                            : std::nullopt;
    if (!date || request.size() != 1)
        return invalidAttribute("expirationDate");
    if (now >= job.expires)
        return ApiError{403, "CANNOT_EXTEND_EXPIRED_JOB", "An expired log collection job cannot be extended.", {}};
    if (date->time <= now)
        return ApiError{400, "EXPIRATION_DATE_MUST_BE_IN_FUTURE", "The expiration date must be in the future.", {}};
    if (date->time > job.created + hours(24 * 183))
        return ApiError{400,
                        "EXPIRATION_DATE_TOO_DISTANT",
                        "The expiration date must be at most six months after the job was created.",
                        {}};
    job.expires = date->time;
    return std::nullopt;
}

Json logJobDocument(const LogJob &job, const std::string &self, bool verbose, Time now)
{
    const bool done = now >= job.doneAt;
    const std::string status = statusOf(job, now);
    const std::string type = lower(job.request["resourceType"].get<std::string>());
    const auto bytes = static_cast<std::int64_t>(job.hosts.size() * job.request["logTypes"].size()) * 81920;
    Json document{{"creationDate", isoTime(job.created)},
                  {"downloadUrl", self + "/download"},
                  {"expirationDate", isoTime(job.expires)},
                  {"groupId", job.projectId},
                  {"id", job.id},
                  {"links", Json::array({{{"href", self}, {"rel", "self"}}})},
                  {"logTypes", job.request["logTypes"]},
                  {"redacted", job.request["redacted"]},
                  {"resourceName", job.request["resourceName"]},
                  {"resourceType", type},
                  {"rootResourceName", job.request["resourceName"]},
                  {"rootResourceType", type},
                  {"sizeRequestedPerFileBytes", job.request["sizeRequestedPerFileBytes"]},
                  {"status", status},
                  {"uncompressedSizeTotalBytes", done ? bytes : 0},
                  {"userId", idFor("user of keys")}};
    if (!verbose)
        return document;
    Json parts = Json::array();
    for (const auto &host : job.hosts) {
        const bool failed = done && job.fails && &host == &job.hosts.back();
        for (const auto &log : job.request["logTypes"]) {
            Json part{{"automationAgentId", idFor("agent " + host)},
                      // As the documentation's sample has it where there was none.
                      {"errorMessage", failed ? "The host could not be reached." : "null"},
                      {"hostName", host},
                      {"logCollectionType", log},
                      {"path", host + "/" + lower(log.get<std::string>())},
                      {"startDate", isoTime(job.created)},
                      {"status", failed || status != "FAILURE" ? status : "SUCCESS"},
                      {"uncompressedDiskSpaceBytes", done && !failed ? 81920 : 0}};
            if (done)
                part["finishDate"] = isoTime(job.doneAt);
            parts.push_back(part);
        }
    }
    document["childJobs"] = parts;
    return document;
}

} // namespace tidemark::demo
