#pragma once

#include "downloads/download.h"
#include "jobs/job_monitor.h"
#include "restore/restore_draft.h"

namespace tidemark {

class Session;

/// The draft of a new restore that asks for the same as `group`: source, mode, point and target, as far as they are
/// known and still exist. Link life and the typed confirmation are those of a fresh draft.
RestoreDraft repeatedDraft(const JobGroup &group, const Session &session);

/// The draft of a new link for an archive whose link is over: the same snapshot, as a download. A sharded cluster's
/// snapshot is known only while the batch is in the job list.
RestoreDraft newLinkDraft(const DownloadSource &source, Session &session);

/// The draft of a download of one snapshot.
RestoreDraft snapshotDraft(const ProjectId &project, const ClusterId &cluster, const SnapshotId &snapshot,
                           RestoreMode mode, const Session &session);

} // namespace tidemark
