#include "downloads/part_file.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <thread>

namespace tidemark {

namespace {

/// What a loss of power costs at most: ten seconds of receiving, and the time one sync takes.
constexpr std::chrono::seconds SyncInterval{10};
constexpr int MostCorruptNames = 1000;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::PartFile", text);
}

tl::unexpected<disk::Trouble> taken(const QString &path)
{
    return tl::unexpected<disk::Trouble>(disk::trouble(EEXIST, tr("%1 cannot be used for this download").arg(path)));
}

QString corruptName(const DownloadPaths &paths, int number)
{
    return number == 1 ? paths.corrupt : QStringLiteral("%1-%2").arg(paths.corrupt).arg(number);
}

/// An owner that is about to end (a killed program, a cancelled download) gets a moment to let go.
disk::DiskResult<disk::File> openPatiently(const QString &path)
{
    constexpr int rounds = 15;
    constexpr std::chrono::milliseconds pause{100};
    auto file = disk::openOwned(path);
    for (int round = 1; round < rounds && !file && file.error().pause == PauseReason::InUseElsewhere; ++round) {
        std::this_thread::sleep_for(pause);
        file = disk::openOwned(path);
    }
    return file;
}

} // namespace

PartFile::PartFile(const QString &folder, const QString &localName, const JobId &job, const QString &fileName)
    : m_paths(folder, localName)
    , m_folder(folder)
    , m_localName(localName)
    , m_lastSync(std::chrono::steady_clock::now())
{
    m_journal.job = job;
    m_journal.fileName = fileName;
}

disk::DiskResult<void> PartFile::open(const Progress &progress)
{
    close();
    if (auto folder = disk::checkFolder(m_folder); !folder)
        return folder;
    Journal fresh;
    fresh.job = m_journal.job;
    fresh.fileName = m_journal.fileName;
    const auto isOurs = [this](const std::optional<Journal> &journal) {
        return journal && journal->belongsTo(m_journal.job, m_journal.fileName);
    };
    if (disk::exists(m_paths.final) && !disk::exists(m_paths.part)) {
        const auto journal = readJournal(m_paths.journal);
        if (!isOurs(journal) || !journal->complete)
            return taken(m_paths.final);
        m_journal = *journal;
        return takeUpPublished(progress);
    }

    if (!disk::exists(m_paths.part)) {
        const auto journal = readJournal(m_paths.journal);
        if (isOurs(journal) && journal->complete) {
            m_journal = *journal;
            m_setAside = findSetAside();
            if (!m_setAside.isEmpty())
                return {};
        }
    }

    auto file = openPatiently(m_paths.part);
    if (!file)
        return tl::unexpected<disk::Trouble>(file.error());
    const auto size = disk::size(*file);
    if (!size)
        return tl::unexpected<disk::Trouble>(size.error());
    // Read only now: until the lock was ours, another owner may have written it.
    const auto journal = readJournal(m_paths.journal);
    const bool ours = isOurs(journal);
    const bool foreign = !ours && (*size > 0 || disk::exists(m_paths.journal));
    if (foreign || disk::exists(m_paths.final)) {
        const QFileInfo final(m_paths.final);
        // The last step of an earlier run was cut in the middle: both names on one file, or an empty placeholder.
        const bool linked = ours && journal->complete && disk::isStillAt(*file, m_paths.final);
        const bool placeholder = ours && journal->complete && final.isFile() && final.size() == 0 && *size > 0;
        if (linked) {
            disk::remove(m_paths.part);
            m_journal = *journal;
            return takeUpPublished(progress);
        }
        if (placeholder) {
            disk::remove(m_paths.final);
        } else {
            if (*size == 0 && !ours)
                disk::remove(m_paths.part); // made by the open above
            return taken(foreign ? (*size > 0 ? m_paths.part : m_paths.journal) : m_paths.final);
        }
    }
    m_journal = ours ? *journal : fresh;

    const QString boot = disk::bootId();
    qint64 trusted = m_journal.trustedBytes(*size, boot);
    if (m_journal.totalBytes >= 0)
        trusted = std::min(trusted, m_journal.totalBytes);
    if (trusted < *size) {
        if (auto cut = disk::truncate(*file, trusted); !cut)
            return cut;
    }
    if (auto hashed = m_bytes.open(std::move(*file), m_paths.part, trusted, progress); !hashed)
        return hashed;
    m_journal.syncedBytes = std::min(m_journal.syncedBytes, trusted);
    m_journal.complete = m_journal.complete && trusted == m_journal.totalBytes;
    m_journal.bootId = boot;
    m_journal.mostBytes = std::max(m_journal.mostBytes, trusted);
    if (auto written = writeJournalNow(); !written)
        return written;
    return ours ? disk::DiskResult<void>{} : disk::syncFolder(m_folder);
}

disk::DiskResult<void> PartFile::takeUpPublished(const Progress &progress)
{
    auto file = disk::openForReading(m_paths.final);
    if (!file)
        return tl::unexpected<disk::Trouble>(file.error());
    const auto size = disk::size(*file);
    if (!size)
        return tl::unexpected<disk::Trouble>(size.error());
    if (auto hashed = m_bytes.open(std::move(*file), m_paths.final, *size, progress); !hashed)
        return hashed;
    if (sha1() != m_journal.sha1) {
        close();
        return taken(m_paths.final);
    }
    m_published = true;
    return {};
}

QString PartFile::findSetAside() const
{
    for (int number = 1; number <= MostCorruptNames; ++number) {
        const QFileInfo info(corruptName(m_paths, number));
        if (!info.exists())
            return {};
        if (info.size() == m_journal.totalBytes)
            return info.filePath();
    }
    return {};
}

