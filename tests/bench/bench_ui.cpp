/// How long the window ever stands still.
///
///   bench_ui [--seconds 30] [--jobs 10000] [--clusters 20] [--interval 2000] [--size 2G] [--folder DIR] [--plain]
///            [--downloads 3] [--scroll]
///
/// Restore jobs and downloads side by side in one window: as many jobs as are asked for, read anew from a server all
/// the time (every cluster's whole list each interval, one job in a hundred changed since), and three downloads at full
/// speed from nginx. With --scroll the list of jobs is scrolled all the time: bench_ui --scroll --jobs 100000
/// --downloads 0 --interval 60000. The servers run where the program leaves them a processor. A timer of 4 ms on the
/// GUI thread shows every standstill. Prints the percentiles of the time between two ticks, the same without the time
/// in which the thread's processor ran nobody, the same of the processor time that the GUI thread itself used in
/// between, and the events that took longest. Exit status 0 when all of it ran, whatever the figures are.
#include "base/thread_priority.h"
#include "bench/bench_jobs.h"
#include "bench/bench_server.h"
#include "bench/ticks.h"
#include "bench/timed_application.h"
#include "session/session.h"
#include "support/fake_jobs.h"
#include "ui/downloads/download_folder.h"
#include "ui/downloads/downloads_tab.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/jobs_tab.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QScrollBar>
#include <QSettings>
#include <QSplitter>
#include <QTemporaryDir>
#include <QTextStream>
#include <QThread>
#include <QTimer>
#include <QTreeView>

#include <algorithm>
#include <vector>

using namespace tidemark;
using namespace tidemark::test;

namespace {

struct Settings
{
    int seconds = 30;
    int jobs = 10000;
    int clusters = 20;
    int interval = 2000;
    qint64 size = qint64(2) << 30;
    int downloads = 3;
    bool plain = false;
    bool scrolls = false;
};

class Bench : public QObject
{
    Q_OBJECT

public:
    Bench(bench::TimedApplication &application, QString folder, const Settings &settings)
        : m_application(application)
        , m_folder(std::move(folder))
        , m_settings(settings)
        , m_nginx(m_folder)
        , m_options(QDir(m_folder).filePath(QStringLiteral("settings.ini")), QSettings::IniFormat)
        , m_downloadFolder(m_options)
    {
    }
    ~Bench() override
    {
        m_window.reset();
        m_queue.reset();
        m_session.reset();
        m_api.kill();
        m_api.waitForFinished();
    }

    QString start();
    int report();

private:
    QString startServers();
    QString writeArchive() const;
    void startDownloads();
    void startWindow();
    void addDownload();
    void onDownload(const DownloadId &id);
    void scroll();

    bench::TimedApplication &m_application;
    QString m_folder;
    Settings m_settings;
    bench::BenchServer m_nginx;
    QProcess m_api;
    QString m_apiUrl;
    SystemClock m_clock;
    QSettings m_options;
    DownloadFolder m_downloadFolder;
    FakeJobs m_jobs;
    std::unique_ptr<DownloadQueue> m_queue;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<QSplitter> m_window;
    JobsTab *m_jobsTab = nullptr;
    bench::Ticks m_ticks;
    QTimer m_scroll;
    bool m_scrollsUp = false;
    int m_scrolled = 0;
    int m_added = 0;
    int m_refreshes = 0;
    qint64 m_changedJobs = 0;
    qint64 m_receivedBefore = 0; ///< by downloads that have ended
};

QString Bench::startServers()
{
    bench::letGiveWay(m_nginx.process());
    bench::letGiveWay(m_api);
    if (m_settings.downloads > 0) {
        const QString problem = m_nginx.start();
        if (!problem.isEmpty())
            return problem;
        if (const QString failure = writeArchive(); !failure.isEmpty())
            return failure;
    }
    m_api.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_api.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("--api"), QString::number(m_settings.jobs / m_settings.clusters)});
    if (!m_api.waitForReadyRead(20000))
        return QStringLiteral("the server of restore jobs did not start");
    m_apiUrl = QString::fromLatin1(m_api.readLine().trimmed());
    return {};
}

