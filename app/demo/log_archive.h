#pragma once

#include <string>
#include <vector>

namespace tidemark::demo {

struct LogFile
{
    std::string path; ///< "db1.example.net/shop_0/27017/mongodb.log"
    std::string text;
};

/// A .tar.gz of these files, in memory.
std::string logArchive(const std::vector<LogFile> &files);

std::string gzipped(std::string raw);

} // namespace tidemark::demo
