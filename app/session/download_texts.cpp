#include "session/download_texts.h"

#include "base/text.h"
#include "jobs/job_texts.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace tidemark {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Downloads)
};

/// An archive is normally smaller than the files in it, so an estimate may end early but must not claim the end.
constexpr double LargestEstimate = 0.99;

bool isComplete(const Download &download)
{
    switch (download.state) {
    case DownloadState::Verifying:
    case DownloadState::Verified:
    case DownloadState::IntactNotVerified:
    case DownloadState::Corrupt:
        return true;
    default:
        return false;
    }
}

double ratio(qint64 part, qint64 whole)
{
    return std::clamp(static_cast<double>(part) / static_cast<double>(whole), 0.0, 1.0);
}

qint64 sizeOf(const Download &download)
{
    if (isComplete(download))
        return download.bytesReceived;
    return download.bytesTotal > 0 ? download.bytesTotal : download.source.expectedFileSizeBytes;
}

QString percentText(double fraction)
{
    return Words::tr("%1 %").arg(static_cast<int>(std::floor(fraction * 100)));
}

QString pauseText(const Download &download)
{
    switch (download.pauseReason) {
    case PauseReason::ByPerson:
        return Words::tr("Paused by you");
    case PauseReason::DiskFull:
        return Words::tr("The disk is full");
    case PauseReason::FileTooLarge:
        return Words::tr("The folder takes no file of this size");
    case PauseReason::Question:
        return Words::tr("Waits for your answer");
    case PauseReason::FolderMissing:
        return Words::tr("The folder is not there");
    case PauseReason::FolderReadOnly:
        return Words::tr("The folder cannot be written to");
    case PauseReason::NameTaken:
        return Words::tr("A file of this name is already there");
    case PauseReason::InUseElsewhere:
        return Words::tr("Another Tidemark is fetching it");
    case PauseReason::ProgramStopped:
        return Words::tr("The program was closed");
    case PauseReason::None:
        break;
    }
    return {};
}

QString bottleneckText(Bottleneck bottleneck)
{
    switch (bottleneck) {
    case Bottleneck::Network:
        return Words::tr("Limited by the network");
    case Bottleneck::Disk:
        return Words::tr("Limited by the disk");
    case Bottleneck::Checking:
        return Words::tr("Limited by hashing");
    case Bottleneck::None:
        break;
    }
    return {};
}

} // namespace

DownloadProgress progressOf(const Download &download)
{
    if (isComplete(download))
        return {1.0, false};
    if (download.state == DownloadState::Checking && download.bytesToCheck > 0)
        return {ratio(download.bytesChecked, download.bytesToCheck), false};
    if (download.bytesTotal > 0)
        return {ratio(download.bytesReceived, download.bytesTotal), false};
    if (download.source.expectedFileSizeBytes > 0)
        return {std::min(ratio(download.bytesReceived, download.source.expectedFileSizeBytes), LargestEstimate), true};
    return {};
}

QString progressText(const Download &download)
{
    const DownloadProgress progress = progressOf(download);
    if (isComplete(download))
        return bytesText(download.bytesReceived);
    if (!progress.fraction)
        return Words::tr("%1, size not known").arg(bytesText(download.bytesReceived));
    // While nothing is here yet, only folder and space are looked at.
    if (download.state == DownloadState::Checking && download.bytesToCheck > 0) {
        return Words::tr("%1 of %2 checked").arg(bytesText(download.bytesChecked), bytesText(download.bytesToCheck));
    }
    if (progress.estimated) {
        return Words::tr("\u2248 %1, %2 of about %3")
            .arg(percentText(*progress.fraction), bytesText(download.bytesReceived),
                 bytesText(download.source.expectedFileSizeBytes));
    }
    return Words::tr("%1, %2 of %3")
        .arg(percentText(*progress.fraction), bytesText(download.bytesReceived), bytesText(download.bytesTotal));
}

QString speedText(const Download &download)
{
    const bool moves = download.state == DownloadState::Receiving || download.state == DownloadState::Checking;
    return moves && download.bytesPerSecond > 0 ? rateText(download.bytesPerSecond) : QString();
}

QString timeLeftText(const Download &download)
{
    if (download.state != DownloadState::Receiving || download.bytesPerSecond < 1)
        return {};
    const DownloadProgress progress = progressOf(download);
    const qint64 rest = sizeOf(download) - download.bytesReceived;
    if (!progress.fraction || rest <= 0)
        return {};
    const auto seconds = static_cast<qint64>(std::ceil(static_cast<double>(rest) / download.bytesPerSecond));
    const QString text = durationText(std::chrono::seconds(seconds));
    return progress.estimated ? Words::tr("about %1").arg(text) : text;
}

