#include "demo/state.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

template<>
struct nlohmann::adl_serializer<tidemark::demo::Time>
{
    static void to_json(nlohmann::json &json, const tidemark::demo::Time &time)
    {
        json = time.time_since_epoch().count();
    }
    static void from_json(const nlohmann::json &json, tidemark::demo::Time &time)
    {
        time = tidemark::demo::Time(std::chrono::milliseconds(json.get<std::int64_t>()));
    }
};

namespace tidemark::demo {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Timestamp, seconds, increment)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Orderer, publicKey, username, address)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Job, id, batchId, projectId, clusterId, setId, created, readyAt, handOverAt, orderer,
                                   method, automated, snapshotId, checkpointId, pointInTime, oplogPoint, encrypted,
                                   timestamp, snapshotTime, endsAs, targetProjectId, targetClusterId, expirationHours,
                                   expires, maxDownloads, fileName, key, bearer, downloads, hash, hashAt)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(SavedState, port, archivePort, start, jobs)

std::optional<SavedState> readState(const std::string &file)
{
    std::ifstream stream(file);
    std::stringstream text;
    text << stream.rdbuf();
    const Json json = Json::parse(text.str(), nullptr, false);
    try {
        return json.is_object() ? std::optional(json.get<SavedState>()) : std::nullopt;
    } catch (const Json::exception &) {
        return std::nullopt;
    }
}

void writeState(const std::string &file, const SavedState &state)
{
    const std::string next = file + ".next";
    std::ofstream stream(next, std::ios::trunc);
    stream << Json(state).dump(1) << '\n';
    stream.close();
    std::error_code error;
    if (stream)
        std::filesystem::rename(next, file, error);
    if (!stream || error)
        std::cerr << "tidemark-demo-cloud: cannot write " << file << '\n';
}

} // namespace tidemark::demo
