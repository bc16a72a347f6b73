#include "downloads/part_bytes.h"

#include <QCoreApplication>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <vector>

#include <fcntl.h>

namespace tidemark {

namespace {

/// Parts that are open in this process.
std::atomic<int> openParts{0};

constexpr qint64 HashBlock = 256 * 1024;
constexpr qint64 ProgressStep = qint64(16) * 1024 * 1024;
constexpr qint64 WritebackStep = qint64(16) * 1024 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::PartFile", text);
}

tl::unexpected<disk::Trouble> failed(disk::Trouble trouble)
{
    return tl::unexpected<disk::Trouble>(std::move(trouble));
}

tl::unexpected<disk::Trouble> stopped()
{
    disk::Trouble trouble;
    trouble.error.kind = ErrorKind::Cancelled;
    trouble.error.sentence = tr("Checking was stopped.");
    return failed(trouble);
}

tl::unexpected<disk::Trouble> changedUnderUs(const QString &path)
{
    disk::Trouble trouble;
    trouble.error.kind = ErrorKind::Disk;
    trouble.error.retryable = true;
    trouble.error.sentence = tr("%1 was changed by another program meanwhile.").arg(path);
    trouble.error.hint = tr("Find out what writes there, then retry: what is there is checked again.");
    return failed(trouble);
}

} // namespace

PartBytes::PartBytes()
    : m_hash(bufferPlan(openParts++))
{
}

PartBytes::~PartBytes()
{
    close();
    --openParts;
}

disk::DiskResult<void> PartBytes::open(disk::File file, const QString &path, qint64 length, qint64 safe,
                                       const Progress &progress)
{
    close();
    m_file = std::move(file);
    m_path = path;
    m_size = length;
    m_synced = std::min(safe, length);
    if (m_synced < length) {
        // While the machine runs on, a killed program loses nothing it had written, but the kernel may have failed to
        // write it: it says so once, to whoever syncs first, and keeps the pages as if they were on the disk.
        const qint64 before = m_synced;
        if (auto synced = judge(disk::syncData(m_file, disk::Sync::PartData), length); !synced) {
            close();
            return synced;
        }
        disk::dropCache(m_file, before, length - before);
    }
    if (auto hashed = hashFromDisk(length, progress); !hashed) {
        close();
        return hashed;
    }
    m_direct = disk::DirectFile(m_file);
    m_writebackStarted = length;
    return noteOwnChange();
}

disk::DiskResult<void> PartBytes::hashFromDisk(qint64 length, const Progress &progress)
{
    m_hash.reset();
    ::posix_fadvise(m_file.descriptor(), 0, length, POSIX_FADV_SEQUENTIAL);
    std::vector<char> block(HashBlock);
    qint64 done = 0;
    qint64 reported = 0;
    if (length > 0 && progress && !progress(0, length))
        return stopped();
    while (done < length) {
        const auto count = disk::readAt(m_file, block.data(), std::min(HashBlock, length - done), done);
        if (!count)
            return failed(count.error());
        if (*count == 0)
            return changedUnderUs(m_path);
        m_hash.addNow(block.data(), *count);
        done += *count;
        if (done - reported >= ProgressStep || done == length) {
            reported = done;
            if (progress && !progress(done, length))
                return stopped();
        }
    }
    return {};
}

void PartBytes::close()
{
    (void)waitForSync();
    m_hash.reset();
    m_direct = {};
    m_file.close();
    m_size = m_synced = 0;
    m_failedSync.reset();
    m_doubt = false;
    m_writebackStarted = 0;
}

disk::DiskResult<void> PartBytes::noteOwnChange()
{
    const auto now = disk::stamp(m_file);
    if (!now)
        return failed(now.error());
    m_stamp = *now;
    return {};
}

disk::DiskResult<void> PartBytes::checkForeignChange()
{
    const auto now = disk::stamp(m_file);
    if (!now)
        return failed(now.error());
    m_doubt = m_doubt || *now != m_stamp;
    return now->size == m_size ? disk::DiskResult<void>() : changedUnderUs(m_path);
}

BufferPtr PartBytes::take()
{
    BufferPtr piece = m_hash.take();
    piece->startAt(m_size);
    return piece;
}

