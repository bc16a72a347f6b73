#include "program.h"

#include "base/private_file.h"
#include "connection/environment_connection.h"
#include "connection/keychain_secret_store.h"
#include "downloads/download_queue.h"
#include "downloads/order_check.h"
#include "session/workspace.h"
#include "ui/downloads/download_folder.h"
#include "ui/main_window.h"
#include "ui/walkthrough/walkthrough.h"
#include "ui/walkthrough/walkthrough_script.h"

#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QStandardPaths>
#include <QTextStream>

namespace tidemark {

namespace {

using namespace std::chrono_literals;

const JobMonitor::Intervals DemoIntervals{1s, 5s}; // a demo shall not be waited for

void complain(const QString &text)
{
    QTextStream(stderr) << QStringLiteral("tidemark: ") << text << Qt::endl;
}

std::unique_ptr<SecretStore> makeSecrets(bool demo)
{
    if (demo)
        return std::make_unique<MemorySecretStore>();
    return std::make_unique<KeychainSecretStore>(QStringLiteral("Tidemark"));
}

} // namespace

Program::Program(ProgramOptions options)
    : m_options(std::move(options))
    , m_demoDir(m_options.demo
                    ? std::make_unique<QTemporaryDir>(QDir::tempPath() + QStringLiteral("/tidemark-demo-XXXXXX"))
                    : nullptr)
    , m_configDir(folder(m_options.configDir, QStringLiteral("config"),
                         QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation)))
    , m_dataDir(folder(m_options.dataDir, QStringLiteral("data"),
                       QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)))
    , m_settings(QDir(m_configDir).filePath(QStringLiteral("settings.ini")), QSettings::IniFormat)
    , m_store(QDir(m_configDir).filePath(QStringLiteral("connections.json")))
    , m_secrets(makeSecrets(m_options.demo))
    , m_profiles(m_store, *m_secrets)
    , m_jobReading(m_profiles, m_clock)
{
}

Program::~Program()
{
    m_walkthrough.reset();
    m_window.reset();
    m_workspace.reset();
    m_orderCheck.reset();
    m_downloads.reset(); // reads jobs until it is gone
}

QString Program::folder(const QString &chosen, const QString &name, const QString &usual) const
{
    if (!chosen.isEmpty())
        return QDir(chosen).absolutePath();
    return m_demoDir ? m_demoDir->filePath(name) : usual;
}

bool Program::start()
{
    if (!makePrivateFolder(m_configDir) || !makePrivateFolder(m_dataDir)) {
        complain(tr("the folders %1 and %2 cannot be made").arg(m_configDir, m_dataDir));
        return false;
    }
    const Result<bool> loaded = m_store.load();
    if (!m_options.demo) {
        if (const auto found = environmentConnection(QProcessEnvironment::systemEnvironment()))
            m_profiles.addTransient(found->connection, found->credentials);
        if (!m_options.connection.isEmpty() && !m_profiles.findByName(m_options.connection)) {
            complain(tr("there is no connection named %1").arg(m_options.connection));
            return false;
        }
    }

    DownloadOptions downloadOptions;
    downloadOptions.plainHttpAllowed = [this](const ConnectionId &id) { return m_jobReading.allowsPlainHttp(id); };
    downloadOptions.caFilesFor = [this](const ConnectionId &id) {
        const Connection *connection = m_profiles.find(id);
        return connection && !connection->caCertificateFile.isEmpty() ? QStringList{connection->caCertificateFile}
                                                                      : QStringList();
    };
    downloadOptions.proxiesFor = [this](const ConnectionId &id) { return m_jobReading.proxies(id); };
    m_downloads = std::make_unique<DownloadQueue>(
        [this](const DownloadSource &source) { return m_jobReading.read(source); }, m_clock,
        QDir(m_dataDir).filePath(QStringLiteral("downloads")), downloadOptions);
    m_orderCheck = std::make_unique<OrderCheck>(*m_downloads);
    m_workspace = std::make_unique<Workspace>(
        Workspace::Parts{m_clock, m_profiles, *m_downloads, m_jobReading, m_settings, m_dataDir,
                         m_options.demo ? DemoIntervals : JobMonitor::Intervals{}},
        this);
    m_window = std::make_unique<MainWindow>(
        AppContext{m_clock, m_profiles, *m_downloads, *m_workspace, m_settings, m_options.demo});
    if (!loaded)
        sayTrouble(loaded.error());
    connect(&m_profiles, &Profiles::changed, m_workspace.get(), [this] {
        if (const auto setAside = m_store.takeSetAside())
            sayTrouble(*setAside);
    });
    // The desktop's session ends: what runs goes on at the next start, and nobody is there to be asked.
    connect(qGuiApp, &QGuiApplication::commitDataRequest, m_window.get(), &MainWindow::expectSessionEnd);
    m_window->show();
    if (!m_options.plan.isEmpty())
        m_window->openPlan(QFileInfo(m_options.plan).absoluteFilePath());
    if (m_options.demo) {
        startDemo();
    } else {
        m_downloads->restore();
        openSomeConnection();
    }
    return true;
}

void Program::sayTrouble(const Error &error)
{
    m_workspace->notices().say(Notice::Kind::Warning, error.sentence, error.hint);
}

void Program::end()
{
    if (m_window)
        m_window->closeUnasked();
    QCoreApplication::exit(0); // also where a dialog is open
}

/// The one that was asked for, else the environment's, else the one that was open last, else the only one. Where there
/// is none the window invites to add one.
void Program::openSomeConnection()
{
    const std::vector<Connection> all = m_profiles.all();
    const Connection *chosen = m_profiles.findByName(m_options.connection);
    if (!chosen && !all.empty() && m_profiles.isTransient(all.front().id))
        chosen = &all.front();
    if (!chosen)
        chosen = m_profiles.find(m_workspace->lastConnection());
    if (!chosen && all.size() == 1)
        chosen = &all.front();
    if (chosen)
        m_window->openConnection(chosen->id);
    else
        m_window->showConnections();
}

void Program::startDemo()
{
    m_demoCloud = std::make_unique<DemoCloudProcess>();
    connect(m_demoCloud.get(), &DemoCloudProcess::ready, this, &Program::onDemoReady);
    connect(m_demoCloud.get(), &DemoCloudProcess::failed, this, [this](const Error &error) {
        complain(error.sentence + QLatin1Char(' ') + error.hint);
        if (!m_options.walkthrough.isEmpty())
            QCoreApplication::exit(1);
        m_workspace->notices().say(error);
    });
    m_demoCloud->start(m_options.walkthrough.isEmpty() ? QStringList() : walkthroughDemoArguments());
}

void Program::onDemoReady()
{
    m_profiles.addTransient(m_demoCloud->connection(), m_demoCloud->credentials());
    if (!m_window->downloadFolder().isChosen()) {
        const QString folder = QDir(m_dataDir).filePath(QStringLiteral("archives"));
        QDir().mkpath(folder);
        m_window->downloadFolder().setPath(folder);
    }
    m_downloads->restore();
    m_window->openConnection(m_demoCloud->connection().id);
    if (!m_options.walkthrough.isEmpty())
        startWalkthrough();
}

void Program::startWalkthrough()
{
    m_walkthrough = std::make_unique<Walkthrough>(WalkSetting{*m_window, m_window->downloadFolder().path(),
                                                              m_demoCloud->connection(), m_demoCloud->credentials()},
                                                  m_options.walkthrough);
    connect(m_walkthrough.get(), &Walkthrough::finished, this, [](int exitCode) { QCoreApplication::exit(exitCode); });
    m_walkthrough->start();
}

} // namespace tidemark
