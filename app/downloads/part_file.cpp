#include "downloads/part_file.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>

/// What comes of a part file while its bytes arrive and when they are judged; how it is found again is in
/// part_open.cpp.
namespace tidemark {

namespace {

/// What a loss of power costs at most: ten seconds of receiving, and the time one sync takes.
constexpr std::chrono::seconds SyncInterval{10};
constexpr int MostCorruptNames = 1000;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::PartFile", text);
}

tl::unexpected<disk::Trouble> failed(disk::Trouble trouble)
{
    return tl::unexpected<disk::Trouble>(std::move(trouble));
}

} // namespace

PartFile::PartFile(PartOwner owner)
    : m_owner(std::move(owner))
    , m_paths(m_owner.folder, m_owner.localName)
    , m_lastSync(std::chrono::steady_clock::now())
{
}

void PartFile::close()
{
    m_bytes.close();
    m_hold.release();
    m_published = false;
    m_setAside.clear();
}

disk::DiskResult<void> PartFile::writeJournalNow()
{
    return writeJournal(m_paths.journal, m_journal);
}

disk::DiskResult<void> PartFile::noteRequest(int change)
{
    m_journal.requests = std::max(0, m_journal.requests + change);
    return writeJournalNow();
}

disk::DiskResult<void> PartFile::truncateAll()
{
    // The journal first: it must never call bytes safe that the file does not have.
    m_journal.syncedBytes = 0;
    m_journal.totalBytes = -1;
    m_journal.etag.clear();
    m_journal.resumable = false;
    m_journal.complete = false;
    m_journal.sha1.clear();
    if (auto written = writeJournalNow(); !written)
        return written;
    return m_bytes.clear();
}

disk::DiskResult<void> PartFile::beginAnswer(bool fresh, qint64 totalBytes, const QByteArray &etag, bool resumable)
{
    if (fresh && size() > 0) {
        if (auto cut = truncateAll(); !cut)
            return cut;
    }
    Journal next = m_journal;
    next.complete = false;
    next.resumable = resumable;
    if (fresh || totalBytes >= 0)
        next.totalBytes = totalBytes;
    if (fresh || !etag.isEmpty())
        next.etag = etag;
    if (next == m_journal)
        return {};
    m_journal = next;
    return writeJournalNow();
}

disk::DiskResult<void> PartFile::append(BufferPtr piece)
{
    if (m_hold.isLost()) {
        give(std::move(piece));
        return failed(disk::trouble(EWOULDBLOCK, tr("%1 cannot be used for this download").arg(m_paths.part)));
    }
    auto done = m_bytes.append(std::move(piece));
    m_journal.mostBytes = std::max(m_journal.mostBytes, size());
    return done;
}

disk::DiskResult<void> PartFile::keepSynced()
{
    if (const auto synced = m_bytes.takeSynced())
        return *synced ? noteSynced(**synced) : failed(synced->error());
    const auto now = std::chrono::steady_clock::now();
    if (m_bytes.isSyncing() || size() == m_journal.syncedBytes || now - m_lastSync < SyncInterval)
        return {};
    m_lastSync = now;
    m_bytes.startSync();
    return {};
}

disk::DiskResult<void> PartFile::noteSynced(qint64 bytes)
{
    if (bytes == m_journal.syncedBytes)
        return {};
    m_journal.syncedBytes = bytes;
    return writeJournalNow();
}

disk::DiskResult<void> PartFile::sync()
{
    m_lastSync = std::chrono::steady_clock::now();
    if (auto synced = m_bytes.sync(); !synced)
        return synced;
    return m_published ? disk::DiskResult<void>() : noteSynced(m_bytes.synced());
}

disk::DiskResult<void> PartFile::markIncomplete()
{
    m_journal.complete = false;
    m_journal.totalBytes = -1;
    m_journal.sha1.clear();
    return writeJournalNow();
}

disk::DiskResult<void> PartFile::markComplete(bool endCertain, const Progress &progress)
{
    if (auto proven = m_bytes.prove(progress); !proven || m_published)
        return proven;
    Journal next = m_journal;
    next.syncedBytes = m_bytes.synced();
    next.totalBytes = size();
    next.complete = true;
    next.endCertain = endCertain;
    next.sha1 = sha1();
    if (next == m_journal)
        return {};
    m_journal = next;
    return writeJournalNow();
}

disk::DiskResult<void> PartFile::proveJudged(const QString &judgedSha1, const Progress &progress)
{
    if (auto proven = m_bytes.prove(progress); !proven)
        return proven;
    if (sha1() == judgedSha1)
        return {};
    disk::Trouble trouble;
    trouble.error.kind = ErrorKind::Disk;
    trouble.error.retryable = true;
    trouble.error.sentence = tr("%1 was changed by another program while it was judged.").arg(m_paths.part);
    return failed(trouble);
}

disk::DiskResult<QString> PartFile::publish(const QString &judgedSha1, bool writeChecksum, const Progress &progress)
{
    if (auto proven = proveJudged(judgedSha1, progress); !proven)
        return failed(proven.error());
    if (!m_published) {
        if (auto renamed = disk::renameWithoutReplacing(m_paths.part, m_paths.final); !renamed)
            return failed(renamed.error());
        m_bytes.setPath(m_paths.final);
        m_published = true;
    }
    if (writeChecksum)
        writeChecksumFile(m_paths, m_owner.localName, judgedSha1);
    if (auto synced = disk::syncFolder(m_owner.folder, disk::Sync::FinalName); !synced)
        return failed(synced.error());
    return m_paths.final;
}

disk::DiskResult<QString> PartFile::setAside(const QString &judgedSha1, const Progress &progress)
{
    if (auto proven = proveJudged(judgedSha1, progress); !proven)
        return failed(proven.error());
    for (int number = 1; number <= MostCorruptNames; ++number) {
        const QString path = m_paths.corruptName(number);
        const auto renamed = disk::renameWithoutReplacing(m_published ? m_paths.final : m_paths.part, path);
        if (!renamed && renamed.error().pause == PauseReason::NameTaken)
            continue;
        if (!renamed)
            return failed(renamed.error());
        if (auto synced = disk::syncFolder(m_owner.folder, disk::Sync::AsideName); !synced)
            return failed(synced.error());
        close();
        m_setAside = path;
        return path;
    }
    return failed(disk::trouble(EEXIST, tr("%1 cannot be used for this download").arg(m_paths.corruptName(1))));
}

QString PartFile::findSetAside() const
{
    for (int number = 1; number <= MostCorruptNames; ++number) {
        const QString path = m_paths.corruptName(number);
        const auto found = disk::stampOf(path);
        if (!found)
            return {};
        if (found->size == m_journal.totalBytes)
            return path;
    }
    return {};
}

void writeChecksumFile(const DownloadPaths &paths, const QString &localName, const QString &sha1)
{
    // A safe name needs no escaping in it. A checksum that cannot be written does not make the archive worse.
    const QByteArray line = sha1.toLatin1() + "  " + localName.toUtf8() + '\n';
    (void)disk::replaceFile(paths.checksum, line, disk::Sync::Checksum, true);
}

} // namespace tidemark
