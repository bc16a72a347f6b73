#pragma once

#include "demo/crypto.h"
#include "demo/gzip_image.h"
#include "demo/jobs.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>

namespace tidemark::demo {

/// The archive of one job and the hash of what was sent of it so far.
class Archive
{
public:
    /// @p begunBefore: what was sent by an earlier run is unknown, and taken for all that is missing.
    Archive(const ArchiveSpec &spec, GzipImage::Packing packing, const std::string &etagSeed, bool begunBefore);

    [[nodiscard]] std::shared_ptr<const GzipImage> image() const { return m_image; }
    [[nodiscard]] const std::string &etag() const { return m_etag; }

    /// Bytes at a place were sent. What continues where the hash stands goes into it, so that a resumed transfer costs
    /// no second pass.
    void sent(std::uint64_t offset, std::string_view bytes);
    /// Whether each of the archive's first bytes, so many, was sent at least once.
    bool wasSent(std::uint64_t size);
    /// SHA-1 of the whole archive; makes what was not sent in order. Nothing when told to stop meanwhile.
    std::optional<std::string> hash(const std::atomic<bool> &stopping);

private:
    std::shared_ptr<const GzipImage> m_image;
    std::string m_etag;
    bool m_begunBefore;
    std::mutex m_mutex;
    RunningHash m_hash{HashKind::Sha1};
    std::uint64_t m_hashed = 0;
    std::map<std::uint64_t, std::uint64_t> m_sent; ///< start → end of stretches that do not touch each other
};

/// Archives of all jobs, made when first asked for. Thread safe.
class Archives
{
public:
    Archives(const World &world, const Options &options);
    std::shared_ptr<Archive> of(const Job &job);

private:
    const World &m_world;
    const Options &m_options;
    std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<Archive>> m_archives;
};

} // namespace tidemark::demo
