#include "session/download_advice.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::DownloadAdvice)
};

using Kind = DownloadAdvice::Kind;
using Steps = std::vector<DownloadStep>;

Steps againSteps(const Download &download)
{
    Steps steps;
    if (!download.source.fileName.isEmpty() && !isLinkUsedUp(download))
        steps.push_back(DownloadStep::Retry);
    if (needsNewLink(download))
        steps.push_back(DownloadStep::NewLink);
    return steps;
}

std::optional<DownloadAdvice> pausedAdvice(const Download &download)
{
    switch (download.pauseReason) {
    case PauseReason::DiskFull:
        return DownloadAdvice{Kind::Soon,
                              Text::tr("The disk is full."),
                              Text::tr("Make room and resume, or move it to another folder with all that is here."),
                              {DownloadStep::Resume, DownloadStep::MoveFolder, DownloadStep::OpenFolder}};
    case PauseReason::FileTooLarge:
        return DownloadAdvice{Kind::Soon,
                              Text::tr("The folder takes no file of this size."),
                              Text::tr("Move it to a folder on another file system."),
                              {DownloadStep::MoveFolder}};
    case PauseReason::FolderMissing:
        return DownloadAdvice{Kind::Soon,
                              Text::tr("The folder is not there."),
                              Text::tr("Mount or make it again and resume, or move the download to another folder."),
                              {DownloadStep::Resume, DownloadStep::MoveFolder}};
    case PauseReason::FolderReadOnly:
        return DownloadAdvice{Kind::Soon,
                              Text::tr("The folder cannot be written to."),
                              Text::tr("Give yourself the right to write there and resume, or move the download to "
                                       "another folder."),
                              {DownloadStep::Resume, DownloadStep::MoveFolder}};
    case PauseReason::NameTaken:
        return DownloadAdvice{Kind::Soon,
                              Text::tr("A file of this name is already there."),
                              Text::tr("Nothing is ever overwritten: take that file away and resume, or move the "
                                       "download to another folder."),
                              {DownloadStep::OpenFolder, DownloadStep::Resume, DownloadStep::MoveFolder}};
    case PauseReason::InUseElsewhere:
        return DownloadAdvice{Kind::Note,
                              Text::tr("Another Tidemark is fetching it."),
                              Text::tr("Leave it to that one, or close that one and resume here."),
                              {DownloadStep::Resume}};
    case PauseReason::ByPerson:
    case PauseReason::ProgramStopped:
        return DownloadAdvice{Kind::Note,
                              Text::tr("It is paused."),
                              Text::tr("What is here is kept: it goes on from there."),
                              {DownloadStep::Resume}};
    case PauseReason::Question:
    case PauseReason::None:
        break;
    }
    return std::nullopt;
}

DownloadAdvice verifiedAdvice(const Download &download)
{
    if (!download.findings.isEmpty())
        return {Kind::Soon,
                Text::tr("These are the bytes that were published, but not what was ordered."),
                Text::tr("Look at what differs before you restore from it."),
                {DownloadStep::NextSteps, DownloadStep::OpenFolder}};
    return {Kind::Good,
            Text::tr("Every byte is the one that was published."),
            Text::tr("Next steps says how to restore from it."),
            {DownloadStep::NextSteps, DownloadStep::Unpack, DownloadStep::OpenFolder}};
}

} // namespace

std::optional<DownloadAdvice> adviceFor(const Download &download)
{
    switch (download.state) {
    case DownloadState::Verified:
        return verifiedAdvice(download);
    case DownloadState::IntactNotVerified:
        return DownloadAdvice{Kind::Soon,
                              Text::tr("It is whole, but nobody published a hash to compare it with."),
                              Text::tr("Look into it before you rely on it."),
                              {DownloadStep::NextSteps, DownloadStep::Unpack, DownloadStep::OpenFolder}};
    case DownloadState::Corrupt:
        return DownloadAdvice{
            Kind::Lost, Text::tr("Do not restore from this file."),
            isLinkUsedUp(download)
                ? Text::tr("All bytes came, but they are not those that were published. Its link was used as often as "
                           "it may be: request a new one.")
                : Text::tr("All bytes came, but they are not those that were published. Fetch them again; if "
                           "they differ twice, request a new link."),
            againSteps(download)};
    case DownloadState::LinkExpired:
        return DownloadAdvice{
            Kind::Note,
            Text::tr("Its link has expired."),
            Text::tr("Request a new link. What is here is kept, and goes on with it where the server allows that."),
            {DownloadStep::NewLink}};
    case DownloadState::UsedUp:
        return DownloadAdvice{Kind::Note,
                              Text::tr("Its link was used as often as it may be."),
                              Text::tr("Request a new link, and allow more downloads there."),
                              {DownloadStep::NewLink}};
    case DownloadState::Failed:
        return DownloadAdvice{Kind::Lost, download.error ? download.error->sentence : Text::tr("It failed."),
                              download.error && !download.error->hint.isEmpty()
                                  ? download.error->hint
                                  : Text::tr("What is here is kept: it goes on from there."),
                              againSteps(download)};
    case DownloadState::WaitingToRetry:
        if (!download.error)
            return std::nullopt;
        return DownloadAdvice{
            Kind::Note, download.error->sentence, Text::tr("It is tried again by itself. Nothing is lost."), {}};
    case DownloadState::Paused:
        return pausedAdvice(download);
    case DownloadState::Queued:
    case DownloadState::Checking:
    case DownloadState::Connecting:
    case DownloadState::Receiving:
    case DownloadState::Verifying:
    case DownloadState::Cancelled:
        break;
    }
    return std::nullopt;
}

} // namespace tidemark
