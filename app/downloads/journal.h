#pragma once

#include "base/ids.h"
#include "downloads/disk.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace tidemark {

/// What is known of a part file, kept beside it as NAME.part.json, so that after any end of the program the download
/// goes on from what is really on disk. Written atomically and before the first byte. Neither link nor header is in
/// it: they are secrets and are read anew from the job.
struct Journal
{
    DownloadId owner; ///< of the download that last worked on it
    JobId job;
    QString fileName;       ///< as the server names it
    qint64 syncedBytes = 0; ///< so much certainly survives a loss of power
    QString bootId;         ///< of the machine's start in which it was written; see trustedBytes
    qint64 totalBytes = -1; ///< from the server; -1 when it named no length
    QByteArray etag;        ///< of the answer that the bytes come from; empty when it had none
    bool resumable = false; ///< the server has shown that it can send the rest alone
    int requests = 0;       ///< GETs that a server may have counted as downloads
    qint64 mostBytes = 0;   ///< the largest size the part has had: what lies below is no progress
    bool complete = false;  ///< every byte has come and is synced
    bool endCertain = true; ///< false where the body named no length and may have been cut
    QString sha1;           ///< of the complete bytes

    bool operator==(const Journal &) const = default;

    bool belongsTo(const JobId &otherJob, const QString &otherFileName) const
    {
        return job == otherJob && fileName == otherFileName;
    }

    /// How much of a part file of `size` bytes can be believed. While the machine runs on, a killed program loses
    /// nothing it had written. After a loss of power everything past the last sync may be missing or zeros.
    qint64 trustedBytes(qint64 size, const QString &currentBootId) const;
};

QByteArray toJson(const Journal &journal);
/// nullopt when it is no journal of this program.
std::optional<Journal> journalFromJson(const QByteArray &json);

/// nullopt when there is none or it cannot be understood. Blocking.
std::optional<Journal> readJournal(const QString &path);
/// Atomic: the old journal or the new one, never a part of either. When it returns, the new one survives a loss of
/// power, and so do the names in its folder that were made before. Blocking.
disk::DiskResult<void> writeJournal(const QString &path, const Journal &journal);

/// Removes the journal and what a program that was killed while it wrote one has left beside it.
void removeJournal(const QString &path);

} // namespace tidemark
