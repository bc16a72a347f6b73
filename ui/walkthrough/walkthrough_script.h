#pragma once

#include "ui/walkthrough/walk.h"

#include <QStringList>

#include <vector>

namespace tidemark {

/// What the stand-in has to be started with for the script: as an Ops Manager, which takes snapshots on demand; one
/// byte of the first archive of the cluster "ledger" is wrong, so that a mismatch can be seen to be caught, and of one
/// project no measurements and no logs may be read.
QStringList walkthroughDemoArguments();

/// The whole walk, in order: a sharded batch downloaded and verified, a mismatch caught, the four automated modes, a
/// restore with a safety snapshot and its undoing, the moment of an accident found by curve, log and paste, with and
/// without rights to monitoring, and a restore that is refused until a second person has approved it.
std::vector<WalkthroughStep> walkthroughScript(const WalkSetting &setting);

} // namespace tidemark