/// Real bytes, which nginx then has in memory: filling the holes of a sparse file would keep a processor in the kernel
/// for tens of milliseconds, where not even a real-time thread interrupts it.
QString Bench::writeArchive() const
{
    QFile archive(QDir(m_folder).filePath(QStringLiteral("archive")));
    if (!archive.open(QIODevice::WriteOnly))
        return archive.errorString();
    // gzip's first bytes: an archive of nothing but zeros would be taken for no archive at all.
    const QByteArray piece = QByteArray("\x1f\x8b\x08", 3).leftJustified(1 << 20, '\0');
    for (qint64 written = 0; written < m_settings.size; written += piece.size()) {
        if (archive.write(piece) != piece.size())
            return archive.errorString();
    }
    return {};
}

void Bench::startDownloads()
{
    if (m_settings.downloads > 0)
        m_jobs.job.delivery.url =
            m_settings.plain ? m_nginx.httpUrl(QStringLiteral("archive")) : m_nginx.tlsUrl(QStringLiteral("archive"));
    m_jobs.job.delivery.maxDownloads = UnlimitedDownloads;
    DownloadOptions options;
    options.concurrent = std::max(m_settings.downloads, 1);
    options.caCertificateFiles = {m_nginx.caFile()};
    options.hashWait = std::chrono::milliseconds(0);
    m_queue = std::make_unique<DownloadQueue>(m_jobs.reader(), m_clock,
                                              QDir(m_folder).filePath(QStringLiteral("queue")), options);
    connect(m_queue.get(), &DownloadQueue::changed, this, &Bench::onDownload);
    for (int i = 0; i < m_settings.downloads; ++i)
        addDownload();
}

void Bench::addDownload()
{
    DownloadSource source;
    source.job = JobId(QString::number(++m_added));
    source.fileName = QStringLiteral("archive%1.tar.gz").arg(m_added);
    source.maxDownloads = UnlimitedDownloads;
    const QString files = QDir(m_folder).filePath(QStringLiteral("files"));
    QDir().mkpath(files);
    m_queue->add(source, files);
}

/// One that has all its bytes makes room for the next: three run at any time.
void Bench::onDownload(const DownloadId &id)
{
    const Download &download = *m_queue->download(id);
    const bool stopped = download.state == DownloadState::Verifying || download.state == DownloadState::Failed;
    if (!stopped)
        return;
    m_receivedBefore += download.bytesReceived;
    QMetaObject::invokeMethod(
        this,
        [this, id] {
            m_queue->cancel(id, true);
            addDownload();
        },
        Qt::QueuedConnection);
}

void Bench::startWindow()
{
    Connection connection;
    connection.name = QStringLiteral("Bench");
    connection.service = Service::OpsManager;
    connection.baseUrl = QUrl(m_apiUrl);
    connection.userName = QStringLiteral("abcdefgh");
    Credentials credentials;
    credentials.secret = Secret(QStringLiteral("secret"));
    m_session =
        std::make_unique<Session>(connection, credentials, m_clock, QDir(m_folder).filePath(QStringLiteral("session")),
                                  JobMonitor::Intervals{std::chrono::milliseconds(m_settings.interval),
                                                        std::chrono::milliseconds(m_settings.interval)});
    connect(&m_session->jobs(), &JobMonitor::refreshed, this, [this] { ++m_refreshes; });
    connect(&m_session->jobs(), &JobMonitor::groupsChanged, this,
            [this](const QStringList &keys) { m_changedJobs += keys.size(); });

    m_window = std::make_unique<QSplitter>(Qt::Vertical);
    m_jobsTab = new JobsTab(*m_queue, m_clock, m_options);
    m_window->addWidget(m_jobsTab);
    m_window->addWidget(new DownloadsTab(*m_queue, m_downloadFolder, m_clock, m_options));
    m_window->resize(1600, 1000);
    m_window->show();
    m_jobsTab->setSession(m_session.get());
    const Project project{ProjectId(QStringLiteral("60bb00000000000000000001")), QStringLiteral("Shop"), {}};
    std::vector<Cluster> clusters;
    for (int i = 0; i < m_settings.clusters; ++i) {
        Cluster cluster;
        cluster.id = ClusterId(QStringLiteral("cluster%1").arg(i));
        cluster.project = project.id;
        cluster.type = ClusterType::ReplicaSet;
        cluster.name = QStringLiteral("ledger-%1").arg(i);
        clusters.push_back(cluster);
    }
    m_session->jobs().watchAll(project, clusters);
}

