#pragma once

#include "demo/faults.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tidemark::demo {

/// What the stand-in was started with. Where the API's documentation leaves a behaviour open, a field here chooses one;
/// the texts of --help (options.cpp) say what each of them does.
struct Options
{
    // Where it listens and how it ends.
    int port = 0;
    int archivePort = 0;
    std::string stateFile;
    bool exitWithParent = false;
    bool verbose = false;
    bool control = false;
    std::int64_t clockSkewSeconds = 0;
    std::string product = "cloud-manager";
    std::string serverVersion; ///< resolved by the product when not given

    // Who may enter.
    std::string challenge = "qop";
    std::string digestAlgorithm = "MD5";
    bool offerBasic = false;
    std::int64_t nonceLifeSeconds = 60;
    std::string nonceCount = "once";
    std::int64_t tokenLifeSeconds = 3600;
    int tokensPerMinute = 10;
    std::string accessList;

    // How the API answers.
    std::string envelopeField = "content";
    std::string envelopeArrays = "wrap";
    std::string envelopeErrors = "wrap";
    int createStatus = 200;
    std::string createAnswer = "all";
    bool strictNumbers = false;
    bool lenientDelivery = false;
    bool acceptCheckPointId = false;
    bool snapshotWithPoint = false;
    std::string gap = "refuse";
    bool strictTopology = false;
    bool timeRanges = true;
    bool targetsInAnswers = false;
    std::string shardJobPath = "both";
    int requestsPerMinute = 0;
    std::string answers = "real";
    bool stringIncrements = false;
    std::string fractionalPoints = "refuse";
    bool refuseConcurrent = false;
    int concurrentStatus = 409;
    double eventDelaySeconds = 1;
    std::string eventProject = "source";
    bool statusErrors = true;
    bool mirroredConfig = false;
    std::string unmanagedCluster; ///< a name, as the next two
    std::string silentCluster;
    std::string agentlessCluster;
    std::string unwatchedProject; ///< a name
    double slowReadSeconds = 0;
    std::vector<std::string> slowReadPaths; ///< empty: all reads

    // How jobs and links live.
    double jobSeconds = 3;
    double restoreSeconds = 12;
    std::optional<double> finishedAtOnceSeconds;
    double agentErrorSeconds = 0;
    bool logsFail = false;
    bool moreHistory = false;
    int moreClusters = 0;
    std::optional<std::int64_t> linkSeconds;
    std::string links; ///< resolved by the product when not given
    std::string count = "start";
    std::string deadLink = "403";
    bool keepDeadUrl = false;
    bool cutAtExpiry = false;
    std::string hash = "sha1";
    double hashDelaySeconds = 1;

    // What the archives are.
    std::vector<std::uint64_t> archiveSizes{24U << 20U};
    std::optional<std::uint64_t> configSize;
    std::string compression = "auto";
    std::uint64_t rate = 6U << 20U;
    bool ranges = false;
    std::string framing = "chunked";
    bool contentEncoding = false;

    std::vector<FaultRule> faults;
};

struct ParsedOptions
{
    Options options;
    std::string error; ///< why the command line cannot be used; empty when it can
    bool help = false;
};

ParsedOptions parseOptions(const std::vector<std::string> &arguments);

std::string helpText();

} // namespace tidemark::demo
