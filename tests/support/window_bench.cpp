#include "support/window_bench.h"

#include <QTest>

namespace tidemark::test {

WindowBench::WindowBench(JobMonitor::Intervals pollIntervals)
    : settings(dir.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat)
    , store(dir.filePath(QStringLiteral("connections.json")))
    , profiles(store, secrets)
    , reading(profiles, clock)
    , downloads([this](const DownloadSource &source) { return reading.read(source); }, clock,
                dir.filePath(QStringLiteral("downloads")), DownloadOptions())
    , intervals(pollIntervals)
{
}

bool WindowBench::makeWindow()
{
    closeWindow();
    workspace = std::make_unique<Workspace>(
        Workspace::Parts{clock, profiles, downloads, reading, settings, dir.path(), intervals});
    window = std::make_unique<MainWindow>(AppContext{clock, profiles, downloads, *workspace, settings});
    window->show();
    return QTest::qWaitForWindowExposed(window.get());
}

} // namespace tidemark::test
