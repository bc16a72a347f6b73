#pragma once

#include "demo/log_archive.h"
#include "demo/world.h"

#include <optional>

namespace tidemark::demo {

struct LogWish
{
    std::optional<Time> from; ///< both or none
    std::optional<Time> to;
    bool redacted = true;
    std::size_t bytesPerFile = 0; ///< of each file at most, its end
};

/// What a host's mongod or mongos has written, in the form of its version: structured from 4.4 on, text before. The
/// current file and a rotated one, packed, as they stand in the archive of a log collection. In those of the accident's
/// cluster the accident can be read.
std::vector<LogFile> mongodbLogs(const World &world, const Cluster &cluster, const Host &host, const LogWish &wish,
                                 Time now);

} // namespace tidemark::demo
