#pragma once

#include "jobs/job_monitor.h"

#include <QString>

class QSettings;

namespace tidemark {

class DownloadQueue;
class JobReading;
class Profiles;

/// What the windows work with. All of it is made by the composition root and outlives them.
struct AppContext
{
    const Clock &clock;
    Profiles &profiles;
    DownloadQueue &downloads;
    JobReading &jobReading;
    QSettings &settings; ///< geometry, folders and limits: nothing secret
    QString dataDir;     ///< each connection's audit log and state are beneath it
    JobMonitor::Intervals intervals;
    bool isDemo = false; ///< the window says that nothing in it is real
};

} // namespace tidemark
