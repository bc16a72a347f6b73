#pragma once

#include "demo/world.h"

namespace tidemark::demo {

/// The accident that the stand-in tells of, the same in everything that it answers: curves, logs and events. Somebody
/// deletes from a collection of the cluster "ledger" for some minutes and then drops it.
struct Accident
{
    Time deletesBegan;
    Time dropped; ///< a whole second
};

constexpr const char *accidentCluster = "ledger";
constexpr const char *accidentDatabase = "shop";
constexpr const char *accidentCollection = "orders";
constexpr const char *accidentUser = "deploy_bot";
constexpr const char *accidentClient = "10.20.4.17:51514";

/// Seventeen minutes before the stand-in began, in whole seconds; what came before it four minutes earlier.
inline Accident accidentOf(const World &world)
{
    const Time dropped = std::chrono::floor<std::chrono::seconds>(world.start - std::chrono::minutes(17));
    return {dropped - std::chrono::minutes(4), dropped};
}

} // namespace tidemark::demo
