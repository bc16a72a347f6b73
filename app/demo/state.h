#pragma once

#include "demo/jobs.h"

namespace tidemark::demo {

/// What a stand-in keeps for the next one that is started with the same --state FILE.
struct SavedState
{
    int port = 0;
    int archivePort = 0;
    Time start; ///< what times of snapshots are relative to
    std::vector<Job> jobs;
};

/// Nothing when there is no file, or none that can be understood.
std::optional<SavedState> readState(const std::string &file);

/// Replaces the file in one step, so that it is whole whenever this process is ended.
void writeState(const std::string &file, const SavedState &state);

} // namespace tidemark::demo
