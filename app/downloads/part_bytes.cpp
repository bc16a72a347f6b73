#include "downloads/part_bytes.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>
#include <vector>

#include <fcntl.h>

namespace tidemark {

namespace {

constexpr qint64 HashBlock = 256 * 1024;
constexpr qint64 ProgressStep = qint64(16) * 1024 * 1024;
constexpr qint64 WritebackStep = qint64(16) * 1024 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::PartFile", text);
}

tl::unexpected<disk::Trouble> stopped()
{
    disk::Trouble trouble;
    trouble.error.kind = ErrorKind::Cancelled;
    trouble.error.sentence = tr("Checking was stopped.");
    return tl::unexpected<disk::Trouble>(trouble);
}

} // namespace

PartBytes::~PartBytes()
{
    close();
}

disk::DiskResult<void> PartBytes::open(disk::File file, const QString &path, qint64 length, const Progress &progress)
{
    close();
    m_file = std::move(file);
    m_path = path;
    if (auto hashed = hashExisting(length, progress); !hashed) {
        close();
        return hashed;
    }
    m_direct = disk::DirectFile(m_file);
    m_size = length;
    m_writebackStarted = length;
    return {};
}

disk::DiskResult<void> PartBytes::hashExisting(qint64 length, const Progress &progress)
{
    ::posix_fadvise(m_file.descriptor(), 0, length, POSIX_FADV_SEQUENTIAL);
    std::vector<char> block(HashBlock);
    qint64 done = 0;
    qint64 reported = 0;
    if (length > 0 && progress && !progress(0, length))
        return stopped();
    while (done < length) {
        const auto count = disk::readAt(m_file, block.data(), std::min(HashBlock, length - done), done);
        if (!count)
            return tl::unexpected<disk::Trouble>(count.error());
        if (*count == 0)
            return tl::unexpected<disk::Trouble>(
                disk::trouble(EIO, tr("%1 became shorter while it was read").arg(m_path)));
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
    waitForSync();
    m_hash.reset();
    m_direct = {};
    m_file.close();
    m_size = 0;
    m_writebackStarted = 0;
}

disk::DiskResult<qint64> PartBytes::write(const char *data, qint64 length)
{
    const auto begun = std::chrono::steady_clock::now();
    auto written = m_direct.writeAt(m_file, data, length, m_size);
    m_writeTime += std::chrono::steady_clock::now() - begun;
    if (written)
        m_size += *written;
    return written;
}

disk::DiskResult<void> PartBytes::append(const char *data, qint64 length)
{
    m_hash.wait();
    while (length > 0) {
        const auto written = write(data, length);
        if (!written)
            return tl::unexpected<disk::Trouble>(written.error());
        m_hash.addNow(data, *written);
        data += *written;
        length -= *written;
    }
    startWriteback();
    return {};
}

disk::DiskResult<void> PartBytes::append(BufferPtr piece, BufferPool &home)
{
    disk::DiskResult<void> result;
    qint64 done = 0;
    while (done < piece->size && result) {
        const auto written = write(piece->data() + done, piece->size - done);
        if (written)
            done += *written;
        else
            result = tl::unexpected<disk::Trouble>(written.error());
    }
    piece->size = done;
    m_hash.add(std::move(piece), home);
    startWriteback();
    return result;
}

void PartBytes::startWriteback()
{
    if (m_direct.isOpen() || m_size - m_writebackStarted < WritebackStep)
        return;
    disk::startWriteback(m_file, m_writebackStarted, m_size - m_writebackStarted);
    m_writebackStarted = m_size;
}

disk::DiskResult<void> PartBytes::sync()
{
    waitForSync();
    return disk::syncData(m_file);
}

void PartBytes::startSync()
{
    waitForSync();
    m_syncingSize = m_size;
    m_syncing = std::async(std::launch::async, [this] { return disk::syncData(m_file); });
}

void PartBytes::waitForSync()
{
    if (m_syncing.valid())
        (void)m_syncing.get(); // a failure is met again by the sync that follows
}

std::optional<disk::DiskResult<qint64>> PartBytes::takeSynced()
{
    if (!m_syncing.valid() || m_syncing.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
        return std::nullopt;
    return m_syncing.get().map([this] { return m_syncingSize; });
}

disk::DiskResult<void> PartBytes::clear()
{
    waitForSync();
    if (auto cut = disk::truncate(m_file, 0); !cut)
        return cut;
    m_hash.reset();
    m_size = 0;
    m_writebackStarted = 0;
    return {};
}

} // namespace tidemark
