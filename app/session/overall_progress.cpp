#include "session/overall_progress.h"

#include "base/text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <map>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::OverallProgress)
};

constexpr double NearLimit = 0.9; ///< of the limit: from here on it is the limit that is felt

bool isWaiting(DownloadState state)
{
    return state == DownloadState::Queued || state == DownloadState::WaitingToRetry;
}

qint64 sizeOf(const Download &download)
{
    return download.bytesTotal > 0 ? download.bytesTotal : download.source.expectedFileSizeBytes;
}

QString limitText(const OverallProgress &all)
{
    if (all.isAtLimit)
        return Text::tr("limited by the speed limit");
    switch (all.bottleneck) {
    case Bottleneck::Network:
        return Text::tr("limited by the network");
    case Bottleneck::Disk:
        return Text::tr("limited by the disk");
    case Bottleneck::Checking:
        return Text::tr("limited by hashing");
    case Bottleneck::None:
        break;
    }
    return {};
}

} // namespace

OverallProgress overallProgress(const std::vector<Download> &downloads, qint64 bytesPerSecondLimit)
{
    OverallProgress all;
    std::map<Bottleneck, int> limits;
    bool isSizeKnown = true;
    for (const Download &download : downloads) {
        if (isEnd(download.state)) {
            ++all.ended;
            continue;
        }
        const bool isPaused = download.state == DownloadState::Paused;
        ++(isPaused ? all.paused : isWaiting(download.state) ? all.waiting : all.downloading);
        const qint64 size = sizeOf(download);
        isSizeKnown = isSizeKnown && size > 0;
        all.isEstimated = all.isEstimated || download.bytesTotal <= 0;
        all.received += size > 0 ? std::min(download.bytesReceived, size) : download.bytesReceived;
        all.size += size;
        if (download.state == DownloadState::Receiving) {
            all.bytesPerSecond += download.bytesPerSecond;
            ++limits[download.bottleneck];
        }
    }
    if (!isSizeKnown)
        all.size = 0;
    const auto most = std::max_element(limits.begin(), limits.end(),
                                       [](const auto &a, const auto &b) { return a.second < b.second; });
    if (most != limits.end())
        all.bottleneck = most->first;
    all.isAtLimit =
        bytesPerSecondLimit > 0 && all.bytesPerSecond >= NearLimit * static_cast<double>(bytesPerSecondLimit);
    return all;
}

QString overallText(const OverallProgress &all)
{
    QStringList parts;
    if (all.downloading > 0)
        parts << Text::tr("%1 downloading").arg(all.downloading);
    if (all.waiting > 0)
        parts << Text::tr("%1 waiting").arg(all.waiting);
    if (all.paused > 0)
        parts << Text::tr("%1 paused").arg(all.paused);
    if (!parts.isEmpty())
        return parts.join(QStringLiteral(", "));
    return all.ended > 0 ? Text::tr("%n downloads have ended, none is under way", nullptr, all.ended) : QString();
}

QString overallBytesText(const OverallProgress &all)
{
    if (all.downloading + all.waiting + all.paused == 0)
        return {};
    if (all.size <= 0)
        return Text::tr("%1, size not known").arg(bytesText(all.received));
    return all.isEstimated ? Text::tr("%1 of at most %2").arg(bytesText(all.received), bytesText(all.size))
                           : Text::tr("%1 of %2").arg(bytesText(all.received), bytesText(all.size));
}

QString overallSpeedText(const OverallProgress &all)
{
    if (all.bytesPerSecond < 1)
        return {};
    QStringList parts{rateText(all.bytesPerSecond)};
    if (all.size > all.received) {
        const double seconds = std::ceil(static_cast<double>(all.size - all.received) / all.bytesPerSecond);
        const QString left = durationText(std::chrono::seconds(static_cast<qint64>(seconds)));
        parts << (all.isEstimated ? Text::tr("at most %1 left").arg(left) : Text::tr("%1 left").arg(left));
    }
    parts << limitText(all);
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

void SpeedHistory::add(double bytesPerSecond)
{
    m_ring[m_next] = std::max(0.0, bytesPerSecond);
    m_next = (m_next + 1) % Samples;
    m_count = std::min(m_count + 1, Samples);
}

std::vector<double> SpeedHistory::values() const
{
    std::vector<double> values;
    values.reserve(m_count);
    for (size_t i = 0; i < m_count; ++i)
        values.push_back(m_ring[(m_next + Samples - m_count + i) % Samples]);
    return values;
}

QString SpeedHistory::text() const
{
    const std::vector<double> known = values();
    if (known.empty())
        return {};
    return Text::tr("Speed of the last 5 minutes: now %1, at most %2")
        .arg(rateText(known.back()), rateText(*std::max_element(known.begin(), known.end())));
}

} // namespace tidemark
