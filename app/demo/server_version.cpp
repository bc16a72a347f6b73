#include "demo/server_version.h"

#include "demo/world.h"

namespace tidemark::demo {

namespace {

/// The first version of each line that offers it.
struct Since
{
    const char *line7;
    const char *line8;
};

Since since(Capability capability)
{
    switch (capability) {
    case Capability::TimeRanges:
        return {"8", "8.0.6"};
    case Capability::NoSecrets:
        return {"7.0.18", "8.0.12"};
    case Capability::OnDemand:
        return {"8", "8.0.0"};
    case Capability::ConcurrentJobs:
        return {"7.0.19", "8.0.13"};
    }
    return {"8", "8"};
}

} // namespace

bool offers(const Options &options, Capability capability)
{
    if (options.product != "ops-manager")
        return capability != Capability::OnDemand;
    const Since first = since(capability);
    const std::string &version = options.serverVersion;
    return compareVersions(version, compareVersions(version, "8") < 0 ? first.line7 : first.line8) >= 0;
}

std::string serviceVersion(const Options &options)
{
    const char *hash = options.product == "ops-manager" ? "b2a1f6c0d9e84a73f5c1e07d2b6a94c8d3e5f701"
                                                        : "4c7d9e1fa2b35860c4d1e2f3a4b5c6d7e8f90a1b";
    return "gitHash=" + std::string(hash) + "; versionString=" + options.serverVersion;
}

} // namespace tidemark::demo
