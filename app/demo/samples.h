#pragma once

#include <string>

namespace tidemark::demo {

/// The answer to an order as the documentation prints it, placeholders and all; @p name is that of a file in samples/
/// without "create-" and ".json": "http", "snapshot", "oplog", "point-in-time", "checkpoint".
/// Source: "Create One Restore Job for One Cluster", one sample for each of its five request variants.
const std::string &createSample(const std::string &name);

} // namespace tidemark::demo
