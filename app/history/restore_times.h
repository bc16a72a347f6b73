#pragma once

#include "cloud/values.h"

#include <chrono>
#include <optional>
#include <vector>

/// How long finished restores took, kept from the first one on that this program saw to its end.
namespace tidemark {

struct RestoreTime
{
    ClusterId source;
    qint64 bytes = 0;              ///< sourceBytes() when it had ended
    std::chrono::seconds taken{0}; ///< from the order to the data in place
    QDateTime ended;               ///< UTC

    bool operator==(const RestoreTime &) const = default;
};

/// By what restores of a cluster are compared: the files of its newest complete snapshot; 0 where it has none.
qint64 sourceBytes(const std::vector<Snapshot> &snapshots);

/// How long a restore took that is in place at this look; nullopt where that is not known: it was never seen under way
/// in this run, or not in the three minutes before this look, in which it may have ended at any moment. All by this
/// machine's clock.
std::optional<std::chrono::seconds> timeTaken(const QDateTime &ordered, bool wasUnderWay, const QDateTime &lookBefore,
                                              const QDateTime &now);

/// The bounds of what comparable restores took.
struct ExpectedTime
{
    int count = 0;
    std::chrono::seconds shortest{0};
    std::chrono::seconds longest{0};

    bool operator==(const ExpectedTime &) const = default;
};

/// From the newest ten restores of the same cluster whose size is within a factor of two; nullopt for fewer than three.
std::optional<ExpectedTime> expectedTime(const std::vector<RestoreTime> &known, const ClusterId &source, qint64 bytes);
/// "The last 3 restores of this cluster at about this size took 38 min to 52 min."
QString expectedTimeText(const ExpectedTime &expected);

/// The file, a line of JSON each. A line that cannot be read is passed over: it is an estimate that goes, and no order.
std::vector<RestoreTime> readRestoreTimes(const QString &path);
/// Adds one. False where it cannot be written.
bool addRestoreTime(const QString &path, const RestoreTime &time);

} // namespace tidemark
