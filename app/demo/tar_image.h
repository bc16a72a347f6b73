#pragma once

#include "demo/text.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tidemark::demo {

/// What one archive holds and what it says about itself.
struct ArchiveSpec
{
    std::string directory; ///< the one directory at the top, named like the archive without its suffix
    std::string seed;      ///< decides the data; the same seed gives the same bytes
    std::uint64_t bytes = 0;
    Time modified;
    std::string groupName;
    std::string clusterId;
    std::string setName;
    std::string version; ///< of mongod
    std::string fcv;
    std::int64_t snapshotSeconds = 0;
    std::int64_t restoreSeconds = 0;
    std::int64_t restoreIncrement = 1;
    std::int64_t appliedSeconds = 0;
    std::int64_t appliedIncrement = 1;
    bool encrypted = false;
    bool configServer = false;
};

std::string restoreInfoText(const ArchiveSpec &spec);

/// A tar with the files of a dbPath, of any size, none of which is stored: each byte is made when it is asked for.
///
/// Data files consist of pages of 32 KiB: a stamp that differs for each page, then one of a few prepared pages. So any
/// place can be read at once, wrongly ordered pages are noticed, and the CRC of gigabytes is put together from those of
/// the prepared pages.
class TarImage
{
public:
    explicit TarImage(const ArchiveSpec &spec);

    [[nodiscard]] std::uint64_t size() const { return m_size; }
    /// Fills all of @p out with what stands at @p offset; both within the image.
    void read(std::uint64_t offset, std::span<char> out) const;
    [[nodiscard]] std::uint32_t crc() const;

private:
    /// A stretch of the tar: either literal text or pages of a data file.
    struct Segment
    {
        std::uint64_t start = 0;
        std::uint64_t length = 0;
        std::string literal; ///< empty for a data file
        std::uint64_t seed = 0;
    };

    void addLiteral(std::string text);
    void addEntry(const std::string &prefix, const std::string &name, std::uint64_t size, char type, Time modified);
    void addTextFile(const ArchiveSpec &spec, const std::string &name, std::string text);
    void addDataFile(const ArchiveSpec &spec, const std::string &name, std::uint64_t size);

    std::vector<Segment> m_segments;
    std::uint64_t m_size = 0;
};

} // namespace tidemark::demo
