#pragma once

class QSettings;

namespace tidemark {

class Clock;
class DownloadQueue;
class Profiles;
class Workspace;

/// What the windows work with. All of it is made by the composition root and outlives them.
struct AppContext
{
    const Clock &clock;
    Profiles &profiles;
    DownloadQueue &downloads;
    Workspace &workspace;
    QSettings &settings; ///< geometry, folders and limits: nothing secret
    bool isDemo = false; ///< the window says that nothing in it is real
};

} // namespace tidemark
