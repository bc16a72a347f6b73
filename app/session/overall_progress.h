#pragma once

#include "downloads/download.h"

#include <QString>

#include <array>
#include <vector>

namespace tidemark {

/// All downloads that are not at an end, together.
struct OverallProgress
{
    int downloading = 0;
    int waiting = 0;
    int paused = 0;
    int ended = 0;       ///< beside them
    qint64 received = 0; ///< bytes, of those that are not at an end
    qint64 size = 0;     ///< bytes; 0 where one of them has no size that is known
    bool isEstimated = false;
    double bytesPerSecond = 0;
    Bottleneck bottleneck = Bottleneck::None; ///< of the most of those that receive
    bool isAtLimit = false;                   ///< the person's speed limit is what holds them back

    bool operator==(const OverallProgress &) const = default;
};

/// `bytesPerSecondLimit`: 0 for none.
OverallProgress overallProgress(const std::vector<Download> &downloads, qint64 bytesPerSecondLimit);

/// "2 downloading, 1 waiting, 1 paused"; "All 3 have ended".
QString overallText(const OverallProgress &all);
/// "403 GB of 812 GB", "403 GB of at most 812 GB"; empty where nothing is to come.
QString overallBytesText(const OverallProgress &all);
/// "287 MB/s, 14 min left, limited by the network"; empty while no byte comes.
QString overallSpeedText(const OverallProgress &all);

/// The speed of the last five minutes, in a memory that does not grow.
class SpeedHistory
{
public:
    static constexpr size_t Samples = 150;
    static constexpr std::chrono::seconds Interval{2}; ///< between two samples

    void add(double bytesPerSecond);
    void clear() { m_count = 0; }
    /// From the oldest to the newest.
    std::vector<double> values() const;
    /// "Speed of the last 5 minutes: now 12 MB/s, at most 20 MB/s"
    QString text() const;

private:
    std::array<double, Samples> m_ring{};
    size_t m_next = 0;
    size_t m_count = 0;
};

} // namespace tidemark
