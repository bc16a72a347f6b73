#pragma once

#include "demo/tar_image.h"

#include <memory>
#include <mutex>
#include <string>

namespace tidemark::demo {

/// A .tar.gz made while it is read, the same bytes each time.
///
/// The tar is cut into pieces of 32 KiB which are packed independently of each other: stored (the place of each is
/// known beforehand, so any size can be read from anywhere) or deflated (places are known once all were packed).
class GzipImage
{
public:
    enum class Packing { Stored, Deflated };
    GzipImage(const ArchiveSpec &spec, Packing packing);

    /// Bytes of the whole archive. For a deflated one this packs everything once.
    [[nodiscard]] std::uint64_t size() const;

    /// Piece number @p index as it stands in the archive; empty behind the last. The first is the header, the last the
    /// trailer.
    [[nodiscard]] std::string piece(std::uint64_t index) const;

    struct Place
    {
        std::uint64_t piece = 0;
        std::size_t inside = 0;
    };
    /// Where a byte of the archive stands; not behind size().
    [[nodiscard]] Place place(std::uint64_t offset) const;

private:
    [[nodiscard]] std::uint64_t dataPieces() const;
    void indexPieces() const;

    TarImage m_tar;
    Packing m_packing;
    std::uint32_t m_modified = 0;
    mutable std::mutex m_mutex;
    mutable std::vector<std::uint64_t> m_ends; ///< deflated: where each data piece ends
};

/// Reads an archive onwards from a place.
class ArchiveReader
{
public:
    ArchiveReader(std::shared_ptr<const GzipImage> image, std::uint64_t offset);
    /// The next bytes, at most so many; empty at the end. Valid until the next call.
    std::string_view next(std::size_t most);

private:
    std::shared_ptr<const GzipImage> m_image;
    std::uint64_t m_piece = 0;
    std::size_t m_inside = 0;
    std::string m_bytes;
};

} // namespace tidemark::demo
