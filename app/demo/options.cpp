#include "demo/options.h"

#include "demo/faults.h"
#include "demo/text.h"

#include <algorithm>
#include <charconv>
#include <functional>

namespace tidemark::demo {

namespace {

/// One switch: its name, what stands after it (empty when nothing does), its line in --help, and what it sets.
struct Switch
{
    std::string section; ///< starts a section of the help when not empty
    std::string name;
    std::string argument;
    std::string help;
    std::function<bool(Options &, const std::string &)> set;
};

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
        double read = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), read);
        options.*field = read;
        return error == std::errc() && end == value.data() + value.size() && read >= 0 && read < 1e6;
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
    options.faults.push_back(value);
    return parseFault(value).has_value();
}

constexpr std::int64_t anySeconds = 1'000'000'000;

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
        {"", "--product", "P", "cloud-manager (default) or ops-manager: version header, plan name, no OAuth, v3 links",
         choice(&Options::product, {"cloud-manager", "ops-manager"})},

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

        {"Jobs and links", "--job-seconds", "S", "from creation to READY (default 3)", seconds(&Options::jobSeconds)},
        {"", "--restore-seconds", "S", "from hand-over until all agents reached the goal (default 12)",
         seconds(&Options::restoreSeconds)},
        {"", "--link-seconds", "S", "links live S seconds after READY, whatever was asked for",
         [](Options &options, const std::string &value) {
             options.linkSeconds = parseInteger(value);
             return options.linkSeconds && *options.linkSeconds >= 0;
         }},
        {"", "--links", "KIND",
         "v2 (default), v3 (urlV2 and authorization), both, or v3-no-bearer (authValue is the whole header value)",
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

} // namespace

ParsedOptions parseOptions(const std::vector<std::string> &arguments)
{
    ParsedOptions parsed;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string name = arguments[i];
        if (name == "--help" || name == "-h") {
            parsed.help = true;
            return parsed;
        }
        std::optional<std::string> value;
        if (const auto equals = name.find('='); startsWith(name, "--") && equals != std::string::npos) {
            value = name.substr(equals + 1);
            name.resize(equals);
        }
        const auto &all = switches();
        const auto found = std::find_if(all.begin(), all.end(), [&](const Switch &s) { return s.name == name; });
        if (found == all.end()) {
            parsed.error = "Unknown option " + name + "; --help lists them.";
            return parsed;
        }
        if (found->argument.empty() == value.has_value()) {
            if (found->argument.empty() || i + 1 == arguments.size()) {
                parsed.error = found->argument.empty() ? name + " takes no value." : name + " needs a value.";
                return parsed;
            }
        }
        if (!found->argument.empty() && !value)
            value = arguments[++i];
        if (!found->set(parsed.options, value.value_or(std::string()))) {
            parsed.error = name + " cannot be \"" + value.value_or(std::string()) + "\": " + found->help + ".";
            return parsed;
        }
    }
    return parsed;
}

std::string helpText()
{
    std::string help = "tidemark-demo-cloud: a stand-in Cloud Manager on 127.0.0.1.\n"
                       "The first line on standard output is one JSON object with baseUrl and keys; SIGTERM ends it.\n";
    for (const auto &s : switches()) {
        if (!s.section.empty())
            help += "\n" + s.section + "\n";
        std::string left = "  " + s.name + (s.argument.empty() ? "" : " " + s.argument);
        constexpr std::size_t column = 30;
        constexpr std::size_t width = 110;
        left.resize(std::max(left.size() + 1, column), ' ');
        std::string line = left;
        for (const auto &word : split(s.help, ' ')) {
            if (line.size() + word.size() > width) {
                help += line + "\n";
                line = std::string(column, ' ');
            }
            line += word + " ";
        }
        help += trim(" " + line).empty() ? "" : line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return help + "\n" + faultHelp();
}

} // namespace tidemark::demo
