#include "downloads/part_file.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>
#include <thread>

/// How a part file is found again: after a pause, a crash, a loss of power, or by a second copy of the program.
namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::PartFile", text);
}

tl::unexpected<disk::Trouble> failed(disk::Trouble trouble)
{
    return tl::unexpected<disk::Trouble>(std::move(trouble));
}

tl::unexpected<disk::Trouble> taken(const QString &path)
{
    return failed(disk::trouble(EEXIST, tr("%1 cannot be used for this download").arg(path)));
}

/// An owner that is about to end (a killed program, a cancelled download) gets a moment to let go. Who is told to stop
/// does not wait for it: there is no call that waits for a lock for so long and no longer.
disk::DiskResult<disk::File> openPatiently(const QString &path, bool *isLocked, const PartFile::Progress &progress)
{
    constexpr int rounds = 15;
    constexpr std::chrono::milliseconds pause{100};
    auto file = disk::openOwned(path, isLocked);
    for (int round = 1; round < rounds && !file && file.error().pause == PauseReason::InUseElsewhere; ++round) {
        if (progress && !progress(0, 0))
            break;
        std::this_thread::sleep_for(pause);
        file = disk::openOwned(path, isLocked);
    }
    return file;
}

} // namespace

bool PartFile::isOurs(const std::optional<Journal> &journal) const
{
    return journal && journal->belongsTo(m_owner.job, m_owner.fileName);
}

bool PartFile::isLeftAside(bool again)
{
    const auto journal = readJournal(m_paths.journal);
    if (disk::exists(m_paths.part) || !isOurs(journal) || !journal->complete)
        return false;
    m_journal = *journal;
    m_setAside = findSetAside();
    if (m_setAside.isEmpty() || !again)
        return !m_setAside.isEmpty();
    m_setAside.clear();
    removeJournal(m_paths.journal);
    return false;
}

disk::DiskResult<void> PartFile::open(bool again, const Progress &progress)
{
    close();
    if (auto folder = disk::checkFolder(m_owner.folder); !folder)
        return folder;
    if (disk::exists(m_paths.final) && !disk::exists(m_paths.part)) {
        const auto journal = readJournal(m_paths.journal);
        if (!isOurs(journal) || !journal->complete)
            return taken(m_paths.final);
        m_journal = *journal;
        return takeUpPublished(progress);
    }
    if (isLeftAside(again))
        return ownJournal();
    bool isLocked = false;
    auto file = openPatiently(m_paths.part, &isLocked, progress);
    if (!file)
        return failed(file.error());
    if (!isLocked) {
        if (auto held = m_hold.take(m_paths.part + QStringLiteral(".owner")); !held)
            return held;
    }
    return openPart(std::move(*file), progress);
}

disk::DiskResult<void> PartFile::openPart(disk::File file, const Progress &progress)
{
    const auto size = disk::size(file);
    if (!size)
        return failed(size.error());
    // Read only now: until the lock was ours, another owner may have written it.
    const auto journal = readJournal(m_paths.journal);
    const bool ours = isOurs(journal);
    // Bytes without a journal are ours where the list of downloads says so; they are hashed as they are.
    const bool adopted = !ours && *size > 0 && m_owner.bytesReceived > 0 && !disk::exists(m_paths.journal);
    const bool foreign = !ours && !adopted && (*size > 0 || disk::exists(m_paths.journal));
    if (foreign || disk::exists(m_paths.final)) {
        // The last step of an earlier run was cut in the middle, on a file system without atomic renames: both names
        // lead to one file.
        if (ours && journal->complete && disk::isStillAt(file, m_paths.final)) {
            disk::remove(m_paths.part);
            m_journal = *journal;
            return takeUpPublished(progress);
        }
        if (*size == 0 && !ours)
            disk::remove(m_paths.part); // made by the open before
        return taken(foreign ? (*size > 0 ? m_paths.part : m_paths.journal) : m_paths.final);
    }
    m_journal = ours ? *journal : Journal{};
    m_journal.owner = m_owner.id;
    m_journal.job = m_owner.job;
    m_journal.fileName = m_owner.fileName;
    m_journal.requests = std::max(m_journal.requests, m_owner.requests);
    if (adopted)
        m_journal.totalBytes = m_owner.bytesTotal;

    const QString boot = disk::bootId();
    qint64 trusted = adopted ? *size : m_journal.trustedBytes(*size, boot);
    if (m_journal.totalBytes >= 0)
        trusted = std::min(trusted, m_journal.totalBytes);
    if (trusted < *size) {
        if (auto cut = disk::truncate(file, trusted); !cut)
            return cut;
    }
    const qint64 safe = adopted ? 0 : std::min(m_journal.syncedBytes, trusted);
    if (auto hashed = m_bytes.open(std::move(file), m_paths.part, trusted, safe, progress); !hashed)
        return hashed;
    m_journal.syncedBytes = m_bytes.synced();
    // Every byte may have come although there was no time left to say so.
    const bool whole = m_journal.totalBytes >= 0 && trusted == m_journal.totalBytes && trusted > 0;
    m_journal.endCertain = m_journal.complete ? m_journal.endCertain : true;
    m_journal.complete = whole;
    m_journal.bootId = boot;
    m_journal.mostBytes = std::max(m_journal.mostBytes, trusted);
    if (ours && m_journal == *journal)
        return {};
    return writeJournalNow();
}

disk::DiskResult<void> PartFile::takeUpPublished(const Progress &progress)
{
    auto file = disk::openForReading(m_paths.final);
    if (!file)
        return failed(file.error());
    const auto size = disk::size(*file);
    if (!size)
        return failed(size.error());
    if (*size != m_journal.totalBytes)
        return taken(m_paths.final);
    if (auto hashed = m_bytes.open(std::move(*file), m_paths.final, *size, m_journal.syncedBytes, progress); !hashed)
        return hashed;
    if (sha1() != m_journal.sha1) {
        close();
        return taken(m_paths.final);
    }
    m_published = true;
    return ownJournal();
}

/// A journal that was left by a download which the list has lost goes with the end of this one.
disk::DiskResult<void> PartFile::ownJournal()
{
    if (m_journal.owner == m_owner.id)
        return {};
    m_journal.owner = m_owner.id;
    return writeJournalNow();
}

void PartFile::discard()
{
    disk::File owned;
    if (!isOpen() && disk::exists(m_paths.part)) {
        if (auto file = disk::openOwned(m_paths.part))
            owned = std::move(*file);
    }
    if ((isOpen() || owned.isOpen()) && !m_published && isOurs(readJournal(m_paths.journal))) {
        // The journal last: a part without one would be a stranger's.
        disk::remove(m_paths.part);
        removeJournal(m_paths.journal);
    }
    close();
}

void forgetJournal(const PartOwner &owner)
{
    const DownloadPaths paths(owner.folder, owner.localName);
    const auto journal = readJournal(paths.journal);
    if (journal && journal->owner == owner.id && journal->belongsTo(owner.job, owner.fileName))
        removeJournal(paths.journal);
}

PartOwner ownerOf(const Download &download)
{
    return {download.id,        download.source.job,    download.source.fileName, download.folder,
            download.localName, download.bytesReceived, download.bytesTotal,      download.requests};
}

} // namespace tidemark
