#include "demo/archives.h"

#include <algorithm>
#include <iterator>

namespace tidemark::demo {

Archive::Archive(const ArchiveSpec &spec, GzipImage::Packing packing, const std::string &etagSeed, bool begunBefore)
    : m_image(std::make_shared<GzipImage>(spec, packing))
    , m_etag('"' + hashHex(HashKind::Sha1, etagSeed).substr(0, 24) + '"')
    , m_begunBefore(begunBefore)
{
}

void Archive::sent(std::uint64_t offset, std::string_view bytes)
{
    const std::lock_guard lock(m_mutex);
    std::uint64_t start = offset;
    std::uint64_t end = offset + bytes.size();
    // Grow over every stretch that touches this one.
    auto next = m_sent.upper_bound(end);
    while (next != m_sent.begin()) {
        const auto before = std::prev(next);
        if (before->second < start)
            break;
        start = std::min(start, before->first);
        end = std::max(end, before->second);
        next = m_sent.erase(before);
    }
    m_sent.emplace(start, end);

    if (offset > m_hashed || offset + bytes.size() <= m_hashed)
        return;
    m_hash.add(bytes.substr(static_cast<std::size_t>(m_hashed - offset)));
    m_hashed = offset + bytes.size();
}

bool Archive::wasSent(std::uint64_t size)
{
    const std::lock_guard lock(m_mutex);
    return m_begunBefore || (!m_sent.empty() && m_sent.begin()->first == 0 && m_sent.begin()->second >= size);
}

std::optional<std::string> Archive::hash(const std::atomic<bool> &stopping)
{
    const std::lock_guard lock(m_mutex);
    ArchiveReader reader(m_image, m_hashed);
    for (auto bytes = reader.next(SIZE_MAX); !bytes.empty(); bytes = reader.next(SIZE_MAX)) {
        if (stopping)
            return std::nullopt;
        m_hash.add(bytes);
        m_hashed += bytes.size();
    }
    return m_hash.hexSoFar();
}

Archives::Archives(const World &world, const Options &options)
    : m_world(world)
    , m_options(options)
{
}

std::shared_ptr<Archive> Archives::of(const Job &job)
{
    const std::lock_guard lock(m_mutex);
    auto &archive = m_archives[job.id];
    if (!archive) {
        const ArchiveSpec spec = archiveSpecFor(m_world, job);
        constexpr std::uint64_t deflateUpTo = 64ULL << 20U;
        const bool stored =
            m_options.compression == "stored" || (m_options.compression == "auto" && spec.bytes > deflateUpTo);
        archive = std::make_shared<Archive>(spec, stored ? GzipImage::Packing::Stored : GzipImage::Packing::Deflated,
                                            job.fileName + std::to_string(spec.bytes) + m_options.compression,
                                            job.begunBefore);
    }
    return archive;
}

} // namespace tidemark::demo
