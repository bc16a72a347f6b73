#pragma once

#include "downloads/buffer_pool.h"
#include "downloads/disk.h"
#include "downloads/hash_thread.h"

#include <chrono>
#include <functional>
#include <future>
#include <optional>

namespace tidemark {

/// The bytes of an open part file and their running SHA-1, as one thing: the hash always is that of exactly the bytes
/// in the file. Whole pages go to the disk past the page cache where the file system is known to gain by it: nothing
/// is copied, a sync finds little left to do, and an archive of hundreds of gigabytes does not push everything else
/// out of the machine's memory. All calls block; one worker thread uses it.
class PartBytes
{
public:
    /// Called with (bytes hashed, bytes to hash); false stops, with an error of kind Cancelled.
    using Progress = std::function<bool(qint64, qint64)>;

    PartBytes() = default;
    ~PartBytes();
    PartBytes(const PartBytes &) = delete;
    PartBytes &operator=(const PartBytes &) = delete;

    /// Takes the file with its first `length` bytes, which are hashed. `path` is for error sentences.
    disk::DiskResult<void> open(disk::File file, const QString &path, qint64 length, const Progress &progress);
    void close();

    bool isOpen() const { return m_file.isOpen(); }
    const disk::File &file() const { return m_file; }
    qint64 size() const { return m_size; }
    QString sha1() const { return m_hash.hex(); }

    /// Writes and hashes; after a failure the bytes written until then are in both.
    disk::DiskResult<void> append(const char *data, qint64 length);
    /// The same, hashing while the next piece is written; the piece goes back to `home`.
    disk::DiskResult<void> append(BufferPtr piece, BufferPool &home);
    /// Everything so far survives a loss of power.
    disk::DiskResult<void> sync();
    /// The same on a thread of its own, while more is written: a disk can take a third of a second for it.
    void startSync();
    bool isSyncing() const { return m_syncing.valid(); }
    /// Bytes that survive a loss of power, once what startSync began has ended; waits for nothing.
    std::optional<disk::DiskResult<qint64>> takeSynced();
    disk::DiskResult<void> clear();

    /// Time spent so far in append: what takes most of the wall clock limits the speed.
    std::chrono::nanoseconds hashTime() const { return m_hash.time(); }
    std::chrono::nanoseconds writeTime() const { return m_writeTime; }

private:
    disk::DiskResult<void> hashExisting(qint64 length, const Progress &progress);
    disk::DiskResult<qint64> write(const char *data, qint64 length);
    void startWriteback();
    void waitForSync();

    disk::File m_file;
    disk::DirectFile m_direct;
    QString m_path;
    HashThread m_hash;
    qint64 m_size = 0;
    qint64 m_writebackStarted = 0;
    std::future<disk::DiskResult<void>> m_syncing;
    qint64 m_syncingSize = 0;
    std::chrono::nanoseconds m_writeTime{0};
};

} // namespace tidemark
