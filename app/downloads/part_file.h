#pragma once

#include "downloads/disk.h"
#include "downloads/journal.h"
#include "downloads/part_bytes.h"
#include "downloads/safe_name.h"

#include <chrono>

namespace tidemark {

/// NAME.part and its journal: who owns the name, how far its bytes can be believed, and what it becomes at the end. All
/// calls block; one worker thread uses it.
class PartFile
{
public:
    PartFile(const QString &folder, const QString &localName, const JobId &job, const QString &fileName);

    using Progress = PartBytes::Progress;

    /// Takes the file over (one owner), believes what can be believed of it and hashes that anew. Where a file with the
    /// final name is this download's own finished work, it is taken up instead (isPublished), and so is one set aside
    /// (setAsidePath). A part file or final file of somebody else's is NameTaken.
    disk::DiskResult<void> open(const Progress &progress);
    bool isOpen() const { return m_bytes.isOpen(); }
    /// The names still lead to the open file and nobody has changed its size.
    bool isIntact() const;
    void close();

    qint64 size() const { return m_bytes.size(); }
    const Journal &journal() const { return m_journal; }
    const DownloadPaths &paths() const { return m_paths; }
    bool isPublished() const { return m_published; }
    const QString &setAsidePath() const { return m_setAside; }

    /// One more GET is about to be sent for this file (+1), or was refused and cannot have counted (-1).
    disk::DiskResult<void> noteRequest(int change);
    /// The bytes that follow come from an answer with these marks. `fresh`: they start at byte 0 and replace
    /// everything.
    disk::DiskResult<void> beginAnswer(bool fresh, qint64 totalBytes, const QByteArray &etag, bool resumable);
    /// Writes and hashes; after a failure the bytes written until then are in both.
    disk::DiskResult<void> append(const char *data, qint64 length);
    disk::DiskResult<void> append(BufferPtr piece, BufferPool &home);
    /// Everything so far survives a loss of power.
    disk::DiskResult<void> sync();
    /// To be called often: has a sync done in the background every ten seconds, and notes in the journal what
    /// one that ended has made safe.
    disk::DiskResult<void> keepSynced();
    disk::DiskResult<void> truncateAll();
    /// All bytes are here. `endCertain` is false where the body named no length and may have been cut.
    disk::DiskResult<void> markComplete(bool endCertain);
    /// Takes that back: the archive turned out to end too early.
    disk::DiskResult<void> markIncomplete();
    disk::DiskResult<void> notePublishedHash(const QString &hash);
    QString sha1() const { return m_bytes.sha1(); }
    /// Time spent so far in append: what takes most of the wall clock limits the speed.
    std::chrono::nanoseconds hashTime() const { return m_bytes.hashTime(); }
    std::chrono::nanoseconds writeTime() const { return m_bytes.writeTime(); }

    /// The final name, durable. The journal stays: it may go only when the queue has noted the end on disk, else a
    /// program killed in between would not know its own work again.
    disk::DiskResult<QString> publish(bool writeChecksum);
    /// NAME.corrupt (or NAME.corrupt-2, …), durable; the journal stays likewise.
    disk::DiskResult<QString> setAside();
    /// Deletes part and journal, where they are this download's and nobody else holds them.
    void discard();
    /// Deletes the journal of an ended download.
    void forgetJournal();

private:
    disk::DiskResult<void> takeUpPublished(const Progress &progress);
    disk::DiskResult<void> writeJournalNow();
    disk::DiskResult<void> noteSynced(qint64 bytes);
    disk::DiskResult<void> checkStillThere() const;
    QString findSetAside() const;

    DownloadPaths m_paths;
    QString m_folder;
    QString m_localName;
    PartBytes m_bytes;
    Journal m_journal;
    std::chrono::steady_clock::time_point m_lastSync;
    QString m_setAside;
    bool m_published = false;
};

} // namespace tidemark
