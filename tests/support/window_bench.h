#pragma once

#include "connection/memory_secret_store.h"
#include "session/job_reading.h"
#include "session/profiles.h"
#include "session/workspace.h"
#include "ui/main_window.h"

#include <QSettings>
#include <QTemporaryDir>

#include <memory>

namespace tidemark::test {

/// A main window over settings, connections, secrets and downloads of its own, in a folder that goes with it. What
/// stands below is made of what stands above it.
class WindowBench
{
public:
    explicit WindowBench(JobMonitor::Intervals intervals);

    /// In place of the one there is, as at the next start of the program. False when it is not shown.
    bool makeWindow();
    void closeWindow()
    {
        window.reset();
        workspace.reset();
    }
    Session *session() { return workspace->session(); }

    SystemClock clock;
    QTemporaryDir dir;
    QSettings settings;
    ConnectionStore store;
    MemorySecretStore secrets;
    Profiles profiles;
    JobReading reading;
    DownloadQueue downloads;
    JobMonitor::Intervals intervals;
    std::unique_ptr<Workspace> workspace; ///< once the window was made
    std::unique_ptr<MainWindow> window;
};

} // namespace tidemark::test
