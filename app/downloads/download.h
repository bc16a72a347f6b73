#pragma once

#include "archive/restore_info.h"
#include "base/error.h"
#include "base/ids.h"
#include "downloads/stamp.h"

#include <QDateTime>
#include <QString>

#include <chrono>
#include <optional>

namespace tidemark {

/// The states of a download and what leads from one to the next. Saved at every transition (downloads/journal.h).
///
///   Queued ──► Checking ──► Connecting ──► Receiving ──► Verifying ──► Verified | IntactNotVerified | Corrupt
///     ▲           │             │  ▲           │  │
///     │           │             ▼  │           │  └──► Connecting (resumed with Range and If-Range)
///     │           │        WaitingToRetry ◄────┘
///     │           ▼             ▼
///     └──────── Paused ◄── any state before an end          ends: LinkExpired, UsedUp, Failed, Cancelled
///
/// Checking reads what is already here (hashing the part file anew) and looks at folder, name and space.
/// Verifying waits for the published hash and, where none comes, tests gzip and tar to their ends.
enum class DownloadState {
    Queued,
    Checking,
    Connecting,
    Receiving,
    WaitingToRetry,
    Paused,
    Verifying,
    Verified,
    IntactNotVerified,
    Corrupt,
    LinkExpired,
    UsedUp,
    Failed,
    Cancelled
};

bool isEnd(DownloadState state);
/// An end in which the bytes were judged: Verified, IntactNotVerified, Corrupt.
bool isFinished(DownloadState state);

enum class PauseReason {
    None,
    ByPerson,
    DiskFull,     ///< no space or quota reached
    FileTooLarge, ///< the file system or a limit of the session takes no file of that size
    Question,
    FolderMissing,  ///< removed, not mounted, or not a folder
    FolderReadOnly, ///< no permission to write there
    NameTaken,      ///< a file of this name is already there; nothing is ever overwritten
    InUseElsewhere, ///< another copy of the program owns the part file
    ProgramStopped
};

/// A question that only a person can answer before the download goes on.
enum class Question {
    None,
    RestartUsesADownload, ///< the server cannot resume and a fresh start may use up another (the last) download
    LargerThanExpected    ///< more bytes than the snapshot's parts or the free space suggest
};

enum class Bottleneck { None, Network, Disk, Checking };

/// Where the bytes come from. Link and header are secrets: never saved, fetched anew from the job.
struct DownloadSource
{
    ConnectionId connection;
    ProjectId project;
    ClusterId cluster; ///< under which the job is read
    JobId job;
    BatchId batch;         ///< empty for a single job
    QString batchTitle;    ///< "ledger, 3 archives": the group's heading
    int batchArchives = 0; ///< as many were ordered, whatever became of them; 0: not known, or no batch
    QString fileName;      ///< as the server names it
    SnapshotId snapshot;
    RestoreInfoExpected ordered;      ///< what restoreInfo.txt is to say, as job and snapshot have it
    qint64 expectedFileSizeBytes = 0; ///< sum of fileSizeBytes of the snapshot's part: an estimate, usually too high
    qint64 maxDownloads = 0;

    bool operator==(const DownloadSource &) const = default;
};

/// How long a server may be silent before that is shown.
constexpr std::chrono::seconds SilenceShown{5};

/// A download as the screens see it: a copy, taken on the GUI thread at most ten times a second.
struct Download
{
    DownloadId id;
    DownloadSource source;
    QString folder;    ///< chosen by the person
    QString localName; ///< safe form of source.fileName
    DownloadState state = DownloadState::Queued;
    PauseReason pauseReason = PauseReason::None;
    Question question = Question::None;
    qint64 bytesReceived = 0;
    qint64 bytesTotal = -1;  ///< from the server; -1 when it names no length
    qint64 bytesChecked = 0; ///< progress of Checking: bytes already here and hashed again
    qint64 bytesToCheck = 0;
    double bytesPerSecond = 0; ///< over the last seconds
    Bottleneck bottleneck = Bottleneck::None;
    std::chrono::seconds silent{0}; ///< the server has sent nothing for so long; 0 while it sends
    int attempt = 0;
    QDateTime nextAttempt;      ///< in WaitingToRetry
    std::optional<Error> error; ///< why it waits, is paused or failed
    QString sha1;               ///< of the bytes, hex, when they are complete
    QString publishedHash;      ///< by the server for this file name
    QString filePath;           ///< final (or .corrupt) path at the ends
    disk::Stamp stamp;          ///< of the finished file, as it was hashed
    bool fetchAgain = false;    ///< sha1 and filePath are those of the file found corrupt: other bytes are to come
    int requests = 0;           ///< of this link that the server may have counted as downloads
    bool orderChecked = false;  ///< the finished archive's restoreInfo.txt was held against the order
    QStringList findings;       ///< where it says something else, beside the verdict
    QDateTime added;
    QDateTime ended;

    bool operator==(const Download &) const = default;
};

/// The server allows no further download by this link, as far as the requests that were made can tell.
bool isLinkUsedUp(const Download &download);
/// Something stays to be fetched, and this link will not bring it, or may not.
bool needsNewLink(const Download &download);

/// The state's one word or sentence ("Verified", "Intact, not verified", "Corrupt", "Checking 3.10 GB already here",
/// …): the one place for all screens.
QString stateText(const Download &download, const QDateTime &now);
QString stateText(DownloadState state);

} // namespace tidemark
