#include "demo/switches.h"

#include "demo/faults.h"
#include "demo/text.h"

#include <algorithm>

namespace tidemark::demo {

namespace {

using Set = std::function<bool(Options &, const std::string &)>;

Set flag(bool Options::*field, bool value = true)
{
    return [field, value](Options &options, const std::string &) {
        options.*field = value;
        return true;
    };
}

Set choice(std::string Options::*field, std::vector<std::string> allowed)
{
    return [field, allowed = std::move(allowed)](Options &options, const std::string &value) {
        options.*field = value;
        return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
    };
}

Set text(std::string Options::*field)
{
    return [field](Options &options, const std::string &value) {
        options.*field = value;
        return !value.empty();
    };
}

template<typename Number>
Set number(Number Options::*field, std::int64_t least, std::int64_t most)
{
    return [=](Options &options, const std::string &value) {
        const auto read = parseInteger(value);
        if (!read || *read < least || *read > most)
            return false;
        options.*field = static_cast<Number>(*read);
        return true;
    };
}

Set seconds(double Options::*field)
{
    return [field](Options &options, const std::string &value) {
        const auto read = parseSeconds(value);
        options.*field = read.value_or(0);
        return read.has_value();
    };
}

bool setArchiveSizes(Options &options, const std::string &value)
{
    options.archiveSizes.clear();
    for (const auto &part : split(value, ',')) {
        const auto size = parseSize(part);
        if (!size)
            return false;
        options.archiveSizes.push_back(*size);
    }
    return true;
}

bool setFault(Options &options, const std::string &value)
{
    const auto rule = parseFault(value);
    options.faults.push_back(rule.value_or(FaultRule{}));
    return rule.has_value();
}

bool setLateJobs(Options &options, const std::string &value)
{
    return setFault(options, "POST /restoreJobs$=late:" + value + " always");
}

bool setSlowReads(Options &options, const std::string &value)
{
    auto parts = split(value, ',');
    const std::string first = parts.front();
    parts.erase(parts.begin());
    options.slowReadPaths = parts;
    return seconds(&Options::slowReadSeconds)(options, first);
}

bool setFinishedAtOnce(Options &options, const std::string &value)
{
    const auto read = parseSeconds(value);
    options.finishedAtOnceSeconds = read;
    return read.has_value();
}

constexpr std::int64_t anySeconds = 1'000'000'000;

} // namespace

const std::vector<Switch> &switches()
{
    static const std::vector<Switch> all{
        {"Process", "--port", "N", "port of the API on 127.0.0.1 (default: a free one)",
         number(&Options::port, 0, 65535)},
        {"", "--archive-port", "N", "port of the archives, another origin (default: a free one)",
         number(&Options::archivePort, 0, 65535)},
        {"", "--state", "FILE",
         "keep jobs, links and ports in FILE, so that a stand-in that is started again goes on with them",
         text(&Options::stateFile)},
        {"", "--exit-with-parent", "", "end when the process that started this one has ended",
         flag(&Options::exitWithParent)},
        {"", "--verbose", "", "one line on standard error for each request", flag(&Options::verbose)},
        {"", "--control", "",
         "answer GET /demo/requests (what was asked so far), POST /demo/faults (one --fault rule a line), "
         "GET /demo/ids (names and ids); without authentication",
         flag(&Options::control)},
        {"", "--clock-skew", "S", "the server's clock is S seconds ahead (may be negative)",
         number(&Options::clockSkewSeconds, -anySeconds, anySeconds)},
        {"", "--product", "P",
         "cloud-manager (default) or ops-manager: version header, plan name, no OAuth, url and urlV2",
         choice(&Options::product, {"cloud-manager", "ops-manager"})},
        {"", "--server-version", "V",
         "version in the header (default v20261111, with ops-manager 8.0.17); an older Ops Manager answers 404 to "
         "restorableTimeRanges before 8.0.6, to automationConfig/noSecrets before 8.0.12 and 7.0.18, and to "
         "snapshots/onDemandSnapshot before 8.0.0, which Cloud Manager never has",
         text(&Options::serverVersion)},

        {"Authentication", "--challenge", "FORM",
         "qop: qop=\"auth\" (default); op: op=\"auth\" as the documentation prints it, RFC 2069 answers wanted",
         choice(&Options::challenge, {"qop", "op"})},
        {"", "--digest-algorithm", "A",
         "MD5 (default), SHA-256, MD5-sess, SHA-256-sess, or both (two challenges, SHA-256 first, then MD5)",
         choice(&Options::digestAlgorithm, {"MD5", "SHA-256", "MD5-sess", "SHA-256-sess", "both"})},
        {"", "--offer-basic", "", "add a Basic challenge to each 401; a client that answers it is refused",
         flag(&Options::offerBasic)},
        {"", "--nonce-life", "S", "seconds after which a nonce is stale (default 60)",
         number(&Options::nonceLifeSeconds, 0, anySeconds)},
        {"", "--nonce-count", "MODE", "once: each nc is accepted once (default); rising: each nc above the last one",
         choice(&Options::nonceCount, {"once", "rising"})},
        {"", "--token-life", "S", "expires_in of OAuth tokens (default 3600)",
         number(&Options::tokenLifeSeconds, 0, anySeconds)},
        {"", "--tokens-per-minute", "N", "token requests allowed in a minute (default 10)",
         number(&Options::tokensPerMinute, 0, 1000000)},
        {"", "--access-list", "KIND",
         "answer 403: ip (every call), org (every call), resource (calls about snapshots and restores only)",
         choice(&Options::accessList, {"ip", "org", "resource"})},

        {"API", "--envelope-field", "NAME", "content (default) or envelope, as older pages call it",
         choice(&Options::envelopeField, {"content", "envelope"})},
        {"", "--envelope-arrays", "MODE", "restorableTimeRanges under envelope=true: wrap (default) or bare",
         choice(&Options::envelopeArrays, {"wrap", "bare"})},
        {"", "--envelope-errors", "MODE", "error documents under envelope=true: wrap (default) or bare",
         choice(&Options::envelopeErrors, {"wrap", "bare"})},
        {"", "--create-status", "CODE", "status of a created restore job: 200 (default), 201 or 202",
         number(&Options::createStatus, 200, 202)},
        {"", "--create-answer", "MODE",
         "answer to a sharded restore: all jobs of the batch (default), one job, or none (empty results)",
         choice(&Options::createAnswer, {"all", "one", "none"})},
        {"", "--strict-numbers", "", "refuse numbers given as strings", flag(&Options::strictNumbers)},
        {"", "--lenient-delivery", "",
         "a missing delivery means HTTP, missing maxDownloads 1, missing expiry 1 hour (older servers)",
         flag(&Options::lenientDelivery)},
        {"", "--accept-checkPointId", "", "accept the spelling of the public Go client too",
         flag(&Options::acceptCheckPointId)},
        {"", "--allow-snapshot-with-point", "", "accept snapshotId beside oplogTs or pointInTimeUTCMillis",
         flag(&Options::snapshotWithPoint)},
        {"", "--gap", "MODE", "a moment outside the restorable ranges: refuse (default) or fail (job goes BROKEN)",
         choice(&Options::gap, {"refuse", "fail"})},
        {"", "--strict-topology", "", "refuse a target with another kind or number of shards than the source",
         flag(&Options::strictTopology)},
        {"", "--no-time-ranges", "", "restorableTimeRanges answers 404, as older servers do",
         flag(&Options::timeRanges, false)},
        {"", "--targets-in-answers", "", "answers about automated restores name their target",
         flag(&Options::targetsInAnswers)},
        {"", "--shard-job-path", "MODE",
         "where a shard's job can be read: both (default), cluster (sharded cluster's id), shard (shard's id)",
         choice(&Options::shardJobPath, {"both", "cluster", "shard"})},
        {"", "--requests-per-minute", "N",
         "API requests allowed in a minute, then 429 RATE_LIMITED (default: no limit)",
         number(&Options::requestsPerMinute, 0, 1000000)},
        {"", "--answers", "FORM",
         "real (default), or documented: create answers are the documentation's samples to the byte, ids put in (a "
         "batchId always, FINISHED and READY without url, times of 2018, one job), and lists show jobs in that form; "
         "url, expires and hash of a download follow when it is ready",
         choice(&Options::answers, {"real", "documented"})},
        {"", "--string-increments", "", "timestamp.increment is a string, as tables of the documentation say",
         flag(&Options::stringIncrements)},
        {"", "--fractional-points", "MODE",
         "pointInTimeUTCMillis within a second: refuse (default, FRACTIONAL_TIMESTAMP) or accept",
         choice(&Options::fractionalPoints, {"refuse", "accept"})},
        {"", "--refuse-concurrent", "",
         "refuse a restore to a target that is being restored: CONCURRENT_RESTORES_JOB_IDS, the ids in detail and "
         "parameters (none before Ops Manager 8.0.13 and 7.0.19)",
         flag(&Options::refuseConcurrent)},
        {"", "--concurrent-status", "CODE", "status of that refusal (default 409)",
         number(&Options::concurrentStatus, 400, 599)},
        {"", "--slow-reads", "S[,TEXT...]",
         "answers to reads (GET, and the POST to restorableTimeRanges) take S seconds; with TEXTs those whose path "
         "contains one of them",
         setSlowReads},
        {"", "--event-delay", "S", "seconds until a restore is among the events of its project (default 1)",
         seconds(&Options::eventDelaySeconds)},
        {"", "--event-project", "P", "whose event a restore to another project is: source (default), target or both",
         choice(&Options::eventProject, {"source", "target", "both"})},
        {"", "--no-status-errors", "", "automationStatus without the four fields about errors, as older servers",
         flag(&Options::statusErrors, false)},
        {"", "--logs-fail", "", "log collections fail on their last host; retried, they succeed",
         flag(&Options::logsFail)},
        {"", "--unmanaged", "CLUSTER",
         "the cluster of this name is not in the automation configuration of its project, nor in automationStatus",
         text(&Options::unmanagedCluster)},
        {"", "--silent-agents", "CLUSTER", "lastConf of the agents on this cluster's hosts is an hour ago",
         text(&Options::silentCluster)},
        {"", "--no-agents", "CLUSTER", "agents/TYPE lists none on this cluster's hosts",
         text(&Options::agentlessCluster)},
        {"", "--no-monitoring", "PROJECT",
         "no key may read the measurements of this project, nor have its logs collected",
         text(&Options::unwatchedProject)},
        {"", "--mirrored-config", "",
         "config servers of the clusters with FCV 4.0 are mirrored ones, as before MongoDB 3.4: their jobs and parts "
         "have a hostId in place of a clusterId, and hosts/ID/restoreJobs lists the jobs",
         flag(&Options::mirroredConfig)},

        {"Jobs and links", "--job-seconds", "S", "from creation to READY (default 3)", seconds(&Options::jobSeconds)},
        {"", "--restore-seconds", "S", "from hand-over until all agents reached the goal (default 12)",
         seconds(&Options::restoreSeconds)},
        {"", "--finished-at-once", "S",
         "restores to a cluster are FINISHED in the create answer already; S seconds later the goal version rises and "
         "the agents begin",
         setFinishedAtOnce},
        {"", "--agent-error", "S",
         "the first agent of a target reports an error for S seconds of a restore, then goes on",
         seconds(&Options::agentErrorSeconds)},
        {"", "--late-jobs", "S",
         "restores are answered 504 at once and their jobs appear S seconds later; the same as --fault \"POST "
         "/restoreJobs$=late:S always\"",
         setLateJobs},
        {"", "--more-clusters", "N", "N further replica sets in the project Shop (default 0)",
         number(&Options::moreClusters, 0, 1000)},
        {"", "--more-history", "",
         "more jobs made elsewhere: queryable ones, SCP, one that does not tell its kind, one to a cluster",
         flag(&Options::moreHistory)},
        {"", "--link-seconds", "S", "links live S seconds after READY, whatever was asked for",
         [](Options &options, const std::string &value) {
             options.linkSeconds = parseInteger(value);
             return options.linkSeconds && *options.linkSeconds >= 0;
         }},
        {"", "--links", "KIND",
         "v2 (url only), v3 (urlV2 and authorization), both, or v3-no-bearer (authValue is the whole header value); "
         "default "
         "v2, with ops-manager both",
         choice(&Options::links, {"v2", "v3", "both", "v3-no-bearer"})},
        {"", "--count", "MODE",
         "what uses up a download: start (a request from the first byte, default), complete (the last byte sent), "
         "range (every request)",
         choice(&Options::count, {"start", "complete", "range"})},
        {"", "--dead-link", "ANSWER", "expired or used-up link: 403 (default), 404, 410, or html (200 and a page)",
         choice(&Options::deadLink, {"403", "404", "410", "html"})},
        {"", "--keep-dead-url", "", "answers keep the url of an expired or used-up link", flag(&Options::keepDeadUrl)},
        {"", "--cut-at-expiry", "", "a transfer that runs when its link expires is cut", flag(&Options::cutAtExpiry)},
        {"", "--hash", "MODE",
         "sha1 after a complete download (default), never, early (with READY), aborted (after an aborted transfer too, "
         "over the bytes sent), wrong, upper (upper case), other-name",
         choice(&Options::hash, {"sha1", "never", "early", "aborted", "wrong", "upper", "other-name"})},
        {"", "--hash-delay", "S", "seconds between the last byte and the hash (default 1)",
         seconds(&Options::hashDelaySeconds)},

        {"Archives", "--archive-size", "SIZE[,SIZE...]",
         "size of the tar in each archive (default 24M); a list gives the shards of a cluster in turn",
         setArchiveSizes},
        {"", "--config-size", "SIZE", "the same for config servers (default: an eighth of the first size)",
         [](Options &options, const std::string &value) {
             options.configSize = parseSize(value);
             return options.configSize.has_value();
         }},
        {"", "--compression", "HOW",
         "stored (fast, any size), deflate (smaller than the tar), auto (deflate up to 64M)",
         choice(&Options::compression, {"stored", "deflate", "auto"})},
        {"", "--rate", "SIZE", "bytes a second for each transfer (default 6M, 0: as fast as possible)",
         [](Options &options, const std::string &value) {
             const auto rate = parseSize(value);
             options.rate = rate.value_or(0);
             return rate.has_value();
         }},
        {"", "--ranges", "", "send Content-Length, Accept-Ranges and ETag, honour Range and If-Range",
         flag(&Options::ranges)},
        {"", "--framing", "HOW",
         "without --ranges: chunked (default), length (Content-Length, Range ignored), close (neither)",
         choice(&Options::framing, {"chunked", "length", "close"})},
        {"", "--content-encoding", "", "label archives Content-Encoding: gzip for clients that accept gzip",
         flag(&Options::contentEncoding)},

        {"Faults", "--fault", "RULE", "see below; may be given several times", setFault},
    };
    return all;
}

} // namespace tidemark::demo
