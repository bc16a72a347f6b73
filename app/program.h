#pragma once

#include "connection/connection_store.h"
#include "connection/demo_cloud_process.h"
#include "program_options.h"
#include "session/job_reading.h"
#include "session/profiles.h"

#include <QObject>
#include <QSettings>
#include <QTemporaryDir>

#include <memory>

namespace tidemark {

class MainWindow;
class OrderCheck;
class Walkthrough;
class Workspace;

/// Puts the program together: folders, connections, secrets, the queue and the main window, in the order in which they
/// need each other.
class Program : public QObject
{
    Q_OBJECT

public:
    explicit Program(ProgramOptions options);
    ~Program() override;

    /// Ends it in order and asks nothing.
    void end();

    /// Opens the window. False, with a line on standard error, where the command line asks for what there is not.
    bool start();

private:
    QString folder(const QString &chosen, const QString &name, const QString &usual) const;
    void sayTrouble(const Error &error);
    void openSomeConnection();
    void startDemo();
    void onDemoReady();
    void startWalkthrough();

    ProgramOptions m_options;
    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_demoDir; ///< of a demo without folders of its own
    QString m_configDir;
    QString m_dataDir;
    QSettings m_settings;
    ConnectionStore m_store;
    std::unique_ptr<SecretStore> m_secrets;
    Profiles m_profiles;
    JobReading m_jobReading;
    std::unique_ptr<DemoCloudProcess> m_demoCloud;
    std::unique_ptr<DownloadQueue> m_downloads;
    std::unique_ptr<OrderCheck> m_orderCheck;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<Walkthrough> m_walkthrough;
};

} // namespace tidemark
