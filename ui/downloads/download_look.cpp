#include "ui/downloads/download_look.h"

#include "session/download_texts.h"
#include "ui/downloads/downloads_model.h"
#include "ui/look/bar.h"
#include "ui/look/row_delegate.h"

#include <algorithm>

namespace tidemark {

namespace {

ChipKind chipKindOf(const Download &download)
{
    if (!download.findings.isEmpty())
        return ChipKind::Attention;
    switch (download.state) {
    case DownloadState::Queued:
    case DownloadState::WaitingToRetry:
        return ChipKind::Waiting;
    case DownloadState::Checking:
    case DownloadState::Connecting:
    case DownloadState::Receiving:
    case DownloadState::Verifying:
        return ChipKind::Running;
    case DownloadState::Paused:
        return ChipKind::Paused;
    case DownloadState::Verified:
        return ChipKind::Verified;
    case DownloadState::IntactNotVerified:
        return ChipKind::Intact;
    case DownloadState::Corrupt:
        return ChipKind::Corrupt;
    case DownloadState::LinkExpired:
    case DownloadState::UsedUp:
        return ChipKind::Expired;
    case DownloadState::Failed:
        return ChipKind::Error;
    case DownloadState::Cancelled:
        return ChipKind::Cancelled;
    }
    return ChipKind::Waiting;
}

BarData barOf(const Download &download)
{
    const double fraction = progressOf(download).fraction.value_or(0);
    switch (download.state) {
    case DownloadState::Verified:
        return {BarKind::Verified, 1};
    case DownloadState::IntactNotVerified:
        return {BarKind::Intact, 1};
    case DownloadState::Corrupt:
        return {BarKind::Corrupt, 1};
    case DownloadState::Checking:
    case DownloadState::Connecting:
    case DownloadState::Receiving:
    case DownloadState::Verifying:
        return {BarKind::Run, fraction};
    default:
        return {fraction > 0 ? BarKind::Paused : BarKind::Waiting, fraction};
    }
}

bool has(const std::vector<Download> &downloads, DownloadState state)
{
    return std::ranges::find(downloads, state, &Download::state) != downloads.end();
}

/// The worst that came of any of them, and what is going on before what is done.
ChipKind chipKindOf(const std::vector<Download> &downloads)
{
    if (has(downloads, DownloadState::Corrupt))
        return ChipKind::Corrupt;
    if (has(downloads, DownloadState::Failed))
        return ChipKind::Error;
    const auto missing = std::ranges::find_if(downloads, [](const Download &download) {
        return download.state == DownloadState::LinkExpired || download.state == DownloadState::UsedUp;
    });
    if (missing != downloads.end())
        return ChipKind::Expired;
    const auto isUnderWay = [](const Download &download) { return chipKindOf(download) == ChipKind::Running; };
    if (std::ranges::any_of(downloads, isUnderWay))
        return ChipKind::Running;
    if (has(downloads, DownloadState::Paused))
        return ChipKind::Paused;
    if (has(downloads, DownloadState::Cancelled))
        return ChipKind::Cancelled;
    if (has(downloads, DownloadState::IntactNotVerified))
        return ChipKind::Intact;
    const auto &progress = progressOf(downloads); // none where not all that was ordered is on the list
    const bool isAll = progress.fraction && std::ranges::all_of(downloads, [](const Download &download) {
                           return chipKindOf(download) == ChipKind::Verified;
                       });
    return isAll ? ChipKind::Verified : ChipKind::Waiting;
}

BarData barOf(const std::vector<Download> &downloads)
{
    const double fraction = progressOf(downloads).fraction.value_or(0);
    switch (chipKindOf(downloads)) {
    case ChipKind::Corrupt:
        return {BarKind::Corrupt, 1};
    case ChipKind::Verified:
        return {BarKind::Verified, 1};
    case ChipKind::Intact:
        return {BarKind::Intact, 1};
    case ChipKind::Running:
        return {BarKind::Run, fraction};
    default:
        return {fraction > 0 ? BarKind::Paused : BarKind::Waiting, fraction};
    }
}

} // namespace

QVariant downloadLook(const Download &download, int column, int role, const QDateTime &now)
{
    if (column == DownloadsModel::NameColumn && role == LookRole::Icon)
        return QStringLiteral("report");
    if (column == DownloadsModel::ProgressColumn) {
        if (role == LookRole::Bar)
            return QVariant::fromValue(barOf(download));
        if (role == LookRole::SecondLine)
            return progressText(download);
    }
    if (column != DownloadsModel::StateColumn)
        return {};
    if (role == LookRole::Chip)
        return QVariant::fromValue(ChipData{chipKindOf(download), stateText(download, now)});
    if (role == LookRole::SecondLine)
        return noteText(download, now);
    if (role == LookRole::SecondInk && !download.findings.isEmpty())
        return static_cast<int>(Ink::Warn);
    const bool isLost = download.state == DownloadState::Failed || download.state == DownloadState::Corrupt;
    return role == LookRole::SecondInk && isLost ? QVariant(static_cast<int>(Ink::Danger)) : QVariant();
}

QVariant batchLook(const std::vector<Download> &downloads, int column, int role)
{
    if (column == DownloadsModel::NameColumn && role == LookRole::Icon)
        return QStringLiteral("sharded-cluster");
    if (column == DownloadsModel::NameColumn && role == LookRole::FirstType)
        return static_cast<int>(TypeRole::Strong);
    if (column == DownloadsModel::ProgressColumn) {
        if (role == LookRole::Bar)
            return QVariant::fromValue(barOf(downloads));
        if (role == LookRole::SecondLine)
            return progressText(downloads);
    }
    if (column == DownloadsModel::StateColumn && role == LookRole::Chip)
        return QVariant::fromValue(ChipData{chipKindOf(downloads), summaryText(downloads)});
    return {};
}

} // namespace tidemark
