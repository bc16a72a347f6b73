/// How long the program takes from its start to its first painted frame, and what memory it then has, beside a program
/// that shows an empty QWizard.
///
///   bench_start --program FILE --empty FILE [--starts 20]
///
/// A virtual X server of its own keeps its screen in a file, in which the first painted pixel is seen from outside: no
/// program is asked, none takes part. The two are started in turn, each on a black screen and without any connection.
/// The memory is what is resident two seconds after the frame. Exit status 0 when each start painted, whatever the
/// figures are.
#include "bench/timed_process.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTextStream>
#include <QThread>

#include <algorithm>
#include <optional>

using namespace tidemark;

namespace {

constexpr int Width = 1366;
constexpr int Height = 768;
constexpr int LongestWait = 30000; // milliseconds

/// The screen of an X server as it lies in memory.
class Screen
{
public:
    QString start()
    {
        m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_server.start(QStringLiteral("Xvfb"),
                       {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-fbdir"), m_folder.path(),
                        QStringLiteral("-nolisten"), QStringLiteral("tcp"), QStringLiteral("-nocursor"),
                        QStringLiteral("-noreset"), QStringLiteral("-screen"), QStringLiteral("0"),
                        QStringLiteral("%1x%2x24").arg(Width).arg(Height)});
        if (!m_server.waitForReadyRead(LongestWait))
            return QStringLiteral("Xvfb did not start");
        m_display = QLatin1Char(':') + QString::fromLatin1(m_server.readLine().trimmed());
        m_file.setFileName(m_folder.filePath(QStringLiteral("Xvfb_screen0")));
        if (!m_file.open(QIODevice::ReadOnly))
            return m_file.errorString();
        m_pixels = m_file.map(0, m_file.size());
        return m_pixels == nullptr ? m_file.errorString() : QString();
    }
    ~Screen()
    {
        m_server.terminate();
        m_server.waitForFinished();
    }

    const QString &display() const { return m_display; }
    /// Whether anything stands on the black ground. The picture lies at the file's end, after an XWD head.
    bool isPainted() const
    {
        const qint64 bytes = qint64(Width) * Height * 4;
        const uchar *begin = m_pixels + (m_file.size() - bytes);
        return std::any_of(begin, begin + bytes, [](uchar byte) { return byte != 0; });
    }

private:
    QTemporaryDir m_folder;
    QProcess m_server;
    QString m_display;
    QFile m_file;
    const uchar *m_pixels = nullptr;
};

struct Start
{
    double milliseconds = 0; ///< to the first painted frame
    double resident = 0;     ///< MB
};

double residentMegabytes(qint64 process)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(process));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').constFirst().toDouble() * 1024 / 1e6;
    }
    return 0;
}

template<typename Condition>
bool waitFor(Condition condition)
{
    QElapsedTimer waited;
    waited.start();
    while (!condition()) {
        if (waited.elapsed() > LongestWait)
            return false;
        QThread::usleep(200);
    }
    return true;
}

std::optional<Start> startOf(const Screen &screen, const QString &program, const QStringList &arguments)
{
    if (!waitFor([&screen] { return !screen.isPainted(); }))
        return {};
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), screen.display());
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QElapsedTimer clock;
    clock.start();
    process.start(program, arguments);
    const bool isPainted = waitFor([&screen] { return screen.isPainted(); });
    Start start;
    start.milliseconds = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    QThread::sleep(2);
    start.resident = residentMegabytes(process.processId());
    process.terminate();
    process.waitForFinished();
    return isPainted && start.resident > 0 ? std::optional(start) : std::nullopt;
}

struct Series
{
    std::vector<double> milliseconds;
    std::vector<double> resident;

    void add(const Start &start)
    {
        milliseconds.push_back(start.milliseconds);
        resident.push_back(start.resident);
    }
    QString text() const
    {
        const auto [least, most] = std::ranges::minmax(milliseconds);
        return QStringLiteral("first frame after %1 ms (%2 to %3), %4 MB resident")
            .arg(bench::median(milliseconds), 0, 'f', 0)
            .arg(least, 0, 'f', 0)
            .arg(most, 0, 'f', 0)
            .arg(bench::median(resident), 0, 'f', 1);
    }
};

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption program(QStringLiteral("program"), {}, QStringLiteral("file"));
    const QCommandLineOption empty(QStringLiteral("empty"), {}, QStringLiteral("file"));
    const QCommandLineOption starts(QStringLiteral("starts"), {}, QStringLiteral("number"), QStringLiteral("20"));
    parser.addOptions({program, empty, starts});
    parser.process(application);

    QTextStream out(stdout);
    Screen screen;
    if (const QString problem = screen.start(); !problem.isEmpty()) {
        out << problem << '\n';
        return 1;
    }
    Series ours;
    Series least;
    for (int i = 0; i < parser.value(starts).toInt(); ++i) {
        const QTemporaryDir home;
        const auto plain = startOf(screen, parser.value(empty), {});
        const auto whole = startOf(screen, parser.value(program),
                                   {QStringLiteral("--config-dir"), home.filePath(QStringLiteral("config")),
                                    QStringLiteral("--data-dir"), home.filePath(QStringLiteral("data"))});
        if (!plain || !whole) {
            out << "a start painted nothing\n";
            return 1;
        }
        least.add(*plain);
        ours.add(*whole);
    }
    out << "empty wizard: " << least.text() << '\n';
    out << "the program:  " << ours.text() << '\n';
    out << "ratio of the times: "
        << QString::number(bench::median(ours.milliseconds) / bench::median(least.milliseconds), 'f', 2)
        << " (goal: 2), resident " << QString::number(bench::median(ours.resident), 'f', 1) << " MB (goal: 64)\n";
    return 0;
}