QString waitingText(const Download &download, const QDateTime &now)
{
    switch (download.state) {
    case DownloadState::Queued:
        return Words::tr("Waits for its turn");
    case DownloadState::Connecting:
        return Words::tr("Waits for the server");
    case DownloadState::WaitingToRetry: {
        const qint64 seconds = std::max<qint64>(0, now.secsTo(download.nextAttempt));
        return Words::tr("Tries again in %1 (attempt %2)")
            .arg(durationText(std::chrono::seconds(seconds)))
            .arg(download.attempt + 1);
    }
    case DownloadState::Paused:
        return pauseText(download);
    case DownloadState::Verifying:
        return Words::tr("Waits for the published hash");
    case DownloadState::Receiving:
        return download.silent >= SilenceShown ? Words::tr("No byte for %1").arg(durationText(download.silent))
                                               : bottleneckText(download.bottleneck);
    default:
        return {};
    }
}

QString noteText(const Download &download, const QDateTime &now)
{
    if (!download.findings.isEmpty())
        return download.findings.join(QLatin1Char(' '));
    const QString waiting = waitingText(download, now);
    return waiting.isEmpty() && download.error ? download.error->sentence : waiting;
}

QString questionText(const Download &download)
{
    switch (download.question) {
    case Question::RestartUsesADownload:
        return Words::tr("%1: the server cannot go on from the %2 that are already here. Starting again from the first "
                         "byte may use up one more download of the link (allowed: %3). Start again?")
            .arg(download.localName, bytesText(download.bytesReceived), maxDownloadsText(download.source.maxDownloads));
    case Question::LargerThanExpected:
        return Words::tr("%1 is larger than expected: %2 have come, about %3 were expected. Go on?")
            .arg(download.localName, bytesText(download.bytesReceived),
                 bytesText(download.source.expectedFileSizeBytes));
    case Question::None:
        break;
    }
    return {};
}

namespace {

int archivesOrdered(const std::vector<Download> &downloads)
{
    int ordered = static_cast<int>(downloads.size());
    for (const Download &download : downloads)
        ordered = std::max(ordered, download.source.batchArchives);
    return ordered;
}

} // namespace

QString summaryText(const std::vector<Download> &downloads)
{
    const auto count = [&downloads](DownloadState state) {
        return static_cast<int>(std::ranges::count(downloads, state, &Download::state));
    };
    const int all = archivesOrdered(downloads);
    const int gone = all - static_cast<int>(downloads.size());
    const int verified = count(DownloadState::Verified);
    const int intact = count(DownloadState::IntactNotVerified);
    const int corrupt = count(DownloadState::Corrupt);
    const auto neverCame = [](const Download &download) {
        return (download.state == DownloadState::LinkExpired || download.state == DownloadState::UsedUp) &&
               download.bytesReceived == 0;
    };
    const int missing = static_cast<int>(std::ranges::count_if(downloads, neverCame));
    const int failed = count(DownloadState::Failed) + count(DownloadState::LinkExpired) + count(DownloadState::UsedUp) +
                       count(DownloadState::Cancelled) - missing;
    const int paused = count(DownloadState::Paused);
    const int rest = all - gone - verified - intact - corrupt - missing - failed - paused;

    QStringList parts{Words::tr("%1 of %2 verified").arg(verified).arg(all)};
    if (intact > 0)
        parts << Words::tr("%1 intact, not verified").arg(intact);
    if (corrupt > 0)
        parts << Words::tr("%1 corrupt").arg(corrupt);
    if (missing > 0)
        parts << Words::tr("%1 not downloaded").arg(missing);
    if (gone > 0)
        parts << Words::tr("%1 not on this list").arg(gone);
    if (failed > 0)
        parts << Words::tr("%1 failed").arg(failed);
    if (paused > 0)
        parts << Words::tr("%1 paused").arg(paused);
    if (rest > 0)
        parts << Words::tr("%1 under way").arg(rest);
    return parts.join(QStringLiteral(", "));
}

DownloadProgress progressOf(const std::vector<Download> &downloads)
{
    if (archivesOrdered(downloads) > static_cast<int>(downloads.size()))
        return {};
    double received = 0;
    double size = 0;
    bool estimated = false;
    for (const Download &download : downloads) {
        const DownloadProgress one = progressOf(download);
        const qint64 known = sizeOf(download);
        if (known <= 0)
            return {};
        estimated = estimated || one.estimated || (!isComplete(download) && download.bytesTotal <= 0);
        received += static_cast<double>(std::min(download.bytesReceived, known));
        size += static_cast<double>(known);
    }
    if (size <= 0)
        return {};
    const double fraction = received / size;
    return {estimated ? std::min(fraction, LargestEstimate) : fraction, estimated};
}

QString progressText(const std::vector<Download> &downloads)
{
    qint64 received = 0;
    for (const Download &download : downloads)
        received += download.bytesReceived;
    const DownloadProgress progress = progressOf(downloads);
    if (!progress.fraction || std::ranges::all_of(downloads, isComplete))
        return bytesText(received);
    const QString percent = percentText(*progress.fraction);
    return progress.estimated ? Words::tr("\u2248 %1, %2").arg(percent, bytesText(received))
                              : Words::tr("%1, %2").arg(percent, bytesText(received));
}

} // namespace tidemark
