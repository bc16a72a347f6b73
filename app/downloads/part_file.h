#pragma once

#include "downloads/disk.h"
#include "downloads/journal.h"
#include "downloads/owner_file.h"
#include "downloads/part_bytes.h"
#include "downloads/safe_name.h"

#include <chrono>
#include <memory>

namespace tidemark {

/// Which download a part file belongs to, and what the list of downloads remembers of it.
struct PartOwner
{
    DownloadId id;
    JobId job;
    QString fileName; ///< as the server names it
    QString folder;
    QString localName;
    qint64 bytesReceived = 0; ///< not 0: the list knows of bytes here, whatever became of the journal
    qint64 bytesTotal = -1;
    int requests = 0; ///< at least so many were counted, also for bytes that were found corrupt
};

/// NAME.part and its journal, the one place that knows what of a download is on the disk: who owns the name, how far
/// its bytes can be believed, and what it becomes at the end. Whatever publishes it, sets it aside or discards it gets
/// the proof here first (PartBytes::prove). All calls block; one worker thread uses it.
class PartFile
{
public:
    explicit PartFile(PartOwner owner);

    using Progress = PartBytes::Progress;

    /// Takes the file over (one owner), believes what can be believed of it and hashes that anew. Where a file with the
    /// final name is this download's own finished work, it is taken up instead (isPublished), and so is one set aside
    /// (setAsidePath) unless it is to be fetched `again`. A part file or final file of somebody else's is NameTaken.
    disk::DiskResult<void> open(bool again, const Progress &progress);
    bool isOpen() const { return m_bytes.isOpen(); }
    void close();

    qint64 size() const { return m_bytes.size(); }
    const Journal &journal() const { return m_journal; }
    const DownloadPaths &paths() const { return m_paths; }
    bool isPublished() const { return m_published; }
    const QString &setAsidePath() const { return m_setAside; }
    QString sha1() { return m_bytes.sha1(); }
    const disk::Stamp &stamp() const { return m_bytes.stamp(); }

    /// Of its folder.
    disk::DiskResult<disk::Space> space() const { return disk::space(m_owner.folder); }

    /// One more GET is about to be sent for this file (+1), or cannot have counted (-1).
    disk::DiskResult<void> noteRequest(int change);
    /// The bytes that follow come from an answer with these marks. `fresh`: they start at byte 0 and replace
    /// everything.
    disk::DiskResult<void> beginAnswer(bool fresh, qint64 totalBytes, const QByteArray &etag, bool resumable);
    BufferPtr take() { return m_bytes.take(); }
    void give(BufferPtr piece) { m_bytes.give(std::move(piece)); }
    disk::DiskResult<void> append(BufferPtr piece);
    /// Everything so far survives a loss of power.
    disk::DiskResult<void> sync();
    /// To be called often: has a sync done in the background every ten seconds, and notes in the journal what
    /// one that ended has made safe.
    disk::DiskResult<void> keepSynced();
    disk::DiskResult<void> truncateAll();
    /// All bytes are here, proven and noted. `endCertain` is false where the body named no length and may have been
    /// cut.
    disk::DiskResult<void> markComplete(bool endCertain, const Progress &progress);
    /// Takes that back: the archive turned out to end too early.
    disk::DiskResult<void> markIncomplete();

    std::chrono::nanoseconds hashTime() const { return m_bytes.hashTime(); }
    std::chrono::nanoseconds writeTime() const { return m_bytes.writeTime(); }

    /// The final name, durable, for bytes that are proven once more to have the judged SHA-1. The journal stays: it may
    /// go only when the list of downloads has noted the end on disk, else a program killed in between would not know
    /// its own work again.
    disk::DiskResult<QString> publish(const QString &judgedSha1, bool writeChecksum, const Progress &progress);
    /// NAME.corrupt (or NAME.corrupt-2, …), durable; the journal stays likewise.
    disk::DiskResult<QString> setAside(const QString &judgedSha1, const Progress &progress);
    /// Deletes part and journal, where they are this download's and nobody else holds them.
    void discard();

private:
    bool isOurs(const std::optional<Journal> &journal) const;
    bool isLeftAside(bool again);
    disk::DiskResult<void> openPart(disk::File file, const Progress &progress);
    disk::DiskResult<void> takeUpPublished(const Progress &progress);
    disk::DiskResult<void> proveJudged(const QString &judgedSha1, const Progress &progress);
    disk::DiskResult<void> writeJournalNow();
    disk::DiskResult<void> ownJournal();
    disk::DiskResult<void> noteSynced(qint64 bytes);
    QString findSetAside() const;

    PartOwner m_owner;
    DownloadPaths m_paths;
    PartBytes m_bytes;
    OwnerFile m_hold; ///< where locks do not do
    Journal m_journal;
    std::chrono::steady_clock::time_point m_lastSync;
    QString m_setAside;
    bool m_published = false;
};

/// Deletes the journal of a download that has ended, unless another download of the same name has it by now. Blocking.
void forgetJournal(const PartOwner &owner);

/// Of the download as the list has it.
PartOwner ownerOf(const Download &download);

/// Brings part and journal to another folder, synced there; those at the first place stay until the list of downloads
/// has noted the new one. Nothing is overwritten. Blocking.
disk::DiskResult<void> copyPart(const PartOwner &from, const PartOwner &to, const PartFile::Progress &progress);

/// NAME.sha1 for a verified archive, in the form that `sha1sum -c` reads; a stale or half-written one is replaced.
void writeChecksumFile(const DownloadPaths &paths, const QString &localName, const QString &sha1);

} // namespace tidemark