QString Bench::start()
{
    const QString problem = startServers();
    if (!problem.isEmpty())
        return problem;
    startDownloads();
    startWindow();
    connect(&m_scroll, &QTimer::timeout, this, &Bench::scroll);
    auto *begin = new QTimer(this); // counted from when all jobs are there and all downloads run
    begin->setInterval(100);
    connect(begin, &QTimer::timeout, this, [this, begin] {
        const auto running = std::ranges::count(m_queue->downloads(), DownloadState::Receiving, &Download::state);
        if (m_jobsTab->model().rowCount() < m_settings.jobs / m_settings.clusters * m_settings.clusters ||
            running < m_settings.downloads)
            return;
        begin->deleteLater();
        m_application.forget();
        m_refreshes = 0;
        m_changedJobs = 0;
        m_ticks.start();
        if (m_settings.scrolls)
            m_scroll.start(std::chrono::milliseconds(16));
        QTimer::singleShot(std::chrono::seconds(m_settings.seconds), this, [this] {
            m_ticks.stop();
            m_scroll.stop();
            QCoreApplication::exit(report());
        });
    });
    begin->start();
    return {};
}

/// As with a wheel that is turned fast: each time almost a page of rows that were not seen before.
void Bench::scroll()
{
    constexpr int Rows = 10;
    QScrollBar *bar = m_jobsTab->findChild<QTreeView *>(QStringLiteral("jobs"))->verticalScrollBar();
    if (bar->value() == bar->maximum())
        m_scrollsUp = true;
    if (bar->value() == bar->minimum())
        m_scrollsUp = false;
    bar->setValue(bar->value() + (m_scrollsUp ? -Rows : Rows));
    ++m_scrolled;
}

int Bench::report()
{
    QTextStream out(stdout);
    if (m_ticks.isEmpty())
        return 1;
    qint64 received = m_receivedBefore;
    for (const Download &download : m_queue->downloads())
        received += isEnd(download.state) ? 0 : download.bytesReceived;
    out << m_jobsTab->model().rowCount() << " jobs, " << m_refreshes << " lists read, " << m_changedJobs
        << " jobs changed, " << received / 1000000 << " MB received by " << m_settings.downloads << " downloads, "
        << m_scrolled << " times scrolled\n";
    m_ticks.report(out);
    for (const auto &[took, name] : m_application.slowest())
        out << "  " << QString::number(took * 1e3, 'f', 1) << " ms at most: " << name << '\n';
    return (received > 0 || m_settings.downloads == 0) && (m_refreshes > 0 || m_scrolled > 0) ? 0 : 1;
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc > 2 && QByteArray(argv[1]) == "--api") {
        const QCoreApplication application(argc, argv);
        return bench::serveJobs(QByteArray(argv[2]).toInt());
    }
    answerAtOnce(); // as the program does
    bench::TimedApplication application(argc, argv);
    QCommandLineParser parser;
    const auto option = [&parser](const char *name, const char *standard) {
        const QCommandLineOption made(QString::fromLatin1(name), {}, QStringLiteral("value"),
                                      QString::fromLatin1(standard));
        parser.addOption(made);
        return made;
    };
    const QCommandLineOption seconds = option("seconds", "30");
    const QCommandLineOption jobs = option("jobs", "10000");
    const QCommandLineOption clusters = option("clusters", "20");
    const QCommandLineOption interval = option("interval", "2000");
    const QCommandLineOption size = option("size", "2G");
    const QCommandLineOption folder(QStringLiteral("folder"), {}, QStringLiteral("dir"), QDir::tempPath());
    const QCommandLineOption plain(QStringLiteral("plain"));
    const QCommandLineOption downloads = option("downloads", "3");
    const QCommandLineOption scroll(QStringLiteral("scroll"));
    for (const QCommandLineOption &each : {folder, plain, scroll})
        parser.addOption(each);
    parser.process(application);

    Settings settings;
    settings.seconds = parser.value(seconds).toInt();
    settings.clusters = std::max(1, parser.value(clusters).toInt());
    settings.jobs = parser.value(jobs).toInt();
    settings.interval = parser.value(interval).toInt();
    settings.size = bench::bytesOf(parser.value(size));
    settings.plain = parser.isSet(plain);
    settings.downloads = std::max(0, parser.value(downloads).toInt());
    settings.scrolls = parser.isSet(scroll);
    const QTemporaryDir place(QDir(parser.value(folder)).filePath(QStringLiteral("bench-XXXXXX")));
    Bench bench(application, place.path(), settings);
    const QString problem = bench.start();
    if (!problem.isEmpty()) {
        QTextStream(stdout) << problem << '\n';
        return 1;
    }
    return QApplication::exec();
}

#include "bench_ui.moc"
