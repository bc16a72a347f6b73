#include "downloads/download.h"

#include "base/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::Download", text);
}

QString pausedText(const Download &download)
{
    switch (download.pauseReason) {
    case PauseReason::DiskFull:
        return tr("Paused: the disk has too little room");
    case PauseReason::FileTooLarge:
        return tr("Paused: the folder takes no file of this size");
    case PauseReason::Question:
        return download.question == Question::LargerThanExpected
                   ? tr("Waiting for your answer: larger than expected")
                   : tr("Waiting for your answer: a new start may use up a download");
    case PauseReason::FolderMissing:
        return tr("Paused: the folder is not there");
    case PauseReason::FolderReadOnly:
        return tr("Paused: the folder cannot be written to");
    case PauseReason::NameTaken:
        return tr("Paused: the name is taken, nothing was overwritten");
    case PauseReason::InUseElsewhere:
        return tr("Paused: another copy of Tidemark is working on this file");
    case PauseReason::ProgramStopped:
    case PauseReason::ByPerson:
    case PauseReason::None:
        break;
    }
    return tr("Paused");
}

QString verifyingText(const Download &download)
{
    if (download.bytesToCheck > 0)
        return tr("Testing the archive to its end, %1 of %2")
            .arg(bytesText(download.bytesChecked), bytesText(download.bytesToCheck));
    return tr("Complete, waiting for the published hash");
}

QString waitingText(const Download &download, const QDateTime &now)
{
    const std::chrono::seconds left(std::max<qint64>(0, now.secsTo(download.nextAttempt)));
    const QString when = tr("next try in %1").arg(durationText(left));
    if (!download.error || download.error->sentence.isEmpty())
        return tr("Waiting, %1").arg(when);
    return tr("%1 Waiting, %2").arg(download.error->sentence, when);
}

} // namespace

bool isEnd(DownloadState state)
{
    switch (state) {
    case DownloadState::Verified:
    case DownloadState::IntactNotVerified:
    case DownloadState::Corrupt:
    case DownloadState::LinkExpired:
    case DownloadState::UsedUp:
    case DownloadState::Failed:
    case DownloadState::Cancelled:
        return true;
    case DownloadState::Queued:
    case DownloadState::Checking:
    case DownloadState::Connecting:
    case DownloadState::Receiving:
    case DownloadState::WaitingToRetry:
    case DownloadState::Paused:
    case DownloadState::Verifying:
        break;
    }
    return false;
}

bool isFinished(DownloadState state)
{
    return state == DownloadState::Verified || state == DownloadState::IntactNotVerified ||
           state == DownloadState::Corrupt;
}

bool isLinkUsedUp(const Download &download)
{
    return download.source.maxDownloads > 0 && download.requests >= download.source.maxDownloads;
}

bool needsNewLink(const Download &download)
{
    // What failed may have failed by its job, and what is corrupt may be so at the server: the advice then is a new job
    // of the same snapshot.
    return download.state == DownloadState::LinkExpired || download.state == DownloadState::UsedUp ||
           download.state == DownloadState::Failed || download.state == DownloadState::Corrupt;
}

QString stateText(DownloadState state)
{
    switch (state) {
    case DownloadState::Queued:
        return tr("Queued");
    case DownloadState::Checking:
        return tr("Checking");
    case DownloadState::Connecting:
        return tr("Connecting");
    case DownloadState::Receiving:
        return tr("Receiving");
    case DownloadState::WaitingToRetry:
        return tr("Waiting to try again");
    case DownloadState::Paused:
        return tr("Paused");
    case DownloadState::Verifying:
        return tr("Verifying");
    case DownloadState::Verified:
        return tr("Verified");
    case DownloadState::IntactNotVerified:
        return tr("Intact, not verified");
    case DownloadState::Corrupt:
        return tr("Corrupt");
    case DownloadState::LinkExpired:
        return tr("Link expired");
    case DownloadState::UsedUp:
        return tr("Downloads used up");
    case DownloadState::Failed:
        return tr("Failed");
    case DownloadState::Cancelled:
        return tr("Cancelled");
    }
    return {};
}

QString stateText(const Download &download, const QDateTime &now)
{
    switch (download.state) {
    case DownloadState::Checking:
        return download.bytesToCheck > 0 ? tr("Checking %1 already here").arg(bytesText(download.bytesToCheck))
                                         : tr("Checking folder and space");
    case DownloadState::Receiving:
    case DownloadState::Connecting:
        return download.silent >= SilenceShown
                   ? tr("%1, no byte for %2").arg(stateText(download.state), durationText(download.silent))
                   : stateText(download.state);
    case DownloadState::WaitingToRetry:
        return waitingText(download, now);
    case DownloadState::Paused:
        return pausedText(download);
    case DownloadState::Verifying:
        return verifyingText(download);
    case DownloadState::UsedUp:
        return download.bytesReceived == 0 ? tr("Not downloaded: link used up") : stateText(download.state);
    case DownloadState::LinkExpired:
        return download.bytesReceived == 0 ? tr("Not downloaded: link expired") : stateText(download.state);
    default:
        return stateText(download.state);
    }
}

} // namespace tidemark
