#pragma once

#include "downloads/disk.h"
#include "downloads/hash_beside.h"

#include <chrono>
#include <functional>
#include <future>
#include <optional>

namespace tidemark {

/// The bytes of an open part file, their running SHA-1, and what is known of them on the disk: how many were written,
/// how many a successful sync covers, whether a sync ever failed, whether anybody else has touched the file. All calls
/// block; one worker thread uses it. docs/downloads.md says what depends on which of these.
///
/// Whole pages go to the disk past the page cache where the file system is known to gain by it: nothing is copied, a
/// sync finds little left to do, and an archive of hundreds of gigabytes does not push everything else out of the
/// machine's memory.
class PartBytes
{
public:
    /// Called with (bytes hashed, bytes to hash); false stops, with an error of kind Cancelled.
    using Progress = std::function<bool(qint64, qint64)>;

    PartBytes();
    ~PartBytes();
    PartBytes(const PartBytes &) = delete;
    PartBytes &operator=(const PartBytes &) = delete;

    /// Takes the file with its first `length` bytes, of which `safe` are known to be on the disk; the others are synced
    /// and read back from there. Where that sync fails, the file is cut back to the safe ones. `path` is its name.
    disk::DiskResult<void> open(disk::File file, const QString &path, qint64 length, qint64 safe,
                                const Progress &progress);
    void close();

    bool isOpen() const { return m_file.isOpen(); }
    qint64 size() const { return m_size; }
    qint64 synced() const { return m_synced; }
    QString sha1() { return m_hash.hex(); }
    const disk::Stamp &stamp() const { return m_stamp; }

    /// An empty piece, aligned for the file's end; waits until one is free.
    BufferPtr take();
    /// Gives back a piece that is not needed.
    void give(BufferPtr piece);
    /// Writes the piece; it is hashed while the next one comes. After a failure the bytes written until then are in
    /// both.
    disk::DiskResult<void> append(BufferPtr piece);
    /// Everything so far survives a loss of power. A failed sync is final: what it did not cover is cut off, and
    /// nothing more is taken until the file is opened anew.
    disk::DiskResult<void> sync();
    /// The same on a thread of its own, while more is written: a disk can take a third of a second for it.
    void startSync();
    bool isSyncing() const { return m_syncing.valid(); }
    /// Bytes that survive a loss of power, once what startSync began has ended; waits for nothing.
    std::optional<disk::DiskResult<qint64>> takeSynced();
    disk::DiskResult<void> clear();

    /// That size() bytes with sha1() are on the disk under the file's name, and nobody else has written there since
    /// they were hashed. Where that is in doubt they are read from the disk and hashed again, and sha1() is what is
    /// there. A failure where the file was removed, replaced or cut.
    disk::DiskResult<void> prove(const Progress &progress);
    /// For the proof: the file has another name now.
    void setPath(const QString &path) { m_path = path; }

    /// Time spent so far: what takes most of the wall clock limits the speed.
    std::chrono::nanoseconds hashTime() const { return m_hash.time(); }
    std::chrono::nanoseconds writeTime() const { return m_writeTime; }

private:
    disk::DiskResult<void> hashFromDisk(qint64 length, const Progress &progress);
    disk::DiskResult<void> noteOwnChange();
    disk::DiskResult<void> checkForeignChange();
    disk::DiskResult<void> judge(const disk::DiskResult<void> &synced, qint64 covered);
    void startWriteback();
    disk::DiskResult<void> waitForSync();

    disk::File m_file;
    disk::DirectFile m_direct;
    QString m_path;
    HashBeside m_hash;
    qint64 m_size = 0;
    qint64 m_synced = 0;
    std::optional<disk::Trouble> m_failedSync;
    bool m_doubt = false; ///< somebody else has, or may have, written to the file
    disk::Stamp m_stamp;  ///< after our own last change
    qint64 m_writebackStarted = 0;
    std::future<disk::DiskResult<void>> m_syncing;
    qint64 m_syncingSize = 0;
    std::chrono::nanoseconds m_writeTime{0};
};

} // namespace tidemark
