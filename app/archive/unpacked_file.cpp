#include "archive/unpacked_file.h"

#include "archive/unpack_folder.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>

namespace tidemark {

namespace {

constexpr qint64 Step = 16 * 1024 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::Unpack", text);
}

/// Where a file system cannot do it, the last sync does it all.
bool fileRange(int file, qint64 from, qint64 to, unsigned how)
{
    return ::sync_file_range(file, from, to - from, how) == 0 || errno == ENOSYS || errno == EINVAL || errno == ESPIPE;
}

} // namespace

Result<UnpackedFile> UnpackedFile::make(int folder, const QString &name, const QString &path)
{
    UnpackedFile file;
    file.m_path = path;
    file.m_file.reset(::openat(folder, QFile::encodeName(name).constData(),
                               O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (file.m_file.isOpen())
        return file;
    if (errno != EEXIST)
        return failure(diskError(tr("%1 could not be made").arg(path)));
    Error error;
    error.kind = ErrorKind::Refused;
    error.sentence = tr("The archive holds the same path twice: %1").arg(path);
    return failure(error);
}

Result<void> UnpackedFile::write(const char *data, qint64 length, qint64 offset)
{
    for (qint64 done = 0; done < length;) {
        const ssize_t count = ::pwrite(m_file.get(), data + done, static_cast<size_t>(length - done), offset + done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failure(diskError(tr("%1 could not be written").arg(m_path)));
        done += count;
    }
    m_end = std::max(m_end, offset + length);
    if (m_end - m_started < Step)
        return {};
    // The step before is waited for while this one is on its way.
    if (m_started > m_flushed &&
        !fileRange(m_file.get(), m_flushed, m_started,
                   SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER))
        return failure(diskError(tr("%1 could not be brought to the disk").arg(m_path)));
    m_flushed = m_started;
    if (!fileRange(m_file.get(), m_started, m_end, SYNC_FILE_RANGE_WRITE))
        return failure(diskError(tr("%1 could not be brought to the disk").arg(m_path)));
    m_started = m_end;
    return {};
}

Result<void> UnpackedFile::finish(qint64 size)
{
    if (size > m_end && ::ftruncate(m_file.get(), size) != 0)
        return failure(diskError(tr("%1 could not be written").arg(m_path)));
    if (::fsync(m_file.get()) != 0)
        return failure(diskError(tr("%1 could not be brought to the disk").arg(m_path)));
    // Some file systems say only now that bytes did not fit, such as those of other machines.
    if (::close(m_file.release()) != 0 && errno != EINTR)
        return failure(diskError(tr("%1 could not be written").arg(m_path)));
    return {};
}

} // namespace tidemark
