#pragma once

#include "archive/archive_check.h"
#include "cloud/values.h"
#include "downloads/archive_link.h"
#include "downloads/download.h"
#include "downloads/fetch.h"
#include "downloads/retry_policy.h"

#include <optional>
#include <variant>

/// A download's whole life as a table: next(state, event) gives the new state and the one thing to do about it. Pure:
/// no network, disk, thread or clock is behind it, so that every row of the table is a test. transfer.h does what it
/// says.
namespace tidemark {

struct DownloadOptions;

/// What a part file is, as its worker last saw it.
struct PartState
{
    qint64 size = 0;
    Journal journal;
    bool published = false;
    QString setAsidePath;
    QString sha1;      ///< of the bytes so far, once they are complete
    disk::Space space; ///< of the folder

    bool operator==(const PartState &) const = default;
};

/// The judging of bytes that all seem to be here.
struct Judging
{
    QDateTime until;          ///< a published hash is waited for
    bool endIsCertain = true; ///< false where the body named no length: it may have been cut
    std::optional<Result<ArchiveCheck>> check;
    bool lastLook = false;       ///< at the job, after the archive was tested
    std::optional<Error> remark; ///< what will be said of the file once it is where it belongs
};

struct Life
{
    Life(Download download, const DownloadOptions &options);

    Download view; ///< what is shown and saved
    PartState part;
    ArchiveLink link;
    RetryPolicy retry;
    QDateTime failingSince;       ///< the first of the failures that retry counts
    QDateTime noLinkSince;        ///< the job is ready and names no link
    std::optional<Error> refusal; ///< why the job is being read again
    int refusals = 0;             ///< of the same link, one after another
    bool restartAgreed = false;
    bool sizeAgreed = false;
    bool estimateIgnored = false;
    bool connectionHeld = false; ///< at the size limit, until a person has answered
    bool preparing = false;      ///< the server is still making the archive: no slot is held
    bool givesWay = false;       ///< it has failed for long: no slot is held while it waits
    /// Nothing says that all bytes are here, and yet they are judged: where they are not all, this is what follows.
    enum class IfIncomplete { GoOn, StartOver, Ask, End } ifIncomplete = IfIncomplete::GoOn;
    DownloadState endIfIncomplete = DownloadState::Failed;
    Error whyIncomplete;
    Judging judging;

    /// Counts against the limit of downloads at once.
    bool holdsSlot() const;
    /// Something goes on, or will as soon as the server is back.
    bool isUnderWay() const;
    /// Nothing goes on by itself: no worker is needed.
    bool rests() const;
};

namespace event {
struct TurnCame
{
};
struct PartOpened
{
    PartState part;
};
struct DiskFailed
{
    disk::Trouble trouble;
};
struct JobRead
{
    Result<RestoreJob> job;
};
struct Answered
{
    AnswerPlan plan;
    disk::Space space;
};
struct LimitReached
{
};
struct FetchEnded
{
    FetchEnd end;
    PartState part;
};
struct Emptied
{
    PartState part;
};
struct Completed
{
    PartState part;
};
struct TakenBack
{
    PartState part;
};
struct Tested
{
    Result<ArchiveCheck> check;
};
struct Published
{
    QString path;
    disk::Stamp stamp;
};
struct PutAside
{
    QString path;
};
struct TimeUp
{
};
struct SpaceSeen
{
    qint64 free;
};
struct MoveTo
{
    QString folder;
    QString localName;
}; ///< a paused download
struct Moved
{
    QString folder;
    QString localName;
};
struct LookAgain
{
}; ///< at an archive that is intact and not verified: has its hash been published by now?
struct LookedAgain
{
    QString sha1;
    QString path;
}; ///< where the file is now: another hash sets it aside
struct OrderChecked
{
    QStringList findings;
}; ///< a finished archive's restoreInfo.txt was held against the order
struct Pause
{
    PauseReason reason;
};
struct Resume
{
};
struct Retry
{
};
struct Answer
{
    bool yes;
};
struct Cancel
{
};
} // namespace event
using Event = std::variant<event::TurnCame, event::PartOpened, event::DiskFailed, event::JobRead, event::Answered,
                           event::LimitReached, event::FetchEnded, event::Emptied, event::Completed, event::TakenBack,
                           event::Tested, event::Published, event::PutAside, event::TimeUp, event::SpaceSeen,
                           event::LookAgain, event::LookedAgain, event::OrderChecked, event::MoveTo, event::Moved,
                           event::Pause, event::Resume, event::Retry, event::Answer, event::Cancel>;

namespace action {
struct Nothing
{
};
struct Halt
{
}; ///< let go of the worker, the timer and the job's reading: the download rests
struct ReadJob
{
};
struct Fetch
{
};
struct Wait
{
    std::chrono::milliseconds time;
};
struct GoOn
{
}; ///< with the body: the worker waits after its head, and at the size limit

// What follows goes to the worker as it is.
struct OpenPart
{
    bool again;
};
struct Empty
{
}; ///< the part file
struct Complete
{
    bool endIsCertain;
};
struct TakeBack
{
}; ///< that it was complete
struct Test
{
}; ///< gzip and tar to their ends
struct Publish
{
    QString sha1; ///< as it was judged
    bool verified;
};
struct SetAside
{
    QString sha1;
};
struct HashAgain
{
    QString path;
    disk::Stamp stamp;
    QString sha1;
    QString publishedHash;
}; ///< the finished file, unless it is still what was hashed; its checksum, or aside with it
struct Move
{
    QString folder;
    QString localName;
};
} // namespace action
using Action = std::variant<action::Nothing, action::Halt, action::OpenPart, action::ReadJob, action::Fetch,
                            action::Wait, action::Empty, action::Complete, action::TakeBack, action::Test,
                            action::Publish, action::SetAside, action::GoOn, action::HashAgain, action::Move>;

/// What the decision may look at besides.
struct World
{
    QDateTime now;
    double random = 0.5; ///< in [0, 1)
    const DownloadOptions *options = nullptr;
    bool slotIsFree = true; ///< one more may be fetched at the same time
    /// Bytes that other downloads still need on this disk; empty: none.
    std::function<qint64(quint64 device)> reservedByOthers;
};

struct LifeStep
{
    Life life;
    Action action;
};

LifeStep next(Life life, const Event &event, const World &world);

} // namespace tidemark