void PartBytes::give(BufferPtr piece)
{
    piece->size = 0;
    m_hash.add(std::move(piece));
}

disk::DiskResult<void> PartBytes::append(BufferPtr piece)
{
    disk::DiskResult<void> result = m_failedSync ? failed(*m_failedSync) : checkForeignChange();
    const auto begun = std::chrono::steady_clock::now();
    qint64 done = 0;
    while (done < piece->size && result) {
        const auto written = m_direct.writeAt(m_file, piece->data() + done, piece->size - done, m_size);
        if (written) {
            done += *written;
            m_size += *written;
        } else {
            result = failed(written.error());
        }
    }
    m_writeTime += std::chrono::steady_clock::now() - begun;
    piece->size = done;
    m_hash.add(std::move(piece));
    if (done > 0) {
        startWriteback();
        if (const auto noted = noteOwnChange(); !noted && result)
            result = noted;
    }
    return result;
}

void PartBytes::startWriteback()
{
    if (m_direct.isOpen() || m_size - m_writebackStarted < WritebackStep)
        return;
    disk::startWriteback(m_file, m_writebackStarted, m_size - m_writebackStarted);
    m_writebackStarted = m_size;
}

disk::DiskResult<void> PartBytes::judge(const disk::DiskResult<void> &synced, qint64 covered)
{
    if (synced) {
        m_synced = std::max(m_synced, covered);
        return {};
    }
    // The kernel says a write-back error once and forgets the bytes: no later sync may be believed about them.
    m_failedSync = synced.error();
    m_direct = {};
    (void)disk::truncate(m_file, m_synced); // where this fails too, the next open reads what is really there
    disk::dropCache(m_file, 0, 0);
    m_size = m_synced;
    return failed(*m_failedSync);
}

disk::DiskResult<void> PartBytes::sync()
{
    if (auto earlier = waitForSync(); !earlier)
        return earlier;
    if (m_failedSync)
        return failed(*m_failedSync);
    if (m_synced == m_size)
        return {};
    return judge(disk::syncData(m_file, disk::Sync::PartData), m_size);
}

void PartBytes::startSync()
{
    if (!waitForSync() || m_failedSync)
        return;
    m_syncingSize = m_size;
    m_syncing = std::async(std::launch::async, [this] { return disk::syncData(m_file, disk::Sync::PartData); });
}

disk::DiskResult<void> PartBytes::waitForSync()
{
    return m_syncing.valid() ? judge(m_syncing.get(), m_syncingSize) : disk::DiskResult<void>();
}

std::optional<disk::DiskResult<qint64>> PartBytes::takeSynced()
{
    if (!m_syncing.valid() || m_syncing.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
        return std::nullopt;
    return waitForSync().map([this] { return m_synced; });
}

disk::DiskResult<void> PartBytes::clear()
{
    if (auto earlier = waitForSync(); !earlier)
        return earlier;
    if (auto cut = disk::truncate(m_file, 0); !cut)
        return cut;
    m_hash.reset();
    m_size = m_synced = m_writebackStarted = 0;
    m_doubt = false;
    return noteOwnChange();
}

disk::DiskResult<void> PartBytes::prove(const Progress &progress)
{
    if (auto synced = sync(); !synced)
        return synced;
    if (auto same = checkForeignChange(); !same)
        return same;
    const auto named = disk::stampOf(m_path);
    if (!named || named->inode != m_stamp.inode || named->device != m_stamp.device)
        return failed(disk::trouble(ENOENT, tr("%1 was removed").arg(m_path)));
    if (!m_doubt)
        return {};
    const auto before = disk::stamp(m_file);
    // What the other program wrote is to be on the disk as well before it is read from there.
    if (auto synced = judge(disk::syncData(m_file, disk::Sync::PartData), m_size); !synced)
        return synced;
    disk::dropCache(m_file, 0, 0);
    if (auto hashed = hashFromDisk(m_size, progress); !hashed)
        return hashed;
    const auto after = disk::stamp(m_file);
    if (!before || !after || *before != *after)
        return changedUnderUs(m_path);
    m_stamp = *after;
    m_doubt = false;
    return {};
}

} // namespace tidemark
