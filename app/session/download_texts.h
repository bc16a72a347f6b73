#pragma once

#include "downloads/download.h"

#include <QString>

#include <optional>
#include <vector>

namespace tidemark {

/// How far a download is. Without a length from the server the expected size of the snapshot's files serves as an
/// estimate, which is marked as one and never reaches 100 %; with neither there is no fraction.
struct DownloadProgress
{
    std::optional<double> fraction; ///< 0 to 1
    bool estimated = false;
    bool operator==(const DownloadProgress &) const = default;
};

DownloadProgress progressOf(const Download &download);
/// "42 %, 3.10 GB of 7.40 GB", "≈ 42 %, 3.10 GB of about 7.40 GB", "3.10 GB"
QString progressText(const Download &download);
QString speedText(const Download &download);
/// "3 min 20 s", "about 3 min 20 s"; empty when it cannot be told.
QString timeLeftText(const Download &download);
/// What holds it up or slows it down, in a few words; empty when nothing does.
QString waitingText(const Download &download, const QDateTime &now);
/// What the order's check found, else what holds it up, else why it ended: one line; empty where there is nothing.
QString noteText(const Download &download, const QDateTime &now);
/// The question as a sentence; empty when there is none.
QString questionText(const Download &download);

/// All downloads of a batch in one line, of as many archives as were ordered: "3 of 3 verified", "1 of 3 verified, 1
/// corrupt, 1 not on this list".
QString summaryText(const std::vector<Download> &downloads);
/// The batch's progress as one download's would be; estimated as soon as one of its parts is. None where not all that
/// was ordered is on the list.
DownloadProgress progressOf(const std::vector<Download> &downloads);
/// "42 %, 3.10 GB", "≈ 42 %, 3.10 GB", "3.10 GB"
QString progressText(const std::vector<Download> &downloads);

} // namespace tidemark
