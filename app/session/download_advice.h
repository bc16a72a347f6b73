#pragma once

#include "downloads/download.h"

#include <QString>

#include <optional>
#include <vector>

namespace tidemark {

/// What a person can do with a download from where it stands.
enum class DownloadStep { Resume, Retry, MoveFolder, OpenFolder, Unpack, NextSteps, NewLink };

/// What follows from the state of a download: a line of reason, one of advice, and what does it.
struct DownloadAdvice
{
    enum class Kind {
        Good, ///< as it should be
        Note,
        Soon, ///< to be done or looked at
        Lost  ///< must not be used, or nothing comes of it any more
    };
    Kind kind = Kind::Note;
    QString title;
    QString sentence;
    std::vector<DownloadStep> steps;

    bool operator==(const DownloadAdvice &) const = default;
};

/// Nothing where there is only to wait, or a question stands elsewhere.
std::optional<DownloadAdvice> adviceFor(const Download &download);

} // namespace tidemark
