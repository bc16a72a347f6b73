#pragma once

#include "ui/walkthrough/walkthrough_step.h"

#include <QStringList>

#include <vector>

namespace tidemark {

/// What the stand-in has to be started with for the script: one byte of the first archive of the cluster "ledger" is
/// wrong, so that a mismatch can be seen to be caught, and of one project no measurements and no logs may be read.
QStringList walkthroughDemoArguments();

/// The whole walk, in order: a sharded batch downloaded and verified, a mismatch caught, the four automated modes, and
/// the moment of an accident found by curve, log and paste, with and without rights to monitoring.
std::vector<WalkthroughStep> walkthroughScript(QWidget &mainWindow, const QString &downloadFolder);

} // namespace tidemark
