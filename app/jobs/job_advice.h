#pragma once

#include "jobs/job_group.h"

#include <QString>

#include <optional>
#include <vector>

namespace tidemark {

/// What a person can do with a restore from where it stands.
enum class JobStep { Download, CopyLink, Repeat, Undo, ShowJson, SaveReport };

/// What was in the target before the restore, as its safety snapshot has it.
struct UndoTo
{
    QDateTime moment; ///< UTC
    QDateTime until;  ///< when that snapshot expires; invalid: without an end

    bool operator==(const UndoTo &) const = default;
};

/// What follows from the state of a restore.
struct JobAdvice
{
    enum class Kind {
        Good, ///< as it should be
        Note,
        Soon, ///< to be done or looked at
        Lost  ///< nothing comes of it any more, or somebody has to help
    };
    Kind kind = Kind::Note;
    QString title;
    QString sentence; ///< what to do
    std::vector<JobStep> steps;

    bool operator==(const JobAdvice &) const = default;
};

/// What to do next; nothing where there is only to wait, or all is done. `undo`: what it can be undone to. `now` is the
/// server's clock.
std::optional<JobAdvice> adviceFor(const JobGroup &group, const QDateTime &now, const std::optional<UndoTo> &undo = {});

} // namespace tidemark