disk::DiskResult<void> PartFile::checkStillThere() const
{
    if (disk::isStillAt(m_bytes.file(), m_paths.part))
        return {};
    return tl::unexpected<disk::Trouble>(disk::trouble(ENOENT, tr("%1 was removed").arg(m_paths.part)));
}

bool PartFile::isIntact() const
{
    const auto onDisk = disk::size(m_bytes.file());
    return isOpen() && disk::isStillAt(m_bytes.file(), m_published ? m_paths.final : m_paths.part) && onDisk &&
           *onDisk == size();
}

void PartFile::close()
{
    m_bytes.close();
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
    if (auto cut = m_bytes.clear(); !cut)
        return cut;
    m_journal.syncedBytes = 0;
    m_journal.totalBytes = -1;
    m_journal.etag.clear();
    m_journal.resumable = false;
    m_journal.complete = false;
    return writeJournalNow();
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

disk::DiskResult<void> PartFile::append(const char *data, qint64 length)
{
    auto done = m_bytes.append(data, length);
    m_journal.mostBytes = std::max(m_journal.mostBytes, size());
    return done;
}

disk::DiskResult<void> PartFile::append(BufferPtr piece, BufferPool &home)
{
    auto done = m_bytes.append(std::move(piece), home);
    m_journal.mostBytes = std::max(m_journal.mostBytes, size());
    return done;
}

disk::DiskResult<void> PartFile::keepSynced()
{
    if (const auto synced = m_bytes.takeSynced())
        return *synced ? noteSynced(**synced) : tl::unexpected<disk::Trouble>(synced->error());
    const auto now = std::chrono::steady_clock::now();
    if (m_bytes.isSyncing() || size() == m_journal.syncedBytes || now - m_lastSync < SyncInterval)
        return {};
    m_lastSync = now;
    if (auto there = checkStillThere(); !there)
        return there;
    m_bytes.startSync();
    return {};
}

disk::DiskResult<void> PartFile::noteSynced(qint64 bytes)
{
    m_journal.syncedBytes = bytes;
    return writeJournalNow();
}

disk::DiskResult<void> PartFile::sync()
{
    m_lastSync = std::chrono::steady_clock::now();
    if (auto there = checkStillThere(); !there)
        return there;
    if (size() == m_journal.syncedBytes)
        return {};
    if (auto synced = m_bytes.sync(); !synced)
        return synced;
    return noteSynced(size());
}

disk::DiskResult<void> PartFile::notePublishedHash(const QString &hash)
{
    m_journal.publishedHash = hash;
    return writeJournalNow();
}

disk::DiskResult<void> PartFile::markIncomplete()
{
    m_journal.complete = false;
    m_journal.totalBytes = -1;
    m_journal.sha1.clear();
    return writeJournalNow();
}

disk::DiskResult<void> PartFile::markComplete(bool endCertain)
{
    if (m_published)
        return {};
    if (auto there = checkStillThere(); !there)
        return there;
    if (auto synced = m_bytes.sync(); !synced)
        return synced;
    m_journal.syncedBytes = size();
    m_journal.totalBytes = size();
    m_journal.complete = true;
    m_journal.endCertain = endCertain;
    m_journal.sha1 = sha1();
    return writeJournalNow();
}

disk::DiskResult<QString> PartFile::publish(bool writeChecksum)
{
    if (!m_published) {
        if (auto renamed = disk::renameWithoutReplacing(m_paths.part, m_paths.final); !renamed)
            return tl::unexpected<disk::Trouble>(renamed.error());
        m_published = true;
    }
    if (writeChecksum && !disk::exists(m_paths.checksum)) {
        // The form that `sha1sum -c` reads; a safe name needs no escaping in it. A checksum that cannot be written
        // does not make the archive worse.
        (void)disk::writeNewFile(m_paths.checksum, sha1().toLatin1() + "  " + m_localName.toUtf8() + '\n');
    }
    if (auto synced = disk::syncFolder(m_folder); !synced)
        return tl::unexpected<disk::Trouble>(synced.error());
    m_bytes.close();
    return m_paths.final;
}

disk::DiskResult<QString> PartFile::setAside()
{
    for (int number = 1; number <= MostCorruptNames; ++number) {
        const QString path = corruptName(m_paths, number);
        const auto renamed = disk::renameWithoutReplacing(m_published ? m_paths.final : m_paths.part, path);
        if (!renamed && renamed.error().pause == PauseReason::NameTaken)
            continue;
        if (!renamed)
            return tl::unexpected<disk::Trouble>(renamed.error());
        if (auto synced = disk::syncFolder(m_folder); !synced)
            return tl::unexpected<disk::Trouble>(synced.error());
        close();
        m_setAside = path;
        return path;
    }
    return taken(m_paths.corrupt);
}

void PartFile::discard()
{
    disk::File owned;
    if (!isOpen() && disk::exists(m_paths.part)) {
        if (auto file = disk::openOwned(m_paths.part))
            owned = std::move(*file);
    }
    const auto journal = readJournal(m_paths.journal);
    if ((isOpen() || owned.isOpen()) && !m_published && journal &&
        journal->belongsTo(m_journal.job, m_journal.fileName)) {
        // The journal last: a part without one would be a stranger's.
        disk::remove(m_paths.part);
        removeJournal(m_paths.journal);
    }
    close();
}

void PartFile::forgetJournal()
{
    const auto journal = readJournal(m_paths.journal);
    if (journal && journal->belongsTo(m_journal.job, m_journal.fileName))
        removeJournal(m_paths.journal);
    close();
}

} // namespace tidemark
